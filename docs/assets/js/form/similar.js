/** Whether something like it is here already: what the search finds for the title and the summary. */
import { element } from "../dom.js";
import { full } from "../place.js";
import { answerTo, isItem, kindsOf, tidied } from "../search/engine.js";
import { record } from "../search/store.js";

const MOST = 4;
/** A title alone of fewer letters says too little. */
const ENOUGH = 12;
/** Only what holds at least this part of what the best can hold is worth a look. */
let turn = 0;
let asked = "";

/**
 * @param {HTMLElement} out
 * @param {Record<string, any>} item
 * @param {import("../search/store.js").Loader | undefined} load
 */
export async function alreadyHere(out, { title = "", summary = "", id = "" }, load) {
  const question = tidied(`${title} ${summary}`);
  if (!load || question === asked) return;
  asked = question;
  const mine = ++turn;
  const rows = question.length < ENOUGH ? [] : await found(question, id, load).catch(() => []);
  if (mine !== turn) return;
  out.hidden = rows.length === 0;
  out.querySelector("ul")?.replaceChildren(...rows);
}

/**
 * @param {string} question
 * @param {string} id
 * @param {import("../search/store.js").Loader} load
 */
async function found(question, id, load) {
  const { results } = await answerTo(question, load);
  const kinds = kindsOf(await load("manifest"));
  const items = results.filter((one) => isItem(kinds[one.record])).slice(0, MOST);
  const records = await Promise.all(items.map((one) => record(load, one.record)));
  return records
    .filter(({ address }) => !id || !address.endsWith(`/${id}/`))
    .map(({ title, address, note }) =>
      element(
        "li",
        {},
        element("a", { href: full(address), target: "_blank", rel: "noopener" }, title),
        note ? ` ${note}` : "",
      ),
    );
}
