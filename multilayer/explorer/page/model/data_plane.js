/**
 * The rows of a table as points of a plane: two columns, or three whose last one is positive and is scaled to 1.
 *
 * A weight vector w is then a line of that plane, w1 x + w2 y (+ w3) = 0; on its positive side the mask is 1. A zero third
 * entry would be a point at infinity, a negative one a point whose mask is turned round; such tables have no data plane.
 */

import { exactNumber, fraction, sign } from "core/integers";
import { withRow } from "model/rows";
import { columns } from "model/rows";
import { decimal, fractionText } from "model/decimals";
import { floatOf } from "model/pictured";

const MOST_CLASSES = 5;

/**
 * The data plane of a model, or null.
 * @returns {{third: boolean, names: string[], points: {place: number, name: string, on: boolean, at: number[],
 *   target: string|null}[], classes: string[]}|null} classes: the distinct targets where they are few
 */
export function dataPlane(model) {
  const { state } = model;
  const d = columns(state);
  if (state.affine || d < 2 || d > 3 || !state.rows.length) return null;
  if (d === 3 && state.rows.some(({ entries }) => sign(exactNumber(entries[2]).num) <= 0)) return null;
  const points = state.rows.map((row, place) => ({
    place,
    name: row.name,
    on: row.on,
    at: pointOfRow(row),
    target: row.targets?.[0] ?? null,
  }));
  const targets = [...new Set(points.map(({ target }) => target).filter((t) => t !== null))].sort(byValue);
  return {
    third: d === 3,
    names: axisNames(state, d),
    points,
    classes: targets.length <= MOST_CLASSES ? targets : [],
  };
}

function pointOfRow({ entries }) {
  const [x, y, t] = entries.map(floatOf);
  return entries.length === 3 ? [x / t, y / t] : [x, y];
}

function axisNames({ columns: names, rows }, d) {
  const ones = d === 2 || rows.every(({ entries }) => entries[2] === "1");
  return ones ? names.slice(0, 2) : names.slice(0, 2).map((name) => `${name} / ${names[2]}`);
}

function byValue(a, b) {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The state's rows with the point of one row moved to a place, rounded to a decimal of so many digits. */
export function movedPoint(state, place, [x, y], digits) {
  const { entries } = state.rows[place];
  const texts = [decimal(x, digits), decimal(y, digits)];
  if (entries.length === 2) return withRow(state, place, { entries: texts });
  return withRow(state, place, { entries: [...texts.map((text) => product(text, entries[2])), entries[2]] });
}

function product(a, b) {
  const [p, q] = [exactNumber(a), exactNumber(b)];
  const { num, den } = fraction(p.num * q.num, p.den * q.den);
  return fractionText(num, den);
}

/** The line of a weight vector in the data plane, as floats [a, b, c] of a x + b y + c. */
export function lineOf(weights) {
  const [a, b, c = 0] = weights;
  return [a, b, c];
}
