/**
 * The zonotope of central rows: the sum of the segments from -a to a, every a with length 1, since lengths change
 * nothing but its looks. Its vertices are the regions, its faces the rays.
 *
 * The vertex of a region with signs s is the sum of s_i a_i. A face of rank 3 belongs to a ray of the arrangement,
 * which is its outer normal: its vertices are the regions that have this ray.
 */

import { inPlane, inSpace } from "model/geometry/pictured";
import { direction, norm, plus, times, unit } from "model/geometry/vectors";

const known = new WeakMap();

/**
 * @returns {{vertices: number[][], faces: {normal: number[], corners: number[]}[], flat: boolean}} in units of the
 *   largest
 */
export function zonotopeOf(model) {
  const shown = inPlane(model) ?? inSpace(model);
  if (!known.has(shown)) known.set(shown, make(model, shown));
  return known.get(shown);
}

function make(model, shown) {
  const zero = Array(shown.rows[0]?.normal.length ?? 2).fill(0);
  const units = shown.rows.map(({ normal }) => unit(normal));
  const sums = model.regions.map(({ signs }) =>
    signs.reduce((sum, s, k) => (s ? plus(sum, times(units[k], s)) : sum), zero),
  );
  const far = Math.max(...sums.map(norm), 1e-12);
  const vertices = sums.map((p) => times(p, 1 / far));
  return { vertices, faces: zero.length === 3 ? faces(model, shown.frame) : [], flat: zero.length === 2 };
}

function faces(model, frame) {
  const found = new Map();
  for (const { rays, number } of model.regions) {
    for (const ray of rays) {
      const covector = model.rows.map((row) => sign(row, ray)).join("");
      if (!found.has(covector)) found.set(covector, { normal: frame.point(direction(ray)), corners: [] });
      found.get(covector).corners.push(number);
    }
  }
  return [...found.values()];
}

function sign(row, ray) {
  let sum = 0n;
  row.forEach((x, k) => (sum += x * ray[k]));
  return sum > 0n ? "+" : sum < 0n ? "-" : "0";
}
