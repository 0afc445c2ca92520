// early.js: sets the appearance before the first paint. It loads in parallel with the style sheet and blocks nothing.
(function () {
  "use strict";
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const tone = localStorage.getItem("tone");
    if (tone === "light" || tone === "dark") root.dataset.theme = tone;
  } catch { /* private mode: as the system */ }
})();
