//! Tables of Markdown.

use super::markdown::{self, Cell};
use serde::{Serialize, Serializer};
use std::fmt;

/// A table. Small ones are aligned in the source, so that they can be read there too.
#[derive(Debug, Clone, Default)]
pub struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// Wider columns are not padded: the source would grow more than it becomes readable.
const WIDEST_ALIGNED: usize = 28;
/// Longer tables are not padded.
const LONGEST_ALIGNED: usize = 16;

impl Table {
    /// A table without rows.
    pub fn new(header: &[&'static str]) -> Self {
        Table {
            header: header.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row with a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table, unless it has no rows.
    pub fn filled(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The width of each column in the source; 0 where it is not padded.
    fn widths(&self) -> Vec<usize> {
        let last = self.header.len().saturating_sub(1);
        self.header
            .iter()
            .enumerate()
            .map(|(column, title)| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let widest = cells.map(Cell::width).chain([title.len()]).max();
                match widest {
                    Some(width)
                        if column < last
                            && width <= WIDEST_ALIGNED
                            && self.rows.len() <= LONGEST_ALIGNED =>
                    {
                        width
                    }
                    _ => 0,
                }
            })
            .collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (title, width) in self.header.iter().zip(&widths) {
            write!(f, "| {title:width$} ", width = *width)?;
        }
        f.write_str("|\n")?;
        for (title, width) in self.header.iter().zip(&widths) {
            write!(f, "| {} ", "-".repeat((*width).max(title.len())))?;
        }
        f.write_str("|")?;
        for row in &self.rows {
            f.write_str("\n")?;
            for (cell, width) in row.iter().zip(&widths) {
                let fill = width.saturating_sub(cell.width());
                write!(f, "| {cell}{} ", " ".repeat(fill))?;
            }
            f.write_str("|")?;
        }
        Ok(())
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A code span in a cell. Inside of one, `\|` is the only way to write `|`; where the text has a backslash before the
/// `|` no code span can say it, and it is written as text.
pub fn code_span(text: &str) -> String {
    if text.contains("\\|") {
        return markdown::escape_line(text);
    }
    markdown::code_span(text).replace('|', "\\|")
}
