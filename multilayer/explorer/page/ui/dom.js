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

/** Set attributes of an element that change with every frame; those that stay the same are not touched. */
export function put(element, parts) {
  const before = (element.drawn ??= {});
  for (const [name, value] of Object.entries(parts)) {
    if (before[name] === value) continue;
    before[name] = value;
    if (name === "text") element.textContent = value;
    else if (value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/**
 * Keep one child of `parent` for each item, by its key, in the order of the items where `ordered` is set.
 * @param {Element} parent
 * @param {function(): Element} make a new child
 * @returns {function(Iterable, function(object): string, function(object): object)} draws items: `parts` are what
 *   `put` sets
 */
export function keyed(parent, make, { ordered = false } = {}) {
  let shown = new Map();
  return (items, keyOf, parts) => {
    const next = new Map();
    let place = parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const element = shown.get(key) ?? parent.appendChild(make());
      put(element, parts(item));
      next.set(key, element);
      if (!ordered) continue;
      if (element === place) place = place.nextElementSibling;
      else parent.insertBefore(element, place);
    }
    for (const [key, element] of shown) if (!next.has(key)) element.remove();
    shown = next;
  };
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
