//! What the commands do to files.

use super::sandbox::{Sandbox, ended};
use std::fs;

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

    let written = sandbox.run(&[]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    assert!(sandbox.has("out/src/lib.rs"));
    assert_eq!(sandbox.run(&["check"]).code, 0);

    // From below, too.
    fs::create_dir_all(sandbox.path().join("deep/down")).unwrap();
    let below = sandbox
        .command(&["check"])
        .current_dir(sandbox.path().join("deep/down"))
        .output()
        .unwrap();
    assert_eq!(ended(below).code, 0);
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

#[test]
fn references_lead_into_the_folders_that_are_named_and_no_others() {
    let sandbox = Sandbox::new();
    let document = sandbox.read("api.yaml").replace(
        "$ref: '#/components/schemas/Pet'",
        "$ref: '../shared/pet.yaml'",
    );
    sandbox.write("spec/api.yaml", &document);
    sandbox.write(
        "shared/pet.yaml",
        "type: object\nproperties: {n: {type: int}}\n",
    );
    let refused = sandbox.run(&["inspect", "spec/api.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("error[forbidden-reference]"),
        "{}",
        refused.stderr
    );
    let found = sandbox.run(&["inspect", "spec/api.yaml", "--root", "shared"]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(
        found.stderr.contains("--> shared/pet.yaml:2:18"),
        "{}",
        found.stderr
    );

    let config = "input = 'api.yaml'\noutput = '../out'\nroots = ['../shared']\n";
    sandbox.write("spec/specwright.toml", config);
    assert_eq!(sandbox.run(&[]).code, 0);
}

#[test]
fn a_copy_of_a_server_is_used_if_its_checksum_is_right() {
    let sandbox = Sandbox::new();
    let document = sandbox.read("api.yaml").replace(
        "$ref: '#/components/schemas/Pet'",
        "$ref: 'https://pets.example.com/schemas/pet.json#/$defs/Pet'",
    );
    sandbox.write("api.yaml", &document);
    sandbox.write("copy/pet.json", r#"{"$defs": {"Pet": {"type": "object"}}}"#);
    let config = "input = 'api.yaml'\noutput = 'out'\n";
    let mapping = "[[mappings]]\nurl = 'https://pets.example.com/schemas'\npath = 'copy'\n";
    sandbox.write("specwright.toml", config);
    let remote = sandbox.run(&[]);
    assert_eq!(remote.code, 1);
    assert!(
        remote.stderr.contains("never uses the network"),
        "{}",
        remote.stderr
    );
    sandbox.write("specwright.toml", &format!("{config}{mapping}"));
    let unsure = sandbox.run(&[]);
    assert_eq!(unsure.code, 1);
    let (_, rest) = unsure.stderr.split_once("sha256:").unwrap();
    let checksum: String = rest.chars().take(64).collect();
    sandbox.write(
        "specwright.toml",
        &format!("{config}{mapping}checksum = 'sha256:{checksum}'\n"),
    );
    let trusted = sandbox.run(&[]);
    assert_eq!(trusted.code, 0, "{}", trusted.stderr);
}

#[test]
fn limits_are_chosen_on_the_command_line() {
    let sandbox = Sandbox::new();
    let deep = format!(
        "{}x-deep: {}1{}\n",
        sandbox.read("api.yaml"),
        "[".repeat(140),
        "]".repeat(140)
    );
    sandbox.write("api.yaml", &deep);
    let refused = sandbox.run(&["inspect", "api.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("error[limit]"),
        "{}",
        refused.stderr
    );
    let read = sandbox.run(&["inspect", "api.yaml", "--limit", "max-depth=200"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    let unknown = sandbox.run(&["inspect", "api.yaml", "--limit", "deep=200"]);
    assert_eq!(unknown.code, 2);
}
