// matrix.js: arrow keys for a matrix, and a panel with the entries behind a cell, which the list below the table has, too.
// The links of the table are one tab stop. Arrow keys go to the next link of the row or column, past empty cells; Home and
// End go to the first and last link of the row, with Ctrl of the table. To a screen reader the table stays a table.
(function () {
  "use strict";
  const table = document.querySelector("table.matrix");
  const panel = document.querySelector("[data-panel]");
  const list = document.querySelector("[data-reasons]");
  if (!(table instanceof HTMLTableElement) || !(panel instanceof HTMLElement)) return;
  const hint = [...panel.childNodes];
  const head = table.tHead?.rows[0];
  /** @type {HTMLAnchorElement | null} the link that Tab leads to */
  let tabStop = null;
  /** Whether the panel stays until Escape. */
  let isPinned = false;
  let timer = 0;

  /** @param {Element | undefined} cell @returns {HTMLAnchorElement | null} its link, unless a filter hides it */
  const linkIn = (cell) => {
    const link = cell?.querySelector("a");
    return link && link.checkVisibility() ? link : null;
  };

  /** @param {HTMLAnchorElement} link */
  function moveTabStop(link) {
    tabStop?.setAttribute("tabindex", "-1");
    tabStop = link;
    link.setAttribute("tabindex", "0");
  }

  /** Makes the links of the table one tab stop. */
  function resetTabStop() {
    for (const link of table.querySelectorAll("a")) if (link !== tabStop) link.setAttribute("tabindex", "-1");
    if (tabStop?.checkVisibility()) return;
    const first = [...table.querySelectorAll("td a"), ...table.querySelectorAll("a")].find((link) => link.checkVisibility());
    if (first instanceof HTMLAnchorElement) moveTabStop(first);
  }

  /** The next link from a cell in steps of rows and columns. @param {HTMLTableCellElement} cell @param {number} down @param {number} right */
  function nextLink(cell, down, right) {
    let [row, column] = [/** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex, cell.cellIndex];
    for (;;) {
      row += down;
      column += right;
      const neighbour = table.rows[row]?.cells[column];
      if (!neighbour) return null;
      const link = linkIn(neighbour);
      if (link) return link;
    }
  }

  /** @param {Iterable<Element>} cells */
  const linksIn = (cells) => [...cells].map((cell) => linkIn(cell)).filter((link) => link !== null);

  /** The link that a key goes to, if any; undefined for keys without a meaning here. @param {KeyboardEvent} event @param {HTMLTableCellElement} cell */
  function linkForKey(event, cell) {
    const range = () => (event.ctrlKey ? linksIn([...table.rows].flatMap((row) => [...row.cells])) : linksIn(cell.parentElement.children));
    switch (event.key) {
      case "ArrowUp": return nextLink(cell, -1, 0);
      case "ArrowDown": return nextLink(cell, 1, 0);
      case "ArrowLeft": return nextLink(cell, 0, -1);
      case "ArrowRight": return nextLink(cell, 0, 1);
      case "Home": return range()[0];
      case "End": return range().at(-1);
      default: return undefined;
    }
  }

  /** @param {string} name @param {string} text @param {string} [className] */
  function element(name, text, className) {
    const node = document.createElement(name);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  /** The entry of the list that a link leads to, unless it is on another page. @param {HTMLAnchorElement} link */
  const entryOf = (link) => (link.getAttribute("href")?.startsWith("#") ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null);

  /** Copies the rows of an entry: the entry itself, or those of its group. @param {Element} entry */
  function copyRows(entry) {
    const rows = entry.classList.contains("group") ? [] : [entry];
    for (let row = entry.nextElementSibling; !rows.includes(entry) && row && !row.classList.contains("group"); row = row.nextElementSibling) rows.push(row);
    const box = element("div", "", "maps");
    const copy = box.appendChild(element("table", ""));
    const heads = list?.querySelector("thead");
    if (heads) copy.append(heads.cloneNode(true));
    const body = copy.appendChild(element("tbody", ""));
    for (const row of rows) body.appendChild(/** @type {Element} */ (row.cloneNode(true))).removeAttribute("id");
    return box;
  }

  /** @param {HTMLAnchorElement} link */
  function show(link) {
    const cell = link.closest("td");
    if (!cell) return;
    const text = (/** @type {Element | undefined} */ cell) => cell?.textContent.replace(/\s+/g, " ").trim() ?? "";
    const title = element("p", `${text(cell.parentElement.children[0])} and ${text(head?.cells[cell.cellIndex])}: `, "label");
    title.append(link.getAttribute("aria-label")?.split(":")[0] ?? "");
    const entry = entryOf(link);
    const more = element("a", entry ? "See it in the list" : "See what stands behind it");
    more.setAttribute("href", link.getAttribute("href") ?? "");
    title.append(". ", more);
    panel.replaceChildren(title, ...(entry ? [copyRows(entry)] : []));
    panel.classList.add("panel");
    panel.tabIndex = 0;
    panel.scrollTop = 0;
  }

  /** Keeps the panel open, or empties it. @param {boolean} on */
  function pin(on) {
    isPinned = on;
    panel.classList.toggle("key", on);
    if (on) return;
    panel.classList.remove("panel");
    panel.removeAttribute("tabindex");
    panel.replaceChildren(...hint);
  }

  /** Scrolls a link out from under the panel, which covers the end of the table in a low window. @param {Element} link */
  function uncover(link) {
    if (!panel.classList.contains("panel")) return;
    const over = link.getBoundingClientRect().bottom + panel.offsetHeight - document.documentElement.clientHeight;
    if (over > 0) window.scrollBy(0, over + 8);
  }

  /** Keeps sticky heads from covering the cell with the focus. */
  function setScrollPadding() {
    const frame = table.parentElement;
    if (frame && head) frame.style.scrollPadding = `${head.offsetHeight + 4}px 4px 4px ${head.cells[0].offsetWidth + 4}px`;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("th, td") : null;
    if (!(cell instanceof HTMLTableCellElement) || event.altKey || event.metaKey) return;
    const link = linkForKey(event, cell);
    if (link === undefined) return;
    event.preventDefault();
    link?.focus();
  });
  table.addEventListener("focusin", (event) => {
    if (!(event.target instanceof HTMLAnchorElement)) return;
    moveTabStop(event.target);
    if (event.target.closest("td")) {
      pin(false);
      show(event.target);
    }
    uncover(event.target);
  });
  table.addEventListener("pointerover", (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    clearTimeout(timer);
    // A pointer on its way to the panel crosses other cells: only one that rests on a cell counts.
    if (link instanceof HTMLAnchorElement && !isPinned && event.pointerType === "mouse") timer = window.setTimeout(() => show(link), 150);
  });
  table.addEventListener("pointerleave", () => clearTimeout(timer));
  table.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    if (!(link instanceof HTMLAnchorElement) || !entryOf(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(timer);
    show(link);
    pin(true);
    uncover(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pin(false);
  });
  table.addEventListener("sift", () => {
    pin(false);
    resetTabStop();
  });
  window.addEventListener("resize", setScrollPadding);
  setScrollPadding();
  resetTabStop();
})();
