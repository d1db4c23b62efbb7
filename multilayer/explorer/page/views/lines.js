/** Lines through the origin: central rows of rank at most 2, each region a sector. */

import { inPlane, moved } from "model/geometry/pictured";
import { sectors } from "model/geometry/pieces";
import { evenButton } from "ui/even_button";
import { stage } from "ui/stage";
import { f, handleLayer, open, regionLayer, rowLayer, rowTaken, spread, textLayer } from "views/parts";

const RADIUS = 168;
const RIMS = [184, 158, 132]; // where a handle may be, the first that is free
const MANY = 20; // rows, from which on there are no ticks and names
const MOST_SIGNS = 6;
const LETTER = 8; // pixels of a sign

export const lines = {
  id: "lines",
  title: "Lines",
  about: "Each row is the line of weights on which it is zero; a tick shows its positive side. Drag a line to turn it.",
  fits: (model) => !model.state.affine && inPlane(model) !== null,
  create,
};

function create(root, page) {
  let shown = null;
  const step = (way) => () => page.store.update({ marked: nextRound(page.model(), way) });
  const { picture, layer, name, buttons } = stage(root, page, {
    box: [-205, -205, 410, 410],
    hint: "Lines: the arrow keys go round from region to region",
    keys: { ArrowLeft: step(1), ArrowRight: step(-1), ArrowUp: step(1), ArrowDown: step(-1) },
    begin: (_, target) => {
      const place = rowTaken(target);
      return place === null ? null : turning(page, shown, place, target.closest(".handle") !== null);
    },
  });
  const drawEven = evenButton(buttons, page);
  const drawRegions = regionLayer(layer("regions"), layer("outlines"));
  const drawRows = rowLayer(layer("rows"));
  const [outlines, texts] = [picture.querySelector(".outlines"), layer("labels")];
  picture.append(outlines, texts);
  const drawHandles = handleLayer(layer("handles"));
  const drawTexts = textLayer(texts);
  return {
    svg: () => picture,
    draw(model) {
      shown = inPlane(model);
      drawEven(model);
      const pieces = sectors(model, shown.rows);
      drawRegions(
        model,
        pieces.map((piece) => ({ key: piece.key, d: sectorPath(piece) })),
      );
      const seen = shown.rows.filter((row) => row.length > 0);
      const many = seen.length > MANY;
      drawRows(
        model,
        seen.map((row) => ({ place: row.place, d: linePath(row, !many) })),
      );
      drawHandles(spread(seen.map((row) => ({ ...row, small: many, places: RIMS.map((rim) => handleAt(row, rim)) }))));
      drawTexts(model.rows.length > MOST_SIGNS ? [] : pieces.map(signsOf).filter(({ fits }) => fits));
      name(`${seen.length} lines through the origin cut the plane into ${pieces.length} sectors.`);
    },
  };
}

/** A line follows the pointer, by the half on which it was taken. */
function turning(page, { frame, rows }, place, byHandle) {
  const row = rows.find((each) => each.place === place);
  let side = byHandle ? 1 : 0;
  return {
    move(at, first) {
      const p = [at[0], -at[1]];
      side ||= p[0] * row.normal[1] - p[1] * row.normal[0] >= 0 ? 1 : -1;
      const normal = [-p[1] * side, p[0] * side];
      if (Math.hypot(...p) > 8) page.store.update(moved(page.store.state, frame, place, normal), { record: first });
    },
    tap: () => {},
  };
}

/** The direction of a line: its normal turned to the right. */
function along({ normal, length }) {
  return [normal[1] / length, -normal[0] / length];
}

function linePath(row, ticks) {
  const [x, y] = along(row);
  const [nx, ny] = row.normal.map((u) => u / row.length);
  const tick = (s) =>
    open([
      [s * x, -s * y],
      [s * x + 13 * nx, -s * y - 13 * ny],
    ]);
  const line = open([
    [-RADIUS * x, RADIUS * y],
    [RADIUS * x, -RADIUS * y],
  ]);
  return ticks ? line + tick(RADIUS - 24) + tick(-RADIUS + 6) : line;
}

function handleAt(row, rim) {
  const [x, y] = along(row);
  return [rim * x, -rim * y];
}

function sectorPath({ from, to }) {
  if (to - from > 2 * Math.PI - 1e-6)
    return `M${-RADIUS} 0A${RADIUS} ${RADIUS} 0 1 1 ${RADIUS} 0A${RADIUS} ${RADIUS} 0 1 1 ${-RADIUS} 0Z`;
  const at = (angle) => `${f(RADIUS * Math.cos(angle))} ${f(-RADIUS * Math.sin(angle))}`;
  return `M0 0L${at(from)}A${RADIUS} ${RADIUS} 0 ${to - from > Math.PI ? 1 : 0} 0 ${at(to)}Z`;
}

/** The signs of a sector, as near to the middle as there is room for them; `fits` says whether there is. */
function signsOf({ key, from, to }) {
  const angle = (from + to) / 2;
  const room = 15 * Math.abs(Math.cos(angle)) + LETTER * key.length * Math.abs(Math.sin(angle));
  const distance = Math.max(RADIUS * 0.55, room / Math.min(to - from, 2));
  return {
    key,
    text: key,
    at: [distance * Math.cos(angle), -distance * Math.sin(angle)],
    fits: distance < RADIUS * 0.82,
  };
}

/** The region beside the marked one, going round. */
function nextRound(model, way) {
  const round = sectors(model, inPlane(model).rows).sort((a, b) => middle(a) - middle(b));
  const place = round.findIndex(({ key }) => key === model.marked);
  return round.at((place + way + round.length) % round.length).key;
}

function middle({ from, to }) {
  return ((((from + to) / 2) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
}
