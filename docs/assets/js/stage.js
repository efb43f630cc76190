/** A case in stages: what a class noted at the decision point stays in this browser, and stands beside the next stages. */
import { keep, keptParts } from "./kept.js";

const KEY = `casebook-stage:${document.currentScript?.dataset.case ?? ""}`;

noting(document.querySelector("[data-note]"));
showing(document.querySelector(".noted"));

/** @param {Element | null} box in which the class chooses and writes */
function noting(box) {
  const text = box?.querySelector("textarea");
  if (!box || !text) return;
  const { choice, reasons } = keptParts(KEY);
  const choices = [...box.querySelectorAll("input")];
  for (const one of choices) one.checked = one.value === choice;
  if (typeof reasons === "string") text.value = reasons;
  box.addEventListener("input", () => {
    const chosen = choices.find(({ checked }) => checked)?.value;
    keep(KEY, { ...(chosen && { choice: chosen }), ...(text.value && { reasons: text.value }) });
  });
}

/** @param {Element | null} box which shows what was noted */
function showing(box) {
  if (!(box instanceof HTMLElement)) return;
  const { choice, reasons } = keptParts(KEY);
  for (const [name, words] of Object.entries({ choice, reasons })) {
    const place = box.querySelector(`[data-${name}]`);
    if (place && typeof words === "string") place.textContent = words;
  }
  box.hidden = !(choice || reasons);
  box.querySelector("[data-forget]")?.addEventListener("click", () => {
    keep(KEY, null);
    box.hidden = true;
  });
}
