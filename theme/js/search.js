// search.js: loads the files of the search index and finds words in them. The palette and the search page call
// `controlbook.search`, which results.js adds. query.js, rank.js and results.js follow this script in one file.

/**
 * The manifest of the index, as src/export/search/mod.rs writes it, with what query.js derives from it.
 * @typedef {object} SearchIndex
 * @property {number} records how many there are
 * @property {number} chunk records per file of heads
 * @property {string[]} heads files of titles and addresses
 * @property {[number, string][]} texts the first record of each file of texts, and the file
 * @property {[string, string][]} words the first word of each shard, and its file
 * @property {string} vocabulary the file of all words
 * @property {[string, string, [string, string][]][]} facets group, heading, and the values as name and title
 * @property {number[][]} profiles sets of positions in `values`
 * @property {number[]} pages how many records each page has
 * @property {string[]} endings frequent endings of words
 * @property {Record<string, string[]>} nouns by framework, the words that stand around its identifiers
 * @property {FacetValue[]} values all values of all facets
 * @property {Uint32Array} profile by record, its profile
 * @property {Uint32Array} subject by record, the first record of its page
 * @property {FacetValue[]} kinds by profile, the kind of its records
 * @property {Set<string>} allNouns
 * @property {Set<string>} stopWords
 * @property {Map<string, WordGroup>} owned by framework, its records under its name
 * @property {(text: string) => Segment[]} segment
 *
 * @typedef {{group: string, name: string, title: string, weight: number, owner: string}} FacetValue `owner` is the framework that it belongs to
 * @typedef {{forms: string[], records: [number, number][]}} WordGroup forms of one word, and the records with any of them, each with a weight code
 * @typedef {{groups: Map<string, WordGroup>, aliases: Map<string, string>}} Shard groups by stem, and the stems of irregular forms
 * @typedef {{word: string, form: "run" | "signs" | "compound" | "pair", from: number, to: number}} Segment a word of a text; `from` and `to` count runs
 */
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const base = new URL("../search/", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** @type {Map<string, Promise<any>>} */
  const loads = new Map();
  /** @type {Record<string, (value: any) => void>} */
  const resolvers = {};
  /** Each file of the index is a script that calls this with its name and content: `fetch` can't read `file://`. */
  shared.put = (/** @type {string} */ name, /** @type {any} */ value) => resolvers[name]?.(value);

  /** Loads a file of the index once; a failed load may be tried again. @param {string} name @returns {Promise<any>} */
  function load(name) {
    let promise = loads.get(name);
    if (!promise) {
      promise = new Promise((resolve, reject) => {
        resolvers[name] = resolve;
        const script = document.createElement("script");
        script.src = new URL(name + ".js", base).href;
        script.onerror = () => { loads.delete(name); script.remove(); reject(new Error("The search index could not be loaded.")); };
        document.head.append(script);
      });
      loads.set(name, promise);
    }
    return promise;
  }

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...DIGITS].map((digit, i) => [digit, i]));

  /** The longest ending with which a form is found under its stem, as in src/export/search/shards.rs. */
  const LONGEST_ENDING = 4;
  /** The shortest stem that an unseen form may have. */
  const SHORTEST_STEM = 4;
  /** Aliases that are followed for one prefix. */
  const MOST_ALIASES = 8;

  /** Lowercases a text and removes accents. @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** The runs of letters and digits of a text, folded. @param {string} text @returns {string[]} */
  const tokens = (text) => fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];

  const RUN = /[\p{Alphabetic}\p{N}]+/gu;
  /** How a run is joined to the one before it: by a sign, by a blank, or (empty) not at all. @param {string} before @param {string} between @param {string} run */
  function joint(before, between, run) {
    if (between === "&") return "&";
    if (between === "." && /[0-9]$/.test(before) && /^[0-9]/.test(run)) return ".";
    if (between === "/" && [...before].length < 3 && [...run].length < 3) return "/";
    if (between === "-" || between === "\u2010" || between === ".") return "-";
    return /^\s*$/.test(between) ? " " : "";
  }

  /**
   * Segments a text into words as the index does (src/export/search/words.rs): runs of letters and digits; runs with the signs that
   * belong to them, `1.3`, `c++`, `r&d`; hyphenated compounds as one word; and two neighbours as one word, skipping stop words.
   * @param {string} text @param {Set<string>} stopWords @returns {Segment[]}
   */
  function segment(text, stopWords) {
    const folded = fold(text);
    const runs = [...folded.matchAll(RUN)].map((match) => ({ word: match[0], start: match.index, end: match.index + match[0].length }));
    /** @type {Segment[]} */
    const segments = [];
    // A chain is a sequence of runs with the same joint; `neighbour` is the last run that may form a pair.
    let chain = "", first = 0, neighbour = -1;
    const closeChain = (/** @type {number} */ last) => {
      if (last <= first || !chain) return;
      const text = folded.slice(runs[first].start, runs[last].end);
      if (chain === ".") segments.push({ word: text.replace(/^v(?=[0-9])/, ""), form: "signs", from: first, to: last });
      else if (chain === "&" || chain === "/") segments.push({ word: text, form: "signs", from: first, to: last });
      else if (chain === "-" && last > first + 1) segments.push({ word: (text.match(RUN) ?? []).join(""), form: "compound", from: first, to: last });
    };
    runs.forEach(({ word, start, end }, i) => {
      const previous = runs[i - 1];
      const how = previous ? joint(previous.word, folded.slice(previous.end, start), word) : "";
      if (how !== chain) { closeChain(i - 1); chain = how; first = Math.max(0, i - 1); }
      const isStopWord = stopWords.has(word);
      const before = folded.slice(0, start), after = folded.slice(end);
      // The `s` of `it’s` and the `l` of `l’accès` are no words.
      const isWord = [...word].length > 1 || !(/['\u2019]$/.test(before) || /^['\u2019]/.test(after));
      if (isWord) segments.push({ word, form: "run", from: i, to: i });
      const signs = /^(?:#|\++)(?![\p{Alphabetic}\p{N}])/u.exec(after);
      if (signs) segments.push({ word: word + signs[0], form: "signs", from: i, to: i });
      else if (/^\p{Alphabetic}/u.test(word) && /(?:^|[^.\p{Alphabetic}\p{N}])\.$/u.test(before)) segments.push({ word: "." + word, form: "signs", from: i, to: i });
      if (how === "-") segments.push({ word: previous.word + word, form: "compound", from: i - 1, to: i });
      else if (how === " " && neighbour >= 0 && isWord && !isStopWord && !(/[0-9]$/.test(runs[neighbour].word) && /^[0-9]/.test(word))) segments.push({ word: runs[neighbour].word + word, form: "pair", from: neighbour, to: i });
      neighbour = !isStopWord && isWord ? i : how === " " ? neighbour : -1;
    });
    closeChain(runs.length - 1);
    return segments;
  }

  /** The parts of an identifier, split as in the index (src/markdown/spelling.rs). @param {string} text @returns {string[]} */
  const idParts = (text) => (fold(text).match(/[0-9]+|(?:(?![0-9])[\p{Alphabetic}\p{N}])+/gu) ?? []).map((part) => part.replace(/^0+(?=[0-9])/, ""));

  /** @type {Map<string, Shard>} */
  const shards = new Map();

  /** Parses the records of a line: steps between record numbers as digits of 32, each followed by a weight code. @param {string} text */
  function parseRecords(text) {
    /** @type {[number, number][]} */
    const records = [];
    for (let i = 0, record = 0; i < text.length;) {
      let digit, step = 0, shift = 0;
      do { digit = VALUE.get(text[i++]) ?? 0; step |= (digit & 31) << shift; shift += 5; } while (digit & 32);
      record += step;
      records.push([record, VALUE.get(text[i++]) ?? 0]);
    }
    return records;
  }

  /** Parses a shard: lines of `stem|endings|records` and `form>stem` (src/export/search/shards.rs). @param {string} name @param {string} text @returns {Shard} */
  function parseShard(name, text) {
    /** @type {Shard} */
    const shard = { groups: new Map(), aliases: new Map() };
    for (const line of text.split("\n")) {
      const [stem, endings, list] = line.split("|");
      if (list === undefined) {
        const [form, regular] = line.split(">");
        shard.aliases.set(form, regular);
        continue;
      }
      const records = parseRecords(list);
      const begun = shard.groups.get(stem);
      if (begun) begun.records.push(...records);
      else shard.groups.set(stem, { forms: endings.split(",").map((it) => it[0] === "~" ? it.slice(1) : stem + it), records });
    }
    shards.set(name, shard);
    return shard;
  }

  /** The shards that hold the words from one to another, at most so many. @param {SearchIndex} index @param {string} from @param {string} to @param {number} most */
  async function shardRange(index, from, to, most) {
    let first = index.words.findIndex(([word]) => word >= from);
    if (first < 0) first = index.words.length;
    // The shard before may still end with the word.
    if (first > 0) first -= 1;
    let last = first;
    while (last + 1 < index.words.length && index.words[last + 1][0] <= to) last += 1;
    const names = index.words.slice(first, Math.min(last + 1, first + most)).map(([, name]) => name);
    return Promise.all(names.map(async (name) => shards.get(name) ?? parseShard(name, await load(name))));
  }

  /** All shards that may hold a word. @param {SearchIndex} index @param {string} word */
  const shardsOf = (index, word) => shardRange(index, word, word, Infinity);

  /** The group of a stem, joined where a long list is divided among shards. @param {Shard[]} among @param {string} stem @returns {WordGroup | null} */
  function groupOf(among, stem) {
    const groups = among.flatMap((shard) => shard.groups.get(stem) ?? []);
    if (groups.length < 2) return groups[0] ?? null;
    return { forms: groups[0].forms, records: groups.flatMap((group) => group.records) };
  }

  /** Looks a stem up. @param {SearchIndex} index @param {string} stem */
  const findStem = async (index, stem) => groupOf(await shardsOf(index, stem), stem);

  /** The group with exactly this form. @param {SearchIndex} index @param {string} word */
  async function findForm(index, word) {
    const among = await shardsOf(index, word);
    for (const shard of among) {
      const stem = shard.aliases.get(word);
      if (stem) return findStem(index, stem);
    }
    // The stem is a prefix of the word, so that an earlier shard may hold it.
    // No stem has one letter, but a word may.
    for (let end = word.length; end > (word.length > 1 ? 1 : 0); end -= 1) {
      const stem = word.slice(0, end);
      const group = end === word.length ? groupOf(among, stem) : await findStem(index, stem);
      if (group?.forms.includes(word)) return group;
      if (word.length - end > LONGEST_ENDING) break;
    }
    return null;
  }

  /** Groups whose stem or alias begins with a prefix, from at most so many shards. @param {SearchIndex} index @param {string} prefix @param {number} most */
  async function findPrefix(index, prefix, most) {
    if (prefix.length < 2) return [];
    const among = await shardRange(index, prefix, prefix + "\uffff", most);
    const stems = new Set(among.flatMap((shard) => [...shard.groups.keys()]).filter((stem) => stem.startsWith(prefix)));
    const aliases = among.flatMap((shard) => [...shard.aliases]).filter(([form]) => form.startsWith(prefix));
    const groups = [...stems].map((stem) => groupOf(among, stem));
    for (const [, stem] of aliases.slice(0, MOST_ALIASES)) if (!stems.has(stem)) groups.push(await findStem(index, stem));
    return groups.filter((group) => group !== null);
  }

  /** The group of a form that does not occur: the word without a frequent ending is a stem. @param {SearchIndex} index @param {string} word */
  async function findUnseenForm(index, word) {
    for (const ending of index.endings) {
      const stem = word.endsWith(ending) ? word.slice(0, -ending.length) : "";
      const group = stem.length < SHORTEST_STEM ? null : await findStem(index, stem);
      if (group) return group;
    }
    return null;
  }

  Object.assign(shared, { index: { base, load, fold, tokens, segment, idParts, shardRange, groupOf, findForm, findPrefix, findUnseenForm } });
})();
