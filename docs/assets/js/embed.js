/**
 * For a page of another site that shows our cards in frames: it makes each frame as high as its card says. It listens to
 * our own address alone, and touches no other frame.
 */
import { ROOT } from "./place.js";

const LOWEST = 120;
const HIGHEST = 3000;
const { origin: ORIGIN } = new URL(ROOT);
const IS_HERE = Symbol.for(`casebook ${ROOT}`);

/** @returns {HTMLIFrameElement[]} the frames with our cards */
function frames() {
  return [...document.querySelectorAll("iframe")].filter(({ src }) => src.startsWith(`${ROOT}embed/`));
}

/** @param {MessageEvent} message */
function resize({ origin, source, data }) {
  if (origin !== ORIGIN || data?.casebook !== "height" || !Number.isFinite(data.height)) return;
  const frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.style.height = `${Math.min(Math.max(Math.ceil(data.height), LOWEST), HIGHEST)}px`;
}

// The code for each card brings this script along; one of them listens.
if (!(IS_HERE in self)) {
  Object.assign(self, { [IS_HERE]: true });
  addEventListener("message", resize);
}
// A card that was there before this script is asked once more. A frame that is still empty cannot answer.
for (const { contentWindow } of frames()) contentWindow?.postMessage({ casebook: "height?" }, "*");
