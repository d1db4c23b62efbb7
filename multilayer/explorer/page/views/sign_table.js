/** The table of regions: signs, mask, witness and number of neighbours, a page at a time. */

import { csvText, witnessText } from "model/region_text";
import { maskText } from "model/rows";
import { html, keyed, put } from "ui/dom";
import { markClass, pointing, toggleMark } from "ui/stage";

const PAGE = 100;
const SLOW = 200; // milliseconds between two drawings while rows are dragged

export const signTable = {
  id: "table",
  title: "Sign vectors",
  about:
    "Every region with its signs, its mask (1 where the sign is + or 0), an exact point inside and its neighbours.",
  fits: () => true,
  create,
};

const COLUMNS = [
  { id: "number", title: "No.", value: (region) => region.number + 1, compare: (a, b) => a.number - b.number },
  { id: "signs", title: "Signs", value: (region) => region.key, compare: (a, b) => order(a.key, b.key) },
  {
    id: "mask",
    title: "Mask",
    value: (region) => maskText(region.signs),
    compare: (a, b) => order(maskText(a.signs), maskText(b.signs)),
  },
  { id: "witness", title: "Witness", value: (region, model) => witnessText(region, model) },
  {
    id: "neighbours",
    title: "Neighbours",
    value: (region, model) => model.adjacent[region.number].length,
    compare: (a, b, model) => model.adjacent[a.number].length - model.adjacent[b.number].length,
  },
];

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function create(root, page) {
  const table = { page: 0, by: "number", down: false, model: null, drawn: null };
  const again = () => drawNow(table.model);
  const heads = COLUMNS.map((column) => headOf(column, table, again));
  const body = html("tbody");
  const scroll = html(
    "div",
    { class: "table-scroll", role: "region", "aria-label": "Table of sign vectors", tabindex: 0 },
    html("table", { class: "signs-table" }, html("thead", {}, html("tr", {}, ...heads)), body),
  );
  const pager = html("div", { class: "stage-buttons" });
  const where = html("span", { class: "about" });
  const turn = (step) => () => {
    table.page += step;
    again();
  };
  pager.append(
    html("button", { type: "button", text: "Previous", onclick: turn(-1) }),
    where,
    html("button", { type: "button", text: "Next", onclick: turn(1) }),
  );
  root.append(scroll, pager);
  const drawRows = keyed(body, rowElement, { ordered: true });
  pointing(body, page);
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row) toggleMark(page, row.dataset.key);
  });
  scroll.addEventListener("keydown", (event) => keyPressed(event, body, page));

  function drawNow(model) {
    Object.assign(table, { model, drawn: performance.now() });
    const sorted = sortedRegions(model, table);
    if (model.marked !== table.marked) {
      table.marked = model.marked;
      const place = sorted.findIndex((region) => region.key === model.marked);
      if (place >= 0) table.page = Math.floor(place / PAGE);
    }
    const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
    table.page = Math.min(pages - 1, Math.max(0, table.page));
    pager.hidden = pages === 1;
    put(where, { text: `Page ${table.page + 1} of ${pages}` });
    pager.firstElementChild.disabled = table.page === 0;
    pager.lastElementChild.disabled = table.page === pages - 1;
    const rows = sorted.slice(table.page * PAGE, (table.page + 1) * PAGE);
    const focus = rows.some((region) => region.key === model.marked) ? model.marked : rows[0]?.key;
    drawRows(
      rows,
      (region) => region.key,
      (region) => ({
        "data-key": region.key,
        class: markClass(model, region.key),
        "aria-selected": String(region.key === model.marked),
        tabindex: region.key === focus ? 0 : -1,
      }),
    );
    rows.forEach((region, k) =>
      COLUMNS.forEach((column, j) => put(body.children[k].children[j], { text: String(column.value(region, model)) })),
    );
  }

  let later = null;
  return {
    csv: () => csvText(page.model()),
    draw(model) {
      clearTimeout(later);
      const same = table.model?.regions === model.regions;
      const wait = SLOW - (performance.now() - (table.drawn ?? -SLOW));
      if (same || wait <= 0) drawNow(model);
      else later = setTimeout(() => drawNow(page.model()), wait);
    },
  };
}

function rowElement() {
  return html("tr", {}, ...COLUMNS.map((column) => html("td", { class: `cell-${column.id}` })));
}

function headOf(column, table, again) {
  if (!column.compare) return html("th", { scope: "col", text: column.title });
  const head = html("th", { scope: "col", "aria-sort": column.id === "number" ? "ascending" : null });
  const sort = () => {
    Object.assign(table, { down: table.by === column.id && !table.down, by: column.id });
    for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", table.down ? "descending" : "ascending");
    again();
  };
  head.append(html("button", { type: "button", class: "sort", text: column.title, onclick: sort }));
  return head;
}

function sortedRegions(model, { by, down }) {
  const { compare } = COLUMNS.find((column) => column.id === by);
  const sorted = [...model.regions].sort((a, b) => compare(a, b, model) || a.number - b.number);
  return down ? sorted.reverse() : sorted;
}

function keyPressed(event, body, page) {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  const rows = [...body.children];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
    next.setAttribute("tabindex", "0");
    next.focus();
    page.store.pass({ hover: next.dataset.key });
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    toggleMark(page, row.dataset.key);
  }
}
