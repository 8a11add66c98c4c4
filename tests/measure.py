"""A workspace of generated clients, and what it costs to build them."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Workspace:
    """A workspace of clients that has nothing to do with the one around it."""

    def __init__(self, name):
        self.folder = ROOT / "target" / name
        self.target = Path(os.environ.get("CARGO_TARGET_DIR", self.folder / "target"))
        for old in self.folder.glob("*/Cargo.toml"):
            shutil.rmtree(old.parent)
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "specwright"], cwd=ROOT, check=True)
        # The versions that the project itself is tested with; and no network where they are at hand.
        shutil.copy(ROOT / "Cargo.lock", self.folder / "Cargo.lock")
        self.write([])
        self.members = []

    def write(self, members):
        listed = ", ".join(f'"{member}"' for member in members)
        (self.folder / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = [{listed}]\n')

    def generate(self, document, name):
        """Generates a client from a document, with the command line that users have."""
        program = ROOT / "target/release/specwright"
        result = run([program, "generate", document, "--out", self.folder / name, "--name", name, "--only", "client"], ROOT)
        if result.code == 0:
            self.join(name)
        return result

    def join(self, name):
        """Makes a member of a folder that has a manifest."""
        self.members.append(name)
        self.write(self.members)

    def run_cargo(self, name, *command):
        """Runs cargo on a member whose dependencies are built, as if its source had just changed."""
        (self.folder / name / "src/lib.rs").touch()
        environment = os.environ | {"CARGO_TARGET_DIR": str(self.target), "CARGO_INCREMENTAL": "0"}
        environment.pop("RUSTFLAGS", None)
        result = run(["cargo", *command, "--quiet", "-p", name, "--message-format", "json"], self.folder, environment)
        result.read_messages()
        return result


class Run:
    def __init__(self, code, output, errors, usage):
        self.code, self.output, self.errors = code, output, errors
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss // 1024
        self.messages, self.error_count, self.warning_count = [], 0, 0

    def read_messages(self):
        for line in self.output.splitlines():
            message = json.loads(line).get("message") if line.startswith("{") else None
            if not message or not message.get("spans"):
                continue
            self.error_count += message["level"] == "error"
            self.warning_count += message["level"] == "warning"
            span = message["spans"][0]
            place = f"{span['file_name']}:{span['line_start']}"
            self.messages.append(f"{message['level']}: {message['message'].splitlines()[0]} ({place})")
        if self.code != 0 and not self.messages:
            self.messages = self.errors.strip().splitlines()

    def clean(self):
        return self.code == 0 and not self.error_count and not self.warning_count

    def verdict(self):
        return "ok" if self.clean() else f"{self.error_count}e {self.warning_count}w"


def run(command, folder, environment=None):
    """Runs a command and has the kernel say what it and its children cost."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen([str(part) for part in command], cwd=folder, env=environment, stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(child.returncode, output.read(), errors.read(), usage)
