//! Bodies of XML that are sent.

use super::codec::Encode;
use super::request::Request;
use super::xml::{XmlRoot, XmlTypes};
use super::xml_write::xml_text;

impl<O> Request<'_, O> {
    #[doc(hidden)]
    pub fn xml(
        mut self,
        media_type: &'static str,
        body: &dyn Encode,
        types: &XmlTypes,
        root: &XmlRoot,
    ) -> Self {
        match xml_text(body.view(), types, root) {
            Ok(text) => self.draft.set_body(media_type, text.into()),
            Err(error) => self.draft.fail("the body", error.0),
        }
        self
    }
}
