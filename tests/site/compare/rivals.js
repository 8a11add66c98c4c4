// The documentation tools that ours is compared with: which files of their packages a page needs, and how a reader
// searches in them. Each of them ships a bundle that needs no other package.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const page = (head, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${body}</body></html>`;

/** `open` brings a reader to the field that is typed into, `result` is what an answer is in, `read` goes to an operation. */
export const RIVALS = [
  {
    name: "Redoc",
    package: "redoc",
    version: "3.0.1",
    page: page("", '<redoc spec-url="../document.json"></redoc><script type="module" src="bundles/redoc.standalone.js"></script>'),
    async open(page) {
      await page.keyboard.press("Control+k");
      await page.waitForSelector("input:focus");
    },
    result: '[data-component-name="Search/SearchItem"]',
    read: (page) => page.locator('[data-component-name="Search/SearchItem"]').first().click(),
  },
  {
    name: "Scalar",
    package: "@scalar/api-reference",
    version: "1.72.1",
    page: page(
      "",
      `<div id="app"></div><script src="dist/browser/standalone.js"></script><script>
Scalar.createApiReference("#app", { url: "../document.json", telemetry: false, withDefaultFonts: false });</script>`,
    ),
    async open(page) {
      await page.keyboard.press("Control+k");
      await page.waitForSelector("input:focus");
    },
    result: '[role=dialog] [role=option], [role=dialog] a[href*="#"], [role=dialog] li',
    read: (page) => page.keyboard.press("Enter"),
  },
  {
    name: "Swagger UI",
    package: "swagger-ui-dist",
    version: "5.35.0",
    page: page(
      '<link rel="stylesheet" href="swagger-ui.css">',
      `<div id="app"></div><script src="swagger-ui-bundle.js"></script><script>
SwaggerUIBundle({ url: "../document.json", dom_id: "#app", filter: true, docExpansion: "list" });</script>`,
    ),
    // It filters by tags and paths, and has no other search.
    result: null,
    read: (page) => page.locator(".opblock-summary-control").first().click(),
  },
];

/** Puts the pages of all rivals, with the files of their packages, below a directory. */
export function install(directory) {
  for (const rival of RIVALS) {
    const home = join(directory, rival.name.toLowerCase().replaceAll(" ", "-"));
    rival.path = `${rival.name.toLowerCase().replaceAll(" ", "-")}/index.html`;
    const stamp = join(home, `.${rival.version}`);
    if (!existsSync(stamp)) {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home, { recursive: true });
      const packed = execFileSync("npm", ["pack", `${rival.package}@${rival.version}`, "--silent", "--pack-destination", home], { encoding: "utf8" });
      const archive = join(home, packed.trim().split("\n").at(-1));
      execFileSync("tar", ["-xzf", archive, "-C", home, "--strip-components=1"]);
      rmSync(archive);
      writeFileSync(stamp, "");
    }
    writeFileSync(join(home, "index.html"), rival.page);
  }
}
