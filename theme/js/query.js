// query.js: what a query asks for: identifiers, words in all their forms, neighbours.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { load, cut, parts, range, group, exact, beginning, unseen } = shared.index;
  // What a form is worth beside the word itself.
  const PREFIX = 0.5, UNSEEN = 0.8, MISSPELT = 0.7;
  /** How the index writes the weight of a word that stands once in a summary. */
  const OWNED = 24;
  /** In how many shards the beginnings of words are looked for; where the word itself is known, in its own alone. */
  const FEW = 2;
  /** Words that ask what something means. */
  const DEFINING = new Set(["abbreviation", "acronym", "between", "define", "defined", "definition", "difference", "explain", "explained", "explanation", "glossary", "mean", "meaning", "means", "stand", "stands", "term", "versus", "vs"]);

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
      const stopWords = new Set(it.stop);
      /** What belongs to a framework, by its name as one word: all of it says what the name says. @type {Map<string, {forms: string[], records: [number, number][]}>} */
      const owned = new Map();
      profile.forEach((which, record) => {
        const { owner } = kinds[which];
        if (owner && !owned.has(owner)) owned.set(owner, { forms: [owner], records: [] });
        owned.get(owner)?.records.push([record, OWNED]);
      });
      return { ...it, owned, values, profile, subject, kinds, allNouns: nouns, stopWords, cut: (/** @type {string} */ text) => cut(text, stopWords) };
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
      if (found.own.length) return { ...found, whole: true, sure: found.own.length === 1 };
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

  /** All words that occur, of four letters or more. @type {(index: any) => Promise<string[]>} */
  const vocabulary = (() => {
    /** @type {Promise<string[]> | null} */
    let once = null;
    return (index) => once ??= load(index.vocabulary).then((/** @type {string} */ text) => {
      let before = "";
      return [...text.matchAll(/([0-9]+)([^0-9]*)/g)].map(([, same, rest]) => before = before.slice(0, +same) + rest);
    }, (/** @type {Error} */ error) => { once = null; throw error; });
  })();

  /** The words nearest to one that does not occur. @param {any} index @param {string} word @returns {Promise<string[]>} */
  async function nearest(index, word) {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    /** @type {string[]} */
    let best = [];
    let least = most;
    for (const it of await vocabulary(index)) {
      const distance = edits(word, it, least);
      if (distance < least) { least = distance; best = []; }
      if (distance <= least) best.push(it);
    }
    return best.slice(0, 4);
  }

  /** A word that only occurs in two: the records with both. @param {any} index @param {string} word */
  async function divided(index, word) {
    const LEAST = 4;
    if (word.length < 2 * LEAST) return null;
    const known = new Set(await vocabulary(index));
    for (let at = LEAST; at <= word.length - LEAST; at += 1) {
      if (!known.has(word.slice(0, at)) || !known.has(word.slice(at))) continue;
      const [first, second] = await Promise.all([exact(index, word.slice(0, at)), exact(index, word.slice(at))]);
      const codes = new Map(second?.records);
      const records = (first?.records ?? []).filter((/** @type {any} */ [it]) => codes.has(it)).map((/** @type {any} */ [it, code]) => [it, Math.min(code, codes.get(it))]);
      if (records.length) return { forms: [...first.forms, ...second.forms], records };
    }
    return null;
  }

  /**
   * @typedef {{word: string, groups: [any, number][], instead: string[]}} Word a word of a query, with the groups that answer it and what each is worth
   * @typedef {{group: any, from: number, to: number}} Pair neighbours of a query that stand beside each other or as one word, and which words they are
   */

  /** @param {any} index @param {string} word @param {boolean} typing whether more letters may follow @returns {Promise<Word>} */
  async function lookUp(index, word, typing) {
    const own = await exact(index, word);
    /** @type {[any, number][]} */
    const groups = own ? [[own, 1]] : [];
    if (typing || !own) for (const it of await beginning(index, word, own ? 1 : FEW)) if (it.records !== own?.records && it.forms[0] !== own?.forms[0]) groups.push([it, PREFIX]);
    const owned = index.owned.get(word);
    if (owned) groups.push([owned, 1]);
    if (groups.length) return { word, groups, instead: [] };
    const near = await unseen(index, word) ?? await divided(index, word);
    if (near) return { word, groups: [[near, UNSEEN]], instead: [] };
    const instead = await nearest(index, word);
    for (const it of instead) { const found = await exact(index, it); if (found) groups.push([found, MISSPELT]); }
    return { word, groups, instead };
  }

  /** What a query asks for: its words, those with signs as one where the index has them, and its neighbours. @param {any} index @param {string} text @param {boolean} typing @returns {Promise<{words: Word[], pairs: Pair[]}>} */
  async function asked(index, text, typing) {
    const cuts = index.cut(text);
    const runs = cuts.filter((/** @type {any} */ it) => it.form === "run");
    const telling = runs.filter((/** @type {any} */ it) => !index.stopWords.has(it.word));
    const last = runs.length ? runs[runs.length - 1].to : 0;
    /** @type {any[]} */
    const units = [];
    await Promise.all(cuts.filter((/** @type {any} */ it) => it.form === "signs").map(async (/** @type {any} */ it) => {
      const found = await lookUpSigns(index, it.word, typing && it.to === last);
      if (found.length) units.push({ ...it, groups: found });
    }));
    const covered = (/** @type {any} */ it) => units.some((unit) => unit.from <= it.from && it.to <= unit.to);
    for (const it of telling.length || units.length ? telling : runs) if (!covered(it) && !units.some((unit) => unit.word === it.word)) units.push(it);
    units.sort((a, b) => a.from - b.from);
    const words = await Promise.all(units.map((it) => it.groups ? { word: it.word, groups: it.groups, instead: [] } : lookUp(index, it.word, typing && it.to === last)));
    const place = (/** @type {number} */ run) => units.findIndex((it) => it.from <= run && run <= it.to);
    const joined = cuts.filter((/** @type {any} */ it) => (it.form === "pair" || it.form === "compound") && place(it.from) >= 0 && place(it.to) > place(it.from));
    const pairs = await Promise.all(joined.map(async (/** @type {any} */ it) => ({ group: await exact(index, it.word), from: place(it.from), to: place(it.to) })));
    return { words, pairs: pairs.filter((it) => it.group) };
  }

  /** @param {any} index @param {string} word @param {boolean} typing @returns {Promise<[any, number][]>} */
  async function lookUpSigns(index, word, typing) {
    const own = await exact(index, word);
    if (own) return [[own, 1]];
    return typing ? (await beginning(index, word, FEW)).map((/** @type {any} */ it) => [it, PREFIX]) : [];
  }

  Object.assign(shared, { query: { manifest, cited, asked, PREFIX, DEFINING } });
})();
