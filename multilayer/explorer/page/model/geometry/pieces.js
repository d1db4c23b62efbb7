/**
 * Regions as pieces of a picture: which signs there are was decided in integers; here they only get a shape, in floats.
 *
 * A piece is {key, region, corners}; regions that lie outside the picture, or are too thin for floats, have none.
 */

import { cut, onArc, onSegment } from "model/geometry/clipping";
import { dot, times, unit } from "model/geometry/vectors";

const TOO_FEW = 3;
const HALF_SPHERE = [
  [1, 0, 0],
  [0, 1, 0],
  [-1, 0, 0],
  [0, -1, 0],
];

/**
 * The arcs of lines through the origin: each region's angles.
 * @returns {{key: string, region: object, from: number, to: number}[]} from < to, in radians
 */
export function sectors(model, rows) {
  const angles = rows.map(({ normal, length }) => (length > 0 ? Math.atan2(normal[1], normal[0]) : null));
  return model.regions.map((region) => ({ key: region.key, region, ...sectorOf(region.signs, angles) }));
}

function sectorOf(signs, angles) {
  let middle = null;
  let [low, high] = [-Math.PI, Math.PI];
  signs.forEach((sign, k) => {
    if (sign === 0 || angles[k] === null) return;
    const angle = angles[k] + (sign < 0 ? Math.PI : 0);
    if (middle === null) {
      middle = angle;
      [low, high] = [-Math.PI / 2, Math.PI / 2];
      return;
    }
    const off = Math.atan2(Math.sin(angle - middle), Math.cos(angle - middle));
    if (off > 0) low = Math.max(low, off - Math.PI / 2);
    else high = Math.min(high, off + Math.PI / 2);
  });
  return { from: (middle ?? 0) + low, to: (middle ?? 0) + Math.max(low, high) };
}

/** The polygons of affine regions inside a box [left, bottom, right, top]. */
export function polygons(model, rows, [left, bottom, right, top]) {
  const box = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const found = [];
  for (const region of model.regions) {
    let corners = box;
    for (let k = 0; k < rows.length && corners.length >= TOO_FEW; k += 1) {
      const sign = region.signs[k];
      const { normal, offset, length } = rows[k];
      if (sign === 0 || length === 0) continue;
      corners = cut(corners, (p) => sign * (normal[0] * p[0] + normal[1] * p[1] - offset), onSegment);
    }
    if (corners.length >= TOO_FEW) found.push({ key: region.key, region, corners });
  }
  return found;
}

/**
 * The parts of central regions that lie in the half of the sphere that is turned to the reader.
 * @param {function(number[]): number[]} seen takes space to the screen
 */
export function frontPieces(model, rows, seen) {
  const normals = rows.map(({ normal, length }) => (length > 0 ? seen(normal) : null));
  const found = [];
  for (const region of model.regions) {
    let corners = HALF_SPHERE;
    for (let k = 0; k < normals.length && corners.length >= TOO_FEW; k += 1) {
      const sign = region.signs[k];
      if (sign !== 0 && normals[k] !== null) corners = cutFront(corners, times(normals[k], sign));
    }
    if (corners.length >= TOO_FEW) found.push({ key: region.key, region, corners });
  }
  return found;
}

/**
 * Cut a part of the front half by a . p >= 0; where opposite points of the rim become corners, the arc's middle too.
 */
function cutFront(corners, a) {
  const tilt = Math.hypot(a[0], a[1]);
  if (tilt < 1e-9 * Math.abs(a[2])) return a[2] > 0 ? corners : [];
  const next = cut(corners, (p) => a[0] * p[0] + a[1] * p[1] + a[2] * p[2], onArc);
  const middle = [(-a[0] * a[2]) / tilt, (-a[1] * a[2]) / tilt, tilt];
  return next.flatMap((p, k) => {
    const q = next[(k + 1) % next.length];
    return dot(p, q) < -1 + 1e-9 ? [p, unit(middle)] : [p];
  });
}

/** Points along the arcs between corners on the sphere, close enough to look round. */
export function roundPath(corners, step = 0.09) {
  const points = [];
  corners.forEach((p, k) => {
    const q = corners[(k + 1) % corners.length];
    points.push(...arc(p, q, step).slice(0, -1));
  });
  return points;
}

/** Points of the arc between two unit vectors, both ends included. */
export function arc(p, q, step = 0.09) {
  const angle = Math.acos(Math.min(1, Math.max(-1, dot(p, q))));
  const parts = Math.max(1, Math.ceil(angle / step));
  if (parts === 1 || Math.PI - angle < 1e-6) return [p, q];
  const sine = Math.sin(angle);
  return Array.from({ length: parts + 1 }, (_, k) => {
    const [a, b] = [Math.sin(((parts - k) / parts) * angle) / sine, Math.sin((k / parts) * angle) / sine];
    return [a * p[0] + b * q[0], a * p[1] + b * q[1], a * p[2] + b * q[2]];
  });
}
