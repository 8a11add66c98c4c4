//! Blocks as lines: filled to the width, behind the marks of the containers that they stand in.

use super::super::WIDTH;
use super::super::escape::{guard_line_start, longest_run};
use super::{Container, HARD_BREAK, HARD_SPACE, Writer};
use pulldown_cmark::Alignment;

impl Writer {
    /// Writes the current paragraph or heading, if there is one.
    pub(super) fn flush(&mut self) {
        self.close_html();
        let inline = self.take_inline();
        let heading = self.heading.take();
        if inline
            .trim_matches([' ', HARD_SPACE, HARD_BREAK])
            .is_empty()
        {
            return;
        }
        let lines = match heading {
            Some(level) => {
                let text = inline.replace([HARD_BREAK, HARD_SPACE], " ");
                vec![format!("{} {}", "#".repeat(level), text.trim())]
            }
            None => fill(&inline, WIDTH.saturating_sub(self.indent())),
        };
        self.write_lines(lines);
    }

    pub(super) fn indent(&self) -> usize {
        self.containers
            .iter()
            .map(|container| match container {
                Container::Quote => 2,
                Container::Item { marker, .. } => marker.len(),
            })
            .sum()
    }

    pub(super) fn write_code_block(&mut self) {
        let Some((language, code)) = self.code_block.take() else {
            return;
        };
        let fence = "`".repeat(longest_run(&code).max(2) + 1);
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
        lines.push(fence);
        self.write_lines(lines);
    }

    pub(super) fn write_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        let mut lines = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            lines.push(format!("| {} |", row.join(" | ")));
            if index == 0 {
                let marks: Vec<&str> = table
                    .alignments
                    .iter()
                    .map(|alignment| match alignment {
                        Alignment::None => "---",
                        Alignment::Left => ":--",
                        Alignment::Center => ":-:",
                        Alignment::Right => "--:",
                    })
                    .collect();
                lines.push(format!("|{}|", marks.join("|")));
            }
        }
        self.write_lines(lines);
    }

    /// Writes the lines of one block, behind the marks of the containers that it stands in.
    pub(super) fn write_lines(&mut self, lines: Vec<String>) {
        if self.apart && !self.lines.is_empty() {
            let blank = self.prefix(true);
            self.lines.push(blank.trim_end().to_owned());
        }
        for line in lines {
            let prefix = self.prefix(false);
            self.lines
                .push(format!("{prefix}{line}").trim_end().to_owned());
        }
        self.apart = true;
    }

    /// The marks before a line. An item's own mark comes once, unless the line is only to be empty.
    fn prefix(&mut self, blank: bool) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::Item {
                    marker, started, ..
                } => {
                    if *started {
                        prefix.extend(std::iter::repeat_n(' ', marker.len()));
                    } else if !blank {
                        prefix.push_str(marker);
                        *started = true;
                    }
                }
            }
        }
        prefix
    }
}

/// Fills a paragraph of our own. What stands in code spans is never cut, since it may start a block.
pub(in super::super) fn fill_own(text: &str) -> Vec<String> {
    let mut in_code = false;
    let letters = text.chars().map(|c| {
        in_code ^= c == '`';
        match c {
            ' ' if in_code => HARD_SPACE,
            other => other,
        }
    });
    fill(&letters.collect::<String>(), WIDTH)
}

/// Fills lines to a width. A word is never cut, and no line starts a block by accident.
fn fill(inline: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let parts: Vec<&str> = inline.split(HARD_BREAK).collect();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.into_iter().enumerate() {
        let mut line = String::new();
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            if line.is_empty() {
                line = guard_line_start(word);
            } else if line.chars().count() + 1 + word.chars().count() <= width {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(std::mem::replace(&mut line, guard_line_start(word)));
            }
        }
        if !line.is_empty() {
            if index < last {
                line.push('\\');
            }
            lines.push(line);
        }
    }
    // A break with nothing after it would be a lone backslash.
    if let Some(line) = lines.last_mut()
        && line.ends_with('\\')
        && !line.ends_with("\\\\")
    {
        line.pop();
    }
    for line in &mut lines {
        *line = line.replace(HARD_SPACE, " ");
    }
    lines
}
