// Holds what a reader of a site downloads, compressed: no page heavier than 60 kB with all that it can ever load, and no
// more than 30 kB of scripts. See README.md.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const PAGE = 60_000;
const SCRIPTS = 30_000;
const site = process.argv[2];
const weight = (file) => gzipSync(readFileSync(join(site, file)), { level: 9 }).length;
const files = readdirSync(site, { recursive: true, encoding: "utf8" });
const total = (chosen) => chosen.reduce((sum, file) => sum + weight(file), 0);

const scripts = total(files.filter((file) => file.startsWith("assets") && file.endsWith(".js")));
// The index of the search is data of the document, loaded by the page when the search is opened.
const index = total(files.filter((file) => file.startsWith("search") && file.endsWith(".js")));
const styles = total(files.filter((file) => file.endsWith(".css")));
const pages = files.filter((file) => file.endsWith(".html")).map((file) => [weight(file), file]);
const [heaviest, file] = pages.sort((one, other) => other[0] - one[0])[0];
const whole = heaviest + scripts + index + styles;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`weight: ${file} ${kb(whole)} with all assets: page ${kb(heaviest)}, styles ${kb(styles)}, scripts ${kb(scripts)}, search index ${kb(index)}`);
assert.ok(scripts <= SCRIPTS, `scripts have ${kb(scripts)}`);
assert.ok(whole <= PAGE, `${file} has ${kb(whole)}`);
