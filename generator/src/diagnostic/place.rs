//! Finds the lines and columns of findings, all of a file in one walk.

use super::Diagnostics;
use crate::source::{FileId, Origin, Pointer, SourceFile, Sources, locate};
use std::collections::BTreeMap;
use std::ops::Range;

/// A place in a text.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) file: &'a SourceFile,
    /// The bytes that are meant.
    pub(super) span: Range<usize>,
    /// The bytes of the line in which they begin, without its end.
    pub(super) row: Range<usize>,
    /// The number of that line, from 1.
    pub(super) line: usize,
    /// The column in which they begin, in characters from 1.
    pub(super) column: usize,
}

/// The places of one finding.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    /// Nothing if the file is empty or not there.
    pub(super) primary: Option<Place<'a>>,
    /// In the order of the labels.
    pub(super) related: Vec<Option<Place<'a>>>,
}

/// Finds the places of all findings, in their order.
pub(super) fn places<'a>(diagnostics: &Diagnostics, sources: &'a Sources) -> Vec<Places<'a>> {
    let mut wanted: BTreeMap<FileId, Vec<Pointer>> = BTreeMap::new();
    for (origin, span) in diagnostics.iter().flat_map(|found| found.places()) {
        let pointers = wanted.entry(origin.file).or_default();
        if span.is_none() {
            pointers.push(origin.pointer.clone());
        }
    }
    let mut finders: BTreeMap<FileId, Finder<'a>> = BTreeMap::new();
    for (id, pointers) in wanted {
        if let Some(file) = sources.get(id) {
            finders.insert(id, Finder::new(file, &pointers));
        }
    }
    let find = |(origin, span): (&Origin, Option<&Range<usize>>)| {
        finders.get(&origin.file)?.place(&origin.pointer, span)
    };
    diagnostics
        .iter()
        .map(|found| {
            let mut all = found.places().map(find);
            Places {
                primary: all.next().flatten(),
                related: all.collect(),
            }
        })
        .collect()
}

/// What is known of a file.
struct Finder<'a> {
    file: &'a SourceFile,
    spans: BTreeMap<Pointer, Range<usize>>,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Finder<'a> {
    fn new(file: &'a SourceFile, pointers: &[Pointer]) -> Self {
        let spans = match pointers {
            [] => Vec::new(),
            _ => locate::locate(&file.text, pointers),
        };
        let ends = file.text.bytes().enumerate();
        let starts = ends
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(end, _)| end + 1);
        Finder {
            file,
            spans: pointers.iter().cloned().zip(spans).collect(),
            lines: std::iter::once(0).chain(starts).collect(),
        }
    }

    fn place(&self, pointer: &Pointer, span: Option<&Range<usize>>) -> Option<Place<'a>> {
        let text = self.file.text.as_str();
        if text.is_empty() {
            return None;
        }
        let span = span.or_else(|| self.spans.get(pointer))?.clone();
        let line = self.lines.partition_point(|start| *start <= span.start);
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).copied().unwrap_or(text.len());
        let row = text.get(start..end)?.trim_end_matches(['\r', '\n']);
        let before = text.get(start..span.start).unwrap_or(row);
        Some(Place {
            file: self.file,
            span,
            row: start..start + row.len(),
            line,
            column: before.chars().count() + 1,
        })
    }
}
