/**
 * A certified network on the rows of its certificate: what each neuron and each sub-network is there, exactly.
 *
 * The rows are those of the content, which never change; (x.w)_+ is active where x.w > 0, and a sub-network where its
 * second-layer neuron is.
 */

import { dot, exactNumber, integerRow, sign } from "core/integers";
import { complexOf } from "model/network/complex";
import { classesOf } from "model/plane/data_plane";
import { floatOf } from "model/geometry/pictured";
import { signText } from "model/rows";

/**
 * What is active where.
 * @returns {{name: string, neurons: {output: number, active: boolean[], weights: bigint[]}[], sign: number, active:
 *   boolean[]}[]} one for each sub-network: the signs of its neurons' second-layer weights and of its output weight,
 *   the rows on which they and it are active, and the weights of each neuron up to a positive factor
 */
export function activity(content) {
  const rows = content.rows.map((row) => integerRow(row));
  return content.subnetworks.map(({ first, second, output }, k) => {
    const weights = first.map((w) => integerRow(w));
    const [units, ones] = [first.map(unitOf), second.map(exactNumber)];
    const active = rows.map((row) => {
      const hidden = weights.map((w) => max0(dot(row, w)));
      return positiveSum(
        hidden.map((h, j) => ({ num: h * ones[j].num * units[j].num, den: ones[j].den * units[j].den })),
      );
    });
    return {
      name: String(k + 1),
      neurons: weights.map((w, j) => ({
        output: sign(ones[j].num),
        active: rows.map((row) => dot(row, w) > 0n),
        weights: w,
      })),
      sign: sign(exactNumber(output.find((text) => sign(exactNumber(text).num)) ?? "0").num),
      active,
    };
  });
}

/** The signs of a neuron's weights on the rows of a model as they are now, or null where these have other columns. */
export function regionKey(model, weights) {
  if (model.state.affine || model.state.columns.length !== weights.length) return null;
  return signText(model.rows.map((row) => sign(dot(row, weights))));
}

/** The factor by which the integer row of weights has to be multiplied to give the weights. */
function unitOf(texts) {
  const row = integerRow(texts);
  const place = row.findIndex((x) => x);
  if (place < 0) return { num: 1n, den: 1n };
  const { num, den } = exactNumber(texts[place]);
  return { num, den: den * row[place] };
}

function max0(x) {
  return x > 0n ? x : 0n;
}

function positiveSum(fractions) {
  const [num, den] = fractions.reduce(([p, q], each) => [p * each.den + each.num * q, q * each.den], [0n, 1n]);
  return num > 0n === den > 0n && num !== 0n;
}

/** The number of inputs that are data: the column of ones is left out. */
export function certifiedInputs(content) {
  return content.columns.length - Number(content.bias);
}

/** The complex of a certified network with one or two inputs. */
export function certifiedComplex(content) {
  return complexOf(content.layers);
}

/**
 * The rows as points: one input and the target, or two inputs; for output number `output`.
 * @returns {{points: object[], classes: string[]}} as in model/data_plane
 */
export function certifiedPoints(content, output) {
  const d = certifiedInputs(content);
  const points = content.rows.map((row, place) => {
    const target = content.targets[output].values[place];
    const inputs = row.slice(0, d).map(floatOf);
    return {
      place,
      name: String(place + 1),
      on: true,
      at: d === 1 ? [inputs[0], floatOf(target)] : inputs,
      target: d === 1 ? null : target,
      bit: d === 1 ? 1 : null,
    };
  });
  return { points, classes: d === 1 ? [] : classesOf(content.targets[output].values) };
}
