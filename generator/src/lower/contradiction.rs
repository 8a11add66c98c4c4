//! Parts of an allOf that no value satisfies together, though their types agree: ranges that do not meet, and formats of
//! different types. Types and lists of values are compared where they are merged.

use super::context::Lowering;
use super::scalar::string_scalar;
use super::schema::Facet;
use crate::model::{Scalar, Sizes};
use serde_json::Number;

/// With how many parts each is compared: nobody writes more by hand, and all with all would take for ever.
const MOST_COMPARED: usize = 200;

impl<'d> Lowering<'d> {
    /// Reports each part that contradicts an earlier one.
    pub(super) fn report_contradictions(&mut self, facets: &[Facet<'d>]) {
        let speaking: Vec<&Facet<'d>> = facets.iter().filter(|facet| bounds(facet)).collect();
        for (index, facet) in speaking.iter().enumerate() {
            let mut earlier = speaking.iter().take(index.min(MOST_COMPARED));
            if let Some((other, here, there)) = earlier
                .find_map(|other| Some((other, clash(facet, other)?)).map(|(o, (a, b))| (o, a, b)))
            {
                self.report_contradiction(&facet.part.at, &here, &other.part.at, &there);
            }
        }
    }
}

/// Whether a part says anything of ranges or formats.
fn bounds(facet: &Facet<'_>) -> bool {
    let said = &facet.keywords.constraints;
    let sizes = [said.length, said.items, said.properties];
    let is_sized = sizes
        .iter()
        .any(|sizes| sizes.min.is_some() || sizes.max.is_some());
    is_sized || said.minimum.is_some() || said.maximum.is_some() || facet.keywords.format.is_some()
}

/// What two parts say that cannot both be.
fn clash(one: &Facet<'_>, other: &Facet<'_>) -> Option<(String, String)> {
    let (ours, theirs) = (&one.keywords.constraints, &other.keywords.constraints);
    clash_of_bounds(&ours.minimum, &theirs.maximum)
        .or_else(|| clash_of_bounds(&theirs.minimum, &ours.maximum).map(|(a, b)| (b, a)))
        .or_else(|| clash_of_sizes(ours.length, theirs.length, "characters"))
        .or_else(|| clash_of_sizes(ours.items, theirs.items, "items"))
        .or_else(|| clash_of_sizes(ours.properties, theirs.properties, "properties"))
        .or_else(|| clash_of_formats(one.keywords.format, other.keywords.format))
}

fn clash_of_bounds(
    minimum: &Option<(Number, bool)>,
    maximum: &Option<(Number, bool)>,
) -> Option<(String, String)> {
    let ((least, above), (most, below)) = (minimum.as_ref()?, maximum.as_ref()?);
    let (low, high) = (least.as_f64()?, most.as_f64()?);
    let is_empty = low > high || (low == high && (*above || *below));
    is_empty.then(|| (format!("at least {least}"), format!("at most {most}")))
}

fn clash_of_sizes(one: Sizes, other: Sizes, what: &str) -> Option<(String, String)> {
    let at_least = |size: u64| format!("of at least {size} {what}");
    let at_most = |size: u64| format!("of at most {size} {what}");
    match (one.min, other.max) {
        (Some(least), Some(most)) if least > most => return Some((at_least(least), at_most(most))),
        _ => {}
    }
    match (one.max, other.min) {
        (Some(most), Some(least)) if least > most => Some((at_most(most), at_least(least))),
        _ => None,
    }
}

/// Formats that stand for no type of their own say nothing that another could contradict.
fn clash_of_formats(one: Option<&str>, other: Option<&str>) -> Option<(String, String)> {
    let (one, other) = (one?, other?);
    let (ours, theirs) = (string_scalar(Some(one)), string_scalar(Some(other)));
    let is_clash = ours != theirs && ours != Scalar::String && theirs != Scalar::String;
    is_clash.then(|| (format!("of format `{one}`"), format!("of format `{other}`")))
}
