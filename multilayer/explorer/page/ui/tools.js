/** The tools in the head of the page: undo, redo, collapse, begin anew, what is shown, the theme, and the link. */

import { collapse } from "model/collapse/collapse";
import { addressOf, firstState } from "model/content";
import { PRESETS, stateOf } from "model/presets";
import { html, put } from "ui/dom";
import { VIEWS } from "views/all";

const QUIET = 400; // milliseconds without a change before the address follows

/** Make the tools. */
export function createTools(root, page) {
  const { store, content } = page;
  const button = (text, title, act) => html("button", { type: "button", text, title, onclick: act });
  const undo = button("Undo", "Undo (Ctrl+Z)", () => store.undo());
  const redo = button("Redo", "Redo (Ctrl+Y)", () => store.redo());
  const near = button("Collapse", "Make near coincidences exact", () => collapseNow(page));
  const reset = button("Reset", "Begin anew with the rows of this page", () =>
    store.update({ ...firstState(content), challenge: null }),
  );
  const link = button("Copy link", "Copy the address of this state", () => copy(page));
  const rows = html("button", {
    type: "button",
    class: "to-rows",
    text: "Rows ↓",
    title: "Go to counts, challenges and rows, below the pictures",
    onclick: () => goTo(document.getElementById("panel")),
  });
  const views = viewsMenu(page);
  const theme = themeMenu(store);
  root.append(
    undo,
    redo,
    near,
    ...(content.kind === "arrangement" ? [presetMenu(store)] : []),
    views.element,
    theme,
    link,
    reset,
    rows,
  );
  document.addEventListener("keydown", (event) => keyPressed(event, store));
  const follow = addressFollower(page);
  return {
    draw(model) {
      undo.disabled = !store.canUndo;
      redo.disabled = !store.canRedo;
      theme.value = model.state.theme;
      views.draw(model);
      follow(model.state);
    },
  };
}

/** Bring a part of the page into sight, and let the keyboard go on from there. */
function goTo(element) {
  element.tabIndex = -1;
  element.focus();
  element.scrollIntoView();
}

function collapseNow(page) {
  const { moved, said } = collapse(page.model());
  if (!moved.size) return page.say("Nothing is nearly coincident at this size.");
  const rows = page.store.state.rows.map((row, place) => ({ ...row, ...moved.get(place) }));
  page.store.update({ rows });
  const more = said.length > 3 ? ` And ${said.length - 3} more.` : "";
  page.say(said.slice(0, 3).join(" ") + more);
}

function keyPressed(event, store) {
  const writing = event.target.matches?.("input[type=text], textarea, select");
  if (event.key === "Escape") store.update({ marked: null });
  if (writing || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) store.redo();
  else store.undo();
}

function presetMenu(store) {
  const select = html(
    "select",
    { "aria-label": "Begin with another arrangement" },
    html("option", { value: "", text: "Begin with…" }),
    ...PRESETS.map(({ id, title }) => html("option", { value: id, text: title })),
  );
  select.addEventListener("change", () => {
    const preset = PRESETS.find(({ id }) => id === select.value);
    if (preset) store.update({ ...stateOf(preset), challenge: null });
    select.value = "";
  });
  return select;
}

function themeMenu(store) {
  const names = { auto: "Theme: auto", light: "Light", dark: "Dark" };
  return html(
    "select",
    { "aria-label": "Theme", onchange: (event) => store.update({ theme: event.target.value }) },
    ...Object.entries(names).map(([value, text]) => html("option", { value, text })),
  );
}

/** Which pictures are shown: a list of boxes to tick. */
function viewsMenu(page) {
  const { store } = page;
  const boxes = VIEWS.map((view) => {
    const box = html("input", {
      type: "checkbox",
      onchange: () => store.update({ hidden: toggled(store.state.hidden, view.id) }),
    });
    return { view, box, label: html("label", {}, box, view.title) };
  });
  const element = html(
    "details",
    { class: "menu" },
    html("summary", { text: "Pictures" }),
    html("div", { class: "menu-body" }, ...boxes.map(({ label }) => label)),
  );
  closesOutside(element);
  return {
    element,
    draw(model) {
      for (const { view, box, label } of boxes) {
        box.checked = !model.state.hidden.includes(view.id);
        label.hidden = !view.fits(model, page.content);
      }
    },
  };
}

/** A menu closes when something else is pressed, or by Escape. */
export function closesOutside(details) {
  document.addEventListener("pointerdown", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary").focus();
  });
}

function toggled(list, id) {
  return list.includes(id) ? list.filter((other) => other !== id) : [...list, id];
}

async function copy(page) {
  const address = addressOf(page.store.state);
  history.replaceState(null, "", address);
  try {
    await navigator.clipboard.writeText(address);
    page.say("The link to this state is copied.");
  } catch {
    page.say("The link to this state is in the address bar now; copy it from there.");
  }
}

/** Keep the state in the address, once nothing has changed for a while. */
function addressFollower({ store }) {
  let written = store.state;
  let later = null;
  return (state) => {
    if (state === written) return;
    clearTimeout(later);
    later = setTimeout(() => {
      written = state;
      history.replaceState(null, "", addressOf(state));
    }, QUIET);
  };
}
