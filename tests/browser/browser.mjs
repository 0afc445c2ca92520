// The browser of the tests, which reaches this machine only, and the problems that a page must not have.

import { statSync } from "node:fs";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** The policy that a server sends; in pages it lacks `frame-ancestors`, which only a header may have. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function launch() {
  if (!statSync(CHROMIUM, { throwIfNoEntry: false })) throw new Error(`${CHROMIUM} is missing: install the package chromium`);
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

/** Collects the problems of a page: errors, refused and failed requests, and requests to other hosts. */
export function watch(page, home) {
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url}:${message.location().lineNumber + 1})`);
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) problems.push(`request outside: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left aborts its own requests.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`answer ${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** Stops all collecting of problems of a page. */
export function unwatch(page) {
  for (const event of ["console", "pageerror", "request", "requestfailed", "response"]) page.removeAllListeners(event);
}

/** Fails with one line for each problem, and no stack trace, which would say nothing about the site. */
export function expectNone(problems, what) {
  if (problems.length === 0) return;
  const shown = [...new Set(problems)];
  const more = shown.length > 30 ? [`… and ${shown.length - 30} more`] : [];
  const error = new Error([`${what}:`, ...shown.slice(0, 30), ...more].join("\n  "));
  error.stack = error.message;
  throw error;
}
