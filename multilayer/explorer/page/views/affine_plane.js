/** Affine lines in the plane: regions are polygons, cut off where the picture ends. */

import { centroid } from "model/geometry/clipping";
import { inPlane, moved, offsetText } from "model/geometry/pictured";
import { polygons } from "model/geometry/pieces";
import { boxOf, fittingWindow, zoomed } from "model/geometry/window";
import { onWheel } from "ui/gestures";
import { evenButton } from "ui/even_button";
import { stage } from "ui/stage";
import {
  closed,
  handleLayer,
  open,
  regionLayer,
  rowLayer,
  rowTaken,
  spread,
  stageButton,
  textLayer,
} from "views/parts";

const HALF = 200;
const MOST_SIGNS = 5;
const MANY = 20;

export const affinePlane = {
  id: "affine",
  title: "Lines in the plane",
  about: "Drag a line to shift it, its handle to turn it, the plane to move it. The tick shows the positive side.",
  fits: (model) => model.state.affine && inPlane(model) !== null,
  create,
};

function create(root, page) {
  let shown = null;
  let view = null;
  const look = (plane) => page.store.update({ camera: { ...page.store.state.camera, plane } });
  const zoom = (factor) => () => look(zoomed(view, [0, 0], factor));
  const pan = (dx, dy) => () => look({ ...view, x: view.x + dx / view.scale, y: view.y + dy / view.scale });
  const { picture, layer, name, buttons } = stage(root, page, {
    box: [-HALF, -HALF, 2 * HALF, 2 * HALF],
    hint: "Lines in the plane: the arrow keys move the picture, plus and minus change its scale",
    keys: {
      ArrowLeft: pan(-40, 0),
      ArrowRight: pan(40, 0),
      ArrowUp: pan(0, 40),
      ArrowDown: pan(0, -40),
      "+": zoom(1.25),
      "=": zoom(1.25),
      "-": zoom(0.8),
    },
    begin(at, target) {
      const place = rowTaken(target);
      if (place === null) return panning(view, at, look);
      const row = shown.rows.find((each) => each.place === place);
      return (target.closest(".handle") ? turning : shifting)(page, shown.frame, row, view, at);
    },
  });
  onWheel(picture, (at, factor) => look(zoomed(view, at, factor)));
  stageButton(buttons, "+", "Nearer", zoom(1.25));
  stageButton(buttons, "−", "Farther", zoom(0.8));
  stageButton(buttons, "Fit", "Show where lines meet", () => {
    fitted = null;
    look(null);
  });
  const drawEven = evenButton(buttons, page);
  picture.classList.add("ground");
  let fitted = null;
  const below = layer("regions");
  const drawRows = rowLayer(layer("rows"));
  const drawRegions = regionLayer(below, layer("outlines"));
  const drawTexts = textLayer(layer("labels"));
  const drawHandles = handleLayer(layer("handles"));
  return {
    svg: () => picture,
    draw(model) {
      shown = inPlane(model);
      drawEven(model);
      if (fitted?.rows !== model.rows.length || fitted.even !== model.state.camera?.even)
        fitted = { rows: model.rows.length, even: model.state.camera?.even, window: fittingWindow(shown.rows, HALF) };
      view = model.state.camera?.plane ?? fitted.window;
      const box = boxOf(view, HALF);
      const pixel = ([x, y]) => [(x - view.x) * view.scale, (view.y - y) * view.scale];
      const pieces = polygons(model, shown.rows, box).map(({ key, corners }) => ({ key, corners: corners.map(pixel) }));
      drawRegions(
        model,
        pieces.map(({ key, corners }) => ({ key, d: closed(corners) })),
      );
      const drawn = shown.rows.map((row) => ({ row, ends: endsOf(row, view) })).filter(({ ends }) => ends);
      drawRows(
        model,
        drawn.map(({ row, ends }) => ({ place: row.place, d: open(ends) + tick(row, ends) })),
      );
      drawHandles(spread(drawn.map(({ row, ends }) => ({ ...row, places: insets(ends), small: drawn.length > MANY }))));
      drawTexts(model.rows.length > MOST_SIGNS ? [] : pieces.map(signsOf).filter((each) => each.area > 1200));
      name(
        `${shown.rows.length} lines cut the plane into ${model.regions.length} regions; ` +
          `${pieces.length} of them are in the picture.`,
      );
    },
  };
}

function panning(view, from, look) {
  return {
    move(at) {
      look({ ...view, x: view.x - (at[0] - from[0]) / view.scale, y: view.y + (at[1] - from[1]) / view.scale });
    },
  };
}

/** A line moves with the pointer, parallel to itself. */
function shifting(page, frame, row, view, from) {
  return {
    tap: () => {},
    move(at, first) {
      const [dx, dy] = [(at[0] - from[0]) / view.scale, (from[1] - at[1]) / view.scale];
      const offset = row.offset + dx * row.normal[0] + dy * row.normal[1];
      const { state } = page.store;
      const rows = state.rows.map((each, k) =>
        k === row.place ? { ...each, offset: offsetText(offset, row.length, 1 / view.scale) } : each,
      );
      page.store.update({ rows }, { record: first });
    },
  };
}

/** A line turns about the middle of what is seen of it; its handle follows the pointer. */
function turning(page, frame, row, view) {
  const ends = endsOf(row, view);
  const centre = [(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2];
  const point = [view.x + centre[0] / view.scale, view.y - centre[1] / view.scale];
  return {
    tap: () => {},
    move(at, first) {
      const [dx, dy] = [at[0] - centre[0], centre[1] - at[1]];
      if (Math.hypot(dx, dy) < 8) return;
      const through = { point, pixel: 1 / view.scale };
      page.store.update(moved(page.store.state, frame, row.place, [-dy, dx], through), { record: first });
    },
  };
}

/** The two pixels at which a line leaves the picture, the one with the handle last, or null. */
function endsOf({ normal, offset, length }, view) {
  if (!(length > 0)) return null;
  const [nx, ny] = [normal[0] / length, normal[1] / length];
  const distance = ((offset - normal[0] * view.x - normal[1] * view.y) / length) * view.scale;
  const foot = [nx * distance, -ny * distance];
  const [ux, uy] = [ny, nx];
  let [low, high] = [-Infinity, Infinity];
  for (const [p, u] of [
    [foot[0], ux],
    [foot[1], uy],
  ]) {
    if (u === 0) {
      if (Math.abs(p) > HALF) return null;
      continue;
    }
    const [a, b] = [(-HALF - p) / u, (HALF - p) / u];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  if (!(high - low > 8)) return null;
  return [low, high].map((t) => [foot[0] + t * ux, foot[1] + t * uy]);
}

/** Where a handle may be: a little inside the end of a line, and further in. */
function insets([p, q]) {
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
  return [18, 44, 70, 96].map((inside) => {
    const t = Math.max(0.5, 1 - inside / length);
    return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
  });
}

/** A short stroke towards the positive side, near the end without handle. */
function tick({ normal, length }, [p, q]) {
  const share = 14 / Math.hypot(q[0] - p[0], q[1] - p[1]);
  const at = [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])];
  return open([at, [at[0] + (11 * normal[0]) / length, at[1] - (11 * normal[1]) / length]]);
}

function signsOf({ key, corners }) {
  const { at, area } = centroid(corners);
  return { key, text: key, at, area };
}
