//! What the pages of operations leave out, so that all pages together keep in proportion to the document.
//!
//! Everything that may be left out is told elsewhere too: the fields of an answer on the page of types, a match over the
//! errors in a line, samples in further languages by `specwright samples` and on the site.

use super::OperationView;
use crate::reference::sample::Language;
use std::fmt::{self, Display, Write};

/// A part of the pages that may be left out of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The samples in a language.
    Sample(Language),
    /// The fields of the answers.
    ResponseFields,
    /// The `match` over the documented errors, for which a line stands then.
    ErrorMatch,
    /// What the document says of the ways to say who calls, which the index repeats.
    SchemeDescriptions,
    /// Descriptions of parameters that many operations take, for which there is a page then.
    SharedParameters,
    /// The values of enumerations among the parameters, which the page of types has.
    ParameterValues,
    /// Examples of refusals.
    RefusalExamples,
    /// Examples of answers.
    Examples,
}

/// The bytes of a page's own headings and sentences.
const FRAME: usize = 800;

/// The bytes of a heading with its blank lines.
const HEADING: usize = 40;

/// Leaves out one part after the other until the pages have at most `budget` bytes, and says which.
///
/// The first language is never left out: it is the one that every reader has.
pub fn fit(pages: &mut [OperationView], languages: &[Language], budget: usize) -> Vec<Part> {
    let mut total: usize = pages.iter().map(OperationView::bytes).sum();
    let mut left_out = Vec::new();
    for part in order(languages) {
        if total <= budget {
            break;
        }
        let saved: usize = pages.iter_mut().map(|page| page.leave_out(part)).sum();
        total = total.saturating_sub(saved);
        left_out.push(part);
    }
    left_out
}

/// What is left out first comes first: what costs most and is found elsewhere most easily.
fn order(languages: &[Language]) -> Vec<Part> {
    let mut samples: Vec<Part> = languages.iter().skip(1).map(|l| Part::Sample(*l)).collect();
    let second = (!samples.is_empty()).then(|| samples.remove(0));
    let mut order = Vec::new();
    // The last languages go first, and the third stays longer than the fields of answers.
    while samples.len() > 1 {
        order.extend(samples.pop());
    }
    order.push(Part::ResponseFields);
    order.extend(samples.pop());
    order.extend([
        Part::ErrorMatch,
        Part::SchemeDescriptions,
        Part::SharedParameters,
        Part::ParameterValues,
        Part::RefusalExamples,
    ]);
    order.extend(second);
    order.push(Part::Examples);
    order
}

impl OperationView {
    /// About how many bytes the page has.
    fn bytes(&self) -> usize {
        let optional: usize = [
            Part::ResponseFields,
            Part::ErrorMatch,
            Part::SchemeDescriptions,
            Part::RefusalExamples,
            Part::Examples,
        ]
        .map(|part| self.part_bytes(part))
        .iter()
        .sum();
        let samples: usize = self.samples.iter().map(|s| bytes(&s.code) + HEADING).sum();
        FRAME
            + optional
            + samples
            + bytes(&self.title)
            + of(&self.description)
            + bytes(&self.signature)
            + of(&self.body_example)
            + of(&self.parameters)
            + of(&self.enumerations)
            + of(&self.responses)
            + of(&self.headers)
            + of(&self.links)
            + self.security_brief.iter().map(bytes).sum::<usize>()
    }

    /// About how many bytes a part has.
    fn part_bytes(&self, part: Part) -> usize {
        match part {
            Part::Sample(language) => {
                let samples = self.samples.iter().filter(|s| s.language == language);
                samples.map(|s| bytes(&s.code) + HEADING).sum()
            }
            Part::ResponseFields => {
                let schemas = self.schemas.iter();
                schemas
                    .map(|s| bytes(&s.table) + of(&s.enumerations) + HEADING)
                    .sum()
            }
            Part::ErrorMatch => of(&self.errors).saturating_sub(of(&self.errors_brief)),
            Part::SchemeDescriptions => {
                let full: usize = self.security.iter().map(bytes).sum();
                full.saturating_sub(self.security_brief.iter().map(bytes).sum())
            }
            Part::SharedParameters => match &self.parameters_brief {
                Some(brief) => of(&self.parameters).saturating_sub(bytes(brief)),
                None => 0,
            },
            Part::ParameterValues => of(&self.enumerations),
            Part::RefusalExamples | Part::Examples => {
                let success = part == Part::Examples;
                let examples = self.examples.iter().filter(|e| e.success == success);
                examples.map(|e| bytes(&e.code) + HEADING).sum()
            }
        }
    }

    /// Leaves a part out, and says how many bytes that saves.
    fn leave_out(&mut self, part: Part) -> usize {
        let saved = self.part_bytes(part);
        match part {
            Part::Sample(language) => self.samples.retain(|s| s.language != language),
            Part::ResponseFields => self.schemas.clear(),
            Part::ErrorMatch => self.errors = None,
            Part::SchemeDescriptions => self.security.clone_from(&self.security_brief),
            Part::SharedParameters => {
                if let Some(brief) = self.parameters_brief.take() {
                    self.parameters = Some(brief);
                }
            }
            Part::ParameterValues => self.enumerations = None,
            Part::RefusalExamples => self.examples.retain(|e| e.success),
            Part::Examples => self.examples.retain(|e| !e.success),
        }
        saved
    }
}

fn of(part: &Option<impl Display>) -> usize {
    part.as_ref().map_or(0, bytes)
}

/// The bytes of a part, which is not spelled for it.
fn bytes(part: &impl Display) -> usize {
    struct Count(usize);
    impl Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting does not fail.
    let _ = write!(count, "{part}");
    count.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_elsewhere_is_left_out_first_and_the_first_language_never() {
        use Language::{Go, Python, Rust, Shell, TypeScript};
        let order = order(&[Shell, Rust, Python, TypeScript, Go]);
        let place = |part| order.iter().position(|known| *known == part);
        assert_eq!(place(Part::Sample(Go)), Some(0));
        assert_eq!(place(Part::Sample(TypeScript)), Some(1));
        assert!(place(Part::ResponseFields) < place(Part::Sample(Python)));
        assert!(place(Part::ErrorMatch) < place(Part::Sample(Rust)));
        assert_eq!(place(Part::Sample(Shell)), None);
    }
}
