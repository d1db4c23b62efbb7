/**
 * The regions of an arrangement of hyperplanes through 0, each with its signs, its extreme rays and an inner point.
 *
 * Rows are integers. The first independent ones bound 2^r simplicial cones, and every further row cuts some of the
 * cones so far. A region R has the opposite region -R, so that one half is searched. An affine arrangement is that part
 * of the cone over it, with rows (x, -b), on which the base row (0, ..., 0, 1) is positive.
 */

import { independentColumns, independentRows } from "core/elimination";
import { interiorPoint, simplicialCone, split } from "core/cones";
import { canonicalRow, negative } from "core/integers";

export { canonicalRow };

/**
 * List the regions, each once.
 * @param {bigint[][]} rows of one length; zero, repeated and opposite rows are welcome
 * @param {{base?: bigint[][]}} options base: rows that are positive on every region that is listed
 * @returns {{signs: number[], rays: bigint[][], witness: bigint[]}[]} signs: -1, 0 or 1 for each row, 0 exactly at zero
 *   rows; rays: modulo the space on which all rows vanish, 0 in dependent columns; witness: a point inside
 */
export function regions(rows, { base = [] } = {}) {
  const all = [...base, ...rows];
  const columns = independentColumns(all);
  const forms = all.map((row) => columns.map((column) => row[column]));
  const half = base.length === 0 && columns.length > 0;
  const cells = cellsOf(forms, base.length, half);
  const length = all.length ? all[0].length : 0;
  const listed = cells.map(({ cone, signs }) => {
    const rays = cone.rays.map((ray) => inAllColumns(ray, columns, length));
    return { signs: signs.slice(base.length), rays, witness: interiorPoint(rays, length) };
  });
  return half ? [...listed, ...listed.map(opposite)] : listed;
}

/** The region -R. */
export function opposite({ signs, rays, witness }) {
  return { signs: signs.map((s) => (s ? -s : 0)), rays: rays.map(negative), witness: negative(witness) };
}

/** Cones with the signs of all forms, of which the first `fixed` are positive; `half`: one of each opposite pair. */
function cellsOf(forms, fixed, half) {
  const first = independentRows(forms);
  const started = new Set(first);
  let cells = [];
  for (let choice = 0; choice < 2 ** first.length; choice += 1) {
    const chosen = first.map((_, k) => ((choice >> k) & 1 ? -1 : 1));
    if (first.some((i, k) => chosen[k] < 0 && (i < fixed || (half && k === 0)))) continue;
    const oriented = first.map((i, k) => (chosen[k] < 0 ? negative(forms[i]) : forms[i]));
    const signs = Array(forms.length).fill(0);
    first.forEach((i, k) => (signs[i] = chosen[k]));
    cells.push({ cone: simplicialCone(oriented, first), signs });
  }
  forms.forEach((form, i) => {
    if (!started.has(i)) cells = cells.flatMap((cell) => cutCell(cell, form, i, i < fixed));
  });
  return cells;
}

function cutCell({ cone, signs }, form, i, positive) {
  const cut = split(cone, form, i);
  const parts = cut.plus
    ? [
        { cone: cut.plus, sign: 1 },
        { cone: cut.minus, sign: -1 },
      ]
    : [{ cone, sign: cut.sign }];
  return parts
    .filter(({ sign }) => !positive || sign > 0)
    .map((part) => ({ cone: part.cone, signs: signs.with(i, part.sign) }));
}

function inAllColumns(vector, columns, length) {
  const placed = Array(length).fill(0n);
  columns.forEach((column, k) => (placed[column] = vector[k]));
  return placed;
}

/**
 * The distinct hyperplanes of rows.
 * @param {bigint[][]} rows
 * @returns {number[][]} for each hyperplane its rows' numbers from 0, in order; zero rows are in none
 */
export function hyperplanes(rows) {
  const groups = new Map();
  rows.forEach((row, i) => {
    if (!row.some((x) => x)) return;
    const key = canonicalRow(row).join();
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
  });
  return [...groups.values()];
}

/**
 * The regions next to each region: those that one hyperplane alone separates from it.
 * @param {{signs: number[]}[]} listed what regions() returned
 * @param {number[][]} groups what hyperplanes() returned
 * @returns {{region: number, hyperplane: number}[][]} for each region its neighbours' places in the list, and the group
 *   that is crossed
 */
export function neighbours(listed, groups) {
  const masks = listed.map(({ signs }) => bits(signs.flatMap((s, i) => (s > 0 ? [i] : []))));
  const crossing = groups.map((group) => bits(group));
  const places = new Map(masks.map((mask, k) => [mask, k]));
  return masks.map((mask) =>
    crossing.flatMap((flip, hyperplane) => {
      const region = places.get(mask ^ flip);
      return region === undefined ? [] : [{ region, hyperplane }];
    }),
  );
}

/** The set of some numbers from 0, as bits of a BigInt. */
function bits(members) {
  let set = 0n;
  for (const i of members) set |= 1n << BigInt(i);
  return set;
}
