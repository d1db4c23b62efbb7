/**
 * Zaslavsky's sum as a tree that is opened node by node: the regions without a hyperplane, and those that it cuts.
 *
 * A hyperplane cuts as many regions in two as its own restriction has; so regions = deletion + restriction.
 */

import { deletionRestriction } from "core/counting";
import { html, show } from "ui/dom";

const WAIT = 200; // milliseconds without a change before the tree is made anew

export const deletionRestrictionTree = {
  id: "tree",
  title: "Deletion and restriction",
  about: "Take one hyperplane away: it had cut as many regions in two as the others leave pieces on it.",
  fits: (model) => model.rows.length > 0,
  create,
};

function create(root, page) {
  const place = html("div", { class: "tree-body" });
  root.append(place);
  let drawn = null;
  let later = null;
  return {
    draw(model) {
      if (drawn === model.regions) return;
      clearTimeout(later);
      later = setTimeout(
        () => {
          drawn = model.regions;
          show(place, ...treeOf(model));
        },
        drawn === null ? 0 : WAIT,
      );
    },
  };
}

function treeOf(model) {
  const root = deletionRestriction([...model.rows, ...model.base]);
  const names = [...model.on.map((row) => row.name), ...model.base.map(() => "∞")];
  const half = model.base.length
    ? [
        html("p", {
          class: "about",
          text: `The lines together with the one at infinity (∞) have ${root.count} regions; half of them, ${root.count / 2n}, are ours.`,
        }),
      ]
    : [];
  return [...half, html("ul", { class: "branch" }, branch(root, "All hyperplanes", names, true))];
}

/** One node, as a list item that can be opened. */
function branch(node, what, names, opened = false) {
  const item = html("li", {});
  const title = html("span", { class: "node-what", text: what });
  const count = html("b", { class: "node-count", text: String(node.count) });
  const about = html("span", { class: "about", text: describe(node) });
  if (node.row === null) {
    item.append(html("div", { class: "leaf" }, count, title, about));
    return item;
  }
  const sum = html("span", { class: "node-sum" });
  const button = html("button", { type: "button", class: "open-node", "aria-expanded": "false" }, count, title, sum);
  let inner = null;
  const toggle = () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    inner ??= open ? item.appendChild(childrenOf(node, names, sum)) : null;
    if (inner) inner.hidden = !open;
  };
  button.addEventListener("click", toggle);
  item.append(button, about);
  if (opened) toggle();
  return item;
}

function childrenOf(node, names, sum) {
  const [deletion, restriction] = node.children();
  const gone = node.groups[node.row].map((k) => names[k]).join(" = ");
  sum.textContent = `= ${deletion.count} + ${restriction.count}`;
  return html(
    "ul",
    { class: "branch" },
    branch(deletion, `without ${gone}`, names),
    branch(restriction, `on ${gone}`, names),
  );
}

function describe({ hyperplanes, rank }) {
  if (hyperplanes === 0) return "nothing cuts: one region";
  return `${hyperplanes} hyperplane${hyperplanes === 1 ? "" : "s"}, rank ${rank}`;
}
