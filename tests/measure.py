"""A workspace of generated clients, and what it costs to build them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Workspace:
    """A workspace of clients that has nothing to do with the one around it."""

    def __init__(self, name, profile="release"):
        self.folder = ROOT / "target" / name
        self.program = ROOT / "target" / ("release" if profile == "release" else "debug") / "specwright"
        self.target = Path(os.environ.get("CARGO_TARGET_DIR", self.folder / "target"))
        for old in self.folder.glob("*/Cargo.toml"):
            shutil.rmtree(old.parent)
        self.folder.mkdir(parents=True, exist_ok=True)
        if profile:
            subprocess.run(["cargo", "build", "--profile", profile, "--quiet", "-p", "specwright"], cwd=ROOT, check=True)
        # The versions that the project itself is tested with; and no network where they are at hand.
        shutil.copy(ROOT / "Cargo.lock", self.folder / "Cargo.lock")
        self.write([])
        self.members = []

    def write(self, members):
        listed = ", ".join(f'"{member}"' for member in members)
        (self.folder / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = [{listed}]\n')

    def generate(self, document, name, *options):
        """Generates a client from a document, with the command line that users have."""
        command = ["generate", document, "--out", self.folder / name, "--name", name, "--only", "client"]
        result = run([self.program, *command, *options], ROOT)
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
        result = run(["cargo", *command, "--quiet", "-p", name, "--message-format", "json"], self.folder, self.environment())
        result.read_messages()
        return result

    def run_cargo_on_all(self, *command):
        """Runs cargo on all members at once; yields what is said of each and what each cost, by its name."""
        costs = self.folder / "costs"
        costs.write_text("")
        environment = self.environment() | {"RUSTC_WRAPPER": str(ROOT / "tests/rustc-cost"), "RUSTC_COSTS": str(costs)}
        options = ["--workspace", "--no-default-features", "--keep-going", "--quiet", "--message-format", "json"]
        result = run(["cargo", *command, *options], self.folder, environment)
        members = {name: Member() for name in self.members}
        for line in result.output.splitlines():
            message = json.loads(line) if line.startswith("{") else {}
            member = members.get(Path(message.get("manifest_path", "")).parent.name)
            if member and message["reason"] == "compiler-message":
                member.take(message["message"])
        for line in costs.read_text().splitlines():
            name, cpu, megabytes = line.split(" ")
            member = members.get(name.replace("_", "-"))
            if member:
                member.cpu, member.megabytes = float(cpu), int(megabytes)
        if result.code != 0 and all(member.clean() for member in members.values()):
            sys.exit(result.errors)
        return members

    def environment(self):
        environment = os.environ | {"CARGO_TARGET_DIR": str(self.target), "CARGO_INCREMENTAL": "0"}
        environment.pop("RUSTFLAGS", None)
        environment.pop("RUSTDOCFLAGS", None)
        return environment


class Member:
    """What the compiler says of a crate, and what it cost to hear it."""

    def __init__(self):
        self.cpu, self.megabytes = 0.0, 0
        self.messages, self.error_count, self.warning_count = [], 0, 0

    def take(self, message):
        # What has no place is a count of what had one.
        if not message or not message.get("spans"):
            return
        self.error_count += message["level"] == "error"
        self.warning_count += message["level"] == "warning"
        span = message["spans"][0]
        place = f"{span['file_name']}:{span['line_start']}"
        self.messages.append(f"{message['level']}: {message['message'].splitlines()[0]} ({place})")

    def clean(self):
        return not self.error_count and not self.warning_count

    def verdict(self):
        return "ok" if self.clean() else f"{self.error_count}e {self.warning_count}w"


class Run(Member):
    def __init__(self, code, output, errors, usage):
        super().__init__()
        self.code, self.output, self.errors = code, output, errors
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss // 1024

    def read_messages(self):
        for line in self.output.splitlines():
            self.take(json.loads(line).get("message") if line.startswith("{") else None)
        if self.code != 0 and not self.messages:
            self.messages = self.errors.strip().splitlines()

    def clean(self):
        return self.code == 0 and super().clean()


def run(command, folder, environment=None):
    """Runs a command and has the kernel say what it and its children cost."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen([str(part) for part in command], cwd=folder, env=environment, stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(child.returncode, output.read(), errors.read(), usage)
