// regroup.js: puts the statements of a checklist under other headings: a level, a phase, who acts.
(function () {
  "use strict";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-facets]"));
  const home = document.querySelector("[data-list]");
  if (!form || !home) return;

  const sections = [...home.querySelectorAll("[data-section]")];
  const places = sections.map((section) => ({ section, rows: [...section.querySelectorAll("[data-f]")] }));
  const rows = places.flatMap((place) => place.rows);
  const after = /** @type {Element} */ (sections.at(-1)).nextElementSibling;
  /** @type {Element[]} */
  let made = [];
  let now = "";

  /** @param {string} title @param {Element[]} members */
  function section(title, members) {
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
    const list = section.appendChild(document.createElement("ul"));
    list.className = "checks";
    list.append(...members);
    return section;
  }

  /** A row stands under the first value of the facet that it has. @param {string} facet */
  function regroup(facet) {
    const left = new Set(rows);
    const choice = /** @type {HTMLInputElement | null} */ (form?.querySelector(`[name="group"][value="${CSS.escape(facet)}"]`));
    const [title, values] = JSON.parse(choice?.dataset.groups ?? '["", []]');
    for (const [value, label] of values) {
      const word = `${facet}=${value}`;
      const members = [...left].filter((row) => (row.getAttribute("data-f") ?? "").split(" ").includes(word));
      members.forEach((row) => left.delete(row));
      if (members.length) made.push(section(value === "~" ? label : `${title}: ${label}`, members));
    }
    if (left.size) made.push(section("Other", [...left]));
  }

  form.addEventListener("chosen", () => {
    const facet = new FormData(form).get("group")?.toString() ?? "";
    if (facet === now) return;
    now = facet;
    const old = made;
    made = [];
    if (facet) regroup(facet);
    else for (const { section, rows } of places) section.querySelector("ul")?.append(...rows);
    for (const it of [...old, ...sections]) it.remove();
    for (const it of facet ? made : sections) home.insertBefore(it, after);
  });
})();
