/**
 * The second layer: the cells of the product cone of some first-layer neurons, each with its signs, mask and weights.
 *
 * D_j  active rows of neuron j, those with sign + in its region;  I_j = 1 or -1  the sign of its output weight
 * u_i  pre-activation sum_j I_j D_ji x_i . w_j, linear on the product of the neurons' regions
 *
 * A row whose active neurons share one sign has a forced sign, a row without active neurons is 0 whatever the weights,
 * and only mixed rows can cut. The rays of the product are those of its factors, with 0 for the other neurons.
 */

import { interiorPoint, split } from "core/cones";
import { dot, negative } from "core/integers";
import { regions } from "core/regions";

/**
 * List the cells of one choice of neurons.
 * @param {bigint[][]} rows
 * @param {{signs: number[], output: number}[]} neurons signs of a region, and 1 or -1
 * @returns {{cells: {signs: number[], mask: number[], witness: bigint[][], rays: bigint[][]}[], forced: number[],
 *   mixed: number[]}} witness: the weights of each neuron; rays: all neurons' weights in one vector; forced: for each
 *   row its forced sign or 0; mixed: the numbers of the mixed rows
 * @throws {Error} signs that no region has
 */
export function secondLayerCells(rows, neurons) {
  const factors = neurons.map((neuron) => ({ ...neuron, rays: raysOfRegion(rows, neuron.signs) }));
  return cellsOfProduct(rows, factors);
}

/**
 * Count all choices of `width` distinct neurons that are active somewhere, their cells, and the distinct masks.
 * @param {bigint[][]} rows
 * @param {number} width
 * @param {{limit?: number}} options limit: of choices; above it pairs and masks are null
 * @returns {{tuples: bigint, pairs: bigint | null, masks: bigint | null}}
 */
export function secondLayerCounts(rows, width, { limit = 20_000 } = {}) {
  const active = regions(rows).filter(({ signs }) => signs.some((s) => s > 0));
  const signed = active.flatMap(({ signs, rays }) => [1, -1].map((output) => ({ signs, rays, output })));
  const size = Math.min(width, signed.length);
  const tuples = binomial(signed.length, size);
  if (tuples > BigInt(limit)) return { tuples, pairs: null, masks: null };
  const masks = new Set();
  let pairs = 0n;
  for (const chosen of subsets(signed.length, size)) {
    const twin = chosen.map((k) => k ^ 1).sort((a, b) => a - b); // all output signs flipped: u becomes -u
    const order = compare(chosen, twin);
    if (order > 0) continue;
    const { cells } = cellsOfProduct(
      rows,
      chosen.map((k) => signed[k]),
    );
    pairs += BigInt(order < 0 ? 2 * cells.length : cells.length);
    for (const { signs } of cells) {
      masks.add(maskOf(signs).join(""));
      masks.add(maskOf(signs.map((s) => -s)).join(""));
    }
  }
  return { tuples, pairs, masks: BigInt(masks.size) };
}

/** The mask 1[u >= 0] of signs. */
function maskOf(signs) {
  return signs.map((s) => (s < 0 ? 0 : 1));
}

function raysOfRegion(rows, signs) {
  const walls = rows.flatMap((row, i) => (signs[i] > 0 ? [row] : signs[i] < 0 ? [negative(row)] : []));
  const found = regions([], { base: walls });
  if (!found.length || rows.some((row, i) => (signs[i] === 0) !== row.every((x) => !x))) {
    throw new Error(`no region has the signs ${signs.join(", ")}; take those that regions() lists`);
  }
  return found[0].rays;
}

function cellsOfProduct(rows, factors) {
  const outputs = rows.map((_, i) => new Set(factors.filter(({ signs }) => signs[i] > 0).map(({ output }) => output)));
  const forced = outputs.map((found) => (found.size === 1 ? [...found][0] : 0));
  const mixed = outputs.flatMap((found, i) => (found.size === 2 ? [i] : []));
  let cells = [{ cone: product(rows, factors), signs: forced }];
  mixed.forEach((i, k) => {
    const form = factors.flatMap(({ signs, output }) => rows[i].map((x) => (signs[i] > 0 ? BigInt(output) * x : 0n)));
    cells = cells.flatMap((cell) => cutCell(cell, form, i, factors.length * rows.length + k));
  });
  const length = rows.length ? rows[0].length : 0;
  return {
    cells: cells.map(({ cone, signs }) => {
      const point = interiorPoint(cone.rays, length * factors.length);
      const witness = factors.map((_, j) => point.slice(j * length, (j + 1) * length));
      return { signs, mask: maskOf(signs), witness, rays: cone.rays };
    }),
    forced,
    mixed,
  };
}

/** The product of regions; hyperplane j n + i is row i of factor j. */
function product(rows, factors) {
  const n = rows.length;
  const rays = [];
  const tight = [];
  factors.forEach((factor, j) => {
    for (const ray of factor.rays) {
      rays.push(factors.flatMap((_, l) => (l === j ? ray : ray.map(() => 0n))));
      let set = (1n << BigInt(n * factors.length)) - 1n;
      rows.forEach((row, i) => {
        if (dot(row, ray)) set ^= 1n << BigInt(j * n + i);
      });
      tight.push(set);
    }
  });
  return { rays, tight };
}

function cutCell({ cone, signs }, form, i, name) {
  const cut = split(cone, form, name);
  if (!cut.plus) return [{ cone, signs: signs.with(i, cut.sign) }];
  return [
    { cone: cut.plus, signs: signs.with(i, 1) },
    { cone: cut.minus, signs: signs.with(i, -1) },
  ];
}

function binomial(n, k) {
  let value = 1n;
  for (let j = 0; j < k; j += 1) value = (value * BigInt(n - j)) / BigInt(j + 1);
  return value;
}

/** All increasing sequences of `size` numbers below n. */
function* subsets(n, size, first = 0) {
  if (size === 0) yield [];
  else for (let k = first; k <= n - size; k += 1) for (const rest of subsets(n, size - 1, k + 1)) yield [k, ...rest];
}

function compare(a, b) {
  const place = a.findIndex((x, k) => x !== b[k]);
  return place < 0 ? 0 : a[place] - b[place];
}
