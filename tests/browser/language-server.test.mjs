// What an author's editor says, in the real YAML language server: mistakes marked, keys completed, each with its doc comment.
//
// The server reads the schema that the file's first line names; it may reach nothing but this disk.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const server = path.join(here, "node_modules/yaml-language-server/bin/yaml-language-server");
const MEASURE = "content/measures/HCS-09.yaml";
const written = readFileSync(path.join(root, MEASURE), "utf8");
const schema = JSON.parse(readFileSync(path.join(root, "schemas/measure.schema.json"), "utf8"));

/** Loaded into the server before its own code: whatever opens a connection is written down and refused. */
const OFFLINE = `
import net from "node:net";
import dns from "node:dns";
const refuse = (what) => { process.stderr.write("NETWORK " + what + "\\n"); throw new Error("no network here"); };
net.Socket.prototype.connect = (...to) => refuse("connect " + JSON.stringify(to[0]));
dns.lookup = (name) => refuse("lookup " + name);
`;

/** A language server over its standard streams, in the protocol's own frames. */
class Client {
  constructor() {
    const offline = `data:text/javascript,${encodeURIComponent(OFFLINE)}`;
    this.child = spawn(process.execPath, ["--import", offline, server, "--stdio"], { cwd: root });
    this.errors = "";
    this.waiting = new Map();
    this.reports = new Map();
    this.watchers = new Map();
    this.last = 0;
    this.child.stderr.on("data", (chunk) => (this.errors += chunk));
    this.child.stdout.on("data", (chunk) => this.read(chunk));
  }

  read(chunk) {
    this.bytes = Buffer.concat([this.bytes ?? Buffer.alloc(0), chunk]);
    for (;;) {
      const end = this.bytes.indexOf("\r\n\r\n");
      const length = end < 0 ? null : Number(/Content-Length: (\d+)/i.exec(this.bytes.subarray(0, end))[1]);
      if (length === null || this.bytes.length < end + 4 + length) return;
      this.message(JSON.parse(this.bytes.subarray(end + 4, end + 4 + length)));
      this.bytes = this.bytes.subarray(end + 4 + length);
    }
  }

  message(message) {
    if (message.method === "textDocument/publishDiagnostics") {
      const { uri, version, diagnostics } = message.params;
      this.reports.set(uri, { version, diagnostics });
      this.watchers.get(uri)?.();
    } else if (message.method && message.id !== undefined) {
      const answer = message.method === "workspace/configuration" ? message.params.items.map(({ section }) => SETTINGS[section] ?? null) : null;
      this.send({ id: message.id, result: answer });
    } else if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    }
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  async ask(method, params) {
    const id = ++this.last;
    const answer = new Promise((resolve) => this.waiting.set(id, resolve));
    this.send({ id, method, params });
    const { result, error } = await within(answer, method);
    assert.equal(error, undefined, `${method}: ${error?.message}`);
    return result;
  }

  /** Opens a text under a name of its own beside the real file, and gives its address and what is marked in it. */
  async open(text) {
    const uri = pathToFileURL(path.join(root, "content/measures", `HCS-9${++this.last}.yaml`)).href;
    const reported = new Promise((resolve) => this.watchers.set(uri, resolve));
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    await within(reported, "diagnostics");
    return { uri, marks: this.reports.get(uri).diagnostics.map((it) => ({ message: it.message, words: textIn(text, it.range), line: it.range.start.line })) };
  }
}

const SETTINGS = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false, url: "" } },
  http: {},
  "[yaml]": {},
  editor: {},
  files: {},
};

/** A promise that fails with a name when nothing comes. */
function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer in 20 s: ${what}`)), 20_000)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The words of a range of one line. */
function textIn(text, { start, end }) {
  const line = text.split("\n")[start.line];
  return end.line === start.line ? line.slice(start.character, end.character) : line.slice(start.character);
}

/** The position behind the first place of some words. */
function behind(text, words) {
  const before = text.slice(0, text.indexOf(words) + words.length).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

/** What an answer says, whether it comes as a text or as marked-up content. */
const words = (content) => (typeof content === "string" ? content : Array.isArray(content) ? content.map(words).join("\n") : (content?.value ?? ""));

let client;
before(async () => {
  client = new Client();
  const uri = pathToFileURL(root).href;
  const capabilities = {
    textDocument: {
      completion: { completionItem: { documentationFormat: ["markdown", "plaintext"], snippetSupport: true } },
      hover: { contentFormat: ["markdown", "plaintext"] },
    },
    workspace: { configuration: true },
  };
  await client.ask("initialize", { processId: process.pid, rootUri: uri, workspaceFolders: [{ uri, name: "book" }], capabilities });
  client.notify("initialized", {});
  client.notify("workspace/didChangeConfiguration", { settings: SETTINGS });
});
after(async () => {
  await client.ask("shutdown");
  client.notify("exit");
  client.child.stdin.end();
});

test("the real file names its schema and has no mark", async () => {
  assert.match(written, /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/measure\.schema\.json\n/);
  const { marks } = await client.open(written);
  assert.deepEqual(marks, []);
});

test("a wrong word is marked, with the words that are right", async () => {
  const { marks } = await client.open(written.replace("responsibility: shared", "responsibility: sharde"));
  assert.equal(marks.length, 1, JSON.stringify(marks));
  assert.equal(marks[0].words, "sharde");
  for (const word of ["customer", "provider", "shared"]) assert.ok(marks[0].message.includes(word), marks[0].message);
});

test("a missing key is marked", async () => {
  const { marks } = await client.open(written.replace(/^group: .*\n/m, ""));
  assert.equal(marks.length, 1, JSON.stringify(marks));
  assert.match(marks[0].message, /group/);
});

test("an unknown key is marked", async () => {
  const { marks } = await client.open(written.replace(/^kind: /m, "colour: red\nkind: "));
  assert.equal(marks.length, 1, JSON.stringify(marks));
  assert.equal(marks[0].words, "colour");
});

test("a reason that is missing deep in the file is marked", async () => {
  const text = written.replace(/^( {2}ehr: \{ relevance: \w+), because: .*$/m, "$1 }");
  assert.notEqual(text, written);
  const { marks } = await client.open(text);
  assert.equal(marks.length, 1, JSON.stringify(marks));
  assert.match(marks[0].message, /because/);
});

test("keys are completed with their doc comments", async () => {
  const text = `${written.replace(/^(kind|threats): .*\n/gm, "")}\n`;
  const { uri } = await client.open(text);
  const lines = text.split("\n");
  const answer = await client.ask("textDocument/completion", { textDocument: { uri }, position: { line: lines.length - 1, character: 0 } });
  const items = new Map((answer.items ?? answer).map((item) => [item.label, words(item.documentation)]));
  for (const key of ["kind", "threats"]) {
    assert.ok(items.has(key), [...items.keys()].join(", "));
    assert.ok(items.get(key).includes(schema.properties[key].description), `${key}: ${items.get(key)}`);
  }
  assert.ok(!items.has("title"), "a key that is there is not offered again");
});

test("the words of a key are completed", async () => {
  const text = written.replace("responsibility: shared", "responsibility: ");
  const { uri } = await client.open(text);
  const answer = await client.ask("textDocument/completion", { textDocument: { uri }, position: behind(text, "responsibility: ") });
  const labels = (answer.items ?? answer).map((item) => item.label);
  assert.deepEqual(labels.sort(), schema.definitions.Actor.oneOf.map((it) => it.const).sort());
});

test("hover gives the doc comment", async () => {
  const { uri } = await client.open(written);
  for (const key of ["summary", "practices"]) {
    const position = behind(written, `\n${key}`);
    const { contents } = await client.ask("textDocument/hover", { textDocument: { uri }, position: { ...position, character: 2 } });
    assert.ok(words(contents).includes(schema.properties[key].description), `${key}: ${words(contents)}`);
  }
  const { contents } = await client.ask("textDocument/hover", { textDocument: { uri }, position: behind(written, "    evid") });
  assert.ok(words(contents).includes(schema.definitions.Practice.properties.evidence.description), words(contents));
});

test("the server asked nothing of the network", () => {
  assert.doesNotMatch(client.errors, /NETWORK/);
});
