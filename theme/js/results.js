// results.js: a query's results, filtered and counted, with excerpts: `controlbook.search`, `controlbook.rows`, `controlbook.excerpt`.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { manifest, cited, asked, PREFIX, DEFINING } = shared.query;
  const { score } = shared.rank;
  const { load, fold, tokens } = shared.index;

  /** Whole words of a quotation, with one blank between. @param {string} text */
  const plain = (text) => " " + tokens(text).join(" ") + " ";
  const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
  /** How many records are read in full to look for a quotation, how many at once, and how many finds are enough. */
  const READ = 400, BATCH = 40, FINDS = 60;
  /** The share of what a query asks that a record must answer. */
  const ENOUGH = 0.35;

  /** @param {any} index @param {number} record */
  async function head(index, record) {
    const list = await load(index.heads[Math.floor(record / index.chunk)]);
    return list[record % index.chunk];
  }

  /** Summary and sections of a record. @param {any} index @param {number} record @returns {Promise<[string, [string, string, string][]]>} */
  async function text(index, record) {
    let at = index.texts.length - 1;
    while (index.texts[at][0] > record) at -= 1;
    const [first, name] = index.texts[at];
    return (await load(name))[record - first];
  }

  /** Those that hold every quotation, as far as they were read. @param {any} index @param {string[]} quoted @param {number[]} records */
  async function quoting(index, quoted, records) {
    const wanted = quoted.map(plain);
    const out = [];
    let read = 0;
    while (read < Math.min(records.length, READ) && out.length < FINDS) {
      const batch = records.slice(read, read += BATCH);
      const held = await Promise.all(batch.map(async (record) => {
        const [[, title], [summary, sections]] = await Promise.all([head(index, record), text(index, record)]);
        const all = [title, summary, ...sections.flatMap(([, heading, words]) => [heading, words])].map(plain);
        return wanted.every((it) => all.some((words) => words.includes(it)));
      }));
      out.push(...batch.filter((_, at) => held[at]));
    }
    return { records: out, unread: Math.max(0, records.length - read) };
  }

  const QUESTION = /^\s*(?:what|who)(?:['’]?s|\s+(?:is|are|was|were|does|do))\s/i;
  /**
   * Records in their order, with the terms that the query names. A query that asks what a term means is answered without the words that only say so.
   * @param {any} index @param {any} wanted @param {string} query @param {number} enough
   */
  function ranking(index, wanted, query, enough) {
    const { words, pairs } = wanted;
    const all = { ...score(index, wanted, enough), defines: false };
    const bare = words.filter((/** @type {any} */ it) => !DEFINING.has(it.word));
    // A title that is the query answers it better.
    if (all.filled || !bare.length || (bare.length === words.length && !QUESTION.test(query))) return all;
    const place = words.map((/** @type {any} */ it) => bare.indexOf(it));
    const kept = pairs.map((/** @type {any} */ it) => ({ ...it, from: place[it.from], to: place[it.to] })).filter((/** @type {any} */ it) => it.from >= 0 && it.to >= 0);
    const meant = score(index, { words: bare, pairs: kept }, enough);
    return meant.whole ? { ...meant, defines: true } : all;
  }

  /**
   * Looks a query up. `chosen` has the values to filter by, by group.
   * @param {string} query @param {Record<string, string[]>} [chosen]
   * @returns {Promise<any>} `hits` (records in order), `answers` (terms that it names), `sure` (the one bearer of an identifier that it is), `counts` by value, `first` (how many an identifier found), `instead` (words taken for misspelt ones), `unread` (records in which a quotation was not looked for), `marks`
   */
  shared.search = async (query, chosen = {}) => {
    const index = await manifest();
    const quoted = [...query.matchAll(QUOTED)].map((it) => it[1]).filter((it) => tokens(it).length);
    const free = query.replace(QUOTED, " ");
    const named = quoted.length ? { own: [], more: [], whole: false } : await cited(index, free);
    const typing = /[^\s"“”„«»]$/.test(query);
    // An identifier is answered by its bearers; digits and points alone may be a version, too.
    const skip = named.whole && /[0-9]/.test(query) && /[^0-9.\s]/.test(query);
    const wanted = skip ? { words: [], pairs: [] } : await asked(index, query, typing);
    const { words } = wanted;
    const { records: worthy, answers, defines } = ranking(index, wanted, query, quoted.length ? 1 : ENOUGH);
    const { records: ranked, unread } = quoted.length ? await quoting(index, quoted, worthy) : { records: worthy, unread: 0 };
    const first = new Set([...named.own, ...(named.whole ? named.more : [])]);
    const found = [...new Set([...first, ...defines ? answers : [], ...ranked])];

    const groups = index.facets.map((/** @type {any} */ [name]) => name);
    const narrowed = groups.map((/** @type {string} */ name) => chosen[name]?.length ? new Set(chosen[name]) : null);
    const fits = index.profiles.map((/** @type {number[]} */ list) => narrowed.map((/** @type {Set<string> | null} */ set, /** @type {number} */ at) => !set || list.some((it) => index.values[it].group === groups[at] && set.has(index.values[it].name))));
    const counts = index.values.map(() => 0);
    const hits = [];
    for (const record of found) {
      const which = index.profile[record];
      const misses = fits[which].filter((/** @type {boolean} */ it) => !it).length;
      if (!misses) hits.push(record);
      if (misses < 2) for (const value of index.profiles[which]) if (!misses || !fits[which][groups.indexOf(index.values[value].group)]) counts[value] += 1;
    }
    const forms = new Set(words.flatMap(({ word, groups }) => groups.flatMap(([it, factor]) => factor === PREFIX ? it.forms.filter((/** @type {string} */ form) => form.startsWith(word)) : it.forms)));
    return {
      index, hits, counts, answers,
      sure: named.sure ? { record: named.own[0] } : null,
      first: hits.filter((it) => first.has(it)).length,
      instead: words.filter((it) => it.instead.length).map((it) => [it.word, it.instead]),
      missing: words.filter((it) => !it.groups.length).map((it) => it.word),
      unread,
      marks: (/** @type {string} */ word) => forms.has(fold(word)),
    };
  };

  /** How many there are, in words, and what was taken for what. @param {any} found @param {string} query @returns {string} */
  shared.tally = (found, query) => {
    const count = found.hits.length;
    const taken = found.instead.map((/** @type {[string, string[]]} */ [word, others]) => ` “${word}” does not occur; shown is ${others.map((it) => `“${it}”`).join(" or ")}.`);
    const unread = found.unread ? ` ${found.unread.toLocaleString("en")} more places with these words were not read.` : "";
    if (!count) return `Nothing found for “${query}”.${unread} Try an identifier, fewer words, or fewer filters.`;
    return `${count.toLocaleString("en")} result${count === 1 ? "" : "s"} for “${query}”.${taken.join("")}${unread}`;
  };

  /** What a record is. @param {any} found @param {number} record */
  shared.kind = (found, record) => found.index.kinds[found.index.profile[record]];

  /** What results show at once. @param {any} found @param {number[]} records */
  shared.rows = (found, records) => Promise.all(records.map(async (record) => {
    const [id, title, href, printed] = await head(found.index, record);
    return { record, id, title, printed, href: new URL("../" + href, shared.index.base).href, kind: shared.kind(found, record) };
  }));

  /** The terms that a query names, with what they mean. @param {any} found */
  shared.terms = async (found) => {
    const rows = await shared.rows(found, found.answers);
    return Promise.all(rows.map(async (/** @type {any} */ row) => ({ ...row, text: (await text(found.index, row.record))[0] })));
  };

  /** The one place that a query cites and nothing else; letters alone only as they are written there. @param {any} found @param {string} query @returns {Promise<any>} */
  shared.place = async (found, query) => {
    if (!found.sure || found.hits[0] !== found.sure.record) return null;
    const [row] = await shared.rows(found, [found.sure.record]);
    const alone = /[^0-9.\s]/.test(query) || found.hits.length === 1;
    return alone && (/[0-9]/.test(query) || query.trim() === row.id) ? row : null;
  };

  const WORD = /[\p{Alphabetic}\p{N}]+/gu;
  const LONG = 170;

  /** The part of a record's text that answers best, cut into marked and other pieces. @param {any} found @param {number} record */
  shared.excerpt = async (found, record) => {
    const [summary, sections] = await text(found.index, record);
    let best = { worth: -1, text: "", from: 0, anchor: "", heading: "" };
    for (const [anchor, heading, words] of [["", "", summary], ...sections]) {
      const hits = [...words.matchAll(WORD)].filter((it) => found.marks(it[0]));
      hits.forEach((hit, at) => {
        const near = hits.slice(at).filter((it) => it.index < hit.index + LONG - 20).map((it) => fold(it[0]));
        const worth = new Set(near).size + near.length / 100;
        if (worth > best.worth) best = { worth, text: words, from: hit.index, anchor, heading };
      });
      if (best.worth < 0 && words) best = { worth: 0, text: words, from: 0, anchor, heading };
    }
    let from = best.from < LONG / 3 ? 0 : best.text.lastIndexOf(" ", best.from - 30) + 1;
    let to = Math.min(best.text.length, from + LONG);
    if (to < best.text.length) to = Math.max(from + 1, best.text.lastIndexOf(" ", to));
    const cut = best.text.slice(from, to);
    /** @type {[string, boolean][]} */
    const pieces = [];
    if (from > 0) pieces.push(["… ", false]);
    let last = 0;
    for (const it of cut.matchAll(WORD)) if (found.marks(it[0])) {
      pieces.push([cut.slice(last, it.index), false], [it[0], true]);
      last = it.index + it[0].length;
    }
    pieces.push([cut.slice(last), false]);
    if (to < best.text.length) pieces.push([" …", false]);
    return { anchor: best.anchor, heading: best.heading, pieces };
  };
})();
