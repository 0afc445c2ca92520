// csv.js: a table of the statements that are shown, in their order, for a spreadsheet. After RFC 4180.
(function () {
  "use strict";
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-csv]"));
  if (!button) return;

  const HEAD = ["id", "statement", "role", "phases", "models", "level", "evidence", "requirements", "ticked"];

  /** A cell. Before a sign with which some spreadsheet would begin a formula stands an apostrophe, as in the data files:
   * at the beginning, and behind what it may divide cells at. @param {string} text */
  function cell(text) {
    const inside = /([;,\t\r\n][ \u00a0"]*)('*[=+\-@＝＋－＠][^;,\t\r\n]*)/g;
    const number = /^[+-]\d[\d.]*[ "]*$/;
    const parts = text.replace(inside, (part, before, rest) => number.test(rest) ? part : `${before}'${rest}`);
    const safe = /^'*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${parts}` : parts;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** @param {Element | null} element */
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

  /** @param {Element} row */
  function cells(row) {
    const words = (row.getAttribute("data-f") ?? "").split(" ").map((word) => word.split("="));
    /** @param {string} facet */
    const values = (facet) => words.filter(([name]) => name === facet).map(([, value]) => value).join("; ");
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
