// Has the compiler check the samples for Rust that "Try it" wrote of what was typed (`EDITED` of `browser.js`).
//
//     node compile.js SPECWRIGHT DOCUMENT EDITED
import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [specwright, document, edited] = process.argv.slice(2).map((path) => resolve(path));
const root = resolve(import.meta.dirname, "../..");
const client = join(root, "target/site/client");
rmSync(client, { recursive: true, force: true });
execFileSync(specwright, ["generate", document, "--out", client, "--quiet"], { stdio: "inherit" });
const samples = JSON.parse(readFileSync(edited, "utf8"));
rmSync(join(client, "examples"), { recursive: true, force: true });
mkdirSync(join(client, "examples"));
// One program of all: a program each would be most of the work.
const module = (sample, index) => `mod sample_${index} {\n${sample.replace("async fn main", "pub async fn main")}\n}\n`;
writeFileSync(join(client, "examples/all.rs"), `#![allow(dead_code, unused)]\n${samples.map(module).join("")}\nfn main() {}\n`);
appendFileSync(join(client, "Cargo.toml"), "\n[workspace]\n");
copyFileSync(join(root, "Cargo.lock"), join(client, "Cargo.lock"));
const env = { ...process.env, CARGO_TARGET_DIR: join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "samples") };
execFileSync("cargo", ["check", "--quiet", "--no-default-features", "--example", "all"], { cwd: client, env, stdio: "inherit" });
console.log(`${samples.length} edited samples for Rust compile`);
