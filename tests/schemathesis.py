#!/usr/bin/env python3
"""Holds the mock server to schemathesis: tests/schemathesis.py SPECWRIGHT ST NAME=AUTH=DOCUMENT...

What a request that the document allows is answered must be what the document says: no 500, a documented status, media
type, headers and body. A request that the document does not allow is refused with problem details, whether the document
names a refusal or not: a strict server has no other way, so the status of a refusal is only held to the document where
the request was valid. AUTH is `bearer`, `basic` or empty.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

CHECKS = "not_a_server_error,content_type_conformance,response_headers_conformance,response_schema_conformance"
# What a document names for a refusal is checked; problem details of our own are of no type that it could name.
REFUSALS = "not_a_server_error,response_schema_conformance"
CREDENTIALS = {"bearer": ["-H", "Authorization: Bearer token"], "basic": ["--auth", "user:password"], "": []}


def main():
    specwright, st, *documents = sys.argv[1:]
    failed = []
    directory = tempfile.mkdtemp()
    for argument in documents:
        name, credentials, document = argument.split("=", 2)
        mock = subprocess.Popen([specwright, "mock", document, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            url = next(found.group() for line in mock.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
            # The pipe is read on, so that the server is not held up by it.
            drain = subprocess.Popen(["cat"], stdin=mock.stdout, stdout=subprocess.DEVNULL)
            for mode, checks in (("positive", f"{CHECKS},status_code_conformance"), ("negative", REFUSALS)):
                tried = run(st, document, url, mode, checks, CREDENTIALS[credentials], directory)
                cases = re.search(r"(\d+) generated.*", tried.stdout)
                print(f"{name}, {mode}: {cases.group() if cases else 'nothing generated'}", flush=True)
                if tried.returncode != 0:
                    failed.append(f"{name}, {mode}")
                    print(tried.stdout[-6000:])
        finally:
            mock.kill()
            drain.wait()
    shutil.rmtree(directory)
    if failed:
        sys.exit(f"the mock server does not hold: {'; '.join(failed)}")


def run(st, document, url, mode, checks, credentials, directory):
    return subprocess.run(
        [os.path.abspath(st), "run", os.path.abspath(document), "--url", url, *credentials, "--mode", mode, "--checks", checks, "--max-examples", "12", "--phases", "examples,coverage,fuzzing"]
        + ["--generation-deterministic", "--no-color"],
        # What the tool keeps for its next run is not kept.
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


main()
