// What a learning path tells a learning platform, after SCORM 1.2: which steps are done, the score of the questions,
// and the state, so that a learner can go on. Without a platform the page works too, and nothing is kept.
'use strict';

(() => {
  /**
   * What a platform offers (SCORM 1.2, Run-Time Environment). Answers are texts.
   * @typedef {object} Platform
   * @property {(empty: string) => unknown} LMSInitialize
   * @property {(name: string) => unknown} LMSGetValue
   * @property {(name: string, value: string) => unknown} LMSSetValue
   * @property {(empty: string) => unknown} LMSCommit
   * @property {(empty: string) => unknown} LMSFinish
   */

  const MOST_PARENTS = 10;
  // The standard has room for so many characters.
  const ROOM = 4096;
  /** @type {HTMLInputElement[]} */
  const steps = [...document.querySelectorAll('input')].filter((input) => input.dataset.step);
  const fields = [...document.querySelectorAll('fieldset')].filter((field) => field.dataset.question);
  const progress = document.querySelector('#progress');
  const begun = Date.now();

  /**
   * Return the object of the platform, which stands in one of the windows around a window.
   * @param {Window} start
   * @returns {Platform | null}
   */
  function found(start) {
    for (let here = start, depth = 0; depth <= MOST_PARENTS; here = here.parent, depth += 1) {
      try {
        const known = /** @type {Window & {API?: Platform}} */ (here).API;
        if (known) return known;
      } catch {
        return null; // a window of another site
      }
      if (here === here.parent) break;
    }
    return null;
  }

  const api = found(window) ?? (window.opener ? found(window.opener) : null);
  let open = api !== null && String(api.LMSInitialize('')) === 'true';

  /** @param {string} name */
  const get = (name) => (api && open ? String(api.LMSGetValue(name) ?? '') : '');

  /**
   * @param {string} name
   * @param {string | number} value
   */
  function set(name, value) {
    if (api && open) api.LMSSetValue(name, String(value));
  }

  /**
   * Return the choice that is made in a question.
   * @param {HTMLFieldSetElement} field
   * @returns {HTMLInputElement | null}
   */
  const chosen = (field) => field.querySelector('input:checked');

  /** @param {HTMLFieldSetElement} field */
  const isRight = (field) => chosen(field)?.hasAttribute('data-right') ?? false;

  /** Return steps and answers as text. Steps count more when there is no room for all. */
  function state() {
    const done = steps.filter((step) => step.checked).map((step) => step.dataset.step);
    const answers = fields.filter(chosen).map((field) => [field.dataset.question, Number(chosen(field)?.value)]);
    while (JSON.stringify({ done, answers }).length > ROOM && answers.length) answers.pop();
    return JSON.stringify({ done, answers });
  }

  /** @param {string} text */
  function restore(text) {
    let known;
    try {
      known = JSON.parse(text);
    } catch {
      return; // nothing was kept yet, or it is not ours
    }
    const done = Array.isArray(known?.done) ? known.done : [];
    const answers = new Map(Array.isArray(known?.answers) ? known.answers.filter(Array.isArray) : []);
    for (const step of steps) step.checked = done.includes(step.dataset.step);
    for (const field of fields) {
      const value = answers.get(field.dataset.question);
      for (const input of field.querySelectorAll('input')) input.checked = Number(input.value) === value;
    }
  }

  function show() {
    const done = steps.filter((step) => step.checked).length;
    const kept = open ? '' : ' Your progress is not kept here.';
    if (progress) progress.textContent = `${done} of ${steps.length} steps done.${kept}`;
    for (const field of fields) {
      const feedback = field.querySelector('p');
      if (feedback) feedback.textContent = chosen(field)?.dataset.feedback ?? '';
    }
  }

  function tell() {
    show();
    set('cmi.core.lesson_status', steps.every((step) => step.checked) ? 'completed' : 'incomplete');
    if (fields.some(chosen)) {
      set('cmi.core.score.min', 0);
      set('cmi.core.score.max', 100);
      set('cmi.core.score.raw', Math.round((100 * fields.filter(isRight).length) / fields.length));
    }
    set('cmi.suspend_data', state());
    if (api && open) api.LMSCommit('');
  }

  /** Return the time that was spent, as `HHHH:MM:SS`. */
  function time() {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return parts.map((part, place) => String(part).padStart(place ? 2 : 4, '0')).join(':');
  }

  function finish() {
    if (!api || !open) return;
    set('cmi.core.session_time', time());
    set('cmi.core.exit', 'suspend'); // so that the platform keeps the state
    api.LMSCommit('');
    api.LMSFinish('');
    open = false;
  }

  restore(get('cmi.suspend_data'));
  if (['', 'not attempted'].includes(get('cmi.core.lesson_status'))) tell();
  show();
  document.addEventListener('change', tell);
  window.addEventListener('pagehide', finish);
})();
