/**
 * A line of the data plane held by points of it, as an exact weight vector, and the region that this vector lies in.
 *
 * The positive side is to the left of the way from the first point to the second. A line through the origin is held by
 * one point beside it; where the data lie on a line, a threshold x is held by one point, and `side` is its sign.
 */

import { exactNumber, dot, integerRow, sign } from "core/integers";
import { decimal } from "model/decimals";
import { signText } from "model/rows";

/**
 * The points that hold the line of a form, inside the segment [e, f] on which it is seen.
 * @param {number[]} form [a, b, c]
 * @param {string} kind of the data plane
 * @returns {{points: number[][], side: number}}
 */
export function heldBy(form, [e, f], kind) {
  const [a, b] = form;
  const ahead = (f[0] - e[0]) * b - (f[1] - e[1]) * a > 0;
  const [p, q] = ahead ? [e, f] : [f, e];
  const between = (t) => p.map((x, k) => x + t * (q[k] - x));
  if (kind === "line") return { points: [between(0.25)], side: a > 0 ? 1 : -1 };
  return { points: kind === "plane" ? [between(0.85)] : [between(0.2), between(0.8)], side: 1 };
}

/**
 * The weight vector of a held line, its points rounded to decimals.
 * @param {{points: number[][], side: number}} held
 * @param {string} kind of the data plane
 * @param {number} digits after the decimal point
 * @returns {bigint[]}
 */
export function heldWeights({ points, side }, kind, digits) {
  const [p, q = [0, 0]] = points.map((point) => point.map((x) => exactNumber(decimal(x, digits))));
  if (kind === "line") return integerRow([one(side), times(p[0], one(-side))]);
  if (kind === "plane") return integerRow([times(p[1], one(-1)), p[0]]);
  const constant = minus(times(p[0], q[1]), times(q[0], p[1]));
  return integerRow([minus(p[1], q[1]), minus(q[0], p[0]), constant]);
}

/** The region of a model that a weight vector lies in, or null where it lies on a hyperplane. */
export function regionAt(model, w) {
  const signs = model.rows.map((row) => sign(dot(row, w)));
  return model.byKey.get(signText(signs)) ?? null;
}

const one = (x) => ({ num: BigInt(x), den: 1n });
const times = (a, b) => ({ num: a.num * b.num, den: a.den * b.den });
const minus = (a, b) => ({ num: a.num * b.den - b.num * a.den, den: a.den * b.den });
