/** Making the children of an element anew without taking the focus from whoever uses the keyboard. */

/**
 * Replace all children; the focus goes to the new child with the same `data-focus`, if it was inside.
 * @param {Element} element
 * @param {Node[]} children
 */
export function refill(element, children) {
  const name = element.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  element.replaceChildren(...children);
  if (name !== undefined) element.querySelector(`[data-focus="${CSS.escape(name)}"]`)?.focus();
}
