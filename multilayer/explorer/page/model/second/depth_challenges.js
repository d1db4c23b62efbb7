/** Challenges about two layers, each checked exactly. */

import { addChallenges } from "model/challenges";
import { stateComplex } from "model/network/complex";
import { dataPlane } from "model/plane/data_plane";
import { isNetwork } from "model/network/network";
import { maskText } from "model/rows";
import { secondLayer } from "model/second/second_layer";
import { bendsInPlane } from "model/second/zero_set";

const TABLES = (content) => content.kind === "arrangement";
const FOUR_POINTS = [
  [0, 0],
  [4, 1],
  [1, 4],
  [2, 2],
];
const SIX_POINTS = [
  [0, 3],
  [3, 1],
  [3, -2],
  [0, -3],
  [-3, -1],
  [-2, 2],
];

addChallenges(
  {
    id: "three-bends",
    title: "Three bends",
    text:
      "Choose three neurons, and one of their cells, so that the second-layer line in the data plane bends at " +
      "three points or more. Points may be moved.",
    fits: TABLES,
    start: () => table(SIX_POINTS),
    solved: (model) => bendsOf(model) >= 3,
    progress: (model) => {
      const found = bendsOf(model);
      return found < 0 ? "choose neurons in Second layer" : `the line bends at ${found} points`;
    },
  },
  {
    id: "depth-helps",
    title: "A table where depth helps",
    text:
      "With at most four rows of two columns and ones: move the points, and choose two neurons with a cell " +
      "whose mask no region has. One neuron cannot make that labelling of the rows, whatever its weights off " +
      "the lines; two layers can.",
    fits: TABLES,
    start: () => table(FOUR_POINTS),
    solved: depthHelps,
    progress: (model) => {
      const mask = secondLayer(model)?.picked?.mask.join("");
      if (mask === undefined) return "choose two neurons in Second layer";
      if (!mask.includes("0")) return `mask ${mask} is made by any one neuron with output sign +`;
      if (isRegionMask(model, mask)) return `a region has the mask ${mask}`;
      return "the table has more than four rows, or other columns";
    },
  },
  {
    id: "fold-more",
    title: "A network with 18 regions",
    text:
      "Three neurons in the first layer and two in the second: move weights or lines until the network has 18 " +
      "regions or more in its plane. Three lines alone make seven.",
    fits: () => true,
    start: network,
    solved: ({ state }) => isThreeTwo(state) && stateComplex(state).regions.length >= 18,
    progress: ({ state }) =>
      isThreeTwo(state)
        ? `${stateComplex(state).regions.length} regions`
        : "it must have 2 inputs and layers of 3 and 2",
  },
);

/** The bends of the line of the cell that is looked at, or -1 where there is no such line. */
function bendsOf(model) {
  const found = secondLayer(model);
  if (!found?.picked || !["plane", "chart"].includes(dataPlane(model)?.kind)) return -1;
  return bendsInPlane(
    found.picked.witness,
    found.neurons.map(({ output }) => output),
  );
}

function depthHelps(model) {
  const picked = secondLayer(model)?.picked;
  if (!picked || model.rows.length > 4 || dataPlane(model)?.kind !== "chart") return false;
  const mask = picked.mask.join("");
  return mask.includes("0") && !isRegionMask(model, mask);
}

function isRegionMask({ regions }, mask) {
  return regions.some(({ signs }) => maskText(signs) === mask);
}

/** Whether a state is a network of two inputs with at most three and two neurons. */
function isThreeTwo(state) {
  return (
    isNetwork(state) &&
    state.layers.length === 2 &&
    state.layers[0].biases.length <= 2 &&
    state.rows.filter((row) => row.on).length <= 3 &&
    stateComplex(state)?.d === 2
  );
}

/** Points of the plane as rows with a column of ones. */
function table(points) {
  return {
    columns: ["a", "b", "bias"],
    affine: false,
    bias: true,
    rows: points.map((point, k) => ({
      entries: [...point.map(String), "1"],
      offset: null,
      on: true,
      name: String(k + 1),
    })),
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
