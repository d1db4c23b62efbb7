/** What is known of a complex beside its picture: exact counts, and the affine map of one region in words. */

import { fraction } from "core/integers";
import { roundedText } from "model/decimals";
import { html, put } from "ui/dom";

/**
 * A list of counts.
 * @returns {{element: Element, draw: function(object)}}
 */
export function complexFacts() {
  const count = html("output", { id: "complex-count" });
  const faces = html("dd");
  const pieces = html("dd");
  const bounded = html("dd");
  const euler = html("dd");
  const element = html(
    "dl",
    { class: "facts" },
    html("dt", { text: "regions" }),
    html("dd", {}, count),
    html("dt", { text: "affine pieces" }),
    pieces,
    html("dt", { text: "bounded regions" }),
    bounded,
    html("dt", { text: "faces by dimension" }),
    faces,
    html("dt", { text: "Euler check" }),
    euler,
  );
  return {
    element,
    draw(complex) {
      put(count, { text: String(complex.regions.length) });
      put(pieces, { text: String(complex.pieces) });
      put(bounded, { text: String(complex.bounded) });
      put(faces, { text: complex.faces.join(", ") });
      put(euler, { text: eulerWords(complex) });
    },
  };
}

function eulerWords({ faces, euler, d }) {
  const sum = faces.map((count, k) => `${k === 0 ? "" : k % 2 ? " − " : " + "}${count}`).join("");
  const wanted = d % 2 ? -1 : 1;
  const shown = String(euler).replace("-", "−");
  return euler === wanted
    ? `${sum} = ${shown} = (−1)${"⁰¹²³⁴⁵⁶⁷⁸⁹"[d] ?? `^${d}`}, as it must be`
    : `${sum} = ${shown}: this is wrong`;
}

/**
 * The affine map of a region in words.
 * @param {object} region of a complex
 * @param {string[]} inputs names
 * @param {number} output its number
 */
export function mapWords(region, inputs, output, name) {
  return `${name} = ${formText(mapOf(region, output), inputs)}`;
}

/** The affine map of an output on a region: fractions, the constant last. */
export function mapOf({ affine: { rows, divisor } }, output) {
  return rows[output].map((num) => fraction(num, divisor));
}

/** An exact affine function as text: entries are fractions {num, den}, the last is the constant. */
export function formText(form, inputs) {
  const parts = form
    .map((value, k) => ({ value, name: inputs[k] }))
    .filter(({ value }) => value.num !== 0n)
    .map(({ value, name }) => term(value, name));
  if (!parts.length) return "0";
  const [first, ...rest] = parts;
  return (
    (first.minus ? "−" : "") + first.text + rest.map(({ minus, text }) => ` ${minus ? "−" : "+"} ${text}`).join("")
  );
}

function term({ num, den }, name) {
  const minus = num < 0n;
  const size = minus ? -num : num;
  const number = shortRatio(size, den);
  if (name === undefined) return { minus, text: number };
  return { minus, text: number === "1" ? name : `${number} ${name}` };
}

/** A positive fraction as text: exact where that is short, else rounded with a sign that says so. */
function shortRatio(num, den) {
  const text = den === 1n ? String(num) : `${num}/${den}`;
  if (text.length <= 9) return text;
  return `≈${roundedText(num, den, 4)}`;
}

/** The signs of a pattern, a bar between layers. */
export function patternText(key, widths) {
  const signs = [...key];
  return widths.map((width) => signs.splice(0, width).join("")).join(" | ");
}
