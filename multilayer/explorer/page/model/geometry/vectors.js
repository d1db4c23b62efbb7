/** Vectors of floats, for drawing alone: nothing that is counted or reported is decided here. */

export const dot = (a, b) => a.reduce((sum, x, k) => sum + x * b[k], 0);
export const norm = (a) => Math.sqrt(dot(a, a));
export const times = (a, factor) => a.map((x) => x * factor);
export const plus = (a, b) => a.map((x, k) => x + b[k]);
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** The unit vector of a direction; the zero vector stays. */
export function unit(a) {
  const length = norm(a);
  return length > 0 ? times(a, 1 / length) : a;
}

/** Floats in the proportions of integers of any size, the largest of them 1 (or all 0). */
export function direction(integers) {
  let longest = 0;
  for (const x of integers) longest = Math.max(longest, x.toString(2).length);
  const shift = BigInt(Math.max(0, longest - 60));
  const floats = integers.map((x) => Number(x >> shift));
  const largest = Math.max(...floats.map(Math.abs), 0);
  return largest > 0 ? times(floats, 1 / largest) : floats;
}

/** Orthonormal vectors that span what the given vectors span (Gram-Schmidt, twice for accuracy). */
export function orthonormal(vectors) {
  const found = [];
  for (const vector of vectors) {
    let rest = unit(vector);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const axis of found) rest = plus(rest, times(axis, -dot(rest, axis)));
      rest = unit(rest);
    }
    found.push(rest);
  }
  return found;
}
