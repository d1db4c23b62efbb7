/**
 * A network with two inputs in their plane: its regions, the bent lines of its neurons, and where an output is a value.
 */

import { edges, levelSegments, rangeOf, regionShapes, roundLevels } from "model/network/complex_shapes";
import { regionTint } from "ui/colours";
import { keyed, put, svg } from "ui/dom";
import { closed, f, open } from "views/parts";
import { pointLayer } from "views/plane/points";

const SLACK = 1e-6;

/**
 * Make the layers of the picture on a plane stage.
 * @param {object} at what planeStage returned
 * @param {object} page
 * @returns {function(object)} draws {complex, output, levels, points, classes, keyOf, marked}: `keyOf(shape)` is the
 *   region of the arrangement of rows that a shape belongs to, or null; `marked` the pattern that is outlined
 */
export function complexLayers(at, page) {
  const regions = at.layer("regions");
  const drawRegions = keyed(regions, () => svg("path"));
  const lines = at.layer("complex-lines");
  const drawEdges = keyed(lines, () => svg("path"));
  const drawLevels = keyed(at.layer("levels"), () => svg("path"));
  const drawLevelNames = keyed(at.layer("level-names"), () => svg("text", { dy: "0.36em" }));
  const flat = svg("path", { class: "flat" });
  const zero = svg("path", { class: "zero-set" });
  const outline = svg("path", { class: "outline marked" });
  at.layer("zero").append(flat, zero, outline);
  const drawPoints = pointLayer(at.layer("points"));
  regions.addEventListener("pointerover", (event) => {
    const pattern = event.target.closest("[data-pattern]")?.dataset.pattern ?? null;
    if (event.buttons === 0) page.store.pass({ pattern });
  });
  regions.addEventListener("pointerleave", () => page.store.pass({ pattern: null }));
  return ({ complex, output, levels, points = [], classes = [], keyOf, marked }) => {
    const shapes = regionShapes(complex, at.corners());
    drawRegions(
      shapes,
      (shape) => shape.key,
      (shape) => ({
        d: closed(shape.corners.map(at.pixel)),
        class: "region",
        fill: regionTint(shape.key),
        "data-pattern": shape.key,
        "data-key": keyOf(shape),
      }),
    );
    drawEdges(
      linesOf(shapes, at, complex.widths),
      ({ id }) => id,
      ({ d, layer }) => ({ d, class: `bent layer-${layer}` }),
    );
    const curves = levels
      ? roundLevels(rangeOf(shapes, output)).map((level) => curveOf(shapes, output, level, at))
      : [];
    drawLevels(
      curves,
      ({ id }) => id,
      ({ d }) => ({ d, class: "level" }),
    );
    drawLevelNames(
      curves.filter((curve) => curve.at),
      ({ id }) => id,
      ({ id, at: [x, y] }) => ({ text: id, x: f(x), y: f(y), class: "level-name" }),
    );
    const flats = shapes.filter(({ region }) => region.affine.rows[output].every((x) => x === 0n));
    put(flat, { d: flats.map(({ corners }) => closed(corners.map(at.pixel))).join("") });
    put(zero, { d: segmentsPath(levelSegments(shapes, output, 0), at) });
    const outlined = shapes.find(({ key }) => key === marked);
    put(outline, { d: outlined ? closed(outlined.corners.map(at.pixel)) : "" });
    drawPoints(
      points.map((point) => ({ ...point, at: at.pixel(point.at) })),
      classes,
    );
    return shapes;
  };
}

/** One path for each neuron: all edges that lie on its line, bent or not. */
function linesOf(shapes, at, widths) {
  const paths = new Map();
  for (const { neuron, ends } of edges(shapes, SLACK / at.unit())) {
    paths.set(neuron, (paths.get(neuron) ?? "") + open(ends.map(at.pixel)));
  }
  return [...paths].map(([neuron, d]) => ({ id: String(neuron), d, layer: layerOf(neuron, widths) }));
}

/** The layer, from 1, of a neuron counted through all layers. */
function layerOf(neuron, widths) {
  let before = 0;
  return 1 + widths.findIndex((width) => neuron < (before += width));
}

function curveOf(shapes, output, level, at) {
  const segments = levelSegments(shapes, output, level);
  const longest = segments
    .map((ends) => ends.map(at.pixel))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .at(0);
  const name = String(Number(level.toPrecision(6))).replace("-", "−");
  const middle = longest && lengthOf(longest) > 34 ? [0, 1].map((k) => (longest[0][k] + longest[1][k]) / 2) : null;
  return { id: name, d: segmentsPath(segments, at), at: middle };
}

function lengthOf([p, q]) {
  return Math.hypot(q[0] - p[0], q[1] - p[1]);
}

function segmentsPath(segments, at) {
  return segments.map((ends) => open(ends.map(at.pixel))).join("");
}
