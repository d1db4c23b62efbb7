/** Arrangements to begin with: the named families that the command line knows too, and lines in the plane. */

/** @type {{id: string, title: string, make: function(): {columns: number, rows: number[][], offsets?: number[]}}[]} */
export const PRESETS = [
  {
    id: "generic",
    title: "6 generic lines",
    make: () =>
      central(2, [
        [1, 0],
        [4, 1],
        [2, 3],
        [-1, 3],
        [-4, 3],
        [-5, 1],
      ]),
  },
  { id: "braid3", title: "braid:3", make: () => braid(3) },
  { id: "braid4", title: "braid:4", make: () => braid(4) },
  { id: "resonance3", title: "resonance:3", make: () => resonance(3) },
  { id: "typeB3", title: "typeB:3", make: () => typeB(3) },
  { id: "threshold2", title: "threshold:2", make: () => threshold(2) },
  { id: "random8", title: "8 random rows in space", make: () => central(3, randomRows(8, 3)) },
  {
    id: "affine5",
    title: "Plane: 5 generic lines",
    make: () =>
      affine([
        [0, 1, -1],
        [3, 1, 1],
        [-2, 1, 2],
        [1, -3, 0],
        [1, 1, 3],
      ]),
  },
  { id: "grid", title: "Plane: triangular grid", make: () => affine(grid()) },
  { id: "shi3", title: "Plane: shi:3", make: shi3 },
  { id: "random12", title: "Plane: 12 random lines", make: () => affine(randomRows(12, 3)) },
];

/** The parts of a state that a preset begins with. */
export function stateOf({ make }) {
  const { columns, rows, offsets } = make();
  return {
    columns: Array.from({ length: columns }, (_, k) => `column ${k + 1}`),
    affine: offsets !== undefined,
    bias: false,
    rows: rows.map((row, k) => ({
      entries: row.map(String),
      offset: offsets ? String(offsets[k]) : null,
      on: true,
      name: String(k + 1),
    })),
    marked: null,
    neurons: [],
    layers: null,
    camera: null,
  };
}

function central(columns, rows) {
  return { columns, rows };
}

/** Affine lines from rows (a, b). */
function affine(rows) {
  return { columns: 2, rows: rows.map((row) => row.slice(0, 2)), offsets: rows.map((row) => row[2]) };
}

function braid(n) {
  const rows = [];
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) rows.push(unit(n, [i, 1], [j, -1]));
  }
  return central(n, rows);
}

function resonance(n) {
  return central(n, words(n).slice(1));
}

function typeB(n) {
  const rows = Array.from({ length: n }, (_, i) => unit(n, [i, 1]));
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) rows.push(unit(n, [i, 1], [j, -1]), unit(n, [i, 1], [j, 1]));
  }
  return central(n, rows);
}

function threshold(n) {
  return central(
    n + 1,
    words(n).map((word) => [1, ...word]),
  );
}

function grid() {
  return [
    [1, 0],
    [0, 1],
    [1, 1],
  ].flatMap((normal) => [-1, 0, 1].map((offset) => [...normal, offset]));
}

function shi3() {
  const rows = braid(3).rows;
  return { columns: 3, rows: rows.flatMap((row) => [row, row]), offsets: rows.flatMap(() => [0, 1]) };
}

/** All 0/1 vectors of a length. */
function words(n) {
  return Array.from({ length: 2 ** n }, (_, k) => Array.from({ length: n }, (__, j) => (k >> (n - 1 - j)) & 1));
}

function unit(n, ...parts) {
  const row = Array(n).fill(0);
  for (const [place, value] of parts) row[place] = value;
  return row;
}

/** Rows of integers between -99 and 99, others each time. */
function randomRows(n, d) {
  const entry = () => Math.floor(Math.random() * 199) - 99;
  return Array.from({ length: n }, () => Array.from({ length: d }, entry));
}
