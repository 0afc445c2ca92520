// ticks.js: stores the ticks of a checklist in the reader's browser, and counts them.
(function () {
  "use strict";
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-list]"));
  const store = window.controlbook?.store;
  if (!list || !store) return;

  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll("[data-keep]"))];
  /** The storage key of a tick. All lists of a use case share it. @param {HTMLInputElement} box */
  const key = (box) => (list.dataset.list ?? "") + (box.dataset.keep ?? "");

  /** @param {Iterable<HTMLInputElement>} boxes */
  function progress(boxes) {
    const shown = [...boxes].filter((box) => !box.closest("[hidden]"));
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

  list.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.dataset.keep) return;
    store.set(key(box), box.checked ? "1" : "");
    count();
  });
  // Clearing asks for confirmation.
  const [clear, dialog, question, buttons, yes, no] = ["untick", "sure", "ask", "either", "yes", "no"].map((name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`)));
  /** @param {boolean} open */
  function ask(open) {
    clear.hidden = open;
    dialog.hidden = !open;
    (open ? no : clear).focus();
  }
  clear.addEventListener("click", () => {
    const ticked = boxes.filter((box) => box.checked).length;
    question.textContent = ticked ? `Clear ${ticked === 1 ? "the one tick" : `all ${ticked} ticks`} on this page?` : "Nothing is ticked.";
    buttons.hidden = ticked === 0;
    no.textContent = ticked ? "Keep" : "Close";
    ask(true);
  });
  yes.addEventListener("click", () => {
    for (const box of boxes.filter((box) => box.checked)) store.set(key(box), "");
    load();
    ask(false);
  });
  no.addEventListener("click", () => ask(false));
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") ask(false); });

  document.querySelector("[data-facets]")?.addEventListener("narrowed", count);
  // Another tab may have changed the ticks, or the browser shows the page from its back/forward cache.
  window.addEventListener("storage", load);
  window.addEventListener("pageshow", load);
  load();
})();
