// search.js: looks queries up in the index. The palette and the search page call `controlbook.search`.
(function () {
  "use strict";
  /** @type {any} */
  const shared = window.controlbook;
  const base = new URL("../search/", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /** @type {Map<string, Promise<any>>} */
  const loads = new Map();
  /** @type {Record<string, (value: any) => void>} */
  const waiting = {};
  /** Each file of the index calls this with its name and what it holds. */
  shared.put = (/** @type {string} */ name, /** @type {any} */ value) => waiting[name]?.(value);

  /** @param {string} name @returns {Promise<any>} */
  function load(name) {
    let found = loads.get(name);
    if (!found) {
      found = new Promise((resolve, reject) => {
        waiting[name] = resolve;
        const script = document.createElement("script");
        script.src = new URL(name + ".js", base).href;
        script.onerror = () => { loads.delete(name); script.remove(); reject(new Error("The search index could not be loaded.")); };
        document.head.append(script);
      });
      loads.set(name, found);
    }
    return found;
  }

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...DIGITS].map((digit, at) => [digit, at]));

  /** Lower case, without accents. @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** @param {string} text @returns {string[]} */
  const tokens = (text) => fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];

  const RUN = /[\p{Alphabetic}\p{N}]+/gu;
  /** How a run is joined to the one before it. @param {string} before @param {string} between @param {string} run */
  function joint(before, between, run) {
    if (between === "&") return "&";
    if (between === "." && /[0-9]$/.test(before) && /^[0-9]/.test(run)) return ".";
    if (between === "/" && [...before].length < 3 && [...run].length < 3) return "/";
    if (between === "-" || between === "\u2010" || between === ".") return "-";
    return /^\s*$/.test(between) ? " " : "";
  }

  /**
   * Cuts a text into words as the index does (src/export/search/words.rs): runs of letters and digits; with the signs that make them one word,
   * `1.3`, `c++`, `r&d`; joined by a hyphen and written as one; two neighbours written as one, beyond stop words.
   * @param {string} text @param {Set<string>} stops
   * @returns {{word: string, form: "run" | "signs" | "compound" | "pair", from: number, to: number}[]} `from` and `to` count runs
   */
  function cut(text, stops) {
    const folded = fold(text);
    const runs = [...folded.matchAll(RUN)].map((it) => ({ word: it[0], start: it.index, end: it.index + it[0].length }));
    /** @type {any[]} */
    const out = [];
    let chain = "", first = 0, neighbour = -1;
    const close = (/** @type {number} */ last) => {
      if (last <= first || !chain) return;
      const all = folded.slice(runs[first].start, runs[last].end);
      if (chain === ".") out.push({ word: all.replace(/^v(?=[0-9])/, ""), form: "signs", from: first, to: last });
      else if (chain === "&" || chain === "/") out.push({ word: all, form: "signs", from: first, to: last });
      else if (chain === "-" && last > first + 1) out.push({ word: (all.match(RUN) ?? []).join(""), form: "compound", from: first, to: last });
    };
    runs.forEach(({ word, start, end }, at) => {
      const before = runs[at - 1];
      const how = before ? joint(before.word, folded.slice(before.end, start), word) : "";
      if (how !== chain) { close(at - 1); chain = how; first = Math.max(0, at - 1); }
      const stop = stops.has(word);
      const ahead = folded.slice(0, start), after = folded.slice(end);
      const whole = [...word].length > 1 || !(/['\u2019]$/.test(ahead) || /^['\u2019]/.test(after));
      if (whole) out.push({ word, form: "run", from: at, to: at });
      const signs = /^(?:#|\++)(?![\p{Alphabetic}\p{N}])/u.exec(after);
      if (signs) out.push({ word: word + signs[0], form: "signs", from: at, to: at });
      else if (/^\p{Alphabetic}/u.test(word) && /(?:^|[^.\p{Alphabetic}\p{N}])\.$/u.test(ahead)) out.push({ word: "." + word, form: "signs", from: at, to: at });
      if (how === "-") out.push({ word: before.word + word, form: "compound", from: at - 1, to: at });
      else if (how === " " && neighbour >= 0 && whole && !stop && !(/[0-9]$/.test(runs[neighbour].word) && /^[0-9]/.test(word))) out.push({ word: runs[neighbour].word + word, form: "pair", from: neighbour, to: at });
      neighbour = !stop && whole ? at : how === " " ? neighbour : -1;
    });
    close(runs.length - 1);
    return out;
  }

  /** The parts of an identifier, as in the index. @param {string} text @returns {string[]} */
  const parts = (text) => (fold(text).match(/[0-9]+|(?:(?![0-9])[\p{Alphabetic}\p{N}])+/gu) ?? []).map((it) => it.replace(/^0+(?=[0-9])/, ""));

  /**
   * @typedef {{forms: string[], records: [number, number][]}} Group
   * @typedef {{groups: Map<string, Group>, aliases: Map<string, string>}} Shard
   */

  /** @type {Map<string, Shard>} */
  const shards = new Map();

  /** @param {string} name @param {string} text @returns {Shard} */
  function read(name, text) {
    /** @type {Shard} */
    const out = { groups: new Map(), aliases: new Map() };
    for (const line of text.split("\n")) {
      const [stem, ends, list] = line.split("|");
      if (list === undefined) {
        const [form, of] = line.split(">");
        out.aliases.set(form, of);
        continue;
      }
      /** @type {[number, number][]} */
      const records = [];
      for (let at = 0, record = 0; at < list.length;) {
        let digit, step = 0, shift = 0;
        do { digit = VALUE.get(list[at++]) ?? 0; step |= (digit & 31) << shift; shift += 5; } while (digit & 32);
        record += step;
        records.push([record, VALUE.get(list[at++]) ?? 0]);
      }
      const before = out.groups.get(stem);
      if (before) before.records.push(...records);
      else out.groups.set(stem, { forms: ends.split(",").map((it) => it[0] === "~" ? it.slice(1) : stem + it), records });
    }
    shards.set(name, out);
    return out;
  }

  /** The shards that hold the words from one to another. @param {any} index @param {string} from @param {string} to @param {number} most */
  async function range(index, from, to, most) {
    let first = index.words.findIndex((/** @type {[string]} */ [word]) => word >= from);
    if (first < 0) first = index.words.length;
    if (first > 0) first -= 1;
    let last = first;
    while (last + 1 < index.words.length && index.words[last + 1][0] <= to) last += 1;
    const names = index.words.slice(first, Math.min(last + 1, first + most)).map((/** @type {[string, string]} */ it) => it[1]);
    const found = await Promise.all(names.map(async (/** @type {string} */ name) => shards.get(name) ?? read(name, await load(name))));
    return /** @type {Shard[]} */ (found);
  }

  /** A group that several shards may hold in parts. @param {Shard[]} among @param {string} stem @returns {Group | null} */
  function group(among, stem) {
    const found = among.flatMap((it) => it.groups.get(stem) ?? []);
    if (found.length < 2) return found[0] ?? null;
    return { forms: found[0].forms, records: found.flatMap((it) => it.records) };
  }

  /** The group of exactly this form. @param {any} index @param {string} word */
  async function exact(index, word) {
    const among = await range(index, word, word, 99);
    for (const shard of among) {
      const of = shard.aliases.get(word);
      if (of) return group(await range(index, of, of, 99), of);
    }
    // The stem is a beginning of the word: shards before this one may hold it.
    // No stem has one letter, but a word may.
    for (let end = word.length; end > (word.length > 1 ? 1 : 0); end -= 1) {
      const stem = word.slice(0, end);
      const found = group(end === word.length ? among : await range(index, stem, stem, 99), stem);
      if (found?.forms.includes(word)) return found;
      if (word.length - end > 4) break;
    }
    return null;
  }

  /** Groups with a form that begins so, as far as so many shards hold them. @param {any} index @param {string} word @param {number} most */
  async function beginning(index, word, most) {
    if (word.length < 2) return [];
    const among = await range(index, word, word + "\uffff", most);
    const stems = new Set(among.flatMap((it) => [...it.groups.keys()]).filter((it) => it.startsWith(word)));
    const aliases = among.flatMap((it) => [...it.aliases]).filter(([form]) => form.startsWith(word));
    const out = [...stems].map((stem) => group(among, stem));
    for (const [, of] of aliases.slice(0, 8)) if (!stems.has(of)) out.push(group(await range(index, of, of, 99), of));
    return /** @type {Group[]} */ (out.filter(Boolean));
  }

  /** A form that does not occur, by its stem and a usual ending. @param {any} index @param {string} word */
  async function unseen(index, word) {
    for (const ending of index.endings) {
      const stem = word.endsWith(ending) ? word.slice(0, -ending.length) : "";
      if (stem.length < 4) continue;
      const found = group(await range(index, stem, stem, 99), stem);
      if (found) return found;
    }
    return null;
  }

  Object.assign(shared, { index: { base, load, fold, tokens, cut, parts, range, group, exact, beginning, unseen } });
})();
