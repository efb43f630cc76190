/** The end of the form: see the file, save it, copy it, or take it to the repository or into a mail. */
import { download, mailAddress, newFileAddress } from "./send.js";

/**
 * @typedef {{name: string, path: string, text: string, findings: import("./finding.js").Finding[]}} File
 *
 * @param {HTMLElement} root
 * @param {() => File} file
 */
export function finish(root, file) {
  const slot = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-form-${name}]`));
  const said = slot("finished");
  /**
   * @param {string} name
   * @param {(file: File) => string | Promise<string>} action
   */
  const on = (name, action) =>
    slot(name).addEventListener("click", async () => {
      const now = file();
      said.textContent = withheld(now) || (await action(now));
    });
  on("download", ({ name, text }) => {
    download(name, text);
    return `${name} is saved on this machine.`;
  });
  on("copy", async ({ text }) => {
    try {
      await navigator.clipboard.writeText(text);
      return "The text of the file is copied.";
    } catch {
      return "The browser does not allow copying here. Use 'Save the file'.";
    }
  });
  on("new-file", ({ path, text }) => {
    const address = newFileAddress(root.dataset.repository ?? "", root.dataset.branch ?? "main", path, text);
    if (!address) return "The text is too long for this way. Use 'Save the file', and upload it.";
    window.open(address, "_blank", "noopener");
    return "The page of the repository opens in a new tab. Nothing is public before you send it there.";
  });
  on("mail", ({ name, text }) => {
    window.location.href = mailAddress(name, text);
    return "Your mail program opens. If it does not, copy the text into a mail.";
  });
  slot("show").addEventListener("toggle", () => {
    const shown = slot("file-text");
    shown.textContent = file().text;
  });
  slot("new-file").hidden = !newFileAddress(root.dataset.repository ?? "", "main", "x", "x");
}

/**
 * @param {File} file
 * @returns {string} why a file does not leave the page yet, or nothing; saving it on this machine is leaving, too
 */
function withheld({ findings }) {
  const sensitive = findings.filter(({ code }) => code === "sensitive");
  if (!sensitive.length || window.confirm(QUESTION)) return "";
  return "Nothing was sent or saved. Look at the red box first.";
}

const QUESTION =
  "Something in this text may be sensitive. A public pull request is already a leak.\n\n" +
  "Have you looked at each of these places, and may this text leave your machine?";
