/**
 * Affine functions and networks in floats: for drawing alone.
 *
 * A form is [a_1, ..., a_d, b], the function a.x + b.
 */

import { floatOf } from "model/geometry/pictured";

const FARTHEST = 1e100; // products of two such numbers are floats

/** The layers with floats in place of exact text. */
export function floatLayers(layers) {
  return layers.map(({ weights, biases }) => ({
    weights: weights.map((row) => row.map(floatOf)),
    biases: biases.map(floatOf),
  }));
}

/** The value of a form at a point. */
export function valueOf(form, point) {
  return point.reduce((sum, x, k) => sum + form[k] * x, form[point.length]);
}

/** The outputs of the network at a point. */
export function outputsAt(layers, point) {
  let values = point;
  layers.forEach(({ weights, biases }, number) => {
    values = weights.map((row, k) => row.reduce((sum, w, j) => sum + w * values[j], biases[k]));
    values = values.map((x) => Math.min(FARTHEST, Math.max(number + 1 < layers.length ? 0 : -FARTHEST, x)));
  });
  return values;
}
