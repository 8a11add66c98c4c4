//! What the API is called, by whom it is offered, and how its operations are grouped.

use super::context::Lowering;
use super::docs::{described, external_docs, prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Arena, Contact, Docs, Info, License, Operation, Prose, Tag, WireName};
use crate::source::Pointer;
use openapiv3::OpenAPI;

/// The info of the document.
pub(super) fn lower_info(openapi: &OpenAPI) -> Info {
    let info = &openapi.info;
    let mut docs = described(info.description.as_deref());
    docs.external = external_docs(openapi.external_docs.as_ref());
    Info {
        title: Prose::new(info.title.as_str()).unwrap_or_else(untitled),
        version: WireName::new(info.version.as_str()),
        docs,
        terms_of_service: prose(info.terms_of_service.as_deref()),
        contact: info.contact.as_ref().map(|contact| Contact {
            name: prose(contact.name.as_deref()),
            url: prose(contact.url.as_deref()),
            email: prose(contact.email.as_deref()),
        }),
        license: info.license.as_ref().and_then(|license| {
            Some(License {
                name: Prose::new(license.name.as_str())?,
                url: prose(license.url.as_deref()),
            })
        }),
    }
}

fn untitled() -> Prose {
    Prose::from_static("Untitled API")
}

impl Lowering<'_> {
    /// The tags that the document declares, then those that only operations name.
    pub(super) fn lower_tags(&mut self, operations: &Arena<Operation>) -> Vec<Tag> {
        let place = Pointer::root().child("tags");
        let declared = &self.document.openapi.tags;
        let mut tags: Vec<Tag> = Vec::with_capacity(declared.len());
        for (index, tag) in declared.iter().enumerate() {
            if let Some(known) = tags.iter().find(|known| known.name.as_str() == tag.name) {
                let message = format!(
                    "the tag `{}` is declared twice; what the first says is shown",
                    tag.name
                );
                let at = self.origin(&place.index(index));
                let finding = Diagnostic::new(Code::DuplicateTag, at, message);
                self.report_diagnostic(finding.label(known.origin.clone(), "first here"));
                continue;
            }
            let mut docs = described(tag.description.as_deref());
            docs.external = external_docs(tag.external_docs.as_ref());
            tags.push(Tag {
                name: WireName::new(tag.name.as_str()),
                docs,
                origin: self.origin(&place.index(index)),
            });
        }
        for (_, operation) in operations.iter() {
            for name in &operation.tags {
                if tags.iter().all(|known| &known.name != name) {
                    tags.push(Tag {
                        name: name.clone(),
                        docs: Docs::default(),
                        origin: operation.origin.child("tags"),
                    });
                }
            }
        }
        tags
    }
}
