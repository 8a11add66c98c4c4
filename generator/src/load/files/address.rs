//! Where files are, and what a relative reference leads to (RFC 3986, section 5).

use crate::load::fragment::percent_decode;
use std::path::{Component, Path, PathBuf};

/// Where a file is, without looking at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::load) enum Address {
    /// A path, without `.` and with `..` at its beginning alone.
    Path(PathBuf),
    /// Anything else that has a scheme.
    Url(String),
}

impl Address {
    /// The address of a path.
    pub(in crate::load) fn path(path: &Path) -> Self {
        Address::Path(normalize(path))
    }

    /// The address that a reference without a fragment leads to, or why it leads nowhere.
    pub(in crate::load) fn join(&self, reference: &str) -> Result<Address, &'static str> {
        if let Some((scheme, rest)) = scheme(reference) {
            if scheme.eq_ignore_ascii_case("file")
                && let Some(path) = local_path(rest)
            {
                return Ok(Address::path(&decode_path(path)?));
            }
            return Ok(Address::Url(normalize_url(reference)));
        }
        if reference.starts_with("//") {
            return Ok(Address::Url(normalize_url(&format!("https:{reference}"))));
        }
        match self {
            Address::Path(base) => {
                let path = decode_path(reference)?;
                let folder = base.parent().unwrap_or(Path::new(""));
                Ok(Address::path(&folder.join(path)))
            }
            Address::Url(base) => join_url(base, reference)
                .map(Address::Url)
                .ok_or("it is relative to an identifier that has no folders"),
        }
    }
}

/// A scheme and what follows it. One letter is a drive of Windows, which is no scheme that anybody knows either.
fn scheme(reference: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some((scheme, rest))
}

/// The path of a `file:` URL, if it is on this machine.
fn local_path(rest: &str) -> Option<&str> {
    match rest.strip_prefix("//") {
        None => Some(rest),
        Some(rest) if rest.starts_with('/') => Some(rest),
        Some(rest) => rest
            .strip_prefix("localhost")
            .filter(|path| path.starts_with('/')),
    }
}

fn decode_path(reference: &str) -> Result<PathBuf, &'static str> {
    let path = reference.split('?').next().unwrap_or_default();
    let path = percent_decode(path).ok_or("its percent-encoding is malformed")?;
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return Err("a path has neither control characters nor backslashes");
    }
    Ok(PathBuf::from(path))
}

/// Takes out `.` and `..` without asking the disk, as RFC 3986 does.
pub(in crate::load) fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match normal.components().next_back() {
                Some(Component::Normal(_)) => {
                    normal.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => normal.push(".."),
            },
            other => normal.push(other),
        }
    }
    normal
}

fn join_url(base: &str, reference: &str) -> Option<String> {
    let (head, path) = split_url(base)?;
    let joined = match reference.starts_with('/') {
        true => format!("{head}{reference}"),
        false => {
            let folder = path.rfind('/').and_then(|slash| path.get(..=slash));
            format!("{head}{}{reference}", folder.unwrap_or("/"))
        }
    };
    Some(normalize_url(&joined))
}

/// Scheme and host, which do not mind case, and the path.
fn split_url(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.find('/').unwrap_or(rest.len());
    let end = scheme.len() + "://".len() + host;
    Some((url.get(..end)?, url.get(end..)?))
}

fn normalize_url(url: &str) -> String {
    let Some((head, path)) = split_url(url) else {
        return url.to_owned();
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    let slash = if path.is_empty() { "" } else { "/" };
    let trailing = if path.ends_with("/.") || path.ends_with("/..") {
        "/"
    } else {
        ""
    };
    format!(
        "{}{slash}{}{trailing}",
        head.to_ascii_lowercase(),
        segments.join("/")
    )
}

#[cfg(test)]
mod tests {
    use super::Address;
    use std::path::{Path, PathBuf};

    fn path(text: &str) -> Address {
        Address::Path(PathBuf::from(text))
    }

    fn url(text: &str) -> Address {
        Address::Url(text.to_owned())
    }

    #[test]
    fn a_path_is_relative_to_the_folder_of_the_file() {
        let base = Address::path(Path::new("spec/./v1/../api.yaml"));
        assert_eq!(base, path("spec/api.yaml"));
        for (reference, target) in [
            ("pet.yaml", path("spec/pet.yaml")),
            ("./a/../pet%20store.yaml", path("spec/pet store.yaml")),
            ("../shared/pet.yaml", path("shared/pet.yaml")),
            ("../../pet.yaml", path("../pet.yaml")),
            ("%2e%2e/%2e%2e/pet.yaml", path("../pet.yaml")),
            ("/etc/passwd", path("/etc/passwd")),
            ("file:///etc/../etc/passwd", path("/etc/passwd")),
            ("file://other.example/x", url("file://other.example/x")),
            (
                "https://A.example/b/../c.json",
                url("https://a.example/c.json"),
            ),
            ("//a.example/c", url("https://a.example/c")),
            ("C:/x.yaml", url("C:/x.yaml")),
        ] {
            assert_eq!(base.join(reference), Ok(target), "{reference}");
        }
        assert!(base.join("a\\b.yaml").is_err());
        assert!(base.join("a%00.yaml").is_err());
        assert!(base.join("a%zz.yaml").is_err());
    }

    #[test]
    fn a_url_is_relative_to_the_folder_of_the_url() {
        let base = url("https://a.example/api/v1/openapi.yaml");
        for (reference, target) in [
            ("pet.json", "https://a.example/api/v1/pet.json"),
            ("../pet.json", "https://a.example/api/pet.json"),
            ("../../../pet.json", "https://a.example/pet.json"),
            ("/pet.json", "https://a.example/pet.json"),
        ] {
            assert_eq!(base.join(reference), Ok(url(target)), "{reference}");
        }
        assert!(url("urn:a:b").join("pet.json").is_err());
    }
}
