/** Making elements: short names for what the DOM says at length. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an HTML element.
 * @param {string} tag its name
 * @param {object} parts attributes; `onclick` and the like are listeners, `text` is its text
 * @param {...(Node|string)} children
 */
export function html(tag, parts = {}, ...children) {
  return filled(document.createElement(tag), parts, children);
}

/** Make an SVG element, in the same way. */
export function svg(tag, parts = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), parts, children);
}

function filled(element, parts, children) {
  for (const [name, value] of Object.entries(parts)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Replace all children of an element. */
export function show(element, ...children) {
  element.replaceChildren(...children);
}
