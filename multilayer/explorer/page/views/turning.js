/** Turning what is seen in space: by dragging, by keys and by buttons, for every picture that turns with the sphere. */

import { turned } from "model/geometry/turns";
import { stageButton } from "views/parts";

const STEP = Math.PI / 18;
const WAYS = {
  ArrowLeft: ["←", "Turn to the left", [0, 1, 0], -STEP],
  ArrowRight: ["→", "Turn to the right", [0, 1, 0], STEP],
  ArrowUp: ["↑", "Turn up", [1, 0, 0], -STEP],
  ArrowDown: ["↓", "Turn down", [1, 0, 0], STEP],
};

/** What the arrow keys do. */
export function turningKeys(page) {
  const act =
    ([, , axis, angle]) =>
    () =>
      page.store.update(turned(page.store.state, axis, angle));
  return Object.fromEntries(Object.entries(WAYS).map(([key, way]) => [key, act(way)]));
}

/** Buttons that do the same. */
export function turningButtons(root, page) {
  for (const [text, label, axis, angle] of Object.values(WAYS)) {
    stageButton(root, text, label, () => page.store.update(turned(page.store.state, axis, angle)));
  }
}

/** A drag that turns: what is under the pointer, on a ball of this radius, stays under it. */
export function turningDrag(page, from, radius) {
  let before = from;
  return {
    move(at) {
      const [dx, dy] = [at[0] - before[0], at[1] - before[1]];
      before = at;
      const way = Math.hypot(dx, dy);
      if (way > 0) page.store.update(turned(page.store.state, [dy / way, dx / way, 0], way / radius));
    },
  };
}
