/** The page 'My course': the reader orders items, adds notes and minutes, shares the course, and takes it along. */
import { found, named } from "../changed/find.js";
import { element } from "../dom.js";
import { full, ROOT } from "../place.js";
import { fragmentOf, sharedIn } from "./address.js";
import { added, changed, counted, EMPTY, has, isHeading, itemsOf, moved, MOST_ENTRIES, removed, replaced } from "./course.js";
import { paper } from "./paper.js";
import { readingList, readingsOf } from "./reading.js";
import { renameRow, rows, showMinutes } from "./rows.js";
import { sharedCourse } from "./shared.js";
import { Shelf } from "./shelf.js";
import { course, update, whenChangedElsewhere } from "./store.js";
import { exportsOf } from "./take.js";

/**
 * @typedef {import("../changed/find.js").Facts} Facts
 * @typedef {import("./course.js").Course} Course
 * @typedef {import("./shelf.js").Minutes} Minutes
 */

const NO_FACTS = "What is known of the items could not be loaded, so your course cannot be shown. It is still kept: try again later.";
const NOT_KEPT = "This browser keeps nothing: the course is gone when this page is closed. Its address keeps it.";
const UNREADABLE = "This address should hold a course, but it cannot be read. It may have been cut: ask for it again.";
/** So far most programs take an address whole. */
const LONG_ADDRESS = 2_000;

/**
 * @param {Document} page
 * @param {Facts | undefined} facts
 * @param {Minutes | undefined} minutes
 */
export function myCourse(page, facts, minutes) {
  const said = page.querySelector("[data-basket-said]");
  if (!said) return;
  if (facts && minutes) new MyCourse(page, new Shelf(facts, minutes)).begin();
  else said.textContent = NO_FACTS;
}

class MyCourse {
  /**
   * @param {Document} page
   * @param {Shelf} shelf
   */
  constructor(page, shelf) {
    this.page = page;
    this.shelf = shelf;
    /** The course as it is shown; a browser that keeps nothing has it here alone. */
    this.course = EMPTY;
    /** @type {Course | null} */
    this.before = null;
    this.isKept = true;
    this.list = this.slot("list");
    this.title = /** @type {HTMLInputElement} */ (page.getElementById("basket-title"));
    this.field = /** @type {HTMLInputElement} */ (page.getElementById("basket-item"));
  }

  /** @param {string} name */
  slot(name) {
    return /** @type {HTMLElement} */ (this.page.querySelector(`[data-basket-${name}]`));
  }

  begin() {
    this.slot("page").hidden = false;
    const names = Object.keys(this.shelf.minutes.items).map((id) => element("option", { value: this.shelf.items.get(id)?.title }, id));
    this.page.getElementById("basket-items")?.replaceChildren(...names);
    this.slot("disk").hidden = location.protocol !== "file:";
    this.listen();
    this.load();
    this.openAddress();
    whenChangedElsewhere(() => this.load());
    addEventListener("hashchange", () => this.openAddress());
  }

  listen() {
    this.list.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button[data-do]") : null;
      if (button instanceof HTMLButtonElement) this.press(button);
    });
    this.list.addEventListener("input", ({ target }) => target instanceof HTMLElement && this.type(target));
    this.title.addEventListener("input", () => this.edit((now) => ({ ...now, title: this.title.value })));
    this.slot("undo").addEventListener("click", () => this.undo());
    this.slot("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.slot("heading").addEventListener("click", () => this.addHeading());
    this.slot("clear").addEventListener("click", () => this.change(() => EMPTY, "Your course is empty again."));
    this.slot("print").addEventListener("click", () => print());
    exportsOf(this.slot("exports"), () => readingList(this.course, this.shelf, permanent), (words) => this.say(words));
  }

  /** Shows what is kept, with the present ids of its items. */
  load() {
    const kept = course();
    const renamed = this.shelf.renamed(kept).map(([old, id]) => `${old} is now ${id}.`);
    const present = this.shelf.present(kept);
    if (JSON.stringify(present) !== JSON.stringify(kept)) update((now) => this.shelf.present(now));
    this.course = this.isKept ? present : this.course;
    this.before = null;
    this.draw();
    if (renamed.length) this.say(renamed.join(" "));
  }

  /** Shows the course that the address shares, if it does. */
  openAddress() {
    const shared = sharedIn(location.hash);
    if (shared === undefined) return;
    if (shared === null) this.say(UNREADABLE);
    const slot = this.slot("shared");
    slot.hidden = shared === null;
    if (!shared) return;
    const given = this.shelf.present(shared.course);
    const take = (/** @type {(now: Course) => Course} */ change, /** @type {string} */ words) => {
      this.leaveAddress();
      this.change(change, words);
      this.list.querySelector("a")?.focus();
    };
    const choices = {
      isFirst: !this.course.entries.length,
      replace: () => take(() => given, "This is your course now."),
      add: () => take((now) => added({ ...now, title: now.title || given.title }, ...given.entries), "The items are at the end of your course."),
      leave: () => this.leaveAddress(),
    };
    slot.replaceChildren(...sharedCourse(given, shared, this.shelf, choices));
    slot.scrollIntoView({ block: "nearest" });
  }

  leaveAddress() {
    history.replaceState(null, "", location.pathname + location.search);
    this.slot("shared").hidden = true;
  }

  /**
   * Changes the course and draws it; what was before can come back.
   * @param {(now: Course) => Course} change
   * @param {string} words
   */
  change(change, words) {
    const before = this.course;
    this.write(change);
    this.before = before;
    this.draw();
    this.say(this.isKept ? words : `${words} ${NOT_KEPT}`);
  }

  /**
   * Changes what is typed, without drawing the fields again.
   * @param {(now: Course) => Course} change
   */
  edit(change) {
    this.write(change);
    this.before = null;
    this.drawAround();
    if (!this.isKept) this.say(NOT_KEPT);
  }

  /** @param {(now: Course) => Course} change */
  write(change) {
    const now = this.isKept ? this.shelf.present(course()) : this.course;
    const next = change(now);
    this.isKept = update(() => next);
    this.course = this.isKept ? course() : next;
    this.page.dispatchEvent(new Event("casebook-course"));
  }

  undo() {
    const { before } = this;
    if (!before) return;
    this.change(() => before, "As it was before.");
    this.before = null;
    this.drawAround();
    this.title.focus();
  }

  /** @param {HTMLButtonElement} button */
  press(button) {
    const place = placeOf(button);
    const entry = this.course.entries[place];
    if (!entry) return;
    const name = isHeading(entry) ? entry.heading || "Heading" : this.shelf.known(entry).title;
    const action = button.dataset.do ?? "";
    if (action === "remove") this.change((now) => removed(now, place), `Removed: ${name}.`);
    else if (action === "renew" && !isHeading(entry)) this.renew(place, entry.id);
    else if (action === "steps" && !isHeading(entry)) this.takeSteps(place, this.shelf.known(entry));
    else this.move(place, place + (action === "up" ? -1 : 1), name);
    const at = action === "remove" ? place : place + (action === "up" ? -1 : action === "down" ? 1 : 0);
    this.focus(Math.min(at, this.course.entries.length - 1), action);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {string} name
   */
  move(from, to, name) {
    this.change((now) => moved(now, from, to), `${name}: now in place ${to + 1} of ${this.course.entries.length}.`);
  }

  /**
   * @param {number} place
   * @param {string} id
   */
  renew(place, id) {
    const version = this.shelf.newest(id);
    this.change((now) => changed(now, place, { version }), `Version ${version} is noted.`);
  }

  /**
   * @param {number} place
   * @param {import("./shelf.js").Known} path
   */
  takeSteps(place, { title, steps }) {
    this.change((now) => replaced(now, place, [{ heading: title }, ...steps]), `The steps of ‘${title}’ stand in its place.`);
  }

  /**
   * Goes to the button that was pressed, at the place where its row is now, or to what stands there instead.
   * @param {number} place
   * @param {string} action
   */
  focus(place, action) {
    const row = this.list.children[place];
    const wanted = row?.querySelector(`[data-do="${action}"]:not(:disabled)`) ?? row?.querySelector("[data-do]:not(:disabled)");
    if (wanted instanceof HTMLElement) wanted.focus();
    else this.field.focus();
  }

  /** @param {HTMLElement} field */
  type(field) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    const { value, dataset } = field;
    const minutes = value === "" || !field.validity.valid ? null : Number(value);
    const change = dataset.field === "minutes" ? { minutes } : dataset.field === "note" ? { note: value } : { heading: value };
    this.edit((now) => changed(now, placeOf(field), change));
    const row = field.closest("li");
    if (row && dataset.field === "heading") renameRow(row, value);
  }

  add() {
    const text = this.field.value.trim();
    const byTitle = [...this.shelf.items.values()].find(({ id, title }) => title.toLowerCase() === text.toLowerCase() || id === text.toLowerCase());
    const asked = byTitle ? named([byTitle.id]) : found(text, this.shelf.facts);
    const chosen = asked.filter(({ id }) => this.shelf.items.has(id) || this.shelf.former.has(id));
    const entries = this.shelf.present({ title: "", entries: chosen.map(({ id, version }) => ({ id, version, minutes: null, note: "" })) }).entries;
    const fresh = entries.filter((entry) => isHeading(entry) || !has(this.course, entry.id));
    if (!entries.length) this.say(text ? "No item of the Casebook is named here. Choose one from the list, or paste its address." : "Write a title, or paste an address.");
    else if (!fresh.length) this.say("It is in your course already.");
    else this.change((now) => added(now, ...fresh), `Added: ${counted(fresh.length)}.${this.full(fresh.length)}`);
    if (fresh.length) this.field.value = "";
    this.field.focus();
  }

  /** @param {number} more */
  full(more) {
    return this.course.entries.length + more > MOST_ENTRIES ? ` A course has no more than ${MOST_ENTRIES} entries.` : "";
  }

  addHeading() {
    this.change((now) => added(now, { heading: "" }), "A heading stands at the end. Move it up to its place.");
    const field = this.list.querySelector("li:last-child [data-field=heading]");
    if (field instanceof HTMLElement) field.focus();
  }

  /** Draws everything; a field in which somebody writes stays that. */
  draw() {
    const active = this.page.activeElement;
    const field = active instanceof HTMLElement && this.list.contains(active) ? active : null;
    const selection = field instanceof HTMLTextAreaElement ? [field.selectionStart, field.selectionEnd] : null;
    if (this.page.activeElement !== this.title) this.title.value = this.course.title;
    this.list.replaceChildren(...rows(this.course, this.shelf));
    this.drawAround();
    const again = field?.id ? this.page.getElementById(field.id) : null;
    again?.focus();
    if (again instanceof HTMLTextAreaElement && selection) again.setSelectionRange(selection[0], selection[1]);
  }

  /** Draws what follows from the entries. */
  drawAround() {
    const { entries } = this.course;
    this.slot("empty").hidden = entries.length > 0;
    this.slot("out").hidden = entries.length === 0;
    this.slot("undo").hidden = this.before === null;
    showMinutes(this.list, this.slot("total"), this.course, this.shelf);
    const address = full("basket/") + fragmentOf(this.course);
    this.slot("address").textContent = address;
    this.slot("long").hidden = address.length <= LONG_ADDRESS;
    const asked = itemsOf(this.course).map(({ id, version }) => (version === null ? id : `${id}@${version}`));
    /** @type {HTMLAnchorElement} */ (this.slot("changed")).href = `${full("changed-since/")}?items=${asked.join(",")}`;
    const list = readingList(this.course, this.shelf, permanent);
    this.slot("paper").replaceChildren(...(readingsOf(list).length ? paper(list) : []));
    for (const button of this.slot("exports").querySelectorAll("button")) button.disabled = !readingsOf(list).length;
  }

  /** @param {string} words */
  say(words) {
    this.slot("said").textContent = words;
  }
}

/** @param {string} path @returns {string} an address that holds elsewhere too, or nothing where none is known */
function permanent(path) {
  const { site } = /** @type {{casebookVersions: Facts}} */ (/** @type {any} */ (self)).casebookVersions;
  if (site) return new URL(path, `${site.replace(/\/$/, "")}/`).href;
  return location.protocol === "file:" ? "" : ROOT + path;
}

/** @param {Element} part */
function placeOf(part) {
  const row = part.closest("[data-place]");
  return row instanceof HTMLElement ? Number(row.dataset.place) : -1;
}
