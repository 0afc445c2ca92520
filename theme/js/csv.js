// csv.js: downloads the shown statements, in their order, as CSV (RFC 4180).
(function () {
  "use strict";
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-csv]"));
  if (!button) return;

  const HEAD = ["id", "statement", "role", "phases", "models", "level", "evidence", "requirements", "ticked"];

  /** Quotes a cell. An apostrophe keeps a spreadsheet from reading a formula, as in src/export/data/csv.rs: at the beginning of the
   * cell, and behind each character that a spreadsheet may take for a separator. @param {string} text */
  function cell(text) {
    const inside = /([;,\t\r\n][ \u00a0"]*)('*[=+\-@＝＋－＠][^;,\t\r\n]*)/g;
    const number = /^[+-]\d[\d.]*[ "]*$/;
    const parts = text.replace(inside, (part, before, rest) => number.test(rest) ? part : `${before}'${rest}`);
    const safe = /^'*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${parts}` : parts;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** @param {Element | null} element */
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

  /** The cells of a statement, in the order of `HEAD`. @param {Element} row */
  function cells(row) {
    const pairs = (row.getAttribute("data-f") ?? "").split(" ").map((pair) => pair.split("="));
    /** @param {string} facet */
    const values = (facet) => pairs.filter(([name]) => name === facet).map(([, value]) => value).join("; ");
    /** @param {string} name */
    const column = (name) => [...row.querySelectorAll(`[data-col="${name}"]`)].map(text).join("; ");
    const cited = [...row.querySelectorAll("[data-cited]")].flatMap((set) =>
      [...set.querySelectorAll("a")].map((link) => `${set.getAttribute("data-cited")} ${text(link)}`));
    const ticked = /** @type {HTMLInputElement} */ (row.querySelector("[data-keep]")).checked;
    return [
      column("id"), column("statement"), values("by"), values("phase"), values("model"), column("level"),
      column("evidence"), cited.join("; "), ticked ? "yes" : "no",
    ];
  }

  button.addEventListener("click", () => {
    const rows = [...document.querySelectorAll("[data-f]:not([hidden])")];
    const lines = [HEAD, ...rows.map(cells)].map((line) => line.map(cell).join(",") + "\r\n");
    // The byte order mark tells a spreadsheet that it is UTF-8.
    const url = URL.createObjectURL(new Blob(["\uFEFF", ...lines], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = button.dataset.csv ?? "checklist.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  });
})();
