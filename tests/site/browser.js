// Opens sites in Chromium and asserts what a reader would miss. See README.md.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const LOOKS = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  mobile: { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true },
};

/** A longer page is looked at once: it is the same elements again and again. */
const LONG = 200_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** A page that fails the test when it says something on the console or asks for something outside of the site. */
async function open(site, file, look) {
  const context = await browser.newContext({ ...LOOKS[look], bypassCSP: false });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    // The icons of the style sheet are in it.
    if (!request.url().startsWith(pathToFileURL(site).href) && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(site, file)).href);
  return {
    page,
    async close() {
      assert.deepEqual(faults, [], `${file}, ${look}`);
      await context.close();
    },
  };
}

/** What axe-core finds, one line for each. */
async function violations(page) {
  // axe would load the style sheet a second time, which a page from a file may not. The policy of the page forbids scripts that are not the site's, so this one comes in by the debugger.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
  return violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}

/** A few pages of each kind: the first, the largest and the last. */
function pages(site) {
  const chosen = (directory) => {
    const files = readdirSync(join(site, directory)).sort();
    const sized = files.map((file) => [readFileSync(join(site, directory, file)).length, file]).sort((a, b) => b[0] - a[0]);
    return [...new Set([files[0], sized[0][1], files.at(-1)])].map((file) => join(directory, file));
  };
  const top = readdirSync(site).filter((file) => file.endsWith(".html"));
  const sent = ["webhooks", "callbacks"].filter((directory) => existsSync(join(site, directory)));
  return [...top, ...chosen("operations"), ...chosen("types"), ...chosen("tags").slice(0, 1), ...sent.flatMap(chosen)];
}

async function looks(site, name) {
  const found = [];
  for (const look of Object.keys(LOOKS)) {
    for (const file of pages(site)) {
      if (look !== "light" && readFileSync(join(site, file)).length > LONG) continue;
      const { page, close } = await open(site, file, look);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${look}-${file.replace(/[/\\]/g, "-")}.png`) });
      // Everything that folds is opened, so that it is looked at, too.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details, index) => (details.open = index < 40)));
      found.push(...(await violations(page)).map((line) => `${name}: ${file}, ${look}: ${line}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`${name}: ${file}, ${look} is ${overflow} px wider than the window`);
      await close();
    }
  }
  assert.deepEqual(found, []);
}

/** Without scripts a page shows all that it has to say. */
async function withoutScripts(site) {
  const context = await browser.newContext({ ...LOOKS.light, javaScriptEnabled: false });
  const page = await context.newPage();
  const operation = readdirSync(join(site, "operations"))[0];
  await page.goto(pathToFileURL(join(site, "operations", operation)).href);
  const input = page.locator(".tabs.card > input").nth(1);
  await input.press("Space");
  assert.ok(await page.locator(".tabs.card .panel").nth(1).isVisible(), "a language is chosen without a script");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".tabs.card .panel").first().isVisible(), "all languages are printed");
  assert.ok(await page.locator(".tabs.card .panel").last().isVisible(), "all languages are printed");
  await context.close();
}

/** A hit says where the field stands, and to search for that leads to it, too. */
async function path(page, words, field) {
  const input = page.locator("[role=combobox]");
  const hit = (text) => page.locator("[role=option] .hit-path", { hasText: text }).first();
  const stands = await hit(field).textContent();
  assert.match(stands, /^\w+(\.\w+)+$/u);
  await input.fill("no such words");
  await hit(field).waitFor({ state: "detached" });
  await input.fill(stands);
  await hit(stands).waitFor();
  await input.fill(words);
}

/** Searches from the keyboard, for words of a field's description, and goes to the field. */
async function search(site, name, words, field) {
  const { page, close } = await open(site, "index.html", "light");
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  await page.keyboard.type(words);
  await page.waitForSelector("[role=option]");
  await page.waitForFunction((field) => [...document.querySelectorAll("[role=option] b")].some((hit) => hit.textContent === field), field);
  const time = await page.evaluate(async () => {
    const input = document.querySelector("[role=combobox]");
    const hits = document.getElementById("hits");
    const shown = new Promise((done) => new MutationObserver(done).observe(hits, { childList: true }));
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    await shown;
    return performance.now() - start;
  });
  assert.deepEqual(await violations(page), [], `${name}: the search`);
  if (shots) await page.screenshot({ path: join(shots, `${name}-search.png`) });
  if (name === "api-keys") await path(page, words, field);
  const target = await page.evaluate((field) => {
    const options = [...document.querySelectorAll("[role=option]")];
    return options.findIndex((option) => option.querySelector("b").textContent === field);
  }, field);
  for (let step = 0; step < target; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#/);
  const id = new URL(page.url()).hash.slice(1);
  assert.ok(await page.locator(`[id="${id}"]`).isVisible(), `${page.url()} shows the field`);
  await close();
  return time;
}

/** The end of a long list of results brings more of them. */
async function more(site) {
  const { page, close } = await open(site, "index.html", "light");
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  // With the whole index, and the whole word: what comes later shows the results anew.
  await page.evaluate(() => specwright.load("search/fields.js"));
  await page.locator("[role=combobox]").fill("repository");
  await page.waitForFunction(() => document.querySelector("[role=option] mark")?.textContent.toLowerCase() === "repository" && document.querySelectorAll("[role=option]").length === 12);
  for (let step = 1; step < 30; step += 1) {
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((step) => document.querySelector('[aria-selected="true"]')?.id === `hit-${step}` && document.querySelectorAll("[role=option]").length > step + 1, step);
  }
  await close();
}

/** What is chosen on one page is chosen on the next. */
async function memory(site) {
  const context = await browser.newContext(LOOKS.light);
  const page = await context.newPage();
  const files = readdirSync(join(site, "operations"));
  await page.goto(pathToFileURL(join(site, "operations", files[0])).href);
  await page.locator(".tabs.card > label", { hasText: "Python" }).click();
  await page.locator("[data-theme-switch]").click();
  await page.goto(pathToFileURL(join(site, "operations", files.at(-1))).href);
  assert.ok(await page.locator('.panel[data-language="python"]').isVisible(), "the language is remembered");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.emulateMedia({ media: "print" });
  assert.match(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), /light/u, "paper is white");
  await context.close();
}

/** A server that takes a name once: the second call with it is a conflict. It records what it was sent. */
async function conflicting() {
  const calls = [];
  const server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "*");
    if (request.method === "OPTIONS") return response.end();
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      const taken = calls.some((call) => call.body === body);
      calls.push({ url: request.url, body, authorization: request.headers.authorization });
      response.statusCode = taken ? 409 : 201;
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(taken ? { message: "taken", error_code: "DuplicateName", details: null } : { api_key: "k", id: "01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10", name: "n" }));
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, calls, url: `http://127.0.0.1:${server.address().port}` };
}

/** From the keyboard: opens the form, edits it, sends it twice, and is told of the typed conflict. */
async function tryIt(site) {
  const { server, calls, url } = await conflicting();
  const context = await browser.newContext(LOOKS.light);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(pathToFileURL(join(site, "operations/create_api_key.html")).href);
  await page.locator("[data-try]").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("form.try");
  await page.waitForFunction(() => document.activeElement.name === "server");
  await page.keyboard.press("End");
  await page.locator("[name=base]").fill(url);
  await page.locator("[name=credential-bearerAuth-token]").fill("the-token");
  await page.locator("[name=body-0]").fill("it's $HOME");
  for (const language of ["shell", "python", "go", "r"]) {
    const sample = await page.locator(`.panel[data-language="${language}"] code`).textContent();
    assert.ok(sample.includes(url) && sample.includes("$HOME"), sample);
    assert.ok(!sample.includes("the-token"), "no sample shows a credential");
  }
  assert.deepEqual(await violations(page), [], "the form");
  await page.locator("[name=body-0]").press("Enter");
  await page.waitForSelector(".pill.st-ok");
  await page.locator("[name=body-0]").press("Enter");
  await page.waitForSelector(".pill.st-error");
  const told = await page.locator(".try-result").textContent();
  for (const words of ["409", "ErrorResponse", "CreateApiKeyError::Conflict(body)", "DuplicateName"]) assert.ok(told.includes(words), `${words} in ${told}`);
  assert.deepEqual(await violations(page), [], "the answer");
  if (shots) await page.screenshot({ path: join(shots, "try-it.png") });
  assert.deepEqual(calls.map((call) => [call.url, JSON.parse(call.body), call.authorization]), Array(2).fill(["/v0/api_keys", { name: "it's $HOME" }, "Bearer the-token"]));
  await page.locator("[name=body-0]").fill("");
  await page.locator(".try-send").press("Enter");
  assert.equal(calls.length, 2, "a form that is not valid is not sent");
  server.close();
  await page.locator("[name=body-0]").fill("name");
  await page.locator(".try-send").press("Enter");
  await page.waitForFunction(() => document.querySelector(".try-result").textContent.includes("CORS"));
  assert.deepEqual(errors, []);
  await context.close();
}

/**
 * What a reader types is spelled as the generator spells it: the form of an operation, with the examples of the document
 * typed into it, gives the printed sample in every language, byte by byte.
 */
async function exact(site) {
  let samples = 0;
  const edits = [];
  for (const file of readdirSync(join(site, "operations"))) {
    const { page, close } = await open(site, join("operations", file), "light");
    const read = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".panel[data-language]")].map((panel) => [panel.dataset.language, panel.querySelector("pre code").textContent])));
    const printed = await read();
    await page.locator("[data-try]").click();
    await page.waitForSelector("form.try");
    assert.deepEqual(await read(), printed, `${file}: the form as it is opened`);
    const inputs = page.locator('form.try :is([name^="parameter-"], [name^="body"]):not(select, [type=file])');
    for (let index = 0; index < (await inputs.count()); index += 1) {
      const input = inputs.nth(index);
      const text = await input.inputValue();
      await input.fill((await input.getAttribute("type")) === "number" ? "77" : other(text));
      const edited = await read();
      edits.push(edited.rust);
      for (const [language, code] of Object.entries(edited)) {
        assert.notEqual(code, printed[language], `${file}: ${language} follows the form`);
      }
      await input.fill(text);
    }
    assert.deepEqual(await read(), printed, `${file}: what was typed again`);
    assert.equal(await page.locator(".as-printed").count(), 0, `${file}: no language stays as it is printed`);
    samples += Object.keys(printed).length;
    await close();
  }
  // The types of the client have a say in what Rust can send: the compiler is asked (see `compile.js`).
  if (process.env.EDITED) writeFileSync(process.env.EDITED, JSON.stringify(edits));
  return samples;
}

/** Another value of the same kind: a list with an item twice, an object with a member less, another text. */
function other(text) {
  try {
    const value = JSON.parse(text);
    if (Array.isArray(value)) return JSON.stringify([...value, ...value]);
    if (value && typeof value === "object") return JSON.stringify(Object.fromEntries(Object.entries(value).slice(1)));
  } catch {
    // It is a text.
  }
  return '"other"';
}

/** What is copied is what stands there, the document is in the site, and an error of the table leads to its answer. */
async function tools(site) {
  const { page, close } = await open(site, "operations/create_api_key.html", "light");
  const path = page.locator(".endpoint");
  await path.locator("[data-copy-path]").focus();
  await page.keyboard.press("Enter");
  await path.locator("text=Copied").waitFor();
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  await page.keyboard.press("Control+v");
  assert.equal(await page.locator("[role=combobox]").inputValue(), await path.locator("code").textContent());
  await page.keyboard.press("Escape");
  const file = await page.locator("a[download]").getAttribute("href");
  assert.match(readFileSync(join(site, "operations", file), "utf8"), /openapi/u);
  await close();
  const errors = await open(site, "errors.html", "light");
  await errors.page.locator("table.errors a.pill", { hasText: "409" }).click();
  await errors.page.waitForURL(/create_api_key\.html#/u);
  assert.ok(await errors.page.locator(".panel h3.status", { hasText: "409" }).isVisible(), "the tab of the status is open");
  await errors.close();
}

/** The keyboard alone reaches the content, a sample and a folded schema. */
async function keyboard(site) {
  const file = join("operations", readdirSync(join(site, "operations"))[0]);
  const { page, close } = await open(site, file, "light");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  const seen = new Set();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => document.activeElement.localName + (document.activeElement.name ? `:${document.activeElement.name}` : "")));
  }
  for (const wanted of ["input:sample", "pre", "button", "a"]) assert.ok(seen.has(wanted), `${wanted} in ${[...seen]}`);
  await close();
}

const words = {
  "api-keys": ["apart people tell", "name"],
  github: ["account owner repository case sensitive", "owner"],
};
try {
  if (shots) mkdirSync(shots, { recursive: true });
  for (const argument of process.argv.slice(2)) {
    const [name, path] = argument.includes("=") ? argument.split("=") : ["api-keys", argument];
    const site = resolve(path);
    if (name === "tricky") {
      console.log(`tricky: ${await exact(site)} samples are the same typed and printed`);
      continue;
    }
    await looks(site, name);
    // What the others ask of a page is no other for a site with callbacks.
    if (name === "callbacks") continue;
    await withoutScripts(site);
    const time = await search(site, name, ...words[name]);
    await memory(site);
    await keyboard(site);
    if (name === "api-keys") {
      await tools(site);
      await tryIt(site);
    }
    if (name === "github") await more(site);
    console.log(`${name}: ${pages(site).length} pages in ${Object.keys(LOOKS).length} looks, search answers in ${time.toFixed(1)} ms`);
    assert.ok(time < 100, "a search answers at once");
  }
} finally {
  await browser.close();
}
