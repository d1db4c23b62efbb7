/**
 * Turns of the sphere as unit quaternions [w, x, y, z]; the third axis looks at the reader.
 *
 * A turn is part of the state, so it is kept to four decimals.
 */

import { cross, dot, norm, plus, times } from "model/geometry/vectors";

const START = product(around([1, 0, 0], -1.05), around([0, 0, 1], -0.62));

/** The turn of a state. */
export function turnOf(state) {
  return state.camera?.turn ?? START;
}

/** The parts of a state that has turned further by an angle about an axis of the screen. */
export function turned(state, axis, angle) {
  const turn = product(around(axis, angle), turnOf(state));
  const length = norm(turn);
  return { camera: { ...state.camera, turn: turn.map((x) => Math.round((x / length) * 1e4) / 1e4) } };
}

/** The function that takes a vector of space to the screen: right, up, towards the reader. */
export function onScreen(turn) {
  const [w, ...v] = times(turn, 1 / norm(turn));
  return (p) => {
    const t = times(cross(v, p), 2);
    return plus(plus(p, times(t, w)), cross(v, t));
  };
}

/** The function that takes a vector of the screen back to space. */
export function fromScreen([w, x, y, z]) {
  return onScreen([w, -x, -y, -z]);
}

function around(axis, angle) {
  return [Math.cos(angle / 2), ...times(axis, Math.sin(angle / 2))];
}

function product([a, ...u], [b, ...v]) {
  return [a * b - dot(u, v), ...plus(plus(times(v, a), times(u, b)), cross(u, v))];
}
