/** The zonotope: a polygon for rank 2, and a polytope that turns with the sphere for rank 3. */

import { edgesOf } from "model/tope_graph";
import { onScreen, turnOf } from "model/geometry/turns";
import { zonotopeOf } from "model/geometry/zonotope";
import { inPlane, inSpace } from "model/geometry/pictured";
import { keyed, svg } from "ui/dom";
import { stage } from "ui/stage";
import { closed, graphLayer } from "views/parts";
import { turningButtons, turningDrag, turningKeys } from "views/turning";

const RADIUS = 182;

export const zonotope = {
  id: "zonotope",
  title: "Zonotope",
  about: "The sum of the segments from −a to a over all rows a, scaled to one length. Its vertices are the regions.",
  fits: (model) => !model.state.affine && model.rank > 1 && (inPlane(model) ?? inSpace(model)) !== null,
  create,
};

const pixel = ([x, y]) => [RADIUS * x, -RADIUS * y];

function create(root, page) {
  const inDepth = () => !zonotopeOf(page.model()).flat;
  const keys = turningKeys(page);
  const { picture, layer, name, buttons } = stage(root, page, {
    box: [-204, -204, 408, 408],
    hint: "Zonotope: the arrow keys turn it",
    keys,
    begin: (at) => (inDepth() ? turningDrag(page, at, RADIUS) : null),
  });
  turningButtons(buttons, page);
  const drawBehind = graphLayer(layer("behind edges"), layer("behind nodes"));
  const drawFaces = keyed(layer("faces"), () => svg("path"));
  const drawFront = graphLayer(layer("edges"), layer("nodes"));
  return {
    svg: () => picture,
    draw(model) {
      const { vertices, faces, flat } = zonotopeOf(model);
      buttons.hidden = flat;
      const turn = flat ? (p) => p : onScreen(turnOf(model.state));
      const at = vertices.map((p) => pixel(turn(p)));
      const front = flat ? [] : faces.map((face) => facing(face, turn, at)).filter((face) => face.towards > 1e-9);
      const seen = new Set(flat ? model.regions.map(({ number }) => number) : front.flatMap(({ corners }) => corners));
      const line = ({ a, b, place }) => ({ place, points: [at[a], at[b]] });
      const edges = edgesOf(model);
      const inFront = flat ? new Set(edges) : edgesOfFaces(front, edges);
      const node = ({ key, number }) => ({ key, at: at[number], back: !seen.has(number) });
      drawBehind(model, {
        nodes: model.regions.filter(({ number }) => !seen.has(number)).map(node),
        edges: edges.filter((edge) => !inFront.has(edge)).map(line),
      });
      drawFaces(
        flat ? [outline(at)] : front,
        (face) => face.name,
        (face) => ({ d: face.d, class: "face" }),
      );
      drawFront(model, {
        nodes: model.regions.filter(({ number }) => seen.has(number)).map(node),
        edges: [...inFront].map(line),
      });
      name(
        `The zonotope has ${vertices.length} vertices and ${edges.length} edges` +
          (flat ? "." : ` and ${faces.length} faces; ${front.length} faces are in front.`),
      );
    },
  };
}

/** A face with its corners in order, and how far it is turned towards the reader. */
function facing({ normal, corners }, turn, at) {
  const towards = turn(normal)[2];
  if (!(towards > 1e-9)) return { towards };
  const middle = [0, 1].map((k) => corners.reduce((sum, c) => sum + at[c][k], 0) / corners.length);
  const angle = (c) => Math.atan2(at[c][1] - middle[1], at[c][0] - middle[0]);
  const round = [...corners].sort((a, b) => angle(a) - angle(b));
  return {
    towards,
    corners: round,
    name: [...corners].sort((a, b) => a - b).join(" "),
    d: closed(round.map((c) => at[c])),
  };
}

function edgesOfFaces(faces, edges) {
  const sides = new Set();
  for (const { corners } of faces) {
    corners.forEach((c, k) => {
      const next = corners[(k + 1) % corners.length];
      sides.add(`${Math.min(c, next)} ${Math.max(c, next)}`);
    });
  }
  return new Set(edges.filter(({ a, b }) => sides.has(`${a} ${b}`)));
}

/** The polygon of a flat zonotope. */
function outline(at) {
  const round = [...at].sort((p, q) => Math.atan2(p[1], p[0]) - Math.atan2(q[1], q[0]));
  return { name: "all", d: closed(round) };
}
