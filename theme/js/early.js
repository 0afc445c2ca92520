// early.js: what the first paint depends on. It is loaded beside the style sheet, without holding anything up.
(function () {
  "use strict";
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const tone = localStorage.getItem("tone");
    if (tone === "light" || tone === "dark") root.dataset.theme = tone;
  } catch { /* private mode: as the system */ }
})();
