/**
 * Makes an element. Text goes in as text and never as markup.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | undefined>} attributes `true` sets an attribute without value, `false` leaves it out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/**
 * @param {import("./search/excerpt.js").Segment[]} segments
 * @returns {(HTMLElement | string)[]} text with the words marked that were asked for
 */
export function markedText(segments) {
  return segments.map(({ text, isHit }) => (isHit ? element("mark", {}, text) : text));
}
