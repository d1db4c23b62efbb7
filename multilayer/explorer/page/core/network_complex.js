/**
 * The complex of a network in its input space: where all hidden pre-activations have constant signs.
 *
 * Regions are cones over the inputs, in homogeneous coordinates z = (x t, t). The first layer is an affine arrangement;
 * inside each region of a layer the pre-activations of the next one are linear forms of z, which cut it further. A
 * neuron that is zero on a whole region has the sign 0 there, and repeated neurons cut once.
 */

import { facesOf } from "core/complex_faces";
import { cyclicRays, interiorPoint } from "core/cones";
import { rank } from "core/elimination";
import { exactNumber, integerRow } from "core/integers";
import { cutByLayer, firstCells } from "core/network_cells";
import { formsOf, inputForms, integerLayers } from "core/network_layers";
import { zeroSet } from "core/zero_sets";

/**
 * List the regions of a network, and what follows from them.
 * @param {{weights: unknown[][], biases: unknown[]}[]} layers entries: what exactNumber reads, or fractions {num, den};
 *   ReLU after all layers but the last
 * @param {{box?: [unknown, unknown][] | null}} options box: the lower and upper bound of each input; only what is
 *   inside counts then, and everything is clipped
 * @returns {{regions: {signs: number[][], forms: bigint[][][], rays: bigint[][], witness: bigint[], bounded: boolean,
 *   affine: {rows: bigint[][], divisor: bigint}}[], faces: number[], pieces: number, bounded: number,
 *   adjacent: [number, number][], zeroSets: {dimension: number, rays: bigint[][]}[][][]}}
 *   signs: for each hidden layer those of its neurons; forms: these as forms of z, up to a positive factor; rays: vertices (x t, t) with t > 0 and directions with t = 0, in
 *   cyclic order for two inputs, modulo the space on which no first-layer neuron changes; affine: the outputs are
 *   rows . (x, 1) / divisor; faces: how many have dimension 0, 1, ...; pieces: distinct affine maps; bounded: how many
 *   regions are; adjacent: pairs of regions with a common facet; zeroSets[l][k]: the pieces on which neuron k of layer
 *   l is 0, outputs in the last
 * @throws {Error} sizes do not fit, an entry is no number, or the box is empty
 */
export function networkComplex(layers, { box = null } = {}) {
  const network = integerLayers(layers);
  const d = network[0].weights[0].length;
  const base = box ? sidesOf(box, d) : [[...Array(d).fill(0n), 1n]];
  const lineality = d - rank(box ? inputForms(d) : network[0].weights);
  const zeros = (layer, cells, outputsOf) => {
    const forms = cells.map((cell) => formsOf(layer, outputsOf(cell)));
    const neuron = (k) => forms.map((inCell) => inCell[k]);
    return layer.weights.map((_, k) => zeroSet(cells, neuron(k), base.length, lineality));
  };

  let cells = firstCells(network[0], base);
  const zeroSets = [zeros(network[0], cells, () => inputForms(d))];
  for (const layer of network.slice(1, -1)) {
    zeroSets.push(zeros(layer, cells, ({ outputs }) => outputs));
    cells = cells.flatMap((cell) => cutByLayer(cell, layer, base));
  }
  zeroSets.push(zeros(network.at(-1), cells, ({ outputs }) => outputs));

  const regions = cells.map((cell) => regionOf(cell, network.at(-1), lineality));
  return {
    regions,
    ...facesOf(cells, base.length, lineality),
    pieces: new Set(regions.map(({ affine }) => affine.rows.join(";"))).size,
    bounded: regions.filter(({ bounded }) => bounded).length,
    zeroSets,
  };
}

function regionOf({ cone, signs, forms, outputs }, last, lineality) {
  const length = outputs[0].length;
  return {
    signs,
    forms,
    rays: length === 3 && lineality === 0 ? cyclicRays(cone) : cone.rays,
    witness: interiorPoint(cone.rays, length),
    bounded: lineality === 0 && cone.rays.every((ray) => ray.at(-1) > 0n),
    affine: { rows: formsOf(last, outputs), divisor: last.unit },
  };
}

/** The forms that are positive inside a box: x_j - lower and upper - x_j. */
function sidesOf(box, d) {
  if (box.length !== d) throw new Error(`the box has ${box.length} pairs of bounds, and the network ${d} inputs`);
  return box.flatMap((bounds, j) => {
    const [lower, upper] = bounds.map((x) => (typeof x === "object" ? x : exactNumber(x)));
    if (lower.num * upper.den >= upper.num * lower.den) throw new Error(`the box is empty at input ${j + 1}`);
    const side = (direction, { num, den }) => {
      const form = Array(d + 1).fill(0n);
      form[j] = direction;
      form[d] = { num: -direction * num, den };
      return integerRow(form);
    };
    return [side(1n, lower), side(-1n, upper)];
  });
}
