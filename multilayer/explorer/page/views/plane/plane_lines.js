/** Lines and half-planes of a plane stage, from forms [a, b, c]. */

import { cut, onSegment } from "model/geometry/clipping";
import { zeroSegment } from "model/second/folded";
import { valueOf } from "model/network/layer_forms";
import { closed, open } from "views/parts";

/** The path of the half-plane where a form is positive. */
export function half(at, form) {
  const corners = cut(at.corners(), (p) => valueOf(form, p), onSegment);
  return corners.length > 2 ? closed(corners.map(at.pixel)) : "";
}

/** The two points at which the line of a form leaves the window, or null. */
export function lineEnds(at, form) {
  return zeroSegment(at.corners(), form);
}

/** The path of the line where a form is 0. */
export function lineIn(at, form) {
  const ends = lineEnds(at, form);
  return ends ? open(ends.map(at.pixel)) : "";
}
