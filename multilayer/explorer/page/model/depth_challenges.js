/** Challenges about two layers, each checked exactly. */

import { addChallenges } from "model/challenges";
import { stateComplex } from "model/complex";
import { dataPlane } from "model/data_plane";
import { isNetwork } from "model/network";
import { maskText } from "model/rows";
import { secondLayer } from "model/second_layer";
import { bendsInPlane } from "model/zero_set";

const TABLES = (content) => content.kind === "arrangement";
const FOUR_POINTS = [[0, 0], [4, 1], [1, 4], [2, 2]];
const SIX_POINTS = [[0, 3], [3, 1], [3, -2], [0, -3], [-3, -1], [-2, 2]];

addChallenges(
  {
    id: "three-bends",
    title: "Three bends",
    text:
      "Choose three neurons, and one of their cells, so that the second-layer line in the data plane bends at three points or more. Points may be moved.",
    fits: TABLES,
    start: () => table(SIX_POINTS),
    solved: (model) => {
      const found = secondLayer(model);
      if (!found?.picked || !["plane", "chart"].includes(dataPlane(model)?.kind)) return false;
      return bendsInPlane(found.picked.witness, found.neurons.map(({ output }) => output)) >= 3;
    },
  },
  {
    id: "depth-helps",
    title: "A table where depth helps",
    text:
      "With at most four rows of two columns and ones: move the points, and choose two neurons with a cell whose mask no region has. One neuron cannot make that labelling of the rows, whatever its weights off the lines; two layers can.",
    fits: TABLES,
    start: () => table(FOUR_POINTS),
    solved: (model) => {
      const picked = secondLayer(model)?.picked;
      if (!picked || model.rows.length > 4 || dataPlane(model)?.kind !== "chart") return false;
      const mask = picked.mask.join("");
      return mask.includes("0") && !model.regions.some(({ signs }) => maskText(signs) === mask);
    },
  },
  {
    id: "fold-more",
    title: "A network with 18 regions",
    text:
      "Three neurons in the first layer and two in the second: move weights or lines until the network has 18 regions or more in its plane. Three lines alone make seven.",
    fits: () => true,
    start: network,
    solved: ({ state }) =>
      isNetwork(state) &&
      state.rows.filter((row) => row.on).length <= 3 &&
      state.layers.length === 2 &&
      state.layers[0].biases.length <= 2 &&
      stateComplex(state)?.d === 2 &&
      stateComplex(state).regions.length >= 18,
  },
);

/** Points of the plane as rows with a column of ones. */
function table(points) {
  return {
    columns: ["a", "b", "bias"],
    affine: false,
    bias: true,
    rows: points.map((point, k) => ({ entries: [...point.map(String), "1"], offset: null, on: true, name: String(k + 1) })),
    neurons: [],
    cell: null,
    camera: null,
    layers: null,
  };
}

function network() {
  const first = [
    { entries: ["1", "0"], offset: "0", out: ["1", "1"] },
    { entries: ["0", "1"], offset: "0", out: ["1", "-1"] },
    { entries: ["1", "1"], offset: "1", out: ["-1", "0"] },
  ];
  return {
    columns: ["input 1", "input 2"],
    affine: true,
    bias: false,
    rows: first.map((row, k) => ({ ...row, on: true, name: String(k + 1) })),
    layers: [{ biases: ["-1/2", "-1/4"] }, { weights: [["1", "-1"]], biases: ["0"] }],
    outputs: ["output"],
    neurons: [],
    cell: null,
    camera: null,
  };
}
