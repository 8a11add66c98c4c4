//! Generates a client from every case, each as one file.

use specwright::{DateCrate, Formats, GenerateError, Generator, Layout};
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
            // What is demanded of values is a matter of their types; elsewhere it would only take time to build.
            let generator = Generator::new(case).validate(area.ends_with("types"));
            modules += &generate(generator, &name, &output)?;
        }
    }
    modules += &generate_choices(&output)?;
    fs::write(output.join("cases.rs"), modules)?;
    Ok(())
}

/// The client of the formats with each choice of types; the case itself has the usual ones.
fn generate_choices(output: &Path) -> Result<String, Box<dyn Error>> {
    let all_of = |dates| Formats {
        date_time: Some(dates),
        date: Some(dates),
        time: Some(dates),
        duration: Some(dates),
        ..Formats::default()
    };
    let texts = Formats {
        date_time: None,
        date: None,
        time: None,
        uuid: false,
        byte: false,
        ipv4: false,
        ipv6: false,
        ..Formats::default()
    };
    let mut heavy = all_of(DateCrate::Time);
    (heavy.uri, heavy.decimal) = (true, true);
    let choices = [
        ("jiff", all_of(DateCrate::Jiff)),
        ("chrono", all_of(DateCrate::Chrono)),
        ("time", heavy),
        ("texts", texts),
    ];
    let mut modules = String::new();
    for (choice, formats) in choices {
        let generator = Generator::new("../cases/types/formats.yaml").formats(formats);
        modules += &generate(generator, &format!("formats_{choice}"), output)?;
    }
    Ok(modules)
}

/// The line that includes a client, if the document has one.
fn generate(generator: Generator, name: &str, output: &Path) -> Result<String, Box<dyn Error>> {
    let directory = output.join(name);
    let generator = generator.name("client").layout(Layout::File);
    match generator.out_dir(&directory).generate() {
        Ok(_) => {
            let file = directory.join("client.rs");
            let mut line = String::new();
            writeln!(
                line,
                "#[doc = \"The client `{name}`.\"]\npub mod {name} {{ include!({file:?}); }}"
            )?;
            Ok(line)
        }
        // A document with errors has no client; what it says is in the snapshot.
        Err(GenerateError::Document { .. }) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
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
