/** The marked region, or the one under the pointer: signs, mask, witness and neighbours. */

import { witnessText } from "model/region_text";
import { maskText } from "model/rows";
import { html, put, show } from "ui/dom";
import { toggleMark } from "ui/stage";

const MOST_NEIGHBOURS = 60;

/** Make the group of the marked region, and the line in the head of the page. */
export function createMarked(root, page) {
  const line = html("p", { class: "pointed" });
  document.querySelector(".bar .count").after(line);
  const aloud = html("p", { class: "aloud", "aria-live": "polite" });
  const title = html("h2");
  const body = html("div");
  root.append(html("section", { class: "group marked-group", "aria-label": "Region" }, title, body, aloud));
  let drawn = null;
  let told = null;
  return {
    draw(model) {
      const key = model.marked ?? model.hover;
      const pointed = model.hover ?? model.marked;
      put(line, { text: pointed === null ? "" : summary(model, pointed) });
      put(title, {
        text: model.marked !== null ? "Marked region" : model.hover !== null ? "Region" : "No region marked",
      });
      if (told !== model.marked) {
        told = model.marked;
        aloud.textContent = told === null ? "" : `Marked: ${summary(model, told)}`;
      }
      if (drawn?.key === key && drawn.regions === model.regions && drawn.marked === model.marked) return;
      drawn = { key, regions: model.regions, marked: model.marked };
      show(body, ...(key === null ? [hint()] : details(model, model.byKey.get(key), page)));
    },
  };
}

/** A region in one line. */
function summary(model, key) {
  const region = model.byKey.get(key);
  const beside = model.adjacent[region.number].length;
  const signs = key.length > 24 ? `${key.slice(0, 23)}…` : key || "no rows";
  return `${signs} · mask ${shortened(maskText(region.signs))} · ${beside} neighbour${beside === 1 ? "" : "s"}`;
}

function shortened(text) {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function hint() {
  return html("p", {
    class: "about",
    text: "Point at a region in any picture; a click or Enter marks it, Escape takes the mark away.",
  });
}

function details(model, region, page) {
  const pair = (name, value) =>
    html("div", {}, html("dt", { text: name }), html("dd", { class: "exact", text: value }));
  const list = html(
    "dl",
    { class: "details" },
    pair("Number", `${region.number + 1} of ${model.regions.length}`),
    pair("Signs", region.key || "none"),
    pair("Mask", maskText(region.signs) || "none"),
    pair("Witness", witnessText(region, model)),
    pair("Rays", String(region.rays.length)),
  );
  if (model.marked === null) return [list];
  const beside = model.adjacent[region.number];
  const buttons = beside.slice(0, MOST_NEIGHBOURS).map(({ region: other, hyperplane }) => {
    const { key } = model.regions[other];
    const across = model.groups[hyperplane].map((k) => model.on[k].name).join(" = ");
    const pass = (to) => () => page.store.pass({ hover: to });
    return html("button", {
      type: "button",
      text: `across ${across}`,
      title: key,
      onclick: () => toggleMark(page, key),
      onpointerenter: pass(key),
      onpointerleave: pass(null),
      onfocus: pass(key),
      onblur: pass(null),
    });
  });
  return [
    list,
    html("h3", { text: `${beside.length} neighbour${beside.length === 1 ? "" : "s"}` }),
    html("div", { class: "choices" }, ...buttons),
    html("button", { type: "button", text: "Take the mark away", onclick: () => page.store.update({ marked: null }) }),
  ];
}
