/**
 * The bounds (13) and (14) of Ergen and Pilanci (2021), and the joint bound.
 *
 * n, r, m  rows, their rank, width;  P1  the number of regions;  C(n, k)  binomial coefficients
 * N_p      n (m + 2^m - 2^p - 2^(m-p) + 1), the hyperplanes of the joint arrangement for p neurons with output sign +
 */

/**
 * Regions of n hyperplanes of rank r in general position (Schlaefli, Cover 1965): 2 sum_{k<r} C(n-1, k).
 * @param {number} n hyperplanes
 * @param {number} r their rank
 * @returns {bigint} 1 where there are no hyperplanes
 */
export function cover(n, r) {
  return n < 1 || r < 1 ? 1n : generalPosition(BigInt(n), r);
}

/** The second step of (13): 2 r (e (n-1) / r)^r, a float; it bounds cover(n, r) if n >= 2. */
export function eq13(n, r) {
  return 2 * r * ((Math.E * (n - 1)) / r) ** r;
}

/**
 * The first line of (14): 2 sum_{k<mr} C(n-1, k) (2 P1)^m.
 * @param {number} n rows
 * @param {number} r their rank
 * @param {number} m width
 * @param {bigint} P1 a number of regions, the bound of (13) if it is left out
 * @returns {bigint}
 */
export function eq14Product(n, r, m, P1 = cover(n, r)) {
  return generalPosition(BigInt(n), m * r) * (2n * P1) ** BigInt(m);
}

/** The last line of (14): 2^(2m+1) (e (n-1))^(2mr) / (m^(mr-1) r^(2mr-m-1)), a float; for m r <= n. */
export function eq14Closed(n, r, m) {
  const logarithm =
    (2 * m + 1) * Math.LN2 +
    2 * m * r * (1 + Math.log(n - 1)) -
    (m * r - 1) * Math.log(m) -
    (2 * m * r - m - 1) * Math.log(r);
  return Math.exp(logarithm);
}

/** The joint bound on pairs and masks: the sum over p = 0, ..., m of 2 sum_{k<mr} C(N_p - 1, k), a BigInt. */
export function joint(n, r, m) {
  let total = 0n;
  for (let p = 0; p <= m; p += 1) {
    const planes = BigInt(n) * (BigInt(m) + 2n ** BigInt(m) - 2n ** BigInt(p) - 2n ** BigInt(m - p) + 1n);
    total += generalPosition(planes, m * r);
  }
  return total;
}

/** 2 sum_{k<r} C(n-1, k) for a BigInt n >= 1. */
function generalPosition(n, r) {
  let [total, term] = [0n, 1n];
  for (let k = 0n; k < BigInt(r) && term; k += 1n) {
    total += term;
    term = (term * (n - 1n - k)) / (k + 1n);
  }
  return 2n * total;
}
