/** The weights of a network as sliders: one neuron at a time, each weight as a slider and as an exact number. */

import { exactNumber } from "core/integers";
import { decimal, roundedText } from "model/decimals";
import { isNetwork, neuronNames, withWeight, weightsInto } from "model/network/network";
import { floatOf } from "model/geometry/pictured";
import { html, put, show } from "ui/dom";

const STEPS = 200;
const LONGEST = 12; // characters of a number that a field shows whole

export const weights = {
  id: "weights",
  title: "Weights",
  about: "Choose a neuron and move the weights into it; a field takes any exact number, such as -1/3.",
  fits: (model) => isNetwork(model.state),
  create,
};

function create(root, page) {
  const choice = html("select", { "aria-label": "Neuron", onchange: () => draw(page.model()) });
  const list = html("div", { class: "sliders" });
  root.append(choice, list);
  let [options, fields, wanted] = ["", [], ""];

  function draw(model) {
    const { state } = model;
    const names = neuronsOf(state);
    if (names.map(({ text }) => text).join("\n") !== options) {
      const before = choice.value;
      show(choice, ...names.map(({ value, text }) => html("option", { value, text })));
      if (names.some(({ value }) => value === before)) choice.value = before;
      options = names.map(({ text }) => text).join("\n");
    }
    const [layer, neuron] = choice.value.split(" ").map(Number);
    const into = weightsInto(state, layer, neuron);
    const now = `${choice.value} ${into.map(({ name }) => name).join("\n")}`;
    if (now !== wanted) {
      wanted = now;
      fields = into.map(({ place, name }) =>
        slider(name, (text, first) => set({ layer, neuron, place }, text, first), page),
      );
      show(list, ...fields.map(({ element }) => element));
    }
    into.forEach(({ text }, k) => fields[k].draw(text));
  }

  function set(where, text, first) {
    page.store.update(withWeight(page.store.state, where, text), { record: first });
  }

  return { draw };
}

/** All neurons, layer after layer. */
function neuronsOf(state) {
  const layers = Array.from({ length: state.layers.length + 1 }, (_, layer) => layer);
  return layers.flatMap((layer) =>
    neuronNames(state, layer).map((name, neuron) => ({
      value: `${layer} ${neuron}`,
      text: titleOf(state, layer, name),
    })),
  );
}

function titleOf(state, layer, name) {
  return layer === state.layers.length ? `output: ${name}` : `layer ${layer + 1}: neuron ${name}`;
}

/**
 * One weight: a slider, whose range is chosen when it is made and grows where a number is beyond it, and a field.
 * @param {function(string, boolean)} set is given exact text, and whether it begins a gesture
 */
function slider(name, set, page) {
  let [sliding, exact] = [false, ""];
  const range = html("input", {
    type: "range",
    "aria-label": `${name}, slider`,
    oninput: () => {
      set(decimal(Number(range.value), digitsOf(range.step)), !sliding);
      sliding = true;
    },
    onchange: () => (sliding = false),
  });
  const field = html("input", {
    type: "text",
    "aria-label": `${name}, exact`,
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => enter(field, set, page),
    onfocus: () => (field.value = exact),
    onblur: () => (field.value = shortText(exact)),
  });
  const element = html(
    "div",
    { class: "weight" },
    html("span", { class: "weight-name", text: name, title: name }),
    range,
    field,
  );
  let reach = -1;
  return {
    element,
    draw(text) {
      exact = text;
      const value = floatOf(text);
      if (Math.abs(value) > reach) {
        reach = roundUp(Math.max(Math.abs(value) * 1.5, 2));
        put(range, { min: -reach, max: reach, step: (2 * reach) / STEPS });
      }
      if (!sliding) range.value = String(value);
      if (document.activeElement !== field) field.value = shortText(text);
      put(field, { title: text });
    },
  };
}

function enter(field, set, page) {
  try {
    exactNumber(field.value);
  } catch (error) {
    page.say(error.message);
    return;
  }
  page.say("");
  set(field.value.trim(), true);
}

/**
 * Exact text that has room in a field, else the decimal next to it; the exact one is there while the field is written
 * in.
 */
function shortText(text) {
  const { num, den } = exactNumber(text);
  return text.length <= LONGEST ? text : `≈ ${roundedText(num, den, 6)}`;
}

/** 2, 5 or 10 times a power of ten, not below x. */
function roundUp(x) {
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].find((k) => k * power >= x) * power;
}

function digitsOf(step) {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(Number(step))) + 1));
}
