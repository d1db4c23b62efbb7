/**
 * The second layer over the neurons that were chosen: the cells of their product cone, and the cell that is looked at.
 *
 * A neuron is a region of the first layer with the sign of its output weight: {key, output} in the state. Inside the
 * product of their cones u_i = sum_j I_j (x_i.w_j)_+ is linear, and a cell is a sign vector of u with a point inside.
 */

import { cover } from "core/bounds";
import { secondLayerCells } from "core/second_layer";
import { signText } from "model/rows";

export const MOST_NEURONS = 3;
export const MOST_CELLS = 4096n; // that are listed in a moment
const known = new WeakMap();

/**
 * The second layer of a model.
 * @returns {{neurons: {key: string, output: number, region: object|null, place: number}[], whole: boolean, most:
 *   bigint, cells: object[], mixed: number[], forced: number[], zero: number[], picked: object|null}|null} null where
 *   there is no second layer; `whole`: two or three neurons are chosen, all of their regions are there, and their
 *   cells, at most `most`, are few enough to be listed; rows that can cut, whose sign is forced, and on which no neuron
 *   is active, by their numbers; `picked` one of the cells
 */
export function secondLayer(model) {
  const { state } = model;
  if (state.affine || !model.rows.length) return null;
  const neurons = state.neurons.map(({ key, output }, place) => ({
    key,
    output,
    place,
    region: model.byKey.get(key) ?? null,
  }));
  const there = neurons.length > 1 && neurons.every(({ region }) => region);
  const most = there ? mostCells(model, neurons) : 0n;
  const whole = there && most <= MOST_CELLS;
  if (!whole) return { neurons, whole, most, cells: [], mixed: [], forced: [], zero: [], picked: null };
  const found = cellsOf(model, state.neurons, neurons);
  const picked = found.cells.find(({ key }) => key === state.cell) ?? found.cells[0];
  return { neurons, whole, most, ...found, picked };
}

/** A bound on the number of cells: the hyperplanes of n mixed rows in the product of the neurons' spaces. */
function mostCells({ rows, rank }, neurons) {
  const mixed = rows.filter((_, i) => new Set(activeOutputs(neurons, i)).size > 1).length;
  const inPosition = cover(mixed, rank * neurons.length);
  const all = 2n ** BigInt(mixed);
  return inPosition < all ? inPosition : all;
}

function activeOutputs(neurons, i) {
  return neurons.filter(({ region }) => region.signs[i] > 0).map(({ output }) => output);
}

function cellsOf(model, chosen, neurons) {
  const before = known.get(model.regions);
  if (before?.chosen === chosen) return before.found;
  const { cells, forced, mixed } = secondLayerCells(
    model.rows,
    neurons.map(({ region, output }) => ({ signs: region.signs, output })),
  );
  const places = forced.map((_, k) => k);
  const found = {
    cells: cells.map((cell) => ({ ...cell, key: signText(cell.signs) })),
    mixed,
    forced: places.filter((k) => forced[k] !== 0),
    zero: places.filter((k) => forced[k] === 0 && !mixed.includes(k)),
  };
  known.set(model.regions, { chosen, found });
  return found;
}

/** The parts of the state with one neuron more, or with its sign turned where it is there with both signs free. */
export function withNeuron(state, key) {
  if (state.neurons.length >= MOST_NEURONS) return {};
  const taken = state.neurons.filter((neuron) => neuron.key === key).map(({ output }) => output);
  if (taken.length > 1) return {};
  const output = taken.length ? -taken[0] : state.neurons.length % 2 ? -1 : 1;
  return { neurons: [...state.neurons, { key, output }], cell: null };
}

/** The parts of the state with the sign of a neuron turned; nothing if it would then stand there twice. */
export function turned(state, place) {
  const { key, output } = state.neurons[place];
  if (state.neurons.some((other) => other.key === key && other.output === -output)) return {};
  return { neurons: state.neurons.with(place, { key, output: -output }), cell: null };
}

/** The parts of the state without one neuron. */
export function withoutNeuron(state, place) {
  return { neurons: state.neurons.toSpliced(place, 1), cell: null };
}
