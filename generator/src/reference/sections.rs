//! The sections that operations are listed in: the tags of the document, and for operations without one what their
//! paths begin with, since one list of hundreds helps nobody.

use super::encode::Url;
use crate::model::{Api, Operation, OperationId, Prose, Tag, TagKind};
use std::collections::HashMap;

/// Operations that belong together.
pub struct Section<'a> {
    /// What it is called.
    pub title: String,
    /// The tag of the document that it stands for.
    pub tag: Option<&'a Tag>,
    /// How many sections it stands within.
    pub depth: usize,
    /// The next one that it stands within, by its place in the list: it comes before.
    pub parent: Option<usize>,
    /// Its operations, in the order of the document; none if only sections within it have some.
    pub operations: Vec<OperationId>,
}

/// Up to this many operations without a tag are one section.
const MOST_TOGETHER: usize = 24;

/// Each operation in one section: those of the tags in their order, each before those within it, then those without a tag.
pub fn sections(api: &Api) -> Vec<Section<'_>> {
    let mut members: Vec<Vec<OperationId>> = vec![Vec::new(); api.tags.len()];
    let mut rest = Vec::new();
    for (id, operation) in api.operations.iter() {
        let place = operation.tags.iter().find_map(|name| {
            let (place, _, tag) = api.tags.get_full(name)?;
            (tag.kind == TagKind::Section).then_some(place)
        });
        match place.and_then(|place| members.get_mut(place)) {
            Some(list) => list.push(id),
            None => rest.push(id),
        }
    }
    let mut sections = nested(api, members);
    sections.extend(untagged(api, rest, sections.is_empty()));
    sections
}

/// What a tag is called where people read it.
fn title(tag: &Tag) -> &str {
    let title = tag.title.as_ref().map(Prose::as_str);
    title.unwrap_or(tag.name.as_str())
}

/// What the tags of an operation say of it that are no sections: their titles, and where more is said of them.
pub fn labels<'a>(
    api: &'a Api,
    operation: &Operation,
) -> impl Iterator<Item = (&'a str, Option<Url>)> {
    let tags = operation.tags.iter();
    let mut labels: Vec<(usize, &Tag)> = tags
        .filter_map(|name| api.tags.get_full(name))
        .filter(|(_, _, tag)| tag.kind == TagKind::Label)
        .map(|(place, _, tag)| (place, tag))
        .collect();
    labels.sort_by_key(|(place, _)| *place);
    labels.dedup_by_key(|(place, _)| *place);
    labels.into_iter().map(|(_, tag)| {
        let external = tag.docs.external.as_ref();
        let url = external.and_then(|external| Url::external(external.url.as_str()));
        (title(tag), url)
    })
}

/// The sections of the tags that have operations, or have tags within them that do.
fn nested(api: &Api, mut members: Vec<Vec<OperationId>>) -> Vec<Section<'_>> {
    let parent = |tag: &Tag| api.tags.get_index_of(tag.parent.as_ref()?);
    let mut within: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (index, tag) in api.tags.values().enumerate() {
        within.entry(parent(tag)).or_default().push(index);
    }
    let mut open = vec![(None, 0)];
    let mut order = Vec::with_capacity(api.tags.len());
    while let Some((at, depth)) = open.pop() {
        if let Some(index) = at {
            order.push((index, depth - 1));
        }
        let inner = within.get(&at).into_iter().flatten().rev();
        open.extend(inner.map(|index| (Some(*index), depth + 1)));
    }
    let mut is_shown: Vec<bool> = members.iter().map(|list| !list.is_empty()).collect();
    for (index, _) in order.iter().rev() {
        if is_shown.get(*index) == Some(&true)
            && let Some((_, tag)) = api.tags.get_index(*index)
            && let Some(is_shown) = parent(tag).and_then(|parent| is_shown.get_mut(parent))
        {
            *is_shown = true;
        }
    }
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (index, depth) in order {
        if let Some((_, tag)) = api.tags.get_index(index)
            && is_shown.get(index) == Some(&true)
        {
            places.insert(index, sections.len());
            sections.push(Section {
                title: title(tag).to_owned(),
                tag: Some(tag),
                depth,
                parent: parent(tag).and_then(|parent| places.get(&parent).copied()),
                operations: members
                    .get_mut(index)
                    .map(std::mem::take)
                    .unwrap_or_default(),
            });
        }
    }
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
        depth: 0,
        parent: None,
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
