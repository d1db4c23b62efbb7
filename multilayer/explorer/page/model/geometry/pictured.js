/**
 * Rows as a picture shows them: floats of each row that is switched on, in a frame, and moves back into exact text.
 *
 * lines: central rows of rank at most 2, or affine rows whose normals have rank at most 2, in the plane. ball: central
 * rows in three dimensions.
 */

import { exactNumber, integerRow } from "core/integers";
import { decimal } from "model/decimals";
import { eveningOf } from "model/geometry/evening";
import { frameOf } from "model/geometry/frame";
import { columns, withRow } from "model/rows";
import { direction, dot, norm, times } from "model/geometry/vectors";

const FARTHEST = 1e100; // squares and cubes of it are floats
const SHORTEST = 1e-6; // a row of this length that is dragged becomes decimals with enough digits
const known = new WeakMap();

/** The picture of a model's rows in the plane, or null if it does not fit there. */
export function inPlane(model) {
  const d = columns(model.state);
  if (d > 2 && model.rank > 2) return null;
  return pictured(model, "plane", { whole: d === 2, least: 2 });
}

/** The picture of central rows in space, or null. */
export function inSpace(model) {
  const d = columns(model.state);
  if (model.state.affine || d < 3 || (d > 3 && model.rank !== 3)) return null;
  return pictured(model, "space", { whole: d === 3, least: 3 });
}

/** The picture of central rows in as many dimensions as their rank. */
export function inRank(model) {
  return pictured(model, "rank", {});
}

/** The matrix that evens out the rows of a model in space or in the plane, or null; see model/geometry/evening. */
export function eveningFor(model, find = eveningOf) {
  const plain = straight(model);
  for (const shown of [inSpace(plain), inPlane(plain)]) {
    const full = shown !== null && shown.frame.dimension === shown.rows[0]?.normal.length;
    const found = full ? find(shown.rows.map(({ normal }) => normal)) : null;
    if (found) return found;
  }
  return null;
}

/** The model as it is seen without evening out. */
function straight(model) {
  return { ...model, regions: {}, state: { ...model.state, camera: null } };
}

/**
 * @returns {{frame: object, rows: {place: number, name: string, normal: number[], offset: number, length: number}[]}}
 *   `place` is the row's place in the state, `normal` is in the coordinates of the frame
 */
function pictured(model, name, options) {
  const even = model.state.camera?.even ?? null;
  const found = known.get(model.regions);
  const kept = found?.even === even ? found : { even };
  known.set(model.regions, kept);
  kept[name] ??= make(model, { ...options, even });
  return kept[name];
}

function make(model, options) {
  const d = columns(model.state);
  const frame = frameOf(model.normals, d, options);
  const rows = model.on.map((row) => {
    const { entries, offset } = floatRow(row);
    const normal = frame.place(entries);
    return { place: row.place, name: row.name, normal, offset, length: norm(normal) };
  });
  return { frame, rows };
}

/**
 * The state's rows with one of them turned to a direction of the frame, about as long as it was.
 * @param {{point: number[], pixel: number} | null} through the point that an affine one shall pass through, and the
 *   width of a pixel
 */
export function moved(state, frame, place, towards, through = null) {
  const size = norm(floatRow(state.rows[place]).entries);
  const normal = times(towards, size / norm(frame.real(towards)));
  const entries = frame.lift(normal);
  if (through === null) return withRow(state, place, { entries });
  const offset = offsetText(dot(normal, through.point), norm(normal), through.pixel);
  return withRow(state, place, { entries, offset });
}

/** The exact offset nearest to a float: steps of a quarter pixel, where `step` is the width of a pixel. */
export function offsetText(offset, length, step) {
  return decimal(offset, Math.min(12, Math.max(0, Math.ceil(-Math.log10((length * step) / 4)))));
}

/** A row in floats; one that is too long or too short for pictures and gestures is seen as a multiple of length 1. */
function floatRow({ entries, offset }) {
  const floats = { entries: entries.map(floatOf), offset: floatOf(offset ?? "0") };
  const size = Math.max(...floats.entries.map(Math.abs));
  if ((size > SHORTEST && size < FARTHEST) || !entries.some((text) => exactNumber(text).num)) return floats;
  const whole = direction(integerRow(entries));
  const k = whole.findIndex((x) => Math.abs(x) > 0.9);
  const [b, a] = [exactNumber(offset ?? "0"), exactNumber(entries[k])];
  return { entries: whole, offset: whole[k] * ratioOf(b.num * a.den, b.den * a.num) };
}

/** The float next to an exact text; what lies farther than pictures reach is drawn where they end. */
export function floatOf(text) {
  const { num, den } = exactNumber(text);
  return ratioOf(num, den);
}

/** The float next to num / den, as floatOf. */
export function ratioOf(num, den) {
  const [[p, i], [q, j]] = [shortened(num), shortened(den)];
  return Math.min(FARTHEST, Math.max(-FARTHEST, (p / q) * 2 ** (i - j) || 0));
}

/** A float p and a power k of 2 with x = p 2^k, nearly. */
function shortened(x) {
  const size = x < 0n ? -x : x;
  const shift = BigInt(Math.max(0, size.toString(16).length * 4 - 1000));
  return [Number(size >> shift) * (x < 0n ? -1 : 1), Number(shift)];
}
