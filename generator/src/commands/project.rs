//! `specwright` and `specwright check`: what a configuration file says.

use super::args::{GenerateRequest, ProjectRequest};
use super::console::Console;
use super::{Failure, Outcome, generate};
use specwright::config::Config;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Generates, or checks, what the configuration file says.
pub(super) fn run(request: ProjectRequest, console: &Console) -> Result<Outcome, Failure> {
    let path = match request.config {
        Some(path) => path,
        None => find_config()?,
    };
    let config = read(&path)?;
    let mut options = config.options;
    options.strict = request.strict;
    let request = GenerateRequest {
        spec: config.input,
        out: config.output,
        options,
        templates: config.templates,
        mode: request.mode,
    };
    generate::run(&request, console)
}

/// What a configuration file says.
pub(super) fn read(path: &Path) -> Result<Config, Failure> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::user(format!("cannot read {}: {error}", path.display())))?;
    Config::parse(path, &text).map_err(Failure::user)
}

/// The nearest configuration file, by a path that is short to read where it is below the current directory.
fn find_config() -> Result<PathBuf, Failure> {
    let names = [
        Path::new("specwright.toml"),
        Path::new("spec/specwright.toml"),
    ];
    for name in names {
        if name.is_file() {
            return Ok(name.to_owned());
        }
    }
    let here = env::current_dir().map_err(Failure::user)?;
    here.ancestors()
        .skip(1)
        .flat_map(|directory| names.map(|name| directory.join(name)))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            Failure::user(
                "there is no specwright.toml here, in spec/ or above; \
                 write one, or name a document: specwright generate SPEC --out DIR",
            )
        })
}
