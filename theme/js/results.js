// results.js: the results of a query, filtered and counted, with excerpts: `controlbook.search`, `controlbook.rows`, `controlbook.excerpt`.

/**
 * @typedef {object} Results
 * @property {SearchIndex} index
 * @property {number[]} hits records by rank
 * @property {number[]} counts by facet value, how many records it would leave
 * @property {number[]} answers records of the terms that the query names
 * @property {number | null} cited the one record with the identifier that the query is
 * @property {number} first how many of the hits an identifier found
 * @property {[string, string[]][]} instead misspelt words, with those that were searched instead
 * @property {string[]} missing words that nothing answers
 * @property {number} unread how many records were not read in search of a quotation
 * @property {(word: string) => boolean} marks whether a word of a text is one of the query
 *
 * @typedef {{record: number, id: string, title: string, printed: string | undefined, href: string, kind: FacetValue}} ResultRow
 */
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { manifest, findCitation, parseQuery, PREFIX, DEFINING } = shared.query;
  const { rank } = shared;
  const { load, fold, tokens } = shared.index;

  /** A text as whole words with one blank between. @param {string} text */
  const spaced = (text) => " " + tokens(text).join(" ") + " ";
  const QUOTATION = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
  /** How many records are read in search of a quotation, how many at once, and how many with it are enough. */
  const MOST_READ = 400, BATCH = 40, ENOUGH_FOUND = 60;
  /** The share of a query that a record must answer. */
  const ENOUGH = 0.35;

  /** Identifier, title, address and printed identifier of a record. @param {SearchIndex} index @param {number} record @returns {Promise<[string, string, string, string | undefined]>} */
  async function loadHead(index, record) {
    const list = await load(index.heads[Math.floor(record / index.chunk)]);
    return list[record % index.chunk];
  }

  /** Summary and sections (anchor, heading, text) of a record. @param {SearchIndex} index @param {number} record @returns {Promise<[string, [string, string, string][]]>} */
  async function loadText(index, record) {
    const [first, file] = /** @type {[number, string]} */ (index.texts.findLast(([first]) => first <= record));
    return (await load(file))[record - first];
  }

  /** Whether a record holds every quotation. @param {SearchIndex} index @param {string[]} quotations spaced @param {number} record */
  async function quotes(index, quotations, record) {
    const [[, title], [summary, sections]] = await Promise.all([loadHead(index, record), loadText(index, record)]);
    const texts = [title, summary, ...sections.flatMap(([, heading, text]) => [heading, text])].map(spaced);
    return quotations.every((quotation) => texts.some((text) => text.includes(quotation)));
  }

  /** The records that hold every quotation, and how many were left unread. @param {SearchIndex} index @param {string[]} quotations @param {number[]} records */
  async function filterQuotations(index, quotations, records) {
    const wanted = quotations.map(spaced);
    /** @type {number[]} */
    const quoting = [];
    let read = 0;
    while (read < Math.min(records.length, MOST_READ) && quoting.length < ENOUGH_FOUND) {
      const batch = records.slice(read, read += BATCH);
      const held = await Promise.all(batch.map((record) => quotes(index, wanted, record)));
      quoting.push(...batch.filter((_, i) => held[i]));
    }
    return { records: quoting, unread: Math.max(0, records.length - read) };
  }

  const QUESTION = /^\s*(?:what|who)(?:['’]?s|\s+(?:is|are|was|were|does|do))\s/i;
  /**
   * Ranks records. A query that asks for the definition of a term is ranked without the words that only ask, and `defines` is true.
   * @param {SearchIndex} index @param {Query} query @param {string} text of the query @param {number} enough the share that a record must answer
   */
  function rankRecords(index, query, text, enough) {
    const { words, pairs } = query;
    const ranking = { ...rank(index, query, enough), defines: false };
    const bare = words.filter((it) => !DEFINING.has(it.word));
    // A title that is the query answers it better than a definition.
    if (ranking.filled || !bare.length || (bare.length === words.length && !QUESTION.test(text))) return ranking;
    const positions = words.map((word) => bare.indexOf(word));
    const left = pairs.map((pair) => ({ ...pair, from: positions[pair.from], to: positions[pair.to] })).filter((pair) => pair.from >= 0 && pair.to >= 0);
    const definition = rank(index, { words: bare, pairs: left }, enough);
    return definition.whole ? { ...definition, defines: true } : ranking;
  }

  /** Filters records by the chosen values, and counts for each value the records that it would leave beside those chosen in other facets. @param {SearchIndex} index @param {number[]} records @param {Record<string, string[]>} chosen */
  function filter(index, records, chosen) {
    const facets = index.facets.map(([name]) => ({ name, chosen: chosen[name]?.length ? new Set(chosen[name]) : null }));
    const isChosen = (/** @type {number} */ value, /** @type {typeof facets[0]} */ facet) => index.values[value].group === facet.name && facet.chosen?.has(index.values[value].name);
    /** By profile, the facets whose choice it does not fit. */
    const misfits = index.profiles.map((profile) => facets.filter((facet) => facet.chosen && !profile.some((value) => isChosen(value, facet))));
    const counts = index.values.map(() => 0);
    /** @type {number[]} */
    const hits = [];
    for (const record of records) {
      const profile = index.profile[record];
      const [misfit, ...others] = misfits[profile];
      if (others.length) continue;
      if (!misfit) hits.push(record);
      for (const value of index.profiles[profile]) if (!misfit || index.values[value].group === misfit.name) counts[value] += 1;
    }
    return { hits, counts };
  }

  /** The forms of words that answer a query, to mark them in texts. @param {QueryWord[]} words */
  const answeringForms = (words) => new Set(words.flatMap(({ word, groups }) => groups.flatMap(([{ forms }, factor]) => factor === PREFIX ? forms.filter((form) => form.startsWith(word)) : forms)));

  /** Searches. `chosen` has the values to filter by, by facet. @param {string} text @param {Record<string, string[]>} [chosen] @returns {Promise<Results>} */
  shared.search = async (text, chosen = {}) => {
    /** @type {SearchIndex} */
    const index = await manifest();
    const quotations = [...text.matchAll(QUOTATION)].map((match) => match[1]).filter((quotation) => tokens(quotation).length);
    /** @type {Citation} */
    const citation = quotations.length ? { own: [], more: [], whole: false } : await findCitation(index, text.replace(QUOTATION, " "));
    const typing = /[^\s"“”„«»]$/.test(text);
    // The records with an identifier answer it, and no words do; digits and points alone may be a version, too.
    const isIdentifier = citation.whole && /[0-9]/.test(text) && /[^0-9.\s]/.test(text);
    /** @type {Query} */
    const query = isIdentifier ? { words: [], pairs: [] } : await parseQuery(index, text, typing);
    const { words } = query;
    const ranking = rankRecords(index, query, text, quotations.length ? 1 : ENOUGH);
    const { records, unread } = quotations.length ? await filterQuotations(index, quotations, ranking.records) : { records: ranking.records, unread: 0 };
    const first = new Set([...citation.own, ...(citation.whole ? citation.more : [])]);
    const { hits, counts } = filter(index, [...new Set([...first, ...ranking.defines ? ranking.answers : [], ...records])], chosen);
    const forms = answeringForms(words);
    return {
      index, hits, counts, unread,
      answers: ranking.answers,
      cited: citation.sure ? citation.own[0] : null,
      first: hits.filter((record) => first.has(record)).length,
      instead: words.filter((it) => it.instead.length).map((it) => [it.word, it.instead]),
      missing: words.filter((it) => !it.groups.length).map((it) => it.word),
      marks: (word) => forms.has(fold(word)),
    };
  };

  /** Says how many results there are, and what was searched instead of misspelt words. @param {Results} results @param {string} query @returns {string} */
  shared.tally = (results, query) => {
    const count = results.hits.length;
    const instead = results.instead.map(([word, others]) => ` “${word}” does not occur; shown is ${others.map((it) => `“${it}”`).join(" or ")}.`);
    const unread = results.unread ? ` ${results.unread.toLocaleString("en")} more places with these words were not read.` : "";
    if (!count) return `Nothing found for “${query}”.${unread} Try an identifier, fewer words, or fewer filters.`;
    return `${count.toLocaleString("en")} result${count === 1 ? "" : "s"} for “${query}”.${instead.join("")}${unread}`;
  };

  /** The kind of a record. @param {Results} results @param {number} record */
  shared.kind = ({ index }, record) => index.kinds[index.profile[record]];

  /** What results show before their excerpts. @param {Results} results @param {number[]} records @returns {Promise<ResultRow[]>} */
  shared.rows = (results, records) => Promise.all(records.map(async (record) => {
    const [id, title, href, printed] = await loadHead(results.index, record);
    return { record, id, title, printed, href: new URL("../" + href, shared.index.base).href, kind: shared.kind(results, record) };
  }));

  /** The terms that a query names, with their definitions. @param {Results} results */
  shared.terms = async (results) => {
    const rows = await shared.rows(results, results.answers);
    return Promise.all(rows.map(async (/** @type {ResultRow} */ row) => ({ ...row, text: (await loadText(results.index, row.record))[0] })));
  };

  /** The row of the one record whose identifier the query is; letters alone count only as the record writes them. @param {Results} results @param {string} query @returns {Promise<ResultRow | null>} */
  shared.citedRow = async (results, query) => {
    if (results.cited === null || results.hits[0] !== results.cited) return null;
    const [row] = await shared.rows(results, [results.cited]);
    const isIdentifier = /[^0-9.\s]/.test(query) || results.hits.length === 1;
    return isIdentifier && (/[0-9]/.test(query) || query.trim() === row.id) ? row : null;
  };

  const WORD = /[\p{Alphabetic}\p{N}]+/gu;
  /** The length of an excerpt. */
  const LENGTH = 170;

  /** The section of a record with the most words of the query close together, and where they begin. @param {Results} results @param {number} record */
  async function bestSection(results, record) {
    const [summary, sections] = await loadText(results.index, record);
    let best = { worth: -1, text: "", start: 0, anchor: "", heading: "" };
    for (const [anchor, heading, text] of [["", "", summary], ...sections]) {
      const marked = [...text.matchAll(WORD)].filter(([word]) => results.marks(word));
      marked.forEach((match, i) => {
        const near = marked.slice(i).filter((other) => other.index < match.index + LENGTH - 20).map(([word]) => fold(word));
        const worth = new Set(near).size + near.length / 100;
        if (worth > best.worth) best = { worth, text, start: match.index, anchor, heading };
      });
      if (best.worth < 0 && text) best = { worth: 0, text, start: 0, anchor, heading };
    }
    return best;
  }

  /** An excerpt of a record's text, in pieces that are marked or not. @param {Results} results @param {number} record */
  shared.excerpt = async (results, record) => {
    const { text, start, anchor, heading } = await bestSection(results, record);
    const from = start < LENGTH / 3 ? 0 : text.lastIndexOf(" ", start - 30) + 1;
    let to = Math.min(text.length, from + LENGTH);
    if (to < text.length) to = Math.max(from + 1, text.lastIndexOf(" ", to));
    const excerpt = text.slice(from, to);
    /** @type {[string, boolean][]} */
    const pieces = [];
    if (from > 0) pieces.push(["… ", false]);
    let last = 0;
    for (const { 0: word, index } of excerpt.matchAll(WORD)) if (results.marks(word)) {
      pieces.push([excerpt.slice(last, index), false], [word, true]);
      last = index + word.length;
    }
    pieces.push([excerpt.slice(last), false]);
    if (to < text.length) pieces.push([" …", false]);
    return { anchor, heading, pieces };
  };
})();
