/**
 * The state of the page: one plain JSON value that is replaced, never changed in place.
 *
 * `state` is what a link holds and what undo restores; how one looks at it (LOOK) is in links, but undo leaves it
 * alone. `passing` is what does not outlive the pointer: the region and the row under it. Whoever draws
 * subscribes, and is called at most once for each frame of the screen.
 */

const LONGEST_PAST = 200;
const LOOK = ["marked", "camera", "theme", "hidden"];

/**
 * Make a store.
 * @param {object} initial the first state
 */
export function createStore(initial) {
  let state = initial;
  let passing = { hover: null, row: null };
  let past = [];
  let future = [];
  let waiting = false;
  const watchers = new Set();

  /** A state of another time, seen as one sees now. */
  function seenAsNow(other) {
    const look = Object.fromEntries(LOOK.filter((key) => key in state).map((key) => [key, state[key]]));
    return { ...other, ...look };
  }

  function changed() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const watcher of watchers) watcher();
    });
  }

  return {
    get state() {
      return state;
    },
    get passing() {
      return passing;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },

    /**
     * Replace parts of the state.
     * @param {object} parts the new values of some of its keys
     * @param {{record?: boolean}} options record: false within one gesture, whose beginning was recorded
     */
    update(parts, { record = true } = {}) {
      if (record && Object.keys(parts).some((key) => !LOOK.includes(key))) {
        past = [...past.slice(1 - LONGEST_PAST), state];
        future = [];
      }
      state = { ...state, ...parts };
      changed();
    },

    /** Replace what passes with the pointer. */
    pass(parts) {
      if (Object.keys(parts).every((key) => passing[key] === parts[key])) return;
      passing = { ...passing, ...parts };
      changed();
    },

    undo() {
      if (!past.length) return;
      future.push(state);
      state = seenAsNow(past.pop());
      changed();
    },

    redo() {
      if (!future.length) return;
      past.push(state);
      state = seenAsNow(future.pop());
      changed();
    },

    subscribe(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
