// Compares our site for a large document with Redoc, Scalar and Swagger UI on this machine. By hand; see README.md.
//
//     node compare.js SITE DOCUMENT [SMALL-SITE]
//
// Every tool is served from here, in a browser of its own with nothing in its cache, and looked at `RUNS` times in turn;
// the table has the medians. What counts for a rival is generous: any hit is an answer, whether or not it is the field.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { RIVALS, install } from "./compare/rivals.js";

const RUNS = Number(process.env.RUNS ?? 3);
/** Words of the description of a field that only one field of GitHub's document has, and that field. */
const FIELD = process.env.FIELD ?? "blocked from pushing a secret";
/** What the rivals are asked for beside it, since not all of them look into fields: an operation by its summary. */
const OPERATION = process.env.OPERATION ?? "Get a repository";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

const [site, document, small] = process.argv.slice(2).map((path) => resolve(path));
const title = JSON.parse(readFileSync(document, "utf8")).info.title;
const directory = resolve(import.meta.dirname, "../../target/site/compare");
mkdirSync(directory, { recursive: true });
install(directory);
copyFileSync(document, join(directory, "document.json"));

const OURS = {
  name: "specwright",
  path: "ours/index.html",
  async open(page) {
    await page.keyboard.press("/");
    await page.waitForFunction(() => globalThis.document.activeElement?.getAttribute("role") === "combobox");
  },
  result: "[role=option]",
  read: (page) => page.keyboard.press("Enter"),
};

/** Serves the rivals' directory, and our site below `ours/`. */
async function serve() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)).slice(1);
    const file = path.startsWith("ours/") ? join(site, path.slice(5)) : join(directory, path);
    try {
      const content = readFileSync(file);
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** Runs in the page before anything else: notes when the title of the API can be seen. */
function watch(words) {
  const seen = () => {
    const head = [...document.querySelectorAll("h1, h2")].find((element) => element.textContent.includes(words));
    if (head?.getClientRects().length) globalThis.firstContent = performance.now();
    else requestAnimationFrame(seen);
  };
  requestAnimationFrame(seen);
}

/** Runs in the page: notes when an answer can be seen, in milliseconds since the first key. */
function awaitResult(selector) {
  globalThis.firstResult = globalThis.givenUp = undefined;
  addEventListener("keydown", () => (globalThis.typedAt ??= performance.now()), { capture: true });
  const seen = () => {
    const hit = [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length && element.textContent.trim());
    // With the whole query typed: what is shown for its first letters is no answer to it.
    if (hit && globalThis.allTyped) globalThis.firstResult = performance.now() - globalThis.typedAt;
    // Who looks for ever would be taken for a page that never stands still.
    else if (!globalThis.givenUp) requestAnimationFrame(seen);
  };
  requestAnimationFrame(seen);
}

/** The CPU time that all processes of the browser have taken, in seconds. */
async function cpu(session) {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, process) => sum + process.cpuTime, 0);
}

/** A page that does not stand still by then, in milliseconds, never does: some have something that turns. */
const PATIENCE = 60_000;

/** Waits until the browser has nothing to do any more; the CPU time until then. */
async function settled(session) {
  let last = await cpu(session);
  const start = performance.now();
  for (let quiet = 0; quiet < 4 && performance.now() - start < PATIENCE; ) {
    await new Promise((done) => setTimeout(done, 250));
    const now = await cpu(session);
    quiet = now - last < 0.015 ? quiet + 1 : 0;
    last = now;
  }
  return last;
}

async function search(page, tool, words) {
  if (!tool.result) return null;
  try {
    await tool.open(page);
    await page.evaluate(awaitResult, tool.result);
    // All at once, as if pasted: how fast somebody types is no property of a tool.
    await page.keyboard.press("Shift");
    await page.keyboard.insertText(words);
    await page.evaluate(() => (globalThis.allTyped = true));
    await page.waitForFunction(() => globalThis.firstResult !== undefined, null, { timeout: 20_000, polling: 50 });
    return await page.evaluate(() => globalThis.firstResult / 1000);
  } catch (error) {
    if (process.env.DEBUG) console.error(tool.name, words, error.message.split("\n")[0]);
    await page.evaluate(() => (globalThis.givenUp = true));
    return null;
  }
}

async function look(url, tool, words) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const outside = await browser.newBrowserCDPSession();
    const inside = await context.newCDPSession(page);
    await page.addInitScript(watch, title);
    const before = await settled(outside);
    await page.goto(`${url}/${tool.path}`, { waitUntil: "commit" });
    await page.waitForFunction(() => globalThis.firstContent !== undefined, null, { timeout: 180_000, polling: 50 });
    const after = await settled(outside);
    const firstContent = (await page.evaluate(() => globalThis.firstContent)) / 1000;
    const start = await page.evaluate(() => globalThis.document.querySelectorAll("*").length);
    const result = await search(page, tool, words);
    const searched = await settled(outside);
    await inside.send("HeapProfiler.collectGarbage");
    await inside.send("Performance.enable");
    const { metrics } = await inside.send("Performance.getMetrics");
    const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize").value / 1e6;
    const elements = await page.evaluate(() => globalThis.document.querySelectorAll("*").length);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `compare-${tool.name.toLowerCase().replaceAll(" ", "-")}-${words === FIELD ? "field" : "operation"}.png`) });
    const reading = await read(page, tool, outside);
    return { firstContent, result, start, cpu: after - before, cpuSearched: searched - before, heap, elements, reading };
  } finally {
    await browser.close();
  }
}

/** How many elements there are with an operation open; nothing if there is no way to it. */
async function read(page, tool, session) {
  try {
    await tool.read(page);
    await settled(session);
    return await page.evaluate(() => globalThis.document.querySelectorAll("*").length);
  } catch (error) {
    if (process.env.DEBUG) console.error(tool.name, "reading", error.message.split("\n")[0]);
    return null;
  }
}

const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];

async function measure(url, tool) {
  const field = [];
  const operation = [];
  for (let run = 0; run < RUNS; run += 1) {
    if (process.env.DEBUG) console.error(tool.name, run + 1);
    field.push(await look(url, tool, FIELD));
    operation.push(await look(url, tool, OPERATION));
  }
  const of = (runs, key) => (runs.every((run) => run[key] !== null) ? median(runs.map((run) => run[key])) : null);
  // What somebody weighs after a search who found nothing is no figure of a search.
  const searched = (key) => (of(field, "result") === null ? null : of(field, key));
  return {
    "first content, s": of([...field, ...operation], "firstContent"),
    "field by description, s": of(field, "result"),
    "operation by summary, s": of(operation, "result"),
    "CPU until it stands still, s": of([...field, ...operation], "cpu"),
    "CPU with a search, s": searched("cpuSearched"),
    "heap after a search, MB": searched("heap"),
    "elements of the first page": of([...field, ...operation], "start"),
    "elements after a search": searched("elements"),
    "elements with an operation open": of(operation, "reading"),
  };
}

function table(columns) {
  const [ours, ...rivals] = columns;
  const text = (value) => (value === null ? "none" : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3));
  console.log(`| | ${columns.map((column) => column.name).join(" | ")} | best of theirs to ours |\n|${"---|".repeat(columns.length + 2)}`);
  for (const key of Object.keys(ours.figures)) {
    const known = rivals.map((rival) => rival.figures[key]).filter((value) => value !== null);
    const ratio = known.length ? `${(Math.min(...known) / ours.figures[key]).toFixed(1)} times` : "only ours";
    console.log(`| ${key} | ${columns.map((column) => text(column.figures[key])).join(" | ")} | ${ratio} |`);
  }
}

/** What a page of ours weighs with its assets, compressed one by one, and its scripts alone, those included that it loads only when asked. */
function weigh(root) {
  const weight = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
  const assets = readdirSync(join(root, "assets")).map((file) => [file, weight(join(root, "assets", file))]);
  const sum = (list) => list.reduce((total, [, bytes]) => total + bytes, 0);
  const html = (folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)).filter((file) => file.endsWith(".html"));
  const pages = [".", "operations", "types", "tags"].flatMap(html).map((file) => [file, weight(join(root, file))]);
  const [heaviest, bytes] = pages.sort((one, other) => other[1] - one[1])[0];
  const scripts = assets.filter(([file]) => file.endsWith(".js"));
  const index = readdirSync(join(root, "search")).map((file) => [file, weight(join(root, "search", file))]);
  const kilo = (value) => `${(value / 1000).toFixed(1)} kB`;
  console.log(`\n${root}\n  the heaviest page, ${heaviest}, ${kilo(bytes)}; with all its assets ${kilo(bytes + sum(assets))}; scripts ${kilo(sum(scripts))}; search index ${kilo(sum(index))} when asked for`);
}

const { server, url } = await serve();
try {
  const columns = [];
  const rivals = RIVALS.filter((rival) => !process.env.TOOLS || process.env.TOOLS.split(",").includes(rival.name));
  for (const tool of [OURS, ...rivals]) columns.push({ name: tool.version ? `${tool.name} ${tool.version}` : tool.name, figures: await measure(url, tool) });
  table(columns);
  for (const root of [small, site].filter(Boolean)) weigh(root);
  console.log(`\n${statSync(document).size} bytes of document, ${RUNS} runs, medians`);
} finally {
  server.close();
}
