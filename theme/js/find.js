// find.js: the search page. The query and what narrows it stand in the address.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const need = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
  const form = need("form[data-find]");
  const query = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const narrow = /** @type {HTMLFormElement} */ (need("[data-narrow]"));
  const fold = /** @type {HTMLDetailsElement} */ (need("[data-fold]"));
  const tally = need("[data-tally]"), list = need("[data-hits]"), more = need("[data-more]");
  const marks = /** @type {HTMLTemplateElement} */ (need("template[data-marks]")).content;
  const STEP = 20;
  form.setAttribute("data-live", "");

  /** @type {Record<string, string[]>} */
  let chosen = {};
  /** @type {any} */
  let found = null;
  let shown = 0, turn = 0;

  function fromAddress() {
    const params = new URLSearchParams(location.search);
    query.value = params.get("q") ?? "";
    chosen = {};
    for (const [name, value] of params) if (name !== "q") (chosen[name] ??= []).push(value);
  }

  function toAddress() {
    const params = new URLSearchParams();
    if (query.value.trim()) params.set("q", query.value.trim());
    for (const [name, values] of Object.entries(chosen)) for (const value of values) params.append(name, value);
    const text = params.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
    document.title = (query.value.trim() ? "“" + query.value.trim() + "”, " : "") + title;
  }
  const title = document.title;

  /** @param {string} name @param {string} text @param {string} [kind] */
  function make(name, text, kind) {
    const it = document.createElement(name);
    it.textContent = text;
    if (kind) it.className = kind;
    return it;
  }

  /** The groups that the results can be narrowed by; what is chosen stays, also where it finds nothing. */
  function facets() {
    const focus = /** @type {HTMLInputElement | null} */ (document.activeElement?.closest("[data-narrow] input") ?? null);
    let at = 0;
    const sets = found.index.facets.map((/** @type {any} */ [group, heading, values]) => {
      const set = document.createElement("fieldset");
      set.append(make("legend", heading));
      for (const [name, words] of values) {
        const count = found.counts[at++];
        const on = chosen[group]?.includes(name) ?? false;
        if (!count && !on) continue;
        const label = document.createElement("label");
        const box = document.createElement("input");
        Object.assign(box, { type: "checkbox", name: group, value: name, checked: on });
        label.append(box, make("span", words), make("span", String(count), "n"));
        set.append(label);
      }
      return set;
    });
    const filled = sets.filter((/** @type {Element} */ it) => it.querySelector("input"));
    const clear = make("button", "Clear", "link");
    clear.setAttribute("type", "reset");
    narrow.replaceChildren(...filled, ...Object.keys(chosen).length ? [clear] : []);
    fold.hidden = !filled.length;
    if (focus) for (const it of narrow.querySelectorAll("input")) if (it.name === focus.name && it.value === focus.value) it.focus();
  }

  /** @param {any} row */
  function kindLine(row) {
    const line = make("p", row.kind.title, "kind");
    for (const at of found.index.profiles[found.index.profile[row.record]]) {
      const value = found.index.values[at];
      const mark = marks.querySelector('[data-mark="' + CSS.escape(value.group + ":" + value.name) + '"]');
      if (mark) line.append(" ", ...mark.cloneNode(true).childNodes);
    }
    return line;
  }

  /** @param {any} row */
  function item(row) {
    const it = document.createElement("li");
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = row.href;
    if (row.id) link.append(make("span", row.id, "id"), " ");
    link.append(row.title);
    heading.append(link);
    const words = document.createElement("p");
    it.append(kindLine(row), heading, words);
    return { it, words, link, row };
  }

  async function next() {
    const mine = turn;
    const rows = await shared.rows(found, found.hits.slice(shown, shown + STEP));
    if (mine !== turn) return;
    const items = rows.map(item);
    shown += rows.length;
    list.append(...items.map((/** @type {any} */ it) => it.it));
    more.hidden = shown >= found.hits.length;
    await Promise.all(items.map(async (/** @type {any} */ { words, row }) => {
      const { anchor, heading, pieces } = await shared.excerpt(found, row.record);
      if (mine !== turn) return;
      if (anchor && !row.href.includes("#")) {
        const part = /** @type {HTMLAnchorElement} */ (make("a", heading));
        part.href = row.href + "#" + anchor;
        words.append(part, ": ");
      }
      for (const [text, marked] of pieces) words.append(marked ? make("mark", text) : text);
    }));
    return items;
  }

  async function run() {
    const mine = ++turn;
    toAddress();
    if (!query.value.trim()) {
      found = null;
      list.replaceChildren();
      more.hidden = fold.hidden = true;
      tally.textContent = "";
      return;
    }
    try {
      const result = await shared.search(query.value, chosen);
      if (mine !== turn) return;
      found = result;
      shown = 0;
      list.replaceChildren();
      facets();
      tally.textContent = shared.tally(found, query.value.trim());
      await next();
    } catch {
      if (mine === turn) tally.textContent = "The search index could not be loaded. Reload the page to try again.";
    }
  }

  query.addEventListener("input", run);
  form.addEventListener("submit", run);
  narrow.addEventListener("submit", (event) => event.preventDefault());
  narrow.addEventListener("change", () => {
    chosen = {};
    for (const box of narrow.querySelectorAll("input")) if (box.checked) (chosen[box.name] ??= []).push(box.value);
    run();
  });
  narrow.addEventListener("reset", () => { chosen = {}; run(); query.focus(); });
  more.addEventListener("click", async () => { const items = await next(); items?.[0]?.link.focus(); });
  window.addEventListener("popstate", () => { fromAddress(); run(); });
  if (window.matchMedia("(max-width: 65.99rem)").matches) fold.open = false;
  fromAddress();
  run();
})();
