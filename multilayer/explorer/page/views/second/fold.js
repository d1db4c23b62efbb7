/** The fold: the data plane as the chosen neurons hand it on, where the line of the second layer is straight. */

import { dataPlane, formOf } from "model/plane/data_plane";
import { floatWeights, foldOf } from "model/second/folded";
import { valueOf } from "model/network/layer_forms";
import { floatOf } from "model/geometry/pictured";
import { ticks, windowOf } from "model/plane/plane_window";
import { secondLayer } from "model/second/second_layer";
import { dot } from "model/geometry/vectors";
import { html, keyed, put, svg } from "ui/dom";
import { closed, open } from "views/parts";
import { planeStage } from "views/plane/plane_stage";
import { pointLayer } from "views/plane/points";

export const fold = {
  id: "fold",
  title: "The fold",
  about:
    "What the chosen neurons hand on: to the right the sum of those with +, upwards the sum of those with −. " +
    "Here the second-layer line is straight; the grid is the data plane, folded.",
  fits: (model) => Boolean(secondLayer(model)?.whole),
  create,
};

function create(root, page) {
  const at = planeStage(root, page, { id: "fold", hint: "The fold" });
  const grid = svg("path", { class: "folded-grid" });
  const positive = svg("path", { class: "positive" });
  const zero = svg("path", { class: "zero-set" });
  at.layer("sides").append(positive, grid, zero);
  const drawPoints = pointLayer(at.layer("points"));
  const words = html("p", { class: "words" });
  root.append(words);
  return {
    svg: () => at.picture,
    draw(model) {
      const { neurons, picked } = secondLayer(model);
      const outputs = neurons.map(({ output }) => output);
      const weights = floatWeights(picked.witness);
      const images = model.on.map(({ entries }) =>
        foldOf(
          weights.map((w) => dot(w, entries.map(floatOf))),
          outputs,
        ),
      );
      at.fit([[0, 0], ...images], `${picked.key} ${neurons.map(({ key, output }) => key + output).join(" ")}`);
      at.drawAxes([namesOf(outputs, 1), namesOf(outputs, -1)]);
      const plane = dataPlane(model);
      put(grid, {
        d: plane
          ? foldedGrid(
              plane,
              weights.map((w) => formOf(w, plane)),
              outputs,
              at,
            )
          : "",
      });
      const reach = 4 * Math.max(1, ...images.flat().map(Math.abs));
      const mixed = new Set(outputs).size > 1;
      put(zero, {
        d: mixed
          ? open(
              [
                [0, 0],
                [reach, reach],
              ].map(at.pixel),
            )
          : "",
      });
      put(positive, {
        d: mixed
          ? closed(
              [
                [0, 0],
                [reach, 0],
                [reach, reach],
              ].map(at.pixel),
            )
          : "",
      });
      const points = model.on.map(({ place, name, targets }, k) => ({
        place,
        name,
        on: true,
        at: at.pixel(images[k]),
        target: targets?.[0] ?? null,
        bit: Number(picked.mask[k]),
      }));
      drawPoints(points, plane?.classes ?? []);
      const text = mixed
        ? "u is positive below the diagonal. Rows on which no neuron is active all lie at 0."
        : "All output signs are equal: u is zero only where no neuron is active, and no line bends.";
      put(words, { text });
      at.name(text);
    },
  };
}

/** The axis is named after the neurons that it adds up. */
function namesOf(outputs, sign) {
  const places = outputs.flatMap((output, j) => (output === sign ? [j + 1] : []));
  return places.map((j) => `(x·w${"₁₂₃"[j - 1]})₊`).join(" + ");
}

/** The images of the data plane's grid lines, broken where they cross a neuron's line. */
function foldedGrid(plane, forms, outputs, at) {
  const view = windowOf(
    plane.points.map((point) => point.at),
    200,
  );
  const [left, right] = [view.x - 200 / view.sx, view.x + 200 / view.sx];
  const [bottom, top] = [view.y - 200 / view.sy, view.y + 200 / view.sy];
  const across = ticks(bottom, top, 12).map(({ at: y }) => [
    [left, y],
    [right, y],
  ]);
  const up = ticks(left, right, 12).map(({ at: x }) => [
    [x, bottom],
    [x, top],
  ]);
  return [...across, ...up]
    .map(([p, q]) =>
      broken(p, q, forms).map((point) =>
        at.pixel(
          foldOf(
            forms.map((form) => valueOf(form, point)),
            outputs,
          ),
        ),
      ),
    )
    .map(open)
    .join("");
}

function broken(p, q, forms) {
  const breaks = forms
    .map((form) => valueOf(form, p) / (valueOf(form, p) - valueOf(form, q)))
    .filter((t) => t > 0 && t < 1)
    .sort((a, b) => a - b);
  return [0, ...breaks, 1].map((t) => [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
}
