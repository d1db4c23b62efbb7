/** How many tuples, pairs and masks the second layer has on these rows, beside the bounds. */

import { isNetwork } from "model/network/network";
import { counted, countedBefore, MOST_TUPLES, secondBounds } from "model/second/second_counts";
import { html, put } from "ui/dom";

const NAMES = [
  ["tuples", "tuples of neurons"],
  ["pairs", "pairs (tuple, cell)"],
  ["masks", "distinct masks, P₂"],
  ["product", "bound (14), product"],
  ["closed", "bound (14), closed form"],
  ["joint", "joint bound"],
  ["all", "2ⁿ, all masks"],
];

export const secondCounts = {
  id: "second-counts",
  title: "Second layer, counted",
  about:
    "All choices of so many neurons with signs, their cells, and the masks that occur. The bounds hold for " +
    "pairs and masks; masks are also at most 2ⁿ.",
  fits: (model) => !model.state.affine && !isNetwork(model.state) && model.regions.length > 1,
  create,
};

function create(root, page) {
  const width = html(
    "select",
    { onchange: () => draw(page.model()) },
    ...[1, 2, 3].map((m) => html("option", { value: m, text: String(m), selected: m === 2 })),
  );
  const button = html("button", { type: "button", text: "Count", onclick: count });
  const values = Object.fromEntries(NAMES.map(([id]) => [id, html("output", { id: `second-${id}` })]));
  const list = html(
    "dl",
    { class: "facts" },
    ...NAMES.flatMap(([id, text]) => [html("dt", { text }), html("dd", {}, values[id])]),
  );
  const words = html("p", { class: "words", "aria-live": "polite" });
  root.append(html("div", { class: "row-of-buttons" }, html("label", {}, "Width ", width), button), list, words);

  function count() {
    put(words, { text: "Counting …" });
    button.disabled = true;
    setTimeout(() => {
      counted(page.model(), Number(width.value));
      draw(page.model());
    }, 30);
  }

  function draw(model) {
    const m = Number(width.value);
    const found = countedBefore(model, m);
    const bounds = secondBounds(model, m);
    button.disabled = found !== null;
    const number = (value) => (value === null || value === undefined ? "–" : grouped(value));
    for (const id of ["tuples", "pairs", "masks"]) put(values[id], { text: number(found?.[id]) });
    for (const id of ["product", "joint", "all"]) put(values[id], { text: grouped(bounds[id]) });
    put(values.closed, { text: bounds.closed === null ? "needs m r ≤ n" : rounded(bounds.closed) });
    put(words, { text: wordsOf(found) });
  }

  return { draw };
}

function wordsOf(found) {
  if (!found) return "Press Count to list them all, exactly.";
  if (found.pairs !== null) return "Counted by listing every cell of every tuple.";
  const limit = grouped(MOST_TUPLES);
  return `That is more than ${limit} tuples, the limit of this page; "multilayer count --layer 2" goes on from there.`;
}

/** An integer with thin spaces between its thousands; a very long one by its size. */
function grouped(value) {
  const text = String(value);
  if (text.length > 15) return `≈ ${text[0]}.${text.slice(1, 3)} · 10^${text.length - 1}`;
  return text.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A float that bounds from above, rounded up. */
function rounded(x) {
  return x < 1e9 ? grouped(Math.ceil(x)) : `≤ ${upwards(x)}`;
}

function upwards(x) {
  const power = Math.floor(Math.log10(x));
  return `${(Math.ceil((x / 10 ** power) * 100) / 100).toFixed(2)} · 10^${power}`;
}
