/**
 * A ReLU network in integers, on homogeneous inputs z = (x t, t) with t > 0.
 *
 * q_l  least common denominator of layer l;  p_l = q_1 ... q_l;  h_l  outputs of layer l;  h_0 = x
 * u_l = q_l W_l (p_(l-1) h_(l-1) t) + q_l p_(l-1) b_l t  is p_l t times the pre-activations of layer l: integer forms
 * of z where the signs before are known. Positive factors change no sign, and pass through every ReLU.
 */

import { exactNumber, gcd } from "core/integers";

/**
 * Read the layers of a network.
 * @param {{weights: unknown[][], biases: unknown[]}[]} layers entries: what exactNumber reads, or fractions {num, den}
 * @returns {{weights: bigint[][], biases: bigint[], unit: bigint}[]} q_l W_l, q_l p_(l-1) b_l and p_l
 * @throws {Error} there is no hidden layer, an entry is no number, or sizes do not fit; the message names the layer
 */
export function integerLayers(layers) {
  if (layers.length < 2) throw new Error("a network has at least one hidden layer and an output layer");
  let before = 1n;
  return layers.map(({ weights, biases }, l) => {
    const inputs = l ? layers[l - 1].biases.length : weights[0]?.length;
    const fits = weights.length && inputs && weights.length === biases.length;
    if (!fits || weights.some((row) => row.length !== inputs)) {
      throw new Error(`layer ${l + 1} needs ${inputs || "some"} weights and one bias for each neuron`);
    }
    const fractions = [...weights, biases].map((row) => row.map((x) => (typeof x === "object" ? x : exactNumber(x))));
    const common = fractions.flat().reduce((q, { den }) => (q / gcd(q, den)) * den, 1n);
    const integers = fractions.map((row) => row.map(({ num, den }) => num * (common / den)));
    const constants = integers.pop().map((b) => b * before);
    before *= common;
    return { weights: integers, biases: constants, unit: before };
  });
}

/**
 * The pre-activations of a layer as forms of z.
 * @param {{weights: bigint[][], biases: bigint[]}} layer
 * @param {bigint[][]} outputs of the layer before, as forms
 * @returns {bigint[][]}
 */
export function formsOf({ weights, biases }, outputs) {
  const length = outputs[0].length;
  return weights.map((row, k) => {
    const form = Array(length).fill(0n);
    form[length - 1] = biases[k];
    row.forEach((w, j) => {
      if (w) outputs[j].forEach((x, i) => (form[i] += w * x));
    });
    return form;
  });
}

/** The inputs as forms of z: x_1 t, ..., x_d t. */
export function inputForms(d) {
  return Array.from({ length: d }, (_, j) => Array.from({ length: d + 1 }, (_, i) => (i === j ? 1n : 0n)));
}
