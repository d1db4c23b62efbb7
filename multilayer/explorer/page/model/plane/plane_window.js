/**
 * The part of a plane that a picture shows: {x, y, sx, sy}, the point in the middle and the pixels of a unit each way.
 *
 * The two units are the same unless the data are much longer than wide. Pixels are those of the picture's viewBox, with
 * the middle at 0 0 and y downwards.
 */

const SHARE = 0.72;
const MUCH = 3;

/**
 * A window of half width `half` in which points [x, y] are seen with room around them; the two units may differ where
 * one side is more than `much` times as long as the other: 1 for the graph of a function, whose axes are two things.
 */
export function windowOf(points, half, much = MUCH) {
  const [x, width] = middleAndReach(points.map((p) => p[0]));
  const [y, height] = middleAndReach(points.map((p) => p[1]));
  const reach = Math.max(width, height) || 1;
  const own = (size) => (half * SHARE) / (size > 0 && size * much < reach ? size : reach);
  return { x, y, sx: own(width), sy: own(height) };
}

/** The pixel of a point. */
export function pixelOf(view, [x, y]) {
  return [(x - view.x) * view.sx, (view.y - y) * view.sy];
}

/** The point under a pixel. */
export function pointOf(view, [px, py]) {
  return [view.x + px / view.sx, view.y - py / view.sy];
}

/** The corners of what a window of half width `half` shows, counter-clockwise. */
export function cornersOf(view, half) {
  return [
    [-half, half],
    [half, half],
    [half, -half],
    [-half, -half],
  ].map((pixel) => pointOf(view, pixel));
}

/** A window moved by pixels. */
export function panned(view, [dx, dy]) {
  return { ...view, x: view.x - dx / view.sx, y: view.y + dy / view.sy };
}

/** A window in which the point under a pixel stays while the scale changes. */
export function zoomedAt(view, pixel, factor) {
  const [x, y] = pointOf(view, pixel);
  const next = { ...view, sx: view.sx * factor, sy: view.sy * factor };
  return { ...next, x: x - pixel[0] / next.sx, y: y + pixel[1] / next.sy };
}

/**
 * Round numbers along an axis.
 * @returns {{at: number, text: string}[]} between low and high, about `wanted` of them
 */
export function ticks(low, high, wanted = 5) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((k) => k * power >= rough) * power;
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const found = [];
  for (let k = Math.ceil(low / step); k * step <= high; k += 1) {
    found.push({ at: k * step, text: (k * step).toFixed(digits).replace("-", "−") });
  }
  return found;
}

function middleAndReach(values) {
  if (!values.length) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [(low + high) / 2, (high - low) / 2];
}
