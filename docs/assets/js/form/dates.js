/** Dates of events in EDTF, as far as the checks need them (`dates.py`). */

const DATE = /^([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?[?~]?$/u;
const MONTHS =
  "January February March April May June July August September October November December".split(" ");

/**
 * @typedef {[number, number, number]} EventDate year, month and day; 0 where it is not given
 * @typedef {{first: EventDate, last: EventDate}} Period
 */

/**
 * @param {string} text `DATE` or `DATE/DATE`
 * @returns {Period | string} the period, or what is wrong with it; an empty text when it is no date at all
 */
export function period(text) {
  const at = text.indexOf("/");
  const first = date(at < 0 ? text : text.slice(0, at));
  if (typeof first === "string") return first;
  const last = at < 0 || at === text.length - 1 ? first : date(text.slice(at + 1));
  return typeof last === "string" ? last : { first, last };
}

/**
 * @param {string} text
 * @returns {EventDate | string}
 */
function date(text) {
  const match = DATE.exec(text);
  if (!match) return "";
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (day > daysOf(year || 4, month)) {
    return `\`${text}\` is not in the calendar: ${MONTHS[month - 1]} has no day ${day}`;
  }
  return [year, month, day];
}

/**
 * @param {number} year
 * @param {number} month
 */
function daysOf(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * @param {EventDate} own
 * @param {EventDate} earlier
 * @returns {boolean} whether a date can be later than or the same as another, as precisely as both are given
 */
export function mayFollow(own, earlier) {
  for (const at of [0, 1, 2]) {
    if (own[at] !== earlier[at] || !own[at]) return own[at] >= earlier[at] || !own[at] || !earlier[at];
  }
  return true;
}

/**
 * @param {string} text a day, `YYYY-MM-DD`
 * @returns {boolean} whether it is a day of the calendar
 */
export function isDay(text) {
  const found = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u.test(text) ? date(text) : "";
  return typeof found !== "string";
}

/**
 * @param {string} text a day, `YYYY-MM-DD`
 * @returns {string} the day as a reader sees it: `24 November 2026`
 */
export function dayInWords(text) {
  const [year, month, day] = text.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}
