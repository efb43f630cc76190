/**
 * The ways in which a finished text leaves the form. The page sends nothing itself: a person saves, copies, or follows
 * a link, and sees before what it holds.
 */
/** GitHub answers longer addresses with an error (tried: just above 8,000 bytes). */
const LONGEST_ADDRESS = 8_000;
/** Mail programs on Windows cut longer addresses. */
const LONGEST_MAIL = 2_000;

/**
 * The address of the 'new file' page of a repository with the text filled in; empty when there is no repository that
 * has one, or when the address would be too long.
 * @param {string} repository address of the repository
 * @param {string} branch
 * @param {string} path of the file below the root of the repository
 * @param {string} text
 */
export function newFileAddress(repository, branch, path, text) {
  if (!/^https:\/\/github\.com\/[^/]+\/[^/]+\/?$/.test(repository)) return "";
  const query = new URLSearchParams({ filename: path, value: text });
  const address = `${repository.replace(/\/$/, "")}/new/${encodeURIComponent(branch)}?${query}`;
  return address.length <= LONGEST_ADDRESS ? address : "";
}

/**
 * The address that opens a mail with the text; when the text is too long, the mail says to attach the file.
 * @param {string} name of the file
 * @param {string} text
 */
export function mailAddress(name, text) {
  const whole = mail(name, text);
  return whole.length <= LONGEST_MAIL ? whole : mail(name, `Please see the file ${name} that is attached.\n`);
}

/**
 * @param {string} name
 * @param {string} body
 */
function mail(name, body) {
  return `mailto:?subject=${encodeURIComponent(`Casebook: ${name}`)}&body=${encodeURIComponent(body.replace(/\n/g, "\r\n"))}`;
}

/**
 * Saves a text as a file.
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
