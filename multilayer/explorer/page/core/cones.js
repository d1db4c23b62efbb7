/**
 * Cones by their extreme rays, cut by one hyperplane after another: the double description method (Motzkin et al.
 * 1953).
 *
 * A cone is {rays, tight}: its extreme rays (primitive integers), and for each ray the set of bounding hyperplanes that
 * it lies on, as bits of a BigInt. It is pointed and of full dimension in its coordinates. Two rays span a
 * two-dimensional face iff no third ray lies on every hyperplane on which both lie (Fukuda and Prodon 1996).
 */

import { dot, plus, primitive } from "core/integers";
import { inverse } from "core/elimination";

/**
 * The cone on whose points some independent forms are positive.
 * @param {bigint[][]} forms a square matrix that is not singular
 * @param {number[]} names the numbers of their hyperplanes
 * @returns {{rays: bigint[][], tight: bigint[]}}
 */
export function simplicialCone(forms, names) {
  const { rows } = inverse(forms);
  const all = names.reduce((set, name) => set | (1n << BigInt(name)), 0n);
  return {
    rays: forms.map((_, k) => primitive(rows.map((row) => row[k]))),
    tight: names.map((name) => all ^ (1n << BigInt(name))),
  };
}

/**
 * Cut a cone by the hyperplane row . x = 0.
 * @param {{rays: bigint[][], tight: bigint[]}} cone
 * @param {bigint[]} row
 * @param {number} name the number of the hyperplane, which bounds nothing yet
 * @returns {{sign: number, minus: object | null, plus: object | null}} sign 1 or -1 where the row does not cut: its
 *   sign inside, 0 if it vanishes on the cone; otherwise sign 0 and the two parts
 */
export function split(cone, row, name) {
  const values = cone.rays.map((ray) => dot(row, ray));
  const above = values.some((x) => x > 0n);
  const below = values.some((x) => x < 0n);
  if (!(above && below)) return { sign: Number(above) - Number(below), minus: null, plus: null };
  const bit = 1n << BigInt(name);
  const parts = { plus: { rays: [], tight: [] }, minus: { rays: [], tight: [] } };
  const add = (part, ray, tight) => {
    part.rays.push(ray);
    part.tight.push(tight);
  };
  cone.rays.forEach((ray, k) => {
    if (values[k] > 0n) add(parts.plus, ray, cone.tight[k]);
    else if (values[k] < 0n) add(parts.minus, ray, cone.tight[k]);
    else for (const part of [parts.plus, parts.minus]) add(part, ray, cone.tight[k] | bit);
  });
  for (const [p, q] of crossingEdges(cone, values)) {
    const ray = primitive(cone.rays[p].map((x, j) => values[p] * cone.rays[q][j] - values[q] * x));
    const tight = (cone.tight[p] & cone.tight[q]) | bit;
    for (const part of [parts.plus, parts.minus]) add(part, ray, tight);
  }
  return { sign: 0, ...parts };
}

/** The pairs of adjacent rays on which the values are positive and negative, in this order. */
function crossingEdges({ rays, tight }, values) {
  const found = [];
  for (let p = 0; p < rays.length; p += 1) {
    if (values[p] <= 0n) continue;
    for (let q = 0; q < rays.length; q += 1) {
      if (values[q] >= 0n) continue;
      if (adjacent(tight, p, q)) found.push([p, q]);
    }
  }
  return found;
}

/** Whether rays p and q span a face: no third ray lies on all hyperplanes on which both lie. */
function adjacent(tight, p, q) {
  const common = tight[p] & tight[q];
  return tight.every((other, k) => k === p || k === q || (other & common) !== common);
}

/**
 * The cone with given rays whose bounding hyperplanes are among some rows.
 * @param {bigint[][]} rays its extreme rays
 * @param {bigint[][]} rows every facet lies on one of them; row k is hyperplane k
 * @returns {{rays: bigint[][], tight: bigint[]}}
 */
export function coneOfRays(rays, rows) {
  const tight = rays.map((ray) => {
    let set = 0n;
    rows.forEach((row, k) => {
      if (!dot(row, ray)) set |= 1n << BigInt(k);
    });
    return set;
  });
  return { rays, tight };
}

/**
 * The rays of a three-dimensional cone in cyclic order: neighbours in the list, and its two ends, span the facets.
 * @param {{rays: bigint[][], tight: bigint[]}} cone three-dimensional
 * @returns {bigint[][]}
 */
export function cyclicRays({ rays, tight }) {
  const [first, ...others] = rays.keys();
  const order = [first];
  while (others.length) {
    const last = order.at(-1);
    const next = others.findIndex((k) => adjacent(tight, last, k));
    order.push(...others.splice(next, 1));
  }
  return order.map((k) => rays[k]);
}

/** An integer point inside a cone: the sum of its rays, made primitive; `length` zeros where it has no rays. */
export function interiorPoint(rays, length) {
  return primitive(rays.reduce(plus, Array(length).fill(0n)));
}
