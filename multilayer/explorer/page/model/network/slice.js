/**
 * A slice through the inputs of a network: two of them are axes, the others keep one exact value.
 *
 * The slice of a network is a network with two inputs: what the fixed inputs add moves into the biases.
 */

import { exactNumber, fraction } from "core/integers";

const ONES = /^(bias|constant|const|intercept|ones?)$/i;

/**
 * The slice of a state, for its number of inputs.
 * @returns {{axes: number[], fixed: string[]}} fixed: exact text for every input, that of the axes unused
 */
export function sliceOf({ slice, columns }) {
  if (slice?.fixed.length === columns.length) return slice;
  return { axes: [0, 1], fixed: columns.map((name) => (ONES.test(name) ? "1" : "0")) };
}

/**
 * The layers of the network on a slice.
 * @param {{weights: string[][], biases: string[]}[]} layers exact text
 * @returns {{weights: string[][], biases: string[]}[]} exact text; the first layer has two inputs
 */
export function slicedLayers([first, ...later], { axes, fixed }) {
  const values = fixed.map(exactNumber);
  const biases = first.weights.map((row, k) => {
    const moved = row.reduce(
      (sum, text, j) => (axes.includes(j) ? sum : added(sum, exactNumber(text), values[j])),
      exactNumber(first.biases[k]),
    );
    return `${moved.num}/${moved.den}`;
  });
  return [{ weights: first.weights.map((row) => axes.map((j) => row[j])), biases }, ...later];
}

/** sum + a b. */
function added(sum, a, b) {
  return fraction(sum.num * a.den * b.den + a.num * b.num * sum.den, sum.den * a.den * b.den);
}
