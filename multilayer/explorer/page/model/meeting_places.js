/**
 * Rows move onto places where two others meet, if they nearly pass through them.
 *
 * z_k         row k in three exact coordinates: of a central row its entries at the pivot columns; of an affine one
 *             these and -b, and the line at infinity (0, 0, 1) is one of the rows: lines that meet there are parallel
 * z_i x z_j   the place where rows i and j meet; z_k passes through it iff z_k . (z_i x z_j) = 0
 * A row can move through one place, and then through one more. Rows that say where a place is are kept from then on, and
 * places through which a row had passed before are kept too; so no move undoes another.
 */

import { reducedEchelon } from "core/elimination";
import { dot, exactNumber, negative, primitive } from "core/integers";
import { canonicalRow } from "core/regions";
import { fractionText, scaled } from "model/decimals";
import { inPlane, inSpace } from "model/pictured";
import { windowOf } from "model/window";
import { cross as floatCross, direction, dot as floatDot, norm, unit } from "model/vectors";

export const HALF = 200; // pixels from the middle of a picture to its rim
export const NEAR = 7; // pixels

const INFINITY = [0n, 0n, 1n];

/** @returns {{moved: Map<number, object>, said: string[]}} as in model/collapse */
export function movedOntoPlaces(model) {
  const setting = inSpace(model) ? spaceSetting(model) : planeSetting(model);
  if (!setting) return { moved: new Map(), said: [] };
  const { rows } = setting;
  for (const row of rows) row.through = row.fixed ? [] : placesOn(row, rows);
  const moved = new Map();
  const said = [];
  for (const { i, j, k } of candidates(setting)) {
    const [a, b, row] = [rows[i], rows[j], rows[k]];
    const place = cross(a.z, b.z);
    if (row.fixed || row.through.length > 1 || dot(row.z, place) === 0n || place.every((x) => !x)) continue;
    if (!(setting.gap(a, b, row) < NEAR)) continue;
    const z = row.through.length ? cross(row.through[0], place) : setting.onto(row, place, a);
    const next = { ...row, ...alike(setting, primitive(z), row) };
    if (next.z.every((x) => !x) || !(setting.change(row, next) < 4 * NEAR)) continue;
    moved.set(row.place, setting.text(next, row));
    Object.assign(row, next, { through: [...row.through, place] });
    a.fixed = b.fixed = true;
    said.push(sentence(a, b, row));
  }
  return { moved, said };
}

function sentence(a, b, row) {
  const finite = [a, b].filter((each) => each.place !== null);
  if (finite.length < 2) return `Row ${row.name} is now parallel to row ${finite[0].name}.`;
  return `Row ${row.name} now passes through the place where rows ${a.name} and ${b.name} meet.`;
}

/** Places on a row where at least two other hyperplanes meet it. */
function placesOn(row, rows) {
  const seen = new Map();
  for (const other of rows) {
    if (other === row) continue;
    const place = cross(row.z, other.z);
    if (place.every((x) => !x)) continue;
    const name = canonicalRow(place).join();
    if (!seen.has(name)) seen.set(name, { place, planes: new Set() });
    seen.get(name).planes.add(canonicalRow(other.z).join());
  }
  return [...seen.values()].filter(({ planes }) => planes.size > 1).map(({ place }) => place);
}

/** Triples that are near, the nearest first. */
function candidates({ rows, gap }) {
  const found = [];
  for (let i = 0; i < rows.length; i += 1) {
    for (let j = i + 1; j < rows.length; j += 1) {
      for (let k = 0; k < rows.length; k += 1) {
        if (k === i || k === j || rows[k].fixed) continue;
        const distance = gap(rows[i], rows[j], rows[k]);
        if (distance < NEAR) found.push({ i, j, k, distance });
      }
    }
  }
  return found.sort((p, q) => p.distance - q.distance);
}

/** Central rows on the sphere; pixels are angles times the radius. */
function spaceSetting(model) {
  const { frame, rows } = inSpace(model);
  const { rows: basis, pivots, divisor } = basisOf(model.normals, 3);
  const back = (z) => basis[0].map((_, j) => z.reduce((sum, x, k) => sum + x * basis[k][j], 0n));
  const read = (z) => ({ z, axis: unit(frame.place(direction(back(z)))) });
  return {
    rows: listed(model, rows, (k) => ({
      ...read(primitive(pivots.map((column) => model.normals[k][column]))),
      written: pivots.map((column) => exactNumber(model.on[k].entries[column])),
    })),
    read,
    gap(a, b, row) {
      const place = floatCross(a.axis, b.axis);
      const size = norm(place);
      return size > 1e-9 ? (Math.abs(floatDot(place, row.axis)) / size) * HALF : Infinity;
    },
    change: (before, after) => Math.acos(Math.min(1, Math.abs(floatDot(before.axis, after.axis)))) * HALF,
    onto: (row, v) => withOneChanged(row.z, v),
    text({ z, length }, before) {
      const all = back(z);
      const size = norm(frame.place(all.map(Number)));
      return { entries: textsLike(all, z.map((x) => x * divisor), before, length / size) };
    },
  };
}

/** Affine lines in the plane; pixels are those of the window. */
function planeSetting(model) {
  const shown = model.state.affine ? inPlane(model) : null;
  if (!shown || shown.frame.dimension !== 2) return null;
  const { frame, rows } = shown;
  const view = windowOf(model.state, rows, HALF);
  const { rows: basis, pivots, divisor } = basisOf(model.normals, 2);
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
      const texts = textsLike(all, z.map((x) => x * divisor), before, length / (size * Number(divisor)));
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

function basisOf(normals, dimension) {
  const d = normals[0].length;
  if (d !== dimension) return reducedEchelon(normals);
  const rows = Array.from({ length: d }, (_, k) => Array.from({ length: d }, (_, j) => (j === k ? 1n : 0n)));
  return { rows, pivots: rows.map((_, k) => k), divisor: 1n };
}

/** One entry for each row that is a hyperplane. */
function listed(model, rows, read) {
  return rows
    .map((row, k) => (row.length > 0 ? { name: row.name, place: row.place, length: row.length, fixed: false, ...read(k) } : null))
    .filter((row) => row !== null);
}

/** What is read from z or -z, whichever has the side of the row that it replaces. */
function alike({ read }, z, before) {
  const next = read(z);
  return floatDot(next.axis, before.axis) < 0 ? read(negative(z)) : next;
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
  if (kept === undefined) return scaled(all.map((num) => ({ num, den: 1n })), factor);
  const { num, den } = before.written[kept];
  const side = z[kept] < 0n ? -1n : 1n;
  return all.map((x) => fractionText(x * num * side, den * z[kept] * side));
}

function cross(p, q) {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}
