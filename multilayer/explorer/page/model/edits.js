/** Changes of the rows as parts of a state: adding, removing, switching and writing. */

import { exactNumber } from "core/integers";
import { fractionText } from "model/decimals";
import { columns, withRow } from "model/rows";

const LONGEST = 4000; // characters of a number that is typed

/** Rows with one more at the end: not yet there, and in no special position if the others are in none. */
export function withNewRow(state) {
  const n = state.rows.length;
  const entries = Array.from({ length: columns(state) }, (_, j) =>
    j === 0 ? "1" : String((((n + 2) * (2 * j + 1)) % 11) - 5),
  );
  const offset = state.affine ? String((n % 5) - 2) : null;
  return { rows: [...state.rows, { entries, offset, on: true, name: freshName(state) }] };
}

/** Rows without one; the mark stays on the region that it was in. */
export function withoutRow(state, place) {
  return { rows: state.rows.filter((_, k) => k !== place), marked: markWithout(state, place) };
}

/** Rows with one switched on or off. */
export function withSwitched(state, place) {
  const on = !state.rows[place].on;
  return { ...withRow(state, place, { on }), marked: on ? state.marked : markWithout(state, place) };
}

/** Rows with an entry in another column, or the offset where `column` is null. */
export function withEntry(state, place, column, text) {
  const written = text.trim().replace(/^\+/, "");
  if (column === null) return withRow(state, place, { offset: written });
  return withRow(state, place, { entries: state.rows[place].entries.with(column, written) });
}

/** The text of a number that is larger by so many tenths. */
export function stepped(text, tenths) {
  const { num, den } = exactNumber(text);
  return fractionText(num * 10n + BigInt(tenths) * den, den * 10n);
}

/** What is wrong with the text of a number, or null. */
export function problemOf(text) {
  if (text.length > LONGEST) return `it has ${text.length} characters, and the limit is ${LONGEST}`;
  try {
    exactNumber(text);
    return null;
  } catch (error) {
    return error.message;
  }
}

function markWithout(state, place) {
  if (!state.marked || !state.rows[place].on) return state.marked;
  const at = state.rows.slice(0, place).filter((row) => row.on).length;
  return state.marked.slice(0, at) + state.marked.slice(at + 1);
}

function freshName({ rows }) {
  const names = new Set(rows.map((row) => row.name));
  let number = rows.length + 1;
  while (names.has(String(number))) number += 1;
  return String(number);
}
