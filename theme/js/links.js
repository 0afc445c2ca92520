// links.js: a link beside each heading, practice and term, which leads to it and copies its address.
(function () {
  "use strict";
  const TARGETS = "main :is(h2, h3)[id]:not(.vh, #toc-h), .practices > [id] > .id, .terms > [id] > dt";
  const hasLink = (/** @type {Element} */ target) => target.querySelector(":scope > .here") || target.nextElementSibling?.matches(".here");
  const addLinks = () => [...document.querySelectorAll(TARGETS)].filter((target) => !hasLink(target)).forEach(addLink);

  /** @param {Element} target */
  function addLink(target) {
    const hasId = target.id !== "";
    const link = document.createElement("a");
    link.className = "here js";
    link.href = "#" + (hasId ? target.id : target.parentElement?.id);
    const sign = document.createElement("span");
    sign.textContent = "#";
    sign.setAttribute("aria-hidden", "true");
    const label = document.createElement("span");
    label.className = "vh";
    label.textContent = hasId ? "Link to this section" : "Link to " + (target.firstChild?.textContent ?? "").trim();
    link.append(sign, label);
    // HTML allows no link inside another.
    if (target instanceof HTMLAnchorElement) target.after(link); else target.append(link);
    link.addEventListener("click", () => {
      // Without a clipboard, the address bar still shows the address.
      navigator.clipboard?.writeText(link.href).then(() => {
        sign.textContent = "Copied";
        setTimeout(() => { sign.textContent = "#"; }, 2000);
      }, () => {});
    });
  }

  addLinks();
  // The preview replaces parts of the page without loading it again.
  document.documentElement.addEventListener("preview", addLinks);
})();
