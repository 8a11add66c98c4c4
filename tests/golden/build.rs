//! Generates a client from every case, each as one file.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let cases = Path::new("../cases");
    println!("cargo::rerun-if-changed={}", cases.display());
    let mut modules = String::new();
    for area in sorted(cases)?.iter().filter(|path| path.is_dir()) {
        for case in sorted(area)?.iter().filter(|path| is_document(path)) {
            let name = format!("{}_{}", stem(area), stem(case));
            let directory = output.join(&name);
            let generated = specwright::Generator::new(case)
                .name("client")
                .layout(specwright::Layout::File)
                // What is demanded of values is a matter of their types; elsewhere it would only take time to build.
                .validate(area.ends_with("types"))
                .out_dir(&directory)
                .generate();
            match generated {
                Ok(_) => writeln!(
                    modules,
                    "#[doc = \"`{}`\"]\npub mod {name} {{ include!({:?}); }}",
                    case.display(),
                    directory.join("client.rs")
                )?,
                // A document with errors has no client; what it says is in the snapshot.
                Err(specwright::GenerateError::Document { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    fs::write(output.join("cases.rs"), modules)?;
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

fn is_document(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml")
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.replace('-', "_")
}
