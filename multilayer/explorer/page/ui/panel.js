/** The panel beside the pictures: counts, the marked region, the rows, challenges. */

import { createChallenges } from "ui/challenges";
import { createCounts } from "ui/counts";
import { createMarked } from "ui/marked";
import { createRows } from "ui/rows";

/** Make the panel. */
export function createPanel(root, page) {
  const parts = [createCounts, createRows, createMarked, createChallenges].map((create) => create(root, page));
  return {
    draw(model) {
      for (const part of parts) part.draw(model);
    },
  };
}
