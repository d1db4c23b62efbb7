/**
 * The regions of a network with one input, in order along the line: which they are, and where one ends, was found
 * exactly.
 */

import { primitive } from "core/integers";
import { floatOf } from "model/geometry/pictured";

/**
 * The points between one region and the next.
 * @param {object} complex of one input, as model/network/complex gives it
 * @returns {{at: number, bends: boolean[]}[]} in order; bends: for each output whether its affine map changes there
 */
export function breaksOf(complex) {
  const regions = inOrder(complex);
  return regions.slice(1).map((region, k) => {
    const before = regions[k];
    const names = new Set(before.rays.map(nameOf));
    const point = region.rays.find((ray) => ray.at(-1) > 0n && names.has(nameOf(ray)));
    return {
      at: floatOf(`${point[0]}/${point[1]}`),
      bends: region.affine.rows.map((row, output) => row.join() !== before.affine.rows[output].join()),
    };
  });
}

/** Every region as an interval inside [left, right], with its key. */
export function intervals(complex, left, right) {
  const within = (x) => Math.min(right, Math.max(left, x));
  const ends = [-Infinity, ...breaksOf(complex).map(({ at }) => at), Infinity].map(within);
  return inOrder(complex).map(({ key }, k) => ({ key, ends: [ends[k], ends[k + 1]] }));
}

/** The regions from left to right, by the points inside them. */
function inOrder({ regions }) {
  const order = ({ witness: [x, s] }, { witness: [y, t] }) => (x * t < y * s ? -1 : 1);
  return [...regions].sort(order);
}

function nameOf(ray) {
  return primitive(ray).join();
}
