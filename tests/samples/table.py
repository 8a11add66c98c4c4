#!/usr/bin/env python3
"""Runs every sample in every language against the mock server, and prints languages by operations passed.

    table.py SPECWRIGHT DOCUMENT... [--languages a,b] [--jobs N] [--require] [--verbose]

A sample passes if its tools take it, it ends with 0 where the server answered 2xx, and the server got what was meant:
what DOCUMENT's neighbour `*.expected.json` says, else what most of the other languages sent. One more run per language, against a
path that is not there, must end with another status and show the body of the answer. A language whose tools are missing
is said to be skipped; `--require` makes that a failure.
"""
import argparse
import concurrent.futures
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, unquote_plus, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NODE = HERE / "node_modules" / ".bin"
SECONDS = 120


class Missing(Exception):
    """A tool that this machine does not have."""


def tool(name):
    found = shutil.which(name) or shutil.which(str(NODE / name))
    if not found:
        raise Missing(name)
    return found


def run(command, env=None, cwd=None):
    done = subprocess.run(command, env=env, cwd=cwd, capture_output=True, timeout=SECONDS, check=False)
    return done.returncode, done.stdout + done.stderr


# ---------------------------------------------------------------- Languages

def interpreted(*command):
    """A language whose tools take a file and run it."""
    def prepare(files, _work):
        first = tool(command[0])
        return {name: [first, *command[1:], str(file)] for name, file in files.items()}
    return prepare


def typescript(files, work):
    """All files are checked at once, each being a module, and run without being checked again."""
    tsx = tool("tsx")
    types = ["--typeRoots", str(HERE / "node_modules" / "@types"), "--types", "node"]
    status, output = run([tool("tsc"), "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext",
                          *types, *map(str, files.values())], cwd=work)
    if status:
        raise RuntimeError(output.decode(errors="replace"))
    return {name: [tsx, str(file)] for name, file in files.items()}


def r(files, work):
    status, _ = run([tool("Rscript"), "-e", "library(httr2)"])
    if status:
        raise Missing("httr2")
    return interpreted("Rscript")(files, work)


def perl(files, work):
    status, _ = run([tool("perl"), "-MLWP::UserAgent", "-e", "1"])
    if status:
        raise Missing("LWP")
    return interpreted("perl")(files, work)


def php(files, work):
    if run([tool("php"), "-r", "exit(function_exists('curl_init') ? 0 : 1);"])[0]:
        raise Missing("php-curl")
    return interpreted("php")(files, work)


def built(compile_one):
    """A language whose samples are programs of their own."""
    def prepare(files, work):
        commands = {}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, command in pool.map(lambda item: (item[0], compile_one(*item, work)), files.items()):
                commands[name] = command
        return commands
    return prepare


def compiled(command, output):
    status, text = run(command)
    return output if status == 0 else ["sh", "-c", 'printf "%s" "$1" >&2; exit 3', "sh", text.decode(errors="replace")]


@built
def go(name, file, work):
    program = work / f"{name}.out"
    return compiled([tool("go"), "build", "-o", str(program), str(file)], [str(program)])


@built
def csharp(name, file, work):
    program = work / f"{name}.exe"
    command = [tool("mcs"), "-nologo", "-langversion:latest", "-r:System.Net.Http.dll", f"-out:{program}", str(file)]
    return compiled(command, [tool("mono"), str(program)])


@built
def java(name, file, work):
    classes = work / name
    return compiled([tool("javac"), "-d", str(classes), str(file)],
                    [tool("java"), "-XX:TieredStopAtLevel=1", "-cp", str(classes), "Sample"])


def rust(files, work, document, specwright):
    """One program of the client and all samples: to link one for each would take most of the time."""
    cargo = tool("cargo")
    client = work / "client"
    status, output = run([specwright, "generate", document, "--out", str(client), "--name", "sampled", "--quiet"])
    if status:
        raise RuntimeError(output.decode(errors="replace"))
    examples = client / "examples"
    shutil.rmtree(examples, ignore_errors=True)
    examples.mkdir()
    arms = ""
    modules = ""
    for name, file in files.items():
        modules += f'mod op_{name} {{ include!({json.dumps(str(file))}); pub fn run() -> bool {{ report(main()) }} }}\n'
        arms += f'        Some("{name}") => op_{name}::run(),\n'
    modules = modules.replace("report(", "super::report(")
    (examples / "all.rs").write_text(
        f"{modules}\nfn report(result: Result<(), Box<dyn std::error::Error>>) -> bool {{\n"
        '    if let Err(error) = &result { eprintln!("{error:?} {error}"); }\n    result.is_ok()\n}\n\n'
        "fn main() {\n    let done = match std::env::args().nth(1).as_deref() {\n"
        f"{arms}        _ => false,\n    }};\n    std::process::exit(i32::from(!done));\n}}\n")
    manifest = client / "Cargo.toml"
    if "[workspace]" not in manifest.read_text():
        manifest.write_text(manifest.read_text() + "\n[workspace]\n")
    shutil.copy(ROOT / "Cargo.lock", client / "Cargo.lock")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    env = {**os.environ, "CARGO_TARGET_DIR": f"{target}/samples"}
    done = subprocess.run([cargo, "build", "--quiet", "--no-default-features", "--example", "all"], cwd=client, env=env,
                          capture_output=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    program = work / "all"
    shutil.copy(f"{target}/samples/debug/examples/all", program)
    return {name: [str(program), name] for name in files}


def http(files, _work):
    """The message, with line breaks of the wire and the server's address, by a socket."""
    return {name: [sys.executable, str(HERE / "send.py"), str(file)] for name, file in files.items()}


LANGUAGES = {
    "shell": interpreted("sh"),
    "http": http,
    "rust": rust,
    "typescript": typescript,
    "javascript": interpreted("node"),
    "python": interpreted("python3"),
    "ruby": interpreted("ruby"),
    "php": php,
    "java": java,
    "go": go,
    "csharp": csharp,
    "perl": perl,
    "r": r,
}


# ---------------------------------------------------------------- The server

class Server:
    """The mock server, which writes down what it gets. Each language has one of its own, so that they can run at once."""

    def __init__(self, specwright, document, record):
        self.record = record
        record.write_text("")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [specwright, "mock", document, "--port", str(self.port), "--record", str(record), "--quiet"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(self.process.stderr.read().decode()) from None
                time.sleep(0.05)

    def taken(self):
        """What was written down since the last time."""
        lines = self.record.read_text(encoding="utf-8").split("\n")
        self.record.write_text("")
        return [json.loads(line) for line in lines if line]

    def stop(self):
        self.process.terminate()
        self.process.wait()


# ---------------------------------------------------------------- What was sent

def sent(record):
    """A request with its parts decoded. Nobody has to send a plus sign for a space in a query, so it is one there."""
    split = urlsplit(record["target"])
    headers = {name.lower(): value for name, value in record["headers"]}
    got = {
        "method": record["method"],
        "path": [unquote(part) for part in split.path.split("/")],
        "query": [list(map(unquote, pair.partition("=")[::2])) for pair in split.query.split("&") if pair],
        "headers": headers,
        "cookies": dict(pair.partition("=")[::2] for pair in headers.get("cookie", "").split("; ") if pair),
    }
    media_type = headers.get("content-type", "").split(";")[0]
    body = record["body"]
    if media_type.endswith("json") and body:
        got["json"] = json.loads(body)
    elif media_type == "application/x-www-form-urlencoded" and body:
        got["form"] = [list(map(unquote_plus, pair.partition("=")[::2])) for pair in body.split("&") if pair]
    elif media_type.startswith("multipart/"):
        got["parts"] = parts(body, headers["content-type"])
    elif body:
        got["text"] = body
    return got


def parts(body, content_type):
    """The parts of a body: name, file name, media type, text."""
    boundary = content_type.partition("boundary=")[2].split(";")[0].strip('"')
    found = []
    for part in body.split(f"--{boundary}")[1:-1]:
        head, _, content = part.partition("\r\n\r\n")
        lines = dict(line.lower().partition(": ")[::2] for line in head.split("\r\n") if ": " in line)
        raw = next((line for line in head.split("\r\n") if line.lower().startswith("content-disposition")), "")
        field = lambda key: raw.partition(f'; {key}="')[2].partition('"')[0] if f'; {key}="' in raw else None
        # `FormData` calls every part with a media type a file, and this one "blob" unless it is told otherwise.
        is_file = field("filename") not in (None, "blob")
        found.append([field("name"), is_file, lines.get("content-type"), content.removesuffix("\r\n")])
    return sorted(found, key=str)


def same(one, other):
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def differences(got, expected):
    """What was sent otherwise than meant."""
    found = []
    for key, wanted in expected.items():
        if key in ("headers", "cookies"):
            for name, value in wanted.items():
                known = got[key].get(name.lower() if key == "headers" else name)
                if key == "headers" and name == "Content-Type" and known:
                    known = known.split(";")[0]
                if known != value:
                    found.append(f"{name}: {known!r} instead of {value!r}")
        elif key in ("form", "query"):
            # Those of different names may come in any order.
            if not same(sorted(got.get(key, [])), sorted(wanted)):
                found.append(f"{key}: {got.get(key)!r} instead of {wanted!r}")
        elif key in ("json", "text", "path", "method", "parts") and not same(got.get(key), wanted):
            found.append(f"{key}: {got.get(key)!r} instead of {wanted!r}")
    return found


def comparable(got):
    """What all languages must send alike."""
    kept = {key: value for key, value in got.items() if key != "headers"}
    for key in ("form", "query"):
        if key in kept:
            kept[key] = sorted(kept[key])
    # Some clients name a type where they send no body.
    has_body = any(key in got for key in ("json", "form", "text", "parts"))
    kept["type"] = got["headers"].get("content-type", "").split(";")[0] if has_body else ""
    return kept


# ---------------------------------------------------------------- The table

def run_language(language, options, document, expected, work):
    """The outcome of each operation: its request and what is wrong, or why the language was skipped."""
    files = {file.stem: file for file in sorted((work / "samples" / language).glob("*.*"))}
    own = work / language
    own.mkdir()
    try:
        prepare = LANGUAGES[language]
        commands = prepare(files, own, document, options.specwright) if language == "rust" else prepare(files, own)
    except Missing as missing:
        return {"skipped": str(missing)}
    except RuntimeError as error:
        return {"broken": str(error)}
    server = Server(options.specwright, document, own / "requests.jsonl")
    outcomes = {}
    try:
        for name, command in commands.items():
            outcomes[name] = run_sample(command, server, expected.get(name, {}), own)
        if commands:
            outcomes["(refused)"] = run_refused(next(iter(commands.values())), server, own)
    finally:
        server.stop()
    return outcomes


def run_sample(command, server, expected, cwd):
    env = {**os.environ, "BASE_URL": f"http://127.0.0.1:{server.port}", **expected.get("env", {})}
    try:
        status, output = run(command, env, cwd)
    except subprocess.TimeoutExpired:
        return {"wrong": ["did not end"]}
    records = server.taken()
    shown = output.decode(errors="replace").strip()
    if len(records) != 1:
        return {"wrong": [f"{len(records)} requests, status {status}: {shown}"]}
    record = records[0]
    got = sent(record)
    if "env" in expected and cwd.name == "http":
        # A message has no variables.
        expected = {key: value for key, value in expected.items() if key == "method"}
    wrong = differences(got, expected)
    if not 200 <= record["status"] < 300:
        wrong.append(f"the server refused with {record['status']}: {record['problems']}")
    elif status:
        wrong.append(f"ended with {status}: {shown}")
    if "output" in expected and not wrong and cwd.name != "http" and not server_bytes(cwd / expected["output"]):
        wrong.append("the file is not what the server sent")
    return {"wrong": wrong, "got": comparable(got)}


def server_bytes(path):
    """Whether a downloaded file is what the mock server answers bytes with: every byte once."""
    return path.exists() and path.read_bytes() == bytes(range(256))


def run_refused(command, server, cwd):
    """A path that is not there: the sample must not end with 0, and must show why."""
    env = {**os.environ, "BASE_URL": f"http://127.0.0.1:{server.port}/nowhere"}
    status, output = run(command, env, cwd)
    server.taken()
    wrong = []
    if status == 0:
        wrong.append("ended with 0")
    if b"the document has no path" not in output:
        wrong.append(f"does not show the answer: {output.decode(errors='replace')}")
    return {"wrong": wrong}


def compare(table):
    """Where nobody wrote down what is meant, what most languages sent is."""
    names = {name for outcomes in table.values() for name in outcomes}
    for name in names - {"environment"}:
        sent_by = [outcomes[name] for outcomes in table.values() if outcomes.get(name, {}).get("got")]
        texts = [json.dumps(outcome["got"], sort_keys=True) for outcome in sent_by]
        if not texts:
            continue
        usual = max(set(texts), key=texts.count)
        for outcome, text in zip(sent_by, texts):
            if text != usual and not outcome["wrong"]:
                outcome["wrong"].append(f"sent {text} where others sent {usual}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("specwright", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("documents", nargs="+")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--require", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failures = 0
    for document in options.documents:
        failures += run_document(options, str(Path(document).resolve()))
    sys.exit(1 if failures else 0)


def run_document(options, document):
    start = time.monotonic()
    languages = options.languages.split(",")
    beside = Path(document).with_suffix(".expected.json")
    expected = json.loads(beside.read_text()) if beside.exists() else {}
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        command = [options.specwright, "samples", document, "--out", str(work / "samples"), "--name", "sampled", "--quiet"]
        status, output = run(command)
        if status:
            sys.exit(output.decode(errors="replace"))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            tasks = [pool.submit(run_language, language, options, document, expected, work) for language in languages]
            table = dict(zip(languages, [task.result() for task in tasks]))
    ran = {language: outcomes for language, outcomes in table.items() if "skipped" not in outcomes and "broken" not in outcomes}
    compare(ran)
    print(f"\n{Path(document).name}: samples that ran and sent what was meant")
    for language in languages:
        outcomes = table[language]
        if "skipped" in outcomes:
            print(f"  {language:12} skipped: no {outcomes['skipped']}")
            failures += options.require
            continue
        if "broken" in outcomes:
            print(f"  {language:12} does not compile:\n{outcomes['broken']}")
            failures += 1
            continue
        passed = sum(not outcome["wrong"] for outcome in outcomes.values())
        print(f"  {language:12} {passed:4} of {len(outcomes)}")
        failures += len(outcomes) - passed
        for name, outcome in outcomes.items():
            for wrong in outcome["wrong"]:
                print(f"      {name}: {wrong if options.verbose else wrong[:600]}")
    print(f"  {time.monotonic() - start:.0f} s")
    return failures


if __name__ == "__main__":
    main()
