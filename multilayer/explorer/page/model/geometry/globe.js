/**
 * The sphere as it is turned now: pieces in front, circles and poles, worked out once for all pictures that show them.
 */

import { inSpace } from "model/geometry/pictured";
import { frontPieces } from "model/geometry/pieces";
import { onScreen, turnOf } from "model/geometry/turns";
import { cross, times, unit } from "model/geometry/vectors";

let last = {};

/**
 * The globe of a model, or null where it has none.
 * @returns {{seen: function, pieces: object[], rows: object[]}} rows have `axis`, the unit normal on the screen
 */
export function globeOf(model) {
  const turn = turnOf(model.state);
  const shown = inSpace(model);
  if (last.shown === shown && last.turn === turn) return last.globe;
  let globe = null;
  if (shown) {
    const seen = onScreen(turn);
    const rows = shown.rows.filter((row) => row.length > 0).map((row) => ({ ...row, axis: unit(seen(row.normal)) }));
    globe = { seen, frame: shown.frame, rows, pieces: frontPieces(model, shown.rows, seen) };
  }
  last = { shown, turn, globe };
  return globe;
}

/** Points of the half of a great circle in front, from rim to rim; of the half behind where `back` is set. */
export function halfCircle(axis, back = false, parts = 40) {
  const rim = Math.hypot(axis[0], axis[1]) > 1e-9 ? unit([-axis[1], axis[0], 0]) : [1, 0, 0];
  let middle = cross(rim, axis);
  if (middle[2] < 0 !== back) middle = times(middle, -1);
  return Array.from({ length: parts + 1 }, (_, k) => {
    const [c, s] = [Math.cos((Math.PI * k) / parts), Math.sin((Math.PI * k) / parts)];
    return [c * rim[0] + s * middle[0], c * rim[1] + s * middle[1], c * rim[2] + s * middle[2]];
  });
}

/** A point in the middle of a region, as a unit vector in the coordinates of a frame. */
export function centreOf(corners) {
  return unit([0, 1, 2].map((k) => corners.reduce((sum, p) => sum + p[k], 0)));
}
