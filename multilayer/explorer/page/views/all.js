/** The views, in the order of the page; each is described in ui/cards. */

import { affinePlane } from "views/affine_plane";
import { deletionRestrictionTree } from "views/deletion_restriction";
import { disc } from "views/disc";
import { lines } from "views/lines";
import { signTable } from "views/sign_table";
import { sphere } from "views/sphere";
import { topeGraph } from "views/tope_graph";
import { zonotope } from "views/zonotope";

export const VIEWS = [lines, affinePlane, sphere, disc, zonotope, topeGraph, signTable, deletionRestrictionTree];
