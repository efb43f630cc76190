/**
 * Runs the clock of an exercise for the tests. Reads `{play, steps}` from standard input and writes the state after each
 * step, with its moments and its open branches; a step is the name of a function and what follows the state.
 */
import { readFileSync } from "node:fs";
import * as clock from "../../docs/assets/js/exercise/clock.js";

const { play, steps } = JSON.parse(readFileSync(0, "utf8"));
/** @type {Record<string, (state: any, ...given: any[]) => any>} */
const known = {
  at: (state, now) => clock.at(state, now, play),
  toggled: (state, now) => clock.toggled(state, now, play),
  paced: (state, speed, now) => clock.paced(state, speed, now, play),
  forward: (state, now) => clock.forward(state, now, play),
  kept: (_, text) => clock.kept(text, play),
  back: clock.back,
  taken: clock.taken,
  lookedAt: clock.lookedAt,
};
let state = clock.begun();
const states = steps.map((/** @type {[string, ...any[]]} */ [name, ...given]) => {
  state = known[name](state, ...given);
  const moments = clock.moments(state).map((moment) => moment.map(({ id }) => id));
  const ways = clock.ways(state, play).map(({ to }) => to);
  return { ...state, moments, ways, next: clock.next(state, play)?.id, digits: clock.digits(state.elapsed) };
});
process.stdout.write(JSON.stringify(states));
