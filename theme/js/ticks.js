// ticks.js: keeps the ticks of a checklist on the reader's own machine, and counts them.
(function () {
  "use strict";
  const home = /** @type {HTMLElement | null} */ (document.querySelector("[data-list]"));
  const store = window.controlbook?.store;
  if (!home || !store) return;

  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (home.querySelectorAll("[data-keep]"))];
  /** A tick is of a statement in a use case: every list of the use case has it. @param {HTMLInputElement} box */
  const key = (box) => (home.dataset.list ?? "") + (box.dataset.keep ?? "");

  /** @param {Iterable<HTMLInputElement>} among */
  function progress(among) {
    const shown = [...among].filter((box) => !box.closest("[hidden]"));
    return `${shown.filter((box) => box.checked).length} of ${shown.length} ticked`;
  }

  function count() {
    const whole = document.querySelector("[data-ticked]");
    if (whole) whole.textContent = `, ${progress(boxes)}`;
    for (const mark of document.querySelectorAll("[data-done]")) {
      const inside = /** @type {NodeListOf<HTMLInputElement> | undefined} */ (mark.closest("section")?.querySelectorAll("[data-keep]"));
      mark.textContent = (mark.previousElementSibling ? ", " : "") + progress(inside ?? []);
    }
  }

  function load() {
    for (const box of boxes) box.checked = store.get(key(box)) === "1";
    count();
  }

  home.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.dataset.keep) return;
    store.set(key(box), box.checked ? "1" : "");
    count();
  });
  // Clearing asks first.
  const [clear, sure, question, either, yes, no] = ["untick", "sure", "ask", "either", "yes", "no"].map((name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`)));
  /** @param {boolean} open */
  function ask(open) {
    clear.hidden = open;
    sure.hidden = !open;
    (open ? no : clear).focus();
  }
  clear.addEventListener("click", () => {
    const ticked = boxes.filter((box) => box.checked).length;
    question.textContent = ticked ? `Clear ${ticked === 1 ? "the one tick" : `all ${ticked} ticks`} on this page?` : "Nothing is ticked.";
    either.hidden = ticked === 0;
    no.textContent = ticked ? "Keep" : "Close";
    ask(true);
  });
  yes.addEventListener("click", () => {
    for (const box of boxes.filter((box) => box.checked)) store.set(key(box), "");
    load();
    ask(false);
  });
  no.addEventListener("click", () => ask(false));
  sure.addEventListener("keydown", (event) => { if (event.key === "Escape") ask(false); });

  document.querySelector("[data-facets]")?.addEventListener("narrowed", count);
  // Another tab, or the way back to a page that the browser has kept.
  window.addEventListener("storage", load);
  window.addEventListener("pageshow", load);
  load();
})();
