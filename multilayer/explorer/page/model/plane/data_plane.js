/**
 * The rows of a table as points of a plane: two columns, or three whose last one is positive and is scaled to 1.
 *
 * A weight vector w is then a line of that plane, w1 x + w2 y (+ w3) = 0; on its positive side the mask is 1. A zero
 * third entry would be a point at infinity, a negative one a point whose mask is turned round; such tables have no data
 * plane. One column and a column of ones are points of a line; the target stands upwards there.
 */

import { exactNumber, fraction, sign } from "core/integers";
import { decimal, fractionText } from "model/decimals";
import { floatOf } from "model/geometry/pictured";
import { columns, withRow } from "model/rows";

const MOST_CLASSES = 5;

/**
 * The data plane of a model, or null.
 * @returns {{kind: string, names: string[], points: {place: number, name: string, on: boolean, at: number[],
 *   target: string|null}[], classes: string[]}|null} kind: "plane" for two columns, "chart" where a third one is scaled
 *   to 1, "line" for one column and ones, with the target upwards; classes: the distinct targets where they are few
 */
export function dataPlane(model) {
  const { state } = model;
  const kind = kindOf(state);
  if (!kind) return null;
  const points = state.rows.map((row, place) => ({
    place,
    name: row.name,
    on: row.on,
    at: pointOfRow(row, kind),
    target: row.targets?.[0] ?? null,
  }));
  return {
    kind,
    names: axisNames(state, kind),
    points,
    classes: classesOf(points.map(({ target }) => target).filter((target) => target !== null)),
  };
}

function kindOf(state) {
  const d = columns(state);
  if (state.affine || d < 2 || d > 3 || !state.rows.length) return null;
  if (d === 2) return state.rows.every(({ entries }) => entries[1] === "1") ? "line" : "plane";
  return state.rows.every(({ entries }) => sign(exactNumber(entries[2]).num) > 0) ? "chart" : null;
}

/** A weight vector as a form [a, b, c] on the plane: it is a x + b y + c there. */
export function formOf([a, b, c = 0], { kind }) {
  return kind === "line" ? [a, 0, b] : [a, b, c];
}

/** The distinct targets in order where they are few, else none: they are shown as numbers then. */
export function classesOf(targets) {
  const found = [...new Set(targets)].sort(byValue);
  return found.length <= MOST_CLASSES ? found : [];
}

function pointOfRow({ entries, targets }, kind) {
  const [x, y, t] = entries.map(floatOf);
  if (kind === "chart") return [x / t, y / t];
  return kind === "plane" ? [x, y] : [x, heightOf(targets?.[0])];
}

function heightOf(target) {
  try {
    return target === undefined ? 0 : floatOf(target);
  } catch {
    return 0; // a label, no number
  }
}

function axisNames({ columns: names, rows, targetNames }, kind) {
  if (kind === "line") return [names[0], targetNames?.[0] ?? ""];
  const ones = kind === "plane" || rows.every(({ entries }) => entries[2] === "1");
  return ones ? names.slice(0, 2) : names.slice(0, 2).map((name) => `${name} / ${names[2]}`);
}

function byValue(a, b) {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The state's rows with the point of one row moved to a place, rounded to a decimal of so many digits. */
export function movedPoint(state, place, [x, y], digits) {
  const { entries } = state.rows[place];
  const texts = [decimal(x, digits), decimal(y, digits)];
  const kind = kindOf(state);
  if (kind === "line") return withRow(state, place, { entries: [texts[0], "1"] });
  if (kind === "plane") return withRow(state, place, { entries: texts });
  return withRow(state, place, { entries: [...texts.map((text) => product(text, entries[2])), entries[2]] });
}

function product(a, b) {
  const [p, q] = [exactNumber(a), exactNumber(b)];
  const { num, den } = fraction(p.num * q.num, p.den * q.den);
  return fractionText(num, den);
}
