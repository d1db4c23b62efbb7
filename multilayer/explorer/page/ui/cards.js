/**
 * The pictures, each in a card with its name, a sentence that says how to read it, and a menu.
 *
 * A view is {id, title, about, fits(model, content), create(root, page)}: `fits` says whether it makes sense for these
 * rows, `create` builds it once in the element `root` and returns {draw(model)}, which is called whenever something
 * changed while the card is in sight, and may have `svg()`, the element that is exported, and `csv()`, its text. A
 * view marks regions by `page.store.pass({hover: key})` and `page.store.update({marked: key})`, and moves rows by
 * `page.store.update(withRow(state, place, parts))`. Where the page's content depends on the state, as at the knots of a
 * curve, `madeOf(content)` says which part a view is made of: when that changes it is made anew.
 */

import { html } from "ui/dom";
import { exportMenu } from "ui/export";
import { VIEWS } from "views/all";

const BUDGET = 6; // milliseconds of drawing in one frame
const SLOW_FRAME = 24; // milliseconds from one frame to the next, from which on other cards rest
const REST = 150; // milliseconds

/**
 * Make the cards; those that are hidden or do not fit are not drawn.
 *
 * The card that was touched last is drawn in every frame, the others in turn, as far as time allows: so a drag stays
 * smooth beside many pictures. While it lasts, one other picture follows in each frame, and fewer where frames are
 * slow: painting takes time too.
 */
export function createCards(root, page) {
  const cards = VIEWS.map((view) => cardOf(view, page));
  root.append(...cards.map((card) => card.element));
  watchSight(cards);
  let queue = [...cards];
  let planned = false;
  let held = false;
  let before = 0; // when the last frame began
  let followed = 0; // when another card than the touched one was drawn last
  root.addEventListener("pointerdown", (event) => bringForward(event.target), { capture: true });
  root.addEventListener("pointerdown", () => (held = true));
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => (held = false));
  root.addEventListener("focusin", (event) => bringForward(event.target));

  function bringForward(target) {
    const touched = cards.find(({ element }) => element.contains(target));
    if (touched) queue = [touched, ...queue.filter((card) => card !== touched)];
  }

  function work() {
    planned = false;
    const begun = performance.now();
    const frame = document.timeline.currentTime; // the same for all that happens in one frame
    const again = frame === before;
    const slow = frame - before > SLOW_FRAME && begun - followed < REST;
    before = frame;
    const [touched, ...others] = queue;
    touched.drawIfDue();
    const late = others.filter((card) => card.isDue());
    const most = !held ? late.length : slow || again ? 0 : Math.min(1, late.length);
    for (let k = 0; k < most && performance.now() - begun < BUDGET; k += 1) {
      late.shift().drawIfDue();
      followed = begun;
    }
    queue = [touched, ...late, ...others.filter((card) => !late.includes(card))];
    if (late.length && !planned) {
      planned = true;
      requestAnimationFrame(work);
    }
  }

  return {
    draw(model) {
      for (const card of cards) {
        const shown = !model.state.hidden.includes(card.view.id) && card.view.fits(model, page.content);
        card.element.hidden = !shown;
        card.due(shown ? model : null);
      }
      work();
    },
  };
}

/** Draw cards that come into sight; those out of sight wait. */
function watchSight(cards) {
  const byElement = new Map(cards.map((card) => [card.element, card]));
  const watcher = new IntersectionObserver(
    (entries) => entries.forEach(({ target, isIntersecting }) => byElement.get(target).sighted(isIntersecting)),
    { rootMargin: "100px" },
  );
  for (const { element } of cards) watcher.observe(element);
}

function cardOf(view, page) {
  const name = `card-${view.id}`;
  const body = html("div", { class: "picture" });
  const head = html("header", {}, html("h2", { id: name, text: view.title }));
  const element = html(
    "section",
    { class: `card ${view.id}`, "aria-labelledby": name, "data-view": view.id },
    head,
    html("p", { class: "about", text: view.about }),
    body,
  );
  let made = null;
  let of = null;
  let menu = null;
  let waiting = null;
  let inSight = false;
  function draw() {
    const now = view.madeOf?.(page.content);
    if (!made || now !== of) {
      of = now;
      body.replaceChildren();
      made = view.create(body, page);
      const next = exportMenu(view, made, page);
      if (menu) menu.replaceWith(next);
      else head.append(next);
      menu = next;
    }
    made.draw(waiting);
    waiting = null;
  }
  return {
    view,
    element,
    /** Say that this model is to be drawn, or nothing. */
    due(model) {
      waiting = model;
    },
    isDue: () => waiting !== null && inSight,
    drawIfDue() {
      if (waiting !== null && inSight) draw();
    },
    sighted(now) {
      inSight = now;
      this.drawIfDue();
    },
  };
}
