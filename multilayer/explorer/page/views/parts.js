/** What several pictures share: regions, their outlines, and rows with handles, drawn by reusing elements. */

import { html, keyed, put, svg } from "ui/dom";
import { regionTint, rowColour, rowDash, rowInk } from "ui/colours";

const APART = 25; // pixels between two handles
const LETTER = 8; // pixels of a sign

const FAR = 1e6; // pixels: a picture has some hundreds

/** A tenth of a pixel is fine enough: short paths. */
export const f = (x) => Math.round(Math.min(FAR, Math.max(-FAR, x)) * 10) / 10;

/** The path of a closed polygon. */
export function closed(points) {
  return `M${points.map(([x, y]) => `${f(x)} ${f(y)}`).join("L")}Z`;
}

/** The path of an open line. */
export function open(points) {
  return `M${points.map(([x, y]) => `${f(x)} ${f(y)}`).join("L")}`;
}

/**
 * A layer of regions: fills below, outlines of the marked and the passed one above all else.
 * @returns {function(object, {key: string, d: string, id?: string}[])}
 */
export function regionLayer(below, above) {
  const drawRegions = keyed(below, () => svg("path"));
  const drawOutlines = keyed(above, () => svg("path"));
  return (model, pieces) => {
    drawRegions(
      pieces,
      (piece) => piece.id ?? piece.key,
      ({ key, d }) => ({ d, class: "region", "data-key": key, fill: regionTint(key) }),
    );
    const outlines = [];
    for (const [name, wanted] of [
      ["hover", model.hover],
      ["marked-halo", model.marked],
      ["marked", model.marked],
    ]) {
      if (wanted === null) continue;
      for (const piece of pieces) {
        if (piece.key === wanted) outlines.push({ id: `${name} ${piece.id ?? piece.key}`, name, d: piece.d });
      }
    }
    drawOutlines(
      outlines,
      (outline) => outline.id,
      ({ name, d }) => ({ d, class: `outline ${name}` }),
    );
  };
}

/**
 * A layer of lines, one or more for each row, with a wide strip that can be taken hold of.
 * @returns {function(object, {place: number, d: string, id?: string, back?: boolean}[])}
 */
export function rowLayer(layer, { grips = true } = {}) {
  const drawLines = keyed(layer, () => svg("path"));
  const drawGrips = grips ? keyed(layer, () => svg("path")) : () => {};
  return (model, lines) => {
    const name = (line) => line.id ?? String(line.place);
    drawLines(lines, name, ({ place, d, back }) => ({
      d,
      class: `row${back ? " back" : ""}${place === model.row ? " lit" : ""}`,
      stroke: rowColour(place),
      "stroke-dasharray": rowDash(place) || null,
    }));
    drawGrips(
      lines.filter((line) => !line.back),
      name,
      ({ place, d }) => ({ d, class: "row-grip grip", "data-row": place }),
    );
  };
}

/**
 * A layer of round handles with the rows' names.
 * @returns {function({place: number, name: string, at: number[], kind?: string, small?: boolean}[])}
 */
export function handleLayer(layer) {
  const draw = keyed(
    layer,
    () =>
      svg(
        "g",
        {},
        svg("circle", { class: "hit", r: 15 }),
        svg("circle", { class: "dot" }),
        svg("text", { dy: "0.36em" }),
      ),
    { ordered: true },
  );
  return (handles) => {
    draw(
      handles,
      (handle) => `${handle.kind ?? ""}${handle.place}`,
      ({ place, at, kind, back }) => ({
        transform: `translate(${f(at[0])} ${f(at[1])})`,
        class: `handle grip${back ? " back" : ""}`,
        "data-row": place,
        "data-kind": kind ?? null,
      }),
    );
    [...layer.children].forEach((element, k) => {
      const { place, name, small } = handles[k];
      const text = shortName(name);
      put(element.children[1], { r: small ? 5 : text.length > 2 ? 13 : 11, fill: rowColour(place) });
      put(element.children[2], { text: small ? "" : text, fill: rowInk(place) });
    });
  };
}

/**
 * Give each handle the first of its places that no handle before it has taken.
 * @param {{places: number[][], small?: boolean}[]} handles
 */
export function spread(handles) {
  const taken = [];
  return handles.map((handle) => {
    const free = ([x, y]) => taken.every(([u, v]) => Math.hypot(x - u, y - v) > APART);
    const at = handle.small ? handle.places[0] : (handle.places.find(free) ?? handle.places[0]);
    taken.push(at);
    return { ...handle, at };
  });
}

/** At most three letters of a name. */
export function shortName(name) {
  return name.length > 3 ? `${name.slice(0, 2)}…` : name;
}

/** The place of the row that was taken hold of, or null. */
export function rowTaken(target) {
  const taken = target.closest("[data-row]");
  return taken ? Number(taken.dataset.row) : null;
}

/**
 * Layers of a graph of regions: edges as one path a row, and nodes, larger where there are few.
 * @returns {function(object, {nodes: {key: string, at: number[], back?: boolean}[], edges: {place: number, points:
 *   number[][]}[]})}
 */
export function graphLayer(below, above) {
  const drawEdges = keyed(below, () => svg("path"));
  const drawNodes = keyed(above, () => svg("circle"));
  return (model, { nodes, edges }) => {
    const paths = new Map();
    for (const { place, points } of edges) paths.set(place, (paths.get(place) ?? "") + open(points));
    drawEdges(
      paths,
      ([place]) => String(place),
      ([place, d]) => ({
        d,
        class: place === model.row ? "row lit" : "row",
        stroke: rowColour(place),
      }),
    );
    const size = nodes.length > 600 ? 2.5 : nodes.length > 150 ? 4 : nodes.length > 60 ? 5.5 : 7;
    drawNodes(
      nodes,
      (node) => node.key,
      ({ key, at, back }) => ({
        cx: f(at[0]),
        cy: f(at[1]),
        r: key === model.marked ? size + 5 : key === model.hover ? size + 3 : back ? size * 0.6 : size,
        class: `node${key === model.marked ? " marked" : ""}${key === model.hover ? " hover" : ""}${back ? " back" : ""}`,
        "data-key": key,
        fill: regionTint(key),
      }),
    );
  };
}

/**
 * A layer of short texts, such as the signs of a region.
 * @returns {function({key: string, text: string, at: number[]}[])}
 */
export function textLayer(layer) {
  const draw = keyed(layer, () => svg("text", { class: "signs", dy: "0.36em" }));
  return (texts) => {
    draw(
      texts,
      (each) => each.key,
      ({ text, at }) => ({ text, x: f(at[0]), y: f(at[1]) }),
    );
  };
}

/** Whether a short text about a point stays inside an outline: its box has no corner outside, no corner of it inside. */
export function hasRoom(text, [x, y], outline) {
  const [across, up] = [(LETTER * text.length) / 2, LETTER / 2];
  const corners = [-1, 1].flatMap((i) => [-1, 0, 1].map((j) => [x + j * across, y + i * up]));
  const inside = ([u, v]) => Math.abs(u - x) < across && Math.abs(v - y) < up;
  return corners.every((corner) => isInside(corner, outline)) && !outline.some(inside);
}

/** Whether a point lies inside a polygon: a ray from it crosses the border an odd number of times. */
function isInside([x, y], outline) {
  return outline.reduce((odd, [u, v], k) => {
    const [p, q] = outline[(k + 1) % outline.length];
    return v > y !== q > y && x < u + ((y - v) / (q - v)) * (p - u) ? !odd : odd;
  }, false);
}

/** A button below a picture. */
export function stageButton(root, text, label, act) {
  const button = html("button", { type: "button", "aria-label": label, title: label, text, onclick: act });
  root.append(button);
  return button;
}
