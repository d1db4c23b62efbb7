/** A network with one input as the graph of its output: a strip coloured by pattern below, a dot where it bends. */

import { breaksOf, intervals } from "model/network/intervals";
import { outputsAt } from "model/network/layer_forms";
import { regionTint } from "ui/colours";
import { keyed, put, svg } from "ui/dom";
import { f, open } from "views/parts";
import { HALF } from "views/plane/plane_stage";
import { pointLayer } from "views/plane/points";

/**
 * The points that the picture must show: the data, or the graph at every break, with room on both sides.
 * @returns {number[][]}
 */
export function graphPoints(complex, output, data = []) {
  const breaks = breaksOf(complex).map(({ at }) => at);
  const wanted = data.length ? data.map(({ at }) => at[0]) : breaks.length ? breaks : [0];
  const room = 0.25 * (Math.max(...wanted) - Math.min(...wanted) || 2);
  const [low, high] = [Math.min(...wanted) - room, Math.max(...wanted) + room];
  return [low, ...breaks.filter((x) => x > low && x < high), high]
    .map((x) => [x, outputsAt(complex.layers, [x])[output]])
    .concat(data.map(({ at }) => at));
}

/**
 * Make the layers of the graph on a plane stage.
 * @returns {function(object)} draws {complex, output, points, classes, keyOf}
 */
export function graphLayers(at, page) {
  const strip = at.layer("regions");
  const drawStrip = keyed(strip, () => svg("rect"));
  const graph = svg("path", { class: "graph" });
  const axis = svg("path", { class: "axis zero" });
  at.layer("graph").append(axis, graph);
  const drawKinks = keyed(at.layer("kinks"), () => svg("circle", { r: 3.5, class: "kink" }));
  const drawPoints = pointLayer(at.layer("points"));
  strip.addEventListener("pointerover", (event) => {
    const pattern = event.target.closest("[data-pattern]")?.dataset.pattern ?? null;
    if (event.buttons === 0) page.store.pass({ pattern });
  });
  strip.addEventListener("pointerleave", () => page.store.pass({ pattern: null }));
  return ({ complex, output, points = [], classes = [], keyOf }) => {
    const [[left], , [right]] = at.corners();
    drawStrip(
      intervals(complex, left, right),
      ({ key }) => key,
      (piece) => ({
        x: f(at.pixel([piece.ends[0], 0])[0]),
        width: f(Math.max(0, at.pixel([piece.ends[1], 0])[0] - at.pixel([piece.ends[0], 0])[0])),
        y: -HALF,
        height: 2 * HALF,
        class: "region",
        fill: regionTint(piece.key),
        "data-pattern": piece.key,
        "data-key": keyOf(piece),
      }),
    );
    const breaks = breaksOf(complex).filter(({ at: x }) => x > left && x < right);
    const line = [left, ...breaks.map(({ at: x }) => x), right].map((x) => [x, outputsAt(complex.layers, [x])[output]]);
    put(graph, { d: open(line.map(at.pixel)) });
    put(axis, { d: `M${-HALF} ${f(at.pixel([0, 0])[1])}H${HALF}` });
    drawKinks(
      breaks
        .filter(({ bends }) => bends[output])
        .map(({ at: x }) => at.pixel([x, outputsAt(complex.layers, [x])[output]])),
      ([x]) => f(x),
      ([x, y]) => ({ cx: f(x), cy: f(y) }),
    );
    drawPoints(
      points.map((point) => ({ ...point, at: at.pixel(point.at) })),
      classes,
    );
  };
}
