/**
 * The page: its content, its state, the panel of rows and counts, and the pictures, drawn again when anything changes.
 */

import "model/second/depth_challenges";
import { createModel } from "model/derived";
import { firstState, readContent, stateInAddress } from "model/content";
import { contentAt } from "model/network/chosen_knot";
import { createStore } from "model/store";
import { exposed } from "ui/exposed";
import { createPanel } from "ui/panel/panel";
import { createTools } from "ui/tools";
import { say } from "ui/messages";
import { createCards } from "ui/cards";

const content = readContent();
const store = createStore(stateInAddress(content, say) ?? firstState(content));
const page = {
  /** What Python wrote; at the knot that is chosen, where there are several. */
  get content() {
    return contentAt(content, store.state);
  },
  store,
  model: createModel(store),
  say,
};

document.getElementById("title").textContent = content.name;
const parts = [
  createTools(document.getElementById("tools"), page),
  createPanel(document.getElementById("panel"), page),
  createCards(document.getElementById("views"), page),
];

function draw() {
  const model = page.model();
  document.documentElement.dataset.theme = model.state.theme;
  document.getElementById("region-count").textContent = String(model.regions.length);
  for (const part of parts) part.draw(model);
}

window.explorer = exposed(page);
window.addEventListener("hashchange", () => {
  const state = stateInAddress(content, say);
  if (state) store.update(state);
});
store.subscribe(draw);
draw();
