//! What the commands print, and how they end.

use super::sandbox::{DOCUMENT, Sandbox, ended};
use std::fs;
use std::process::Stdio;

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
fn inspect_lists_where_answers_lead_to() {
    let sandbox = Sandbox::new();
    let document = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a/{id}:\n    get:\n      operationId: getA\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses:\n        '200':\n          description: A.\n          links:\n            self:\n              operationId: getA\n              parameters: {id: $request.path.id}\n";
    sandbox.write("api.yaml", document);
    let ended = sandbox.run(&["inspect", "api.yaml"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let line = "  get_a  200: self -> get_a with path.id = $request.path.id (follow_self)\n";
    assert!(
        ended.stdout.contains(&format!("\nLinks\n{line}")),
        "{}",
        ended.stdout
    );
    let ended = sandbox.run(&["inspect", "api.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    let links = &report["summary"]["links"];
    assert_eq!(links[0]["to"], "get_a");
    assert_eq!(links[0]["given"]["path.id"], "$request.path.id");
    assert_eq!(links[0]["follow"], "follow_self");
}

#[test]
fn inspect_shows_what_the_configuration_says_of_pages() {
    let sandbox = Sandbox::new();
    let document = "\
openapi: 3.0.3
info: {title: Lists, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: at, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Some
          content: {application/json: {schema: {type: array, items: {type: string}}}}
";
    sandbox.write("api.yaml", document);
    let configure = |name: &str, parameter: &str| {
        let rule =
            format!("{{ style = 'cursor', parameter = '{parameter}', next.header = 'X-N' }}");
        let text = format!("input = 'api.yaml'\noutput = 'out'\n[pagination]\n'{name}' = {rule}");
        sandbox.write("specwright.toml", &text);
        sandbox.run(&["inspect", "specwright.toml"])
    };
    for name in ["listThings", "GET /things"] {
        let ended = configure(name, "at");
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let expected = "cursor: header X-N -> at; items in the answer (configured)";
        assert!(ended.stdout.contains(expected), "{}", ended.stdout);
    }
    for (name, parameter, expected) in [
        (
            "GET /things",
            "to",
            "[pagination.\"GET /things\"].parameter",
        ),
        (
            "listAll",
            "at",
            "[pagination.\"listAll\"] of the configuration",
        ),
    ] {
        let ended = configure(name, parameter);
        assert_eq!(ended.code, 1);
        assert!(ended.stderr.contains(expected), "{}", ended.stderr);
    }
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
