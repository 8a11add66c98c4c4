//! What the API is called, and by whom it is offered.

use super::docs::{described, external_docs, prose};
use crate::model::{Contact, Info, License, Prose, WireName};
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
