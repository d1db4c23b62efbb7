/** The counts: regions listed, the same number found a second way, and the bounds. */

import { isNetwork } from "model/network/network";
import { html, put } from "ui/dom";

/** Make the group of counts in the panel. */
export function createCounts(root) {
  const list = html("dl", { class: "counts" });
  const names = {};
  const values = {};
  for (const id of ["listed", "counted", "cover", "eq13", "hyperplanes", "rank"]) {
    names[id] = html("dt");
    values[id] = html("dd");
    list.append(html("div", {}, names[id], values[id]));
  }
  const about = html("p", { class: "about" });
  const high = html("p", {
    class: "about",
    hidden: true,
    text:
      "Pictures of hyperplanes go up to rank 3, of affine ones up to rank 2; the graph and the table have every region.",
  });
  const warning = html("p", { class: "problem", role: "alert", hidden: true });
  root.append(
    html("section", { class: "group", "aria-label": "Counts" }, html("h2", { text: "Counts" }), about, list, high, warning),
  );
  const row = (id, name, value, note = "") => {
    put(names[id], { text: name });
    put(values[id], { text: note ? `${value} ${note}` : String(value) });
  };
  return {
    draw(model) {
      const { regions, count, groups, rank, bounds, state } = model;
      const agree = BigInt(regions.length) === count;
      const lines = state.affine ? "affine hyperplanes" : "hyperplanes";
      row("listed", "Regions listed", regions.length);
      row("counted", "Deletion and restriction", count, agree ? "✓" : "✗");
      row(
        "cover",
        state.affine ? "Buck's bound" : "Cover's bound (13)",
        bounds.cover,
        bounds.cover === count ? "reached" : "",
      );
      put(list.children[3], { hidden: bounds.eq13 === null || groups.length < 2 });
      row("eq13", "Closed form of (13)", bounds.eq13 === null ? "" : `≤ ${rounded(bounds.eq13)}`);
      row(
        "hyperplanes",
        `Distinct ${lines}`,
        groups.length,
        groups.length < model.on.length ? `of ${model.on.length} rows` : "",
      );
      row("rank", "Rank", rank);
      put(about, { text: whatIsCut(state) });
      high.hidden = isNetwork(state) || rank + Number(state.affine) <= 3;
      put(warning, {
        hidden: agree,
        text: agree ? "" : `The two counts differ: ${regions.length} and ${count}. One of them is wrong.`,
      });
      document.getElementById("region-word").textContent = regionWord(regions.length, state);
      const drawn = isNetwork(state) && model.on.length > 0 && !state.hidden.includes("complex");
      put(document.getElementById("network-note"), { hidden: !drawn }); // its text comes with the complex
      put(document.getElementById("count-note"), { text: agree ? "" : `(counted: ${count})` });
    },
  };
}

/** What the hyperplanes are, in one sentence. */
function whatIsCut(state) {
  if (isNetwork(state)) return "Each neuron of the first layer cuts the space of inputs in two.";
  if (state.affine) return "Each row a, with its offset b, cuts space by the hyperplane a·x = b.";
  return "Each row a of the table cuts the space of weights w by the hyperplane a·w = 0.";
}

function regionWord(number, state) {
  const word = number === 1 ? "region" : "regions";
  return isNetwork(state) ? `${word} of the first layer` : word;
}

/** A float, rounded up so that it stays a bound. */
function rounded(x) {
  if (x < 1e9) return String(Math.ceil(x * 10) / 10);
  const unit = 10 ** (Math.floor(Math.log10(x)) - 2);
  return (Math.ceil(x / unit) * unit).toExponential(2);
}
