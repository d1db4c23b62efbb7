/** The second-layer neuron in the data plane: where u is zero, its line bends at the lines of the chosen neurons. */

import { cut, onSegment } from "model/geometry/clipping";
import { dataPlane, formOf } from "model/plane/data_plane";
import { floatWeights, foldedPieces, maskBorder, zeroSegment } from "model/second/folded";
import { valueOf } from "model/network/layer_forms";
import { secondLayer } from "model/second/second_layer";
import { bendsInPlane } from "model/second/zero_set";
import { html, keyed, put, svg } from "ui/dom";
import { closed, f, open } from "views/parts";
import { lineIn } from "views/plane/plane_lines";
import { planeStage } from "views/plane/plane_stage";
import { classWords, pointLayer } from "views/plane/points";

export const bentLine = {
  id: "bent-line",
  title: "Second-layer line",
  about:
    "The chosen cell's neuron in the data plane. The heavy line parts mask bit 1 from 0; u is positive on " +
    "the tinted side, and zero where no neuron is active (dotted).",
  fits: (model) => Boolean(secondLayer(model)?.whole) && dataPlane(model) !== null,
  create,
};

function create(root, page) {
  const at = planeStage(root, page, { id: "bent-line", hint: "Second-layer line" });
  const drawPieces = keyed(at.layer("pieces"), () => svg("path"));
  at.axesOnTop();
  const drawLines = keyed(at.layer("neuron-lines"), () => svg("path"));
  const drawNames = keyed(at.layer("neuron-names"), () => svg("text", { dy: "0.36em" }));
  const zero = svg("path", { class: "zero-set" });
  at.layer("zero").append(zero);
  const drawPoints = pointLayer(at.layer("points"));
  const words = html("p", { class: "words" });
  root.append(words);
  return {
    svg: () => at.picture,
    draw(model) {
      const plane = dataPlane(model);
      const { neurons, picked } = secondLayer(model);
      const outputs = neurons.map(({ output }) => output);
      at.fit(
        plane.points.map((point) => point.at),
        `${plane.points.length} ${plane.names}`,
        plane.kind === "line" ? 1 : undefined, // the target upwards has a scale of its own
      );
      at.drawAxes(plane.names);
      const forms = floatWeights(picked.witness).map((w) => formOf(w, plane));
      const pieces = foldedPieces(at.corners(), forms, outputs);
      drawPieces(
        pieces.flatMap((piece) => shades(piece, at)),
        ({ id }) => id,
        ({ d, name }) => ({ d, class: name }),
      );
      const lines = forms.map((form, j) => ({ place: j + 1, form, d: lineIn(at, form) })).filter(({ d }) => d);
      drawLines(
        lines,
        ({ place }) => String(place),
        ({ place, d }) => ({ d, class: `neuron-line neuron-${place}` }),
      );
      drawNames(
        lines.map(({ place, form }) => ({ place, at: nameAt(at, form) })),
        ({ place }) => String(place),
        ({ place, at: [x, y] }) => ({ text: String(place), x: f(x), y: f(y), class: `neuron-name neuron-${place}` }),
      );
      const segments = maskBorder(pieces, forms, outputs, 1e-6 / at.unit());
      put(zero, { d: segments.map((ends) => open(ends.map(at.pixel))).join("") });
      const bits = new Map(model.on.map(({ place }, k) => [place, Number(picked.mask[k])]));
      drawPoints(
        plane.points.map((point) => ({ ...point, at: at.pixel(point.at), bit: bits.get(point.place) ?? null })),
        plane.classes,
      );
      const bent = plane.kind === "line" ? "" : bendWords(bendsInPlane(picked.witness, outputs));
      const text = `${bent} The mask of this cell is ${picked.mask.join("")}.`.trim();
      put(words, { text: `${text} ${classWords(plane.classes, model.state.targetNames?.[0] ?? "target")}` });
      at.name(text);
    },
  };
}

function bendWords(count) {
  if (count === 0) return "The line does not bend.";
  return `The line bends at ${count} ${count === 1 ? "point" : "points"}, counted exactly.`;
}

/** The part of a piece where u is positive, or the whole of one where u is zero throughout. */
function shades({ corners, active, form }, at) {
  const id = active.map(Number).join("");
  if (!active.some(Boolean)) return [{ id, d: closed(corners.map(at.pixel)), name: "flat" }];
  const positive = cut(corners, (p) => valueOf(form, p), onSegment);
  return positive.length > 2 ? [{ id, d: closed(positive.map(at.pixel)), name: "positive" }] : [];
}

/** Where the number of a neuron stands: on its line, near the edge, a little to its positive side. */
function nameAt(at, form) {
  const [p, q] = ends(at, form);
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1;
  const along = [(q[0] - p[0]) / length, (q[1] - p[1]) / length];
  const inside = at.point([p[0] + 16 * along[0] - 11 * along[1], p[1] + 16 * along[1] + 11 * along[0]]);
  const side = valueOf(form, inside) >= 0 ? 1 : -1;
  return [p[0] + 16 * along[0] - side * 11 * along[1], p[1] + 16 * along[1] + side * 11 * along[0]];
}

function ends(at, form) {
  return (zeroSegment(at.corners(), form) ?? [at.point([0, 0]), at.point([1, 0])]).map(at.pixel);
}
