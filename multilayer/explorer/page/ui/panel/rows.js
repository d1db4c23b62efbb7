/** The rows: exact entries that can be written, switched off, removed and added. */

import { problemOf, stepped, withEntry, withNewRow, withoutRow, withSwitched } from "model/edits";
import { rowColour, rowDash } from "ui/colours";
import { html, put, show, svg } from "ui/dom";
import { pointing } from "ui/stage";

const MOST_ROWS = 60;

/** Make the group of rows in the panel. */
export function createRows(root, page) {
  const { store } = page;
  const title = html("h2");
  const list = html("ol", { class: "rows" });
  const problem = html("p", { class: "problem", id: "row-problem", role: "alert", hidden: true });
  const add = html("button", { type: "button", text: "Add a row", onclick: () => addRow() });
  const hint = html("p", {
    class: "about",
    text: "Entries are exact: 3, 0.1, 1/3. The keys ↑ and ↓ change them by 1, with Shift by 0.1.",
  });
  pointing(list, page);
  root.append(html("section", { class: "group", "aria-label": "Rows" }, title, list, problem, add, hint));
  let shape = null;
  let items = [];

  function addRow() {
    store.update(withNewRow(store.state));
    requestAnimationFrame(() => requestAnimationFrame(() => items.at(-1)?.inputs[0]?.focus()));
  }

  function tell(text) {
    put(problem, { text, hidden: !text });
  }

  return {
    draw(model) {
      const { state } = model;
      const wanted = `${state.rows.length} ${state.columns.join("\n")} ${state.affine}`;
      if (wanted !== shape) {
        shape = wanted;
        items = state.rows.map((_, place) => itemOf(place, state, store, tell));
        const wide = state.columns.length + state.affine > 4;
        show(list, ...(wide ? [] : [namesOf(state)]), ...items.map(({ element }) => element));
        list.classList.toggle("wide", wide);
        tell("");
      }
      const on = state.rows.filter((row) => row.on).length;
      put(title, { text: on === state.rows.length ? `Rows (${on})` : `Rows (${on} of ${state.rows.length} on)` });
      state.rows.forEach((row, place) => items[place].draw(row, place === model.row));
      add.disabled = state.rows.length >= MOST_ROWS;
    },
  };
}

/** The names of the columns, above them. */
function namesOf({ columns, affine }) {
  const short = (k) => [`column ${k}`, ...(columns.length > 2 ? [`input ${k}`] : [])];
  const names = columns.map((column, k) => (short(k + 1).includes(column) ? String(k + 1) : column));
  const cells = [...names, ...(affine ? ["offset"] : [])].map((text) => html("span", { text, title: text }));
  return html(
    "li",
    { class: "row-item column-names", "aria-hidden": "true" },
    html("span", { class: "row-switch" }),
    html("div", { class: "entries" }, ...cells),
    html("span", { class: "remove" }),
  );
}

function itemOf(place, state, store, tell) {
  const name = html("span", { class: "row-name" });
  const line = {
    x1: 1,
    x2: 25,
    y1: 5,
    y2: 5,
    stroke: rowColour(place),
    "stroke-width": 4,
    "stroke-dasharray": rowDash(place) || null,
  };
  const swatch = svg("svg", { class: "swatch", viewBox: "0 0 26 10", "aria-hidden": "true" }, svg("line", line));
  const onOff = html("input", { type: "checkbox", onchange: () => store.update(withSwitched(store.state, place)) });
  const remove = html("button", {
    type: "button",
    class: "remove",
    text: "×",
    onclick: () => store.update(withoutRow(store.state, place)),
  });
  const columns = [
    ...state.columns.map((column, k) => ({ column, k })),
    ...(state.affine ? [{ column: "offset", k: null }] : []),
  ];
  const inputs = columns.map(({ column, k }) => inputOf(place, column, k, store, tell));
  const cells = inputs.map((input, k) =>
    columns[k].k === null ? html("span", { class: "offset" }, "=", input) : input,
  );
  const element = html(
    "li",
    { class: "row-item", "data-row": place },
    html("label", { class: "row-switch" }, onOff, swatch, name),
    html("div", { class: "entries" }, ...cells),
    remove,
  );
  return {
    element,
    inputs,
    draw(row, lit) {
      put(name, { text: row.name, title: row.name });
      onOff.checked = row.on;
      put(onOff, { "aria-label": `Row ${row.name} takes part` });
      put(remove, { "aria-label": `Remove row ${row.name}`, title: `Remove row ${row.name}` });
      put(element, { class: `row-item${row.on ? "" : " off"}${lit ? " lit" : ""}` });
      inputs.forEach((input, k) => {
        const text = columns[k].k === null ? row.offset : row.entries[columns[k].k];
        put(input, { "aria-label": `Row ${row.name}, ${columns[k].column}` });
        if (input.shownText === text) return;
        input.shownText = text;
        if (input.value.trim() !== text) input.value = text;
        put(input, { title: text, "aria-invalid": null });
      });
    },
  };
}

function inputOf(place, column, k, store, tell) {
  let first = true;
  const write = (text) => {
    store.update(withEntry(store.state, place, k, text), { record: first });
    first = false;
  };
  const input = html("input", {
    type: "text",
    class: "entry",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "row-problem",
    onfocus: () => (first = true),
    oninput() {
      const wrong = problemOf(input.value);
      put(input, { "aria-invalid": wrong ? "true" : null });
      tell(wrong ? `Row ${store.state.rows[place].name}, ${column}: ${wrong}` : "");
      if (!wrong) write(input.value);
    },
    onkeydown(event) {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way || problemOf(input.value)) return;
      event.preventDefault();
      input.value = stepped(input.value, way * (event.shiftKey ? 1 : 10));
      write(input.value);
    },
  });
  return input;
}
