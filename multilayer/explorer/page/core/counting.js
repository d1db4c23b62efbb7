/**
 * The exact number of regions by deletion and restriction, without listing any (Zaslavsky 1975).
 *
 * For a hyperplane H of an arrangement A through 0, with A' = A without H and A'' = the other hyperplanes cut with H,
 * regions(A) = regions(A') + regions(A''). In the same way the absolute Whitney numbers are w_k(A) = w_k(A') +
 * w_(k-1)(A''), and their sum is the number of regions. It shares only integers with the listing in core/regions.
 */

import { independentColumns, rank } from "core/elimination";
import { canonicalRow, negative } from "core/integers";

/**
 * Count the regions of hyperplanes through 0.
 * @param {bigint[][]} rows of one length; zero, repeated and opposite rows are welcome
 * @returns {bigint}
 */
export function regionCount(rows) {
  return whitney(rows).reduce((sum, w) => sum + w, 0n);
}

/**
 * Count the regions of an affine arrangement: half of those of the cone over it, which has one more hyperplane.
 * @param {bigint[][]} rows (x, -b) for x . w = b, at least one
 * @returns {bigint}
 */
export function affineRegionCount(rows) {
  const infinity = rows[0].map((_, j) => (j === rows[0].length - 1 ? 1n : 0n));
  return regionCount([...rows, infinity]) / 2n;
}

/**
 * The absolute Whitney numbers of the first kind: coefficients of the characteristic polynomial without signs.
 * @param {bigint[][]} rows of one length
 * @returns {bigint[]} w_0, ..., w_rank
 */
export function whitney(rows) {
  const columns = independentColumns(rows);
  const planes = distinct(rows.map((row) => columns.map((column) => row[column]))).map(({ row }) => row);
  return withoutLastZeros(numbers(planes, new Map()));
}

/**
 * A node of the deletion-restriction tree; its children are made when they are asked for.
 * @param {bigint[][]} rows of one length
 * @returns {{rows: bigint[][], groups: number[][], count: bigint, row: number | null, hyperplanes: number, rank:
 *   number, children: function(): object[]}} rows: one for each hyperplane; groups: which rows of the root lie on it;
 *   row: the number of the hyperplane that is deleted, null where there is none; children: [deletion, restriction], or
 *   []
 */
export function deletionRestriction(rows) {
  return node(
    rows,
    rows.map((_, i) => [i]),
  );
}

function node(rows, names) {
  const planes = distinct(rows);
  const lines = planes.map(({ row }) => row);
  const groups = planes.map(({ members }) => members.flatMap((i) => names[i]));
  const last = planes.length ? planes.length - 1 : null;
  return {
    rows: lines,
    groups,
    count: regionCount(lines),
    row: last,
    hyperplanes: lines.length,
    rank: rank(lines),
    children() {
      if (last === null) return [];
      const [others, otherGroups] = [lines.slice(0, last), groups.slice(0, last)];
      return [node(others, otherGroups), node(restricted(others, lines[last]), otherGroups)];
    },
  };
}

/** w_0, w_1, ... of distinct hyperplanes: 1, and for each k the restriction to plane k of those before it. */
function numbers(planes, known) {
  const columns = planes.length ? planes[0].length : 0;
  if (columns === 2) return [1n, BigInt(planes.length), BigInt(planes.length - 1)];
  const key = planes.map((row) => row.join()).join(";");
  if (known.has(key)) return known.get(key);
  const total = Array(columns + 1).fill(0n);
  total[0] = 1n;
  planes.forEach((plane, k) => {
    const below = distinct(restricted(planes.slice(0, k), plane)).map(({ row }) => row);
    numbers(below, known).forEach((w, j) => (total[j + 1] += w));
  });
  known.set(key, total);
  return total;
}

/** Rows cut with a hyperplane, in coordinates of the hyperplane: its first non-zero column is eliminated. */
function restricted(rows, plane) {
  const pivot = plane.findIndex((x) => x);
  const scale = plane[pivot] < 0n ? negative(plane) : plane;
  return rows.map((row) => row.map((x, j) => scale[pivot] * x - row[pivot] * scale[j]).toSpliced(pivot, 1));
}

/** One row for each hyperplane, in the order in which they come, with the numbers of the rows that lie on it. */
function distinct(rows) {
  const found = new Map();
  rows.forEach((line, i) => {
    if (!line.some((x) => x)) return;
    const row = canonicalRow(line);
    const key = row.join();
    if (found.has(key)) found.get(key).members.push(i);
    else found.set(key, { row, members: [i] });
  });
  return [...found.values()];
}

function withoutLastZeros(sequence) {
  let length = sequence.length;
  while (length > 1 && !sequence[length - 1]) length -= 1;
  return sequence.slice(0, length);
}
