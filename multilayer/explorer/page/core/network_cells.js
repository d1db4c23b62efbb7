/**
 * The regions of a network's hidden layers, as cones over the inputs that one layer after the other cuts.
 *
 * A cell is {cone, signs, forms, outputs}: the signs and the forms of all pre-activations so far, one list a layer, and
 * the outputs of its last layer as forms of z = (x t, t). The hyperplanes of a cone are numbered: first those of the
 * base (t = 0, or the sides of a box), then the neurons of all layers; a ray is tight on every form that is 0 there.
 */

import { coneOfRays, split } from "core/cones";
import { dot, sign } from "core/integers";
import { formsOf, inputForms } from "core/network_layers";
import { regions } from "core/regions";

/**
 * The cells of the first hidden layer: regions of an affine arrangement.
 * @param {{weights: bigint[][], biases: bigint[]}} layer of integerLayers()
 * @param {bigint[][]} base forms that are positive on all inputs that count
 * @returns {object[]} cells
 */
export function firstCells(layer, base) {
  const forms = formsOf(layer, inputForms(layer.weights[0].length));
  return regions(forms, { base }).map(({ rays }) => cellOf(rays, base, [forms]));
}

/**
 * The parts into which the next hidden layer cuts a cell.
 * @param {object} cell
 * @param {{weights: bigint[][], biases: bigint[]}} layer of integerLayers()
 * @param {bigint[][]} base as for firstCells()
 * @returns {object[]} cells
 */
export function cutByLayer(cell, layer, base) {
  const forms = formsOf(layer, cell.outputs);
  const walls = base.length + cell.forms.flat().length;
  let cones = [cell.cone];
  forms.forEach((form, k) => {
    cones = cones.flatMap((cone) => {
      const { plus, minus } = split(cone, form, walls + k);
      return plus ? [plus, minus] : [cone];
    });
  });
  return cones.map(({ rays }) => cellOf(rays, base, [...cell.forms, forms]));
}

function cellOf(rays, base, forms) {
  const signs = forms.map((layer) => layer.map((form) => signInside(form, rays)));
  const outputs = forms.at(-1).map((form, k) => (signs.at(-1)[k] > 0 ? form : form.map(() => 0n)));
  return { cone: coneOfRays(rays, [...base, ...forms.flat()]), signs, forms, outputs };
}

/** The sign inside a cone of a form that does not cut it: that on any ray where it is not 0. */
function signInside(form, rays) {
  const value = rays.map((ray) => dot(form, ray)).find((x) => x);
  return value === undefined ? 0 : sign(value);
}
