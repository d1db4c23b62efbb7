/** What the page has to say beside its pictures: one line that stays until the next one, and is read aloud. */

import { html } from "ui/dom";

let place = null;

/** Say one sentence; an empty one takes the last away. */
export function say(text) {
  place ??= document.body.appendChild(html("p", { class: "message", role: "status", "aria-live": "polite" }));
  place.textContent = text;
  place.hidden = !text;
}
