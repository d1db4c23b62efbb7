/**
 * The projective disc: the half of the sphere in front, flattened so that areas stay true (Lambert's projection).
 *
 * Opposite points of the rim are one point; a region that crosses the rim goes on there as the opposite region.
 */

import { centreOf, globeOf, halfCircle } from "model/geometry/globe";
import { inSpace } from "model/geometry/pictured";
import { roundPath } from "model/geometry/pieces";
import { svg } from "ui/dom";
import { stage } from "ui/stage";
import { closed, handleLayer, hasRoom, open, regionLayer, rowLayer, spread, textLayer } from "views/parts";
import { turningButtons, turningDrag, turningKeys } from "views/turning";

const RADIUS = 168;
const RIMS = [185, 160, 135];
const MANY = 16;
const MOST_SIGNS = 6;

export const disc = {
  id: "disc",
  title: "Projective disc",
  about: "The half of the sphere in front, with true areas. Opposite points of the rim are the same line through 0.",
  fits: (model) => inSpace(model) !== null,
  create,
};

/** A unit vector in front as a pixel: equal areas go to equal areas. */
export function flat([x, y, z]) {
  const factor = RADIUS / Math.sqrt(1 + Math.max(0, z));
  return [factor * x, -factor * y];
}

function create(root, page) {
  const { picture, layer, name, buttons } = stage(root, page, {
    box: [-202, -202, 404, 404],
    hint: "Projective disc: the arrow keys turn it",
    keys: turningKeys(page),
    begin: (at) => turningDrag(page, at, RADIUS),
  });
  turningButtons(buttons, page);
  const below = layer("regions grip");
  const drawRows = rowLayer(layer("rows"), { grips: false });
  const drawRegions = regionLayer(below, layer("outlines"));
  picture.append(svg("circle", { r: RADIUS, class: "rim" }));
  const drawTexts = textLayer(layer("labels"));
  const drawEnds = handleLayer(layer("ends"));
  return {
    svg: () => picture,
    draw(model) {
      const { pieces, rows } = globeOf(model);
      const outlines = pieces.map(({ key, corners }) => ({ key, corners, outline: roundPath(corners).map(flat) }));
      drawRegions(
        model,
        outlines.map(({ key, outline }) => ({ key, d: closed(outline) })),
      );
      drawRows(
        model,
        rows.map(({ place, axis }) => ({ place, d: open(halfCircle(axis).map(flat)) })),
      );
      drawTexts(model.rows.length > MOST_SIGNS ? [] : outlines.map(signsOf).filter(({ fits }) => fits));
      drawEnds(rows.length > MANY ? [] : spread(rows.flatMap(endsOf)));
      name(`The half of the sphere in front, on a disc: ${rows.length} curves and parts of ${pieces.length} regions.`);
    },
  };
}

/** The two ends of a circle on the rim, with its name. */
function endsOf({ place, name, axis }) {
  const length = Math.hypot(axis[0], axis[1]);
  if (length < 1e-6) return [];
  const [x, y] = [-axis[1] / length, axis[0] / length];
  return [1, -1].map((side) => ({
    place,
    name,
    kind: `end ${side} `,
    places: RIMS.map((rim) => [rim * side * x, -rim * side * y]),
  }));
}

/** The signs of a region in its middle; `fits` says whether there is room for them. */
function signsOf({ key, corners, outline }) {
  const at = flat(centreOf(corners));
  return { key, text: key, at, fits: hasRoom(key, at, outline) };
}
