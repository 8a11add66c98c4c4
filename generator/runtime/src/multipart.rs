//! Bodies of several parts: `multipart/form-data` and its kin (RFC 7578; RFC 2046, section 5.1; OpenAPI, "Encoding
//! Object").

use std::collections::VecDeque;

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};

use super::body::Body;
use super::codec::{self, Encode, View};
use super::file_part::FilePart;
use super::form::{self, FormStyle, FormStyles};
use super::operation::is_json;
use super::part_styles::{PartStyle, PartStyles, USUAL};
use super::parts::{Parts, parts};
use super::request::Request;

impl<O> Request<'_, O> {
    #[doc(hidden)]
    pub fn multipart(
        mut self,
        media_type: &'static str,
        body: &dyn Encode,
        styles: PartStyles<'_>,
    ) -> Self {
        let boundary = self.client.random();
        let mut form = Form {
            boundary: &boundary,
            text: Vec::new(),
            bodies: VecDeque::new(),
        };
        match form.add_all(body.view(), styles) {
            Ok(()) => {
                let body = form.finish();
                self.draft.set_body(media_type, body);
                // Without the boundary nobody could read it, so it is stronger than what the user says.
                self.draft.headers.remove(CONTENT_TYPE);
                let with_boundary = format!("{media_type}; boundary={boundary}");
                self.draft.media_type = HeaderValue::try_from(with_boundary).ok();
            }
            Err(Fault { part, reason }) => self.draft.fail(part, reason),
        }
        self
    }
}

/// What is wrong with a part.
struct Fault {
    part: String,
    reason: &'static str,
}

/// A body in the making.
struct Form<'b> {
    boundary: &'b str,
    /// What comes before the next stream.
    text: Vec<u8>,
    bodies: VecDeque<Body>,
}

/// Where a part stands.
#[derive(Clone, Copy)]
enum Place<'a> {
    Named(&'a str),
    At(usize),
}

impl Form<'_> {
    fn add_all(&mut self, view: View<'_>, styles: PartStyles<'_>) -> Result<(), Fault> {
        match (parts(view), styles) {
            (Parts::Entries(entries), _) => {
                for (name, view) in entries {
                    self.add_property(Place::Named(&name), view, styles.of_name(&name))?;
                }
                Ok(())
            }
            (Parts::Items(items), _) => {
                for (index, view) in items.into_iter().enumerate() {
                    self.add_part(Place::At(index), view, styles.of_index(index))?;
                }
                Ok(())
            }
            (Parts::None, _) => Ok(()),
            (Parts::Plain(_), _) => Err(Fault {
                part: "the body".to_owned(),
                reason: "only an object or a list has parts",
            }),
        }
    }

    /// A list is a part for each item (RFC 7578, section 4.3), unless its style joins them.
    fn add_property(
        &mut self,
        place: Place<'_>,
        view: View<'_>,
        style: PartStyle,
    ) -> Result<(), Fault> {
        let delimiter = match style {
            PartStyle::Form(FormStyle::DeepObject) => return self.add_deep(place, view),
            // The items of such a list are the parts of one part.
            PartStyle::Parts(_, PartStyles::Positional(..)) if !matches!(view, View::Absent) => {
                return self.add_part(place, view, style);
            }
            PartStyle::Form(FormStyle::Joined) => Some(","),
            PartStyle::Form(FormStyle::SpaceDelimited) => Some(" "),
            PartStyle::Form(FormStyle::PipeDelimited) => Some("|"),
            _ => None,
        };
        match parts(view) {
            Parts::None if matches!(view, View::Absent) => Ok(()),
            Parts::Items(items) => {
                if let Some(delimiter) = delimiter
                    && let Some(texts) = plain_texts(&items)
                {
                    return match texts.is_empty() {
                        true => Ok(()),
                        false => self.add_text(place, &texts.join(delimiter), None),
                    };
                }
                for item in items {
                    self.add_part(place, item, style)?;
                }
                Ok(())
            }
            _ => self.add_part(place, view, style),
        }
    }

    /// A part for each leaf, `name[key][0]`.
    fn add_deep(&mut self, place: Place<'_>, view: View<'_>) -> Result<(), Fault> {
        let mut open = vec![(place.name().to_owned(), view)];
        while let Some((name, view)) = open.pop() {
            match parts(view) {
                Parts::None if matches!(view, View::Absent) => {}
                Parts::Items(items) => {
                    let items = items.into_iter().enumerate().rev();
                    open.extend(items.map(|(index, item)| (format!("{name}[{index}]"), item)));
                }
                Parts::Entries(entries) => {
                    let entries = entries.into_iter().rev();
                    open.extend(entries.map(|(key, view)| (format!("{name}[{key}]"), view)));
                }
                _ => self.add_part(Place::Named(&name), view, USUAL)?,
            }
        }
        Ok(())
    }

    fn add_part(
        &mut self,
        place: Place<'_>,
        view: View<'_>,
        style: PartStyle,
    ) -> Result<(), Fault> {
        if let Some(file) = file_of(view) {
            return self.add_file(place, file, style);
        }
        match style {
            PartStyle::Parts(media_type, styles) => {
                return self.add_parts(place, view, media_type, *styles);
            }
            PartStyle::Urlencoded(media_type, styles) => {
                let mut text = String::new();
                let styles = FormStyles::Each(styles);
                form::add_view(&mut text, view, styles).map_err(|fault| place.fault(fault.0))?;
                return self.add_text(place, &text, Some(media_type));
            }
            PartStyle::Content(_) | PartStyle::Form(_) => {}
        }
        let declared = match style {
            PartStyle::Content(media_type) => Some(media_type),
            PartStyle::Form(FormStyle::Json) => Some("application/json"),
            _ => None,
        };
        match (declared.filter(|name| is_json(name)), parts(view)) {
            (Some(media_type), _) => self.add_json(place, view, media_type),
            (None, Parts::Plain(text)) => self.add_text(place, &text, declared),
            (None, Parts::None) => self.add_text(place, "", declared),
            (None, _) => self.add_json(place, view, "application/json"),
        }
    }

    /// A part with parts of its own (RFC 2046, section 5.1), between which stands a boundary that does not begin like the
    /// one around them.
    fn add_parts(
        &mut self,
        place: Place<'_>,
        view: View<'_>,
        media_type: &str,
        styles: PartStyles<'_>,
    ) -> Result<(), Fault> {
        let boundary = format!("in-{}", self.boundary);
        let with_boundary = format!("{media_type}; boundary={boundary}");
        self.begin(place, None, Some(&with_boundary), &[])?;
        let mut inner = Form {
            boundary: &boundary,
            text: std::mem::take(&mut self.text),
            bodies: std::mem::take(&mut self.bodies),
        };
        inner.add_all(view, styles)?;
        inner.end();
        self.text = inner.text;
        self.bodies = inner.bodies;
        Ok(())
    }

    fn add_json(
        &mut self,
        place: Place<'_>,
        view: View<'_>,
        media_type: &str,
    ) -> Result<(), Fault> {
        let json = codec::encode_view(view).map_err(|_| place.fault(form::NOT_JSON.0))?;
        self.begin(place, None, Some(media_type), &[])?;
        self.text.extend_from_slice(&json);
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn add_text(
        &mut self,
        place: Place<'_>,
        text: &str,
        media_type: Option<&str>,
    ) -> Result<(), Fault> {
        self.begin(place, None, media_type, &[])?;
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn add_file(
        &mut self,
        place: Place<'_>,
        file: &FilePart,
        style: PartStyle,
    ) -> Result<(), Fault> {
        let declared = match style {
            PartStyle::Content(media_type) => media_type,
            _ => "application/octet-stream",
        };
        let media_type = file.declared_type().unwrap_or(declared);
        let file_name = file.name().unwrap_or(place.name());
        let contents = file.take_contents();
        if contents.is_spent() {
            return Err(place.fault("its stream has been sent already"));
        }
        self.begin(place, Some(file_name), Some(media_type), file.headers())?;
        let before = std::mem::take(&mut self.text);
        self.bodies.extend([Body::from(before), contents]);
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Begins a part: its delimiter and its headers.
    fn begin(
        &mut self,
        place: Place<'_>,
        file_name: Option<&str>,
        media_type: Option<&str>,
        headers: &[(String, String)],
    ) -> Result<(), Fault> {
        let mut all = Vec::new();
        let disposition = match (place, file_name) {
            (Place::Named(name), None) => format!("form-data; name=\"{}\"", escaped(name)),
            (Place::Named(name), Some(file_name)) => format!(
                "form-data; name=\"{}\"; filename=\"{}\"",
                escaped(name),
                escaped(file_name)
            ),
            (Place::At(_), Some(file_name)) if !file_name.is_empty() => {
                format!("attachment; filename=\"{}\"", escaped(file_name))
            }
            (Place::At(_), _) => String::new(),
        };
        if !disposition.is_empty() {
            all.push((CONTENT_DISPOSITION.as_str(), disposition.as_str()));
        }
        all.extend(media_type.map(|name| (CONTENT_TYPE.as_str(), name)));
        let own = headers.iter();
        all.extend(own.map(|(name, value)| (name.as_str(), value.as_str())));
        self.text.extend_from_slice(b"--");
        self.text.extend_from_slice(self.boundary.as_bytes());
        self.text.extend_from_slice(b"\r\n");
        for (name, value) in all {
            let is_legal =
                HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
            if !is_legal {
                return Err(place.fault("a header of it has a character that no header can have"));
            }
            self.text.extend_from_slice(name.as_bytes());
            self.text.extend_from_slice(b": ");
            self.text.extend_from_slice(value.as_bytes());
            self.text.extend_from_slice(b"\r\n");
        }
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn end(&mut self) {
        self.text.extend_from_slice(b"--");
        self.text.extend_from_slice(self.boundary.as_bytes());
        self.text.extend_from_slice(b"--\r\n");
    }

    fn finish(mut self) -> Body {
        self.end();
        self.bodies.push_back(Body::from(self.text));
        Body::chain(self.bodies)
    }
}

impl<'a> Place<'a> {
    fn name(self) -> &'a str {
        match self {
            Place::Named(name) => name,
            Place::At(_) => "",
        }
    }

    fn fault(self, reason: &'static str) -> Fault {
        let part = match self {
            Place::Named(name) => format!("the part `{name}`"),
            Place::At(index) => format!("part {index} of the body"),
        };
        Fault { part, reason }
    }
}

/// The file that a value is.
fn file_of(view: View<'_>) -> Option<&FilePart> {
    match view {
        View::Format(value) => value.as_any()?.downcast_ref(),
        _ => None,
    }
}

/// The texts of items that are all plain and no files.
fn plain_texts(items: &[View<'_>]) -> Option<Vec<String>> {
    items
        .iter()
        .map(|item| match parts(*item) {
            Parts::Plain(text) if file_of(*item).is_none() => Some(text.into_owned()),
            Parts::None => Some(String::new()),
            _ => None,
        })
        .collect()
}

/// A name within quotes. It is escaped as browsers do it, which is what servers understand: of the ways of RFC 7578,
/// section 4.2 and RFC 2183, no two servers understand the same (HTML Standard, "multipart/form-data encoding").
pub(super) fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
