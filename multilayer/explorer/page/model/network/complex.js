/**
 * The complex of a network: its regions in the space of inputs, counted exactly, and found again only where it changed.
 *
 * Exact text goes into core/network_complex; floats are beside it for drawing.
 */

import { networkComplex } from "core/network_complex";
import { floatLayers } from "model/network/layer_forms";
import { isNetwork, networkLayers } from "model/network/network";
import { signText } from "model/rows";
import { direction } from "model/geometry/vectors";

let last = null;

/**
 * The complex of a state's network, or null where the state holds none, or where all neurons are switched off.
 * @returns {object|null} as complexOf
 */
export function stateComplex(state) {
  if (!isNetwork(state) || !state.rows.some((row) => row.on)) return null;
  if (last?.rows !== state.rows || last?.layers !== state.layers) {
    last = { rows: state.rows, layers: state.layers, found: complexOf(networkLayers(state)) };
  }
  return last.found;
}

/**
 * The complex of layers.
 * @param {{weights: string[][], biases: string[]}[]} layers exact text
 * @returns {{d: number, widths: number[], layers: object[], regions: object[], faces: number[], pieces: number,
 *   bounded: number, vertices: number[][], euler: number}} layers in floats; regions with key, the text of their signs;
 *   vertices: in floats, or points inside where there is none; euler: faces with alternating signs, which is (-1)^d
 */
export function complexOf(layers) {
  const { regions, faces, pieces, bounded, zeroSets } = networkComplex(layers);
  return {
    d: layers[0].weights[0].length,
    widths: layers.slice(0, -1).map(({ biases }) => biases.length),
    layers: floatLayers(layers),
    regions: regions.map((region, number) => ({ ...region, number, key: signText(region.signs.flat()) })),
    faces,
    pieces,
    bounded,
    zeroSets,
    vertices: verticesOf(regions),
    euler: faces.reduce((sum, count, k) => sum + (k % 2 ? -count : count), 0),
  };
}

function verticesOf(regions) {
  const found = regions.flatMap(({ rays }) => rays.filter((ray) => ray.at(-1) > 0n));
  const points = found.length ? found : regions.map(({ witness }) => witness);
  return points.map((ray) => {
    const floats = direction(ray);
    return floats.slice(0, -1).map((x) => x / floats.at(-1));
  });
}
