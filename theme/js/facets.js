// facets.js: narrows the rows of a page by the choices of its form. The choice stands in the address.
//
// A row names its words in `data-f`, as `facet=value`: within a facet any choice fits, between facets all must. Levels
// add up: a choice includes those before it, and rows without one are a choice of their own. Other scripts of the page
// hear `chosen` at the form before the rows are narrowed, and `narrowed` after.
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
  /** @typedef {{input: HTMLInputElement, word: string, name: string, count: Element}} Option */
  const facets = list(form, "[data-facet]").map((set) => {
    const options = list(set, "label").map((label) => {
      const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
      const [name, count] = label.querySelectorAll("span");
      return { input, word: input.dataset.word ?? `${input.name}=${input.value}`, name: name.textContent ?? "", count };
    });
    const addsUp = set.dataset.addsUp !== undefined;
    return {
      title: set.dataset.facet ?? "", options, addsUp,
      /** Any level, then each in its order. */
      steps: options.filter(({ input }) => addsUp && input.type === "radio"),
      without: options.find(({ input }) => addsUp && input.type === "checkbox"),
    };
  });
  const boxes = /** @type {HTMLInputElement[]} */ (list(form, "[data-facet] [type=checkbox]"));
  const radios = /** @type {HTMLInputElement[]} */ (list(form, "[type=radio]"));
  const query = /** @type {HTMLInputElement} */ (form.querySelector("[type=search]"));
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  const tally = list(document, "[data-tally]")[0];
  const all = tally.textContent ?? "";

  /** Sets the form by the address. What the form does not know is passed over. */
  function restore() {
    const params = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = box.defaultChecked !== params.getAll(box.name).includes(box.value);
    for (const radio of radios) radio.checked = radio.defaultChecked;
    // Of several levels the last counts, which includes the others.
    for (const radio of radios) if (params.getAll(radio.name).includes(radio.value)) radio.checked = true;
    query.value = params.get(query.name) ?? "";
    tell("chosen");
    narrow();
    carry();
  }

  /** The form as the query of an address. */
  function asked() {
    const params = new URLSearchParams();
    if (query.value.trim()) params.set(query.name, query.value.trim());
    for (const box of boxes) if (box.checked !== box.defaultChecked) params.append(box.name, box.value);
    for (const radio of radios) if (radio.checked && !radio.defaultChecked) params.append(radio.name, radio.value);
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

  /** Whether a row fits a facet. `step` is the chosen level, 0 for any. @param {typeof facets[0]} facet @param {Set<string>} words @param {number} step */
  function fits(facet, words, step) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) {
      const checked = options.filter(({ input }) => input.checked);
      return checked.length === 0 || checked.some(({ word }) => words.has(word));
    }
    if (without && words.has(without.word)) return without.input.checked;
    return step <= 0 || steps.slice(1, step + 1).some(({ word }) => words.has(word));
  }

  /** The chosen level of a facet. @param {typeof facets[0]} facet */
  const stepOf = (facet) => facet.steps.findIndex(({ input }) => input.checked);

  /** The choices of a facet that would leave a row. @param {typeof facets[0]} facet @param {Set<string>} words @returns {Option[]} */
  function leaving(facet, words) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) return options.filter(({ word }) => words.has(word));
    const out = steps.filter((_, step) => fits(facet, words, step));
    if (without && words.has(without.word)) out.push(without);
    return out;
  }

  /** Shows the rows that fit, and counts beside each choice the rows that it would leave. */
  function narrow() {
    const terms = plain(query.value).split(/\s+/).filter(Boolean);
    const counts = new Map();
    let shown = 0;
    for (const { row, words, text } of rows) {
      const spoken = terms.every((term) => text.includes(term));
      const against = facets.filter((facet) => !fits(facet, words, stepOf(facet)));
      row.hidden = !spoken || against.length > 0;
      if (!row.hidden) shown += 1;
      if (!spoken || against.length > 1) continue;
      for (const facet of against.length ? against : facets) {
        for (const { count } of leaving(facet, words)) counts.set(count, (counts.get(count) ?? 0) + 1);
      }
    }
    for (const { options } of facets) for (const { count } of options) count.textContent = String(counts.get(count) ?? 0);
    for (const section of list(document, "[data-section]")) section.hidden = !section.querySelector("[data-f]:not([hidden])");
    tally.textContent = shown === rows.length ? all : `${shown} of ${rows.length} ${tally.dataset.tally}`;
    for (const none of list(document, "[data-none]")) none.hidden = shown > 0;
    say();
    tell("narrowed");
  }

  /** What is chosen of a facet, in words. @param {typeof facets[0]} facet */
  function named(facet) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) return options.filter(({ input }) => input.checked).map(({ name }) => name).join(" or ");
    const step = stepOf(facet);
    const words = step > 0 ? [steps[step].name.replace(/^U/, "u")] : [];
    if (without && !without.input.checked) words.push(`not shown: ${without.name.replace(/^W/, "w")}`);
    return words.join(", ");
  }

  /** Says what is chosen: how much of it where the form is folded, all of it on paper. */
  function say() {
    const words = query.value.trim() ? [`Words: ${query.value.trim()}`] : [];
    for (const facet of facets) {
      const names = named(facet);
      if (names) words.push(`${facet.title}: ${names}`);
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
