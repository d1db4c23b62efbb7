/**
 * Rows move onto places where two others meet, if they nearly pass through them.
 *
 * z_k         row k in three exact coordinates: of a central row its entries at the pivot columns; of an affine one
 *             these and -b, and the line at infinity (0, 0, 1) is one of the rows: lines that meet there are parallel
 * z_i x z_j   the place where rows i and j meet; z_k passes through it iff z_k . (z_i x z_j) = 0 A row can move
 * through one place, and then through one more. Rows that say where a place is are kept from then on, and places
 * through which a row had passed before are kept too; so no move undoes another.
 */

import { dot, negative, primitive } from "core/integers";
import { canonicalRow } from "core/regions";
import { planeSetting, spaceSetting } from "model/collapse/meeting_settings";
import { inSpace } from "model/geometry/pictured";
import { dot as floatDot } from "model/geometry/vectors";

export const NEAR = 7; // pixels

/** @returns {{moved: Map<number, object>, said: string[]}} as in model/collapse/collapse */
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

/** What is read from z or -z, whichever has the side of the row that it replaces. */
function alike({ read }, z, before) {
  const next = read(z);
  return floatDot(next.axis, before.axis) < 0 ? read(negative(z)) : next;
}

function cross(p, q) {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}
