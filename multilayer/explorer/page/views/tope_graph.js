/** The tope graph: a node for each region, an edge where one hyperplane is between two, in that hyperplane's colour. */

import { layoutOf } from "model/geometry/graph_layout";
import { edgesOf } from "model/tope_graph";
import { stage } from "ui/stage";
import { graphLayer } from "views/parts";
import { turningDrag } from "views/turning";
import { inSpace } from "model/geometry/pictured";

const RADIUS = 186;

export const topeGraph = {
  id: "graph",
  title: "Tope graph",
  about: "A node for each region; an edge crosses one hyperplane and has its colour. Arrow keys walk along edges.",
  fits: (model) => model.regions.length > 1,
  create,
};

const pixel = ([x, y]) => [RADIUS * x, -RADIUS * y];

function create(root, page) {
  const walk = (x, y) => () => page.store.update({ marked: towards(page.model(), [x, y]) });
  const { picture, layer, name } = stage(root, page, {
    box: [-204, -204, 408, 408],
    hint: "Tope graph: the arrow keys walk from region to region",
    keys: { ArrowLeft: walk(-1, 0), ArrowRight: walk(1, 0), ArrowUp: walk(0, 1), ArrowDown: walk(0, -1) },
    begin: (at) => (inSpace(page.model()) ? turningDrag(page, at, RADIUS) : null),
  });
  const draw = graphLayer(layer("edges"), layer("nodes"));
  return {
    svg: () => picture,
    draw(model) {
      const { at, curve } = layoutOf(model);
      const edges = edgesOf(model);
      draw(model, {
        nodes: model.regions.map(({ key, number }) => ({ key, at: pixel(at[number]) })),
        edges: edges.map(({ a, b, place }) => ({ place, points: curve(a, b).map(pixel) })),
      });
      name(
        `A graph of ${model.regions.length} regions; ${edges.length} pairs of them have one hyperplane between them.`,
      );
    },
  };
}

/** The neighbour of the marked region that lies most in a direction of the picture. */
function towards(model, way) {
  if (model.marked === null) return model.regions[0].key;
  const { at } = layoutOf(model);
  const here = model.byKey.get(model.marked).number;
  let best = { share: 0.2, region: here };
  for (const { region } of model.adjacent[here]) {
    const off = [at[region][0] - at[here][0], at[region][1] - at[here][1]];
    const share = (off[0] * way[0] + off[1] * way[1]) / (Math.hypot(...off) || 1);
    if (share > best.share) best = { share, region };
  }
  return model.regions[best.region].key;
}
