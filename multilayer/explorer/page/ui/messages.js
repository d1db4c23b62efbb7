/** What the page has to say beside its pictures: one line that is read aloud, and goes after a while or when pressed. */

import { html } from "ui/dom";

const STAYS = 12000; // milliseconds

let place = null;
let later = null;

/** Say one sentence; an empty one takes the last away. */
export function say(text) {
  place ??= document.body.appendChild(
    html("p", { class: "message", role: "status", "aria-live": "polite", onclick: () => say("") }),
  );
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(later);
  if (text) later = setTimeout(() => say(""), STAYS);
}
