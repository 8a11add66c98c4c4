//! The little HTML that prose may hold, written as the construct of CommonMark that says the same.

use super::super::escape::{code_span, encode_url, is_safe_url};
use super::super::html::{Piece, pieces};
use super::{Container, HARD_SPACE, Writer};

impl Writer {
    pub(super) fn html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => self.text(&text.replace('\n', " ")),
                Piece::Block if self.in_block() => self.flush(),
                Piece::Block => self.inline.push(' '),
                Piece::Break => self.hard_break(),
                Piece::ItemStart if self.in_block() => {
                    self.flush();
                    self.close_html_items();
                    let marker = "- ".to_owned();
                    self.open(Container::Item {
                        marker,
                        started: false,
                        html: true,
                    });
                }
                Piece::ItemEnd if self.in_block() => {
                    self.flush();
                    self.close_html_items();
                }
                Piece::LinkStart(url) => {
                    if self.links.is_empty() && self.html_link.is_none() && is_safe_url(url) {
                        self.html_link = Some((self.inline.len(), encode_url(url)));
                        self.inline.push('[');
                    }
                }
                Piece::LinkEnd => {
                    self.close_html_code();
                    if let Some((_, url)) = self.html_link.take() {
                        self.links.push(Some(url));
                        self.link_end();
                    }
                }
                Piece::CodeStart => {
                    self.close_html_code();
                    self.html_code = Some(String::new());
                }
                Piece::CodeEnd => {
                    if let Some(code) = self.html_code.take() {
                        let span =
                            code_span(&unescape(&code)).replace(' ', &HARD_SPACE.to_string());
                        self.inline.push_str(&span);
                    }
                }
                Piece::ItemStart | Piece::ItemEnd => self.inline.push(' '),
                Piece::Nothing => {}
            }
        }
    }

    /// Whether a block may end here: not inside a cell, a heading or a link.
    pub(super) fn in_block(&self) -> bool {
        self.table.is_none() && self.heading.is_none() && self.links.is_empty()
    }

    pub(super) fn close_html_code(&mut self) {
        if let Some(code) = self.html_code.take() {
            self.text(&code);
        }
    }

    /// Takes back the start of a link that was never ended.
    pub(super) fn close_html(&mut self) {
        self.close_html_code();
        if let Some((start, _)) = self.html_link.take()
            && self.inline.get(start..=start) == Some("[")
        {
            self.inline.remove(start);
        }
    }

    pub(super) fn close_html_items(&mut self) {
        while let Some(Container::Item { html: true, .. }) = self.containers.last() {
            self.containers.pop();
            self.apart = self
                .containers
                .iter()
                .all(|container| matches!(container, Container::Quote));
        }
    }
}

/// The entities that code in HTML is full of.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
