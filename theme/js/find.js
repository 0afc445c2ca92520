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
  const tally = need("[data-tally]"), box = need("[data-answer]"), list = need("[data-hits]"), more = need("[data-more]");
  const marks = /** @type {HTMLTemplateElement} */ (need("template[data-marks]")).content;
  // How many results stand there at first and come with each press of the button; of how many the excerpts are waited for.
  const FIRST = 8, STEP = 20, AWAITED = 3;
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
        const tick = document.createElement("input");
        Object.assign(tick, { type: "checkbox", name: group, value: name, checked: on });
        label.append(tick, make("span", words), make("span", String(count), "n"));
        set.append(label);
      }
      return set;
    });
    // A group whose every choice leaves all that is shown divides nothing.
    const filled = sets.filter((/** @type {Element} */ it) => it.querySelector(":checked") || [...it.querySelectorAll(".n")].some((n) => Number(n.textContent) < found.hits.length));
    const clear = make("button", "Clear", "link");
    clear.setAttribute("type", "reset");
    narrow.replaceChildren(...filled, ...Object.keys(chosen).length ? [clear] : []);
    if (focus) for (const it of narrow.querySelectorAll("input")) if (it.name === focus.name && it.value === focus.value) it.focus();
  }

  /** @param {any} of what was found @param {any} row */
  function kindLine(of, row) {
    const line = make("p", row.kind.title, "kind");
    // Of the levels of a framework the lowest; it has those above, too.
    let last = "";
    for (const at of of.index.profiles[of.index.profile[row.record]]) {
      const value = of.index.values[at];
      if (value.group === "level") { if (last === value.owner) continue; last = value.owner; }
      const mark = marks.querySelector('[data-mark="' + CSS.escape(value.group + ":" + value.name) + '"]');
      if (mark) line.append(" ", ...mark.cloneNode(true).childNodes);
    }
    return line;
  }

  /** @param {any} of what was found @param {any} row */
  function item(of, row) {
    const it = document.createElement("li");
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = row.href;
    if (row.id) link.append(make("span", row.id, "id"), " ");
    link.append(row.title);
    heading.append(link);
    if (row.printed) heading.append(" ", make("span", "printed as " + row.printed, "kind"));
    const words = document.createElement("p");
    words.className = "excerpt";
    it.append(kindLine(of, row), heading, words);
    return { it, words, link, row };
  }

  /** Writes where the query's words stand in a result. @param {any} of @param {any} item */
  async function excerpt(of, { words, row }) {
    if (words.dataset.read !== undefined) return;
    words.dataset.read = "";
    const { anchor, heading, pieces } = await shared.excerpt(of, row.record);
    if (anchor && !row.href.includes("#")) {
      const part = /** @type {HTMLAnchorElement} */ (make("a", heading));
      part.href = row.href + "#" + anchor;
      words.append(part, ": ");
    }
    for (const [text, marked] of pieces) words.append(marked ? make("mark", text) : text);
  }

  /** Excerpts of results further down are read when they come near. */
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) {
      near.unobserve(target);
      waiting.get(target)?.().catch(() => { /* the result stands without its excerpt */ });
    }
  });
  /** @type {Map<Element, () => Promise<void>>} */
  const waiting = new Map();

  /** The next results, with the first excerpts. @param {any} of @param {number} from @param {number} count */
  async function stretch(of, from, count) {
    const items = (await shared.rows(of, of.hits.slice(from, from + count))).map((/** @type {any} */ row) => item(of, row));
    await Promise.all(items.slice(0, AWAITED).map((/** @type {any} */ it) => excerpt(of, it)));
    return items;
  }

  /** @param {any[]} items */
  function show(items) {
    shown += items.length;
    list.append(...items.map((it) => it.it));
    more.hidden = shown >= found.hits.length;
    const of = found;
    for (const it of items.slice(AWAITED)) {
      waiting.set(it.it, () => excerpt(of, it));
      near.observe(it.it);
    }
  }

  /** What the terms mean that the query names. @param {any[]} terms */
  function meanings(terms) {
    box.replaceChildren(...terms.map(({ title, text, href }) => {
      const it = document.createElement("p");
      const link = /** @type {HTMLAnchorElement} */ (make("a", title));
      link.href = href;
      it.append(link, " ", text);
      return it;
    }));
    box.hidden = !terms.length;
  }

  async function run() {
    const mine = ++turn;
    const text = query.value.trim();
    toAddress();
    fold.hidden = !text;
    if (!text) {
      found = null;
      list.replaceChildren();
      more.hidden = box.hidden = true;
      tally.textContent = "";
      return;
    }
    try {
      const result = await shared.search(query.value, chosen);
      if (mine !== turn) return;
      // All at once, so that nothing is pushed about.
      const [items, terms] = await Promise.all([stretch(result, 0, FIRST), shared.terms(result)]);
      if (mine !== turn) return;
      found = result;
      shown = 0;
      near.disconnect();
      waiting.clear();
      list.replaceChildren();
      meanings(terms);
      facets();
      tally.textContent = shared.tally(found, text);
      show(items);
    } catch {
      if (mine === turn) tally.textContent = "The search index could not be loaded. Reload the page to try again.";
    }
  }

  /** An identifier that is sent leads to its place; the way back leads here, where it is only shown. */
  async function sent() {
    const mine = turn + 1;
    await run();
    const place = mine === turn && found && !Object.keys(chosen).length ? await shared.place(found, query.value) : null;
    if (place && mine === turn) location.href = place.href;
  }

  query.addEventListener("input", run);
  form.addEventListener("submit", sent);
  narrow.addEventListener("submit", (event) => event.preventDefault());
  narrow.addEventListener("change", () => {
    chosen = {};
    for (const it of narrow.querySelectorAll("input")) if (it.checked) (chosen[it.name] ??= []).push(it.value);
    run();
  });
  narrow.addEventListener("reset", () => { chosen = {}; run(); query.focus(); });
  more.addEventListener("click", async () => {
    const mine = turn;
    const items = await stretch(found, shown, STEP);
    if (mine !== turn) return;
    show(items);
    items[0]?.link.focus();
  });
  window.addEventListener("popstate", () => { fromAddress(); run(); });
  if (window.matchMedia("(max-width: 65.99rem)").matches) fold.open = false;
  fromAddress();
  run();
})();
