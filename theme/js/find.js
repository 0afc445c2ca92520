// find.js: the search page. The query and the filters are kept in the address.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const need = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
  const form = need("form[data-find]");
  const query = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const filters = /** @type {HTMLFormElement} */ (need("[data-narrow]"));
  const fold = /** @type {HTMLDetailsElement} */ (need("[data-fold]"));
  const tally = need("[data-tally]"), box = need("[data-answer]"), list = need("[data-hits]"), more = need("[data-more]");
  const marks = /** @type {HTMLTemplateElement} */ (need("template[data-marks]")).content;
  // How many results a search shows, how many the button adds, and for how many of them the excerpts are waited for.
  const FIRST = 8, STEP = 20, AWAITED = 3;
  // palette.js leaves this form to this script.
  form.setAttribute("data-live", "");

  /** @typedef {{element: HTMLLIElement, excerpt: HTMLParagraphElement, link: HTMLAnchorElement, row: ResultRow}} Item */

  /** The chosen values by facet. @type {Record<string, string[]>} */
  let chosen = {};
  /** What is on the page. @type {Results | null} */
  let results = null;
  let shown = 0;
  /** Counts the searches, so that a slow answer does not replace a newer one. */
  let turn = 0;

  function readAddress() {
    const params = new URLSearchParams(location.search);
    query.value = params.get("q") ?? "";
    chosen = {};
    for (const [name, value] of params) if (name !== "q") (chosen[name] ??= []).push(value);
  }

  function writeAddress() {
    const params = new URLSearchParams();
    if (query.value.trim()) params.set("q", query.value.trim());
    for (const [name, values] of Object.entries(chosen)) for (const value of values) params.append(name, value);
    const text = params.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
    document.title = (query.value.trim() ? "“" + query.value.trim() + "”, " : "") + title;
  }
  const title = document.title;

  /** @param {string} name @param {string} text @param {string} [className] */
  function element(name, text, className) {
    const node = document.createElement(name);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  /** @param {string} facet @param {string} name @param {string} title @param {number} count @param {boolean} checked */
  function option(facet, name, title, count, checked) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "checkbox", name: facet, value: name, checked });
    label.append(input, element("span", title), element("span", String(count), "n"));
    return label;
  }

  /** Shows the facets. A chosen value stays where no result has it, so that it can be cleared. @param {Results} results */
  function showFacets(results) {
    const focus = /** @type {HTMLInputElement | null} */ (document.activeElement?.closest("[data-narrow] input") ?? null);
    let i = 0;
    const sets = results.index.facets.map(([facet, heading, values]) => {
      const set = document.createElement("fieldset");
      set.append(element("legend", heading));
      for (const [name, title] of values) {
        const count = results.counts[i++];
        const isChosen = chosen[facet]?.includes(name) ?? false;
        if (count || isChosen) set.append(option(facet, name, title, count, isChosen));
      }
      return set;
    });
    // A facet whose every value leaves all results narrows nothing.
    const telling = sets.filter((set) => set.querySelector(":checked") || [...set.querySelectorAll(".n")].some((count) => Number(count.textContent) < results.hits.length));
    const clear = element("button", "Clear", "link");
    clear.setAttribute("type", "reset");
    filters.replaceChildren(...telling, ...Object.keys(chosen).length ? [clear] : []);
    if (focus) for (const input of filters.querySelectorAll("input")) if (input.name === focus.name && input.value === focus.value) input.focus();
  }

  /** The kind of a result and the marks of its values. @param {Results} results @param {ResultRow} row */
  function kindLine({ index }, row) {
    const line = element("p", row.kind.title, "kind");
    // A record has the levels above its own, too: only the lowest of a framework is shown.
    let framework = "";
    for (const i of index.profiles[index.profile[row.record]]) {
      const value = index.values[i];
      if (value.group === "level") { if (framework === value.owner) continue; framework = value.owner; }
      const mark = marks.querySelector('[data-mark="' + CSS.escape(value.group + ":" + value.name) + '"]');
      if (mark) line.append(" ", ...mark.cloneNode(true).childNodes);
    }
    return line;
  }

  /** @param {Results} results @param {ResultRow} row @returns {Item} */
  function item(results, row) {
    const item = document.createElement("li");
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = row.href;
    if (row.id) link.append(element("span", row.id, "id"), " ");
    link.append(row.title);
    heading.append(link);
    if (row.printed) heading.append(" ", element("span", "printed as " + row.printed, "kind"));
    const excerpt = document.createElement("p");
    excerpt.className = "excerpt";
    item.append(kindLine(results, row), heading, excerpt);
    return { element: item, excerpt, link, row };
  }

  /** Fills in the excerpt of a result, once. @param {Results} results @param {Item} item */
  async function showExcerpt(results, { excerpt, row }) {
    if (excerpt.dataset.read !== undefined) return;
    excerpt.dataset.read = "";
    const { anchor, heading, pieces } = await shared.excerpt(results, row.record);
    if (anchor && !row.href.includes("#")) {
      const section = /** @type {HTMLAnchorElement} */ (element("a", heading));
      section.href = row.href + "#" + anchor;
      excerpt.append(section, ": ");
    }
    for (const [text, isMarked] of pieces) excerpt.append(isMarked ? element("mark", text) : text);
  }

  /** What fills in the excerpts of results that are still out of view. @type {Map<Element, () => Promise<void>>} */
  const pending = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) {
      observer.unobserve(target);
      pending.get(target)?.().catch(() => { /* the result stays without an excerpt */ });
    }
  });

  /** Makes the items of the next results, with the first excerpts. @param {Results} results @param {number} from @param {number} count @returns {Promise<Item[]>} */
  async function makeItems(results, from, count) {
    const rows = await shared.rows(results, results.hits.slice(from, from + count));
    const items = rows.map((/** @type {ResultRow} */ row) => item(results, row));
    await Promise.all(items.slice(0, AWAITED).map((/** @type {Item} */ it) => showExcerpt(results, it)));
    return items;
  }

  /** @param {Results} results @param {Item[]} items */
  function appendItems(results, items) {
    shown += items.length;
    list.append(...items.map((it) => it.element));
    more.hidden = shown >= results.hits.length;
    for (const item of items.slice(AWAITED)) {
      pending.set(item.element, () => showExcerpt(results, item));
      observer.observe(item.element);
    }
  }

  /** Shows the definitions of terms. @param {(ResultRow & {text: string})[]} terms */
  function showDefinitions(terms) {
    box.replaceChildren(...terms.map(({ title, text, href }) => {
      const paragraph = document.createElement("p");
      const link = /** @type {HTMLAnchorElement} */ (element("a", title));
      link.href = href;
      paragraph.append(link, " ", text);
      return paragraph;
    }));
    box.hidden = !terms.length;
  }

  async function search() {
    const mine = ++turn;
    const text = query.value.trim();
    writeAddress();
    fold.hidden = !text;
    if (!text) {
      results = null;
      list.replaceChildren();
      more.hidden = box.hidden = true;
      tally.textContent = "";
      return;
    }
    try {
      /** @type {Results} */
      const next = await shared.search(query.value, chosen);
      if (mine !== turn) return;
      // Everything is loaded before anything is shown, so that the page does not shift.
      const [items, terms] = await Promise.all([makeItems(next, 0, FIRST), shared.terms(next)]);
      if (mine !== turn) return;
      results = next;
      shown = 0;
      observer.disconnect();
      pending.clear();
      list.replaceChildren();
      showDefinitions(terms);
      showFacets(next);
      tally.textContent = shared.tally(next, text);
      appendItems(next, items);
    } catch {
      if (mine === turn) tally.textContent = "The search index could not be loaded. Reload the page to try again.";
    }
  }

  /** Goes to the record whose identifier is sent. The way back leads to this page, which then only shows the results. */
  async function submit() {
    const mine = turn + 1;
    await search();
    const row = mine === turn && results && !Object.keys(chosen).length ? await shared.citedRow(results, query.value) : null;
    if (row && mine === turn) location.href = row.href;
  }

  query.addEventListener("input", search);
  form.addEventListener("submit", submit);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", () => {
    chosen = {};
    for (const input of filters.querySelectorAll("input")) if (input.checked) (chosen[input.name] ??= []).push(input.value);
    search();
  });
  filters.addEventListener("reset", () => { chosen = {}; search(); query.focus(); });
  more.addEventListener("click", async () => {
    if (!results) return;
    const mine = turn;
    const items = await makeItems(results, shown, STEP);
    if (mine !== turn) return;
    appendItems(results, items);
    items[0]?.link.focus();
  });
  window.addEventListener("popstate", () => { readAddress(); search(); });
  if (window.matchMedia("(max-width: 65.99rem)").matches) fold.open = false;
  readAddress();
  search();
})();
