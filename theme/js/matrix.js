// matrix.js: arrow keys over a matrix, and a panel with what stands behind a cell. The list under the table says the same.
// All links of the table are one stop of the Tab key. Arrows go to the next link in a row or column, over empty cells;
// Home and End to the first and last of a row, with Ctrl of the table. The table stays a table to a screen reader.
(function () {
  "use strict";
  const table = document.querySelector("table.matrix");
  const panel = document.querySelector("[data-panel]");
  const list = document.querySelector("[data-reasons]");
  if (!(table instanceof HTMLTableElement) || !(panel instanceof HTMLElement)) return;
  const hint = [...panel.childNodes];
  const head = table.tHead?.rows[0];
  /** @type {HTMLAnchorElement | null} the link that Tab leads to */
  let stop = null;
  let held = false;
  let timer = 0;

  /** @param {Element | undefined} cell @returns {HTMLAnchorElement | null} its link, unless a filter hides it */
  const linkIn = (cell) => {
    const link = cell?.querySelector("a");
    return link && link.checkVisibility() ? link : null;
  };

  /** @param {HTMLAnchorElement} link */
  function stopAt(link) {
    stop?.setAttribute("tabindex", "-1");
    stop = link;
    link.setAttribute("tabindex", "0");
  }

  function begin() {
    for (const link of table.querySelectorAll("a")) if (link !== stop) link.setAttribute("tabindex", "-1");
    if (stop?.checkVisibility()) return;
    const first = [...table.querySelectorAll("td a"), ...table.querySelectorAll("a")].find((link) => link.checkVisibility());
    if (first instanceof HTMLAnchorElement) stopAt(first);
  }

  /** The next link from a cell by rows and columns. @param {HTMLTableCellElement} cell @param {number} down @param {number} right */
  function next(cell, down, right) {
    let [row, column] = [/** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex, cell.cellIndex];
    for (;;) {
      row += down;
      column += right;
      const at = table.rows[row]?.cells[column];
      if (!at) return null;
      const link = linkIn(at);
      if (link) return link;
    }
  }

  /** @param {Iterable<Element>} cells */
  const links = (cells) => [...cells].map((cell) => linkIn(cell)).filter((link) => link !== null);

  /** @param {KeyboardEvent} event @param {HTMLTableCellElement} cell */
  function target(event, cell) {
    const all = () => (event.ctrlKey ? links([...table.rows].flatMap((row) => [...row.cells])) : links(cell.parentElement.children));
    switch (event.key) {
      case "ArrowUp": return next(cell, -1, 0);
      case "ArrowDown": return next(cell, 1, 0);
      case "ArrowLeft": return next(cell, 0, -1);
      case "ArrowRight": return next(cell, 0, 1);
      case "Home": return all()[0];
      case "End": return all().at(-1);
      default: return undefined;
    }
  }

  /** @param {string} name @param {string} text @param {string} [className] */
  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** The entry of the list that a link leads to, if it stands on this page. @param {HTMLAnchorElement} link */
  const entry = (link) => (link.getAttribute("href")?.startsWith("#") ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null);

  /** A copy of the list's rows behind a cell. @param {Element} from */
  function copy(from) {
    const rows = from.classList.contains("group") ? [] : [from];
    for (let row = from.nextElementSibling; !rows.includes(from) && row && !row.classList.contains("group"); row = row.nextElementSibling) rows.push(row);
    const box = element("div", "", "maps");
    const copied = box.appendChild(element("table", ""));
    const heads = list?.querySelector("thead");
    if (heads) copied.append(heads.cloneNode(true));
    const body = copied.appendChild(element("tbody", ""));
    for (const row of rows) body.appendChild(/** @type {Element} */ (row.cloneNode(true))).removeAttribute("id");
    return box;
  }

  /** @param {HTMLAnchorElement} link */
  function show(link) {
    const cell = link.closest("td");
    if (!cell) return;
    const words = (/** @type {Element | undefined} */ from) => from?.textContent.replace(/\s+/g, " ").trim() ?? "";
    const title = element("p", `${words(cell.parentElement.children[0])} and ${words(head?.cells[cell.cellIndex])}: `, "label");
    title.append(link.getAttribute("aria-label")?.split(":")[0] ?? "");
    const from = entry(link);
    const way = element("a", from ? "See it in the list" : "See what stands behind it");
    way.setAttribute("href", link.getAttribute("href") ?? "");
    title.append(". ", way);
    panel.replaceChildren(title, ...(from ? [copy(from)] : []));
    panel.classList.add("panel");
    panel.tabIndex = 0;
    panel.scrollTop = 0;
  }

  /** @param {boolean} on */
  function hold(on) {
    held = on;
    panel.classList.toggle("key", on);
    if (on) return;
    panel.classList.remove("panel");
    panel.removeAttribute("tabindex");
    panel.replaceChildren(...hint);
  }

  /** The panel lies over the table's end where the window is low. @param {Element} link */
  function uncover(link) {
    if (!panel.classList.contains("panel")) return;
    const over = link.getBoundingClientRect().bottom + panel.offsetHeight - document.documentElement.clientHeight;
    if (over > 0) window.scrollBy(0, over + 8);
  }

  /** Sticky heads hide no cell that has the focus. */
  function pad() {
    const frame = table.parentElement;
    if (frame && head) frame.style.scrollPadding = `${head.offsetHeight + 4}px 4px 4px ${head.cells[0].offsetWidth + 4}px`;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("th, td") : null;
    if (!(cell instanceof HTMLTableCellElement) || event.altKey || event.metaKey) return;
    const to = target(event, cell);
    if (to === undefined) return;
    event.preventDefault();
    to?.focus();
  });
  table.addEventListener("focusin", (event) => {
    if (!(event.target instanceof HTMLAnchorElement)) return;
    stopAt(event.target);
    if (event.target.closest("td")) {
      hold(false);
      show(event.target);
    }
    uncover(event.target);
  });
  table.addEventListener("pointerover", (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    clearTimeout(timer);
    // A pointer on its way to the panel crosses other cells: only one that rests counts.
    if (link instanceof HTMLAnchorElement && !held && event.pointerType === "mouse") timer = window.setTimeout(() => show(link), 150);
  });
  table.addEventListener("pointerleave", () => clearTimeout(timer));
  table.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    if (!(link instanceof HTMLAnchorElement) || !entry(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(timer);
    show(link);
    hold(true);
    uncover(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hold(false);
  });
  table.addEventListener("sift", () => {
    hold(false);
    begin();
  });
  window.addEventListener("resize", pad);
  pad();
  begin();
})();
