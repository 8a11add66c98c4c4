//! How the types are spelled in XML.

use super::convert::Types;
use crate::model::{Api, Content, ContentKind, RequestBody, Response, Shape};
use crate::rust::XmlRecordItem;

/// Whether a body is XML of a type.
pub(super) fn has_xml(api: &Api) -> bool {
    let is_xml = |content: &Content| {
        matches!(content.kind, ContentKind::Xml { .. }) || !content.xml.is_empty()
    };
    let mut operations = api.operations.iter();
    let called = operations.any(|(_, operation)| {
        let bodies = operation.body.iter().flat_map(RequestBody::contents);
        let answers = operation.responses.iter().flat_map(Response::contents);
        bodies.chain(answers).any(is_xml)
    });
    let mut incoming = api.incoming.iter().flat_map(|request| &request.contents);
    called || incoming.any(is_xml)
}

/// The records of which something is to be said, in the order of their names.
pub(super) fn plan_xml(types: &Types<'_>) -> Vec<XmlRecordItem> {
    let all = types.api.types.iter();
    let records = all.filter_map(|(id, def)| match &def.shape {
        Shape::Record(record) => Some((id, record)),
        _ => None,
    });
    let mut items: Vec<XmlRecordItem> = records
        .filter_map(|(id, record)| {
            let fields = record.fields.iter().filter_map(|field| {
                let xml = field.xml.as_deref()?;
                Some((field.name.clone(), xml.clone()))
            });
            let fields: Vec<_> = fields.collect();
            (!fields.is_empty()).then(|| XmlRecordItem {
                name: types.name(id),
                fields,
            })
        })
        .collect();
    items.sort_by(|one, other| one.name.as_str().cmp(other.name.as_str()));
    items
}
