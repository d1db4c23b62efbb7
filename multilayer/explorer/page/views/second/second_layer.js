/** The second layer: which neurons are chosen, and the cells of their product cone. */

import { maskText } from "model/rows";
import { MOST_CELLS, MOST_NEURONS, secondLayer, withNeuron } from "model/second/second_layer";
import { html, put, show } from "ui/dom";
import { refill } from "ui/refill";
import { neuronLine } from "views/second/chosen_neurons";

const MANY = 200; // regions that are listed anew in every frame
const QUIET = 250; // milliseconds
const MOST_LINES = 300; // cells in the table; the file has all

export const secondLayerView = {
  id: "second-layer",
  title: "Second layer",
  about:
    "Two or three first-layer neurons, each a region with the sign of its output weight, feed one neuron of " +
    "the second layer, u = ± (x·w₁)₊ ± (x·w₂)₊. Each cell is a sign vector that u can have on the rows.",
  fits: (model) => secondLayer(model) !== null && model.regions.length > 1,
  create,
};

function create(root, page) {
  const chips = html("ul", { class: "neurons", "aria-label": "Chosen neurons" });
  const list = html("select", { "aria-label": "Region to choose as a neuron" });
  const add = html("button", { type: "button", text: "Choose region", onclick: () => choose(page, list.value) });
  const addMarked = html("button", { type: "button", onclick: () => choose(page, page.model().marked) });
  const words = html("p", { class: "words" });
  const body = html("tbody");
  const table = html(
    "table",
    { class: "cells" },
    html(
      "thead",
      {},
      html("tr", {}, ...["pick", "cell", "signs of u", "mask"].map((text) => html("th", { scope: "col", text }))),
    ),
    body,
  );
  const scroll = html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Cells" }, table);
  root.append(chips, html("div", { class: "row-of-buttons" }, list, add, addMarked), words, scroll);
  let [listed, waiting] = [null, 0];

  /** List the regions; many of them only when the rows have come to rest. */
  function fill(model) {
    const before = list.value;
    show(list, ...model.regions.map(optionOf));
    if (model.byKey.has(before)) list.value = before;
  }

  return {
    csv: () => cellsCsv(secondLayer(page.model())),
    draw(model) {
      const found = secondLayer(model);
      if (listed !== model.regions) {
        clearTimeout(waiting);
        if (model.regions.length <= MANY) fill(model);
        else waiting = setTimeout(() => fill(page.model()), QUIET);
        listed = model.regions;
      }
      const full = found.neurons.length >= MOST_NEURONS;
      put(add, { disabled: full });
      const marked = model.byKey.get(model.marked);
      put(addMarked, {
        disabled: full || !marked,
        text: marked ? `Choose marked region ${marked.number + 1}` : "Choose the marked region",
      });
      refill(
        chips,
        found.neurons.map((neuron) => neuronLine(neuron, page)),
      );
      put(words, { text: wordsOf(model, found) });
      scroll.hidden = !found.whole;
      refill(
        body,
        found.cells.slice(0, MOST_LINES).map((cell, number) => rowOf(cell, number, found.picked, page)),
      );
    },
  };
}

function choose(page, key) {
  const parts = withNeuron(page.store.state, key);
  if (parts.neurons) page.store.update(parts);
  else page.say("That neuron is chosen already, with both signs.");
}

function optionOf({ key, number, signs }) {
  return html("option", { value: key, text: `${number + 1}: mask ${maskText(signs)}` });
}

/** What is known before any cell is listed: the rows whose sign is forced, and those that can be cut. */
function wordsOf(model, { neurons, whole, most, cells, mixed, forced, zero }) {
  if (neurons.some(({ region }) => !region)) {
    return "A chosen region is no longer there: the rows have moved. Take it away, or undo.";
  }
  if (most > MOST_CELLS) {
    const limit = `and the page lists ${MOST_CELLS} at most`;
    return `These neurons can have ${most} cells, ${limit}: choose neurons that share fewer rows.`;
  }
  if (!whole) return "Choose two or three regions: mark one in any picture, or take it from the list.";
  const names = (places) => places.map((k) => model.on[k].name).join(", ");
  const shown = cells.length > MOST_LINES ? ` (the first ${MOST_LINES} are shown)` : "";
  const parts = [`${cells.length} ${cells.length === 1 ? "cell" : "cells"}${shown}.`];
  if (mixed.length) parts.push(`Neurons of both signs are active at row ${names(mixed)}: these can cut the cone.`);
  if (forced.length) parts.push(`The sign is forced at row ${names(forced)}.`);
  if (zero.length) {
    parts.push(`No neuron is active at row ${names(zero)}: u = 0 there whatever the weights, and the mask bit is 1.`);
  }
  return parts.join(" ");
}

function rowOf({ key, signs, mask }, number, picked, page) {
  const id = `cell-${number}`;
  const radio = html("input", {
    type: "radio",
    name: "cell",
    id,
    "data-focus": key,
    checked: key === picked?.key,
    onchange: () => page.store.update({ cell: key }),
  });
  return html(
    "tr",
    { class: key === picked?.key ? "picked" : "", "data-cell": key },
    html("td", {}, radio),
    html("td", {}, html("label", { for: id, text: String(number + 1) })),
    html("td", { class: "signs-text", text: key }),
    html("td", { class: "signs-text", text: mask.join("") }),
  );
}

/** The cells as CSV: signs, mask, and the weights of every neuron, exact. */
function cellsCsv({ cells, neurons }) {
  const head = ["cell", "signs", "mask", ...neurons.map((_, j) => `weights ${j + 1}`)];
  const lines = cells.map(({ key, mask, witness }, k) => [
    k + 1,
    `"${key.replaceAll("−", "-")}"`,
    `"${mask.join("")}"`,
    ...witness.map((w) => `"${w.join(" ")}"`),
  ]);
  return [head, ...lines].map((line) => `${line.join(",")}\n`).join("");
}
