/**
 * The place of a picture: an SVG with a name that is read aloud, which can have the focus and takes keys, and buttons.
 *
 * Regions in it are elements with `data-key`. The pointer over one passes over the region in every picture; a tap marks
 * it, and a tap on the marked one takes the mark away.
 */

import { html, put, svg } from "ui/dom";
import { onGesture } from "ui/gestures";

/**
 * Make a stage in the element `root`.
 * @param {{box: number[], keys?: Object<string, function>, hint?: string, begin?: function}} options the viewBox, what
 *   keys do, how to say so, and `begin(at, target)` of a gesture (see ui/gestures), or null where only taps count
 * @returns {{picture: SVGSVGElement, buttons: HTMLElement, layer: function(string): SVGGElement, name:
 *   function(string)}}
 */
export function stage(root, page, { box, keys = {}, hint = "", begin = () => null }) {
  const picture = svg("svg", { viewBox: box.join(" "), role: "img", xmlns: "http://www.w3.org/2000/svg" });
  const buttons = html("div", { class: "stage-buttons" });
  const element = html("div", { class: "stage", tabindex: 0, role: "group", "aria-label": hint || "Picture" }, picture);
  element.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(event);
  });
  root.append(element, buttons);
  onGesture(picture, (at, target) => {
    const key = target.closest("[data-key]")?.dataset.key;
    const tap = key === undefined ? () => {} : () => toggleMark(page, key);
    return { tap, ...begin(at, target) };
  });
  pointing(picture, page);
  return {
    picture,
    buttons,
    layer: (name) => picture.appendChild(svg("g", { class: name })),
    name: (text) => put(picture, { "aria-label": text }),
  };
}

/** Pass over regions and rows with the pointer: elements inside `root` with `data-key` and `data-row`. */
export function pointing(root, page) {
  root.addEventListener("pointerover", (event) => {
    if (event.buttons !== 0) return;
    const hover = event.target.closest("[data-key]")?.dataset.key ?? null;
    const row = event.target.closest("[data-row]")?.dataset.row ?? null;
    page.store.pass({ hover, row: row === null ? null : Number(row) });
  });
  root.addEventListener("pointerleave", () => page.store.pass({ hover: null, row: null }));
}

/** Mark a region, or take its mark away. */
export function toggleMark(page, key) {
  page.store.update({ marked: page.store.state.marked === key ? null : key });
}

/** The class of a region's element: marked, passed over, or neither. */
export function markClass(model, key) {
  return `region${key === model.marked ? " marked" : ""}${key === model.hover ? " hover" : ""}`;
}
