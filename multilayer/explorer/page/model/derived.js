/**
 * What follows from the state: the regions, their number counted a second way, and what the pointer marks.
 *
 * Regions are listed by core/regions and counted by core/counting, which share nothing but integers: the page shows a
 * warning where they differ.
 */

import { cover, eq13 } from "core/bounds";
import { regionCount } from "core/counting";
import { rank } from "core/elimination";
import { hyperplanes, neighbours, regions } from "core/regions";
import { exactRows, rowsOn, signText } from "model/rows";

/** Make the function that derives a model from a store; it works again only where rows have changed. */
export function createModel(store) {
  let seen = null;
  let arrangement = null;
  return () => {
    const { state, passing } = store;
    if (seen?.rows !== state.rows || seen?.affine !== state.affine) {
      seen = state;
      arrangement = arrangementOf(state);
    }
    const known = (key) => (key !== null && arrangement.byKey.has(key) ? key : null);
    return { ...arrangement, state, hover: known(passing.hover), marked: known(state.marked), row: passing.row };
  };
}

/**
 * Everything about the rows of a state.
 * @returns rows (BigInt, those switched on), normals (rows without offsets), base, on (the rows of the state), rank
 *   (of the normals), groups (rows of one hyperplane), regions with key and number, byKey, adjacent (places of
 *   neighbours with the hyperplane between), count (exact, by deletion and restriction), bounds
 */
export function arrangementOf(state) {
  const { rows, base } = exactRows(state);
  const on = rowsOn(state);
  const normals = state.affine ? rows.map((row) => row.slice(0, -1)) : rows;
  const groups = hyperplanes(rows.map((row, k) => (normals[k].some((x) => x) ? row : row.map(() => 0n))));
  const listed = regions(rows, { base }).map((region, number) => ({ ...region, number, key: signText(region.signs) }));
  const r = rank(normals);
  const count = state.affine ? regionCount([...rows, ...base]) / 2n : regionCount(rows);
  const bound = state.affine ? affineCover(groups.length, r) : cover(groups.length, r);
  return {
    rows,
    normals,
    base,
    on,
    rank: r,
    groups,
    regions: listed,
    byKey: new Map(listed.map((region) => [region.key, region])),
    adjacent: neighbours(listed, groups),
    count,
    bounds: { cover: bound, eq13: state.affine ? null : eq13(groups.length, r) },
  };
}

/** Buck's number: an affine arrangement is half of the central one with the hyperplane at infinity. */
function affineCover(n, r) {
  return cover(n + 1, r + 1) / 2n;
}
