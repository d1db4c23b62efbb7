/** The optimum over an interval of beta: both proven curves, and the knots, one of which the other pictures show. */

import { chosenKnot, curvePoints } from "model/network/chosen_knot";
import { html, put, show, svg } from "ui/dom";

const [WIDTH, HEIGHT] = [480, 300];
const [LEFT, RIGHT, TOP, BOTTOM] = [58, 14, 12, 40];

export const overBeta = {
  id: "over-beta",
  title: "The optimum over beta",
  about:
    "The optimum is concave in β: chords of proven lower bounds lie below it, the cost of every network above. Choose a " +
    "knot; the other cards show its network and its proof.",
  fits: (model, content) => Boolean(content.knots),
  create,
};

function create(root, page) {
  const { curves } = page.content;
  const points = curvePoints(curves);
  const place = placing(points);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "curves" });
  const path = (name, betas, values) =>
    svg("polyline", { class: name, points: betas.map((b, k) => place(b, values[k]).join(",")).join(" ") });
  picture.append(
    ...axes(points, place),
    path("upper-curve", points.fine, points.upper),
    path("lower-curve", points.betas, points.lower),
  );
  const dots = points.betas.map((beta, k) => {
    const [x, y] = place(beta, points.lower[k]);
    return picture.appendChild(
      svg("circle", { class: "knot", cx: x, cy: y, r: 5, "data-knot": k, onclick: () => choose(page, k) }),
    );
  });
  const slider = html("input", {
    type: "range",
    min: 0,
    max: points.betas.length - 1,
    step: 1,
    "aria-label": "Knot: the beta whose optimum is shown",
    oninput: () => choose(page, Number(slider.value)),
  });
  const words = html("p", { class: "words" });
  root.append(picture, html("label", { class: "knot-choice" }, "β ", slider), words);
  return {
    svg: () => picture,
    draw(model) {
      const knot = chosenKnot(page.content, model.state);
      dots.forEach((dot, k) => put(dot, { class: k === knot ? "knot chosen" : "knot" }));
      slider.value = String(knot);
      const { lower_decimal: low, upper_decimal: high } = page.content.knots[knot].certificate;
      const beta = curves.betas[knot];
      slider.setAttribute("aria-valuetext", `beta ${beta}`);
      show(
        words,
        `At β = ${beta} the optimum is between ${low} and ${high}. ` +
          `Between the ${dots.length} knots the curves are at most ${curves.gap_decimal} apart, relative to the upper one; ` +
          "all of this was checked when the page was written.",
      );
      put(picture, { "aria-label": `Proven curves of the optimum over beta; chosen: beta ${beta}, from ${low} to ${high}` });
    },
  };
}

function choose(page, knot) {
  page.store.update({ knot });
}

/** From beta (on a logarithmic scale, where it spans more than a factor of 5) and a value to the picture. */
function placing({ betas, upper }) {
  const [low, high] = [betas[0], betas.at(-1)];
  const scale = high > 5 * low ? Math.log : (beta) => beta;
  const [from, to] = [scale(low), scale(high) > scale(low) ? scale(high) : scale(low) + 1];
  const most = Math.max(...upper) || 1;
  return (beta, value) => [
    LEFT + ((scale(beta) - from) / (to - from)) * (WIDTH - LEFT - RIGHT),
    HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM),
  ];
}

function axes({ betas, upper }, place) {
  const most = Math.max(...upper) || 1;
  const [low, high] = [betas[0], betas.at(-1)];
  const text = (x, y, words, anchor) => svg("text", { x, y, class: "tick", "text-anchor": anchor, text: words });
  const [x0, y0] = place(low, 0);
  const [x1] = place(high, 0);
  const ticks = ticksOf(low, high).map((beta) => text(place(beta, 0)[0], y0 + 16, plain(beta), "middle"));
  const values = [0, most / 2, most].map((value) => text(x0 - 6, place(low, value)[1] + 4, plain(value), "end"));
  return [
    svg("line", { class: "axis", x1: x0, y1: y0, x2: x1, y2: y0 }),
    svg("line", { class: "axis", x1: x0, y1: y0, x2: x0, y2: place(low, most)[1] }),
    ...ticks,
    ...values,
    text((x0 + x1) / 2, y0 + 34, "β", "middle"),
  ];
}

/** The ends, and the powers of ten between them. */
function ticksOf(low, high) {
  const found = [low];
  for (let power = 10 ** Math.ceil(Math.log10(low) + 0.15); power < high / 1.4; power *= 10) found.push(power);
  return high > low ? [...found, high] : found;
}

function plain(value) {
  return String(Number(value.toPrecision(3)));
}
