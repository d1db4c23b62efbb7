/** The graph of regions: two are joined where one hyperplane is between them. */

const known = new WeakMap();

/**
 * The edges, each once.
 * @returns {{a: number, b: number, place: number}[]} numbers of regions, and the row (its place in the state) between
 *   them
 */
export function edgesOf(model) {
  if (!known.has(model.regions)) known.set(model.regions, edges(model));
  return known.get(model.regions);
}

function edges(model) {
  const found = [];
  model.adjacent.forEach((beside, a) => {
    for (const { region, hyperplane } of beside) {
      if (a < region) found.push({ a, b: region, place: model.on[model.groups[hyperplane][0]].place });
    }
  });
  return found;
}
