// palette.js: the search dialog of every page. The search script and the index are loaded only when it opens.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const openers = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-palette]"));
  const searchPage = openers[0]?.href;
  if (!searchPage || !("showModal" in HTMLDialogElement.prototype)) return;
  // How many results are grouped, how many a group and the list show, and how many letters of a definition.
  const GROUPED = 24, MOST_IN_GROUP = 4, MOST_IN_LIST = 12, MOST_LETTERS = 160;

  /** Loads the search script once, unless the search page has it; a failed load may be tried again. */
  const loadSearch = (() => {
    /** @type {Promise<unknown> | null} */
    let promise = null;
    return () => promise ??= shared.search ? Promise.resolve() : new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("search.js", here).href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).catch((error) => { promise = null; throw error; });
  })();

  /** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const query = /** @type {HTMLInputElement} */ (element("input", { id: "palette-q", type: "search", autocomplete: "off", spellcheck: "false", "aria-describedby": "palette-n" }));
  const close = element("button", { class: "tool", type: "button" }, "Close");
  const tally = element("p", { class: "tally", id: "palette-n", role: "status" });
  const list = element("div", {});
  const allResults = /** @type {HTMLAnchorElement} */ (element("a", { href: searchPage }, "All results, with filters"));
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "palette", "aria-labelledby": "palette-h" },
    element("h2", { class: "vh", id: "palette-h" }, "Search the catalogue"),
    element("header", {}, element("label", { class: "vh", for: "palette-q" }, "Identifier, citation or words"), query, close),
    tally, list,
    element("footer", {}, element("span", {}, element("kbd", {}, "↑"), " ", element("kbd", {}, "↓"), " choose"), element("span", {}, element("kbd", {}, "Enter"), " open"), element("span", {}, element("kbd", {}, "Esc"), " close"), allResults)));

  /** Results by kind, the kind of the best one first; those that an identifier found make a group of their own. @param {Results} results @returns {[string, number[]][]} */
  function groupByKind(results) {
    /** @type {Map<string, number[]>} */
    const groups = new Map();
    results.hits.slice(0, GROUPED).forEach((record, i) => {
      const isFirst = i < Math.min(results.first, MOST_IN_LIST);
      const name = isFirst ? "Identifier" : shared.kind(results, record).title;
      const records = groups.get(name) ?? [];
      if (records.length < (isFirst ? MOST_IN_LIST : MOST_IN_GROUP)) records.push(record);
      groups.set(name, records);
    });
    let left = MOST_IN_LIST;
    /** @type {[string, number[]][]} */
    const shown = [...groups].map(([name, records]) => { const first = records.slice(0, left); left -= first.length; return [name, first]; });
    return shown.filter(([, records]) => records.length);
  }

  /** @param {ResultRow} row @param {string} kind */
  const item = (row, kind) => element("li", {}, element("a", { href: row.href },
    ...row.id ? [element("span", { class: "id" }, row.id)] : [],
    element("span", { class: "t" }, row.title, ...row.printed ? [element("span", { class: "k" }, " printed as " + row.printed)] : []),
    element("span", { class: "k" }, kind)));

  /** The beginnings of the definitions of terms. @param {(ResultRow & {text: string})[]} terms */
  const definitions = (terms) => terms.map(({ title, text, href }) => {
    const end = text.length > MOST_LETTERS ? text.lastIndexOf(" ", MOST_LETTERS) : text.length;
    return element("p", { class: "answer" }, element("a", { href }, title), " " + text.slice(0, end) + (end < text.length ? " …" : ""));
  });

  /** Counts the searches, so that a slow answer does not replace a newer one. */
  let turn = 0;
  /** Resolves when the list shows the answer to the query. */
  let shown = Promise.resolve();

  async function update() {
    const mine = ++turn;
    const text = query.value.trim();
    allResults.href = searchPage + (text ? "?q=" + encodeURIComponent(text) : "");
    if (!text) {
      list.replaceChildren();
      tally.textContent = "Type an identifier, a citation or words.";
      return;
    }
    try {
      await loadSearch();
      /** @type {Results} */
      const results = await shared.search(query.value);
      const groups = groupByKind(results);
      const [terms, rows] = await Promise.all([shared.terms(results), Promise.all(groups.map(([, records]) => shared.rows(results, records)))]);
      if (mine !== turn) return;
      list.replaceChildren(...definitions(terms), ...groups.flatMap(([name], i) => [
        element("p", { class: "k", id: "palette-" + i }, name),
        element("ul", { "aria-labelledby": "palette-" + i }, ...rows[i].map((/** @type {ResultRow} */ row) => item(row, name === "Identifier" ? row.kind.title : ""))),
      ]));
      tally.textContent = shared.tally(results, text);
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      tally.textContent = "The search index could not be loaded. Try again, or start from an index in the menu.";
    }
  }

  function open() {
    if (dialog.open) return;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    query.focus();
    query.select();
    shown = update();
  }

  query.addEventListener("input", () => { shown = update(); });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", async (event) => {
    const stops = [query, .../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("a"))];
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const position = stops.indexOf(active);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    } else if (step && position >= 0) {
      event.preventDefault();
      stops[(position + step + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && active === query) {
      event.preventDefault();
      await shown;
      /** @type {HTMLElement | null} */ (list.querySelector("li a") ?? list.querySelector("a"))?.click();
    } else if (position > 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
      // A letter typed on a result goes into the query.
      query.focus();
    }
  });
  openers.forEach((opener) => opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
    event.preventDefault();
    open();
  });
  /** Goes to the record that a query cites, or else to the search page. @param {string} text */
  async function go(text) {
    /** @type {ResultRow | null} */
    let row = null;
    try {
      await loadSearch();
      row = text && await shared.citedRow(await shared.search(text), text);
    } catch { /* the search page says what is wrong */ }
    location.href = row ? row.href : searchPage + (text ? "?q=" + encodeURIComponent(text) : "");
  }
  // The content security policy allows no form to be sent, so that the script follows it. The search page answers its own.
  for (const form of document.querySelectorAll("form[data-find]")) form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (form)).get("q") ?? "").trim();
    if (!form.hasAttribute("data-live")) go(text);
  });
})();
