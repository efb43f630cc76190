/**
 * The clock of an exercise: which inject is due, what branches lead to, and what is looked at. Nothing here knows the
 * page or the time of day; a state and a moment give the next state.
 *
 * @typedef {{id: string, minute: number, isBranch: boolean, ways: {when: string, to: string}[]}} Inject
 * @typedef {{id: string, at: number}} Shown an inject that was shown, and the second of play at which it came
 *
 * @typedef {object} State
 * @property {number} elapsed seconds of play at the moment `last`
 * @property {number} last the moment, in milliseconds, at which `elapsed` was true
 * @property {boolean} running
 * @property {number} speed how many seconds of play pass in one second
 * @property {Shown[]} shown in the order in which they came
 * @property {number} seen which moment is looked at, counted from 0; see `moments`
 *
 * @typedef {{injects: Inject[], seconds: number}} Play the injects in their order, and when the time is over
 */

const MINUTE = 60;
/** A longer silence means that the machine slept or the page was closed: then the clock stands. In milliseconds. */
export const LONGEST_SILENCE = 300_000;
export const SPEEDS = [1, 2, 5];

/** @returns {State} */
export const begun = () => ({ elapsed: 0, last: 0, running: false, speed: 1, shown: [], seen: 0 });

/**
 * @param {State} state
 * @param {number} now
 * @param {Play} play
 * @returns {State} the state at a moment
 */
export function at(state, now, play) {
  if (!state.running) return state;
  const silence = Math.max(now - state.last, 0);
  if (silence > LONGEST_SILENCE) return { ...state, running: false };
  const elapsed = Math.min(state.elapsed + (silence / 1000) * state.speed, play.seconds);
  return revealed({ ...state, elapsed, last: now, running: elapsed < play.seconds }, play);
}

/**
 * @param {State} state
 * @param {Play} play
 * @returns {State} with every inject of each run whose minute has come; the newest is looked at
 */
function revealed(state, { injects }) {
  const due = injects.filter((one) => !one.isBranch && one.minute * MINUTE <= state.elapsed && !isShown(state, one.id));
  if (due.length === 0) return state;
  return newest({ ...state, shown: [...state.shown, ...due.map(({ id, minute }) => ({ id, at: minute * MINUTE }))] });
}

/** @param {State} state @param {string} id */
const isShown = ({ shown }, id) => shown.some((one) => one.id === id);

/** @param {State} state @returns {State} */
const newest = (state) => ({ ...state, seen: Math.max(moments(state).length - 1, 0) });

/**
 * @param {State} state
 * @returns {Shown[][]} what was shown, with injects that came at the same second together
 */
export function moments({ shown }) {
  /** @type {Shown[][]} */
  const found = [];
  for (const one of shown) {
    const last = found.at(-1);
    if (last && last[0].at === one.at) last.push(one);
    else found.push([one]);
  }
  return found;
}

/**
 * @param {State} state
 * @param {Play} play
 * @returns {Inject | undefined} the next inject of each run
 */
export function next(state, { injects }) {
  return injects.find((one) => !one.isBranch && !isShown(state, one.id));
}

/**
 * @param {State} state
 * @param {Play} play
 * @returns {{when: string, to: string}[]} the branches of what was shown that were not taken
 */
export function ways(state, { injects }) {
  return injects.filter(({ id }) => isShown(state, id)).flatMap((one) => one.ways.filter(({ to }) => !isShown(state, to)));
}

/**
 * @param {State} state
 * @param {number} now
 * @param {Play} play
 * @returns {State} started or stopped
 */
export function toggled(state, now, play) {
  if (state.running) return { ...at(state, now, play), running: false };
  return at({ ...state, last: now, running: state.elapsed < play.seconds }, now, play);
}

/**
 * @param {State} state
 * @param {number} speed
 * @param {number} now
 * @param {Play} play
 * @returns {State}
 */
export function paced(state, speed, now, play) {
  return { ...at(state, now, play), speed: SPEEDS.includes(speed) ? speed : 1 };
}

/** @param {State} state @returns {State} with what came before */
export function back(state) {
  return { ...state, seen: Math.max(state.seen - 1, 0) };
}

/**
 * @param {State} state
 * @param {number} now
 * @param {Play} play
 * @returns {State} with what came after; from the newest one, the clock goes on to the next inject
 */
export function forward(state, now, play) {
  if (state.seen < moments(state).length - 1) return { ...state, seen: state.seen + 1 };
  const following = next(state, play);
  if (!following) return state;
  return revealed({ ...state, elapsed: Math.max(following.minute * MINUTE, state.elapsed), last: now }, play);
}

/**
 * @param {State} state
 * @param {string} id
 * @returns {State} with the inject to which a branch leads, which is shown at once
 */
export function taken(state, id) {
  if (isShown(state, id)) return state;
  return newest({ ...state, shown: [...state.shown, { id, at: state.elapsed }] });
}

/**
 * @param {State} state
 * @param {number} moment
 * @returns {State} with one of the moments looked at
 */
export function lookedAt(state, moment) {
  return { ...state, seen: Math.min(Math.max(moment, 0), Math.max(moments(state).length - 1, 0)) };
}

/**
 * @param {string | null} text what was kept
 * @param {Play} play
 * @returns {State} the state that was kept, without what the exercise no longer has; a new one where nothing can be read
 */
export function kept(text, play) {
  try {
    const { elapsed, last, running, speed, shown, seen } = JSON.parse(text ?? "");
    const known = new Set(play.injects.map(({ id }) => id));
    const isTime = (/** @type {unknown} */ one) => typeof one === "number" && Number.isFinite(one) && one >= 0;
    if (![elapsed, last, seen].every(isTime) || !Array.isArray(shown)) return begun();
    const whole = shown.filter((one) => known.has(one?.id) && isTime(one.at)).map(({ id, at: came }) => ({ id, at: came }));
    const state = { elapsed: Math.min(elapsed, play.seconds), last, running: running === true, speed, shown: whole, seen };
    return lookedAt({ ...state, speed: SPEEDS.includes(speed) ? speed : 1 }, Math.floor(seen));
  } catch {
    return begun();
  }
}

/** @param {number} elapsed in seconds @returns {string} minutes and seconds, as the script counts them: `75:00` */
export function digits(elapsed) {
  const whole = Math.floor(elapsed);
  return `${String(Math.floor(whole / MINUTE)).padStart(2, "0")}:${String(whole % MINUTE).padStart(2, "0")}`;
}
