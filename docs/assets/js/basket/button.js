/** On every page: buttons that put an item into the reader's course, and in the header how many there are. */
import { element } from "../dom.js";
import { full } from "../place.js";
import { added, counted, has, itemsOf, MOST_ENTRIES, without } from "./course.js";
import { course, update, whenChangedElsewhere } from "./store.js";

const ITEM = /^(?:cases|practices|exercises|paths)\/([a-z0-9-]+)\/$/;
const [ADD, IN] = ["Add to my course", "In my course"];
const NOT_KEPT = "This browser keeps nothing, so it cannot remember a course.";
const FULL = `Your course has ${MOST_ENTRIES} entries, and no room for more.`;

/** @param {Document} page */
export function basketButtons(page) {
  for (const link of page.querySelectorAll("a[data-basket]")) {
    if (link instanceof HTMLAnchorElement) link.after(" ", smallButton(link.dataset.basket ?? "", link.textContent ?? "", link.dataset.version));
  }
  page.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-basket]") : null;
    if (button instanceof HTMLButtonElement) toggle(page, button);
  });
  const draw = () => show(page);
  page.addEventListener("casebook-course", draw);
  whenChangedElsewhere(draw);
  draw();
}

/**
 * @param {string} id of an item in a list
 * @param {string} title
 * @param {string} [version] where the list does not say it, the page of the course takes the newest
 * @returns {HTMLButtonElement}
 */
function smallButton(id, title, version) {
  const button = element("button", { type: "button", class: "basket-small", "data-basket": id, "data-version": version, "data-title": title });
  showButton(button, has(course(), id));
  return button;
}

/**
 * @param {string} address of a result of the search, from the root of the site
 * @param {string} title
 * @returns {HTMLButtonElement | null} a button, if the result is an item
 */
export function resultButton(address, title) {
  const id = ITEM.exec(address)?.[1];
  return id ? smallButton(id, title) : null;
}

/**
 * @param {Document} page
 * @param {HTMLButtonElement} button
 */
function toggle(page, button) {
  const { basket: id = "", version = "" } = button.dataset;
  const entry = { id, version: Number(version) || null, minutes: null, note: "" };
  const wasIn = has(course(), id);
  const isKept = update((now) => (has(now, id) ? without(now, id) : added(now, entry)));
  const isDone = has(course(), id) !== wasIn;
  const words = isDone ? `${wasIn ? "Removed" : "Added"}. Your course has ${counted(itemsOf(course()).length)}.` : isKept ? FULL : NOT_KEPT;
  show(page);
  const status = page.querySelector("[data-basket-status]");
  if (status) status.replaceChildren(words, " ", isDone ? element("a", { href: full("basket/") }, "Open my course") : "");
  else heard(page).textContent = words;
}

/** @param {Document} page @returns {Element} a place whose words are read out; in a list there is no room to show them */
function heard(page) {
  const known = page.querySelector("[data-basket-heard]");
  if (known) return known;
  const made = element("p", { class: "hidden", role: "status", "data-basket-heard": true });
  page.body.append(made);
  return made;
}

/** @param {Document} page */
function show(page) {
  const now = course();
  for (const button of page.querySelectorAll("button[data-basket]")) if (button instanceof HTMLButtonElement) showButton(button, has(now, button.dataset.basket ?? ""));
  const count = itemsOf(now).length;
  for (const link of page.querySelectorAll("a[data-basket-count]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.hidden = count === 0;
    link.setAttribute("aria-label", `My course, ${counted(count)}`);
    link.querySelector("[data-count]")?.replaceChildren(String(count));
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isIn
 */
function showButton(button, isIn) {
  const { title } = button.dataset;
  const words = title ? (isIn ? "✓" : "+") : isIn ? `✓ ${IN}` : `+ ${ADD}`;
  button.hidden = false;
  button.textContent = words;
  button.toggleAttribute("data-in", isIn);
  const said = isIn ? `${IN}${title ? `: ${title}` : ""}. Press to remove it` : title ? `Add ${title} to my course` : ADD;
  button.setAttribute("aria-label", said);
  button.title = isIn ? "Press to remove it from my course" : title ? ADD : "";
}
