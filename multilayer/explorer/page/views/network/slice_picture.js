/** A network with three inputs or more: a slice through them in the plane, and all regions in a table. */

import { complexOf } from "model/network/complex";
import { problemOf } from "model/edits";
import { networkLayers } from "model/network/network";
import { slicedLayers, sliceOf } from "model/network/slice";
import { html, put } from "ui/dom";
import { refill } from "ui/refill";
import { complexLayers } from "views/network/complex_plane";
import { regionTable } from "views/network/region_lists";
import { planeStage } from "views/plane/plane_stage";

/**
 * Make the picture of a slice.
 * @returns {function(object, number, object): object} draws (complex, output, model) and returns the complex of the
 *   slice
 */
export function slicePicture(root, page) {
  const choices = html("div", { class: "slice" });
  const stageRoot = html("div");
  const words = html("p", { class: "about" });
  const table = regionTable();
  const list = html("details", {}, html("summary", { text: "All regions" }), table.element);
  root.append(words, choices, stageRoot, list);
  const at = planeStage(stageRoot, page, { id: "complex", hint: "Slice of the complex" });
  const draw = complexLayers(at, page);
  at.axesOnTop();
  let [seen, sliced, shown] = [{}, null, ""];
  return (complex, output, model) => {
    const { state } = model;
    const slice = sliceOf(state);
    if (seen.complex !== complex || seen.slice !== state.slice) {
      seen = { complex, slice: state.slice };
      sliced = complexOf(slicedLayers(networkLayers(state), slice));
    }
    const wanted = `${state.columns.join("\n")} ${slice.axes}`;
    const written = `${wanted} ${slice.fixed}`;
    if (written !== shown) {
      shown = written;
      refill(choices, choicesOf(state, slice, page));
    }
    const names = slice.axes.map((j) => state.columns[j]);
    at.fit(sliced.vertices, wanted);
    at.drawAxes(names);
    draw({ complex: sliced, output, levels: false, keyOf: () => null, marked: page.store.passing.pattern });
    const numbers = [sliced, complex].map(({ regions }) => regions.length);
    const text = `This slice through ${complex.d} inputs has ${numbers[0]} regions, the whole complex ${numbers[1]}.`;
    put(words, { text });
    at.name(text);
    if (list.open) table.draw(complex, state.columns, state.outputs);
    list.ontoggle = () => list.open && table.draw(complex, state.columns, state.outputs);
    return sliced;
  };
}

/** Two selects for the axes, and a field for every other input. */
function choicesOf({ columns }, slice, page) {
  const change = (parts) => page.store.update({ slice: { ...sliceOf(page.store.state), ...parts } });
  const axes = slice.axes.map((axis, k) =>
    html(
      "label",
      {},
      k === 0 ? "Across " : "Up ",
      html(
        "select",
        {
          "data-focus": `axis ${k}`,
          onchange: (event) => change({ axes: turned(slice.axes, k, Number(event.target.value)) }),
        },
        ...columns.map((text, j) => html("option", { value: j, text, selected: j === axis })),
      ),
    ),
  );
  const fields = columns.flatMap((name, j) =>
    slice.axes.includes(j)
      ? []
      : [
          html(
            "label",
            {},
            `${name} = `,
            html("input", {
              type: "text",
              value: slice.fixed[j],
              size: 6,
              "data-focus": `fixed ${j}`,
              onchange: (event) => set(event.target, j),
            }),
          ),
        ],
  );
  function set(field, j) {
    const problem = problemOf(field.value);
    page.say(problem ?? "");
    if (!problem) change({ fixed: sliceOf(page.store.state).fixed.with(j, field.value.trim()) });
  }
  return [...axes, ...fields];
}

/** The axes after one was chosen anew; choosing the other one's input swaps them. */
function turned(axes, k, input) {
  return axes[1 - k] === input ? [axes[1], axes[0]] : axes.with(k, input);
}
