/**
 * The certified network's function: its graph over one input, its complex over two, else predictions beside targets.
 */

import { exactNumber } from "core/integers";
import { roundedText } from "model/decimals";
import { certifiedComplex, certifiedInputs, certifiedPoints } from "model/network/certified";
import { html, put, show } from "ui/dom";
import { mapWords, patternText } from "views/network/complex_facts";
import { complexLayers } from "views/network/complex_plane";
import { graphLayers, graphPoints } from "views/network/function_graph";
import { planeStage } from "views/plane/plane_stage";
import { classWords } from "views/plane/points";

export const certifiedFunction = {
  id: "certified-function",
  title: "The optimal network",
  about: "What the certified network computes, with the rows and their targets.",
  fits: (model, content) => content.kind === "certificate",
  madeOf: ({ certificate }) => certificate,
  create,
};

function create(root, page) {
  const { content } = page;
  const choice = html("select", { "aria-label": "Output", onchange: () => draw() });
  show(choice, ...content.targets.map(({ name }, k) => html("option", { value: k, text: name })));
  choice.hidden = content.targets.length < 2;
  const pictures = html("div");
  const words = html("p", { class: "words" });
  root.append(choice, pictures, words);
  const d = certifiedInputs(content);
  const complex = d <= 2 ? certifiedComplex(content) : null;
  const picture = complex ? (d === 2 ? plane : graph)(pictures, page, complex) : () => {};
  pictures.after(predictions(content, choice));

  function draw() {
    const output = Number(choice.value || 0);
    picture(output);
    put(words, { text: wordsOf(complex, output, page) });
  }

  return { svg: () => pictures.querySelector("svg"), draw };
}

function plane(root, page, complex) {
  const { content } = page;
  const at = planeStage(root, page, { id: "certified", hint: "The optimal network" });
  const draw = complexLayers(at, page);
  at.axesOnTop();
  return (output) => {
    const { points, classes } = certifiedPoints(content, output);
    at.fit(
      points.map((point) => point.at),
      String(output),
    );
    at.drawAxes(content.columns);
    draw({ complex, output, levels: true, points, classes, keyOf: () => null, marked: page.store.passing.pattern });
    at.name(`The function of the optimal network: ${complex.pieces} affine pieces, with level lines and the rows`);
  };
}

function graph(root, page, complex) {
  const { content } = page;
  const at = planeStage(root, page, { id: "certified", hint: "Graph of the optimal network" });
  const draw = graphLayers(at, page);
  at.axesOnTop();
  return (output) => {
    const { points } = certifiedPoints(content, output);
    at.fit(graphPoints(complex, output, points), String(output), 1);
    at.drawAxes([content.columns[0], content.targets[output].name]);
    draw({ complex, output, points, keyOf: () => null });
    at.name(`The function of the optimal network: ${complex.pieces} affine pieces, and the rows with their targets`);
  };
}

/** Predictions beside targets, row by row. */
function predictions(content, choice) {
  const body = html("tbody");
  const fill = () => {
    const output = Number(choice.value || 0);
    show(
      body,
      ...content.rows.map((_, k) =>
        html(
          "tr",
          {},
          html("th", { scope: "row", text: String(k + 1) }),
          html("td", { text: rounded(content.targets[output].values[k]) }),
          html("td", { text: rounded(content.predictions[output][k]) }),
        ),
      ),
    );
  };
  choice.addEventListener("change", fill);
  fill();
  const head = html("tr", {}, ...["row", "target", "network"].map((text) => html("th", { scope: "col", text })));
  const table = html("table", { class: "cells" }, html("thead", {}, head), body);
  return html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Targets and predictions" }, table);
}

function rounded(text) {
  const { num, den } = exactNumber(text);
  return roundedText(num, den, 6);
}

function wordsOf(complex, output, page) {
  if (!complex) return "With more than two inputs there is no picture; the table compares each row.";
  const region = complex.regions.find(({ key }) => key === page.store.passing.pattern);
  const { content } = page;
  const classes =
    complex.d === 2 ? classWords(certifiedPoints(content, output).classes, content.targets[output].name) : "";
  if (!region)
    return `${complex.regions.length} regions, ${complex.pieces} affine pieces. Point at one to see its map. ${classes}`;
  const map = mapWords(region, content.columns, output, content.targets[output].name);
  return `Pattern ${patternText(region.key, complex.widths)}: ${map}`;
}
