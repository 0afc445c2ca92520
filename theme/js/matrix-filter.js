// matrix-filter.js: filters the rows and columns of a matrix and the list below it, and counts its cells at the chosen level.
// The address keeps the choice. A row must fit every set of boxes; it fits a set if it has any of the checked values. A level
// includes those below it.
(function () {
  "use strict";
  const form = document.querySelector("form[data-sift]");
  const table = document.querySelector("table.matrix");
  const tally = document.querySelector("[data-tally]");
  if (!(form instanceof HTMLFormElement) || !(table instanceof HTMLTableElement) || !(tally instanceof HTMLElement)) return;
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const sumColumns = heads.at(-1)?.classList.contains("sum") ? 1 : 0;
  const columns = heads.slice(1, heads.length - sumColumns);
  const rows = [...table.tBodies[0].rows];
  /** The number of levels that the numbers of a cell are for. */
  const levelCount = (table.querySelector("[data-levels]")?.getAttribute("data-levels") ?? "").split(" ").length - 1;
  /** The greatest number of each shade. */
  const limits = (table.dataset.ends ?? "").split(" ").map(Number);

  /** @param {string} name */
  const boxes = (name) => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)]);
  /** @param {string} name */
  const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);
  /** @param {string} name */
  const terms = (name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
  };
  /** Whether a value is among those wanted; an empty list wants all. @param {string[]} wanted @param {string | undefined} value */
  const fits = (wanted, value) => wanted.length === 0 || wanted.includes(value ?? "");
  /** @param {Element} head @param {string[]} terms */
  const hasTerms = (head, terms) => terms.every((term) => head.textContent.toLowerCase().includes(term));

  /** The levels that count: from 1, and 0 for entries without a level; an empty list for all. */
  function levelsUpTo() {
    const steps = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[type="radio"][name="level"]`)]);
    const step = steps.findIndex((radio) => radio.checked);
    const without = boxes("without-level").every((box) => box.checked);
    if (step <= 0 && without) return [];
    const last = step > 0 ? step : levelCount;
    const levels = Array.from({ length: last }, (_, i) => i + 1);
    return without ? [0, ...levels] : levels;
  }

  /** Reads the choice from the form, once for all rows. */
  function readChoice() {
    const levels = levelsUpTo();
    return {
      row: terms("row"), column: terms("column"), empty: chosen("empty"), levels,
      group: chosen("group"), by: chosen("by"), cases: chosen("case"), weights: chosen("weight"),
    };
  }

  /** @param {HTMLTableRowElement} row @param {ReturnType<typeof readChoice>} choice */
  function fitsRow(row, choice) {
    const weights = (row.dataset.weights ?? "").split(" ").map((pair) => [pair.slice(0, pair.lastIndexOf(":")), pair.slice(pair.lastIndexOf(":") + 1)]);
    const hasWeight = choice.cases.length + choice.weights.length === 0
      || weights.some(([id, weight]) => weight && fits(choice.cases, id) && fits(choice.weights, weight));
    return hasTerms(row.cells[0], choice.row) && fits(choice.group, row.dataset.group) && fits(choice.by, row.dataset.by) && hasWeight;
  }

  /** Shows the number of a cell at some levels. @param {HTMLTableCellElement} cell @param {number[]} levels */
  function recount(cell, levels) {
    if (!cell.dataset.levels) return;
    const counts = cell.dataset.levels.split(" ").map(Number);
    const count = counts.reduce((sum, part, level) => (levels.length === 0 || levels.includes(level) ? sum + part : sum), 0);
    const link = cell.querySelector("a");
    if (!link) {
      if (cell.classList.contains("sum")) cell.textContent = String(count);
      return;
    }
    link.hidden = count === 0;
    if (link.firstChild) link.firstChild.nodeValue = String(count);
    const label = link.getAttribute("aria-label") ?? "";
    link.setAttribute("aria-label", count + label.slice(label.indexOf(":")));
    cell.className = count === 0 ? "" : `h${limits.findIndex((limit) => count <= limit) + 1}`;
  }

  /** Whether a cell has a link at the chosen levels. @param {Element | undefined} cell */
  const isFilled = (cell) => Boolean(cell?.querySelector("a:not([hidden])"));

  /** Shows or hides the entries of the list that a cell leads to, and the marks of hidden entries in the cell. @param {HTMLTableCellElement} cell @param {boolean} isShown @param {number[]} levels */
  function updateEntries(cell, isShown, levels) {
    const link = cell.querySelector("a");
    const href = link?.getAttribute("href");
    const first = href?.startsWith("#") ? document.getElementById(decodeURIComponent(href.slice(1))) : null;
    if (!link || !first) return;
    first.hidden = !isShown;
    if (!first.classList.contains("group")) return;
    const marks = new Set();
    for (let row = first.nextElementSibling; row instanceof HTMLElement && !row.classList.contains("group"); row = row.nextElementSibling) {
      const hasLevel = levels.length === 0 || levels.includes(Number(row.dataset.level));
      row.hidden = !isShown || !hasLevel;
      if (hasLevel) marks.add(row.querySelector(".rel use")?.getAttribute("href"));
    }
    for (const mark of link.querySelectorAll("svg")) mark.toggleAttribute("hidden", !marks.has(mark.querySelector("use")?.getAttribute("href")));
  }

  function filter() {
    const choice = readChoice();
    for (const cell of /** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll("td"))) recount(cell, choice.levels);
    const keptRows = rows.map((row) => fitsRow(row, choice));
    const keptColumns = columns.map((head) => hasTerms(head, choice.column));
    // `i` counts rows, `j` columns, which begin behind the head of the row.
    const shownColumns = columns.map((_, j) => keptColumns[j] && (!choice.empty.includes("columns") || rows.some((row, i) => keptRows[i] && isFilled(row.cells[j + 1]))));
    const shownRows = rows.map((row, i) => keptRows[i] && (!choice.empty.includes("rows") || columns.some((_, j) => keptColumns[j] && isFilled(row.cells[j + 1]))));
    for (const row of table.rows) columns.forEach((_, j) => { row.cells[j + 1].hidden = !shownColumns[j]; });
    rows.forEach((row, i) => {
      row.hidden = !shownRows[i];
      columns.forEach((_, j) => updateEntries(row.cells[j + 1], shownRows[i] && shownColumns[j] && isFilled(row.cells[j + 1]), choice.levels));
    });
    for (const body of document.querySelectorAll("[data-reasons] tbody")) {
      if (body instanceof HTMLElement) body.hidden = ![...body.children].slice(1).some((row) => row instanceof HTMLElement && !row.hidden);
    }
    const [rowCount, columnCount] = [shownRows, shownColumns].map((list) => list.filter(Boolean).length);
    tally.textContent = `${rowCount} of ${rows.length} ${tally.dataset.rows}, ${columnCount} of ${columns.length} ${tally.dataset.columns}`;
    const isEmpty = rowCount === 0 || columnCount === 0;
    document.querySelector("[data-none]")?.toggleAttribute("hidden", !isEmpty);
    table.closest(".frame")?.parentElement?.toggleAttribute("hidden", isEmpty);
    table.dispatchEvent(new Event("sift"));
  }

  /** The choice as the query of an address; empty by default. */
  function queryOfChoice() {
    const query = new URLSearchParams();
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement)) continue;
      const value = field.value.trim();
      const changed = field.checked !== field.defaultChecked;
      const isGiven = field.type === "checkbox" ? changed : field.type === "radio" ? changed && field.checked : true;
      if (isGiven && value) query.append(field.name, value);
    }
    return query;
  }

  function writeAddress() {
    const query = queryOfChoice();
    try {
      history.replaceState(null, "", (query.size ? `?${query}` : location.pathname) + location.hash);
    } catch { /* the address can't change here: the choice lasts for the page */ }
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement)) continue;
      const isNamed = query.getAll(field.name).includes(field.value);
      if (field.type === "checkbox") field.checked = field.defaultChecked !== isNamed;
      else if (field.type === "radio") field.checked = isNamed || field.defaultChecked;
      else field.value = query.get(field.name) ?? "";
    }
    const details = form.closest("details");
    if (details && location.search && queryOfChoice().size) details.open = true;
  }

  form.addEventListener("input", () => { filter(); writeAddress(); });
  form.addEventListener("reset", () => setTimeout(() => { filter(); writeAddress(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-clear]")?.addEventListener("click", () => form.reset());
  readAddress();
  filter();
})();
