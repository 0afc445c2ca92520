// assets.js: style sheets that have changed are taken in without loading the page anew; scripts can't be.
(function () {
  "use strict";
  /** @type {any} */
  const preview = window.controlbookPreview;
  /** The tags of the files that the page has. @type {Record<string, string> | undefined} */
  let known;

  /** The path in the site of a file that an element names. @param {string} address */
  const pathOf = (address) => new URL(address, location.href).pathname.slice(1);

  /** Puts a sheet in the place of another as soon as it is there, so that the page is never without. @param {HTMLLinkElement} old @param {string} tag */
  function swap(old, tag) {
    const sheet = /** @type {HTMLLinkElement} */ (old.cloneNode());
    sheet.href = `${old.href.replace(/\?.*$/, "")}?v=${tag}`;
    sheet.addEventListener("load", () => old.remove());
    sheet.addEventListener("error", () => sheet.remove());
    old.after(sheet);
  }

  /** Takes in what has changed; whether the page has to be loaded anew. @param {Record<string, string>} assets @param {boolean} isFirst */
  preview.assets = function (assets, isFirst) {
    const before = known;
    known = assets;
    // A page that was sent before the first state was made may have other files than that state.
    if (!before && isFirst) return false;
    const changed = (/** @type {string} */ address) => {
      const path = pathOf(address);
      const name = Object.keys(assets).find((it) => path === it || path.endsWith(`/${it}`));
      return name && before?.[name] !== assets[name] ? assets[name] : undefined;
    };
    const scripts = /** @type {HTMLScriptElement[]} */ ([...document.querySelectorAll("script[src]:not([data-preview])")]);
    if (before && scripts.some((it) => changed(it.src))) return true;
    const sheets = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll("link[rel=stylesheet]")]);
    for (const it of sheets) {
      const tag = changed(it.href);
      if (tag) swap(it, tag);
    }
    return false;
  };
})();
