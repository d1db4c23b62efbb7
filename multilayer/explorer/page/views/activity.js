/** Which rows are active where: one line a neuron of the certified network, one column a row. */

import { activity } from "model/certified";
import { html } from "ui/dom";

export const activityView = {
  id: "activity",
  title: "Active rows",
  about:
    "For each sub-network: on which rows its first-layer neurons are active, and on which its second-layer " +
    "neuron. Signs are those of the weights behind them.",
  fits: (model, content) => content.kind === "certificate",
  create,
};

function create(root, page) {
  const { content } = page;
  const heads = ["", ...content.rows.map((_, k) => String(k + 1))];
  const body = html("tbody");
  for (const { name, neurons, sign, active } of activity(content)) {
    neurons.forEach(({ output, active: rows }, j) =>
      body.append(lineOf(`neuron ${name}.${j + 1}`, output, rows, "first")),
    );
    body.append(lineOf(`sub-network ${name}`, sign, active, "second"));
  }
  const table = html(
    "table",
    { class: "activity" },
    html("thead", {}, html("tr", {}, ...heads.map((text) => html("th", { scope: "col", text: text || "row" })))),
    body,
  );
  root.append(
    content.subnetworks.length
      ? html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of active rows" }, table)
      : html("p", { text: "The optimal network has no sub-network: it is zero everywhere." }),
  );
  return { draw() {} };
}

function lineOf(name, sign, active, kind) {
  const signText = sign > 0 ? "+" : sign < 0 ? "−" : "0";
  return html(
    "tr",
    { class: kind },
    html("th", { scope: "row", text: `${name} (${signText})` }),
    ...active.map((on) =>
      html("td", { class: on ? "on" : "", text: on ? "●" : "·", "aria-label": on ? "active" : "inactive" }),
    ),
  );
}
