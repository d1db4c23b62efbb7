/**
 * The affine functions that a network's neurons are inside one region, in floats: for drawing alone.
 *
 * A form is [a_1, ..., a_d, b], the function a.x + b. Inside a region the signs of all pre-activations are known, so
 * that each layer is affine: a neuron that is not positive hands on 0.
 */

import { floatOf } from "model/pictured";

/** The layers with floats in place of exact text. */
export function floatLayers(layers) {
  return layers.map(({ weights, biases }) => ({
    weights: weights.map((row) => row.map(floatOf)),
    biases: biases.map(floatOf),
  }));
}

/**
 * The forms of all neurons in a region.
 * @param {{weights: number[][], biases: number[]}[]} layers
 * @param {number} d the number of inputs
 * @param {number[]} signs of the hidden neurons, layer after layer
 * @returns {number[][][]} for each layer, the last one too, the form of each neuron's pre-activation
 */
export function formsOf(layers, d, signs) {
  let before = Array.from({ length: d }, (_, k) => Array.from({ length: d + 1 }, (_, j) => (j === k ? 1 : 0)));
  let place = 0;
  return layers.map(({ weights, biases }) => {
    const forms = weights.map((row, k) => combined(row, before, biases[k], d));
    before = forms.map((form) => (signs[place++] > 0 ? form : form.map(() => 0)));
    return forms;
  });
}

function combined(weights, forms, bias, d) {
  const sum = Array(d + 1).fill(0);
  weights.forEach((w, k) => {
    if (w !== 0) forms[k].forEach((x, j) => (sum[j] += w * x));
  });
  sum[d] += bias;
  return sum;
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
    if (number + 1 < layers.length) values = values.map((x) => Math.max(x, 0));
  });
  return values;
}
