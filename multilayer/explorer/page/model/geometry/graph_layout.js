/** Where the nodes of the graph of regions are drawn: in a disc of radius 1. */

import { centroid } from "model/geometry/clipping";
import { inPlane, inRank, inSpace } from "model/geometry/pictured";
import { polygons, sectors } from "model/geometry/pieces";
import { onScreen, turnOf } from "model/geometry/turns";
import { direction, norm, orthonormal, plus, times, unit } from "model/geometry/vectors";
import { fittingWindow, meetingsReach } from "model/geometry/window";

const SHORT = 0.06; // longest straight part of an edge that is round
const MOST_APART = 250; // nodes up to which they are pushed apart
const ROUNDS = 30;

/**
 * Places of all regions in a disc of radius 1, by their number, and the way an edge takes there.
 * @returns {{at: number[][], curve: function(number, number): number[][]}}
 */
export function layoutOf(model) {
  if (inPlane(model)) return straight(model.state.affine ? inWindow(model) : onCircle(model));
  if (inSpace(model)) return onSphere(model);
  return straight(projected(model));
}

function straight(at) {
  return { at, curve: (a, b) => [at[a], at[b]] };
}

function onCircle(model) {
  const at = [];
  for (const { region, from, to } of sectors(model, inPlane(model).rows)) {
    at[region.number] = [Math.cos((from + to) / 2), Math.sin((from + to) / 2)];
  }
  return at;
}

/** The middle of each polygon, far ones drawn nearer so that all are seen. */
function inWindow(model) {
  const { rows } = inPlane(model);
  const view = fittingWindow(rows, 1);
  const reach = Math.max(meetingsReach(rows, view), 1 / view.scale) * 1.3;
  const middles = model.regions.map(() => [0, 0]);
  for (const { region, corners } of polygons(model, rows, [
    view.x - reach,
    view.y - reach,
    view.x + reach,
    view.y + reach,
  ])) {
    const middle = centroid(corners).at;
    const p = [(middle[0] - view.x) * view.scale, (middle[1] - view.y) * view.scale];
    middles[region.number] = p;
  }
  const sizes = middles.map(norm).sort((a, b) => a - b);
  const typical = sizes[sizes.length >> 1] || 1;
  const at = middles.map((p) => times(p, 1 / (typical + norm(p))));
  return filling(apart(filling(at)));
}

/** Places scaled so that the farthest is on the rim. */
function filling(at) {
  const far = Math.max(...at.map(norm), 1e-9);
  return at.map((p) => times(p, 1 / far));
}

/** Places pushed away from others that are too near, a little in each of some rounds. */
function apart(at) {
  if (at.length > MOST_APART) return at;
  const least = 1.35 / Math.sqrt(at.length);
  const places = at.map((p) => [...p]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let a = 0; a < places.length; a += 1) {
      for (let b = a + 1; b < places.length; b += 1) {
        const [x, y] = [places[b][0] - places[a][0], places[b][1] - places[a][1]];
        const near = Math.hypot(x, y);
        if (near >= least || near === 0) continue;
        const push = (0.25 * (least - near)) / near;
        places[a][0] -= x * push;
        places[a][1] -= y * push;
        places[b][0] += x * push;
        places[b][1] += y * push;
      }
    }
  }
  return places;
}

/** The whole sphere on a disc with true areas; the point behind is the rim. */
function onSphere(model) {
  const seen = onScreen(turnOf(model.state));
  const centres = middles(model, inSpace(model)).map(seen);
  const flat = ([x, y, z]) => {
    const side = Math.hypot(x, y);
    const far = Math.sqrt(Math.max(0, (1 - z) / 2));
    return side > 1e-9 ? [(x / side) * far, (y / side) * far] : [0, far];
  };
  return { at: centres.map(flat), curve: (a, b) => between(centres[a], centres[b], flat) };
}

const middleOf = new WeakMap();

/** The middle of each region on the sphere: the sum of its unit vertices. */
function middles(model, shown) {
  if (!middleOf.has(shown)) {
    middleOf.set(
      shown,
      model.regions.map(({ rays, witness }) => {
        const sum = rays.map((ray) => unit(shown.frame.point(direction(ray)))).reduce(plus, [0, 0, 0]);
        return unit(rays.length > 2 ? sum : shown.frame.point(direction(witness)));
      }),
    );
  }
  return middleOf.get(shown);
}

/** Points from p to q on the sphere, close to each other where they are drawn; one that passes behind has a gap. */
function between(p, q, flat, depth = 7) {
  const [from, to] = [flat(p), flat(q)];
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) < SHORT || depth === 0) return [from, to];
  const middle = unit(plus(p, q));
  return [...between(p, middle, flat, depth - 1).slice(0, -1), ...between(middle, q, flat, depth - 1)];
}

/**
 * Higher ranks: the zonotope of the rows, stretched so that it is about as wide in every direction, and laid flat by
 * fixed directions spread over a half circle.
 */
function projected(model) {
  const { frame, rows } = inRank(model);
  const r = Math.max(1, frame.dimension);
  const units = rows.map(({ normal }) => unit(normal));
  const stretched = orthonormal(Array.from({ length: frame.dimension }, (_, k) => units.map((a) => a[k])));
  const axes = Array.from({ length: r }, (_, k) => (Math.PI * (k + 0.1)) / r).map((t) => [Math.cos(t), Math.sin(t)]);
  const flat = rows.map((_, i) => stretched.reduce((sum, axis, k) => plus(sum, times(axes[k], axis[i])), [0, 0]));
  const at = model.regions.map(({ signs }) => signs.reduce((sum, s, k) => plus(sum, times(flat[k], s)), [0, 0]));
  return filling(at);
}
