/** Which rows are active where: one line a neuron of the certified network, one column a row. */

import { activity, regionKey } from "model/network/certified";
import { html } from "ui/dom";

export const activityView = {
  id: "activity",
  title: "Active rows",
  about:
    "For each sub-network: on which rows its first-layer neurons are active, and on which its second-layer " +
    "neuron. Signs are those of the weights behind them. Press a neuron to mark its region.",
  fits: (model, content) => content.kind === "certificate",
  madeOf: ({ certificate }) => certificate,
  create,
};

function create(root, page) {
  const { content } = page;
  if (!content.subnetworks.length) {
    root.append(html("p", { text: "The optimal network has no sub-network: it is zero everywhere." }));
    return { draw() {} };
  }
  const body = html("tbody");
  for (const { name, neurons, sign, active } of activity(content)) {
    neurons.forEach(({ output, active: rows, weights }, j) => {
      const title = `neuron ${name}.${j + 1} (${signOf(output)})`;
      const button = html("button", { type: "button", text: title, onclick: () => mark(page, weights) });
      body.append(lineOf(button, rows, "first"));
    });
    body.append(lineOf(`sub-network ${name} (${signOf(sign)})`, active, "second"));
  }
  const heads = ["row", ...content.rows.map((_, k) => String(k + 1))];
  const table = html(
    "table",
    { class: "activity" },
    html("thead", {}, html("tr", {}, ...heads.map((text) => html("th", { scope: "col", text })))),
    body,
  );
  root.append(
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of active rows" }, table),
  );
  return { draw() {} };
}

/** Mark the region that holds a neuron's weights, of the rows as they are now; on a hyperplane there is none. */
function mark(page, weights) {
  const key = regionKey(page.model(), weights);
  if (key === null) page.say("The rows have other columns now than the weights of this neuron.");
  else if (page.model().byKey.has(key)) {
    page.store.update({ marked: key });
    page.say("");
  } else page.say("The weights of this neuron lie on a hyperplane of the rows, on the border between regions.");
}

function lineOf(title, active, kind) {
  return html(
    "tr",
    { class: kind },
    html("th", { scope: "row" }, title),
    ...active.map((on) =>
      html("td", { class: on ? "on" : "", text: on ? "●" : "·", "aria-label": on ? "active" : "inactive" }),
    ),
  );
}

function signOf(sign) {
  return sign > 0 ? "+" : sign < 0 ? "−" : "0";
}
