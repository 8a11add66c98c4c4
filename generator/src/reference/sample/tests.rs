#![allow(clippy::unwrap_used)]

use super::{JavaScript, Language, Part, Python, Shell};
use serde_json::{Value, json};
use std::process::Command;

const NASTY: &[&str] = &[
    "plain",
    "it's \"quoted\"",
    "$HOME ${HOME} $(id) `id` #{1} %s",
    "back\\slash\\",
    "\\'\\",
    "tab\tline\nreturn\r",
    "emoji 🦀 \u{202e} \u{2028}",
    "</script>",
    "",
];

/// What a program prints, or `None` where the machine does not have it.
fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    assert!(output.status.success(), "{program}: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_shell_reads_back_every_string() {
    for text in NASTY {
        let script = format!("printf %s {}", Shell::string(text));
        if let Some(back) = printed("sh", &["-c", &script]) {
            assert_eq!(back, *text);
        }
        let script = format!(
            "unset X; X=${{X:-{}}}; printf %s \"$X\"",
            Shell::string(text)
        );
        if let Some(back) = printed("sh", &["-c", &script]) {
            assert_eq!(back, *text);
        }
        let quoted = Shell::concatenation(&[Part::Literal(text), Part::Variable("X")]);
        let script = format!("X=; printf %s {quoted}");
        if let Some(back) = printed("sh", &["-c", &script]) {
            assert_eq!(back, *text);
        }
    }
}

#[test]
fn python_and_javascript_read_back_every_string() {
    let all = json!(NASTY);
    let python = Python::value(&all, 1).unwrap();
    let script = format!("import json; print(json.dumps({python}))");
    if let Some(back) = printed("python3", &["-c", &script]) {
        assert_eq!(serde_json::from_str::<Value>(&back).unwrap(), all);
    }
    let javascript = JavaScript::value(&all, 1).unwrap();
    let script = format!("console.log(JSON.stringify({javascript}))");
    if let Some(back) = printed("node", &["-e", &script]) {
        assert_eq!(serde_json::from_str::<Value>(&back).unwrap(), all);
    }
}

#[test]
fn javascript_refuses_what_a_literal_would_change() {
    assert_eq!(JavaScript::value(&json!({"__proto__": 1}), 1), None);
    assert_eq!(
        JavaScript::value(&json!(9_007_199_254_740_993_u64), 1),
        None
    );
    assert_eq!(JavaScript::value(&json!({"b": 1, "1": 2}), 1), None);
}
