//! What a status means.

use crate::model::StatusPattern;
use crate::reference::encode::{Cell, Url};

/// Code, reason phrase, RFC and section.
const STATUSES: &[(u16, &str, &str, &str)] = &[
    (100, "Continue", "9110", "15.2.1"),
    (101, "Switching Protocols", "9110", "15.2.2"),
    (200, "OK", "9110", "15.3.1"),
    (201, "Created", "9110", "15.3.2"),
    (202, "Accepted", "9110", "15.3.3"),
    (203, "Non-Authoritative Information", "9110", "15.3.4"),
    (204, "No Content", "9110", "15.3.5"),
    (205, "Reset Content", "9110", "15.3.6"),
    (206, "Partial Content", "9110", "15.3.7"),
    (207, "Multi-Status", "4918", "11.1"),
    (300, "Multiple Choices", "9110", "15.4.1"),
    (301, "Moved Permanently", "9110", "15.4.2"),
    (302, "Found", "9110", "15.4.3"),
    (303, "See Other", "9110", "15.4.4"),
    (304, "Not Modified", "9110", "15.4.5"),
    (307, "Temporary Redirect", "9110", "15.4.8"),
    (308, "Permanent Redirect", "9110", "15.4.9"),
    (400, "Bad Request", "9110", "15.5.1"),
    (401, "Unauthorized", "9110", "15.5.2"),
    (402, "Payment Required", "9110", "15.5.3"),
    (403, "Forbidden", "9110", "15.5.4"),
    (404, "Not Found", "9110", "15.5.5"),
    (405, "Method Not Allowed", "9110", "15.5.6"),
    (406, "Not Acceptable", "9110", "15.5.7"),
    (407, "Proxy Authentication Required", "9110", "15.5.8"),
    (408, "Request Timeout", "9110", "15.5.9"),
    (409, "Conflict", "9110", "15.5.10"),
    (410, "Gone", "9110", "15.5.11"),
    (411, "Length Required", "9110", "15.5.12"),
    (412, "Precondition Failed", "9110", "15.5.13"),
    (413, "Content Too Large", "9110", "15.5.14"),
    (414, "URI Too Long", "9110", "15.5.15"),
    (415, "Unsupported Media Type", "9110", "15.5.16"),
    (416, "Range Not Satisfiable", "9110", "15.5.17"),
    (417, "Expectation Failed", "9110", "15.5.18"),
    (421, "Misdirected Request", "9110", "15.5.20"),
    (422, "Unprocessable Content", "9110", "15.5.21"),
    (423, "Locked", "4918", "11.3"),
    (424, "Failed Dependency", "4918", "11.4"),
    (426, "Upgrade Required", "9110", "15.5.22"),
    (428, "Precondition Required", "6585", "3"),
    (429, "Too Many Requests", "6585", "4"),
    (431, "Request Header Fields Too Large", "6585", "5"),
    (451, "Unavailable For Legal Reasons", "7725", "3"),
    (500, "Internal Server Error", "9110", "15.6.1"),
    (501, "Not Implemented", "9110", "15.6.2"),
    (502, "Bad Gateway", "9110", "15.6.3"),
    (503, "Service Unavailable", "9110", "15.6.4"),
    (504, "Gateway Timeout", "9110", "15.6.5"),
    (505, "HTTP Version Not Supported", "9110", "15.6.6"),
    (507, "Insufficient Storage", "4918", "11.5"),
    (511, "Network Authentication Required", "6585", "6"),
];

/// The reason phrase of a status, with a link to where it is defined.
pub fn meaning(status: StatusPattern) -> Cell {
    match definition(status) {
        (phrase, Some(url)) => Cell::link(&Cell::own(phrase), &url),
        (phrase, None) => Cell::own(phrase),
    }
}

/// The reason phrase of a status, and where it is defined.
pub fn definition(status: StatusPattern) -> (&'static str, Option<Url>) {
    match status {
        StatusPattern::Code(code) => match STATUSES.iter().find(|(known, ..)| *known == code) {
            Some((_, phrase, rfc, section)) => (phrase, Some(url(rfc, section))),
            None => ("Unregistered", None),
        },
        StatusPattern::Range(1) => ("Informational", Some(url("9110", "15.2"))),
        StatusPattern::Range(2) => ("Successful", Some(url("9110", "15.3"))),
        StatusPattern::Range(3) => ("Redirection", Some(url("9110", "15.4"))),
        StatusPattern::Range(4) => ("Client Error", Some(url("9110", "15.5"))),
        StatusPattern::Range(_) => ("Server Error", Some(url("9110", "15.6"))),
        StatusPattern::Default => ("Any other status", None),
    }
}

fn url(rfc: &str, section: &str) -> Url {
    Url::own(format!(
        "https://www.rfc-editor.org/rfc/rfc{rfc}.html#section-{section}"
    ))
}
