/** The sphere: central rows in space, each a great circle, seen from outside. */

import { globeOf, halfCircle } from "model/geometry/globe";
import { inSpace, moved } from "model/geometry/pictured";
import { roundPath } from "model/geometry/pieces";
import { fromScreen, turnOf } from "model/geometry/turns";
import { cross, dot, plus, times } from "model/geometry/vectors";
import { svg } from "ui/dom";
import { evenButton } from "ui/even_button";
import { stage } from "ui/stage";
import { closed, handleLayer, open, regionLayer, rowLayer, rowTaken } from "views/parts";
import { turningButtons, turningDrag, turningKeys } from "views/turning";

const RADIUS = 180;
const MANY = 20;

export const sphere = {
  id: "sphere",
  title: "Sphere",
  about: "Each row is a great circle. Drag the sphere to turn it, a circle or its pole to move the row.",
  fits: (model) => inSpace(model) !== null,
  create,
};

const pixel = ([x, y]) => [RADIUS * x, -RADIUS * y];

function create(root, page) {
  const { picture, layer, name, buttons } = stage(root, page, {
    box: [-200, -200, 400, 400],
    hint: "Sphere: the arrow keys turn it",
    keys: turningKeys(page),
    begin(at, target) {
      const place = rowTaken(target);
      if (place === null) return turningDrag(page, at, RADIUS);
      return target.closest(".handle") ? movingPole(page, place, target) : tilting(page, place, at);
    },
  });
  turningButtons(buttons, page);
  const drawEven = evenButton(buttons, page);
  const drawBack = rowLayer(layer("behind"), { grips: false });
  const below = layer("regions grip");
  const drawRows = rowLayer(layer("rows"));
  const drawRegions = regionLayer(below, layer("outlines"));
  picture.append(svg("circle", { r: RADIUS, class: "rim" }));
  const drawHandles = handleLayer(layer("handles"));
  return {
    svg: () => picture,
    draw(model) {
      drawEven(model);
      const { pieces, rows } = globeOf(model);
      drawBack(
        model,
        rows.map(({ place, axis }) => ({ place, back: true, d: open(halfCircle(axis, true).map(pixel)) })),
      );
      drawRegions(
        model,
        pieces.map(({ key, corners }) => ({ key, d: closed(roundPath(corners).map(pixel)) })),
      );
      drawRows(
        model,
        rows.map(({ place, axis }) => ({ place, d: open(halfCircle(axis).map(pixel)) })),
      );
      drawHandles(rows.map((row) => poleOf(row, rows.length > MANY)));
      name(
        `${rows.length} great circles cut the sphere into ${model.regions.length} regions; ` +
          `${pieces.length} of them are in front.`,
      );
    },
  };
}

/** The pole in front: of the positive side (filled), or of the negative one. */
function poleOf({ place, name, axis }, small) {
  const front = axis[2] >= 0;
  return {
    place,
    name: front ? name : `−${name}`,
    small,
    kind: front ? "+" : "−",
    at: pixel(front ? axis : axis.map((x) => -x)),
  };
}

function movingPole(page, place, target) {
  const side = target.closest(".handle").dataset.kind === "−" ? -1 : 1;
  return { tap: () => {}, move: (at, first) => movePole(page, place, onBall(at), side, first) };
}

/** A circle that is taken at a point follows it: the pole turns as the point does. */
function tilting(page, place, from) {
  const start = globeOf(page.model()).rows.find((row) => row.place === place).axis;
  const p = onBall(from);
  return {
    tap: () => {},
    move(at, first) {
      movePole(page, place, carried(p, onBall(at), start), 1, first);
    },
  };
}

function movePole(page, place, axis, side, first) {
  const { frame } = globeOf(page.model());
  const normal = times(fromScreen(turnOf(page.store.state))(axis), side);
  page.store.update(moved(page.store.state, frame, place, normal), { record: first });
}

/** The point of the ball in front at a pixel; outside, on the rim. */
function onBall([px, py]) {
  const [x, y] = [px / RADIUS, -py / RADIUS];
  const length = Math.hypot(x, y);
  return length < 1 ? [x, y, Math.sqrt(1 - length * length)] : [x / length, y / length, 0];
}

/** Where v goes under the smallest turn that takes p to q. */
function carried(p, q, v) {
  const cosine = dot(p, q);
  const axis = cross(p, q);
  return plus(plus(times(v, cosine), cross(axis, v)), times(axis, dot(axis, v) / (1 + cosine || 1)));
}
