// matrix-filter.js: which rows, columns and levels of a matrix are shown, and of the list under it. The address keeps the choice.
// Within a set of boxes any may hold, between sets all; a level counts the numbers anew, with those of the levels below it.
(function () {
  "use strict";
  const form = document.querySelector("form[data-sift]");
  const table = document.querySelector("table.matrix");
  const tally = document.querySelector("[data-tally]");
  if (!(form instanceof HTMLFormElement) || !(table instanceof HTMLTableElement) || !(tally instanceof HTMLElement)) return;
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const sums = heads.at(-1)?.classList.contains("sum") ? 1 : 0;
  const columns = heads.slice(1, heads.length - sums);
  const rows = [...table.tBodies[0].rows];
  /** How many levels the numbers are made up of. */
  const levelCount = (table.querySelector("[data-levels]")?.getAttribute("data-levels") ?? "").split(" ").length - 1;
  const ends = (table.dataset.ends ?? "").split(" ").map(Number);

  /** @param {string} name */
  const boxes = (name) => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)]);
  /** @param {string} name */
  const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);
  /** @param {string} name */
  const words = (name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
  };
  /** @param {string[]} wanted @param {string | undefined} value */
  const fits = (wanted, value) => wanted.length === 0 || wanted.includes(value ?? "");
  /** @param {string[]} wanted @param {Element} head */
  const says = (wanted, head) => wanted.every((word) => head.textContent.toLowerCase().includes(word));

  /** The levels that count, from 1, and 0 for what has none; an empty list for all. */
  function levelsUpTo() {
    const steps = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[type="radio"][name="level"]`)]);
    const step = steps.findIndex((it) => it.checked);
    const without = boxes("without-level").every((box) => box.checked);
    if (step <= 0 && without) return [];
    const last = step > 0 ? step : levelCount;
    const levels = Array.from({ length: last }, (_, at) => at + 1);
    return without ? [0, ...levels] : levels;
  }

  /** What is chosen, read once for a pass. */
  function read() {
    const levels = levelsUpTo();
    return {
      row: words("row"), column: words("column"), empty: chosen("empty"), levels,
      group: chosen("group"), by: chosen("by"), cases: chosen("case"), weights: chosen("weight"),
    };
  }

  /** @param {HTMLTableRowElement} row @param {ReturnType<typeof read>} choice */
  function keeps(row, choice) {
    const weights = (row.dataset.weights ?? "").split(" ").map((pair) => [pair.slice(0, pair.lastIndexOf(":")), pair.slice(pair.lastIndexOf(":") + 1)]);
    const weighs = choice.cases.length + choice.weights.length === 0
      || weights.some(([id, weight]) => weight && fits(choice.cases, id) && fits(choice.weights, weight));
    return says(choice.row, row.cells[0]) && fits(choice.group, row.dataset.group) && fits(choice.by, row.dataset.by) && weighs;
  }

  /** The number of a cell at some levels, shown in it. @param {HTMLTableCellElement} cell @param {number[]} levels */
  function recount(cell, levels) {
    if (!cell.dataset.levels) return;
    const counts = cell.dataset.levels.split(" ").map(Number);
    const count = counts.reduce((sum, part, at) => (levels.length === 0 || levels.includes(at) ? sum + part : sum), 0);
    const link = cell.querySelector("a");
    if (!link) {
      if (cell.classList.contains("sum")) cell.textContent = String(count);
      return;
    }
    link.hidden = count === 0;
    if (link.firstChild) link.firstChild.nodeValue = String(count);
    const label = link.getAttribute("aria-label") ?? "";
    link.setAttribute("aria-label", count + label.slice(label.indexOf(":")));
    cell.className = count === 0 ? "" : `h${ends.findIndex((end) => count <= end) + 1}`;
  }

  /** Whether a cell holds anything now. @param {Element | undefined} cell */
  const full = (cell) => Boolean(cell?.querySelector("a:not([hidden])"));

  /** The list shows what the table shows. @param {HTMLTableCellElement} cell @param {boolean} on @param {number[]} levels */
  function follow(cell, on, levels) {
    const link = cell.querySelector("a");
    const href = link?.getAttribute("href");
    const first = href?.startsWith("#") ? document.getElementById(decodeURIComponent(href.slice(1))) : null;
    if (!link || !first) return;
    first.hidden = !on;
    if (!first.classList.contains("group")) return;
    const marks = new Set();
    for (let row = first.nextElementSibling; row instanceof HTMLElement && !row.classList.contains("group"); row = row.nextElementSibling) {
      const level = levels.length === 0 || levels.includes(Number(row.dataset.level));
      row.hidden = !on || !level;
      if (level) marks.add(row.querySelector(".rel use")?.getAttribute("href"));
    }
    for (const mark of link.querySelectorAll("svg")) mark.toggleAttribute("hidden", !marks.has(mark.querySelector("use")?.getAttribute("href")));
  }

  function sift() {
    const choice = read();
    for (const cell of /** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll("td"))) recount(cell, choice.levels);
    const kept = rows.map((row) => keeps(row, choice));
    const named = columns.map((head) => says(choice.column, head));
    const wide = columns.map((_, at) => named[at] && (!choice.empty.includes("columns") || rows.some((row, n) => kept[n] && full(row.cells[at + 1]))));
    const tall = rows.map((row, n) => kept[n] && (!choice.empty.includes("rows") || columns.some((_, at) => named[at] && full(row.cells[at + 1]))));
    for (const row of table.rows) columns.forEach((_, at) => { row.cells[at + 1].hidden = !wide[at]; });
    rows.forEach((row, n) => {
      row.hidden = !tall[n];
      columns.forEach((_, at) => follow(row.cells[at + 1], tall[n] && wide[at] && full(row.cells[at + 1]), choice.levels));
    });
    for (const body of document.querySelectorAll("[data-reasons] tbody")) {
      if (body instanceof HTMLElement) body.hidden = ![...body.children].slice(1).some((row) => row instanceof HTMLElement && !row.hidden);
    }
    const [down, across] = [tall.filter(Boolean).length, wide.filter(Boolean).length];
    tally.textContent = `${down} of ${rows.length} ${tally.dataset.rows}, ${across} of ${columns.length} ${tally.dataset.columns}`;
    const none = down === 0 || across === 0;
    document.querySelector("[data-none]")?.toggleAttribute("hidden", !none);
    table.closest(".frame")?.parentElement?.toggleAttribute("hidden", none);
    table.dispatchEvent(new Event("sift"));
  }

  /** What is chosen, as the query of an address. */
  function asked() {
    const query = new URLSearchParams();
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement)) continue;
      const value = field.value.trim();
      const changed = field.checked !== field.defaultChecked;
      const says = field.type === "checkbox" ? changed : field.type === "radio" ? changed && field.checked : true;
      if (says && value) query.append(field.name, value);
    }
    return query;
  }

  function keep() {
    const query = asked();
    try {
      history.replaceState(null, "", (query.size ? `?${query}` : location.pathname) + location.hash);
    } catch { /* the address can't change here: the choice lasts for the page */ }
  }

  function restore() {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement)) continue;
      const named = query.getAll(field.name).includes(field.value);
      if (field.type === "checkbox") field.checked = field.defaultChecked !== named;
      else if (field.type === "radio") field.checked = named || field.defaultChecked;
      else field.value = query.get(field.name) ?? "";
    }
    const fold = form.closest("details");
    if (fold && location.search && asked().size) fold.open = true;
  }

  form.addEventListener("input", () => { sift(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { sift(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-clear]")?.addEventListener("click", () => form.reset());
  restore();
  sift();
})();
