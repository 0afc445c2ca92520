// patch.js: changes the page in place to what it is built to now, and leaves alone what scripts and the reader did to it.
//
// A copy of the page as it was built is kept, with what stands for each of its nodes in the page. A change of the copy is
// made in the page as well; what the copy never had (a row that a filter hides, an open fold, a typed word) is not touched.
(function () {
  "use strict";
  /** @type {any} */
  const preview = (window.controlbookPreview = {});
  /** What stands in the page for a node of the copy. @type {WeakMap<Node, Node>} */
  const stands = new WeakMap();
  /** @type {HTMLElement | undefined} */
  let copy;
  /** The longest lists that are compared item by item. */
  const COMPARED = 1_000_000;

  /** @param {Node} node @param {Node} inPage */
  function keep(node, inPage) {
    stands.set(node, inPage);
    const [own, theirs] = [node.childNodes, inPage.childNodes];
    for (let at = 0; at < own.length && at < theirs.length; at += 1) keep(own[at], theirs[at]);
  }

  // The page is whole, and no script that waits for that has run yet.
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    copy = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
    keep(copy, document.documentElement);
  });

  /** What was changed, what came or went, and whether a script is among it. @type {{ touched: Set<Element>, moved: Set<Element>, scripts: boolean }} */
  let done;

  /** @param {Node | null | undefined} node */
  const touch = (node) => { if (node instanceof Element) done.touched.add(node); };
  /** @param {Node} node */
  const isScript = (node) => node instanceof Element && (node.matches("script") || node.querySelector("script") !== null);
  /** Without scripts, the text of `noscript` is read as elements: it is never the same and never seen. @param {Node} node */
  const passes = (node) => node.nodeName === "NOSCRIPT";

  /** Attributes that differ. @param {Element} old @param {Element} now @param {Element | undefined} inPage */
  function attributes(old, now, inPage) {
    for (const { name } of [...old.attributes]) {
      if (now.hasAttribute(name)) continue;
      old.removeAttribute(name);
      inPage?.removeAttribute(name);
      touch(inPage);
    }
    for (const { name, value } of now.attributes) {
      if (old.getAttribute(name) === value) continue;
      old.setAttribute(name, value);
      inPage?.setAttribute(name, value);
      touch(inPage);
    }
  }

  /** Makes a node of the copy, and what stands for it, like another. @param {Node} old @param {Node} now */
  function change(old, now) {
    if (passes(old) || old.isEqualNode(now)) return;
    const inPage = stands.get(old);
    if (old instanceof CharacterData) {
      old.data = /** @type {CharacterData} */ (now).data;
      if (inPage instanceof CharacterData) inPage.data = old.data;
      touch(inPage?.parentNode);
      return;
    }
    if (!(old instanceof Element) || !(now instanceof Element)) return;
    if (old.matches("script")) done.scripts = true;
    attributes(old, now, inPage instanceof Element ? inPage : undefined);
    children(old, now, inPage);
  }

  /** @param {Node} old @param {Node} now */
  const alike = (old, now) => old.nodeName === now.nodeName &&
    (!(old instanceof Element) || old.id === /** @type {Element} */ (now).id);
  /** @param {Node} node */
  const words = (node) => node instanceof Element ? node.outerHTML : `${node.nodeName} ${node.nodeValue}`;

  /** Pairs of equal items of two lists, in order and as many as possible. @param {Node[]} olds @param {Node[]} nows @returns {[number, number][]} */
  function equals(olds, nows) {
    if (olds.length * nows.length > COMPARED) return [];
    const [a, b] = [olds.map(words), nows.map(words)];
    const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    /** @type {[number, number][]} */
    const pairs = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) pairs.push([i++, j++]);
      else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /** For each new item the old one that becomes it, if any: equal ones first, then alike ones between them. @param {Node[]} olds @param {Node[]} nows */
  function partners(olds, nows) {
    /** @type {(Node | undefined)[]} */
    const out = new Array(nows.length);
    let [from, start] = [0, 0];
    for (const [at, to] of [...equals(olds, nows), [olds.length, nows.length]]) {
      const left = olds.slice(from, at);
      for (let next = start; next < to; next += 1) {
        const first = left.findIndex((old) => alike(old, nows[next]));
        if (first < 0) continue;
        out[next] = left[first];
        left.splice(0, first + 1);
      }
      if (to < nows.length) out[to] = olds[at];
      [from, start] = [at + 1, to + 1];
    }
    return out;
  }

  /** @param {Node} parent @param {Node} now @param {Node | undefined} inPage */
  function children(parent, now, inPage) {
    const [olds, nows] = [[...parent.childNodes], [...now.childNodes]];
    const shorter = Math.min(olds.length, nows.length);
    let [start, end] = [0, 0];
    while (start < shorter && olds[start].isEqualNode(nows[start])) start += 1;
    while (end < shorter - start && olds[olds.length - 1 - end].isEqualNode(nows[nows.length - 1 - end])) end += 1;
    let after = olds[olds.length - end] ?? null;
    const [left, come] = [olds.slice(start, olds.length - end), nows.slice(start, nows.length - end)];
    const pairs = partners(left, come);
    const kept = new Set(pairs);
    for (const old of left) if (!kept.has(old)) remove(old);
    for (let at = come.length - 1; at >= 0; at -= 1) {
      const old = pairs[at];
      if (old) change(old, come[at]);
      else insert(parent, come[at], after, inPage);
      after = old ?? come[at];
    }
  }

  /** @param {Node} old */
  function remove(old) {
    const inPage = stands.get(old);
    done.scripts ||= isScript(old);
    touch(inPage?.parentNode);
    if (inPage instanceof Element) done.moved.add(inPage);
    old.parentNode?.removeChild(old);
    inPage?.parentNode?.removeChild(inPage);
  }

  /** @param {Node} parent @param {Node} now @param {Node | null} after @param {Node | undefined} inPage */
  function insert(parent, now, after, inPage) {
    done.scripts ||= isScript(now);
    const made = document.importNode(now, true);
    parent.insertBefore(now, after);
    keep(now, made);
    if (!inPage) return;
    // What scripts have moved elsewhere is no guide.
    const here = (/** @type {Node | null} */ it) => { const node = it && stands.get(it); return node?.parentNode === inPage ? node : null; };
    const [behind, before] = [here(after), here(now.previousSibling)];
    inPage.insertBefore(made, behind ?? (before ? before.nextSibling : after ? inPage.firstChild : null));
    touch(inPage);
    if (made instanceof Element) done.moved.add(made);
  }

  /** Whether scripts of the page may know an element. @param {Element} element */
  const isHook = (element) => [...element.attributes].some(({ name }) => /^data-(?!copy$|print$)/.test(name));

  /** Whether scripts may know something around an element. @param {Element} element */
  function isHooked(element) {
    for (let at = /** @type {Element | null} */ (element); at && !at.matches("main, body"); at = at.parentElement) if (isHook(at)) return true;
    return false;
  }

  /** Changes the page to what a document says; whether it has to be loaded anew all the same. @param {Document} now @returns {boolean} */
  preview.patch = function (now) {
    if (!copy) return true;
    done = { touched: new Set(), moved: new Set(), scripts: false };
    const sources = (/** @type {ParentNode} */ of) => [...of.querySelectorAll("script[src]:not([data-preview])")].map((it) => it.getAttribute("src")).join(" ");
    if (sources(copy) !== sources(now)) return true;
    const focused = document.activeElement;
    document.title = now.title;
    document.documentElement.lang = now.documentElement.lang;
    const body = copy.querySelector("body");
    if (!body) return true;
    change(body, document.importNode(now.body, true));
    if (focused?.id && !focused.isConnected) document.getElementById(focused.id)?.focus({ preventScroll: true });
    return done.scripts || [...done.touched].some(isHooked) || [...done.moved].some((it) => isHook(it) || [...it.querySelectorAll("*")].some(isHook));
  };
})();
