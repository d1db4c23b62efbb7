/** Convex pieces cut by half-spaces, in floats: where the regions that integers have found are drawn. */

/**
 * Cut a convex polygon, or a cone by its rays in cyclic order.
 * @param {number[][]} corners points or rays in order
 * @param {function(number[]): number} value of a point: a function that is linear on points (homogeneous on rays); what
 *   is not negative stays
 * @param {function(number[], number[], number, number): number[]} between the point where the value is 0
 */
export function cut(corners, value, between) {
  const values = corners.map(value);
  if (values.every((x) => x >= 0)) return corners;
  const kept = [];
  for (let k = 0; k < corners.length; k += 1) {
    const next = (k + 1) % corners.length;
    if (values[k] >= 0) kept.push(corners[k]);
    if (values[k] * values[next] < 0) kept.push(between(corners[k], corners[next], values[k], values[next]));
  }
  return kept;
}

/** The point of a segment at which a linear function with these values at its ends is 0. */
export function onSegment(p, q, atP, atQ) {
  const t = atP / (atP - atQ);
  return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
}

/** The unit vector on the arc between two at which a linear function with these values is 0. */
export function onArc(p, q, atP, atQ) {
  const a = Math.abs(atQ);
  const b = Math.abs(atP);
  const sum = [a * p[0] + b * q[0], a * p[1] + b * q[1], a * p[2] + b * q[2]];
  const length = Math.hypot(...sum);
  return [sum[0] / length, sum[1] / length, sum[2] / length];
}

/** The centroid of a polygon, and its area. */
export function centroid(corners) {
  let area = 0;
  let x = 0;
  let y = 0;
  const [ox, oy] = corners[0];
  for (let k = 1; k + 1 < corners.length; k += 1) {
    const [ax, ay] = [corners[k][0] - ox, corners[k][1] - oy];
    const [bx, by] = [corners[k + 1][0] - ox, corners[k + 1][1] - oy];
    const part = (ax * by - ay * bx) / 2;
    area += part;
    x += (part * (ax + bx)) / 3;
    y += (part * (ay + by)) / 3;
  }
  return { at: area ? [ox + x / area, oy + y / area] : [ox, oy], area: Math.abs(area) };
}
