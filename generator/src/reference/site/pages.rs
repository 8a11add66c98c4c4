//! What pages the site has, and how they reach each other.

use crate::artifact::ArtifactPath;
use crate::model::{Docs, OperationId, TypeId};
use crate::reference::encode::{Anchor, Text, Url};
use crate::reference::links::{Links, plain};
use crate::reference::sections::{Section, sections};
use std::collections::BTreeSet;

/// The files of all pages, and the groups of operations.
pub struct Pages<'a> {
    operations: Vec<String>,
    types: Vec<String>,
    incoming: Vec<String>,
    /// The groups that the sidebar shows; one that is empty has others in it.
    pub groups: Vec<Group<'a>>,
    /// The group of each operation.
    group_of: Vec<usize>,
}

/// A section.
pub struct Group<'a> {
    /// What it is called.
    pub title: Text,
    /// What the document says of the tag.
    pub docs: Option<&'a Docs>,
    /// How deep it stands.
    pub depth: usize,
    /// The group that it stands in.
    pub parent: Option<usize>,
    /// The groups that stand in it.
    pub within: Vec<usize>,
    /// Its page.
    file: String,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

/// How the pages of a directory reach the root of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Root(&'static str);

impl Root {
    /// From a page at the root.
    pub const TOP: Root = Root("");
    /// From a page in a directory.
    pub const BELOW: Root = Root("../");

    /// What relative links start with.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// A page of ours.
    pub fn url(self, file: &str) -> Url {
        Url::page(&format!("{}{file}", self.0), None)
    }

    /// A place in a page of ours.
    pub fn place(self, file: &str, anchor: &str) -> Url {
        Url::page(&format!("{}{file}", self.0), Some(&Anchor::new(anchor)))
    }
}

impl<'a> Pages<'a> {
    /// Names the file of each page. File systems that ignore case are the reason for the numbers behind some names.
    pub fn new(links: Links<'a>) -> Self {
        let mut taken = BTreeSet::new();
        let operations = links.client.operations.iter();
        let operations = operations
            .map(|item| file("operations", plain(&item.method), &mut taken))
            .collect();
        let types = links.client.types.iter();
        let types = types
            .map(|item| file("types", plain(&item.name), &mut taken))
            .collect();
        let incoming = links.client.incoming.list.iter();
        let incoming = incoming
            .map(|item| file(item.module.name(), plain(&item.function), &mut taken))
            .collect();
        let (groups, group_of) = groups(links, &mut taken);
        Pages {
            operations,
            types,
            incoming,
            groups,
            group_of,
        }
    }

    /// The page of an operation, from the root of the site.
    pub fn operation(&self, id: OperationId) -> &str {
        self.operations.get(id.index()).map_or("", String::as_str)
    }

    /// The page of a type, from the root of the site.
    pub fn type_page(&self, id: TypeId) -> &str {
        self.types.get(id.index()).map_or("", String::as_str)
    }

    /// The page of a request that the API makes, by its place among them, from the root of the site.
    pub fn incoming(&self, index: usize) -> &str {
        self.incoming.get(index).map_or("", String::as_str)
    }

    /// The group that an operation stands in.
    pub fn group(&self, id: OperationId) -> Option<(usize, &Group<'a>)> {
        let index = *self.group_of.get(id.index())?;
        Some((index, self.groups.get(index)?))
    }
}

impl Group<'_> {
    /// Its page, from the root of the site.
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// Longer names are cut, in bytes.
const LONGEST_NAME: usize = 100;

/// A file that no other page has, in the spelling that [`ArtifactPath`] leaves as it is.
fn file(directory: &'static str, name: &str, taken: &mut BTreeSet<String>) -> String {
    // Long names are cut here, so that there is room for a number and the extension below the limit of a path.
    let stem = ArtifactPath::new([name]);
    let stem = stem.as_str().get(..LONGEST_NAME).unwrap_or(stem.as_str());
    let mut count = 1_usize;
    loop {
        let path = match count {
            1 => ArtifactPath::new([directory, &format!("{stem}.html")]),
            count => ArtifactPath::new([directory, &format!("{stem}-{count}.html")]),
        };
        if taken.insert(path.as_str().to_ascii_lowercase()) {
            return path.as_str().to_owned();
        }
        count += 1;
    }
}

fn groups<'a>(links: Links<'a>, taken: &mut BTreeSet<String>) -> (Vec<Group<'a>>, Vec<usize>) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut group_of = vec![0; links.api.operations.len()];
    for section in sections(links.api) {
        for id in &section.operations {
            if let Some(group) = group_of.get_mut(id.index()) {
                *group = groups.len();
            }
        }
        let index = groups.len();
        if let Some(parent) = section.parent.and_then(|parent| groups.get_mut(parent)) {
            parent.within.push(index);
        }
        groups.push(group(section, taken));
    }
    (groups, group_of)
}

fn group<'a>(section: Section<'a>, taken: &mut BTreeSet<String>) -> Group<'a> {
    let slug: String = section
        .title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let slug = match slug.trim_matches('-') {
        "" => "group",
        slug => slug,
    };
    Group {
        title: Text::new(&section.title),
        docs: section.tag.map(|tag| &tag.docs),
        depth: section.depth,
        parent: section.parent,
        within: Vec::new(),
        file: file("tags", slug, taken),
        operations: section.operations,
    }
}

#[cfg(test)]
mod tests {
    use super::file;
    use crate::artifact::ArtifactPath;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_pages_are_one_file() {
        let mut taken = BTreeSet::new();
        let long = "x".repeat(300);
        let names = ["Id", "ID", "id", "con", "é", "ü", long.as_str()];
        let files: Vec<String> = names
            .into_iter()
            .map(|name| file("types", name, &mut taken))
            .collect();
        assert_eq!(files.first().map(String::as_str), Some("types/Id.html"));
        assert_eq!(files.get(1).map(String::as_str), Some("types/ID-2.html"));
        assert_eq!(taken.len(), files.len());
        for path in files {
            assert!(path.ends_with(".html"), "{path}");
            assert!(ArtifactPath::parse(&path).is_some(), "{path}");
        }
    }
}
