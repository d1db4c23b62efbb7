/** Data points in a picture: filled where the mask is 1, hollow where it is 0, the target as shape or as number. */

import { keyed, put, svg } from "ui/dom";
import { f } from "views/parts";

const SIZE = 7;
const MANY = 24; // points from which on they are drawn smaller
const SHAPES = [
  (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  (r) => `M${f(-0.9 * r)} ${f(-0.9 * r)}H${f(0.9 * r)}V${f(0.9 * r)}H${f(-0.9 * r)}Z`,
  (r) => `M0 ${f(-1.2 * r)}L${f(1.1 * r)} ${f(0.8 * r)}H${f(-1.1 * r)}Z`,
  (r) => `M0 ${f(-1.3 * r)}L${f(1.3 * r)} 0L0 ${f(1.3 * r)}L${f(-1.3 * r)} 0Z`,
  (r) =>
    `M${-r} ${f(-0.35 * r)}H${f(-0.35 * r)}V${-r}H${f(0.35 * r)}V${f(-0.35 * r)}H${r}V${f(0.35 * r)}H${f(0.35 * r)}V${r}H${f(-0.35 * r)}V${f(0.35 * r)}H${-r}Z`,
];
const SHAPE_NAMES = ["●", "■", "▲", "◆", "✚"];

/**
 * A layer of data points.
 * @param {{grips?: boolean}} options grips: they can be dragged, and take the focus
 * @returns {function(object[], string[])} draws {place, name, on, at (pixels), target, bit (0, 1 or null)}; the second
 *   argument are the classes that are shapes
 */
export function pointLayer(layer, { grips = false } = {}) {
  const draw = keyed(layer, () =>
    svg(
      "g",
      {},
      svg("circle", { class: "hit", r: 15 }),
      svg("path", { class: "glyph" }),
      svg("text", { class: "point-name", dy: "0.36em" }),
      svg("text", { class: "point-target" }),
    ),
  );
  return (points, classes) => {
    const drawn = spread(points);
    draw(
      drawn,
      (point) => String(point.place),
      ({ place, at, on, bit, name, target }) => ({
        transform: `translate(${f(at[0])} ${f(at[1])})${drawn.length > MANY ? " scale(0.72)" : ""}`,
        class: `data-point${bit === 1 ? " full" : ""}${on ? "" : " off"}${grips ? " grip" : ""}`,
        "data-point": place,
        ...(grips && {
          tabindex: 0,
          role: "button",
          "aria-label": `Row ${name}${target === null ? "" : `, target ${target}`}${on ? maskWords(bit) : ", switched off"}`,
        }),
      }),
    );
    [...layer.children].forEach((element) => {
      const point = drawn.find(({ place }) => String(place) === element.getAttribute("data-point"));
      const shape = Math.max(0, classes.indexOf(point.target));
      put(element.children[1], { d: SHAPES[shape](SIZE) });
      put(element.children[2], { text: point.label, x: SIZE + 5, y: -10 });
      const shown = point.target !== null && !classes.includes(point.target) ? shortNumber(point.target) : "";
      put(element.children[3], { text: shown, x: SIZE + 5, y: 14 });
    });
  };
}

function maskWords(bit) {
  return bit === null ? "" : `, mask ${bit}`;
}

/** Points that fall on one another are drawn as one, named after all of its rows. */
function spread(points) {
  const places = new Map();
  for (const point of points) {
    const key = `${f(point.at[0])} ${f(point.at[1])} ${point.target} ${point.on}`;
    if (places.has(key)) places.get(key).label += `, ${point.name}`;
    else places.set(key, { ...point, label: point.name });
  }
  return [...places.values()];
}

/** A number in at most seven letters, for a label; labels that are no numbers are cut. */
export function shortNumber(text) {
  const value = text.includes("/") ? text.split("/").reduce((a, b) => Number(a) / Number(b)) : Number(text);
  if (Number.isFinite(value) && text.trim() !== "") return String(Number(value.toPrecision(4)));
  return text.length > 10 ? `${text.slice(0, 9)}…` : text;
}

/** The sentence that says which shape is which class; nothing where targets are numbers beside the points. */
export function classWords(classes, name) {
  if (!classes.length) return "";
  return `${name}: ${classes.map((each, k) => `${SHAPE_NAMES[k]} ${each}`).join(", ")}`;
}
