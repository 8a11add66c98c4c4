// Sends files by "Try it" to the mock server, as a part of a form and as a whole body, and holds what arrived against
// the bytes that were chosen. See README.md.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, document] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "specwright-upload-"));
const record = join(work, "record.jsonl");
/** Every byte there is, so that nothing that takes it for text leaves it as it is. */
const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
const file = join(work, "é $HOME.bin");
writeFileSync(file, bytes);

/** The mock server, once it has said where it listens. */
function serve() {
  const server = spawn(program, ["mock", document, "--port", "0", "--record", record], { stdio: ["ignore", "pipe", "pipe"] });
  const told = new Promise((resolve, reject) => {
    let said = "";
    const listen = (piece) => {
      said += piece;
      const url = said.match(/http:\/\/[^\s/]+:\d+/u);
      if (url && !url[0].endsWith(":0")) resolve(url[0]);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("exit", (status) => reject(new Error(`the mock server ended with ${status}: ${said}`)));
  });
  return { server, told };
}

/** Fills the form of an operation with the file, sends it, and gives what the server wrote down of it. */
async function send(page, url, operation, input) {
  const before = readFileSync(record, "utf8").split("\n").length;
  await page.goto(`${url}/docs/operations/${operation}.html`);
  await page.locator("[data-try]").click();
  await page.locator(`form.try ${input}`).setInputFiles(file);
  await page.locator(".try-send").click();
  await page.waitForSelector(".try-result .pill.st-ok");
  const lines = readFileSync(record, "utf8").split("\n").slice(before - 1, -1).map((line) => JSON.parse(line));
  const calls = lines.filter((line) => line.operation);
  assert.equal(calls.length, 1, `one call for each time that it is sent: ${JSON.stringify(lines)}`);
  return calls[0];
}

const body = (got) => (got.body_base64 === undefined ? Buffer.from(got.body) : Buffer.from(got.body_base64, "base64"));

const { server, told } = serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const url = await told;
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));

  const whole = await send(page, url, "bytes_body", "[type=file]");
  assert.deepEqual(body(whole), bytes, "the body is the file");

  const form = await send(page, url, "upload", "[name=body-0]");
  const sent = body(form);
  const at = sent.indexOf(bytes);
  assert.ok(at > 0, "the file is in the form, byte by byte");
  const head = sent.subarray(0, at).toString().split("\r\n").slice(-4).join("\n");
  assert.match(head, /name="file"/u);
  assert.match(head, /filename="é \$HOME\.bin"/u);
  assert.match(sent.toString(), /name="note"\r\n\r\nit's "quoted" \$HOME/u, "the other fields go with it");
  assert.deepEqual(errors, []);
  console.log(`files by "Try it": ${bytes.length} bytes arrived as they are, as a body and as a part of a form`);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill();
  rmSync(work, { recursive: true });
}
