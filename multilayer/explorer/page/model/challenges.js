/**
 * Challenges: something to make, which the page checks exactly.
 *
 * A challenge is {id, title, text, fits(content), start(state), solved(model), progress(model)}: `start` gives the
 * parts of a state to begin with, `progress` says how far it is and may be left out. Modules of other pictures add
 * theirs with `addChallenges`.
 */

import { rowsOn } from "model/rows";
import { stateOf } from "model/presets";

const ARRANGEMENTS = (content) => content.kind === "arrangement";

/** Parts of a state with these rows (a, b) as lines in the plane, or these central rows. */
function begin(rows, affine) {
  const make = () => ({
    columns: affine ? 2 : rows[0].length,
    rows: affine ? rows.map((row) => row.slice(0, 2)) : rows,
    offsets: affine ? rows.map((row) => row[2]) : undefined,
  });
  return stateOf({ make });
}

const EIGHT = [
  [1, 0, 0],
  [0, 1, 0],
  [1, 1, 1],
  [1, -1, 0],
  [2, 1, 3],
  [1, 0, 2],
  [0, 1, 2],
  [3, 1, -1],
];
const SIX_CENTRAL = [
  [1, -1, 0],
  [1, 0, -1],
  [0, 1, -1],
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const SIX_LINES = [
  [1, 0, -1],
  [0, 1, -1],
  [2, 1, 2],
  [1, -2, 1],
  [1, 3, 3],
  [3, -1, 2],
];
const SIX_GENERIC = [
  [9, 1, 2],
  [1, 8, 1],
  [2, -1, 9],
  [7, -6, 1],
  [1, 7, -6],
  [-6, 1, 8],
];

const challenges = [
  {
    id: "cover",
    title: "Reach Cover's number",
    text: "Six rows of rank 3 in general position have 32 regions. Move these rows until they have all of them.",
    fits: ARRANGEMENTS,
    start: () => begin(SIX_CENTRAL, false),
    solved: (model) =>
      !model.state.affine && model.rows.length === 6 && model.rank === 3 && model.regions.length === 32,
  },
  {
    id: "simplicial",
    title: "Only triangles",
    text:
      "Move six rows of rank 3, no two of them equal, so that every region of the sphere is a triangle. " +
      "Collapse helps.",
    fits: ARRANGEMENTS,
    start: () => begin(SIX_GENERIC, false),
    solved: (model) =>
      !model.state.affine &&
      model.groups.length === 6 &&
      model.rank === 3 &&
      model.regions.every(({ rays }) => rays.length === 3),
    progress: ({ regions }) => {
      const others = regions.filter(({ rays }) => rays.length !== 3).length;
      return `${others} of ${regions.length} regions are no triangles`;
    },
  },
  {
    id: "lines37",
    title: "Eight lines, 37 regions",
    text: "Move eight lines in the plane until they have as many regions as eight lines can have.",
    fits: ARRANGEMENTS,
    start: () => begin(EIGHT, true),
    solved: (model) => linesWith(model, 8, 37),
  },
  {
    id: "lines30",
    title: "Eight lines, 30 regions",
    text: "The same eight lines, but exactly 30 regions, and all eight lines different. Collapse helps.",
    fits: ARRANGEMENTS,
    start: () => begin(EIGHT, true),
    solved: (model) => linesWith(model, 8, 30),
  },
  {
    id: "lines18",
    title: "Six lines, 18 regions, none parallel",
    text:
      "Six different lines, no two of them parallel, with exactly 18 regions. Let three of them meet, more " +
      "than once.",
    fits: ARRANGEMENTS,
    start: () => begin(SIX_LINES, true),
    solved: (model) => linesWith(model, 6, 18) && !someParallel(model),
  },
];

/** All challenges that fit what the page shows. */
export function challengesFor(content) {
  return challenges.filter((challenge) => challenge.fits(content));
}

/** Add challenges at the end of the list. */
export function addChallenges(...more) {
  challenges.push(...more);
}

function linesWith({ state, regions, groups, rows }, lines, count) {
  return state.affine && rowsOn(state).length === lines && rows.length === groups.length && regions.length === count;
}

function someParallel({ normals }) {
  return normals.some((a, k) => normals.slice(k + 1).some((b) => a[0] * b[1] === a[1] * b[0]));
}
