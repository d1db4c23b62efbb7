/** The data in their plane: a region of weight space is a line here, and its mask the points on the positive side. */

import { digitsFor } from "model/decimals";
import { dataPlane, movedPoint } from "model/plane/data_plane";
import { maskText } from "model/rows";
import { html, put, svg } from "ui/dom";
import { regionTint } from "ui/colours";
import { heldLine } from "views/plane/held_line";
import { half } from "views/plane/plane_lines";
import { planeStage } from "views/plane/plane_stage";
import { classWords, pointLayer } from "views/plane/points";

export const dataPlaneView = {
  id: "data-plane",
  title: "Data plane",
  about:
    "Each row of the table is a point. A region of weights is a line here: points on its coloured side are " +
    "filled, their mask is 1. Drag a point to move its row, or the line by its handles to another region.",
  fits: (model) => dataPlane(model) !== null,
  create,
};

function create(root, page) {
  let plane = null;
  const at = planeStage(root, page, {
    id: "data-plane",
    hint: "Data plane",
    begin(from, target) {
      const place = target.closest("[data-point]")?.dataset.point;
      return place === undefined ? held.begin(target) : dragging(page, at, Number(place));
    },
  });
  const side = svg("path", { class: "side" });
  at.layer("sides").append(side);
  at.axesOnTop();
  const held = heldLine(at, page);
  put(at.picture, { role: "group" }); // points in it can have the focus, which parts of an image cannot
  const points = at.layer("points");
  const drawPoints = pointLayer(points, { grips: true });
  points.addEventListener("keydown", (event) => moveByKey(event, page, at, plane));
  const words = html("p", { class: "words" });
  root.append(words);
  return {
    svg: () => at.picture,
    draw(model) {
      plane = dataPlane(model);
      at.fit(
        plane.points.map((point) => point.at),
        `${plane.points.length} ${plane.names}`,
        plane.kind === "line" ? 1 : undefined, // the target upwards has a scale of its own
      );
      at.drawAxes(plane.names);
      const region = model.byKey.get(model.hover ?? model.marked) ?? null;
      const form = held.draw(plane, region);
      put(side, { d: form ? half(at, form) : "", fill: region ? regionTint(region.key) : null });
      const bits = bitsOf(model, region);
      drawPoints(
        plane.points.map((point) => ({ ...point, at: at.pixel(point.at), bit: bits.get(point.place) ?? null })),
        plane.classes,
      );
      const target = model.state.targetNames?.[0] ?? "target";
      put(words, { text: [regionWords(region), classWords(plane.classes, target)].filter(Boolean).join(" ") });
      at.name(`${plane.points.length} rows as points. ${regionWords(region)}`);
    },
  };
}

/** The mask bit of each row that is switched on, by its place. */
function bitsOf(model, region) {
  return new Map(region ? model.on.map(({ place }, k) => [place, region.signs[k] >= 0 ? 1 : 0]) : []);
}

function regionWords(region) {
  return region
    ? `Region ${region.number + 1} has the mask ${maskText(region.signs)}.`
    : "Point at a region in any picture to see its line.";
}

function dragging(page, at, place) {
  const digits = digitsFor(400 / at.unit());
  return {
    tap: () => {},
    move: (pixel, first) =>
      page.store.update(movedPoint(page.store.state, place, at.point(pixel), digits), { record: first }),
  };
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Arrow keys move the point that has the focus by a fortieth of the picture. */
function moveByKey(event, page, at, plane) {
  const arrow = ARROWS[event.key];
  const place = event.target.closest("[data-point]")?.dataset.point;
  if (!arrow || place === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const step = 10 ** Math.round(Math.log10(10 / at.unit()));
  const [x, y] = plane.points.find((point) => point.place === Number(place)).at;
  const to = [x + arrow[0] * step, y + arrow[1] * step];
  const digits = digitsFor(400 / at.unit());
  page.store.update(movedPoint(page.store.state, Number(place), to, digits));
}
