/**
 * The frame of a picture: coordinates for the space that the normals span, in floats to draw and exactly to move rows.
 *
 * A: the normals, integers, rank r in d columns. R: the reduced echelon form of A, r x d, 1 at the pivot columns.
 * Every a in the span of A is c R, where c is a at the pivots. Q: orthonormal rows that span the same, so that u = Q a
 * shows lengths and angles truly. A row that is moved in the picture becomes c R with decimals c, and so it stays in
 * the span.
 */

import { reducedEchelon } from "core/elimination";
import { decimal, digitsFor, fractionText, scaledDecimal } from "model/decimals";
import { crowding, solved } from "model/geometry/evening";
import { direction, dot, norm, orthonormal, plus, times } from "model/geometry/vectors";

/**
 * Make the frame of the space that normals span; of the whole space where `whole` is set.
 * @param {bigint[][]} normals integer rows
 * @param {number} d their number of columns
 * @param {{whole?: boolean, least?: number, even?: number[][] | null}} options least: the least dimension, missing axes
 *   are added, and rows cannot be moved along them; even: L, if it is as large as the space
 * @returns {{dimension: number, place: function(number[]): number[], point: function(number[]): number[],
 *   real: function(number[]): number[], lift: function(number[]): string[]}} `place` takes a row a to u, `point` a
 *   point x to p with u.p = a.x; `real` takes u back to floats a, `lift` to exact text near them
 */
export function frameOf(normals, d, { whole = false, least = 0, even = null } = {}) {
  const { rows, pivots, divisor } = exactBasis(normals, d, whole);
  const axes = whole ? rows.map((row) => row.map(Number)) : orthonormal(rows.map(direction));
  const blank = Array(Math.max(0, least - rows.length)).fill(0);
  const stretch = even?.length === rows.length ? even : null;
  const place = (a) => {
    const u = axes.map((axis) => dot(axis, a));
    return [...(stretch ? solved(stretch, u) : u), ...blank];
  };
  const real = (u) => {
    const straight = stretch ? stretch.map((row) => dot(row, u)) : u;
    return axes.reduce((sum, axis, k) => plus(sum, times(axis, straight[k])), Array(d).fill(0));
  };
  const point = (x) => {
    const p = axes.map((axis) => dot(axis, x));
    const even = stretch ? p.map((_, k) => stretch.reduce((sum, row, i) => sum + row[k] * p[i], 0)) : p;
    return [...even, ...blank];
  };
  const crowded = stretch ? crowding(stretch) : 1;
  return {
    dimension: rows.length,
    place,
    point,
    real,
    lift(u) {
      const a = real(u);
      const digits = digitsFor(norm(a) / crowded);
      if (whole) return a.map((x) => decimal(x, digits));
      const c = pivots.map((column) => scaledDecimal(a[column], digits));
      const combined = (j) => c.reduce((sum, x, k) => sum + x * rows[k][j], 0n);
      return a.map((_, j) => fractionText(combined(j), divisor * 10n ** BigInt(digits)));
    },
  };
}

/** R, its pivots and the divisor of its integer rows; the unit vectors where the whole space is meant. */
export function exactBasis(normals, d, whole) {
  if (!whole) return reducedEchelon(normals);
  const rows = Array.from({ length: d }, (_, k) => Array.from({ length: d }, (_, j) => (j === k ? 1n : 0n)));
  return { rows, pivots: rows.map((_, k) => k), divisor: 1n };
}
