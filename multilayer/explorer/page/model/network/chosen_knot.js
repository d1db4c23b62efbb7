/**
 * Curves over beta hold a certified optimum for each knot: the one that is chosen is what the page shows.
 *
 * Only what differs from knot to knot is replaced in the content: the network, its predictions and what is proven.
 */

/** The number of the knot that is chosen in a state; null where the page has no curves. */
export function chosenKnot(content, state) {
  if (!content.knots) return null;
  const wanted = Number.isInteger(state.knot) ? state.knot : Math.floor(content.knots.length / 2);
  return Math.min(Math.max(wanted, 0), content.knots.length - 1);
}

/** The content as it is at the chosen knot. */
export function contentAt(content, state) {
  const knot = chosenKnot(content, state);
  return knot === null ? content : { ...content, ...content.knots[knot] };
}

/**
 * Both curves as points for a picture, from float copies of the exact numbers: the chords of the proven lower bounds,
 * and the least of the networks' lines.
 * @returns {{betas: number[], lower: number[], upper: number[]}} upper at `betas` and between them, at `fine`
 */
export function curvePoints({ betas, lower, lines }, steps = 12) {
  const at = betas.map(floatOfFraction);
  const fine = at.slice(0, 1);
  for (let k = 1; k < at.length; k += 1)
    for (let s = 1; s <= steps; s += 1) fine.push(at[k - 1] + ((at[k] - at[k - 1]) * s) / steps);
  const upper = fine.map((beta) => Math.min(...lines.map(([loss, penalty]) => loss + beta * penalty)));
  return { betas: at, lower, fine, upper };
}

function floatOfFraction(text) {
  const [num, den = "1"] = text.split("/");
  return Number(num) / Number(den);
}
