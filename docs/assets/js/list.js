/**
 * Lists that can be sorted by a column and filtered by words. Without this code they are plain tables.
 * @param {Document} page
 */
export function sortableLists(page) {
  for (const list of page.querySelectorAll(".items.sortable")) {
    const table = list.querySelector("table");
    if (!table) continue;
    table.querySelectorAll("thead th").forEach((head, column) => addSorting(table, head, column));
    list.prepend(filterOf(table));
  }
}

/**
 * @param {HTMLTableElement} table
 * @param {Element} head
 * @param {number} column
 */
function addSorting(table, head, column) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    table.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction);
    sort(table, column, direction === "ascending" ? 1 : -1);
  });
}

/**
 * @param {HTMLTableElement} table
 * @param {number} column
 * @param {number} sign
 */
function sort(table, column, sign) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  rows.sort((one, other) => sign * order.compare(key(one, column), key(other, column)));
  body.append(...rows);
}

/**
 * @param {HTMLTableRowElement} row
 * @param {number} column
 * @returns {string} what the cell is sorted by
 */
function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.key ?? cell.textContent?.trim() ?? "";
}

/**
 * @param {HTMLTableElement} table
 * @returns {HTMLElement} a field that hides the rows without its words, and says how many are left
 */
function filterOf(table) {
  const box = document.createElement("div");
  box.className = "filter";
  const label = document.createElement("label");
  label.textContent = "Filter this list ";
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  label.append(input);
  box.append(label, count);
  const rows = [...table.tBodies[0].rows];
  input.addEventListener("input", () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => folded(row.textContent ?? "").includes(word));
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = words.length ? `${left} of ${rows.length} shown` : "";
  });
  return box;
}

/**
 * @param {string} text
 * @returns {string} the text without case and accents
 */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
