/** Files of a picture: SVG with its styles written out, PNG drawn from it, and CSV of a table. */

import { html } from "ui/dom";
import { closesOutside } from "ui/tools";

const STYLES = {
  fill: null,
  "fill-opacity": "1",
  stroke: "none",
  "stroke-opacity": "1",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linejoin": "miter",
  "stroke-linecap": "butt",
  opacity: "1",
}; // with the values that need no words
const TEXT_STYLES = ["font-family", "font-size", "font-weight", "text-anchor"];
const COLOURS = ["fill", "stroke"];
const PNG_SIZE = 1600; // pixels of the longer side

/**
 * The menu of a card: what its picture can be saved as.
 * @param {{id: string, title: string}} view
 * @param {{svg?: function(): SVGSVGElement, csv?: function(): string}} made what the view's create() returned
 */
export function exportMenu(view, made, page) {
  const name = () => `${page.content.name} ${view.title}`.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  const menu = html(
    "details",
    { class: "menu save" },
    html("summary", { text: "Save", "aria-label": `Save ${view.title}` }),
  );
  const body = html("div", { class: "menu-body" });
  const add = (text, make) =>
    body.append(
      html("button", {
        type: "button",
        text,
        async onclick() {
          menu.open = false;
          const blob = await make();
          save(blob, `${name()}.${text.toLowerCase()}`);
        },
      }),
    );
  if (made.svg) {
    add("SVG", async () => new Blob([svgText(made.svg())], { type: "image/svg+xml" }));
    add("PNG", () => pngOf(made.svg()));
  }
  if (made.csv) add("CSV", async () => new Blob([made.csv()], { type: "text/csv" }));
  menu.append(body);
  menu.hidden = !body.childElementCount;
  closesOutside(menu);
  return menu;
}

/** The text of a picture as a file of its own, with literal colours and a ground. */
export function svgText(picture) {
  const copy = picture.cloneNode(true);
  const colour = literalColours();
  const originals = [picture, ...picture.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, k) => {
    const style = getComputedStyle(originals[k]);
    for (const [property, usual] of Object.entries(STYLES)) {
      const value = style.getPropertyValue(property);
      element.removeAttribute(property);
      if (value === usual) continue;
      element.setAttribute(property, COLOURS.includes(property) && value !== "none" ? colour(value) : value);
    }
    if (element.tagName === "text") {
      for (const property of TEXT_STYLES) element.setAttribute(property, style.getPropertyValue(property));
    }
    for (const extra of ["class", "data-key", "data-row", "data-kind", "style"]) element.removeAttribute(extra);
  });
  for (const unseen of [...copy.querySelectorAll("[fill='none']:not([stroke]), [fill-opacity='0']")]) {
    if (!unseen.childElementCount) unseen.remove();
  }
  const [x, y, width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const back = colour(getComputedStyle(document.querySelector(".card")).backgroundColor);
  for (const [key, value] of Object.entries({ x, y, width, height, fill: back })) ground.setAttribute(key, value);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** A function from any CSS colour to #rrggbb, read off a canvas; what is transparent becomes none. */
function literalColours() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  return (text) => {
    if (!known.has(text)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      const hex = [r, g, b].map((x) => x.toString(16).padStart(2, "0")).join("");
      known.set(text, a === 0 ? "none" : a === 255 ? `#${hex}` : `#${hex}${a.toString(16).padStart(2, "0")}`);
    }
    return known.get(text);
  };
}

async function pngOf(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const scale = PNG_SIZE / Math.max(image.width, image.height);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
  });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = html("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
