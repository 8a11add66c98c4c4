//! The command line as a user meets it: arguments in, files, streams and exit codes out.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.0.3
info:
  title: Pet Store
  version: 1.2.0
servers:
  - url: https://pets.example.com
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      summary: Get a pet
      parameters:
        - name: petId
          in: path
          required: true
          schema: {type: string}
      responses:
        '200':
          description: The pet
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
";

/// A directory with `api.yaml` in it, in which commands run.
struct Sandbox {
    directory: TempDir,
}

struct Ended {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Sandbox {
            directory: tempfile::tempdir().unwrap(),
        };
        sandbox.write("api.yaml", DOCUMENT);
        sandbox
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command
            .current_dir(self.path())
            .args(arguments)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }
}

fn ended(output: Output) -> Ended {
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn generate_writes_a_crate_and_says_what_it_did() {
    let sandbox = Sandbox::new();
    let ended = sandbox.run(&["generate", "api.yaml", "--out", "client"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.stderr, "");
    for expected in [
        "Pet Store 1.2.0 from api.yaml",
        "1 operation",
        "Done:",
        " ms",
    ] {
        assert!(ended.stdout.contains(expected), "{}", ended.stdout);
    }
    for file in ["Cargo.toml", "src/lib.rs", "README.md"] {
        assert!(sandbox.has(&format!("client/{file}")), "{file}");
    }
    let again = sandbox.run(&["generate", "api.yaml", "--out", "client"]);
    assert_eq!(again.code, 0);
    assert!(again.stdout.contains(" unchanged"), "{}", again.stdout);
    assert!(!again.stdout.contains("changed  "), "{}", again.stdout);
}

#[test]
fn name_layout_and_parts_are_the_users_choice() {
    let sandbox = Sandbox::new();
    let name = ["generate", "api.yaml", "--out", "named", "--name", "pets"];
    assert_eq!(sandbox.run(&name).code, 0);
    assert!(sandbox.read("named/Cargo.toml").contains("name = \"pets\""));

    let client = ["generate", "api.yaml", "-o", "client", "--only", "client"];
    assert_eq!(sandbox.run(&client).code, 0);
    assert!(sandbox.has("client/src/lib.rs"));
    assert!(!sandbox.has("client/docs"));

    let docs = ["generate", "api.yaml", "-o", "pages", "--only", "docs"];
    assert_eq!(sandbox.run(&docs).code, 0);
    assert!(sandbox.has("pages/docs"));
    assert!(!sandbox.has("pages/src/lib.rs"));

    for layout in ["module", "file"] {
        let ended = sandbox.run(&["generate", "api.yaml", "-o", layout, "--layout", layout]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(!sandbox.has(&format!("{layout}/Cargo.toml")));
        assert!(!sandbox.has(&format!("{layout}/docs")));
    }
    let files = fs::read_dir(sandbox.path().join("file")).unwrap().count();
    assert_eq!(files, 2, "one file and the list of files");
}

#[test]
fn without_a_command_the_configuration_file_says_what_to_do() {
    let sandbox = Sandbox::new();
    let config = "input = \"../api.yaml\"\noutput = \"../out\"\nname = \"pets\"\n";
    sandbox.write("spec/specwright.toml", config);

    let before = sandbox.run(&["check"]);
    assert_eq!(before.code, 1);
    assert!(
        before.stdout.contains("out/src/lib.rs"),
        "{}",
        before.stdout
    );
    assert!(!sandbox.has("out"), "check must not write");

    let ended = sandbox.run(&[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(sandbox.has("out/src/lib.rs"));
    assert_eq!(sandbox.run(&["check"]).code, 0);

    // From below, too.
    fs::create_dir_all(sandbox.path().join("deep/down")).unwrap();
    let below = sandbox
        .command(&["check"])
        .current_dir(sandbox.path().join("deep/down"))
        .output()
        .unwrap();
    assert_eq!(ended_code(below), 0);
}

fn ended_code(output: Output) -> i32 {
    ended(output).code
}

#[test]
fn check_names_what_would_change() {
    let sandbox = Sandbox::new();
    let config = "input = \"api.yaml\"\noutput = \"out\"\ndocs = false\n";
    sandbox.write("specwright.toml", config);
    assert_eq!(sandbox.run(&[]).code, 0);

    sandbox.write("out/src/lib.rs", "// edited\n");
    fs::remove_file(sandbox.path().join("out/Cargo.toml")).unwrap();
    let ended = sandbox.run(&["check", "--quiet"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.stdout.contains("changed  out/src/lib.rs"),
        "{}",
        ended.stdout
    );
    assert!(
        ended.stdout.contains("new      out/Cargo.toml"),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("Drift"), "{}", ended.stdout);
    assert_eq!(sandbox.read("out/src/lib.rs"), "// edited\n");
}

#[test]
fn files_of_the_user_are_not_replaced_without_force() {
    let sandbox = Sandbox::new();
    sandbox.write("client/src/lib.rs", "// mine\n");
    sandbox.write("client/notes.txt", "mine");
    let refused = sandbox.run(&["generate", "api.yaml", "--out", "client"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("src/lib.rs"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(sandbox.read("client/src/lib.rs"), "// mine\n");
    assert!(!sandbox.has("client/Cargo.toml"));

    let forced = sandbox.run(&["generate", "api.yaml", "--out", "client", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    assert_ne!(sandbox.read("client/src/lib.rs"), "// mine\n");
    assert_eq!(sandbox.read("client/notes.txt"), "mine");
}

#[test]
fn a_broken_document_leaves_the_former_output_whole() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["generate", "api.yaml", "-o", "out"]).code, 0);
    let before = sandbox.read("out/src/lib.rs");

    sandbox.write("api.yaml", "openapi: 3.0.3\npaths: [\n");
    let ended = sandbox.run(&["generate", "api.yaml", "-o", "out"]);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.contains("syntax"), "{}", ended.stderr);
    assert!(ended.stderr.contains("api.yaml:"), "{}", ended.stderr);
    assert_eq!(sandbox.read("out/src/lib.rs"), before);
}

#[test]
fn what_cannot_be_read_or_written_is_exit_code_2() {
    let sandbox = Sandbox::new();
    let missing = sandbox.run(&["generate", "no.yaml", "-o", "out"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("no.yaml"), "{}", missing.stderr);

    let below_a_file = sandbox.run(&["generate", "api.yaml", "-o", "api.yaml/out"]);
    assert_eq!(below_a_file.code, 2);
    assert!(
        below_a_file.stderr.contains("api.yaml/out"),
        "{}",
        below_a_file.stderr
    );

    let no_config = sandbox.run(&[]);
    assert_eq!(no_config.code, 2);
    assert!(
        no_config.stderr.contains("specwright.toml"),
        "{}",
        no_config.stderr
    );

    sandbox.write("specwright.toml", "input = \"api.yaml\"\noutput = 3\n");
    let bad_config = sandbox.run(&[]);
    assert_eq!(bad_config.code, 2);
    assert!(
        bad_config.stderr.contains("line 2"),
        "{}",
        bad_config.stderr
    );
}

#[test]
fn wrong_usage_is_exit_code_2_with_a_hint() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["generate", "api.yaml"][..],
        &["generate", "api.yaml", "-o", "x", "--layout", "heap"],
        &["generate", "api.yaml", "-o", "x", "--strict=no-such-code"],
        &["explain", "no-such-code"],
        &["no-such-command"],
    ] {
        let ended = sandbox.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert_eq!(ended.stdout, "", "{arguments:?}");
        assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    }
    assert!(!sandbox.has("x"));
}

#[test]
fn help_is_a_result() {
    let sandbox = Sandbox::new();
    for arguments in [&["--help"][..], &["generate", "--help"], &["check", "-h"]] {
        let ended = sandbox.run(arguments);
        assert_eq!(ended.code, 0);
        assert!(
            ended.stdout.contains("Usage: specwright"),
            "{}",
            ended.stdout
        );
        assert_eq!(ended.stderr, "");
    }
}

/// The document with a field that the specification does not know, which is worth a warning.
fn warned_document() -> String {
    DOCUMENT.replace("      summary: Get a pet\n", "      sumary: Get a pet\n")
}

#[test]
fn a_warning_is_printed_and_strict_makes_an_error_of_it() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", &warned_document());
    let usual = sandbox.run(&["generate", "api.yaml", "-o", "usual"]);
    assert_eq!(usual.code, 0, "{}", usual.stderr);
    assert!(usual.stderr.contains("unknown-field"), "{}", usual.stderr);
    assert!(usual.stderr.contains("1 warning"), "{}", usual.stderr);

    let quiet = sandbox.run(&["generate", "api.yaml", "-o", "usual", "--quiet"]);
    assert_eq!(
        (quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()),
        (0, "", "")
    );

    for strict in [
        "--strict",
        "--strict=unknown-field",
        "--strict=io,unknown-field",
    ] {
        let ended = sandbox.run(&["generate", "api.yaml", "-o", "strict", strict]);
        assert_eq!(ended.code, 1, "{strict}");
        assert!(ended.stderr.contains("error"), "{}", ended.stderr);
    }
    assert!(!sandbox.has("strict"));
    let other = [
        "generate",
        "api.yaml",
        "-o",
        "other",
        "--strict=invalid-path",
    ];
    assert_eq!(sandbox.run(&other).code, 0);
}

#[test]
fn diagnostics_are_written_for_machines() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", &warned_document());
    let ended = sandbox.run(&["inspect", "api.yaml", "--format", "json"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.stderr, "");
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["summary"]["operations"], 1);
    assert_eq!(report["diagnostics"][0]["code"], "unknown-field");

    let ended = sandbox.run(&["generate", "api.yaml", "-o", "out", "--format", "json"]);
    assert_eq!(ended.code, 0);
    assert!(serde_json::from_str::<serde_json::Value>(&ended.stderr).is_ok());
}

#[test]
fn inspect_writes_nothing_and_sums_up() {
    let sandbox = Sandbox::new();
    let ended = sandbox.run(&["inspect", "api.yaml"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    for expected in ["Pet Store 1.2.0", "operations", "types", "No findings"] {
        assert!(ended.stdout.contains(expected), "{}", ended.stdout);
    }
    assert_eq!(fs::read_dir(sandbox.path()).unwrap().count(), 1);
}

#[test]
fn explain_lists_all_codes_and_explains_one() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["explain"]);
    assert_eq!(list.code, 0);
    let count = specwright::diagnostic::Code::ALL.len();
    assert_eq!(list.stdout.lines().count(), count);
    let one = sandbox.run(&["explain", "duplicate-key"]);
    assert_eq!(one.code, 0);
    assert!(
        one.stdout.starts_with("duplicate-key (error)"),
        "{}",
        one.stdout
    );
}

#[test]
fn colours_are_used_when_asked_for() {
    let sandbox = Sandbox::new();
    let plain = sandbox.run(&["explain", "syntax"]);
    assert!(!plain.stdout.contains('\u{1b}'));
    let coloured = sandbox.run(&["explain", "syntax", "--color", "always"]);
    assert!(coloured.stdout.contains('\u{1b}'));
    let mut command = sandbox.command(&["inspect", "none.yaml", "--color", "never"]);
    let never = ended(command.env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(!never.stderr.contains('\u{1b}'), "{}", never.stderr);
}

#[test]
fn a_closed_pipe_is_no_crash() {
    let sandbox = Sandbox::new();
    for arguments in [&["explain"][..], &["--help"], &["inspect", "api.yaml"]] {
        let mut command = sandbox.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let ended = ended(child.wait_with_output().unwrap());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert_eq!(ended.stderr, "");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_everywhere() {
    let (one, other) = (Sandbox::new(), Sandbox::new());
    for sandbox in [&one, &other] {
        assert_eq!(sandbox.run(&["generate", "api.yaml", "-o", "out"]).code, 0);
    }
    assert_eq!(one.read("out/.specwright"), other.read("out/.specwright"));
    assert!(one.read("out/.specwright").contains(" src/lib.rs"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_the_output_is_not_followed() {
    let sandbox = Sandbox::new();
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(sandbox.path().join("out")).unwrap();
    std::os::unix::fs::symlink(outside.path(), sandbox.path().join("out/src")).unwrap();
    let ended = sandbox.run(&["generate", "api.yaml", "-o", "out", "--force"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("symbolic link"), "{}", ended.stderr);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}
