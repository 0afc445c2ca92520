// rank.js: from a query to records in order, with the counts of what they can be filtered by.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { load, parts, range, group, exact, beginning, unseen } = shared.index;

  // What a word weighs by where it stands; how the index writes it: src/export/search/postings.rs.
  const TITLE = 12, SUMMARY = 4, TEXT = 2;
  /** @param {number} code */
  const weigh = (code) => code >= 32 ? TITLE + (code - 32) * 0.4 : code >= 16 ? SUMMARY + (code - 16) * 0.1 : TEXT + code * 0.1;
  // What a rare word is worth at most beside a common one; how much a page's best part adds to its subject.
  const RAREST = 4.5, PART = 0.25, POWER = 1.5, FILLED = 0.4;
  const PREFIX = 0.5, UNSEEN = 0.8, MISSPELT = 0.7;

  /** The manifest with what is derived from it once. */
  const manifest = (() => {
    /** @type {Promise<any> | null} */
    let once = null;
    return () => once ??= load("index").then((/** @type {any} */ it) => {
      const values = it.facets.flatMap((/** @type {any} */ [name, , list]) => list.map((/** @type {any} */ value) => ({ group: name, name: value[0], title: value[1], weight: value[2], owner: value[3] })));
      const profile = new Uint32Array(it.records);
      let at = 0;
      for (const [which, count] of it.runs) { profile.fill(which, at, at + count); at += count; }
      const subject = new Uint32Array(it.records);
      at = 0;
      for (const count of it.pages) { subject.fill(at, at, at + count); at += count; }
      const nouns = new Set(Object.values(it.nouns).flat());
      const kinds = it.profiles.map((/** @type {number[]} */ list) => values[list[0]]);
      return { ...it, values, profile, subject, kinds, allNouns: nouns, stopWords: new Set(it.stop) };
    }, (/** @type {Error} */ error) => { once = null; throw error; });
  })();

  /** The records that bear an identifier: exactly, then under it, then those that begin so. @param {any} index @param {string[]} list @param {string[]} around */
  async function bearers(index, list, around) {
    const key = "=" + list.join(".");
    const among = await range(index, key, key + "\uffff", 2);
    const fits = (/** @type {number} */ record) => {
      const owner = index.kinds[index.profile[record]].owner;
      return around.every((it) => index.nouns[owner]?.includes(it));
    };
    const own = (group(among, key)?.records ?? []).map((/** @type {[number]} */ it) => it[0]).filter(fits);
    const longer = [...new Set(among.flatMap((/** @type {any} */ it) => [...it.groups.keys()]))].filter((it) => it.startsWith(key) && it !== key);
    const under = longer.filter((it) => it[key.length] === "."), rest = longer.filter((it) => it[key.length] !== ".");
    const more = [...under, ...rest].flatMap((it) => group(among, it)?.records.map((/** @type {[number]} */ it) => it[0]) ?? []).filter(fits);
    return { own, more: [...new Set(more)].sort((a, b) => a - b) };
  }

  /** What a query cites: the whole of it, or an identifier in a sentence. @param {any} index @param {string} query */
  async function cited(index, query) {
    const list = parts(query);
    const bare = list.filter((/** @type {string} */ it) => !index.allNouns.has(it));
    const around = list.filter((/** @type {string} */ it) => index.allNouns.has(it));
    const tries = bare.length && bare.length < 9 ? [[bare, around]] : [];
    if (around.length && list.length < 9) tries.unshift([list, []]);
    for (const [them, nouns] of tries) {
      const found = await bearers(index, them, nouns);
      if (found.own.length) return { ...found, whole: true };
      if (found.more.length && /[0-9]/.test(query)) return { own: found.more, more: [], whole: true };
    }
    // In a sentence: from a noun, or from letters before a number.
    for (let at = 0; at + 1 < list.length; at += 1) {
      const noun = index.allNouns.has(list[at]);
      if (/[0-9]/.test(list[at]) || !/[0-9]/.test(list[at + 1])) continue;
      for (let end = Math.min(list.length, at + 6); end > at + 1; end -= 1) {
        const found = await bearers(index, list.slice(noun ? at + 1 : at, end), noun ? [list[at]] : []);
        if (found.own.length) return { own: found.own, more: [], whole: false };
      }
    }
    return { own: [], more: [], whole: false };
  }

  /** Whether one word becomes the other by so many edits; a swap of neighbours is one. @param {string} a @param {string} b @param {number} most */
  function edits(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  /** The words nearest to one that does not occur. @param {any} index @param {string} word @returns {Promise<string[]>} */
  async function nearest(index, word) {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    const text = await load(index.vocabulary);
    /** @type {string[]} */
    let best = [];
    let least = most, before = "";
    for (const [, same, rest] of text.matchAll(/([0-9]+)([^0-9]*)/g)) {
      before = before.slice(0, +same) + rest;
      const distance = edits(word, before, least);
      if (distance < least) { least = distance; best = []; }
      if (distance <= least) best.push(before);
    }
    return best.slice(0, 4);
  }

  /**
   * @typedef {{word: string, groups: [any, number][], instead: string[]}} Word a word of a query, with the groups that answer it and what each is worth
   */

  /** @param {any} index @param {string} word @param {boolean} typing whether more letters may follow @returns {Promise<Word>} */
  async function lookUp(index, word, typing) {
    const own = await exact(index, word);
    /** @type {[any, number][]} */
    const groups = own ? [[own, 1]] : [];
    if (typing || !own) for (const it of await beginning(index, word)) if (it.records !== own?.records && it.forms[0] !== own?.forms[0]) groups.push([it, PREFIX]);
    if (groups.length) return { word, groups, instead: [] };
    const near = await unseen(index, word);
    if (near) return { word, groups: [[near, UNSEEN]], instead: [] };
    const instead = await nearest(index, word);
    for (const it of instead) { const found = await exact(index, it); if (found) groups.push([found, MISSPELT]); }
    return { word, groups, instead };
  }

  /** Records in the order of their worth, of which a share of the query is asked: more for all words, and for a title that they fill. @param {any} index @param {Word[]} words @param {number} enough @returns {number[]} */
  function score(index, words, enough) {
    /** @type {Map<number, {sum: number, met: number, title: number}>} */
    const out = new Map();
    let whole = 0;
    for (const { groups } of words) {
      const common = Math.max(1, ...groups.map(([it]) => it.records.length));
      const rare = groups.length ? Math.min(RAREST, Math.log(1 + index.records / common)) : 2;
      whole += rare;
      /** @type {Map<number, [number, number]>} */
      const best = new Map();
      for (const [{ records }, factor] of groups) for (const [record, code] of records) {
        const worth = factor * weigh(code);
        if (worth > (best.get(record)?.[0] ?? 0)) best.set(record, [worth, code >= 32 ? factor * (code - 32) / 15 : 0]);
      }
      for (const [record, [worth, title]] of best) {
        const it = out.get(record) ?? { sum: 0, met: 0, title: 0 };
        it.sum += rare * worth; it.met += rare; it.title += title;
        out.set(record, it);
      }
    }
    /** @type {Map<number, number>} */
    const worths = new Map(), ofParts = new Map();
    for (const [record, { sum, met, title }] of out) {
      const share = met / whole;
      if (share < enough - 1e-9) continue;
      const worth = sum * share ** POWER * (1 + FILLED * Math.min(1, title)) * index.kinds[index.profile[record]].weight;
      worths.set(record, worth);
      const subject = index.subject[record];
      if (subject !== record) ofParts.set(subject, Math.max(worth, ofParts.get(subject) ?? 0));
    }
    for (const [subject, worth] of ofParts) if (worths.has(subject)) worths.set(subject, worths.get(subject) + PART * worth);
    return [...worths].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([record]) => record);
  }

  Object.assign(shared, { rank: { manifest, cited, lookUp, score, PREFIX } });
})();
