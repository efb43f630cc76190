/** XML and HTML as text. What is no element is escaped. */

/** Text that is markup already. */
export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @typedef {Markup | string | null | undefined | false | Content[]} Content */

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * @param {string} name
 * @param {Record<string, string | number | undefined>} attributes
 * @param {...Content} children words are escaped
 * @returns {Markup} an element
 */
export function tag(name, attributes = {}, ...children) {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const written = given.map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join("");
  const content = all(children);
  return new Markup(content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`);
}

/**
 * @param {Content} content
 * @returns {string}
 */
export function all(content) {
  if (Array.isArray(content)) return content.map(all).join("");
  if (content instanceof Markup) return content.text;
  return content ? escaped(content) : "";
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
