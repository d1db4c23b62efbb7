/** The complex of the network in hand: in the plane for two inputs, as a graph for one, in a slice for more. */

import { stateComplex } from "model/network/complex";
import { isNetwork } from "model/network/network";
import { sliceOf } from "model/network/slice";
import { html, put, show } from "ui/dom";
import { complexFacts, mapWords, patternText } from "views/network/complex_facts";
import { complexLayers } from "views/network/complex_plane";
import { graphLayers, graphPoints } from "views/network/function_graph";
import { planeStage } from "views/plane/plane_stage";
import { regionsCsv } from "views/network/region_lists";
import { slicePicture } from "views/network/slice_picture";

export const networkComplex = {
  id: "complex",
  title: "Complex of the network",
  about:
    "The regions of inputs on which every neuron keeps its sign; there the network is affine. Colours follow " +
    "the pattern, and stay when weights move.",
  fits: (model) => isNetwork(model.state),
  create,
};

function create(root, page) {
  const output = html("select", {
    "aria-label": "Output",
    onchange: () => page.store.update({ output: Number(output.value) }),
  });
  const pictures = html("div");
  const words = html("p", { class: "words" });
  const facts = complexFacts();
  root.append(pictures, html("div", { class: "beside" }, output, words, facts.element));
  let [shown, names, picture] = [null, "", null];
  return {
    svg: () => pictures.querySelector("svg"),
    csv: () => regionsCsv(page.store.state),
    draw(model) {
      const { state } = model;
      const complex = stateComplex(state);
      facts.element.hidden = pictures.hidden = complex === null;
      if (complex === null) {
        put(words, { text: "Every neuron of the first layer is switched off: the network is constant." });
        return;
      }
      if (names !== state.outputs.join("\n")) {
        names = state.outputs.join("\n");
        show(output, ...state.outputs.map((text, k) => html("option", { value: k, text })));
        output.hidden = state.outputs.length < 2;
      }
      const chosen = Math.min(state.output ?? 0, state.outputs.length - 1);
      output.value = String(chosen);
      if (shown !== complex.d) {
        shown = complex.d;
        show(pictures);
        picture = pictureOf(complex.d, pictures, page);
      }
      const seen = picture(complex, chosen, model) ?? complex;
      facts.draw(complex);
      put(document.getElementById("network-note"), { text: `· ${complex.regions.length} of the network` });
      put(words, { text: wordsOf(model, seen, chosen, page) });
    },
  };
}

function pictureOf(d, root, page) {
  if (d === 2) return planePicture(root, page);
  if (d === 1) return graphPicture(root, page);
  return slicePicture(root, page);
}

function planePicture(root, page) {
  const at = planeStage(root, page, { id: "complex", hint: "Complex of the network" });
  const draw = complexLayers(at, page);
  at.axesOnTop();
  return (complex, output, model) => {
    at.fit(complex.vertices, `${complex.widths} ${complex.d}`);
    at.drawAxes(model.state.columns);
    draw({ complex, output, levels: false, keyOf: firstKey(complex), marked: page.store.passing.pattern });
    at.name(`${complex.regions.length} regions of the network in the plane of its inputs`);
  };
}

function graphPicture(root, page) {
  const at = planeStage(root, page, { id: "complex", hint: "Graph of the network" });
  const draw = graphLayers(at, page);
  at.axesOnTop();
  return (complex, output, model) => {
    at.fit(graphPoints(complex, output), `${complex.widths} ${output}`, 1);
    at.drawAxes([model.state.columns[0], model.state.outputs[output]]);
    draw({ complex, output, keyOf: firstKey(complex) });
    at.name(`The output over the one input: ${complex.regions.length} regions, ${complex.pieces} affine pieces`);
  };
}

/** The region of the first layer's arrangement that a region of the complex lies in. */
function firstKey(complex) {
  return ({ key }) => [...key].slice(0, complex.widths[0]).join("");
}

function wordsOf(model, complex, output, page) {
  const pattern = page.store.passing.pattern ?? null;
  const region = complex.regions.find(({ key }) => key === pattern);
  if (!region) return hintOf(complex);
  const names =
    complex.d === model.state.columns.length
      ? model.state.columns
      : sliceOf(model.state).axes.map((j) => model.state.columns[j]);
  const map = mapWords(region, names, output, model.state.outputs[output]);
  return `Pattern ${patternText(region.key, complex.widths)}: ${map}`;
}

function hintOf({ d, widths }) {
  const point = "Point at a region to see its pattern and its affine map.";
  if (d === 1) return `A dot is where the graph bends. ${point}`;
  const bent = widths.length > 1 ? " Dashed: neurons of the second layer and later." : "";
  return `The heavy line is where the output is zero, dotted where it is zero throughout.${bent} ${point}`;
}
