/**
 * The rows of the state, read exactly.
 *
 * A row of the state is {entries: ["1", "-1/2"], offset: "0" or null, on: true, name: "1"}: entries are exact text,
 * and a row that is switched off stays in its place. With offsets the hyperplane is x.w = b, and it is searched in
 * homogeneous coordinates: (x, -b).z with the row at infinity, (0, .., 0, 1), positive.
 */

import { integerRow } from "core/integers";

/** The rows that are switched on, each with its place among all. */
export function rowsOn(state) {
  return state.rows.map((row, place) => ({ ...row, place })).filter((row) => row.on);
}

/**
 * The integer rows that are searched, and the base rows that are positive in every region.
 * @returns {{rows: bigint[][], base: bigint[][]}}
 */
export function exactRows(state) {
  const on = rowsOn(state);
  if (!state.affine) return { rows: on.map((row) => integerRow(row.entries)), base: [] };
  const rows = on.map((row) => {
    const z = integerRow([...row.entries, row.offset]);
    return [...z.slice(0, -1), -z.at(-1)];
  });
  return { rows, base: [[...Array(columns(state)).fill(0n), 1n]] };
}

/** The number of columns of the rows, without offsets. */
export function columns(state) {
  return state.columns.length;
}

/** A state whose row at `place` has other parts. */
export function withRow(state, place, parts) {
  return { rows: state.rows.map((row, k) => (k === place ? { ...row, ...parts } : row)) };
}

/** The text of a sign vector, "+-0". */
export function signText(signs) {
  return signs.map((s) => (s > 0 ? "+" : s < 0 ? "−" : "0")).join("");
}

/** The mask of a sign vector: 1 where the pre-activation is at least 0. */
export function maskText(signs) {
  return signs.map((s) => (s >= 0 ? "1" : "0")).join("");
}
