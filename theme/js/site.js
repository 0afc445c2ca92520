// site.js: the appearance switch, and the buttons that copy and print. Pages work without it.
(function () {
  "use strict";
  const root = document.documentElement;
  root.dataset.js = "";

  // The appearance is set before the first paint, so that no other one flashes.
  const TONES = ["system", "light", "dark"];
  /** @type {Record<string, string>} */
  const NAMES = { system: "as the system", light: "light", dark: "dark" };
  const store = {
    /** @param {string} key */
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    /** @param {string} key @param {string} value */
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private mode: the choice lasts for the page */ } },
  };
  // What scripts share. The store is that of the reader's browser.
  Object.assign(window, { controlbook: { store } });
  let tone = store.get("tone") ?? "system";
  if (!TONES.includes(tone)) tone = "system";

  function applyTone() {
    if (tone === "system") delete root.dataset.theme; else root.dataset.theme = tone;
    const button = document.querySelector("[data-tone]");
    const label = document.querySelector("[data-tone] .vh");
    if (label) label.textContent = "Appearance: " + NAMES[tone];
    if (button) button.setAttribute("title", "Appearance: " + NAMES[tone]);
  }
  applyTone();

  /** Shows a text on a button for two seconds. @param {Element} button @param {string} text */
  function flash(button, text) {
    const content = [...button.childNodes];
    button.replaceChildren(text);
    setTimeout(() => button.replaceChildren(...content), 2000);
  }

  /** Copies the address that a button names, or else that of the page; shows it where there is no clipboard. @param {Element} button */
  function copy(button) {
    const link = new URL(button.getAttribute("data-copy") || location.pathname, location.href).href;
    if (!navigator.clipboard) return flash(button, link);
    navigator.clipboard.writeText(link).then(() => flash(button, "Copied"), () => flash(button, link));
  }

  function start() {
    applyTone();
    document.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target.closest("[data-tone], [data-print], [data-copy]") : null;
      if (!target) return;
      if (target.hasAttribute("data-print")) window.print();
      if (target.hasAttribute("data-copy")) copy(target);
      if (target.hasAttribute("data-tone")) {
        tone = TONES[(TONES.indexOf(tone) + 1) % TONES.length];
        store.set("tone", tone);
        applyTone();
      }
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
