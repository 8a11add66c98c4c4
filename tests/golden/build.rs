//! Generates a client from every case.
//!
//! The runtime is the same text in every client, and by far the most of what there is to build. So the clients of the
//! cases are directories that share most of it; those of the choices of formats are one file each, with a runtime of
//! their own. That each client carries all it needs is seen where documents are built as crates (`tests/corpus`).

use specwright::{DateCrate, Defaults, Feature, Formats, GenerateError, Generator, Layout};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let cases = Path::new("../cases");
    println!("cargo::rerun-if-changed={}", cases.display());
    let mut modules = copy_runtime(&output)?;
    for area in sorted(cases)?.iter().filter(|path| path.is_dir()) {
        for case in sorted(area)?.iter().filter(|path| is_document(path)) {
            let name = format!("{}_{}", stem(area), stem(case));
            // What is demanded of values is a matter of their types; elsewhere it would only take time to build.
            let has_demands = area.ends_with("types") || area.ends_with("keywords");
            let mut generator = Generator::new(case).validate(has_demands);
            if stem(case).starts_with("xml") {
                generator = generator.feature(Feature::Xml);
            }
            if stem(case).ends_with("_filled") {
                generator = generator.defaults(Defaults::Filled);
            }
            if ["pagination", "streams"].contains(&stem(case).as_str()) {
                generator = generator.feature(Feature::Blocking);
            }
            if area.ends_with("security") {
                for (_, feature) in Feature::ALL {
                    generator = generator.feature(feature);
                }
            }
            modules += &generate_case(generator, &name, &output)?;
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
        modules += &generate_choice(generator, &format!("formats_{choice}"), output)?;
    }
    Ok(modules)
}

/// The files of the runtime that each client has for itself: it adds methods to the client, and these name it.
const OWN: [&str; 20] = [
    "blocking",
    "body_items",
    "call",
    "client",
    "compression",
    "draft",
    "events",
    "expansion",
    "feed",
    "links",
    "multipart",
    "page_request",
    "pages",
    "part_headers",
    "repeat",
    "request",
    "reqwest",
    "telemetry",
    "waiting",
    "xml_request",
];

/// The line that declares the client of a case, if the document has one.
fn generate_case(
    generator: Generator,
    name: &str,
    output: &Path,
) -> Result<String, Box<dyn Error>> {
    if !generate(generator.layout(Layout::Module), name, output)? {
        return Ok(String::new());
    }
    let directory = output.join(name);
    share_runtime(&directory)?;
    let file = directory.join("mod.rs");
    Ok(format!("#[path = {file:?}]\npub mod {name};\n"))
}

/// The line that declares the runtime that clients share. What is private to a runtime is open to this crate, since each
/// client's runtime consists of these files and its own.
fn copy_runtime(output: &Path) -> Result<String, Box<dyn Error>> {
    let source = Path::new("../../generator/runtime/src");
    println!("cargo::rerun-if-changed={}", source.display());
    let folder = output.join("runtime");
    fs::create_dir_all(&folder)?;
    for path in sorted(source)? {
        let text = fs::read_to_string(&path)?.replace("pub(super)", "pub(crate)");
        fs::write(folder.join(path.file_name().unwrap_or_default()), text)?;
    }
    let file = folder.join("lib.rs");
    Ok(format!(
        "#[allow(dead_code, unused_imports, reason = \"no client uses all\")]\n#[path = {file:?}]\npub mod runtime;\n"
    ))
}

/// Has a client take from the runtime of this crate what it needs not have for itself.
fn share_runtime(directory: &Path) -> Result<(), Box<dyn Error>> {
    let list = directory.join("runtime.rs");
    let mut shared = String::new();
    for line in fs::read_to_string(&list)?.lines() {
        let module = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'));
        match module.filter(|module| !OWN.contains(module)) {
            Some(module) => writeln!(shared, "pub use crate::runtime::{module};")?,
            None => writeln!(shared, "{line}")?,
        }
    }
    Ok(fs::write(list, shared)?)
}

/// The line that includes a client of one file.
fn generate_choice(
    generator: Generator,
    name: &str,
    output: &Path,
) -> Result<String, Box<dyn Error>> {
    if !generate(generator.layout(Layout::File), name, output)? {
        return Ok(String::new());
    }
    let file = output.join(name).join("client.rs");
    Ok(format!(
        "#[doc = \"The client `{name}`.\"]\npub mod {name} {{ include!({file:?}); }}\n"
    ))
}

/// Whether the document has a client.
fn generate(generator: Generator, name: &str, output: &Path) -> Result<bool, Box<dyn Error>> {
    match generator
        .name("client")
        .out_dir(output.join(name))
        .generate()
    {
        Ok(_) => Ok(true),
        // A document with errors has no client; what it says is in the snapshot.
        Err(GenerateError::Document { .. }) => Ok(false),
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
