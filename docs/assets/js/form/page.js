// The web form: one schema, one checker, and nothing that leaves this machine.

import Jedison from "jedison";
import { element } from "../dom.js";
import { Entries, Group, Line, Lines, Markdown } from "./editors.js";
import { TEXT, formSchema } from "./fields.js";
import { ManyPicker, OnePicker } from "./picker.js";
import { FormTheme } from "./theme.js";

const EDITORS = [ManyPicker, OnePicker, Entries, Group, Line, Lines, Markdown];

/** @param {HTMLElement} root @param {any} facts @param {string} name */
export function mounted(root, facts, name) {
  const kind = facts.kinds[name];
  const container = element("div", { class: "cb-form" });
  root.replaceChildren(container);
  const settings = {
    sources: () => (form?.getValue().sources ?? []).filter((/** @type {any} */ one) => one.id).map(sourceTerm),
    terms: (/** @type {any} */ instance) =>
      instance.schema["x-format"] === "citations" ? settings.sources() : itemTerms(facts, instance),
  };
  /** @type {any} */
  let form;
  form = new Jedison.Create({
    container,
    theme: new FormTheme(),
    schema: formSchema(kind.schema, kind.sections),
    customEditors: EDITORS,
    settings,
    showErrors: "never",
    enforceRequired: false,
    enforceMinItems: false,
    enforceEnum: false,
    enforceAdditionalProperties: false,
    purifyHtml: false,
    purifyData: false,
    useConstraintAttributes: false,
    arrayDeleteConfirm: false,
    arrayAdd: false,
    objectAdd: false,
    arrayFooterAdd: true,
    arrayFooterButtonsPosition: "left",
  });
  return form;
}

/** @param {{id: string, title?: string}} source */
function sourceTerm(source) {
  return { id: source.id, label: source.title ?? source.id };
}

/** @param {any} facts @param {any} instance */
function itemTerms(facts, instance) {
  const wanted = instance.path.endsWith("/practices") ? "best-practice" : "";
  return facts.items
    .filter((/** @type {any} */ item) => !wanted || item.kind === wanted)
    .map((/** @type {any} */ item) => ({ id: item.id, label: item.title }));
}

export { TEXT };
