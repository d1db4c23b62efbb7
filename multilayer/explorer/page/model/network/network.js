/**
 * The network of a state: its first layer are the rows, so that its lines can be dragged, and `layers` the later ones.
 *
 * The row w with offset b is the neuron (w.x - b)_+. What it hands on stays with it, in `out`: its weight to each
 * neuron of the second layer; so rows can be added, removed and switched off. `layers[0]` therefore holds biases alone.
 */

import { withRow } from "model/rows";

/** Whether a state holds a network. */
export function isNetwork(state) {
  return Array.isArray(state.layers) && state.layers.length > 0;
}

/**
 * The parts of the first state that are about two layers, from a content; `layers` is null where there is no network.
 */
export function networkParts(content) {
  const chosen = { cell: null, slice: null, output: 0 };
  if (content.kind !== "network") return { ...chosen, layers: null };
  const [{ biases }, ...later] = content.layers;
  return { ...chosen, layers: [{ biases }, ...later], outputs: content.outputs };
}

/** The weights that the neuron at a place of the first layer hands on, from a content. */
export function handedOn(content, place) {
  return content.layers[0].weights.map((row) => row[place]);
}

/**
 * The layers, from the first to the last, without the neurons that are switched off.
 * @returns {{weights: string[][], biases: string[]}[]} exact text
 */
export function networkLayers(state) {
  const on = state.rows.filter((row) => row.on);
  const [{ biases }, ...later] = state.layers;
  return [
    { weights: on.map(({ entries }) => entries), biases: on.map(({ offset }) => negated(offset)) },
    { weights: biases.map((_, k) => on.map(({ out }) => out?.[k] ?? "0")), biases },
    ...later,
  ];
}

/** The number of hidden layers. */
export function depth(state) {
  return state.layers.length;
}

/**
 * The weights into one neuron, as the page names them.
 * @param {number} layer from 0; 0 is the first
 * @param {number} neuron its place in the layer
 * @returns {{place: number|null, name: string, text: string}[]} place null: the bias
 */
export function weightsInto(state, layer, neuron) {
  if (layer === 0) {
    const row = state.rows[neuron];
    const inputs = row.entries.map((text, place) => ({ place, name: state.columns[place], text }));
    return [...inputs, { place: null, name: "bias", text: negated(row.offset) }];
  }
  const { biases, weights } = state.layers[layer - 1];
  const from =
    layer === 1
      ? state.rows.map(({ name, out }, place) => ({ place, name: `from ${name}`, text: out?.[neuron] ?? "0" }))
      : weights[neuron].map((text, place) => ({ place, name: `from ${place + 1}`, text }));
  return [...from, { place: null, name: "bias", text: biases[neuron] }];
}

/** The parts of the state after one weight has become another exact text. */
export function withWeight(state, { layer, neuron, place }, text) {
  if (layer === 0) {
    const { entries } = state.rows[neuron];
    return withRow(state, neuron, place === null ? { offset: negated(text) } : { entries: entries.with(place, text) });
  }
  if (layer === 1 && place !== null) {
    const width = state.layers[0].biases.length;
    const out = Array.from({ length: width }, (_, k) => state.rows[place].out?.[k] ?? "0");
    return withRow(state, place, { out: out.with(neuron, text) });
  }
  const changed = { ...state.layers[layer - 1] };
  if (place === null) changed.biases = changed.biases.with(neuron, text);
  else changed.weights = changed.weights.with(neuron, changed.weights[neuron].with(place, text));
  return { layers: state.layers.with(layer - 1, changed) };
}

/** The names of the neurons of a layer, the last of which are outputs. */
export function neuronNames(state, layer) {
  if (layer === 0) return state.rows.map(({ name }) => name);
  const { biases } = state.layers[layer - 1];
  const outputs = layer === state.layers.length ? state.outputs : null;
  return biases.map((_, k) => outputs?.[k] ?? String(k + 1));
}

/** Exact text with the other sign. */
export function negated(text) {
  const short = text.trim();
  if (/^[-+]?0*(\.0*)?$/.test(short)) return "0";
  return short.startsWith("-") ? short.slice(1) : `-${short.replace(/^\+/, "")}`;
}
