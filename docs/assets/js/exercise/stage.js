/** The clock on the page: what it shows, its buttons and keys. The state is kept, so that windows and reloads share it. */
import { element } from "../dom.js";
import { at, back, begun, digits, forward, kept, lookedAt, moments, next, paced, taken, toggled, ways } from "./clock.js";

/**
 * @typedef {import("./clock.js").State} State
 * @typedef {import("./clock.js").Play} Play
 */

const KEPT_EVERY = 1000;
const LOOKED_EVERY = 250;
const MOST_STEPS = 20;
/** Texts of more signs than this are shown in smaller type. */
const LONG = 420;
const LONGER = 900;
const PRIVATE = "private words are shown";

/** @param {Element} element @returns {HTMLElement} */
const shaped = (element) => /** @type {HTMLElement} */ (element);

export class Stage {
  /** @param {Document} page */
  constructor(page) {
    this.page = page;
    this.root = shaped(/** @type {Element} */ (page.querySelector("[data-exercise]")));
    this.items = new Map(
      [...page.querySelectorAll("[data-inject]")].map((one) => [shaped(one).dataset.inject ?? "", shaped(one)]),
    );
    this.play = played(this.items, Number(this.root.dataset.minutes) * 60);
    this.key = `casebook-clock:${this.root.dataset.exercise}`;
    /** @type {string | null} what stands for the storage of a browser that keeps nothing */
    this.memory = null;
    /** Whether this window shows what is for single roles: never the choice of another window, as one is on the projector. */
    this.isPrivate = false;
    /** @type {State[]} */
    this.steps = [];
    /** What the page shows, so that nothing is drawn, and said aloud, twice. */
    this.drawn = "";
  }

  open() {
    this.root.hidden = false;
    shaped(/** @type {Element} */ (this.page.querySelector("[data-script]"))).hidden = true;
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement) this.chosen(target);
    });
    this.isPrivate = this.keptPrivate();
    this.page.addEventListener("keydown", (event) => this.pressed(event));
    this.full();
    setInterval(() => this.look(), LOOKED_EVERY);
    addEventListener("storage", () => this.look());
    this.look();
  }

  /** @returns {State} */
  stored() {
    try {
      return kept(localStorage.getItem(this.key), this.play);
    } catch {
      return kept(this.memory, this.play);
    }
  }

  /** @param {State} state */
  keep(state) {
    this.memory = JSON.stringify(state);
    try {
      localStorage.setItem(this.key, this.memory);
    } catch {
      // A browser that keeps nothing has the state until the page is left.
    }
  }

  /** @param {HTMLInputElement} input */
  chosen(input) {
    if (input.type === "checkbox") this.reveal(input.checked);
    else this.change((state, now) => paced(state, Number(input.value), now, this.play));
    if (!input.matches(":focus-visible")) input.blur();
  }

  /** @param {boolean} isPrivate whether this window shows the words of injects for single roles from now on */
  reveal(isPrivate) {
    this.isPrivate = isPrivate;
    try {
      // Of this window alone: what all windows share would be on the projector too.
      sessionStorage.setItem(this.key, isPrivate ? PRIVATE : "");
    } catch {
      // A browser that keeps nothing asks again after a reload.
    }
    this.look();
  }

  /** @returns {boolean} */
  keptPrivate() {
    try {
      return sessionStorage.getItem(this.key) === PRIVATE;
    } catch {
      return false;
    }
  }

  /** Shows the state of this moment, and keeps it now and then. */
  look() {
    const before = this.stored();
    const state = at(before, Date.now(), this.play);
    const isNews = state.shown.length !== before.shown.length || state.running !== before.running;
    if (isNews || state.last - before.last >= KEPT_EVERY) this.keep(state);
    this.draw(state);
  }

  /** @param {(state: State, now: number) => State} step */
  change(step) {
    const now = Date.now();
    const state = step(at(this.stored(), now, this.play), now);
    this.keep(state);
    this.draw(state);
  }

  /** A step that can be taken back. @param {(state: State, now: number) => State} step */
  stepped(step) {
    this.change((state, now) => {
      const after = step(state, now);
      if (after.shown.length !== state.shown.length) this.steps = [...this.steps, state].slice(-MOST_STEPS);
      return after;
    });
  }

  undone() {
    const before = this.steps.pop();
    if (before) this.change((state, now) => ({ ...before, speed: state.speed, running: state.running, last: now }));
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const touched = event.target instanceof Element ? event.target.closest("button, summary") : null;
    if (!(touched instanceof HTMLElement)) return;
    const { do: what, way, moment } = touched.dataset;
    if (way) this.stepped((state) => taken(state, way));
    else if (moment) this.change((state) => lookedAt(state, Number(moment)));
    else this.done(what ?? "");
    // The space bar is for the clock and not for what was touched last.
    if (event.detail > 0) touched.blur();
  }

  /** @param {string} what */
  done(what) {
    if (what === "toggle") this.change((state, now) => toggled(state, now, this.play));
    else if (what === "back") this.change((state) => back(state));
    else if (what === "forward") this.stepped((state, now) => forward(state, now, this.play));
    else if (what === "undo") this.undone();
    else if (what === "reset") this.stepped(() => begun());
    else if (what === "full") this.fill();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || target instanceof HTMLInputElement) return;
    const isOnControl = target instanceof Element && target.closest("button, summary, a");
    const known = /** @type {Record<string, string>} */ ({ ArrowRight: "forward", ArrowLeft: "back" });
    const what = key === " " && !isOnControl ? "toggle" : known[key];
    if (!what) return;
    event.preventDefault();
    this.done(what);
  }

  /** A button for the whole screen, where the browser can do it. */
  full() {
    if (this.page.fullscreenEnabled) this.part("[data-do=full]").hidden = false;
  }

  fill() {
    const { fullscreenElement: shown } = this.page;
    const asked = shown ? this.page.exitFullscreen() : this.root.requestFullscreen();
    asked.catch(() => {});
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return shaped(/** @type {Element} */ (this.root.querySelector(selector)));
  }

  /** @param {State} state */
  draw(state) {
    const time = digits(state.elapsed);
    if (this.part("[data-time]").textContent !== time) this.part("[data-time]").textContent = time;
    const { elapsed, last, ...shape } = state;
    const isOver = elapsed >= this.play.seconds;
    const wanted = JSON.stringify([shape, isOver, elapsed > 0, this.steps.length, this.isPrivate]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.drawState(state, isOver);
    this.drawNews(state);
    this.drawDesk(state);
    this.drawLog(state);
  }

  /**
   * @param {State} state
   * @param {boolean} isOver
   */
  drawState(state, isOver) {
    const hasBegun = state.elapsed > 0 || state.shown.length > 0;
    const isNewest = state.seen >= moments(state).length - 1;
    const word = isOver ? "The time is over" : state.running ? "Running" : hasBegun ? "Stopped" : "Not started";
    this.part("[data-state]").textContent = state.speed === 1 ? word : `${word}, ${state.speed}× speed`;
    this.root.classList.toggle("is-running", state.running);
    this.part("[data-do=toggle]").textContent = state.running ? "Stop" : hasBegun ? "Go on" : "Start";
    disable(this.part("[data-do=toggle]"), isOver);
    disable(this.part("[data-do=back]"), state.seen === 0);
    this.part("[data-do=forward]").textContent = isNewest ? "Next inject" : "Forward";
    disable(this.part("[data-do=forward]"), isNewest && !next(state, this.play));
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll("[name=speed]")))
      input.checked = Number(input.value) === state.speed;
  }

  /** @param {State} state */
  drawNews(state) {
    const news = this.part("[data-news]");
    const moment = moments(state)[state.seen] ?? [];
    const wanted = JSON.stringify([moment, this.isPrivate]);
    if (news.dataset.moment === wanted) return;
    news.dataset.moment = wanted;
    news.replaceChildren(...moment.map(({ id, at: came }) => this.card(id, came)));
    const size = news.textContent?.length ?? 0;
    news.dataset.size = size > LONGER ? "small" : size > LONG ? "middle" : "large";
    news.scrollTop = 0;
  }

  /**
   * @param {string} id
   * @param {number} came
   * @returns {HTMLElement}
   */
  card(id, came) {
    const words = /** @type {Element | undefined} */ (this.items.get(id)?.querySelector("[data-card]")?.cloneNode(true));
    if (!this.isPrivate) words?.querySelector("[data-private]")?.remove();
    const minute = element("p", { class: "minute" }, `Minute ${Math.floor(came / 60)}`);
    return element("article", {}, minute, ...(words ? [...words.childNodes] : []));
  }

  /** @param {State} state */
  drawDesk(state) {
    /** @type {HTMLInputElement} */ (this.part("[data-private-words]")).checked = this.isPrivate;
    const following = next(state, this.play);
    this.part("[data-next]").textContent = following
      ? `The next inject comes at minute ${following.minute}.`
      : "No more injects come by themselves.";
    const open = ways(state, this.play).map(({ when, to }) => element("button", { type: "button", "data-way": to }, when));
    const none = element("p", {}, "No branch is open now.");
    this.refill("[data-branches]", open.length > 0 ? open : [none]);
    disable(this.part("[data-do=undo]"), this.steps.length === 0);
    disable(this.part("[data-do=reset]"), state.elapsed === 0 && state.shown.length === 0);
  }

  /** @param {State} state */
  drawLog(state) {
    const entries = moments(state).map((moment, index) => {
      const to = moment.map(({ id }) => this.items.get(id)?.querySelector(".to strong")?.textContent ?? "");
      const words = `Minute ${Math.floor(moment[0].at / 60)} · ${[...new Set(to)].join("; ")}`;
      const isSeen = index === state.seen && "true";
      const attributes = { type: "button", "data-moment": String(index), "aria-current": isSeen };
      return element("li", {}, element("button", attributes, words));
    });
    this.refill("[data-log]", entries);
  }

  /**
   * Puts new buttons in the place of old ones. Who had one of them in focus keeps it, or has what holds them.
   * @param {string} selector
   * @param {HTMLElement[]} children
   */
  refill(selector, children) {
    const [place, focused] = [this.part(selector), this.page.activeElement];
    const index = [...place.querySelectorAll("button")].findIndex((one) => one === focused);
    place.replaceChildren(...children);
    if (index < 0) return;
    (place.querySelectorAll("button")[index] ?? this.part("summary")).focus();
  }
}

/**
 * @param {HTMLElement} button
 * @param {boolean} isOff
 */
function disable(button, isOff) {
  if (button instanceof HTMLButtonElement) button.disabled = isOff;
}

/**
 * @param {Map<string, HTMLElement>} items
 * @param {number} seconds
 * @returns {Play} what the list on the page says
 */
function played(items, seconds) {
  const injects = [...items].map(([id, item]) => ({
    id,
    minute: Number(item.dataset.minute),
    isBranch: item.dataset.onlyWhen !== undefined,
    ways: [...item.querySelectorAll("[data-to]")].map((way) => ({
      when: shaped(way).dataset.when ?? "",
      to: shaped(way).dataset.to ?? "",
    })),
  }));
  return { injects, seconds };
}
