#![allow(clippy::unwrap_used, clippy::panic)]

use super::code::{Code, Part};
use super::dialect::{Dialect, Json, dialect};
use super::language::Language;
use serde_json::{Value, json};
use std::process::Command;

const NASTY: &[&str] = &[
    "plain",
    "it's \"quoted\"",
    "$HOME ${HOME} $(id) `id` #{1} #$0 #@x @foo %s {0} <%= 1 %>",
    "back\\slash\\",
    "\\'\\ \\u0041 \\x41 \\n",
    "tab\tline\nreturn\r",
    "emoji 🦀 é \u{202e} \u{2028} \u{85}",
    "</script> */ ?> // # --",
    "\"\"\" ''' ``` )\" )-\"",
    "",
];

/// What a program prints, or `None` where the machine does not have it.
fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    assert!(output.status.success(), "{program}: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn literal(language: Language, text: &str) -> String {
    dialect(language).unwrap().string(text)
}

fn json_code(language: Language, value: &Value) -> Option<String> {
    match &dialect(language).unwrap().json {
        Json::Values(values) => values.literal(value, 1),
        Json::Text(text) => Some(text(value)),
    }
}

/// Programs of languages that start quickly, each printing one expression as it is.
const READERS: &[(Language, &str, &str, &str, &str)] = &[
    (Language::Shell, "sh", "-c", "printf %s ", ""),
    (
        Language::Python,
        "python3",
        "-c",
        "import sys; sys.stdout.reconfigure(newline='', encoding='utf-8'); sys.stdout.write(",
        ")",
    ),
    (
        Language::JavaScript,
        "node",
        "-e",
        "process.stdout.write(",
        ")",
    ),
    (Language::Ruby, "ruby", "-e", "$stdout.binmode; print(", ")"),
    (Language::Php, "php", "-r", "echo ", ";"),
    (Language::Perl, "perl", "-e", "print ", ""),
    (
        Language::R,
        "Rscript",
        "-e",
        "x <- ",
        "; invisible(writeBin(charToRaw(enc2utf8(x)), pipe(\"cat\", \"wb\")))",
    ),
];

#[test]
fn every_language_reads_back_every_string() {
    for (language, program, flag, before, after) in READERS {
        for text in NASTY {
            let script = format!("{before}{}{after}", literal(*language, text));
            if let Some(back) = printed(program, &[flag, &script]) {
                assert_eq!(back, *text, "{language}: {script}");
            }
        }
    }
}

#[test]
fn every_language_reads_back_json() {
    let all = json!({"nasty": NASTY, "empty": {}, "none": [], "null": null, "yes": true, "number": -1.5, "a b": {"c": [[1]]}});
    for (language, program, flag, before, after) in READERS {
        let code = json_code(*language, &all).unwrap();
        let script = match language {
            Language::Python => format!("import json; print(json.dumps({code}))"),
            Language::JavaScript => format!("console.log(JSON.stringify({code}))"),
            Language::Ruby => format!("require 'json'; print JSON.generate({code})"),
            Language::Php => format!("echo json_encode({code});"),
            _ => format!("{before}{code}{after}"),
        };
        if let Some(back) = printed(program, &[flag, &script]) {
            assert_eq!(
                serde_json::from_str::<Value>(&back).unwrap(),
                all,
                "{language}"
            );
        }
    }
}

#[test]
fn a_shell_reads_back_what_stands_beside_a_variable() {
    let shell = dialect(Language::Shell).unwrap();
    for text in NASTY {
        let fallback = format!(
            "unset X; X=${{X:-{}}}; printf %s \"$X\"",
            literal(Language::Shell, text)
        );
        if let Some(back) = printed("sh", &["-c", &fallback]) {
            assert_eq!(back, *text);
        }
        let quoted = shell.concatenation(&[Part::Literal(text), Part::Variable("X")]);
        let script = format!("X=; printf %s {quoted}");
        if let Some(back) = printed("sh", &["-c", &script]) {
            assert_eq!(back, *text);
        }
    }
}

#[test]
fn compiled_languages_spell_what_their_compilers_would_change() {
    assert_eq!(
        literal(Language::Java, "é🦀\n\\u"),
        "\"\\u00e9\\ud83e\\udd80\\n\\\\u\""
    );
    assert_eq!(literal(Language::Go, "\u{202e}`\""), "\"\\u202e`\\\"\"");
    assert_eq!(literal(Language::CSharp, "{0}\0"), "\"{0}\\u0000\"");
    let value = json!({"a": "`\"x"});
    assert_eq!(
        json_code(Language::CSharp, &value).unwrap(),
        "@\"{\n  \"\"a\"\": \"\"`\\\"\"x\"\"\n}\""
    );
    assert_eq!(
        json_code(Language::Go, &value).unwrap(),
        "\"{\\n  \\\"a\\\": \\\"`\\\\\\\"x\\\"\\n}\""
    );
    let java = json_code(Language::Java, &json!({"a": "é"})).unwrap();
    assert_eq!(
        java,
        "\"\"\"\n            {\n              \"a\": \"\\\\u00e9\"\n            }\"\"\""
    );
    // A quote at the very end would make the closing ones four.
    assert!(
        json_code(Language::Java, &json!("x"))
            .unwrap()
            .ends_with("\\\"x\\\"\"\"\"")
    );
}

#[test]
fn a_literal_that_would_change_a_value_is_refused() {
    for value in [
        json!({"__proto__": 1}),
        json!(9_007_199_254_740_993_u64),
        json!({"b": 1, "1": 2}),
    ] {
        assert_eq!(json_code(Language::JavaScript, &value), None);
    }
    for value in [json!({"0": 1}), json!(u64::MAX)] {
        assert_eq!(json_code(Language::Php, &value), None);
    }
}

#[test]
fn expressions_join_runs_of_literals() {
    let parts = [
        Part::Literal("a"),
        Part::Literal("b"),
        Part::Encoded("X"),
        Part::Variable("Y"),
    ];
    let code = |language| {
        dialect(language)
            .map(|dialect: &Dialect| dialect.concatenation(&parts))
            .unwrap()
    };
    assert_eq!(code(Language::Go), "\"ab\" + encode(X) + Y");
    assert_eq!(code(Language::Perl), "\"ab\" . encode($X) . $Y");
    assert_eq!(code(Language::R), "paste0(\"ab\", encode(X), Y)");
    assert_eq!(code(Language::Shell), "\"ab$(urlencode \"$X\")${Y}\"");
}

#[test]
fn a_comment_does_not_end_and_says_nothing_to_tools() {
    let shown = |text: &str| serde_json::to_value(Code::comment(text)).unwrap();
    assert_eq!(shown("a\nb */ ?> \\u000a c"), "a b * / ? > \\ u000a c");
    assert_eq!(shown("-*- coding: latin-1 -*-"), "-*- coding : latin-1 -*-");
}
