// panel.js: what the preview says: mistakes, where a page went, the way to the sources. It stands in a tree of its own,
// so that neither the book's styles nor a change of the page reach it.
(function () {
  "use strict";
  /** @type {any} */
  const preview = window.controlbookPreview;
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const FOLDED = "controlbook-preview-folded";
  /** @typedef {{ severity: string, code: string, message: string, path: string, line: number | null, column: number | null, excerpt: string, help: string[], edit: string | null, fix: Fix | null }} Mistake */
  /** @typedef {{ number: number, old: string, new: string, certain: boolean }} Fix */
  /** @type {any} */
  let state;
  /** @type {Record<string, HTMLElement>} */
  const parts = {};
  let isOpen = false;
  let heard = "";

  /** @template {keyof HTMLElementTagNameMap} K @param {Element | ShadowRoot} home @param {K} name @param {string} words @param {Record<string, string>} attributes */
  function add(home, name, words, attributes = {}) {
    const element = home.appendChild(document.createElement(name));
    element.textContent = words;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  /** @param {number} count @param {string} one */
  const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

  function build() {
    const host = document.createElement("controlbook-preview");
    const root = host.attachShadow({ mode: "open" });
    const sheet = own.ownerDocument.querySelector('link[href^="/__preview/"]');
    add(root, "link", "", { rel: "stylesheet", href: sheet?.getAttribute("href") ?? "" });
    const frame = add(root, "div", "", { class: "frame", role: "region", "aria-label": "Preview", hidden: "" });
    parts.frame = frame;
    parts.heard = add(frame, "p", "", { class: "vh", role: "status" });
    parts.notice = add(frame, "p", "", { class: "notice", hidden: "" });
    parts.panel = add(frame, "div", "", { class: "panel", id: "panel", role: "region", "aria-label": "Mistakes", tabindex: "-1", hidden: "" });
    const bar = add(frame, "div", "", { class: "bar", role: "group", "aria-label": "Preview" });
    parts.toggle = add(bar, "button", "", { type: "button", class: "badge", "aria-expanded": "false", "aria-controls": "panel" });
    parts.edit = add(bar, "span", "", { class: "edit" });
    parts.marks = add(bar, "button", "", { type: "button", class: "plain" });
    parts.status = add(bar, "a", "Status", { href: "/__preview/status" });
    parts.toggle.addEventListener("click", () => open(!isOpen));
    parts.marks.addEventListener("click", () => { preview.turnMarks(); drawBar(); });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen && !event.defaultPrevented && !document.querySelector("dialog[open], :popover-open")) open(false);
    });
    document.body.append(host);
  }

  /** What a folded panel was folded over: another mistake opens it again. */
  const signature = () => state.mistakes.filter((/** @type {Mistake} */ it) => it.severity === "error").map((/** @type {Mistake} */ it) => `${it.code} ${it.path} ${it.message}`).join("\n") + (state.trouble ?? "");

  /** @param {boolean} yes */
  function open(yes) {
    const hadFocus = parts.panel.contains(/** @type {ShadowRoot} */ (parts.panel.getRootNode()).activeElement);
    isOpen = yes;
    try { if (yes) sessionStorage.removeItem(FOLDED); else sessionStorage.setItem(FOLDED, signature()); } catch { /* it opens again on the next page */ }
    draw();
    if (!yes && hadFocus) parts.toggle.focus();
  }

  /** What would be written, and the button that writes it. @param {HTMLElement} item @param {Fix} fix @param {string} place */
  function offer(item, fix, place) {
    const words = !fix.new ? `delete “${fix.old}”` : fix.old ? `write “${fix.new}” in place of “${fix.old}”` : `write “${fix.new}”`;
    const home = add(item, "p", "", { class: "fix" });
    const said = add(home, "span", fix.certain ? `${words}.` : `${words}, if that was meant.`);
    const button = add(home, "button", "Apply", { type: "button", "aria-label": `Apply: ${words}, in ${place}` });
    button.addEventListener("click", async () => {
      const query = new URLSearchParams({ token: state.token, at: String(state.at), number: String(fix.number) });
      // The list is drawn anew when the file has been read: the focus is not lost with it.
      parts.panel.focus();
      let answer = "The preview is away: nothing was written.";
      let isDone = false;
      try {
        const reply = await fetch(`/__preview/apply?${query}`, { method: "POST" });
        isDone = reply.ok;
        answer = (await reply.text()).trim();
      } catch { /* it is said below */ }
      parts.heard.textContent = isDone ? `Written in ${place}.` : answer;
      said.textContent = isDone ? "Written." : answer;
      button.hidden = isDone;
    });
  }

  /** @param {Mistake} it */
  function row(it) {
    const item = document.createElement("li");
    item.className = it.severity;
    const head = add(item, "p", "", { class: "what" });
    add(head, "b", `${it.severity}: `);
    head.append(it.message, " ");
    add(head, "code", it.code);
    const place = it.line === null ? it.path : `${it.path}:${it.line}:${it.column}`;
    const where = add(item, "p", "", { class: "where" });
    if (it.edit) add(where, "a", place, { href: it.edit }); else add(where, "code", place);
    if (it.excerpt) add(item, "pre", it.excerpt, { tabindex: "0", role: "group", "aria-label": "Excerpt" });
    for (const help of it.help) add(item, "p", `help: ${help}`, { class: "help" });
    if (it.fix) offer(item, it.fix, place);
    return item;
  }

  function drawPanel() {
    parts.panel.hidden = !isOpen;
    parts.panel.replaceChildren();
    if (!isOpen) return;
    const { errors, warnings, mistakes, trouble, held } = state;
    const head = add(parts.panel, "div", "", { class: "head" });
    const tally = [errors && counted(errors, "error"), warnings && counted(warnings, "warning")].filter(Boolean).join(" and ");
    add(head, "h2", trouble ? "The preview can’t go on from the last change" : tally);
    add(head, "button", "Fold away", { type: "button" }).addEventListener("click", () => open(false));
    if (trouble) add(parts.panel, "p", trouble, { class: "trouble" });
    if (held) add(parts.panel, "p", "Pages stay as they were before, until this is mended.", { class: "held" });
    const list = add(parts.panel, "ul", "");
    list.append(...mistakes.map(row));
    const more = errors + warnings - mistakes.length;
    if (more > 0) add(parts.panel, "p", `And ${more} more, on the terminal.`);
  }

  function drawBar() {
    const { errors, warnings, trouble, page } = state;
    const isWrong = errors > 0 || Boolean(trouble);
    parts.toggle.hidden = !isWrong && warnings === 0;
    parts.toggle.className = isWrong ? "badge wrong" : "badge";
    parts.toggle.textContent = trouble ? "Fault" : errors ? counted(errors, "error") : counted(warnings, "warning");
    parts.toggle.setAttribute("aria-expanded", String(isOpen));
    parts.marks.textContent = preview.marksAre() ? "Hide sources" : "Show sources";
    parts.marks.hidden = !page?.marks.length;
    parts.edit.replaceChildren(page?.files.some((/** @type {Mistake} */ it) => it.edit) ? "Edit " : "");
    for (const { path, edit } of (page?.files ?? []).slice(0, 4)) {
      const name = path.split("/").slice(-2).join("/");
      if (edit) add(parts.edit, "a", name, { href: edit, title: path, "aria-label": `Edit ${path}` });
      else add(parts.edit, "code", name, { title: path });
    }
  }

  function draw() {
    drawBar();
    drawPanel();
    parts.frame.hidden = false;
  }

  /** Shows a state. @param {any} now */
  preview.show = function (now) {
    if (!parts.frame) build();
    state = now;
    const isWrong = now.errors > 0 || Boolean(now.trouble);
    let folded = null;
    try { folded = sessionStorage.getItem(FOLDED); } catch { /* it is not remembered */ }
    if (isWrong) isOpen = folded !== signature();
    else if (now.warnings === 0 || heard) isOpen = isOpen && !heard && now.warnings > 0;
    const first = now.mistakes.find((/** @type {Mistake} */ it) => it.severity === "error");
    const root = /** @type {ShadowRoot} */ (parts.panel.getRootNode());
    const hadFocus = parts.panel.contains(root.activeElement);
    const said = now.trouble ?? (first ? `${counted(now.errors, "error")}. ${first.message}, in ${first.path}${first.line ? `, line ${first.line}` : ""}.` : "");
    if (said !== heard) parts.heard.textContent = said || "Mended: no errors.";
    heard = said;
    draw();
    if (hadFocus && !isOpen) (parts.toggle.hidden ? parts.status : parts.toggle).focus();
  };

  /** Says something of the page itself; nothing takes it back. @param {string} [words] @param {string} [href] @param {string} [title] */
  preview.notice = function (words, href, title) {
    if (!parts.frame) return;
    parts.notice.hidden = !words;
    parts.notice.textContent = words ?? "";
    if (href) add(parts.notice, "a", title ?? href, { href });
  };
})();
