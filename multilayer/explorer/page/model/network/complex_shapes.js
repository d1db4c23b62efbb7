/**
 * The regions of a complex with two inputs as polygons, and what bounds them, in floats: for drawing alone.
 *
 * Which regions there are was decided in integers. Each is cut out of the window by the forms of its neurons, so that
 * every edge knows the neuron whose line it lies on.
 */

import { cut, onSegment } from "model/geometry/clipping";
import { ratioOf } from "model/geometry/pictured";
import { zeroSegment } from "model/second/folded";
import { direction } from "model/geometry/vectors";
import { valueOf } from "model/network/layer_forms";

const LEVELS = 7;

/**
 * The regions inside a convex polygon.
 * @returns {{key: string, region: object, corners: number[][], hidden: number[][], outputs: number[][]}[]} hidden: the
 *   forms of all hidden neurons; outputs: those of the outputs
 */
export function regionShapes(complex, window) {
  const found = [];
  for (const region of complex.regions) {
    const signs = region.signs.flat();
    const hidden = region.forms.flat().map(direction);
    let corners = window;
    for (let k = 0; k < hidden.length && corners.length > 2; k += 1) {
      const form = hidden[k];
      if (signs[k] === 0 || (form[0] === 0 && form[1] === 0)) continue;
      corners = cut(corners, (p) => signs[k] * valueOf(form, p), onSegment);
    }
    if (corners.length > 2) found.push({ key: region.key, region, corners, hidden, outputs: outputsOf(region.affine) });
  }
  return found;
}

function outputsOf({ rows, divisor }) {
  return rows.map((row) => row.map((x) => ratioOf(x, divisor)));
}

/**
 * The edges of the shapes by the neuron whose line they lie on, each once; the edges of the window are left out.
 * @returns {{neuron: number, ends: number[][]}[]} neuron: its place among all hidden ones
 */
export function edges(shapes, slack) {
  const found = new Map();
  for (const { corners, hidden } of shapes) {
    corners.forEach((p, k) => {
      const q = corners[(k + 1) % corners.length];
      const neuron = hidden.findIndex((form) => on(form, p, slack) && on(form, q, slack));
      if (neuron >= 0) found.set(middleName(p, q, slack), { neuron, ends: [p, q] });
    });
  }
  return [...found.values()];
}

/** A name for the middle of an edge, the same from both of its sides. */
function middleName(p, q, slack) {
  const unit = 1e4 * slack;
  return p.map((x, k) => Math.round((x + q[k]) / unit)).join();
}

function on(form, p, slack) {
  const steepness = Math.hypot(form[0], form[1]);
  return steepness > 0 && Math.abs(valueOf(form, p)) <= slack * steepness;
}

/** The segments on which an output has a value. */
export function levelSegments(shapes, output, level) {
  return shapes
    .map(({ corners, outputs }) => zeroSegment(corners, [...outputs[output].slice(0, 2), outputs[output][2] - level]))
    .filter(Boolean);
}

/** The least and the greatest value of an output over the shapes. */
export function rangeOf(shapes, output) {
  const values = shapes.flatMap(({ corners, outputs }) => corners.map((p) => valueOf(outputs[output], p)));
  return [Math.min(...values), Math.max(...values)];
}

/** About so many round values between two, none of them 0. */
export function roundLevels([low, high], wanted = LEVELS) {
  if (!(high > low)) return [];
  const power = 10 ** Math.floor(Math.log10((high - low) / wanted));
  const step = [1, 2, 5, 10].find((k) => (high - low) / (k * power) <= wanted) * power;
  const found = [];
  for (let k = Math.ceil(low / step); k * step <= high; k += 1) if (k !== 0) found.push(k * step);
  return found;
}
