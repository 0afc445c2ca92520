// regroup.js: groups the statements of a checklist by a facet: level, phase or role.
(function () {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-facets]"));
  const list = document.querySelector("[data-list]");
  if (!form || !list) return;

  const sections = [...list.querySelectorAll("[data-section]")];
  const original = sections.map((section) => ({ section, rows: [...section.querySelectorAll("[data-f]")] }));
  const rows = original.flatMap(({ rows }) => rows);
  const end = /** @type {Element} */ (sections.at(-1)).nextElementSibling;
  /** @type {Element[]} */
  let regrouped = [];
  let current = "";

  /** @param {string} title @param {Element[]} members */
  function makeSection(title, members) {
    const section = document.createElement("section");
    section.className = "check-group";
    section.dataset.section = "";
    const heading = section.appendChild(document.createElement("h2"));
    heading.textContent = title;
    const line = section.appendChild(document.createElement("p"));
    line.className = "small quiet";
    const done = line.appendChild(document.createElement("span"));
    done.className = "js";
    done.dataset.done = "";
    const items = section.appendChild(document.createElement("ul"));
    items.className = "checks";
    items.append(...members);
    return section;
  }

  /** Makes a section for each value of a facet; a row goes under its first value. @param {string} facet */
  function regroup(facet) {
    const left = new Set(rows);
    const choice = /** @type {HTMLInputElement | null} */ (form?.querySelector(`[name="group"][value="${CSS.escape(facet)}"]`));
    const [title, values] = JSON.parse(choice?.dataset.groups ?? '["", []]');
    for (const [value, label] of values) {
      const word = `${facet}=${value}`;
      const members = [...left].filter((row) => (row.getAttribute("data-f") ?? "").split(" ").includes(word));
      members.forEach((row) => left.delete(row));
      if (members.length) regrouped.push(makeSection(value === "~" ? label : `${title}: ${label}`, members));
    }
    if (left.size) regrouped.push(makeSection("Other", [...left]));
  }

  form.addEventListener("chosen", () => {
    const facet = new FormData(form).get("group")?.toString() ?? "";
    if (facet === current) return;
    current = facet;
    const old = regrouped;
    regrouped = [];
    if (facet) regroup(facet);
    else for (const { section, rows } of original) section.querySelector("ul")?.append(...rows);
    for (const section of [...old, ...sections]) section.remove();
    for (const section of facet ? regrouped : sections) list.insertBefore(section, end);
  });
})();
