/**
 * The part of the plane that a picture of affine lines shows: {x, y, scale}, the point in the middle and pixels for a
 * unit.
 *
 * It is in the state once the reader has moved it; before that it is chosen so that the places where lines meet are
 * seen.
 */

const SHARE = 0.66; // of the picture, for the places where lines meet
const FAR_SHARE = 0.12; // of these places beyond a few, left out at either side
const FEW = 15;
const NEARLY_PARALLEL = 0.05;

/** A window of the given half width (pixels) for lines {normal, offset, length}. */
export function fittingWindow(rows, half) {
  const points = meetings(rows, NEARLY_PARALLEL);
  if (!points.length) points.push(...feet(rows));
  if (!points.length) points.push([0, 0]);
  const [x, width] = middleAndSpread(points.map((p) => p[0]));
  const [y, height] = middleAndSpread(points.map((p) => p[1]));
  const reach = Math.max(width, height);
  return { x, y, scale: (half * SHARE) / (reach > 0 ? reach : Math.max(1, Math.abs(x), Math.abs(y))) };
}

/** The window of a state: the reader's, or the one that fits. */
export function windowOf(state, rows, half) {
  return state.camera?.plane ?? fittingWindow(rows, half);
}

/** A window in which the point under a pixel stays while the scale changes. */
export function zoomed({ x, y, scale }, [px, py], factor) {
  const next = Math.min(1e9, Math.max(1e-9, scale * factor));
  const shift = 1 / scale - 1 / next;
  return { x: x + px * shift, y: y - py * shift, scale: next };
}

/** The box [left, bottom, right, top] that a window of some half width shows. */
export function boxOf({ x, y, scale }, half) {
  const reach = half / scale;
  return [x - reach, y - reach, x + reach, y + reach];
}

/** The middle of most values, and how far they reach from it; a few far ones are left out. */
function middleAndSpread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(Math.max(0, sorted.length - FEW) * FAR_SHARE);
  const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
  return [(low + high) / 2, (high - low) / 2];
}

/** Where lines meet that are not parallel: the sine of their angle is more than `sine`. */
function meetings(rows, sine = 1e-9) {
  const found = [];
  rows.forEach((a, k) => {
    for (const b of rows.slice(k + 1)) {
      const det = a.normal[0] * b.normal[1] - a.normal[1] * b.normal[0];
      if (Math.abs(det) <= sine * a.length * b.length) continue;
      found.push([
        (a.offset * b.normal[1] - b.offset * a.normal[1]) / det,
        (a.normal[0] * b.offset - b.normal[0] * a.offset) / det,
      ]);
    }
  });
  return found;
}

/** The points of lines that are nearest to the origin. */
function feet(rows) {
  return rows
    .filter((row) => row.length > 0)
    .map(({ normal, offset, length }) => normal.map((x) => (x * offset) / length ** 2));
}

/** How far from the middle of a window lines meet at most. */
export function meetingsReach(rows, { x, y }) {
  return meetings(rows).reduce((most, p) => Math.max(most, Math.abs(p[0] - x), Math.abs(p[1] - y)), 0);
}
