// facets.js: filters the rows of a page by the facets of its form. The address keeps the choice.
//
// A row has its values in `data-f`, as `facet=value`. A row is shown if it fits every facet; it fits a facet if it has any of
// the chosen values. Levels are cumulative: a level includes those before it, and rows without a level have an option of
// their own. The form dispatches `chosen` before the rows are filtered, and `narrowed` after, for other scripts of the page.
(function () {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-facets]"));
  if (!form) return;

  /** @template {HTMLElement} T @param {ParentNode} from @param {string} selector @returns {T[]} */
  const list = (from, selector) => [.../** @type {NodeListOf<T>} */ (from.querySelectorAll(selector))];
  /** Lowercases a text and removes accents. @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = list(document, "[data-f]").map((row) => ({
    row,
    values: new Set((row.dataset.f ?? "").split(" ")),
    text: fold(list(row, "[data-text]").map((it) => it.textContent).join(" ")),
  }));
  /** @typedef {{input: HTMLInputElement, value: string, name: string, count: Element}} Option */
  const facets = list(form, "[data-facet]").map((set) => {
    const options = list(set, "label").map((label) => {
      const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
      const [name, count] = label.querySelectorAll("span");
      return { input, value: input.dataset.word ?? `${input.name}=${input.value}`, name: name.textContent ?? "", count };
    });
    const addsUp = set.dataset.addsUp !== undefined;
    return {
      title: set.dataset.facet ?? "", options, addsUp,
      /** The option for any level, then one for each level. */
      steps: options.filter(({ input }) => addsUp && input.type === "radio"),
      /** The option for rows without a level. */
      without: options.find(({ input }) => addsUp && input.type === "checkbox"),
    };
  });
  const boxes = /** @type {HTMLInputElement[]} */ (list(form, "[data-facet] [type=checkbox]"));
  const radios = /** @type {HTMLInputElement[]} */ (list(form, "[type=radio]"));
  const query = /** @type {HTMLInputElement} */ (form.querySelector("[type=search]"));
  const details = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  const tally = list(document, "[data-tally]")[0];
  const all = tally.textContent ?? "";

  /** Fills in the form from the address; ignores what the form does not have. */
  function restore() {
    const params = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = box.defaultChecked !== params.getAll(box.name).includes(box.value);
    for (const radio of radios) radio.checked = radio.defaultChecked;
    // The last of several levels counts: it includes the others.
    for (const radio of radios) if (params.getAll(radio.name).includes(radio.value)) radio.checked = true;
    query.value = params.get(query.name) ?? "";
    dispatch("chosen");
    filter();
    updateLinks();
  }

  /** The choice as the query of an address; empty by default. */
  function queryString() {
    const params = new URLSearchParams();
    if (query.value.trim()) params.set(query.name, query.value.trim());
    for (const box of boxes) if (box.checked !== box.defaultChecked) params.append(box.name, box.value);
    for (const radio of radios) if (radio.checked && !radio.defaultChecked) params.append(radio.name, radio.value);
    const text = params.toString();
    return text ? `?${text}` : "";
  }

  /** Puts the choice into the links to similar pages. */
  function updateLinks() {
    for (const link of list(document, "[data-carry]")) {
      link.setAttribute("href", (link.getAttribute("href") ?? "").replace(/\?.*$/, "") + queryString());
    }
  }

  function update() {
    dispatch("chosen");
    filter();
    updateLinks();
    try { history.replaceState(history.state, "", location.pathname + queryString() + location.hash); } catch { /* the address can't change here: the choice lasts for the page */ }
  }

  /** @param {string} name */
  function dispatch(name) {
    form?.dispatchEvent(new CustomEvent(name));
  }

  /** Whether a row fits a facet. `step` is the chosen level, 0 for any. @param {typeof facets[0]} facet @param {Set<string>} values @param {number} step */
  function fits(facet, values, step) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) {
      const checked = options.filter(({ input }) => input.checked);
      return checked.length === 0 || checked.some(({ value }) => values.has(value));
    }
    if (without && values.has(without.value)) return without.input.checked;
    return step <= 0 || steps.slice(1, step + 1).some(({ value }) => values.has(value));
  }

  /** The chosen level of a facet, 0 for any. @param {typeof facets[0]} facet */
  const stepOf = (facet) => facet.steps.findIndex(({ input }) => input.checked);

  /** The options of a facet that would show a row. @param {typeof facets[0]} facet @param {Set<string>} values @returns {Option[]} */
  function optionsThatShow(facet, values) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) return options.filter(({ value }) => values.has(value));
    const levels = steps.filter((_, step) => fits(facet, values, step));
    return without && values.has(without.value) ? [...levels, without] : levels;
  }

  /** Shows the rows that fit, and beside each option how many rows it would show. */
  function filter() {
    const terms = fold(query.value).split(/\s+/).filter(Boolean);
    const counts = new Map();
    let shown = 0;
    for (const { row, values, text } of rows) {
      const hasTerms = terms.every((term) => text.includes(term));
      const misfits = facets.filter((facet) => !fits(facet, values, stepOf(facet)));
      row.hidden = !hasTerms || misfits.length > 0;
      if (!row.hidden) shown += 1;
      if (!hasTerms || misfits.length > 1) continue;
      for (const facet of misfits.length ? misfits : facets) {
        for (const { count } of optionsThatShow(facet, values)) counts.set(count, (counts.get(count) ?? 0) + 1);
      }
    }
    for (const { options } of facets) for (const { count } of options) count.textContent = String(counts.get(count) ?? 0);
    for (const section of list(document, "[data-section]")) section.hidden = !section.querySelector("[data-f]:not([hidden])");
    tally.textContent = shown === rows.length ? all : `${shown} of ${rows.length} ${tally.dataset.tally}`;
    for (const none of list(document, "[data-none]")) none.hidden = shown > 0;
    showChoice();
    dispatch("narrowed");
  }

  /** Describes the choice of a facet. @param {typeof facets[0]} facet */
  function describe(facet) {
    const { options, addsUp, steps, without } = facet;
    if (!addsUp) return options.filter(({ input }) => input.checked).map(({ name }) => name).join(" or ");
    const step = stepOf(facet);
    const parts = step > 0 ? [steps[step].name.replace(/^U/, "u")] : [];
    if (without && !without.input.checked) parts.push(`not shown: ${without.name.replace(/^W/, "w")}`);
    return parts.join(", ");
  }

  /** Shows the choice: the number of facets in use on the folded form, all of it for print. */
  function showChoice() {
    const parts = query.value.trim() ? [`Words: ${query.value.trim()}`] : [];
    for (const facet of facets) {
      const choice = describe(facet);
      if (choice) parts.push(`${facet.title}: ${choice}`);
    }
    for (const mark of list(details, "[data-chosen]")) mark.textContent = parts.length ? `: ${parts.length} in use` : "";
    for (const choice of list(document, "[data-choice]")) {
      choice.hidden = parts.length === 0;
      choice.textContent = `Narrowed to ${parts.join("; ")}.`;
    }
  }

  form.addEventListener("input", update);
  // The event comes before the form has its default values.
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of list(document, "[data-clear]")) {
    button.addEventListener("click", () => {
      form.reset();
      (details.open ? query : details.querySelector("summary"))?.focus();
    });
  }
  window.addEventListener("popstate", restore);

  // On a narrow screen the form starts folded; a wide one has no way to unfold it.
  const wide = window.matchMedia("(min-width: 66rem)");
  const refold = () => { details.open = wide.matches; details.dataset.ready = ""; };
  wide.addEventListener("change", refold);
  refold();
  restore();
})();
