/**
 * Fraction-free Gauss-Jordan elimination of integer rows (Bareiss 1968): every division leaves no remainder.
 *
 * After elimination each row is `divisor` at its own pivot column and 0 at the others, so rows / divisor is the reduced
 * echelon form.
 */

import { negative } from "core/integers";

/**
 * The reduced echelon form of integer rows, with one common denominator.
 * @param {bigint[][]} matrix rows of one length
 * @returns {{rows: bigint[][], pivots: number[], divisor: bigint}} rank rows, the column of each one's pivot, and the
 *   positive entry at every pivot
 */
export function reducedEchelon(matrix) {
  const rows = matrix.map((row) => [...row]);
  const columns = matrix.length ? matrix[0].length : 0;
  const pivots = [];
  let divisor = 1n;
  for (let column = 0; column < columns && pivots.length < rows.length; column += 1) {
    const top = pivots.length;
    const found = rows.findIndex((row, k) => k >= top && row[column]);
    if (found < 0) continue;
    [rows[top], rows[found]] = [rows[found], rows[top]];
    const pivot = rows[top][column];
    rows.forEach((row, k) => {
      if (k === top) return;
      const factor = row[column];
      for (let j = 0; j < columns; j += 1) row[j] = (pivot * row[j] - factor * rows[top][j]) / divisor;
    });
    divisor = pivot;
    pivots.push(column);
  }
  const reduced = rows.slice(0, pivots.length);
  return divisor < 0n ? { rows: reduced.map(negative), pivots, divisor: -divisor } : { rows: reduced, pivots, divisor };
}

/** The rank of integer rows. */
export function rank(rows) {
  return reducedEchelon(rows).pivots.length;
}

/** The first independent columns of integer rows, as numbers from 0: every other one depends on those before it. */
export function independentColumns(rows) {
  return reducedEchelon(rows).pivots;
}

/** The first independent rows of integer rows, as their numbers from 0. */
export function independentRows(rows) {
  return rows.length ? independentColumns(rows[0].map((_, j) => rows.map((row) => row[j]))) : [];
}

/**
 * The inverse of a square integer matrix, with one common denominator.
 * @param {bigint[][]} square rows
 * @returns {{rows: bigint[][], divisor: bigint}} the inverse times the positive divisor
 * @throws {Error} the matrix is singular
 */
export function inverse(square) {
  const size = square.length;
  const extended = square.map((row, k) => [...row, ...row.map((_, j) => (j === k ? 1n : 0n))]);
  const { rows, pivots, divisor } = reducedEchelon(extended);
  if (pivots.some((column, k) => column !== k)) throw new Error("the matrix is singular");
  return { rows: rows.map((row) => row.slice(size)), divisor };
}
