/** `window.explorer`: what scripts and tests read and do. */

import { stateComplex } from "model/network/complex";
import { addressOf } from "model/content";
import { secondLayer } from "model/second/second_layer";

/**
 * Make it.
 * @returns {{state: function, store: object, address: function}} `state()` gives the rows that are switched on and
 *   their counts as plain JSON (written out, it is a text of JSON)
 */
export function exposed(page) {
  return {
    state: () => readable(stateOf(page.model())),
    address: () => addressOf(page.store.state),
    store: page.store,
  };
}

function stateOf(model) {
  const { state } = model;
  return {
    rows: model.on.map((row) => row.entries.map(plain)),
    offsets: state.affine ? model.on.map((row) => plain(row.offset)) : null,
    affine: state.affine,
    counts: {
      regions: model.regions.length,
      exact_count: Number(model.count),
      rows: model.on.length,
      hyperplanes: model.groups.length,
      rank: model.rank,
      cover: Number(model.bounds.cover),
      eq13: model.bounds.eq13,
      ...complexCounts(state),
    },
    second: secondPart(model),
    marked: model.marked,
    state,
  };
}

/** The counts of a network's complex, where there is a network. */
function complexCounts(state) {
  const complex = stateComplex(state);
  if (!complex) return {};
  const { regions, pieces, bounded, faces } = complex;
  return {
    complex_regions: regions.length,
    complex_pieces: pieces,
    complex_bounded: bounded,
    complex_faces: faces,
  };
}

/** The cells of the chosen neurons, or null where fewer than two are there. */
function secondPart(model) {
  const found = secondLayer(model);
  if (!found?.whole) return null;
  const { neurons, cells, picked, mixed, forced, zero } = found;
  return {
    neurons: neurons.map(({ region, output }) => ({ signs: region.signs, output })),
    cells: cells.map(({ signs, mask, witness }) => ({ signs, mask, witness: witness.map((w) => w.map(String)) })),
    picked: cells.indexOf(picked),
    mixed,
    forced,
    zero,
  };
}

/** An integer as a number, other exact text as it is. */
function plain(text) {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** A value that turns into its JSON where a text is wanted. */
function readable(value) {
  return Object.defineProperty(value, "toString", { value: () => JSON.stringify(value), enumerable: false });
}
