/** The line of the marked region in the data plane, with handles: where it is moved, the region under it is marked. */

import { formOf } from "model/plane/data_plane";
import { digitsFor } from "model/decimals";
import { heldBy, heldWeights, regionAt } from "model/plane/held_line";
import { direction } from "model/geometry/vectors";
import { keyed, put, svg } from "ui/dom";
import { lineEnds } from "views/plane/plane_lines";
import { f, open } from "views/parts";
import { HALF } from "views/plane/plane_stage";

const ARROWS = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };

/**
 * Make the line on a plane stage.
 * @param {object} at what planeStage returned
 * @returns {{draw: function, begin: function}} draw(plane, region) returns the form of the line that is shown, or null;
 *   begin(target) is the gesture of a handle, or null
 */
export function heldLine(at, page) {
  const line = svg("path", { class: "cut" });
  const handles = svg("g", {});
  at.layer("cuts").append(line, handles);
  const drawHandles = keyed(handles, () =>
    svg("g", {}, svg("circle", { class: "hit", r: 14 }), svg("circle", { class: "line-end", r: 6 })),
  );
  let [plane, held] = [null, null];
  handles.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    const place = event.target.dataset.end;
    if (!arrow || place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = pixelOf(held.points[Number(place)]);
    move(Number(place), [x + arrow[0], y + arrow[1]]);
  });

  function move(place, pixel) {
    const inside = pixel.map((x) => Math.max(10 - HALF, Math.min(HALF - 10, x)));
    const moved = { ...held, points: held.points.with(place, at.point(inside)) };
    const weights = heldWeights(moved, plane.kind, digitsFor(400 / at.unit()));
    const region = weights.some((x) => x) ? regionAt(page.model(), weights) : null;
    if (!region) return; // it passes through a point
    held = { ...moved, weights, key: region.key };
    page.store.update({ marked: region.key });
    page.store.pass({ hover: null, held: weights.join() });
  }

  function outside(point) {
    return pixelOf(point).some((x) => Math.abs(x) > HALF);
  }

  /** Where a handle stands; that of a threshold stays at one height. */
  function pixelOf(point) {
    const [x, y] = at.pixel(point);
    return [x, plane.kind === "line" ? HALF - 50 : y];
  }

  return {
    draw(nextPlane, region) {
      plane = nextPlane;
      if (held && held.key !== region?.key) held = null;
      const form = region && formOf(direction(held?.weights ?? region.witness), plane);
      const ends = form && lineEnds(at, form);
      put(line, { d: ends ? open(ends.map(at.pixel)) : "" });
      if (ends && (!held || held.points.some(outside))) {
        held = { ...heldBy(form, ends, plane.kind), weights: held?.weights ?? region.witness, key: region.key };
      }
      drawHandles(
        ends ? held.points.map((point, place) => ({ place, at: pixelOf(point) })) : [],
        ({ place }) => String(place),
        ({ place, at: [x, y] }) => ({
          transform: `translate(${f(x)} ${f(y)})`,
          class: "line-handle grip",
          "data-end": place,
          tabindex: 0,
          role: "button",
          "aria-label": `Handle ${place + 1} of the line; arrow keys move it`,
        }),
      );
      return form;
    },
    begin(target) {
      const place = target.closest("[data-end]")?.dataset.end;
      if (place === undefined) return null;
      return { tap: () => {}, move: (pixel) => move(Number(place), pixel) };
    },
  };
}
