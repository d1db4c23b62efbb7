/**
 * Rows that are crowded in a picture, evened out by a linear map: it changes angles, but no region and no count.
 *
 * M: the mean of r u u^T over the unit normals u of rank r; M = L L^T (Cholesky). The rows L^-1 u are as wide in every
 * direction. L is kept in the state, so that it stays while rows move.
 */

import { dot, norm, unit } from "model/geometry/vectors";

const CROWDED = 5;

/**
 * The matrix L for normals, to four digits, or null where they span too little.
 * @param {number[][]} normals floats
 */
export function eveningOf(normals) {
  const units = normals.filter((a) => norm(a) > 0).map(unit);
  const r = units[0]?.length ?? 0;
  const entry = (i, j) => (r * units.reduce((sum, u) => sum + u[i] * u[j], 0)) / units.length;
  const lower = [];
  for (let i = 0; i < r; i += 1) {
    const row = Array(r).fill(0);
    for (let j = 0; j <= i; j += 1) {
      const rest = entry(i, j) - dot(row.slice(0, j), (lower[j] ?? row).slice(0, j));
      if (i === j && !(rest > 1e-12)) return null;
      row[j] = i === j ? Math.sqrt(rest) : rest / lower[j][j];
    }
    lower.push(row);
  }
  return lower.length ? lower.map((row) => row.map((x) => Number(x.toPrecision(4)))) : null;
}

/** The same, but null where rows are not crowded. */
export function eveningOfCrowded(normals) {
  const found = eveningOf(normals);
  return found && crowding(found) > CROWDED ? found : null;
}

/** The solution u of L u = v. */
export function solved(lower, v) {
  const u = [];
  lower.forEach((row, k) => u.push((v[k] - dot(u, row)) / row[k]));
  return u;
}

/** About how many times wider rows are in one direction than in another. */
export function crowding(lower) {
  const columns = lower.map((_, k) =>
    solved(
      lower,
      lower.map((__, j) => (j === k ? 1 : 0)),
    ),
  );
  return Math.max(1, Math.max(...lower.map(norm)) * Math.max(...columns.map(norm)));
}
