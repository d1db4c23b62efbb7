/** Counts of the second layer for all choices of neurons: made when asked for, kept until the rows change. */

import { eq14Closed, eq14Product, joint } from "core/bounds";
import { secondLayerCounts } from "core/second_layer";

export const MOST_TUPLES = 20_000;
const known = new WeakMap();

/** What was counted for a width, or null where nobody has asked yet. */
export function countedBefore(model, width) {
  return known.get(model.regions)?.get(width) ?? null;
}

/**
 * Count tuples, pairs and masks of a width; above MOST_TUPLES tuples the other two are null.
 * @returns {{tuples: bigint, pairs: number|null, masks: number|null}}
 */
export function counted(model, width) {
  const found = secondLayerCounts(model.rows, width, { limit: MOST_TUPLES });
  if (!known.has(model.regions)) known.set(model.regions, new Map());
  known.get(model.regions).set(width, found);
  return found;
}

/**
 * The bounds on pairs and masks for n rows of rank r.
 * @returns {{product: bigint, closed: number|null, joint: bigint, all: bigint}} closed: null unless m r <= n
 */
export function secondBounds({ rows, rank }, width) {
  const n = rows.length;
  return {
    product: eq14Product(n, rank, width),
    closed: n > 1 && width * rank <= n ? eq14Closed(n, rank, width) : null,
    joint: joint(n, rank, width),
    all: 2n ** BigInt(n),
  };
}
