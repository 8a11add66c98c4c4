//! Names for what other files hold, which depend on where it stands and on nothing else.

use super::Address;
use crate::load::bundle::derived_name;
use crate::source::Pointer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What is to be named.
pub(super) struct Nameless<'a> {
    pub(super) section: &'static str,
    pub(super) address: &'a Address,
    pub(super) pointer: &'a Pointer,
}

/// Words of folders that say nothing about what is in them.
const PLAIN: &[&str] = &[".", "..", "", "models", "schemas"];

/// A name for each, in their order. A name is that of the component or the stem of the file; where several would have
/// the same or the document has it already, the folders that tell them apart come first.
pub(super) fn names(
    list: &[Nameless<'_>],
    taken: &BTreeMap<&'static str, BTreeSet<String>>,
) -> Vec<String> {
    let wanted: Vec<Wanted> = list.iter().map(Wanted::of).collect();
    let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, (nameless, wanted)) in list.iter().zip(&wanted).enumerate() {
        let key = (nameless.section, wanted.name.as_str());
        groups.entry(key).or_default().push(index);
    }
    let nothing = BTreeSet::new();
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut names = vec![String::new(); list.len()];
    for ((section, name), mut members) in groups {
        let taken = taken.get(section).unwrap_or(&nothing);
        let used = used.entry(section).or_default();
        // The order of their places, not that in which they were found.
        members.sort_by_key(|index| list.get(*index).map(|one| (one.address, one.pointer)));
        let is_alone = members.len() == 1 && !taken.contains(name);
        let qualified = match is_alone {
            true => vec![name.to_owned()],
            false => {
                let group: Vec<&Wanted> = members
                    .iter()
                    .filter_map(|index| wanted.get(*index))
                    .collect();
                qualify(&group)
            }
        };
        for (index, base) in members.into_iter().zip(qualified) {
            let mut name = base.clone();
            let mut number = 2;
            while taken.contains(&name) || used.contains(&name) {
                name = format!("{base}_{number}");
                number += 1;
            }
            used.insert(name.clone());
            if let Some(place) = names.get_mut(index) {
                *place = name;
            }
        }
    }
    names
}

/// A name, and the words that may stand before it, the nearest first.
struct Wanted {
    name: String,
    words: Vec<String>,
}

impl Wanted {
    fn of(nameless: &Nameless<'_>) -> Self {
        let path = match nameless.address {
            Address::Path(path) => path.display().to_string().replace('\\', "/"),
            Address::Url(url) => url
                .split_once("://")
                .map_or(url.as_str(), |(_, rest)| rest)
                .to_owned(),
        };
        let mut words: Vec<String> = path.split('/').map(str::to_owned).collect();
        let stem = words.pop().map(|file| stem(&file)).unwrap_or_default();
        words.retain(|word| !PLAIN.contains(&word.as_str()));
        words.reverse();
        let tokens: Vec<String> = nameless.pointer.tokens().collect();
        let name = match tokens.as_slice() {
            [] => stem,
            [name] => own(name, stem, &mut words),
            [section, name] if is_section(section) => own(name, stem, &mut words),
            [components, _, name] if components == "components" => own(name, stem, &mut words),
            _ => format!("{stem}_{}", derived_name(nameless.pointer)),
        };
        Wanted {
            name: allowed(&name),
            words: words.iter().map(|word| allowed(word)).collect(),
        }
    }
}

/// A name of its own: the file is the first word that tells it apart.
fn own(name: &str, stem: String, words: &mut Vec<String>) -> String {
    words.insert(0, stem);
    name.to_owned()
}

fn is_section(word: &str) -> bool {
    matches!(
        word,
        "definitions" | "$defs" | "schemas" | "parameters" | "responses" | "headers" | "examples"
    )
}

fn stem(file: &str) -> String {
    let stem = Path::new(file).file_stem();
    stem.map_or_else(
        || file.to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// Letters, digits and what else the name of a component may have.
fn allowed(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c,
            _ => '_',
        })
        .collect();
    match name.chars().any(|c| c.is_ascii_alphanumeric()) {
        true => name,
        false => "Referenced".to_owned(),
    }
}

/// Puts before each name the nearest words in which they differ, as few as tell all of them apart.
fn qualify(group: &[&Wanted]) -> Vec<String> {
    let mut names: Vec<String> = group.iter().map(|wanted| wanted.name.clone()).collect();
    let deepest = group.iter().map(|wanted| wanted.words.len()).max();
    for level in 0..deepest.unwrap_or(0) {
        let words: BTreeSet<Option<&String>> =
            group.iter().map(|wanted| wanted.words.get(level)).collect();
        if words.len() == 1 && group.len() > 1 {
            continue;
        }
        for (name, wanted) in names.iter_mut().zip(group) {
            if let Some(word) = wanted.words.get(level) {
                *name = format!("{word}_{name}");
            }
        }
        let distinct: BTreeSet<&String> = names.iter().collect();
        if distinct.len() == names.len() {
            break;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Nameless, names};
    use crate::load::files::Address;
    use crate::source::Pointer;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::PathBuf;

    fn named(list: &[(&str, &str)], taken: &[&str]) -> Vec<String> {
        let places: Vec<(Address, Pointer)> = list
            .iter()
            .map(|(path, pointer)| {
                let address = Address::Path(PathBuf::from(path));
                (address, Pointer::from_escaped(pointer))
            })
            .collect();
        let list: Vec<Nameless<'_>> = places
            .iter()
            .map(|(address, pointer)| Nameless {
                section: "schemas",
                address,
                pointer,
            })
            .collect();
        let taken: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
        names(&list, &BTreeMap::from([("schemas", taken)]))
    }

    #[test]
    fn a_name_is_that_of_the_component_or_of_the_file() {
        let list = [
            ("models/pet.yml", ""),
            ("shared.yml", "/Error"),
            ("shared.yml", "/components/schemas/Owner"),
            ("shared.yml", "/$defs/Tag"),
            ("models/pet.yml", "/properties/kind"),
            ("models/new pet.yml", ""),
        ];
        let expected = ["pet", "Error", "Owner", "Tag", "pet_kind", "new_pet"];
        assert_eq!(named(&list, &[]), expected);
    }

    #[test]
    fn names_that_are_the_same_are_told_apart_by_where_they_stand() {
        let list = [
            ("resources/apps/models/error.yml", ""),
            ("resources/disks/models/error.yml", ""),
            ("resources/disks/models/disk.yml", ""),
            ("a.yml", "/Pet"),
            ("b.yml", "/Pet"),
            ("c.yml", "/definitions/Cat"),
        ];
        let expected = [
            "apps_error",
            "disks_error",
            "disk",
            "a_Pet",
            "b_Pet",
            "c_Cat",
        ];
        assert_eq!(named(&list, &["Cat"]), expected);
        let reversed: Vec<_> = list.into_iter().rev().collect();
        let mut names = named(&reversed, &["Cat"]);
        names.reverse();
        assert_eq!(names, expected);
    }
}
