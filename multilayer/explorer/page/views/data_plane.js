/** The data in their plane: a region of weight space is a line here, and its mask the points on the positive side. */

import { digitsFor } from "model/decimals";
import { cut, onSegment } from "model/clipping";
import { dataPlane, formOf, movedPoint } from "model/data_plane";
import { valueOf } from "model/layer_forms";
import { direction } from "model/vectors";
import { maskText } from "model/rows";
import { html, put, svg } from "ui/dom";
import { regionTint } from "ui/colours";
import { closed, open } from "views/parts";
import { planeStage } from "views/plane_stage";
import { classWords, pointLayer } from "views/points";

export const dataPlaneView = {
  id: "data-plane",
  title: "Data plane",
  about:
    "Each row of the table is a point. A region of weights is a line here: points on its coloured side are " +
    "filled, their mask is 1. Drag a point to move its row.",
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
      return place === undefined ? null : dragging(page, at, Number(place));
    },
  });
  const side = svg("path", { class: "side" });
  const line = svg("path", { class: "cut" });
  at.layer("sides").append(side);
  at.axesOnTop();
  at.layer("cuts").append(line);
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
      );
      at.drawAxes(plane.names);
      const region = model.byKey.get(model.hover ?? model.marked) ?? null;
      const form = region && formOf(direction(region.witness), plane);
      put(side, { d: form ? half(at, form) : "", fill: region ? regionTint(region.key) : null });
      put(line, { d: form ? lineIn(at, form) : "" });
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

/** The path of the half-plane where a form is positive. */
export function half(at, form) {
  const corners = cut(at.corners(), (p) => valueOf(form, p), onSegment);
  return corners.length > 2 ? closed(corners.map(at.pixel)) : "";
}

/** The path of the line where a form is 0. */
export function lineIn(at, form) {
  const corners = at.corners();
  const ends = [];
  corners.forEach((p, k) => {
    const q = corners[(k + 1) % corners.length];
    const [u, v] = [valueOf(form, p), valueOf(form, q)];
    if (u * v < 0) ends.push(onSegment(p, q, u, v));
  });
  return ends.length === 2 ? open(ends.map(at.pixel)) : "";
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
