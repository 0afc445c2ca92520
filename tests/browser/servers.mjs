// Runs nginx and Caddy with the configuration that the program prints, each as an unprivileged user on a free port.
//
// Only what a host would change is changed in it: the port, the site's folder, and the folders that nginx writes to.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { program } from "./preview.mjs";

const NGINX = "/usr/sbin/nginx";
const CADDY = "/usr/bin/caddy";
const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const NOBODY = 65534;

/** The text that `controlbook hosting` prints for a book. */
export const configuration = (target, book, ...more) => execFileSync(program, ["hosting", target, book, ...more], { encoding: "utf8" });

/** A file of the configuration for a container. */
export const containerFile = (text, name) => text.split(/^# == /m).find((it) => it.startsWith(`${name}\n`)).slice(name.length + 1);

function replace(text, changes) {
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the configuration has no ${from}:\n${text}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const scratchPaths = (scratch) => ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${scratch}/${it};`).join(" ");

/** How each server is started: the programs it needs, the files of its configuration, and the command. */
export const SERVERS = {
  "nginx, as a file of conf.d with its module for brotli": ({ book, site, scratch, port }) => {
    const own = replace(configuration("nginx", book), [
      ["    listen 80;\n    listen [::]:80;", `    listen 127.0.0.1:${port};`], ["/srv/site", site], ["# brotli_static on;", "brotli_static on;"],
    ]);
    const main = `load_module ${BROTLI};\npid ${scratch}/pid;\nerror_log stderr;\nevents {}\nhttp { access_log off; ${scratchPaths(scratch)} include ${scratch}/catalogue.conf; }\n`;
    return { needs: [NGINX, BROTLI], files: { "catalogue.conf": own, "nginx.conf": main }, command: [NGINX, "-p", scratch, "-e", "stderr", "-c", `${scratch}/nginx.conf`, "-g", "daemon off;"] };
  },
  "nginx, as in the container": ({ book, site, scratch, port }) => {
    const own = replace(containerFile(configuration("container", book), "nginx.conf"), [["listen 8080;", `listen 127.0.0.1:${port};`], ["/tmp/", `${scratch}/`], ["/srv/site", site]]);
    return { needs: [NGINX], files: { "nginx.conf": own }, command: [NGINX, "-p", scratch, "-e", "stderr", "-c", `${scratch}/nginx.conf`, "-g", "daemon off;"] };
  },
  Caddy: ({ book, site, scratch, port }) => {
    const own = configuration("caddy", book).replace(/^(example\.org|:8080) \{$/m, `http://127.0.0.1:${port} {`);
    const text = `{\n\tadmin off\n}\n${replace(own, [[`http://127.0.0.1:${port} {`, `http://127.0.0.1:${port} {`], ["/srv/site", site]])}`;
    return { needs: [CADDY], files: { Caddyfile: text }, command: [CADDY, "run", "--adapter", "caddyfile", "--config", `${scratch}/Caddyfile`] };
  },
};

/** What the server answers outside the site. */
export const INTRANET = "the intranet";

/** The same for existing servers, which serve the site below a path. */
export const PARTS = {
  "nginx, as a location": ({ book, site, scratch, port }) => {
    const own = replace(configuration("nginx", book, "--as", "location"), [["/srv/site", site], ["# brotli_static on;", "brotli_static on;"]]);
    // The server has rules of its own, which must not affect the site, nor the site them.
    const server = `server { listen 127.0.0.1:${port}; server_name example.org; error_page 404 /lost; location / { default_type text/plain; return 200 "${INTRANET}"; } location ~ \\.(html|css|js)$ { default_type text/plain; return 200 "${INTRANET}"; } include ${scratch}/catalogue-location.conf; }`;
    const main = `load_module ${BROTLI};\npid ${scratch}/pid;\nerror_log stderr;\nevents {}\nhttp { access_log off; ${scratchPaths(scratch)} ${server} }\n`;
    return { needs: [NGINX, BROTLI], files: { "catalogue-location.conf": own, "nginx.conf": main }, command: [NGINX, "-p", scratch, "-e", "stderr", "-c", `${scratch}/nginx.conf`, "-g", "daemon off;"] };
  },
  "Caddy, as a part of a site's block": ({ book, site, scratch, port }) => {
    const own = replace(configuration("caddy", book, "--as", "location"), [["/srv/site", site]]);
    const text = `{\n\tadmin off\n}\nhttp://127.0.0.1:${port} {\n\timport ${scratch}/catalogue.caddy\n\trespond "${INTRANET}"\n\thandle_errors {\n\t\trespond "an error of the intranet"\n\t}\n}\n`;
    return { needs: [CADDY], files: { "catalogue.caddy": own, Caddyfile: text }, command: [CADDY, "run", "--adapter", "caddyfile", "--config", `${scratch}/Caddyfile`] };
  },
};

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server for the folder of a site, and resolves when it answers. */
export async function start(name, book, site) {
  const scratch = mkdtempSync(path.join(tmpdir(), "controlbook-server-"));
  chmodSync(scratch, 0o777);
  const port = await freePort();
  const { needs, files, command } = { ...SERVERS, ...PARTS }[name]({ book, site, scratch, port });
  const missing = needs.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`${missing.join(", ")} is missing: install the packages nginx-light, libnginx-mod-http-brotli-static and caddy`);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(scratch, file), text);
  mkdirSync(path.join(scratch, "home"));
  chmodSync(path.join(scratch, "home"), 0o777);
  const user = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const home = path.join(scratch, "home");
  const child = spawn(command[0], command.slice(1), { ...user, cwd: scratch, env: { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => { output += bytes; });
  let isOver = false;
  const ended = new Promise((resolve) => child.on("exit", () => { isOver = true; resolve(); }));
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 15_000;
  for (;;) {
    if (await fetch(origin, { redirect: "manual" }).then(() => true, () => false)) break;
    if (isOver || Date.now() > deadline) throw new Error(`${name} does not answer:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    port,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
