#![allow(clippy::expect_used, clippy::unwrap_used)]

use super::{Found, Reader};
use crate::diagnostic::{Code, Diagnostics};
use crate::load::budget::Budget;
use crate::load::files::Address;
use crate::load::{Entry, LoadOptions, Mapping};
use crate::source::{FileId, Sources};
use std::fs;
use std::path::Path;

fn read_entry(entry: &Entry, options: &LoadOptions) -> (Sources, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let mut budget = Budget::new(options);
    Reader::new(entry, options).read_entry(&mut budget, &mut sources, &mut diagnostics);
    (sources, diagnostics)
}

fn read_file(bytes: &[u8], options: &LoadOptions) -> (Sources, Diagnostics) {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), bytes).expect("written");
    read_entry(&Entry::path(file.path()), options)
}

fn only_code(diagnostics: &Diagnostics) -> Vec<Code> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

#[test]
fn a_byte_order_mark_is_taken_off() {
    let (sources, diagnostics) = read_file(b"\xef\xbb\xbfopenapi: 3.0.3", &LoadOptions::default());
    assert_eq!(
        sources.get(FileId::ENTRY).expect("a file").text,
        "openapi: 3.0.3"
    );
    assert_eq!(diagnostics.iter().count(), 0);
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_place() {
    let (_, diagnostics) = read_file(b"info: \xff", &LoadOptions::default());
    let diagnostic = diagnostics.iter().next().expect("a diagnostic");
    assert_eq!(diagnostic.code, Code::Syntax);
    assert_eq!(diagnostic.span, Some(6..9));
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let options = LoadOptions {
        max_bytes: 3,
        ..LoadOptions::default()
    };
    assert_eq!(only_code(&read_file(b"abc", &options).1), []);
    assert_eq!(only_code(&read_file(b"abcd", &options).1), [Code::Limit]);
}

#[test]
fn a_missing_file_is_an_io_error() {
    let entry = Entry::path("no/such/file.yaml");
    let (sources, diagnostics) = read_entry(&entry, &LoadOptions::default());
    assert_eq!(only_code(&diagnostics), [Code::Io]);
    assert_eq!(sources.watched().count(), 1);
}

fn find(options: &LoadOptions, entry: &Path, address: &Address) -> Result<Found, (Code, String)> {
    let entry = Entry::path(entry);
    let mut reader = Reader::new(&entry, options);
    let found = reader.find(address, &mut Sources::default());
    found.map_err(|refusal| {
        let help = refusal.help.unwrap_or_default();
        (refusal.code, format!("{}; {help}", refusal.reason))
    })
}

#[test]
fn nothing_outside_of_the_roots_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("spec/api.yaml", ""),
        ("spec/a/pet.yaml", ""),
        ("other/pet.yaml", ""),
    ] {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        fs::write(at(name), text).unwrap();
    }
    let entry = at("spec/api.yaml");
    let code = |options: &LoadOptions, name: &str| {
        let address = Address::path(&at(name));
        find(options, &entry, &address)
            .map_err(|(code, _)| code)
            .err()
    };
    let options = LoadOptions::default();
    assert_eq!(code(&options, "spec/a/pet.yaml"), None);
    assert_eq!(
        code(&options, "spec/b.yaml"),
        Some(Code::UnresolvedReference)
    );
    assert_eq!(code(&options, "spec/a"), Some(Code::UnresolvedReference));
    assert_eq!(
        code(&options, "other/pet.yaml"),
        Some(Code::ForbiddenReference)
    );
    assert_eq!(
        code(&options, "other/none.yaml"),
        Some(Code::ForbiddenReference)
    );
    let wider = LoadOptions {
        roots: vec![at("other")],
        ..LoadOptions::default()
    };
    assert_eq!(code(&wider, "other/pet.yaml"), None);

    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("other/pet.yaml"), at("spec/out.yaml")).unwrap();
        std::os::unix::fs::symlink(at("spec/a"), at("spec/in")).unwrap();
        assert_eq!(
            code(&options, "spec/out.yaml"),
            Some(Code::ForbiddenReference)
        );
        assert_eq!(code(&wider, "spec/out.yaml"), None);
        let real = find(&options, &entry, &Address::path(&at("spec/in/pet.yaml"))).unwrap();
        let same = find(&options, &entry, &Address::path(&at("spec/a/pet.yaml"))).unwrap();
        assert_eq!(real, same);
    }
}

#[test]
fn a_local_copy_is_what_its_checksum_says() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::write(folder.path().join("a.json"), "{}").unwrap();
    fs::write(folder.path().join("b/c.json"), "[]").unwrap();
    let lookup = |checksum: &str, url: &str| {
        let options = LoadOptions {
            mappings: vec![Mapping {
                url: "https://a.example/schemas".to_owned(),
                path: folder.path().to_owned(),
                checksum: checksum.to_owned(),
            }],
            ..LoadOptions::default()
        };
        find(
            &options,
            Path::new("api.yaml"),
            &Address::Url(url.to_owned()),
        )
    };
    // (cd FOLDER && find * -type f | LC_ALL=C sort | xargs sha256sum) | sha256sum
    let checksum = "sha256:aea28248b11b0e55ec7350fa6dd2becf9ac81e5f1c9b41c0120ce22a26f01eae";
    let (code, said) = lookup("", "https://a.example/schemas/b/c.json").unwrap_err();
    assert_eq!(code, Code::ForbiddenReference);
    assert!(said.contains(checksum), "{said}");
    let found = lookup(checksum, "https://a.example/schemas/b/c.json").unwrap();
    assert_eq!(
        found,
        Found::Copy {
            mapping: 0,
            place: "b/c.json".to_owned()
        }
    );
    let missing = lookup(checksum, "https://a.example/schemas/d.json").unwrap_err();
    assert_eq!(missing.0, Code::UnresolvedReference);
    for elsewhere in [
        "https://a.example/schemas2/a.json",
        "https://b.example/a.json",
    ] {
        let (code, said) = lookup(checksum, elsewhere).unwrap_err();
        assert_eq!(code, Code::ForbiddenReference);
        assert!(said.contains("never uses the network"), "{said}");
    }
}
