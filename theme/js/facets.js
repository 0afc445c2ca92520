// facets.js: narrows the rows of a page by the choices of its form. The choice stands in the address.
//
// A row names its words in `data-f`, as `facet=value`: within a facet any choice fits, between facets all must. Other
// scripts of the page hear `chosen` at the form before the rows are narrowed, and `narrowed` after.
(function () {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-facets]"));
  if (!form) return;

  /** @template {HTMLElement} T @param {ParentNode} from @param {string} selector @returns {T[]} */
  const list = (from, selector) => [.../** @type {NodeListOf<T>} */ (from.querySelectorAll(selector))];
  /** @param {string} text */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = list(document, "[data-f]").map((row) => ({
    row,
    words: new Set((row.dataset.f ?? "").split(" ")),
    text: plain(list(row, "[data-text]").map((it) => it.textContent).join(" ")),
  }));
  const facets = list(form, "[data-facet]").map((set) => ({
    title: set.dataset.facet ?? "",
    options: list(set, "label").map((label) => {
      const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
      const [name, count] = label.querySelectorAll("span");
      return { input, word: `${input.name}=${input.value}`, name: name.textContent ?? "", count };
    }),
  }));
  const boxes = facets.flatMap((facet) => facet.options.map((option) => option.input));
  const radios = /** @type {HTMLInputElement[]} */ (list(form, "[type=radio]"));
  const query = /** @type {HTMLInputElement} */ (form.querySelector("[type=search]"));
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  const tally = list(document, "[data-tally]")[0];
  const all = tally.textContent ?? "";

  /** Sets the form by the address. What the form does not know is passed over. */
  function restore() {
    const params = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = params.getAll(box.name).includes(box.value);
    for (const radio of radios) radio.checked = radio.defaultChecked;
    for (const radio of radios) if (params.get(radio.name) === radio.value) radio.checked = true;
    query.value = params.get(query.name) ?? "";
    tell("chosen");
    narrow();
    carry();
  }

  /** The form as the query of an address. */
  function asked() {
    const params = new URLSearchParams();
    if (query.value.trim()) params.set(query.name, query.value.trim());
    for (const input of [...boxes, ...radios]) if (input.checked && !input.defaultChecked) params.append(input.name, input.value);
    const text = params.toString();
    return text ? `?${text}` : "";
  }

  /** The links to like pages take the choice along. */
  function carry() {
    for (const link of list(document, "[data-carry]")) {
      link.setAttribute("href", (link.getAttribute("href") ?? "").replace(/\?.*$/, "") + asked());
    }
  }

  function changed() {
    tell("chosen");
    narrow();
    carry();
    try { history.replaceState(history.state, "", location.pathname + asked() + location.hash); } catch { /* the address stays; the page is narrowed all the same */ }
  }

  /** @param {string} name */
  function tell(name) {
    form?.dispatchEvent(new CustomEvent(name));
  }

  /** Shows the rows that fit, and counts beside each choice the rows that it would leave. */
  function narrow() {
    const terms = plain(query.value).split(/\s+/).filter(Boolean);
    const counts = new Map();
    let shown = 0;
    for (const { row, words, text } of rows) {
      const spoken = terms.every((term) => text.includes(term));
      const against = facets.filter(({ options }) => {
        const checked = options.filter(({ input }) => input.checked);
        return checked.length > 0 && !checked.some(({ word }) => words.has(word));
      });
      row.hidden = !spoken || against.length > 0;
      if (!row.hidden) shown += 1;
      if (!spoken || against.length > 1) continue;
      for (const { options } of against.length ? against : facets) {
        for (const { word } of options) if (words.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
    for (const { options } of facets) for (const { word, count } of options) count.textContent = String(counts.get(word) ?? 0);
    for (const section of list(document, "[data-section]")) section.hidden = !section.querySelector("[data-f]:not([hidden])");
    tally.textContent = shown === rows.length ? all : `${shown} of ${rows.length} ${tally.dataset.tally}`;
    for (const none of list(document, "[data-none]")) none.hidden = shown > 0;
    say();
    tell("narrowed");
  }

  /** Says what is chosen: how much of it where the form is folded, all of it on paper. */
  function say() {
    const words = query.value.trim() ? [`Words: ${query.value.trim()}`] : [];
    for (const { title, options } of facets) {
      const names = options.filter(({ input }) => input.checked).map(({ name }) => name);
      if (names.length) words.push(`${title}: ${names.join(" or ")}`);
    }
    for (const mark of list(fold, "[data-chosen]")) mark.textContent = words.length ? `: ${words.length} in use` : "";
    for (const choice of list(document, "[data-choice]")) {
      choice.hidden = words.length === 0;
      choice.textContent = `Narrowed to ${words.join("; ")}.`;
    }
  }

  form.addEventListener("input", changed);
  // The form has its first values only after the event.
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of list(document, "[data-clear]")) {
    button.addEventListener("click", () => {
      form.reset();
      (fold.open ? query : fold.querySelector("summary"))?.focus();
    });
  }
  window.addEventListener("popstate", restore);

  // On a narrow screen the form starts folded; a wide one has no way to unfold it.
  const wide = window.matchMedia("(min-width: 66rem)");
  const refold = () => { fold.open = wide.matches; fold.dataset.ready = ""; };
  wide.addEventListener("change", refold);
  refold();
  restore();
})();
