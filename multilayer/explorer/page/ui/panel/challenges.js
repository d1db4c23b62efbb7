/** The list of challenges; the chosen one is in the state, and that it is solved is said aloud once. */

import { challengesFor } from "model/challenges";
import { html, put } from "ui/dom";

/** Make the group of challenges in the panel. */
export function createChallenges(root, page) {
  const all = challengesFor(page.content);
  if (!all.length) return { draw() {} };
  const text = html("p", { class: "about" });
  const result = html("p", { class: "result" });
  const stop = html("button", { type: "button", text: "Stop", onclick: () => page.store.update({ challenge: null }) });
  const buttons = all.map((challenge) =>
    html("button", { type: "button", text: challenge.title, onclick: () => start(challenge, page) }),
  );
  const group = html(
    "details",
    { class: "group" },
    html("summary", {}, html("h2", { text: "Challenges" })),
    text,
    result,
    html("div", { class: "choices" }, ...buttons),
    stop,
  );
  root.append(group);
  let announced = null;
  return {
    draw(model) {
      const now = all.find(({ id }) => id === model.state.challenge) ?? null;
      if (now && !group.dataset.seen) {
        Object.assign(group.dataset, { seen: "yes" });
        group.open = true;
      }
      buttons.forEach((button, k) => put(button, { "aria-pressed": String(all[k] === now) }));
      text.hidden = result.hidden = stop.hidden = now === null;
      if (!now) return;
      const solved = now.solved(model);
      put(text, { text: now.text });
      put(result, {
        text: solved ? "✓ Solved" : `Not yet: ${progressOf(now, model)}`,
        class: solved ? "result solved" : "result",
      });
      if (solved && announced !== now.id) page.say(`Solved: ${now.title}`);
      announced = solved ? now.id : null;
    },
  };
}

function progressOf({ progress }, model) {
  return progress ? progress(model) : `${model.regions.length} regions`;
}

function start(challenge, page) {
  page.say("");
  page.store.update({ ...challenge.start(page.store.state), challenge: challenge.id, marked: null });
}
