/** What the words on the page mean: a list that can be opened, for readers who do not know the subject's terms. */

import { isNetwork } from "model/network/network";
import { html } from "ui/dom";

const ALWAYS = [
  ["Region", "A piece that the hyperplanes leave: all points with the same signs on all rows."],
  ["Signs", "One + or − for each row: on which side of its hyperplane the region lies."],
  ["Mask", "The signs as a ReLU neuron sees them: 1 on rows where it is active (+ or 0), 0 on the others."],
  ["Witness", "A point inside a region, in exact numbers; anyone can check its signs by hand."],
  ["Rank", "How many rows are linearly independent: the dimension in which the hyperplanes really meet."],
  ["Deletion and restriction", "Regions = regions without one hyperplane + the parts into which the others cut it."],
  ["Zonotope, tope graph", "Regions as points, joined where they have a wall in common."],
  ["Collapse", "Rows that nearly coincide, or nearly meet in one point, are moved until they exactly do."],
];
const CENTRAL = [
  ["Row", "A row a of the table is the hyperplane of all weights w with a·w = 0."],
  ["Cover's bound", "No n hyperplanes through 0, of this rank, have more regions."],
  ["Second layer", "A neuron that is fed by ReLU neurons of the first layer; each of those is a region with a sign."],
  ["Cell, product cone", "The weights of the chosen neurons, cut once more by the signs of the second layer."],
  ["(13), (14)", "Bounds in Ergen and Pilanci, Global Optimality Beyond Two Layers, ICML 2021, arXiv 2110.05518."],
];
const AFFINE = [
  ["Row", "A row a with offset b is the hyperplane of all points x with a·x = b."],
  ["Buck's bound", "No n hyperplanes, of this rank, have more regions."],
];
const NETWORK = [
  ["Row", "A neuron of the first layer: the hyperplane of all inputs at which it switches."],
  ["Complex", "The regions of inputs on which no hidden neuron switches, with their edges and corners."],
  ["Affine piece", "A formula that the network has on a region; several regions may have the same one."],
  ["Buck's bound", "No n hyperplanes, of this rank, have more regions."],
];

/** Make the list. */
export function createGlossary(root) {
  const list = html("dl", { class: "glossary" });
  root.append(html("details", { class: "group" }, html("summary", {}, html("h2", { text: "What the words mean" })), list));
  let shown = null;
  return {
    draw({ state }) {
      const wanted = isNetwork(state) ? NETWORK : state.affine ? AFFINE : CENTRAL;
      if (wanted === shown) return;
      shown = wanted;
      const [row, ...others] = wanted;
      list.replaceChildren(
        ...[row, ...ALWAYS, ...others].map(([name, text]) => html("div", {}, html("dt", { text: name }), html("dd", { text }))),
      );
    },
  };
}
