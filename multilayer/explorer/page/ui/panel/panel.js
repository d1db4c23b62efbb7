/** The panel beside the pictures: counts, challenges, the rows, the marked region, and what the words mean. */

import { createChallenges } from "ui/panel/challenges";
import { createCounts } from "ui/panel/counts";
import { createGlossary } from "ui/panel/glossary";
import { createMarked } from "ui/panel/marked";
import { createRows } from "ui/panel/rows";

/** Make the panel. */
export function createPanel(root, page) {
  const parts = [createCounts, createChallenges, createRows, createMarked, createGlossary].map((create) =>
    create(root, page),
  );
  return {
    draw(model) {
      for (const part of parts) part.draw(model);
    },
  };
}
