// links.js: a mark beside each heading, practice and term that leads to it, and copies its address when it is followed.
(function () {
  "use strict";
  const PLACES = "main :is(h2, h3)[id]:not(.vh, #toc-h), .practices > [id] > .id, .terms > [id] > dt";
  const isMarked = (/** @type {Element} */ place) => place.querySelector(":scope > .here") || place.nextElementSibling?.matches(".here");
  const mark = () => [...document.querySelectorAll(PLACES)].filter((place) => !isMarked(place)).forEach(add);

  /** @param {Element} place */
  function add(place) {
    const isOwn = place.id !== "";
    const link = document.createElement("a");
    link.className = "here js";
    link.href = "#" + (isOwn ? place.id : place.parentElement?.id);
    const sign = document.createElement("span");
    sign.textContent = "#";
    sign.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    words.className = "vh";
    words.textContent = isOwn ? "Link to this section" : "Link to " + (place.firstChild?.textContent ?? "").trim();
    link.append(sign, words);
    // A link has no room in another.
    if (place instanceof HTMLAnchorElement) place.after(link); else place.append(link);
    link.addEventListener("click", () => {
      // Without a clipboard the address still stands where the browser shows it.
      navigator.clipboard?.writeText(link.href).then(() => {
        sign.textContent = "Copied";
        setTimeout(() => { sign.textContent = "#"; }, 2000);
      }, () => {});
    });
  }

  mark();
  // A preview changes the page in place.
  document.documentElement.addEventListener("preview", mark);
})();
