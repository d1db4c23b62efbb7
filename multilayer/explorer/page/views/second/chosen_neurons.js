/** A neuron that was chosen, in the list of the second layer: its region, its output sign, and how to take it away. */

import { maskText } from "model/rows";
import { turned, withoutNeuron } from "model/second/second_layer";
import { html } from "ui/dom";

/** The line of one neuron. */
export function neuronLine({ region, output, place }, page) {
  const name = region ? `region ${region.number + 1}, mask ${maskText(region.signs)}` : "its region is gone";
  return html(
    "li",
    { class: region ? "neuron" : "neuron gone" },
    html("span", { class: `swatch neuron-${place + 1}`, "aria-hidden": "true", text: String(place + 1) }),
    html("span", { text: name }),
    html("button", {
      type: "button",
      class: "sign",
      "data-focus": `sign ${place}`,
      text: output > 0 ? "+" : "−",
      title: "Turn the sign of its output weight",
      "aria-label": `Neuron ${place + 1} has output sign ${output > 0 ? "plus" : "minus"}: turn it`,
      onclick: () => page.store.update(turned(page.store.state, place)),
    }),
    html("button", {
      type: "button",
      text: "×",
      "data-focus": `away ${place}`,
      title: "Take this neuron away",
      "aria-label": `Take neuron ${place + 1} away`,
      onclick: () => page.store.update(withoutNeuron(page.store.state, place)),
    }),
  );
}
