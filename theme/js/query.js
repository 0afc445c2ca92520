// query.js: parses a query into citations of identifiers, words with the groups that answer them, and pairs of neighbours.

/**
 * @typedef {{word: string, groups: [WordGroup, number][], instead: string[]}} QueryWord a word of a query, the groups that answer it, each with its factor, and the words taken instead of a misspelt one
 * @typedef {{group: WordGroup, from: number, to: number}} QueryPair neighbours of a query that the index has beside each other or as one word, and which words they are
 * @typedef {{words: QueryWord[], pairs: QueryPair[]}} Query
 * @typedef {{own: number[], more: number[], whole: boolean, sure?: boolean}} Citation records with an identifier, records below it or beginning with it, whether it is the whole query, and whether one record alone has it
 */
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { load, segment, idParts, shardRange, groupOf, findForm, findPrefix, findUnseenForm } = shared.index;
  // The factors of groups that are not of the word itself.
  const PREFIX = 0.5, UNSEEN = 0.8, MISSPELT = 0.7;
  /** The code that the index writes for a word that occurs once in a summary. */
  const SUMMARY_ONCE = 24;
  /** Shards searched for a prefix; a word that is known itself is completed from its own shard alone. */
  const PREFIX_SHARDS = 2;
  /** The most parts of a query that may be one identifier as a whole, and within a sentence. */
  const MOST_PARTS = 8, MOST_PARTS_INSIDE = 6;
  /** The shortest word that a misspelt compound may be split into. */
  const SHORTEST_HALF = 4;
  /** Words that ask for a definition. */
  const DEFINING = new Set(["abbreviation", "acronym", "between", "define", "defined", "definition", "difference", "explain", "explained", "explanation", "glossary", "mean", "meaning", "means", "stand", "stands", "term", "versus", "vs"]);

  /** Repeats each value as often as its count says. @param {[number, number][]} runs @param {number} length */
  function expand(runs, length) {
    const values = new Uint32Array(length);
    let start = 0;
    for (const [value, count] of runs) { values.fill(value, start, start + count); start += count; }
    return values;
  }

  /** By framework, its records under its name as one word: all that it holds answers that name. @param {Uint32Array} profile @param {FacetValue[]} kinds */
  function ownedRecords(profile, kinds) {
    /** @type {Map<string, WordGroup>} */
    const owned = new Map();
    profile.forEach((id, record) => {
      const { owner } = kinds[id];
      if (owner && !owned.has(owner)) owned.set(owner, { forms: [owner], records: [] });
      owned.get(owner)?.records.push([record, SUMMARY_ONCE]);
    });
    return owned;
  }

  /** Derives from the manifest what every search needs. @param {any} manifest @returns {SearchIndex} */
  function derive(manifest) {
    const values = manifest.facets.flatMap((/** @type {any} */ [group, , list]) => list.map((/** @type {any} */ [name, title, weight, owner]) => ({ group, name, title, weight, owner })));
    const profile = expand(manifest.runs, manifest.records);
    let page = 0;
    const pages = manifest.pages.map((/** @type {number} */ count) => { const first = page; page += count; return [first, count]; });
    const kinds = manifest.profiles.map((/** @type {number[]} */ list) => values[list[0]]);
    const stopWords = new Set(manifest.stop);
    return {
      ...manifest, values, profile, kinds, stopWords,
      subject: expand(pages, manifest.records),
      owned: ownedRecords(profile, kinds),
      allNouns: new Set(Object.values(manifest.nouns).flat()),
      segment: (/** @type {string} */ text) => segment(text, stopWords),
    };
  }

  /** Loads the manifest once; a failed load may be tried again. @type {() => Promise<SearchIndex>} */
  const manifest = (() => {
    /** @type {Promise<SearchIndex> | null} */
    let promise = null;
    return () => promise ??= load("index").then(derive, (/** @type {Error} */ error) => { promise = null; throw error; });
  })();

  /** The records with an identifier, then those below it, then those that begin with it. @param {SearchIndex} index @param {string[]} id its parts @param {string[]} around nouns that the framework of a record must have @returns {Promise<{own: number[], more: number[]}>} */
  async function findIdentifier(index, id, around) {
    const key = "=" + id.join(".");
    /** @type {Shard[]} */
    const among = await shardRange(index, key, key + "\uffff", 2);
    const fits = (/** @type {number} */ record) => {
      const { owner } = index.kinds[index.profile[record]];
      return around.every((noun) => index.nouns[owner]?.includes(noun));
    };
    const recordsOf = (/** @type {string} */ name) => (groupOf(among, name)?.records ?? []).map((/** @type {[number, number]} */ [record]) => record).filter(fits);
    const longer = [...new Set(among.flatMap((shard) => [...shard.groups.keys()]))].filter((name) => name.startsWith(key) && name !== key);
    const more = new Set(longer.flatMap(recordsOf));
    return { own: recordsOf(key), more: [...more].sort((a, b) => a - b) };
  }

  /** What a query cites: it is an identifier as a whole, or holds one in a sentence. @param {SearchIndex} index @param {string} query @returns {Promise<Citation>} */
  async function findCitation(index, query) {
    /** @type {string[]} */
    const parts = idParts(query);
    const bare = parts.filter((part) => !index.allNouns.has(part));
    const nouns = parts.filter((part) => index.allNouns.has(part));
    const attempts = bare.length && bare.length <= MOST_PARTS ? [[bare, nouns]] : [];
    if (nouns.length && parts.length <= MOST_PARTS) attempts.unshift([parts, []]);
    for (const [id, around] of attempts) {
      const { own, more } = await findIdentifier(index, id, around);
      if (own.length) return { own, more, whole: true, sure: own.length === 1 };
      if (more.length && /[0-9]/.test(query)) return { own: more, more: [], whole: true };
    }
    // In a sentence an identifier begins behind a noun, or with letters before a number.
    for (let start = 0; start + 1 < parts.length; start += 1) {
      const isNoun = index.allNouns.has(parts[start]);
      if (/[0-9]/.test(parts[start]) || !/[0-9]/.test(parts[start + 1])) continue;
      for (let end = Math.min(parts.length, start + MOST_PARTS_INSIDE); end > start + 1; end -= 1) {
        const { own } = await findIdentifier(index, parts.slice(isNoun ? start + 1 : start, end), isNoun ? [parts[start]] : []);
        if (own.length) return { own, more: [], whole: false };
      }
    }
    return { own: [], more: [], whole: false };
  }

  /** The edit distance of two words (optimal string alignment: a swap of neighbours is one edit), or `most + 1` where it is greater. @param {string} a @param {string} b @param {number} most */
  function editDistance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    /** @type {number[]} */
    let previous = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, previous[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      previous = last;
      last = row;
    }
    return last[b.length];
  }

  /** Loads all words of the index of four letters or more, each written as the length of its common prefix with the word before and the rest. @type {(index: SearchIndex) => Promise<string[]>} */
  const vocabulary = (() => {
    /** @type {Promise<string[]> | null} */
    let promise = null;
    return (index) => promise ??= load(index.vocabulary).then((/** @type {string} */ text) => {
      let word = "";
      return [...text.matchAll(/([0-9]+)([^0-9]*)/g)].map(([, same, rest]) => word = word.slice(0, +same) + rest);
    }, (/** @type {Error} */ error) => { promise = null; throw error; });
  })();

  /** The words of the index nearest to one that does not occur. @param {SearchIndex} index @param {string} word @returns {Promise<string[]>} */
  async function nearestWords(index, word) {
    let least = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!least) return [];
    /** @type {string[]} */
    let nearest = [];
    for (const candidate of await vocabulary(index)) {
      const distance = editDistance(word, candidate, least);
      if (distance < least) { least = distance; nearest = []; }
      if (distance <= least) nearest.push(candidate);
    }
    return nearest.slice(0, 4);
  }

  /** The records with both halves of a word that occurs only as two words. @param {SearchIndex} index @param {string} word @returns {Promise<WordGroup | null>} */
  async function findHalves(index, word) {
    if (word.length < 2 * SHORTEST_HALF) return null;
    const known = new Set(await vocabulary(index));
    for (let end = SHORTEST_HALF; end <= word.length - SHORTEST_HALF; end += 1) {
      const halves = [word.slice(0, end), word.slice(end)];
      if (!halves.every((half) => known.has(half))) continue;
      /** @type {(WordGroup | null)[]} */
      const [first, second] = await Promise.all(halves.map((half) => findForm(index, half)));
      if (!first || !second) continue;
      const codes = new Map(second.records);
      const records = first.records.flatMap(([record, code]) => {
        const other = codes.get(record);
        return other === undefined ? [] : [/** @type {[number, number]} */ ([record, Math.min(code, other)])];
      });
      if (records.length) return { forms: [...first.forms, ...second.forms], records };
    }
    return null;
  }

  /** The groups that answer a word. @param {SearchIndex} index @param {string} word @param {boolean} typing whether more letters may follow @returns {Promise<QueryWord>} */
  async function lookUpWord(index, word, typing) {
    /** @type {WordGroup | null} */
    const own = await findForm(index, word);
    /** @type {[WordGroup, number][]} */
    const groups = own ? [[own, 1]] : [];
    if (typing || !own) {
      for (const group of await findPrefix(index, word, own ? 1 : PREFIX_SHARDS)) {
        if (group.records !== own?.records && group.forms[0] !== own?.forms[0]) groups.push([group, PREFIX]);
      }
    }
    const owned = index.owned.get(word);
    if (owned) groups.push([owned, 1]);
    if (groups.length) return { word, groups, instead: [] };
    const likely = await findUnseenForm(index, word) ?? await findHalves(index, word);
    if (likely) return { word, groups: [[likely, UNSEEN]], instead: [] };
    const instead = await nearestWords(index, word);
    for (const other of instead) {
      const group = await findForm(index, other);
      if (group) groups.push([group, MISSPELT]);
    }
    return { word, groups, instead };
  }

  /** The groups of a word with signs: none where the index does not have it as one word. @param {SearchIndex} index @param {string} word @param {boolean} typing @returns {Promise<[WordGroup, number][]>} */
  async function lookUpSigns(index, word, typing) {
    const own = await findForm(index, word);
    if (own) return [[own, 1]];
    return typing ? (await findPrefix(index, word, PREFIX_SHARDS)).map((/** @type {WordGroup} */ group) => [group, PREFIX]) : [];
  }

  /** The words and pairs of a query; words with signs stay whole where the index has them. @param {SearchIndex} index @param {string} text @param {boolean} typing whether more letters may follow the last word @returns {Promise<Query>} */
  async function parseQuery(index, text, typing) {
    const segments = index.segment(text);
    const runs = segments.filter((it) => it.form === "run");
    const telling = runs.filter((it) => !index.stopWords.has(it.word));
    const last = runs.length ? runs[runs.length - 1].to : 0;
    const isTyped = (/** @type {Segment} */ it) => typing && it.to === last;
    /** @type {(Segment & {groups?: [WordGroup, number][]})[]} */
    const units = [];
    await Promise.all(segments.filter((it) => it.form === "signs").map(async (segment) => {
      const groups = await lookUpSigns(index, segment.word, isTyped(segment));
      if (groups.length) units.push({ ...segment, groups });
    }));
    // A query of stop words alone is searched for them.
    for (const run of telling.length || units.length ? telling : runs) {
      if (!units.some((unit) => unit.word === run.word || (unit.from <= run.from && run.to <= unit.to))) units.push(run);
    }
    units.sort((a, b) => a.from - b.from);
    const words = await Promise.all(units.map((unit) => unit.groups ? { word: unit.word, groups: unit.groups, instead: [] } : lookUpWord(index, unit.word, isTyped(unit))));
    const wordOf = (/** @type {number} */ run) => units.findIndex((unit) => unit.from <= run && run <= unit.to);
    const joined = segments.filter((it) => (it.form === "pair" || it.form === "compound") && wordOf(it.from) >= 0 && wordOf(it.to) > wordOf(it.from));
    const pairs = await Promise.all(joined.map(async (it) => ({ group: await findForm(index, it.word), from: wordOf(it.from), to: wordOf(it.to) })));
    return { words, pairs: pairs.filter((pair) => pair.group) };
  }

  Object.assign(shared, { query: { manifest, findCitation, parseQuery, PREFIX, DEFINING } });
})();
