// results.js: a query's results, filtered and counted, with excerpts: `controlbook.search`, `controlbook.rows`, `controlbook.excerpt`.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const { manifest, cited, lookUp, score, PREFIX } = shared.rank;
  const { load, fold, tokens } = shared.index;

  /** Whole words of a quotation, with one blank between. @param {string} text */
  const plain = (text) => " " + tokens(text).join(" ") + " ";
  const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
  /** How many records are read in full to look for a quotation, how many at once, and how many finds are enough. */
  const READ = 400, BATCH = 40, FINDS = 60;
  /** The share of what a query asks that a record must answer. */
  const ENOUGH = 0.5;

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

  /**
   * Looks a query up. `chosen` has the values to filter by, by group.
   * @param {string} query @param {Record<string, string[]>} [chosen]
   * @returns {Promise<any>} `hits` (records in order), `counts` by value, `first` (how many an identifier found), `instead` (words taken for misspelt ones), `unread` (records in which a quotation was not looked for), `marks`
   */
  shared.search = async (query, chosen = {}) => {
    const index = await manifest();
    const quoted = [...query.matchAll(QUOTED)].map((it) => it[1]).filter((it) => tokens(it).length);
    const free = query.replace(QUOTED, " ");
    const named = quoted.length ? { own: [], more: [], whole: false } : await cited(index, free);
    const all = tokens(query).filter((/** @type {string} */ it) => it.length > 1 || /[0-9]/.test(it));
    const telling = all.filter((/** @type {string} */ it) => !index.stopWords.has(it));
    const asked = [...new Set(telling.length ? telling : all)];
    const typing = /[^\s"“”„«»]$/.test(query);
    const skip = named.whole && /[0-9]/.test(query);
    const words = skip ? [] : await Promise.all(asked.map((it, at) => lookUp(index, it, typing && at === asked.length - 1)));
    const worthy = score(index, words, quoted.length ? 1 : ENOUGH);
    const { records: ranked, unread } = quoted.length ? await quoting(index, quoted, worthy) : { records: worthy, unread: 0 };
    const first = new Set([...named.own, ...(named.whole ? named.more : [])]);
    const found = [...first, ...ranked.filter((/** @type {number} */ it) => !first.has(it))];

    const groups = index.facets.map((/** @type {any} */ [name]) => name);
    const wanted = groups.map((/** @type {string} */ name) => chosen[name]?.length ? new Set(chosen[name]) : null);
    const fits = index.profiles.map((/** @type {number[]} */ list) => wanted.map((/** @type {Set<string> | null} */ set, /** @type {number} */ at) => !set || list.some((it) => index.values[it].group === groups[at] && set.has(index.values[it].name))));
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
      index, hits, counts,
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

  /** What results show at once. @param {any} found @param {number[]} records */
  shared.rows = (found, records) => Promise.all(records.map(async (record) => {
    const [id, title, href] = await head(found.index, record);
    return { record, id, title, href: new URL("../" + href, shared.index.base).href, kind: found.index.kinds[found.index.profile[record]] };
  }));

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
