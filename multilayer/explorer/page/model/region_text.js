/** Regions as text: the exact point inside, and all of them as comma-separated values. */

import { fraction } from "core/integers";
import { maskText } from "model/rows";

/** The exact point inside a region; of an affine one, in the plane's own coordinates. */
export function witnessText({ witness }, { state }) {
  if (!state.affine) return `(${witness.join(", ")})`;
  const last = witness.at(-1);
  const all = witness.slice(0, -1).map((x) => fraction(x, last));
  return `(${all.map(({ num, den }) => (den === 1n ? num : `${num}/${den}`)).join(", ")})`;
}

/** All regions as comma-separated values. */
export function csvText(model) {
  const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
  const head = [
    "number",
    ...model.on.map((row) => `sign of row ${row.name}`),
    "mask",
    ...witnessNames(model),
    "neighbours",
  ];
  const lines = model.regions.map((region) => [
    region.number + 1,
    ...region.signs,
    maskText(region.signs),
    ...witnessText(region, model).slice(1, -1).split(", "),
    model.adjacent[region.number].length,
  ]);
  return [head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function witnessNames({ state }) {
  return state.columns.map((name) => `witness ${name}`);
}
