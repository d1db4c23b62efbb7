/** The views, in the order of the page; each is described in ui/cards. */

import { lines } from "views/lines";
import { signTable } from "views/sign_table";

export const VIEWS = [lines, signTable];
