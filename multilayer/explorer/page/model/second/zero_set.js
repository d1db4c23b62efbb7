/** The zero set of a neuron in the plane: the points at which its line bends, counted in integers. */

import { networkComplex } from "core/network_complex";
import { primitive } from "core/integers";
import { canonicalRow } from "core/regions";

/**
 * The number of bends of a zero set with two inputs.
 * @param {{dimension: number, rays: bigint[][]}[]} pieces as core/network_complex gives them: ends (x t, t), t > 0, and
 *   directions, t = 0
 * @returns {number} of points at which segments of different directions end
 */
export function bends(pieces) {
  const directions = new Map();
  for (const { dimension, rays } of pieces) {
    if (dimension !== 1 || rays.length !== 2) continue;
    const direction = canonicalRow(directionOf(rays)).join();
    for (const ray of rays.filter((each) => each.at(-1) > 0n)) {
      const point = primitive(ray).join();
      if (!directions.has(point)) directions.set(point, new Set());
      directions.get(point).add(direction);
    }
  }
  return [...directions.values()].filter((found) => found.size > 1).length;
}

function directionOf([p, q]) {
  const [s, t] = [p.at(-1), q.at(-1)];
  if (s === 0n || t === 0n) return (s === 0n ? p : q).slice(0, -1);
  return p.slice(0, -1).map((x, k) => x * t - q[k] * s);
}

/**
 * The number of bends of the line that parts u < 0 from u >= 0 in the data plane, u = sum_j I_j (x.w_j)_+.
 * @param {bigint[][]} weights w_j, of two entries or of three, the last one for the constant 1
 * @param {number[]} outputs I_j
 */
export function bendsInPlane(weights, outputs) {
  const { regions, adjacent } = networkComplex([
    { weights: weights.map((w) => w.slice(0, 2)), biases: weights.map((w) => w[2] ?? 0n) },
    { weights: [outputs.map(BigInt)], biases: [0n] },
    { weights: [[1n]], biases: [0n] },
  ]);
  const negative = regions.map(({ signs }) => signs[1][0] < 0);
  const border = adjacent.filter(([a, b]) => negative[a] !== negative[b]);
  return bends(border.map(([a, b]) => ({ dimension: 1, rays: common(regions[a].rays, regions[b].rays) })));
}

function common(rays, others) {
  const names = new Set(others.map((ray) => ray.join()));
  return rays.filter((ray) => names.has(ray.join()));
}
