// palette.js: the search box on every page. The index is loaded only when it is opened.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const doors = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-palette]"));
  const page = doors[0]?.href;
  if (!page || !("showModal" in HTMLDialogElement.prototype)) return;
  // How many results are looked at, stand in a group, and stand in the list; how much of a term's text is shown.
  const SEEN = 24, GROUP = 4, ALL = 12, SHORT = 160;

  /** What the palette and the search page share: the script that searches, once. */
  const engine = (() => {
    /** @type {Promise<unknown> | null} */
    let once = null;
    return () => once ??= shared.search ? Promise.resolve() : new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("search.js", here).href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).catch((error) => { once = null; throw error; });
  })();

  /** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  function make(name, attributes, ...children) {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...children);
    return it;
  }

  const query = /** @type {HTMLInputElement} */ (make("input", { id: "palette-q", type: "search", autocomplete: "off", spellcheck: "false", "aria-describedby": "palette-n" }));
  const close = make("button", { class: "tool", type: "button" }, "Close");
  const count = make("p", { class: "tally", id: "palette-n", role: "status" });
  const results = make("div", {});
  const whole = /** @type {HTMLAnchorElement} */ (make("a", { href: page }, "All results, with filters"));
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "palette", "aria-labelledby": "palette-h" },
    make("h2", { class: "vh", id: "palette-h" }, "Search the catalogue"),
    make("header", {}, make("label", { class: "vh", for: "palette-q" }, "Identifier, citation or words"), query, close),
    count, results,
    make("footer", {}, make("span", {}, make("kbd", {}, "↑"), " ", make("kbd", {}, "↓"), " choose"), make("span", {}, make("kbd", {}, "Enter"), " open"), make("span", {}, make("kbd", {}, "Esc"), " close"), whole)));

  /** Results by what they are, the group of the best one first: name and records. @param {any} found @returns {[string, number[]][]} */
  function grouped(found) {
    /** @type {Map<string, number[]>} */
    const groups = new Map();
    found.hits.slice(0, SEEN).forEach((/** @type {number} */ record, /** @type {number} */ at) => {
      const first = at < Math.min(found.first, ALL);
      const name = first ? "Identifier" : shared.kind(found, record).title;
      const list = groups.get(name) ?? [];
      if (list.length < (first ? ALL : GROUP)) list.push(record);
      groups.set(name, list);
    });
    let left = ALL;
    /** @type {[string, number[]][]} */
    const cut = [...groups].map(([name, list]) => { const some = list.slice(0, left); left -= some.length; return [name, some]; });
    return cut.filter(([, list]) => list.length);
  }

  /** @param {any} row @param {string} kind */
  const link = (row, kind) => make("li", {}, make("a", { href: row.href },
    ...row.id ? [make("span", { class: "id" }, row.id)] : [],
    make("span", { class: "t" }, row.title, ...row.printed ? [make("span", { class: "k" }, " printed as " + row.printed)] : []),
    make("span", { class: "k" }, kind)));

  /** What the terms mean that a query names. @param {any[]} terms */
  const meanings = (terms) => terms.map(({ title, text, href }) => {
    const end = text.length > SHORT ? text.lastIndexOf(" ", SHORT) : text.length;
    return make("p", { class: "answer" }, make("a", { href }, title), " " + text.slice(0, end) + (end < text.length ? " …" : ""));
  });

  let turn = 0;
  /** What stands in the list; waits for what is being looked up. */
  let ready = Promise.resolve();

  async function fill() {
    const mine = ++turn;
    const text = query.value.trim();
    whole.href = page + (text ? "?q=" + encodeURIComponent(text) : "");
    if (!text) {
      results.replaceChildren();
      count.textContent = "Type an identifier, a citation or words.";
      return;
    }
    try {
      await engine();
      const found = await shared.search(query.value);
      const groups = grouped(found);
      const [terms, lists] = await Promise.all([shared.terms(found), Promise.all(groups.map(([, list]) => shared.rows(found, list)))]);
      if (mine !== turn) return;
      results.replaceChildren(...meanings(terms), ...groups.flatMap(([name], at) => [
        make("p", { class: "k", id: "palette-" + at }, name),
        make("ul", { "aria-labelledby": "palette-" + at }, ...lists[at].map((/** @type {any} */ row) => link(row, name === "Identifier" ? row.kind.title : ""))),
      ]));
      count.textContent = shared.tally(found, text);
    } catch {
      if (mine !== turn) return;
      results.replaceChildren();
      count.textContent = "The search index could not be loaded. Try again, or start from an index in the menu.";
    }
  }

  function open() {
    if (dialog.open) return;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    query.focus();
    query.select();
    ready = fill();
  }

  query.addEventListener("input", () => { ready = fill(); });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", async (event) => {
    const stops = () => [query, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a"))];
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const at = stops().indexOf(active);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    } else if (step && at >= 0) {
      event.preventDefault();
      stops()[(at + step + stops().length) % stops().length].focus();
    } else if (event.key === "Enter" && active === query) {
      event.preventDefault();
      await ready;
      /** @type {HTMLElement | null} */ (results.querySelector("li a") ?? results.querySelector("a"))?.click();
    } else if (at > 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
      query.focus();
    }
  });
  doors.forEach((door) => door.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
    event.preventDefault();
    open();
  });
  /** To the place that a query cites, or to the search page. @param {string} text */
  async function go(text) {
    /** @type {any} */
    let place = null;
    try {
      await engine();
      place = text && await shared.place(await shared.search(text), text);
    } catch { /* the search page says what is wrong */ }
    location.href = place ? place.href : page + (text ? "?q=" + encodeURIComponent(text) : "");
  }
  // A box on a page leads to the search page; the policy lets no form be sent.
  for (const form of document.querySelectorAll("form[data-find]")) form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (form)).get("q") ?? "").trim();
    if (!form.hasAttribute("data-live")) go(text);
  });
})();
