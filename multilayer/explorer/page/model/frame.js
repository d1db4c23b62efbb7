/**
 * The frame of a picture: coordinates for the space that the normals span, in floats to draw and exactly to move rows.
 *
 * A: the normals, integers, rank r in d columns. R: the reduced echelon form of A, r x d, 1 at the pivot columns.
 * Every a in the span of A is c R, where c is a at the pivots. Q: orthonormal rows that span the same, so that u = Q a
 * shows lengths and angles truly. A row that is moved in the picture becomes c R with decimals c, and so it stays in
 * the span.
 */

import { reducedEchelon } from "core/elimination";
import { decimal, fractionText, scaledDecimal } from "model/decimals";
import { dot, orthonormal, plus, times } from "model/vectors";

/**
 * Make the frame of the space that normals span; of the whole space where `whole` is set.
 * @param {bigint[][]} normals integer rows
 * @param {number} d their number of columns
 * @param {number} least the least dimension: missing axes are added, and rows cannot be moved along them
 * @returns {{dimension: number, place: function(number[]): number[], lift: function(number[], number): string[]}}
 */
export function frameOf(normals, d, { whole = false, least = 0 } = {}) {
  const { rows, pivots, divisor } = whole ? wholeSpace(d) : reducedEchelon(normals);
  const axes = whole ? rows.map((row) => row.map(Number)) : orthonormal(rows.map((row) => row.map(ratioTo(divisor))));
  const blank = Array(Math.max(0, least - rows.length)).fill(0);
  return {
    dimension: rows.length,
    place: (a) => [...axes.map((axis) => dot(axis, a)), ...blank],
    lift(u, digits) {
      const a = axes.reduce((sum, axis, k) => plus(sum, times(axis, u[k])), Array(d).fill(0));
      if (whole) return a.map((x) => decimal(x, digits));
      const c = pivots.map((column) => scaledDecimal(a[column], digits));
      const scale = divisor * 10n ** BigInt(digits);
      return a.map((_, j) =>
        fractionText(
          c.reduce((sum, x, k) => sum + x * rows[k][j], 0n),
          scale,
        ),
      );
    },
  };
}

function wholeSpace(d) {
  const rows = Array.from({ length: d }, (_, k) => Array.from({ length: d }, (_, j) => (j === k ? 1n : 0n)));
  return { rows, pivots: rows.map((_, k) => k), divisor: 1n };
}

function ratioTo(divisor) {
  return (x) => Number(x) / Number(divisor);
}
