// rank.js: ranks records by how well they answer a query.

/**
 * @typedef {{worths: Float64Array, title: number}} Match what each word, then each pair of a query is worth in a record, and the share of the record's title that they are
 * @typedef {{records: number[], answers: number[], whole: boolean, filled: boolean}} Ranking records by rank; the terms that the query names, and whether they are the whole query; whether the title of one of the first records is the query
 */
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { PREFIX } = shared.query;

  // The weights were tuned on queries (tests/browser/queries.json and words.json) and judged by others held out (unseen.json).
  // The least and greatest weight of a word by where it occurs. src/export/search/postings.rs writes the codes.
  const TITLE = [13.5, 22.5], SUMMARY = [7.5, 8], TEXT = [1, 5.6];
  /** The weight of a pair beside that of a word. */
  const PAIR = 0.75;
  // A page takes over a share of what each word is worth in its best part, and a share of the worth of that part.
  const WORD_OF_PART = 0.575, WORTH_OF_PART = 0.38;
  // The power of the share of the query that a record answers, and the weight of the share of its title that is in the query.
  const ANSWERED_POWER = 1.1, TITLE_BONUS = 0.22;
  /** Grades of a code: its lowest four bits. */
  const GRADES = 15;
  /** The share of a name or title that a query must hold to be that name. */
  const NAMED = 0.93;
  /** A share that counts as all, and how much rounding may take from a share. */
  const ROUNDING = 1e-9, ALL = 1 - ROUNDING;
  /** How many of the first records may have the query as their title. */
  const FIRST = 5;
  /** The share of a query that a term in it must be. */
  const ASKED = 0.5;
  /** The rarity of a word that the index does not have. */
  const UNKNOWN = 2;

  const isTitle = (/** @type {number} */ code) => code >= 32;
  const grade = (/** @type {number} */ code) => (code & 15) / GRADES;
  /** @param {number} code */
  const weight = (code) => {
    const [least, most] = isTitle(code) ? TITLE : code >= 16 ? SUMMARY : TEXT;
    return least + (most - least) * grade(code);
  };

  /** The inverse page frequency of a group: a word on few pages tells more than one on many. @param {SearchIndex} index @param {WordGroup} group */
  const rarityOf = (index, { records }) => Math.log(1 + index.pages.length / new Set(records.map(([record]) => index.subject[record])).size);

  /** All records that hold a word of the query. @param {SearchIndex} index @param {Query} query */
  function findMatches(index, { words, pairs }) {
    /** @type {Map<number, Match>} */
    const matches = new Map();
    const matchOf = (/** @type {number} */ record) => {
      let match = matches.get(record);
      if (!match) matches.set(record, match = { worths: new Float64Array(words.length + pairs.length), title: 0 });
      return match;
    };
    const raise = (/** @type {number} */ record, /** @type {number} */ i, /** @type {number} */ worth) => {
      const { worths } = matchOf(record);
      if (worth > worths[i]) worths[i] = worth;
    };
    words.forEach(({ groups }, i) => {
      /** @type {Map<number, number>} */
      const titleShares = new Map();
      for (const [{ records }, factor] of groups) for (const [record, code] of records) {
        raise(record, i, factor * weight(code));
        if (isTitle(code)) titleShares.set(record, Math.max(titleShares.get(record) ?? 0, (factor === PREFIX ? PREFIX : 1) * grade(code)));
      }
      for (const [record, share] of titleShares) matchOf(record).title += share;
    });
    pairs.forEach(({ group, from, to }, i) => {
      const factor = PAIR * rarityOf(index, group);
      for (const [record, code] of group.records) {
        raise(record, words.length + i, factor * weight(code));
        // A record that writes both words as one has each of them.
        for (const word of [from, to]) raise(record, word, weight(code));
      }
    });
    return matches;
  }

  /**
   * Ranks the records that answer at least a share of the query. All words, neighbours, and a title that the query fills count more.
   * A page is worth what it and the best of its parts are worth together.
   * @param {SearchIndex} index @param {Query} query @param {number} enough the share @returns {Ranking}
   */
  function rank(index, query, enough) {
    const { words } = query;
    const rarities = words.map(({ groups }) => groups.length ? Math.min(...groups.map(([group]) => rarityOf(index, group))) : UNKNOWN);
    const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
    const matches = findMatches(index, query);
    const none = { worths: new Float64Array(words.length + query.pairs.length), title: 0 };
    const kindOf = (/** @type {number} */ record) => index.kinds[index.profile[record]];
    const answered = (/** @type {Float64Array} */ worths) => rarities.reduce((sum, rarity, i) => worths[i] ? sum + rarity : sum, 0) / whole;
    const worthOf = (/** @type {Match} */ { worths, title }, /** @type {number} */ record) => {
      const share = answered(worths);
      if (share < enough - ROUNDING) return 0;
      // Pairs have their rarity in them.
      const sum = worths.reduce((sum, worth, i) => sum + (rarities[i] ?? 1) * worth, 0);
      return sum * share ** ANSWERED_POWER * (1 + TITLE_BONUS * Math.min(1, title)) * kindOf(record).weight;
    };
    /** @type {Map<number, number>} */
    const ranks = new Map(), bestPart = new Map(), withPart = new Map();
    const raise = (/** @type {Map<number, number>} */ map, /** @type {number} */ record, /** @type {number} */ worth) => { if (worth > (map.get(record) ?? 0)) map.set(record, worth); };
    for (const [record, match] of matches) {
      const own = worthOf(match, record);
      if (own) ranks.set(record, own);
      const subject = index.subject[record];
      // A quotation stands in one record.
      if (subject === record || enough === 1) continue;
      raise(bestPart, subject, own);
      // One part at a time joins its page: words from different parts are there by chance.
      const { worths, title } = matches.get(subject) ?? none;
      raise(withPart, subject, worthOf({ worths: worths.map((worth, i) => Math.max(worth, WORD_OF_PART * match.worths[i])), title }, subject));
    }
    for (const [subject, worth] of withPart) ranks.set(subject, Math.max(worth, ranks.get(subject) ?? 0) + WORTH_OF_PART * (bestPart.get(subject) ?? 0));
    const isTerm = (/** @type {number} */ record) => kindOf(record).name === "term";
    const named = namedTerms([...matches].filter(([record, { title }]) => title >= NAMED && isTerm(record)), answered);
    const answersAll = (/** @type {number} */ record) => answered((matches.get(record) ?? none).worths) >= ALL;
    demote(ranks, named.answers, answersAll);
    const records = [...ranks].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([record]) => record);
    // The name of a term is its answer, not a title.
    const filled = words.length > 1 && records.slice(0, FIRST).some((record) => !isTerm(record) && (matches.get(record) ?? none).title >= NAMED && answersAll(record));
    return { records, filled, ...named };
  }

  /** Puts the terms that a query names behind all records that answer it as a whole: their definitions stand above the results. @param {Map<number, number>} ranks @param {number[]} terms @param {(record: number) => boolean} answersAll */
  function demote(ranks, terms, answersAll) {
    let least = Infinity;
    for (const [record, worth] of ranks) if (worth < least && !terms.includes(record) && answersAll(record)) least = worth;
    for (const record of terms) ranks.set(record, Math.min(ranks.get(record) ?? 0, least * 0.99));
  }

  /** The one or two terms that are the whole query, or else the one that is most of it. @param {[number, Match][]} terms @param {(worths: Float64Array) => number} answered @returns {{answers: number[], whole: boolean}} */
  function namedTerms(terms, answered) {
    if (!terms.length) return { answers: [], whole: false };
    const [[best, { worths }], ...others] = terms.sort((a, b) => answered(b[1].worths) - answered(a[1].worths) || b[1].title - a[1].title || a[0] - b[0]);
    const share = answered(worths);
    if (share >= ALL) return { answers: [best], whole: true };
    const other = others.find(([, match]) => answered(worths.map((worth, i) => worth || match.worths[i])) >= ALL);
    if (other) return { answers: [best, other[0]].sort((a, b) => a - b), whole: true };
    return { answers: share >= ASKED ? [best] : [], whole: false };
  }

  Object.assign(shared, { rank });
})();
