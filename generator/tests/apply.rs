//! What `apply` does to a directory: only its own files, all of them or none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use specwright::artifact::{ApplyError, Artifact, ArtifactPath, Changes, Mode, apply};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
    files
        .iter()
        .map(|(path, content)| Artifact {
            path: ArtifactPath::parse(path).unwrap(),
            content: (*content).to_owned(),
        })
        .collect()
}

fn write(root: &Path, files: &[(&str, &str)]) -> Result<Changes, ApplyError> {
    apply(root, &artifacts(files), Mode::Write)
}

fn check(root: &Path, files: &[(&str, &str)]) -> Changes {
    apply(root, &artifacts(files), Mode::Check).unwrap()
}

/// Every file below a directory with its content, the manifest left out.
fn tree(root: &Path) -> Vec<(String, String)> {
    fn visit(root: &Path, directory: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                found.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    visit(root, root, &mut found);
    found.retain(|(name, _)| name != ".specwright");
    found.sort();
    found
}

fn names(root: &Path) -> Vec<String> {
    tree(root).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn what_is_written_is_found_up_to_date() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/out");
    let files = [("src/lib.rs", "one"), ("README.md", "two")];

    let before = check(&out, &files);
    assert_eq!(before.created, [".specwright", "README.md", "src/lib.rs"]);
    assert!(!out.exists(), "looking must not create anything");

    assert_eq!(write(&out, &files).unwrap(), before);
    assert_eq!(names(&out), ["README.md", "src/lib.rs"]);
    let after = check(&out, &files);
    assert!(after.is_empty());
    assert_eq!(after.unchanged, 2);
}

#[test]
fn unchanged_files_keep_their_time() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.rs", "same"), ("b.rs", "old")]).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    for name in ["a.rs", ".specwright"] {
        let path = root.path().join(name);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let modified = |name: &str| {
        let metadata = fs::metadata(root.path().join(name)).unwrap();
        metadata.modified().unwrap()
    };

    write(root.path(), &[("a.rs", "same"), ("b.rs", "old")]).unwrap();
    assert_eq!(modified(".specwright"), long_ago, "nothing changed at all");

    let changes = write(root.path(), &[("a.rs", "same"), ("b.rs", "new")]).unwrap();
    assert_eq!(changes.changed, [".specwright", "b.rs"]);
    assert_eq!(modified("a.rs"), long_ago);
}

#[test]
fn what_a_former_run_wrote_is_removed_with_its_directories() {
    let root = tempfile::tempdir().unwrap();
    let former = [
        ("src/lib.rs", "x"),
        ("docs/pets/list.md", "x"),
        ("docs/index.md", "x"),
    ];
    write(root.path(), &former).unwrap();
    fs::write(root.path().join("docs/notes.md"), "mine").unwrap();

    let changes = write(root.path(), &[("src/lib.rs", "x")]).unwrap();
    assert_eq!(changes.removed, ["docs/index.md", "docs/pets/list.md"]);
    assert_eq!(names(root.path()), ["docs/notes.md", "src/lib.rs"]);
    assert!(!root.path().join("docs/pets").exists());
}

#[test]
fn a_stale_file_that_was_edited_is_left_to_the_user() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.rs", "x"), ("b.rs", "x")]).unwrap();
    fs::write(root.path().join("b.rs"), "edited").unwrap();

    let changes = write(root.path(), &[("a.rs", "x")]).unwrap();
    assert_eq!(changes.kept, ["b.rs"]);
    assert!(changes.removed.is_empty());
    assert_eq!(names(root.path()), ["a.rs", "b.rs"]);
    assert!(check(root.path(), &[("a.rs", "x")]).is_empty());
}

#[test]
fn an_edited_file_is_drift_and_is_written_anew() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.rs", "x")]).unwrap();
    fs::write(root.path().join("a.rs"), "edited").unwrap();
    assert_eq!(check(root.path(), &[("a.rs", "x")]).changed, ["a.rs"]);
    write(root.path(), &[("a.rs", "x")]).unwrap();
    assert_eq!(tree(root.path()), [("a.rs".to_owned(), "x".to_owned())]);
}

#[test]
fn foreign_files_are_never_replaced_unless_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let lib = root.path().join("src/lib.rs");
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(&lib, "mine").unwrap();
    let files = [("src/lib.rs", "theirs"), ("src/new.rs", "new")];

    let error = write(root.path(), &files).unwrap_err();
    assert!(matches!(&error, ApplyError::Foreign { paths, .. } if *paths == ["src/lib.rs"]));
    assert!(error.to_string().contains("--force"), "{error}");
    assert_eq!(names(root.path()), ["src/lib.rs"]);
    assert_eq!(fs::read_to_string(&lib).unwrap(), "mine");

    apply(root.path(), &artifacts(&files), Mode::Overwrite).unwrap();
    assert_eq!(fs::read_to_string(&lib).unwrap(), "theirs");
}

#[test]
fn a_directory_where_a_file_must_go_stops_the_run_before_it_starts() {
    let root = tempfile::tempdir().unwrap();
    let former = [("a.rs", "old"), ("stale.rs", "old")];
    write(root.path(), &former).unwrap();
    fs::create_dir_all(root.path().join("z/last.rs")).unwrap();
    let before = tree(root.path());

    let wanted = [("a.rs", "new"), ("b/new.rs", "new"), ("z/last.rs", "new")];
    let error = write(root.path(), &wanted).unwrap_err();
    assert!(
        error.to_string().contains("a directory is in the way"),
        "{error}"
    );
    assert_eq!(tree(root.path()), before);
    assert!(!root.path().join("b").exists());
}

#[test]
fn a_damaged_list_of_files_is_named_with_its_line() {
    let root = tempfile::tempdir().unwrap();
    let list = root.path().join(".specwright");
    fs::write(list, "# list\n00ff ../../etc/passwd\n").unwrap();
    let error = write(root.path(), &[("a.rs", "x")]).unwrap_err();
    assert!(error.to_string().contains(".specwright, line 2"), "{error}");
    assert!(names(root.path()).is_empty());
}

#[test]
fn paths_that_are_one_file_where_case_is_ignored_are_refused() {
    let root = tempfile::tempdir().unwrap();
    for files in [
        [("docs/User.md", "x"), ("docs/user.md", "x")],
        [("Docs", "x"), ("docs/user.md", "x")],
    ] {
        let error = write(root.path(), &files).unwrap_err();
        assert!(matches!(error, ApplyError::Collision { .. }), "{error}");
    }
    assert!(names(root.path()).is_empty());
}

#[test]
fn an_output_below_a_file_is_an_error() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = write(&file.join("out"), &[("a.rs", "x")]).unwrap_err();
    assert!(error.to_string().contains("out"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn symbolic_links_are_not_followed_out_of_the_directory() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("lib.rs"), "outside").unwrap();
        symlink(outside.path(), root.path().join("src")).unwrap();
        symlink(outside.path().join("lib.rs"), root.path().join("file.rs")).unwrap();

        for path in ["src/lib.rs", "src/new.rs", "file.rs"] {
            for mode in [Mode::Write, Mode::Overwrite] {
                let error = apply(root.path(), &artifacts(&[(path, "x")]), mode).unwrap_err();
                let text = error.to_string();
                assert!(text.contains("a symbolic link is in the way"), "{text}");
            }
        }
        let outside = tree(outside.path());
        assert_eq!(outside, [("lib.rs".to_owned(), "outside".to_owned())]);
    }

    #[test]
    fn a_stale_file_behind_a_link_is_not_removed() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        write(root.path(), &[("docs/a.md", "x"), ("b.md", "x")]).unwrap();
        fs::rename(root.path().join("docs/a.md"), outside.path().join("a.md")).unwrap();
        fs::remove_dir(root.path().join("docs")).unwrap();
        symlink(outside.path(), root.path().join("docs")).unwrap();

        write(root.path(), &[("b.md", "x")]).unwrap();
        assert_eq!(names(outside.path()), ["a.md"]);
    }

    #[test]
    fn a_read_only_directory_is_an_error_that_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &[("a.rs", "old")]).unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o555)).unwrap();
        if fs::write(root.path().join("probe"), "").is_ok() {
            eprintln!("skipped: this user may write everywhere");
            return;
        }
        let error = write(root.path(), &[("a.rs", "new")]).unwrap_err();
        assert!(error.to_string().contains("cannot write to"), "{error}");
        let content = fs::read_to_string(root.path().join("a.rs")).unwrap();
        assert_eq!(content, "old");
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }
}
