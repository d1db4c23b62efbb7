/**
 * The faces of a complex of cells: the sets of inputs on which all hidden pre-activations have constant signs.
 *
 * Every such set is the relative interior of a face of a region's closure, and each face has other signs. A face of a
 * cone is known by the hyperplanes that hold it, an intersection of those that hold its rays.
 */

import { rank } from "core/elimination";

/**
 * Count the faces, and find the regions that share a facet.
 * @param {object[]} cells of core/network_cells, all of one network
 * @param {number} walls how many of the first hyperplanes bound everything: faces on these do not count
 * @param {number} lineality dimension of the space modulo which rays are given
 * @returns {{faces: number[], adjacent: [number, number][]}} faces: how many have dimension 0, 1, ..., d; adjacent:
 *   pairs of places in the list
 */
export function facesOf(cells, walls, lineality) {
  const found = new Map();
  cells.forEach((cell, place) => {
    for (const { signs, dimension } of facesOfCell(cell, walls, lineality)) {
      const face = found.get(signs);
      if (face) face.places.push(place);
      else found.set(signs, { dimension, places: [place] });
    }
  });
  const top = Math.max(...[...found.values()].map(({ dimension }) => dimension));
  const faces = Array(top + 1).fill(0);
  const adjacent = [];
  for (const { dimension, places } of found.values()) {
    faces[dimension] += 1;
    if (dimension === top - 1) adjacent.push(places); // no facet is at the rim, so that two regions share it
  }
  return { faces, adjacent };
}

function facesOfCell({ cone, signs }, walls, lineality) {
  const inside = signs.flat();
  const outer = (1n << BigInt(walls)) - 1n;
  return [...intersections(cone.tight)]
    .filter((holding) => !(holding & outer))
    .map((holding) => {
      const rays = cone.rays.filter((_, k) => (cone.tight[k] & holding) === holding);
      const zero = (i) => (holding >> BigInt(walls + i)) & 1n;
      return { signs: inside.map((s, i) => (zero(i) ? 0 : s)).join(), dimension: rank(rays) - 1 + lineality };
    });
}

/** All intersections of some of these sets, as bits. */
function intersections(sets) {
  const found = new Set(sets);
  for (const set of found) for (const other of sets) found.add(set & other); // a Set hands out what is added on the way
  return found;
}
