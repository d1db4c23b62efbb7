/** The button below a picture that evens out rows which are crowded in one direction, and shows them truly again. */

import { eveningFor } from "model/geometry/pictured";
import { html, put } from "ui/dom";

/**
 * Make the button in the element `root`.
 * @returns {function(object)} draws it for a model
 */
export function evenButton(root, page) {
  const button = html("button", {
    type: "button",
    text: "Even out",
    title: "A linear map makes rows equally dense in every direction; regions and counts stay the same",
    onclick() {
      const { camera } = page.store.state;
      const even = camera?.even ? null : eveningFor(page.model());
      page.store.update({ camera: { ...camera, even, plane: null } });
    },
  });
  root.append(button);
  return ({ state }) => put(button, { "aria-pressed": String(Boolean(state.camera?.even)) });
}
