// What a learning path tells a learning platform, after SCORM 1.2: which steps are done, the score of the questions,
// and the state, so that a learner can go on. Without a platform the page works too, and nothing is kept.
'use strict';

(() => {
  const MOST_PARENTS = 10;
  // The standard has room for so many characters.
  const ROOM = 4096;
  const steps = [...document.querySelectorAll('input[data-step]')];
  const fields = [...document.querySelectorAll('fieldset[data-question]')];
  const begun = Date.now();

  // The object of the platform stands in one of the windows around this one, or around the one that opened it.
  function found(start) {
    for (let here = start, depth = 0; here && depth <= MOST_PARENTS; here = here.parent, depth += 1) {
      try {
        if (here.API) return here.API;
      } catch {
        return null; // a window of another site
      }
      if (here === here.parent) break;
    }
    return null;
  }

  const api = found(window) || (window.opener ? found(window.opener) : null);
  let open = Boolean(api) && String(api.LMSInitialize('')) === 'true';
  const get = (name) => (open ? String(api.LMSGetValue(name) ?? '') : '');
  const set = (name, value) => open && api.LMSSetValue(name, String(value));

  const chosen = (field) => field.querySelector('input:checked');
  const isRight = (field) => chosen(field)?.hasAttribute('data-right') ?? false;

  function state() {
    const done = steps.filter((step) => step.checked).map((step) => step.dataset.step);
    const answers = fields.filter(chosen).map((field) => [field.dataset.question, Number(chosen(field).value)]);
    // Steps count more than answers when there is no room for all.
    while (JSON.stringify({ done, answers }).length > ROOM && answers.length) answers.pop();
    return JSON.stringify({ done, answers });
  }

  function restore(text) {
    let known;
    try {
      known = JSON.parse(text);
    } catch {
      return; // nothing was kept yet, or it is not ours
    }
    const answers = new Map(Array.isArray(known?.answers) ? known.answers.filter(Array.isArray) : []);
    for (const step of steps) step.checked = Array.isArray(known?.done) && known.done.includes(step.dataset.step);
    for (const field of fields) {
      const input = [...field.querySelectorAll('input')].find((one) => Number(one.value) === answers.get(field.dataset.question));
      if (input) input.checked = true;
    }
  }

  function show() {
    const done = steps.filter((step) => step.checked).length;
    const kept = open ? '' : ' Your progress is not kept here.';
    document.getElementById('progress').textContent = `${done} of ${steps.length} steps done.${kept}`;
    for (const field of fields) field.querySelector('p').textContent = chosen(field)?.dataset.feedback ?? '';
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
    if (open) api.LMSCommit('');
  }

  function time() {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    const two = (value) => String(value).padStart(2, '0');
    return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function finish() {
    if (!open) return;
    set('cmi.core.session_time', time());
    set('cmi.core.exit', 'suspend'); // so that the platform keeps the state
    api.LMSCommit('');
    api.LMSFinish('');
    open = false;
  }

  restore(get('cmi.suspend_data'));
  const status = get('cmi.core.lesson_status');
  if (status === '' || status === 'not attempted') tell();
  show();
  document.addEventListener('change', tell);
  window.addEventListener('pagehide', finish);
})();
