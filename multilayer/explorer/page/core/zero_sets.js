/**
 * Where a neuron is zero: the pieces of its bent hyperplane, at most one in each cell of the layers before it.
 *
 * On the closure of a cell the neuron is a linear form of z, so that its zeros there are a polyhedron. Its rays are
 * those of the cell on which the form is 0, and one on every edge along which the form changes sign. Cells meet in
 * common faces, so that a piece lies in another one iff its rays are among the other's.
 */

import { cyclicRays, split } from "core/cones";
import { rank } from "core/elimination";
import { dot } from "core/integers";

/**
 * The maximal pieces of the zero set of one neuron.
 * @param {object[]} cells of core/network_cells: those of the layers before the neuron
 * @param {bigint[][]} forms the neuron in each cell, as a form of z
 * @param {number} walls how many of the first hyperplanes bound everything: pieces on these do not count
 * @param {number} lineality dimension of the space modulo which rays are given
 * @returns {{dimension: number, rays: bigint[][]}[]} rays: (x t, t), end points with t > 0 and directions with t = 0;
 *   those of two-dimensional pieces in cyclic order
 */
export function zeroSet(cells, forms, walls, lineality) {
  const outer = (1n << BigInt(walls)) - 1n;
  const unused = walls + cells[0].forms.flat().length; // a number that no hyperplane of a cell has
  const found = new Map();
  cells.forEach((cell, place) => {
    const piece = zerosInCell(cell.cone, forms[place], unused);
    if (!piece.rays.length || piece.tight.reduce((a, b) => a & b) & outer) return;
    const names = piece.rays.map((ray) => ray.join());
    const spanned = rank(piece.rays);
    const rays = spanned === 3 ? cyclicRays(piece) : piece.rays;
    found.set(names.toSorted().join(";"), { names: new Set(names), dimension: spanned - 1 + lineality, rays });
  });
  const all = [...found.values()];
  const maximal = all.filter((piece) => !all.some((other) => isFace(piece, other)));
  return maximal.map(({ dimension, rays }) => ({ dimension, rays }));
}

function isFace(piece, other) {
  return other.names.size > piece.names.size && [...piece.names].every((name) => other.names.has(name));
}

/** The rays of a cone on which a form is 0, and the points of its edges; `name` is that of the form. */
function zerosInCell(cone, form, name) {
  const { plus } = split(cone, form, name);
  const part = plus ?? cone;
  const kept = [...part.rays.keys()].filter((k) => !dot(form, part.rays[k]));
  return { rays: kept.map((k) => part.rays[k]), tight: kept.map((k) => part.tight[k]) };
}
