/**
 * An address that leads on: with this code the place on the page (`#lesson`) comes along, and the address stays short.
 * Without it the page leads on by itself.
 */
import { full, ROOT } from "./place.js";

const target = document.currentScript?.dataset.target;
if (target) {
  const url = new URL(target, document.baseURI);
  if (!url.hash) url.hash = location.hash;
  // `full` takes addresses from the root of the site.
  location.replace(full(url.href.slice(ROOT.length)));
}
