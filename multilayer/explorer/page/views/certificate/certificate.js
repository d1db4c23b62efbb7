/** A certified optimum in words: the problem, both bounds, and what was checked. */

import { html } from "ui/dom";

export const certificate = {
  id: "certificate",
  title: "Certified optimum",
  about: "What was solved, between which bounds the optimum lies, and why that is proven.",
  fits: (model, content) => content.kind === "certificate",
  madeOf: ({ certificate }) => certificate,
  create,
};

function create(root, page) {
  const { content } = page;
  const proof = content.certificate;
  root.append(
    html("p", { text: problemWords(content) }),
    html(
      "dl",
      { class: "facts bounds" },
      ...boundOf("lower-bound", "No such network costs less than", proof.lower_decimal, proof.lower),
      ...boundOf("upper-bound", "The network shown costs at most", proof.upper_decimal, proof.upper),
      html("dt", { text: "The gap is at most" }),
      html("dd", { text: proof.gap_decimal }),
    ),
    html("p", {
      class: "about",
      text: "Decimals are rounded outwards: the lower bound down, the upper bound and the gap up.",
    }),
    html("h3", { text: "Why this is proven" }),
    html("ol", { class: "reasons" }, ...reasons(content).map((text) => html("li", { text }))),
    html("p", {
      class: "about",
      text:
        "The checker is one file of Python's standard library and trusts no solver; it accepted the " +
        "certificate when this page was written. The proof is about the rows as they were: rows that are moved " +
        "here do not take it with them.",
    }),
    html(
      "details",
      { class: "about" },
      html("summary", { text: "Where it comes from" }),
      html("p", { class: "exact", text: `Written by ${proof.software}. SHA-256 of the input: ${proof.sha256}` }),
    ),
  );
  return { draw() {} };
}

function boundOf(id, words, decimal, exact) {
  return [
    html("dt", { text: words }),
    html(
      "dd",
      {},
      html("output", { id, "data-exact": exact, text: decimal }),
      html("details", {}, html("summary", { text: "exact" }), html("span", { class: "exact", text: exact })),
    ),
  ];
}

/** What is minimised, over what. */
function problemWords({ certificate: { loss, threshold, beta, weights, width }, rows, targets, columns }) {
  const named = loss === "huber" ? `Huber loss (threshold ${threshold})` : `${loss} loss`;
  const outputs = targets.length > 1 ? `, ${targets.length} outputs` : "";
  const neurons = width === null ? "any number of neurons" : width === 1 ? "one neuron" : `at most ${width} neurons`;
  return (
    `${rows.length} rows, ${columns.length} columns${outputs}. ` +
    `Three-layer networks with any number of sub-networks, each with ${neurons} in its first layer, ` +
    `are compared by the ${named}${weights ? " with weights of the rows" : ""} plus β = ${beta} times the weight penalty.`
  );
}

/** The proof in sentences, with the numbers of this certificate. */
function reasons({ certificate: proof, targets }) {
  const [entries, neurons] = [proof.cover, proof.signed_masks].map((list) => list.reduce((a, b) => a + b, 0));
  const each = targets.length > 1 ? "for each output, " : "";
  return [
    "Upper bound: the network's cost on these rows was computed in fractions.",
    `Regions: the first layer has exactly ${proof.regions} regions on these rows; each has a witness, and there are ` +
      "no others.",
    `Prices: ${each}each row i has a price vᵢ (a dual vector). Its loss is at least D(vᵢ) − vᵢ f(xᵢ), whatever the ` +
      "network's output f(xᵢ). Where no sub-network earns more at these prices than its weights cost, the sum of the " +
      "D(vᵢ) is a lower bound for every network.",
    `No sub-network earns more: ${entries} ${entries === 1 ? "entry covers" : "entries cover"} all choices among ` +
      `${neurons} neurons (regions with an output sign), and the checker went through all of them.`,
  ];
}
