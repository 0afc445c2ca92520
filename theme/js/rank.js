// rank.js: puts records in the order of their worth for a query.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { PREFIX } = shared.query;

  // The weights were found by trying out, with queries left aside to judge by (tests/browser/queries.json and words.json; unseen.json).
  // What a word weighs by where it stands, at least and at most; how the index writes it: src/export/search/postings.rs.
  const TITLE = [13.5, 22.5], SUMMARY = [7.5, 8], TEXT = [1, 5.6];
  // What neighbours are worth beside a word.
  const PAIR = 0.75;
  // What a page has of the part that answers best with it: of each word, and of the part itself besides.
  const OF_PART = 0.575, PART = 0.38;
  // How much the share of the query counts that is met, and the share of the title that the query is.
  const POWER = 1.1, FILLED = 0.22;
  const GRADES = 15;
  /** @param {number} code */
  const weigh = (code) => {
    const [least, most] = code >= 32 ? TITLE : code >= 16 ? SUMMARY : TEXT;
    return least + (most - least) * (code & 15) / GRADES;
  };
  /** The share of a name that a query must hold to be answered by what the name means. */
  const NAMED = 0.93;
  const ALL = 1 - 1e-9;
  /** Among how many of the first records one is looked for whose title is the query. */
  const NEAR = 5;
  /** The share of a query that a name in it must be. */
  const ASKED = 0.5;

  /** What a word that stands on few pages is worth beside one on many. @param {any} index @param {any} group */
  const rarity = (index, { records }) => Math.log(1 + index.pages.length / new Set(records.map((/** @type {number[]} */ [it]) => index.subject[it])).size);

  /** What each word, then each pair of a query is worth in each record, and the share of the record's title that they are. @param {any} index @param {any} query */
  function found(index, { words, pairs }) {
    const width = words.length + pairs.length;
    /** @type {Map<number, {list: Float64Array, title: number}>} */
    const out = new Map();
    const of = (/** @type {number} */ record) => {
      let it = out.get(record);
      if (!it) out.set(record, it = { list: new Float64Array(width), title: 0 });
      return it;
    };
    const note = (/** @type {number} */ record, /** @type {number} */ at, /** @type {number} */ worth) => {
      const { list } = of(record);
      if (worth > list[at]) list[at] = worth;
    };
    words.forEach((/** @type {any} */ { groups }, /** @type {number} */ at) => {
      /** @type {Map<number, number>} */
      const shares = new Map();
      for (const [{ records }, factor] of groups) for (const [record, code] of records) {
        note(record, at, factor * weigh(code));
        if (code >= 32) shares.set(record, Math.max(shares.get(record) ?? 0, (factor === PREFIX ? PREFIX : 1) * (code & 15) / GRADES));
      }
      for (const [record, share] of shares) of(record).title += share;
    });
    pairs.forEach((/** @type {any} */ { group, from, to }, /** @type {number} */ at) => {
      const worth = PAIR * rarity(index, group);
      for (const [record, code] of group.records) {
        note(record, words.length + at, worth * weigh(code));
        // Who writes them as one word has both.
        for (const it of [from, to]) note(record, it, weigh(code));
      }
    });
    return out;
  }

  /**
   * Records in the order of their worth, of which a share of the query is asked: more for all words, for neighbours, and for a title that they fill.
   * A page is worth what it and one of its parts say together. `answers` are the terms that the query names.
   * @param {any} index @param {any} query @param {number} enough @returns {{records: number[], answers: number[], whole: boolean, filled: boolean}} `filled` where the title of one of the first is the query
   */
  function score(index, query, enough) {
    const { words } = query;
    const rare = words.map((/** @type {any} */ { groups }) => groups.length ? Math.min(...groups.map((/** @type {any} */ [it]) => rarity(index, it))) : 2);
    const whole = rare.reduce((/** @type {number} */ sum, /** @type {number} */ it) => sum + it, 0);
    const all = found(index, query);
    const none = new Float64Array(words.length + query.pairs.length);
    const kind = (/** @type {number} */ record) => index.kinds[index.profile[record]];
    const met = (/** @type {Float64Array} */ list) => rare.reduce((/** @type {number} */ sum, /** @type {number} */ it, /** @type {number} */ at) => list[at] ? sum + it : sum, 0) / whole;
    const worth = (/** @type {Float64Array} */ list, /** @type {number} */ title, /** @type {number} */ record) => {
      const share = met(list);
      if (share < enough - 1e-9) return 0;
      const sum = list.reduce((sum, it, at) => sum + (rare[at] ?? 1) * it, 0);
      return sum * share ** POWER * (1 + FILLED * Math.min(1, title)) * kind(record).weight;
    };
    /** @type {Map<number, number>} */
    const worths = new Map(), best = new Map(), joint = new Map();
    /** @param {Map<number, number>} map @param {number} record @param {number} worth */
    const lift = (map, record, worth) => { if (worth > (map.get(record) ?? 0)) map.set(record, worth); };
    for (const [record, { list, title }] of all) {
      const own = worth(list, title, record);
      if (own) worths.set(record, own);
      const subject = index.subject[record];
      // What is asked whole stands in one record.
      if (subject === record || enough === 1) continue;
      lift(best, subject, own);
      // Words of different parts are no answer: they stand there by chance.
      const page = all.get(subject) ?? { list: none, title: 0 };
      lift(joint, subject, worth(page.list.map((it, at) => Math.max(it, OF_PART * list[at])), page.title, subject));
    }
    for (const [subject, worth] of joint) worths.set(subject, Math.max(worth, worths.get(subject) ?? 0) + PART * (best.get(subject) ?? 0));
    const named = answers([...all].filter(([record, { title }]) => title >= NAMED && kind(record).name === "term"), met);
    const meets = (/** @type {number} */ record) => met(all.get(record)?.list ?? none) >= ALL;
    behind(worths, named.answers, meets);
    const records = [...worths].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([record]) => record);
    // A term's own name is its answer, not a title.
    const filled = words.length > 1 && records.slice(0, NEAR).some((record) => kind(record).name !== "term" && (all.get(record)?.title ?? 0) >= NAMED && meets(record));
    return { records, filled, ...named };
  }

  /** Puts the terms that a query names behind all that it asks for as a whole: they stand above the results. @param {Map<number, number>} worths @param {number[]} terms @param {(record: number) => boolean} meets */
  function behind(worths, terms, meets) {
    let least = Infinity;
    for (const [record, worth] of worths) if (worth < least && !terms.includes(record) && meets(record)) least = worth;
    for (const record of terms) worths.set(record, Math.min(worths.get(record) ?? 0, least * 0.99));
  }

  /** The terms that a query is, or the one that is most of it; `whole` where it is nothing else. @param {[number, {list: Float64Array, title: number}][]} named @param {(list: Float64Array) => number} met @returns {{answers: number[], whole: boolean}} */
  function answers(named, met) {
    if (!named.length) return { answers: [], whole: false };
    const [best, ...others] = named.sort((a, b) => met(b[1].list) - met(a[1].list) || b[1].title - a[1].title || a[0] - b[0]);
    const share = met(best[1].list);
    if (share >= ALL) return { answers: [best[0]], whole: true };
    const next = others.find(([, { list }]) => met(best[1].list.map((it, at) => it || list[at])) >= ALL);
    if (next) return { answers: [best[0], next[0]].sort((a, b) => a - b), whole: true };
    return { answers: share >= ASKED ? [best[0]] : [], whole: false };
  }

  Object.assign(shared, { rank: { score } });
})();
