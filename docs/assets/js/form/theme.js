/** How the form looks: labels that say what is needed, explanations above the field, buttons that name what they do. */
import Jedison from "jedison";
import { element } from "../dom.js";

/** @typedef {{container: HTMLElement, input?: HTMLElement, fieldset?: HTMLElement, description: HTMLElement}} Control */

export class FormTheme extends Jedison.Theme {
  /** @param {{for: string, text: string, visuallyHidden?: boolean}} config */
  getLabel(config) {
    const labelText = written(element("span"), config.text);
    const label = element("label", { for: config.for, class: "cb-form__label jedi-title jedi-label" }, labelText);
    if (config.visuallyHidden) this.visuallyHidden(label);
    return { label, labelText, icon: element("i") };
  }

  /** @param {{content: string, titleHidden?: boolean}} config */
  getLegend(config) {
    const legendText = written(element("span", { class: "cb-form__legend-text jedi-title" }), config.content);
    const infoContainer = element("span");
    const left = element("span", { class: "cb-form__legend-left" }, legendText);
    const right = element("span", { class: "cb-form__legend-right" });
    const legend = element("legend", { class: "cb-form__legend" }, left, right);
    if (config.titleHidden) this.visuallyHidden(legendText);
    return { left, right, legend, legendText, infoContainer };
  }

  getFieldset() {
    return element("fieldset", { class: "cb-form__group" });
  }

  /** @param {{content?: string, id?: string}} config */
  getDescription(config = {}) {
    return written(element("p", { class: "cb-form__help", ...(config.id && { id: config.id }) }), config.content ?? "");
  }

  /** @param {{content?: string}} config */
  getButton(config = {}) {
    return element("button", { type: "button", class: "cb-form__button" }, config.content ?? "");
  }

  /** @param {Record<string, unknown>} config */
  getInputControl(config) {
    return explained(super.getInputControl(config));
  }

  /** @param {Record<string, unknown>} config */
  getTextareaControl(config) {
    return explained(super.getTextareaControl(config));
  }

  /** @param {Record<string, unknown>} config */
  getRadiosControl(config) {
    const control = super.getRadiosControl(config);
    control.radioControls.forEach((/** @type {HTMLElement} */ one) => one.classList.add("cb-form__choice"));
    control.labelTexts.forEach(named);
    control.fieldset.insertBefore(control.description, control.radioControls[0] ?? null);
    return control;
  }
}

/**
 * A term as 'label: definition', with the label made strong.
 * @param {HTMLElement} text
 */
export function named(text) {
  const [label, ...definition] = (text.textContent ?? "").split(": ");
  text.replaceChildren(element("strong", {}, label), definition.length ? ` ${definition.join(": ")}` : "");
}

/**
 * The explanation stands above the field: a person reads it before writing.
 * @param {any} control
 */
function explained(control) {
  control.input.classList.add("cb-form__input");
  control.input.removeAttribute("style");
  control.container.insertBefore(control.description, control.input);
  return control;
}

/**
 * Titles and explanations are HTML that `fields.js` made from the schema; nothing that a person writes goes here.
 * @template {HTMLElement} Element
 * @param {Element} target
 * @param {string} html
 */
function written(target, html) {
  target.innerHTML = html;
  return target;
}
