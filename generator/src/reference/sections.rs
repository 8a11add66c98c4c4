//! The sections that operations are listed in: the tags of the document, and for operations without one what their
//! paths begin with, since one list of hundreds helps nobody.

use crate::model::{Api, Operation, OperationId, Tag};
use std::collections::{BTreeMap, HashMap};

/// Operations that belong together.
pub struct Section<'a> {
    /// What it is called.
    pub title: String,
    /// The tag of the document that it stands for.
    pub tag: Option<&'a Tag>,
    /// Its operations, in the order of the document; never none.
    pub operations: Vec<OperationId>,
}

/// Up to this many operations without a tag are one section.
const MOST_TOGETHER: usize = 24;

/// Each operation in one section: those of the tags in their order, then those without a tag.
pub fn sections(api: &Api) -> Vec<Section<'_>> {
    let tags: BTreeMap<&str, usize> = api
        .tags
        .iter()
        .enumerate()
        .map(|(index, tag)| (tag.name.as_str(), index))
        .collect();
    let mut members: Vec<Vec<OperationId>> = vec![Vec::new(); api.tags.len()];
    let mut rest = Vec::new();
    for (id, operation) in api.operations.iter() {
        let tag = operation
            .tags
            .first()
            .and_then(|tag| tags.get(tag.as_str()));
        match tag.and_then(|index| members.get_mut(*index)) {
            Some(list) => list.push(id),
            None => rest.push(id),
        }
    }
    let tagged = api
        .tags
        .iter()
        .zip(members)
        .map(|(tag, operations)| Section {
            title: tag.name.as_str().to_owned(),
            tag: Some(tag),
            operations,
        });
    let mut sections: Vec<Section<'_>> = tagged
        .filter(|section| !section.operations.is_empty())
        .collect();
    sections.extend(untagged(api, rest, sections.is_empty()));
    sections
}

fn untagged(api: &Api, operations: Vec<OperationId>, is_all: bool) -> Vec<Section<'static>> {
    let title = match is_all {
        true => "Operations",
        false => "Other operations",
    };
    let one = |title: &str, operations| Section {
        title: title.to_owned(),
        tag: None,
        operations,
    };
    if operations.is_empty() {
        return Vec::new();
    }
    let by_path = match operations.len() > MOST_TOGETHER {
        true => by_path(api, &operations),
        false => Vec::new(),
    };
    // Paths that have nothing in common, or everything, say nothing of what belongs together.
    if by_path.len() < 2 || by_path.len() * 2 > operations.len() {
        return vec![one(title, operations)];
    }
    by_path
        .into_iter()
        .map(|(segment, operations)| match segment {
            Some(segment) => one(&words(&segment), operations),
            None => one("Other operations", operations),
        })
        .collect()
}

/// The operations by the first segment of their paths in which they differ, in the order of the document.
fn by_path(api: &Api, operations: &[OperationId]) -> Vec<(Option<String>, Vec<OperationId>)> {
    let paths: Vec<Vec<String>> = operations
        .iter()
        .map(|id| segments(&api.operations[*id]))
        .collect();
    let common = common_segments(&paths);
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut groups: Vec<(Option<String>, Vec<OperationId>)> = Vec::new();
    for (id, path) in operations.iter().zip(paths) {
        let segment = path.into_iter().nth(common);
        let place = *places.entry(segment.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, list)) => list.push(*id),
            None => groups.push((segment, vec![*id])),
        }
    }
    groups
}

/// How many segments all paths begin with in common.
fn common_segments(paths: &[Vec<String>]) -> usize {
    let Some((first, others)) = paths.split_first() else {
        return 0;
    };
    others.iter().fold(first.len(), |common, path| {
        let same = first.iter().zip(path).take(common);
        same.take_while(|(one, other)| one == other).count()
    })
}

/// The segments of a path that are no parameters.
fn segments(operation: &Operation) -> Vec<String> {
    let path = operation.path_template();
    let segments = path.split('/');
    segments
        .filter(|segment| !segment.is_empty() && !segment.contains('{'))
        .map(str::to_owned)
        .collect()
}

/// The words of a name: `payment_intents` is "Payment intents".
pub fn words(name: &str) -> String {
    let mut out = name.replace(['_', '-'], " ").trim().to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{common_segments, words};

    #[test]
    fn paths_are_told_apart_behind_what_they_share() {
        let path = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(common_segments(&[path("v1/a"), path("v1/b/c")]), 1);
        assert_eq!(common_segments(&[path("a/x"), path("b/x")]), 0);
        assert_eq!(common_segments(&[path("v1"), path("v1/a")]), 1);
        assert_eq!(words("payment_intents"), "Payment intents");
        assert_eq!(words("äther"), "äther");
    }
}
