/** The views, in the order of the page; each is described in ui/cards. */

import { activityView } from "views/certificate/activity";
import { affinePlane } from "views/affine_plane";
import { bentLine } from "views/second/bent_line";
import { certificate } from "views/certificate/certificate";
import { certifiedFunction } from "views/certificate/certified_function";
import { dataPlaneView } from "views/plane/data_plane";
import { deletionRestrictionTree } from "views/deletion_restriction";
import { disc } from "views/disc";
import { fold } from "views/second/fold";
import { lines } from "views/lines";
import { overBeta } from "views/certificate/over_beta";
import { networkComplex } from "views/network/network_complex";
import { secondCounts } from "views/second/second_counts";
import { secondLayerView } from "views/second/second_layer";
import { signTable } from "views/sign_table";
import { sphere } from "views/sphere";
import { topeGraph } from "views/tope_graph";
import { weights } from "views/network/weights";
import { zonotope } from "views/zonotope";

export const VIEWS = [
  overBeta,
  certificate,
  certifiedFunction,
  activityView,
  networkComplex,
  weights,
  lines,
  affinePlane,
  sphere,
  disc,
  dataPlaneView,
  secondLayerView,
  bentLine,
  fold,
  secondCounts,
  zonotope,
  topeGraph,
  signTable,
  deletionRestrictionTree,
];
