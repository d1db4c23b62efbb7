/**
 * Whether what a link holds is a state: everything that the page relies on is looked at before it is shown.
 *
 * Its checksum says that a link came whole; another version, another program or a hand that wrote it can still make a
 * JSON value that no picture can draw.
 */

import { exactNumber } from "core/integers";

const MOST_ROWS = 60;
const SIGNS = /^[+−0]*$/;

/** The JSON value that a link holds, if it has named parts; throws an Error if not. */
export function record(value) {
  need(isRecord(value), "it is no state");
  return value;
}

/**
 * Refuse what is no state.
 * @param {object} state
 * @returns {object} the state
 * @throws {Error} a part of it is not what it has to be; the message names the part
 */
export function checkedState(state) {
  for (const [part, fits] of Object.entries(PARTS)) need(fits(state), `its ${part} cannot be read`);
  return state;
}

const PARTS = {
  columns: ({ columns }) => isTexts(columns) && columns.length > 0,
  kind: ({ affine, bias }) => typeof affine === "boolean" && typeof bias === "boolean",
  rows: (state) => isList(state.rows, (row) => isRow(row, state)) && state.rows.length <= MOST_ROWS,
  mark: ({ marked }) => marked === null || typeof marked === "string",
  neurons: ({ neurons }) => isList(neurons, isNeuron) && neurons.length <= 3,
  "hidden pictures": ({ hidden }) => isTexts(hidden),
  theme: ({ theme }) => ["auto", "light", "dark"].includes(theme),
  "view of the pictures": ({ camera }) => camera === null || (isRecord(camera) && isCamera(camera)),
  layers: (state) => state.layers === null || (state.affine && isLayers(state)),
  output: ({ output }) => Number.isInteger(output) && output >= 0,
  slice: ({ slice, columns }) => slice === null || isSlice(slice, columns.length),
  targets: ({ targetNames }) => targetNames === undefined || isTexts(targetNames),
};

function isRow(row, { columns, affine }) {
  if (!isRecord(row) || typeof row.on !== "boolean" || typeof row.name !== "string") return false;
  if (!isNumbers(row.entries, columns.length) || (affine ? !isNumber(row.offset) : row.offset !== null)) return false;
  return (row.out ?? null) === null ? row.targets === undefined || isTexts(row.targets) : isNumbers(row.out);
}

function isNeuron(neuron) {
  return isRecord(neuron) && SIGNS.test(neuron.key) && [1, -1].includes(neuron.output);
}

/** Windows, of which `plane` has one unit both ways, a turn of four numbers, and a triangular matrix that evens out. */
function isCamera({ even = null, turn = null, plane = null, ...windows }) {
  const isPlane = plane === null || isWindow({ ...plane, sx: plane.scale, sy: plane.scale });
  const isLower = (rows) => isList(rows, (row) => isFloats(row, rows.length)) && rows.every((row, k) => row[k] > 0);
  const isTurn = isFloats(turn, 4) && turn.some((x) => x !== 0);
  const areWindows = Object.values(windows).every((window) => window === null || isWindow(window));
  return (even === null || isLower(even)) && (turn === null || isTurn) && isPlane && areWindows;
}

function isWindow({ x, y, sx, sy }) {
  return isFloats([x, y, sx, sy], 4) && sx > 0 && sy > 0;
}

/** The biases of the second layer, then layers whose sizes fit; the rows are the first. */
function isLayers({ layers, outputs, rows }) {
  if (!isList(layers, isRecord) || !layers.length || !isNumbers(layers[0].biases)) return false;
  if (!isTexts(outputs) || outputs.length !== layers.at(-1).biases?.length || !outputs.length) return false;
  if (rows.some(({ out }) => (out?.length ?? layers[0].biases.length) !== layers[0].biases.length)) return false;
  return layers.slice(1).every(({ weights, biases }, k) => {
    const before = layers[k].biases.length;
    const fits = isNumbers(biases) && biases.length === weights?.length;
    return before > 0 && fits && isList(weights, (row) => isNumbers(row, before));
  });
}

function isSlice(slice, inputs) {
  if (!isRecord(slice) || !isNumbers(slice.fixed)) return false;
  const isAxis = (axis) => Number.isInteger(axis) && axis >= 0 && axis < inputs;
  return isList(slice.axes, isAxis) && new Set(slice.axes).size === 2 && slice.axes.length === 2;
}

function isNumber(value) {
  if (typeof value !== "string") return false;
  try {
    return Boolean(exactNumber(value));
  } catch {
    return false;
  }
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value, fits) => Array.isArray(value) && value.every(fits);
const isTexts = (value) => isList(value, (each) => typeof each === "string");
const isNumbers = (value, length = value?.length) => isList(value, isNumber) && value.length === length;
const isFloats = (value, length) => isList(value, Number.isFinite) && value.length === length;

function need(fits, problem) {
  if (!fits) throw new Error(problem);
}
