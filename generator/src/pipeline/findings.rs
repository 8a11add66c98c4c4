//! What analysis and plan find, told with its place.

use crate::analysis::{AmbiguousPlace, Facts, InfinitePlace};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Api, OperationId, PageFault, PaginationSource, Shape};
use crate::rust::Client;
use crate::source::{FileId, Origin, Pointer};

/// What analysis found.
pub(super) fn of_analysis(api: &Api, facts: &Facts) -> Vec<Diagnostic> {
    let infinite = facts.infinite.iter();
    let ambiguous = facts.ambiguous.iter();
    let pages = facts.page_faults.iter();
    infinite
        .map(|place| report_infinite(api, *place))
        .chain(ambiguous.filter_map(|place| report_ambiguous(api, *place)))
        .chain(pages.map(|fault| report_pages(api, fault)))
        .collect()
}

/// The pages that somebody asked for, and that the client does not have: an answer that may be one of several things has
/// no one list of items.
pub(super) fn of_pages(api: &Api, facts: &Facts, client: &Client) -> Vec<Diagnostic> {
    let operations = api.operations.iter().zip(&client.operations);
    operations
        .filter_map(|((id, operation), planned)| {
            let pagination = facts.pagination(id)?;
            let is_lost =
                planned.paging.is_none() && pagination.source != PaginationSource::Inferred;
            let message = "what is said of its pages has no effect, since its answer may be one of several things";
            is_lost.then(|| {
                Diagnostic::new(Code::NotSupported, operation.origin.clone(), message)
            })
        })
        .collect()
}

/// Reports what is wrong with what was said of pages. What the configuration says is a mistake of the user's, so it stops
/// the run.
fn report_pages(api: &Api, fault: &PageFault) -> Diagnostic {
    let (key, what) = (fault.fault.key.as_deref(), &fault.fault.message);
    match (fault.source, fault.operation) {
        (PaginationSource::Configured, id) => {
            let key = key.map(|key| format!(".{key}")).unwrap_or_default();
            let message = format!(
                "[pagination.\"{}\"]{key} of the configuration: {what}",
                fault.name
            );
            let mut diagnostic =
                Diagnostic::new(Code::InvalidValue, operation_origin(api, id), message);
            diagnostic.severity = Severity::Error;
            diagnostic
        }
        (_, id) => {
            let declared = id.and_then(|id| api.operations[id].pages.as_ref());
            let origin =
                declared.map_or_else(|| operation_origin(api, id), |pages| pages.origin.clone());
            let origin = key.map_or_else(|| origin.clone(), |key| origin.child(key));
            let message = format!("`x-specwright-pagination`: {what}; the operation has no pages");
            Diagnostic::new(Code::InvalidValue, origin, message)
        }
    }
}

fn operation_origin(api: &Api, id: Option<OperationId>) -> Origin {
    id.map_or_else(
        || Origin::new(FileId::ENTRY, Pointer::root()),
        |id| api.operations[id].origin.clone(),
    )
}

fn report_infinite(api: &Api, place: InfinitePlace) -> Diagnostic {
    let def = &api.types[place.ty];
    let field = match (&def.shape, place.field) {
        (Shape::Record(record), Some(index)) => record.fields.get(index),
        _ => None,
    };
    match field {
        Some(field) => Diagnostic::new(
            Code::InfiniteType,
            field.origin.clone(),
            format!(
                "no finite value has the required property `{}`, as it leads back to its own object; it is taken as optional",
                field.name.as_str()
            ),
        ),
        None => Diagnostic::new(
            Code::InfiniteType,
            def.origin.clone(),
            "the schema names nothing but itself; it is taken as any JSON value",
        ),
    }
}

fn report_ambiguous(api: &Api, place: AmbiguousPlace) -> Option<Diagnostic> {
    let def = &api.types[place.ty];
    let Shape::Union(union) = &def.shape else {
        return None;
    };
    let (first, second) = place.variants;
    let (first, second) = (union.variants.get(first)?, union.variants.get(second)?);
    let message = "nothing tells these variants apart but trial: a value is read as the first that it fits best";
    Some(
        Diagnostic::new(Code::AmbiguousUnion, def.origin.clone(), message)
            .label(first.origin.clone(), "a value of this variant")
            .label(second.origin.clone(), "looks like one of this"),
    )
}
