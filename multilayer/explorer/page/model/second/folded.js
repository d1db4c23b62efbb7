/**
 * Two or three neurons with signs as functions on the data plane, in floats: for drawing alone.
 *
 * l_j = x.w_j is a form on the plane, u = sum_j I_j (l_j)_+. The weights of one cell's witness are scaled together, so
 * that u = 0 stays where it is.
 */

import { cut, onSegment } from "model/geometry/clipping";
import { valueOf } from "model/network/layer_forms";
import { direction } from "model/geometry/vectors";

/** The weight vectors of a witness as floats, all divided by one number. */
export function floatWeights(witness) {
  const flat = direction(witness.flat());
  const d = witness[0].length;
  return witness.map((_, j) => flat.slice(j * d, (j + 1) * d));
}

/**
 * The pieces of a convex polygon on which all neurons keep their signs.
 * @param {number[][]} forms of the neurons
 * @param {number[]} outputs their signs I_j
 * @returns {{corners: number[][], active: boolean[], form: number[]}[]} form: u on the piece
 */
export function foldedPieces(corners, forms, outputs) {
  let pieces = [{ corners, active: [] }];
  for (const form of forms) {
    pieces = pieces.flatMap(({ corners: whole, active }) =>
      [true, false]
        .map((side) => ({
          corners: cut(whole, (p) => (side ? 1 : -1) * valueOf(form, p), onSegment),
          active: [...active, side],
        }))
        .filter((piece) => piece.corners.length > 2),
    );
  }
  return pieces.map((piece) => ({ ...piece, form: sumOf(forms, outputs, piece.active) }));
}

function sumOf(forms, outputs, active) {
  return forms.reduce((sum, form, j) => (active[j] ? sum.map((x, k) => x + outputs[j] * form[k]) : sum), [0, 0, 0]);
}

/** The segment of a convex polygon on which a form is 0, or null. */
export function zeroSegment(corners, form) {
  if (form.every((x) => x === 0)) return null;
  const ends = [];
  corners.forEach((p, k) => {
    const q = corners[(k + 1) % corners.length];
    const [u, v] = [valueOf(form, p), valueOf(form, q)];
    if (u === 0) ends.push(p);
    else if (u * v < 0) ends.push(onSegment(p, q, u, v));
  });
  return ends.length === 2 ? ends : null;
}

/**
 * Where the mask bit changes from 1 to 0: u = 0 inside a piece, and the edges of the piece without active neurons, on
 * which u is 0, beyond which a neuron with I_j = -1 makes it negative.
 * @returns {number[][][]} segments
 */
export function maskBorder(pieces, forms, outputs, slack) {
  return pieces.flatMap(({ corners, active, form }) => {
    if (active.some(Boolean)) return [zeroSegment(corners, form)].filter(Boolean);
    return corners
      .map((p, k) => [p, corners[(k + 1) % corners.length]])
      .filter((ends) => forms.some((each, j) => outputs[j] < 0 && ends.every((p) => isOn(each, p, slack))));
  });
}

function isOn(form, p, slack) {
  return Math.abs(valueOf(form, p)) <= slack * Math.hypot(form[0], form[1]);
}

/** How far a point is folded: the sums of (l_j)_+ over the neurons with I_j = 1 and with I_j = -1. */
export function foldOf(values, outputs) {
  const sum = (sign) => values.reduce((total, x, j) => (outputs[j] === sign ? total + Math.max(x, 0) : total), 0);
  return [sum(1), sum(-1)];
}
