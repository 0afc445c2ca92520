// marks.js: names the file and line beside each practice and mapping, found by its anchor and the links of its row.
(function () {
  "use strict";
  /** @type {any} */
  const preview = window.controlbookPreview;
  /** @typedef {{ anchor: string, links: string[], path: string, line: number, edit: string | null }} Mark */
  const KEY = "controlbook-preview-marks";
  /** @type {Mark[]} */
  let marks = [];
  /** @type {Element[]} */
  let shown = [];
  let root = "";
  let isOn = true;
  try { isOn = localStorage.getItem(KEY) !== "off"; } catch { /* private mode: they are shown */ }

  /** The row of a mark, or the element at its anchor. @param {Mark} mark @param {Map<string, Element[]>} rows */
  function placeOf(mark, rows) {
    const home = mark.anchor ? document.getElementById(mark.anchor) : document.getElementById("main");
    if (!home || mark.links.length === 0) return home;
    const [first, ...rest] = mark.links.map((it) => root + it);
    const fits = (rows.get(rest[0] ?? first) ?? []).filter((row) => home.contains(row) && [first, ...rest].every((it) => rows.get(it)?.includes(row)));
    // The row of an inner provision is nearer to its own anchor.
    return fits.find((row) => !mark.anchor || row.closest("[id]:not(a)") === home) ?? fits[0] ?? null;
  }

  /** The rows of the page by the addresses that they lead to. */
  function rowsByLink() {
    /** @type {Map<string, Element[]>} */
    const rows = new Map();
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("main :is(tr, li) a[href]"))) {
      const row = /** @type {Element} */ (link.closest("tr, li"));
      const known = rows.get(link.href) ?? [];
      if (!known.includes(row)) rows.set(link.href, [...known, row]);
    }
    return rows;
  }

  /** @param {Mark} mark */
  function made(mark) {
    const words = `${mark.path}:${mark.line}`;
    const box = document.createElement("span");
    box.className = "preview-mark";
    const name = box.appendChild(document.createElement(mark.edit ? "a" : "span"));
    if (mark.edit) name.setAttribute("href", mark.edit);
    name.textContent = words;
    if (mark.edit) name.setAttribute("aria-label", `Edit ${words}`);
    return box;
  }

  function draw() {
    shown.forEach((it) => it.remove());
    shown = [];
    if (!isOn || marks.length === 0) return;
    const rows = rowsByLink();
    for (const mark of marks) {
      const place = placeOf(mark, rows);
      if (!place) continue;
      const name = made(mark);
      const head = place.querySelector(":scope > header");
      if (head) head.after(name);
      else ((place.matches("tr") ? place.lastElementChild : place.querySelector(":scope > div")) ?? place).append(name);
      shown.push(name);
    }
  }

  /** @param {Mark[]} now @param {string} route */
  preview.marks = function (now, route) {
    // The site stands at the root, or where its published address has it.
    root = location.origin + (location.pathname.endsWith(route) ? location.pathname.slice(0, -route.length) : "/");
    marks = now;
    draw();
  };
  preview.marksAre = () => isOn;
  preview.turnMarks = function () {
    isOn = !isOn;
    try { localStorage.setItem(KEY, isOn ? "on" : "off"); } catch { /* private mode: as long as the page */ }
    draw();
  };
})();
