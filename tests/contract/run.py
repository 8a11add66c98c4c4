#!/usr/bin/env python3
"""Has Prism judge every request of generated clients, and the clients read every answer of Prism.

For each document: generate its client with contract tests, build it, let Prism serve the document, and run the tests. The
table says how many operations were called, how many requests Prism took as valid, and how many of its answers were read;
where the document has no response, Prism has nothing to answer with. What is known to fail stands with its reason in
exceptions.json; anything else that fails, and an exception that does not fail any more, makes this fail.

    tests/contract/run.py target/debug/specwright DOCUMENT...
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "contract"
PRISM = HERE / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generator", type=pathlib.Path)
    parser.add_argument("documents", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    exceptions = json.loads((HERE / "exceptions.json").read_text())
    shutil.rmtree(WORK / "clients", ignore_errors=True)
    for log in WORK.glob("*.prism.log"):
        log.unlink()
    packages = {}
    for document in arguments.documents:
        packages[document] = generate(arguments.generator.resolve(), document)
    # One workspace, so that the dependencies are built once.
    members = ", ".join(f'"{document.stem}"' for document, package in packages.items() if package)
    (WORK / "clients" / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = [{members}]\n')
    rows, problems = [], []
    for document, package in packages.items():
        if package is None:
            rows.append((document.stem, 0, 0, 0, 0, "no operation that can be called"))
            continue
        results = {name: verdict(said) for name, said in judge(document, package).items()}
        known = {name: why for why, names in exceptions.get(document.stem, {}).items() for name in names}
        rows.append(row(document.stem, results, known))
        problems += [problem for problem in unexpected(document.stem, results, known)]
    show(rows)
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


def generate(generator, document):
    """Generates the client of a document. The name of its package; None if no operation of it can be called."""
    out = WORK / "clients" / document.stem
    command = [generator, "generate", document, "--out", out, "--only", "client", "--with-contract-tests", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not (out / "tests" / "contract.rs").exists():
        return None
    manifest = out / "Cargo.toml"
    text = manifest.read_text()
    # Documents of the same title would be the same package twice.
    name = "contract-" + re.sub(r"[^a-z0-9]+", "-", document.stem.lower())
    own = re.search(r'^name = "(.*)"$', text, re.M).group(1)
    library = own.replace("-", "_")
    text = text.replace(f'name = "{own}"', f'name = "{name}"', 1)
    manifest.write_text(text + f'\n[lib]\nname = "{library}"\n')
    return name


def judge(document, package):
    """The outcome of each operation: its name, and what went wrong or None."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(WORK / "target"), "CARGO_INCREMENTAL": "0"}
    # The tests show values of everything, deprecated or not.
    environment["RUSTFLAGS"] = "-Adeprecated"
    environment["CARGO_PROFILE_TEST_DEBUG"] = environment["CARGO_PROFILE_DEV_DEBUG"] = "0"
    command = ["cargo", "test", "--quiet", "-p", package, "--test", "contract"]
    subprocess.run([*command, "--no-run"], cwd=WORK / "clients", env=environment, check=True)
    environment["RUST_BACKTRACE"] = "0"
    served = with_pages(document)
    source = (WORK / "clients" / document.stem / "tests" / "contract.rs").read_text()
    results = dict.fromkeys(re.findall(r"^async fn (?:r#)?(\w+)\(\)", source, re.M))
    pending = list(results)
    while pending:
        failed, alive = run(served, command, environment, pending)
        results.update(failed)
        if alive:
            break
        # Some requests are more than Prism survives: the first that got no answer is one, the rest are made again.
        unanswered = sorted(name for name, said in failed.items() if "Transport" in said)
        results[unanswered[0]] = "refused: Prism ended"
        pending = unanswered[1:]
        results.update(dict.fromkeys(pending))
    return results


def run(document, command, environment, names):
    """Runs some tests against a Prism of their own: what those said that failed, and whether Prism is there still."""
    port = free_port()
    with open(WORK / f"{document.stem}.prism.log", "a") as log:
        prism = ["node", PRISM, "mock", "--host", "127.0.0.1", "--port", str(port), document]
        server = subprocess.Popen(prism, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(port, server, log.name)
            environment["BASE_URL"] = f"http://127.0.0.1:{port}"
            command = [*command, "--", "--ignored", "--test-threads=1", "--exact", *names]
            done = subprocess.run(command, cwd=WORK / "clients", env=environment, capture_output=True, text=True)
            alive = server.poll() is None
        finally:
            server.terminate()
            server.wait()
    if "test result:" not in done.stdout:
        raise SystemExit(f"the tests of {document.stem} did not run:\n{done.stdout}{done.stderr}")
    return failures(done.stdout), alive


def with_pages(document):
    """A copy of the document beside empty pages where it refers to Markdown, without which Prism does not begin."""
    folder = WORK / "documents" / document.stem
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / document.name
    text = document.read_text()
    copy.write_text(text)
    for page in re.findall(r"""\$ref["']?:\s*["']?\.?/?([\w/-]+\.md)\b""", text):
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text("-")
    return copy


def failures(output):
    """What each test said that failed."""
    said = {}
    pieces = re.split(r"^---- (\S+) stdout ----$", output.split("\nfailures:\n    ")[0], flags=re.M)
    for name, text in zip(pieces[1::2], pieces[2::2]):
        lines = [line for line in text.strip().splitlines() if not line.startswith(("thread '", "note:"))]
        said[name] = " ".join(lines) or "failed"
    return said


def verdict(said):
    """What went wrong with a call: None if nothing did, "" if the document names no response that could be read."""
    if said and said.startswith("undocumented: 500") and "NO_RESPONSE_RESPONSE_DEFINED" in said:
        # Prism validates first, and looks for a response then.
        return ""
    if said and said.startswith("refused:") and "Api(" in said and "sl-violations" not in said:
        # Where the document has no success, Prism answers a valid request with one of its errors, which was read.
        return None
    return said


def row(stem, results, known):
    refused = [name for name, said in results.items() if said and not is_undecoded(said)]
    undecoded = [name for name, said in results.items() if said and is_undecoded(said)]
    unanswered = [name for name, said in results.items() if said == ""]
    accepted = len(results) - len(refused)
    reasons = sorted({known[name] for name in refused + undecoded if name in known})
    decoded = accepted - len(undecoded) - len(unanswered)
    return stem, len(results), accepted, decoded, len(unanswered), "; ".join(reasons)


def is_undecoded(said):
    """Whether Prism took the request, and the answer could not be read."""
    return said.startswith("undecoded") and '"request' not in said.split("content-type")[0].replace("\\", "")


def unexpected(stem, results, known):
    for name, said in results.items():
        if said and name not in known:
            yield f"{stem}: {name}: {said[:700]}"
    for name in known:
        if not results.get(name, ""):
            yield f"{stem}: {name} is an exception, and does not fail"


def show(rows):
    width = max(len(row[0]) for row in rows)
    print(f"{'document':{width}}  calls  accepted  decoded  nothing to decode  exceptions")
    for stem, calls, accepted, decoded, unanswered, reasons in rows:
        print(f"{stem:{width}}  {calls:5}  {accepted:8}  {decoded:7}  {unanswered:17}  {reasons}")
    total = [sum(row[index] for row in rows) for index in (1, 2, 3, 4)]
    print(f"{'all':{width}}  {total[0]:5}  {total[1]:8}  {total[2]:7}  {total[3]:17}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, server, log):
    """Until the server takes connections."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"Prism ended: {pathlib.Path(log).read_text()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("Prism takes no connections")


if __name__ == "__main__":
    main()
