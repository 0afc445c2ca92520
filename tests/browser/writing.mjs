// Takes the pictures of the manual's page on writing: each example of manual/writing.md in the built-in theme.
// Run with BIN set: `BIN=target/debug/controlbook node tests/browser/writing.mjs`, then `cargo run -- manual -d manual`.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { launch } from "./browser.mjs";

const root = path.join(import.meta.dirname, "../..");
const bin = path.resolve(process.env.BIN ?? path.join(root, "target/debug/controlbook"));
const out = path.join(root, "manual/pictures");

/** The examples of the page: the name of the picture below, and the text. */
function examples() {
  const examples = [];
  let example = null;
  const lines = readFileSync(path.join(root, "manual/writing.md"), "utf8").split("\n");
  for (let i = 0; i < lines.length; i += 1) {
    const fence = /^(`{3,})markdown$/.exec(lines[i])?.[1];
    const picture = /\]\(pictures\/(.+)\.png\)$/.exec(lines[i])?.[1];
    if (fence) {
      const end = lines.indexOf(fence, i + 1);
      example = lines.slice(i + 1, end).join("\n");
      i = end;
    } else if (picture) {
      examples.push([picture, example]);
    }
  }
  return examples;
}

/** Reduces a PNG to a palette of at most 32 colours: a tenth of the size of a browser's picture, and as legible. */
function compress(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const parts = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(parts)), width, height, channels);
  const counts = new Map();
  const rounded = (at) => ((pixels[at] & 0xf8) << 16) | ((pixels[at + 1] & 0xf8) << 8) | (pixels[at + 2] & 0xf8);
  const exact = new Map();
  for (let at = 0; at < pixels.length; at += channels) {
    const tone = rounded(at);
    counts.set(tone, (counts.get(tone) ?? 0) + 1);
    if (!exact.has(tone)) exact.set(tone, [pixels[at], pixels[at + 1], pixels[at + 2]]);
  }
  const tones = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 32).map(([tone]) => exact.get(tone));
  const nearest = new Map();
  const index = (at) => {
    const tone = rounded(at);
    if (!nearest.has(tone)) {
      const far = (it) => (it[0] - pixels[at]) ** 2 + (it[1] - pixels[at + 1]) ** 2 + (it[2] - pixels[at + 2]) ** 2;
      nearest.set(tone, tones.reduce((best, it, n) => (far(it) < far(tones[best]) ? n : best), 0));
    }
    return nearest.get(tone);
  };
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = index((y * width + x) * channels);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const chunks = [["IHDR", head], ["PLTE", Buffer.from(tones.flat())], ["IDAT", deflateSync(rows, { level: 9 })], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([png.subarray(0, 8), ...chunks.map(([name, data]) => chunk(name, data))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The bytes of a picture without the filters of its lines (PNG, section 9). */
function unfiltered(data, width, height, channels) {
  const line = width * channels;
  const pixels = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const left = x >= channels ? pixels[y * line + x - channels] : 0;
      const up = y > 0 ? pixels[(y - 1) * line + x] : 0;
      const corner = x >= channels && y > 0 ? pixels[(y - 1) * line + x - channels] : 0;
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((it) => Math.abs(guess - it));
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const before = [0, left, up, (left + up) >> 1, paeth][filter];
      pixels[y * line + x] = (data[y * (line + 1) + 1 + x] + before) & 0xff;
    }
  }
  return pixels;
}

const book = mkdtempSync(path.join(tmpdir(), "writing-"));
const browser = await launch();
try {
  execFileSync(bin, ["init", "-q"], { cwd: book });
  const guide = path.join(book, "content/guide");
  cpSync(path.join(root, "tests/fixtures/writing"), guide, { recursive: true });
  for (const [name, text] of examples()) {
    const page = `---\ntitle: ${name}\nsummary: An example.\n---\n\n${text}\n`;
    writeFileSync(path.join(guide, `${name}.md`), page);
  }
  execFileSync(bin, ["build", "-q"], { cwd: book });
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const page = await browser.newPage({ reducedMotion: "reduce", colorScheme: "light", viewport: { width: 720, height: 900 } });
  let bytes = 0;
  for (const [name] of examples()) {
    await page.goto(pathToFileURL(path.join(book, `public/guide/${name}.html`)).href, { waitUntil: "load" });
    // The dates and links of the page are no part of the example.
    const box = await page.evaluate(async () => {
      for (const image of document.images) {
        image.loading = "eager";
        await image.decode();
      }
      const body = document.querySelector(".body");
      for (const it of body.querySelectorAll(":scope > :is(.alone, .stamp, .next), .toc")) it.remove();
      const parts = [...body.children].map((it) => it.getBoundingClientRect());
      const top = Math.min(...parts.map((it) => it.top));
      const bottom = Math.max(...parts.map((it) => it.bottom));
      const { left, width } = body.getBoundingClientRect();
      return { x: left - 16, y: top + scrollY - 16, width: width + 32, height: bottom - top + 32 };
    });
    const picture = compress(await page.screenshot({ clip: box, fullPage: true }));
    writeFileSync(path.join(out, `${name}.png`), picture);
    bytes += picture.length;
  }
  console.log(`${examples().length} pictures in manual/pictures, ${Math.ceil(bytes / 1024)} KB`);
} finally {
  await browser.close();
  rmSync(book, { recursive: true, force: true });
}
