/**
 * Colours of rows and regions, the same for the same row or sign vector at any time.
 *
 * Rows take the colours of Okabe and Ito (2008), which people with any colour vision tell apart, and a dash pattern
 * besides; style.css has them, paler ones for the dark theme. A region's tint follows from its sign vector alone, so
 * that it stays while rows are dragged. Tints are pale in light and deep in dark, so that text on them can be read.
 */

const ROWS = 7; // colours in style.css
const DASHES = ["", "7 3", "2 3", "9 3 2 3"];
const HUES = [245, 55, 165, 345, 210, 90, 300];

/** The colour of the row at a place. */
export function rowColour(place) {
  return `var(--row-${place % ROWS})`;
}

/** The colour of text on that colour. */
export function rowInk(place) {
  return `var(--on-row-${place % ROWS})`;
}

/** The dash pattern of the row at a place: it changes when the colours begin anew. */
export function rowDash(place) {
  return DASHES[Math.floor(place / ROWS) % DASHES.length];
}

/** The tint of a sign vector, as a CSS colour for the present theme. */
export function regionTint(key) {
  let hash = 2166136261;
  for (const letter of key) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619) >>> 0;
  const hue = HUES[hash % HUES.length];
  const step = (hash >>> 8) % 4;
  return `oklch(calc(var(--tint) + ${step} * var(--tint-step)) var(--tint-chroma) ${hue})`;
}
