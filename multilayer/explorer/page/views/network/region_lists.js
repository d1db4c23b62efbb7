/** The regions of a network as a table on the page, and as a file. */

import { fraction } from "core/integers";
import { stateComplex } from "model/network/complex";
import { html, show } from "ui/dom";
import { formText, mapOf, patternText } from "views/network/complex_facts";

const MOST_LINES = 500;

/** A table of regions: the pattern, the map, a point inside; for networks that no picture shows. */
export function regionTable() {
  const body = html("tbody");
  const head = html("tr");
  const table = html("table", { class: "cells" }, html("thead", {}, head), body);
  const element = html(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "Regions of the network" },
    table,
  );
  return {
    element,
    draw(complex, inputs, outputs) {
      show(head, ...["pattern", ...outputs].map((text) => html("th", { scope: "col", text })));
      const listed = complex.regions.slice(0, MOST_LINES);
      show(
        body,
        ...listed.map((region) =>
          html(
            "tr",
            {},
            html("td", { class: "signs-text", text: patternText(region.key, complex.widths) }),
            ...outputs.map((_, k) => html("td", { text: formText(mapOf(region, k), inputs) })),
          ),
        ),
      );
    },
  };
}

/**
 * The regions of a state's network as CSV: the pattern, the affine map of each output and an inner point, all exact.
 */
export function regionsCsv(state) {
  const complex = stateComplex(state);
  if (!complex) return "pattern\n";
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const maps = state.outputs.flatMap((output) =>
    [...state.columns, "constant"].map((column) => `${output}: ${column}`),
  );
  const head = ["pattern", ...maps, ...state.columns.map((column) => `inside: ${column}`)];
  const lines = complex.regions.map((region) => [
    quoted(patternText(region.key.replaceAll("−", "-"), complex.widths)),
    ...state.outputs.flatMap((_, k) => mapOf(region, k).map(ratioText)),
    ...region.witness.slice(0, -1).map((x) => ratioText(fraction(x, region.witness.at(-1)))),
  ]);
  return [head.map(quoted), ...lines].map((line) => `${line.join(",")}\n`).join("");
}

function ratioText({ num, den }) {
  return den === 1n ? String(num) : `${num}/${den}`;
}
