/**
 * How rows meet on the sphere and in the plane: their exact coordinates z, what is near on the screen, and the way back
 * into text. See model/collapse/meeting_places for the letters.
 *
 * A setting is {rows, read, gap, change, onto, text}: `read(z)` gives a row's place in floats, `gap` the pixels
 * between a row and the place where two others meet, `change` the pixels by which a row moves, `onto` the row moved
 * onto a place, `text` its entries.
 */

import { dot, exactNumber, primitive } from "core/integers";
import { fractionText, scaled } from "model/decimals";
import { exactBasis } from "model/geometry/frame";
import { inPlane, inSpace } from "model/geometry/pictured";
import { columns } from "model/rows";
import { windowOf } from "model/geometry/window";
import { cross, direction, dot as floatDot, norm, unit } from "model/geometry/vectors";

export const HALF = 200; // pixels from the middle of a picture to its rim

const INFINITY = [0n, 0n, 1n];

/** Central rows on the sphere; pixels are angles times the radius. */
export function spaceSetting(model) {
  const { frame, rows } = inSpace(model);
  const { rows: basis, pivots, divisor } = basisOf(model, 3);
  const back = (z) => basis[0].map((_, j) => z.reduce((sum, x, k) => sum + x * basis[k][j], 0n));
  const read = (z) => ({ z, axis: unit(frame.place(direction(back(z)))) });
  return {
    rows: listed(model, rows, (k) => ({
      ...read(primitive(pivots.map((column) => model.normals[k][column]))),
      written: pivots.map((column) => exactNumber(model.on[k].entries[column])),
    })),
    read,
    gap(a, b, row) {
      const place = cross(a.axis, b.axis);
      const size = norm(place);
      return size > 1e-9 ? (Math.abs(floatDot(place, row.axis)) / size) * HALF : Infinity;
    },
    change: (before, after) => Math.acos(Math.min(1, Math.abs(floatDot(before.axis, after.axis)))) * HALF,
    onto: (row, v) => withOneChanged(row.z, v),
    text({ z, length }, before) {
      const all = back(z);
      const size = norm(frame.place(all.map(Number)));
      return {
        entries: textsLike(
          all,
          z.map((x) => x * divisor),
          before,
          length / size,
        ),
      };
    },
  };
}

/** Affine lines in the plane; pixels are those of the window. */
export function planeSetting(model) {
  const shown = model.state.affine ? inPlane(model) : null;
  if (!shown || shown.frame.dimension !== 2) return null;
  const { frame, rows } = shown;
  const view = windowOf(model.state, rows, HALF);
  const { rows: basis, pivots, divisor } = basisOf(model, 2);
  const back = (z) => basis[0].map((_, j) => z[0] * basis[0][j] + z[1] * basis[1][j]);
  const read = (z) => {
    const normal = frame.place(back(z).map(Number)).map((x) => x / Number(divisor));
    const size = norm(normal);
    return { z, axis: normal.map((x) => x / size), offset: -Number(z[2]) / size, size };
  };
  const distance = (row, [x, y]) => Math.abs(row.axis[0] * x + row.axis[1] * y - row.offset) * view.scale;
  const ends = { z: INFINITY, place: null, fixed: true, name: "infinity" };
  return {
    rows: [
      ...listed(model, rows, (k) => {
        const row = model.rows[k];
        const { entries, offset } = model.on[k];
        const { num, den } = exactNumber(offset);
        return {
          ...read(primitive([...pivots.map((column) => row[column]), row.at(-1)])),
          written: [...pivots.map((column) => exactNumber(entries[column])), { num: -num, den }],
        };
      }),
      ends,
    ],
    read,
    gap(a, b, row) {
      if (b.place === null) return Math.abs(a.axis[0] * row.axis[1] - a.axis[1] * row.axis[0]) * HALF;
      const det = a.axis[0] * b.axis[1] - a.axis[1] * b.axis[0];
      const place = [
        (a.offset * b.axis[1] - b.offset * a.axis[1]) / det,
        (a.axis[0] * b.offset - b.axis[0] * a.offset) / det,
      ];
      const far = Math.max(Math.abs(place[0] - view.x), Math.abs(place[1] - view.y)) * view.scale;
      return far < 1.5 * HALF ? distance(row, place) : Infinity;
    },
    change(before, after) {
      const foot = before.axis.map((x) => x * before.offset);
      const t = (view.x - foot[0]) * -before.axis[1] + (view.y - foot[1]) * before.axis[0];
      const point = [foot[0] - t * before.axis[1], foot[1] + t * before.axis[0]];
      return distance(after, point) + Math.abs(before.axis[0] * after.axis[1] - before.axis[1] * after.axis[0]) * HALF;
    },
    onto: (row, v, a) => (v[2] ? shifted(row.z, v) : parallel(row.z, a.z)),
    text({ z, size, length }, before) {
      const all = [...back(z), -z[2] * divisor];
      const texts = textsLike(
        all,
        z.map((x) => x * divisor),
        before,
        length / (size * Number(divisor)),
      );
      return { entries: texts.slice(0, -1), offset: texts.at(-1) };
    },
  };
}

/** Change one coordinate of z, the one that matters most, so that z . v = 0. */
function withOneChanged(z, v) {
  const sizes = v.map((x) => (x < 0n ? -x : x));
  const m = [0, 1, 2].reduce((best, k) => (sizes[k] > sizes[best] ? k : best), 0);
  const rest = dot(z, v) - z[m] * v[m];
  return z.map((x, k) => (k === m ? -rest : x * v[m]));
}

/** The parallel of a line through the finite place v. */
function shifted([a, b], v) {
  return [a * v[2], b * v[2], -(a * v[0] + b * v[1])];
}

/** The parallel of another line through the point of a line that is nearest to the origin. */
function parallel([a, b, c], other) {
  const size = a * a + b * b;
  return [other[0] * size, other[1] * size, (other[0] * a + other[1] * b) * c];
}

function basisOf({ normals, state }, dimension) {
  const d = columns(state);
  return exactBasis(normals, d, d === dimension);
}

/** One entry for each row that is a hyperplane. */
function listed(model, rows, read) {
  return rows
    .map((row, k) =>
      row.length > 0 ? { name: row.name, place: row.place, length: row.length, fixed: false, ...read(k) } : null,
    )
    .filter((row) => row !== null);
}

/**
 * The texts of a row that was moved: those of the old one where two coordinates kept their proportion, otherwise about
 * as long as the old one.
 * @param {bigint[]} all the new row in all columns, times a common factor
 * @param {bigint[]} z the new row in the coordinates of places, times the same factor
 * @param {{z: bigint[], written: {num: bigint, den: bigint}[]}} before the old row
 * @param {number} factor makes `all` about as long as the old row
 */
function textsLike(all, z, before, factor) {
  const kept = [0, 1, 2].find((i) =>
    [0, 1, 2].some((j) => j !== i && z[i] && z[j] && z[i] * before.z[j] === z[j] * before.z[i]),
  );
  if (kept === undefined)
    return scaled(
      all.map((num) => ({ num, den: 1n })),
      factor,
    );
  const { num, den } = before.written[kept];
  const side = z[kept] < 0n ? -1n : 1n;
  return all.map((x) => fractionText(x * num * side, den * z[kept] * side));
}
