/**
 * The first state of a page, from the content that the file holds and from the link.
 *
 * The content is what Python wrote: kind, name, columns, rows and more, for networks and certificates their own parts,
 * which never change. The state begins with its rows; a fragment behind the address replaces it.
 */

import { rank } from "core/elimination";
import { decode, encode } from "core/state_text";
import { eveningOfCrowded } from "model/geometry/evening";
import { checkedState, record } from "model/linked_state";
import { handedOn, networkParts } from "model/network/network";
import { eveningFor } from "model/geometry/pictured";
import { exactRows, rowsOn } from "model/rows";

/** Read the content that is in the page. */
export function readContent() {
  return JSON.parse(document.getElementById("content").textContent);
}

/** The state that a content begins with; where its rows are crowded, they are seen evened out. */
export function firstState(content) {
  const state = plainState(content);
  const even = content.kind === "arrangement" && !state.camera && state.rows.length ? eveningOfRows(state) : null;
  return even ? { ...state, camera: { even } } : state;
}

function plainState(content) {
  return {
    columns: content.columns,
    affine: content.affine,
    bias: content.bias,
    ...(content.targets?.length && { targetNames: content.targets.map(({ name }) => name) }),
    rows: content.rows.map((row, k) => ({
      entries: row,
      offset: content.affine ? content.offsets[k] : null,
      on: true,
      name: content.names?.[k] ?? String(k + 1),
      ...rowParts(content, k),
    })),
    marked: null,
    neurons: [],
    hidden: [],
    theme: "auto",
    camera: null,
    ...networkParts(content),
    ...(content.state ?? {}),
  };
}

/** What a row has beside its entries: the targets of data, or the weights that a neuron hands on. */
function rowParts(content, k) {
  if (content.kind === "network") return { out: handedOn(content, k) };
  return content.targets?.length ? { targets: content.targets.map(({ values }) => values[k]) } : {};
}

/** The state in the address, or null; `problem` is told if it is damaged. */
export function stateInAddress(content, problem) {
  const text = location.hash.slice(1);
  if (!text) return null;
  try {
    const linked = decode(text);
    return checkedState({ ...firstState(content), ...record(linked) });
  } catch (error) {
    problem(`The link holds no state of this page (${error.message}); the page begins anew.`);
    return null;
  }
}

/** The address of this page in this state. */
export function addressOf(state) {
  return `${location.href.split("#")[0]}#${encode(state)}`;
}

function eveningOfRows(state) {
  const { rows } = exactRows(state);
  const normals = state.affine ? rows.map((row) => row.slice(0, -1)) : rows;
  return eveningFor({ state, rows, normals, on: rowsOn(state), rank: rank(normals) }, eveningOfCrowded);
}
