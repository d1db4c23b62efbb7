/**
 * Gestures on a picture: a press that moves is a drag, one that does not is a tap.
 *
 * Positions are in the units of the picture's viewBox; the matrix is read once, when a gesture begins.
 */

const SLACK = 4;

/**
 * Listen for gestures on an SVG element.
 * @param {SVGSVGElement} picture
 * @param {function([number, number], Element): object|null} begin gives {move(at, first), end(moved), tap()}, all
 *   optional
 */
export function onGesture(picture, begin) {
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const matrix = picture.getScreenCTM().inverse();
    const at = (e) => {
      const point = new DOMPoint(e.clientX, e.clientY).matrixTransform(matrix);
      return [point.x, point.y];
    };
    const gesture = begin(at(event), event.target);
    if (!gesture) return;
    follow(picture, event, at, gesture);
  });
}

function follow(picture, down, at, gesture) {
  const ends = new AbortController();
  let moved = false;
  const listen = (name, act) =>
    picture.addEventListener(name, (e) => e.pointerId === down.pointerId && act(e), { signal: ends.signal });
  listen("pointermove", (e) => {
    const first = !moved;
    if (first && Math.hypot(e.clientX - down.clientX, e.clientY - down.clientY) < SLACK) return;
    if (first) picture.setPointerCapture(e.pointerId);
    moved = true;
    gesture.move?.(at(e), first);
  });
  const end = (wasTap) => {
    ends.abort();
    if (wasTap && !moved) gesture.tap?.();
    gesture.end?.(moved);
  };
  listen("pointerup", () => end(true));
  listen("pointercancel", () => end(false));
}

/** Call `act(at, factor)` when the wheel turns over a picture while it or a part of it has the focus, or with Ctrl. */
export function onWheel(picture, act) {
  picture.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !picture.closest(".stage").matches(":focus-within")) return;
      event.preventDefault();
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
      act([point.x, point.y], Math.exp(-event.deltaY / 400));
    },
    { passive: false },
  );
}
