/** A plane in a picture: a window that pans and zooms, ticks with numbers at its edges, and the names of its axes. */

import { cornersOf, panned, pixelOf, pointOf, ticks, windowOf, zoomedAt } from "model/plane/plane_window";
import { keyed, svg } from "ui/dom";
import { onWheel } from "ui/gestures";
import { stage } from "ui/stage";
import { f, stageButton } from "views/parts";

export const HALF = 200;
const STEP = 40;
const LONGEST = 32; // letters of an axis name

/**
 * Make a plane in the element `root`; its window is kept in the state's camera under `id` once it was moved.
 * @param {{id: string, hint: string, begin?: function, keys?: Object<string, function>}} options `begin(at, target)` is
 *   a gesture in pixels, or null where the gesture moves the plane
 * @returns {object} picture, buttons, layer, name; fit(points, stamp, much), to be called in each draw, chooses the
 *   window anew where the stamp is another one, by windowOf; drawAxes(names); axesOnTop() puts them above the layers so far; pixel(point),
 *   point(pixel), corners(), and unit(), the pixels of a unit
 */
export function planeStage(root, page, { id, hint, begin = () => null, keys = {} }) {
  let view = { x: 0, y: 0, sx: 1, sy: 1 };
  let fitted = { stamp: null, view };
  const look = (next) => page.store.update({ camera: { ...page.store.state.camera, [id]: next } });
  const zoom = (factor) => () => look(zoomedAt(view, [0, 0], factor));
  const pan = (dx, dy) => () => look(panned(view, [dx, dy]));
  const made = stage(root, page, {
    box: [-HALF, -HALF, 2 * HALF, 2 * HALF],
    hint: `${hint}: the arrow keys move the picture, plus and minus change its scale`,
    keys: {
      ArrowLeft: pan(STEP, 0),
      ArrowRight: pan(-STEP, 0),
      ArrowUp: pan(0, STEP),
      ArrowDown: pan(0, -STEP),
      "+": zoom(1.25),
      "=": zoom(1.25),
      "-": zoom(0.8),
      ...keys,
    },
    begin: (at, target) => begin(at, target) ?? panning(view, at, look),
  });
  made.picture.classList.add("ground", "plane");
  onWheel(made.picture, (at, factor) => look(zoomedAt(view, at, factor)));
  stageButton(made.buttons, "+", "Nearer", zoom(1.25));
  stageButton(made.buttons, "−", "Farther", zoom(0.8));
  stageButton(made.buttons, "Fit", "Show everything", () => {
    fitted = { stamp: null, view };
    look(null);
  });
  const axesLayer = made.layer("axes");
  const drawAxes = axes(axesLayer);
  return {
    ...made,
    axesOnTop: () => made.picture.append(axesLayer),
    fit(points, stamp, much) {
      if (fitted.stamp !== stamp) fitted = { stamp, view: windowOf(points, HALF, much) };
      view = page.store.state.camera?.[id] ?? fitted.view;
    },
    drawAxes: (names) => drawAxes(view, names),
    pixel: (point) => pixelOf(view, point),
    point: (pixel) => pointOf(view, pixel),
    corners: () => cornersOf(view, HALF),
    unit: () => Math.min(view.sx, view.sy),
  };
}

function panning(view, from, look) {
  return { move: (at) => look(panned(view, [at[0] - from[0], at[1] - from[1]])) };
}

/** Faint lines at round numbers with the numbers at the edges, the axes themselves a little stronger. */
function axes(layer) {
  const drawLines = keyed(layer, () => svg("path"));
  const drawTexts = keyed(layer, () => svg("text"));
  return (view, [across, up]) => {
    const [[left, bottom], , [right, top]] = cornersOf(view, HALF);
    const lines = [];
    const texts = [
      { id: "across", text: cutName(across), x: HALF - 6, y: HALF - 22, anchor: "end", name: "axis-name" },
      { id: "up", text: cutName(up), x: -HALF + 6, y: -HALF + 16, anchor: "start", name: "axis-name" },
    ];
    for (const { at, text } of ticks(left, right)) {
      const [x] = pixelOf(view, [at, 0]);
      lines.push({ id: `x${text}`, d: `M${f(x)} ${-HALF}V${HALF}`, zero: Math.abs(at) * view.sx < 1e-6 });
      if (Math.abs(x) < HALF - 14) texts.push({ id: `x${text}`, text, x, y: HALF - 5, anchor: "middle", name: "tick" });
    }
    for (const { at, text } of ticks(bottom, top)) {
      const [, y] = pixelOf(view, [0, at]);
      lines.push({ id: `y${text}`, d: `M${-HALF} ${f(y)}H${HALF}`, zero: Math.abs(at) * view.sy < 1e-6 });
      const free = y > -HALF + 32 && y < HALF - 22;
      if (free) texts.push({ id: `y${text}`, text, x: -HALF + 5, y: y - 3, anchor: "start", name: "tick" });
    }
    drawLines(
      lines,
      (line) => line.id,
      ({ d, zero }) => ({ d, class: zero ? "axis zero" : "axis" }),
    );
    drawTexts(
      texts,
      (each) => each.id,
      ({ text, x, y, anchor, name }) => ({ text, x: f(x), y: f(y), "text-anchor": anchor, class: name }),
    );
  };
}

/** A name that has room at the edge of a picture. */
function cutName(name) {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
