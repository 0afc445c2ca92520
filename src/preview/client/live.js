// live.js: hears of changes and brings the page up to date. One window of the browser listens for all: a browser has few
// connections to one server.
(function () {
  "use strict";
  /** @type {any} */
  const preview = window.controlbookPreview;
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @typedef {{ run: string, at: number }} Moment */
  /** Which state the page shows. @type {Moment} */
  let shown = { run: own.dataset.preview ?? "", at: Number(own.dataset.at) };
  /** The latest state that was heard of. @type {Moment} */
  let wanted = shown;
  /** The tag of the page's bytes. */
  let tag = own.dataset.page ?? "";
  const script = new URL(own.src).searchParams.get("v");
  const KEPT = "controlbook-preview-kept";
  let isBusy = false;
  let isFirst = true;
  let wasFound = false;
  /** @type {BroadcastChannel | undefined} */
  let channel;

  /** Loads the page anew, and keeps what a reader would miss. */
  function reload() {
    const folds = [...document.querySelectorAll("details")].map((it) => it.open);
    const fields = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input, textarea, select")]).map((it) => [it.value, it.checked]);
    const focus = document.activeElement?.id;
    try { sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, y: scrollY, folds, fields, focus })); } catch { /* it is loaded as new */ }
    location.reload();
  }

  function restore() {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null"); sessionStorage.removeItem(KEPT); } catch { return; }
    if (kept?.path !== location.pathname) return;
    [...document.querySelectorAll("details")].forEach((it, at) => { it.open = kept.folds[at] ?? it.open; });
    [...document.querySelectorAll("input, textarea, select")].forEach((element, at) => {
      const it = /** @type {HTMLInputElement} */ (element);
      const [value, checked] = kept.fields[at] ?? [it.value, it.checked];
      if (it.value === value && it.checked === checked) return;
      it.value = value;
      it.checked = checked;
      it.dispatchEvent(new Event("input", { bubbles: true }));
    });
    window.scrollTo(0, kept.y);
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  }

  /** @param {Moment} a @param {Moment} b */
  const isSame = (a, b) => a.run === b.run && a.at === b.at;

  /** Asks for the state, with the page if it is another than the one that is shown. */
  async function ask() {
    const path = decodeURIComponent(location.pathname.slice(1));
    const answer = await fetch(`/__preview/state?page=${encodeURIComponent(path)}&tag=${tag}`, { cache: "no-store" });
    return answer.json();
  }

  /** @param {any} state */
  function sayGone({ gone }) {
    if (gone?.to) preview.notice(`“${gone.title}” has another address now: `, `/${gone.to}`, gone.to);
    else preview.notice(gone ? `“${gone.title}” is gone: nothing in the book makes this page any more.` : "This page is gone: nothing in the book makes it any more.");
  }

  async function refresh() {
    const asked = wanted;
    const state = await ask();
    const now = { run: state.run, at: state.at };
    // The files that the page came with are those of its own state.
    let isStale = state.script !== script || preview.assets(state.assets, isFirst && isSame(now, shown));
    isFirst = false;
    if (state.status === 200 && state.html !== null) {
      isStale = preview.patch(new DOMParser().parseFromString(state.html, "text/html")) || isStale;
      tag = state.tag;
    }
    if (isStale && state.status === 200) return reload();
    preview.show(state);
    preview.marks(state.page?.marks ?? [], state.page?.route ?? "");
    if (state.status !== 404) preview.notice();
    else if (wasFound || state.gone) sayGone(state);
    wasFound ||= state.status === 200;
    shown = now;
    // What was heard meanwhile is asked for next.
    if (wanted === asked) wanted = now;
    document.documentElement.dispatchEvent(new CustomEvent("preview", { detail: now }));
  }

  /** Brings the page to the latest state, one refresh after the other. */
  async function catchUp() {
    if (isBusy) return;
    isBusy = true;
    try {
      do await refresh(); while (!isSame(shown, wanted));
    } catch {
      // The server is away: its return is heard.
    }
    isBusy = false;
  }

  /** @param {Moment} moment */
  function hear(moment) {
    if (isSame(moment, shown) || (moment.run === shown.run && moment.at < shown.at)) return;
    wanted = moment;
    catchUp();
  }

  function listen() {
    const events = new EventSource("/__preview/events");
    let last = "";
    events.onmessage = ({ data }) => {
      last = data;
      hear(JSON.parse(data));
      channel?.postMessage(data);
    };
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      events.close();
      setTimeout(listen, 1000);
    };
    // A window that has just been opened asks what the latest is.
    if (channel) channel.onmessage = ({ data }) => { if (data === "?" && last) channel?.postMessage(last); };
  }

  async function begin() {
    restore();
    if (window.BroadcastChannel && navigator.locks) {
      channel = new BroadcastChannel("controlbook-preview");
      channel.onmessage = ({ data }) => { if (data !== "?") hear(JSON.parse(data)); };
      // Held until this window is closed; then another listens.
      navigator.locks.request("controlbook-preview", () => { listen(); return new Promise(() => {}); });
      channel.postMessage("?");
    } else {
      listen();
    }
    await catchUp();
  }

  if (document.readyState === "complete") begin(); else window.addEventListener("load", begin);
  // A window that the browser had put to sleep may have missed something.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && !isFirst) catchUp(); });
})();
