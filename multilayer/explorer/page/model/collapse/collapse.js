/**
 * Make near coincidences exact, all in one step.
 *
 * Floats only propose what is near; what a row becomes is exact. First rows that nearly are the same hyperplane become
 * it; then, in the plane and on the sphere, rows move onto places where others meet (model/collapse/meeting_places).
 */

import { canonicalRow } from "core/regions";
import { exactNumber } from "core/integers";
import { scaled } from "model/decimals";
import { NEAR, movedOntoPlaces } from "model/collapse/meeting_places";
import { HALF } from "model/collapse/meeting_settings";
import { inPlane, inRank } from "model/geometry/pictured";
import { windowOf } from "model/geometry/window";
import { norm, dot, plus, times, unit } from "model/geometry/vectors";

/**
 * Find what is nearly coincident and move it.
 * @param {object} model what model/derived gives
 * @returns {{moved: Map<number, object>, said: string[]}} new parts of rows by their place, and a sentence for each
 *   move
 */
export function collapse(model) {
  if (model.rows.length < 2) return { moved: new Map(), said: [] };
  const same = becomeSame(model);
  return same.moved.size ? same : movedOntoPlaces(model);
}

/** Rows that are nearly the hyperplane of another one become it; each such row only once. */
function becomeSame(model) {
  const { rows } = model.state.affine ? (inPlane(model) ?? inRank(model)) : inRank(model);
  const view = model.state.affine && inPlane(model) ? windowOf(model.state, rows, HALF) : null;
  const names = model.rows.map((row) => (row.some((x) => x) ? canonicalRow(row).join() : null));
  const moved = new Map();
  const kept = new Set();
  const said = [];
  rows.forEach((a, i) => {
    if (!(a.length > 0) || moved.has(a.place)) return;
    rows.slice(i + 1).forEach((b, k) => {
      const j = i + 1 + k;
      if (!(b.length > 0) || names[i] === names[j] || moved.has(b.place) || kept.has(b.place)) return;
      const side = Math.sign(dot(a.normal, b.normal));
      if (!near(a, b, side, view)) return;
      moved.set(b.place, likeness(model.on[i], side * (b.length / a.length)));
      kept.add(a.place);
      said.push(`Row ${b.name} is now the same hyperplane as row ${a.name}.`);
    });
  });
  return { moved, said };
}

function near(a, b, side, view) {
  if (norm(plus(unit(a.normal), times(unit(b.normal), -side))) > NEAR / HALF) return false;
  if (view === null) return Math.abs(a.offset / a.length - (side * b.offset) / b.length) === 0;
  const off = (row) => (row.offset - row.normal[0] * view.x - row.normal[1] * view.y) / row.length;
  return Math.abs(off(a) - side * off(b)) * view.scale < NEAR;
}

/** The parts of a row that is another one times about `factor`. */
function likeness({ entries, offset }, factor) {
  const all = scaled([...entries, ...(offset === null ? [] : [offset])].map(exactNumber), factor);
  return offset === null ? { entries: all } : { entries: all.slice(0, -1), offset: all.at(-1) };
}
