//! Text in HTML: what is escaped is read back, and prose makes no elements but those of an allow-list.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::model::Prose;
use specwright::reference::fuzzing::{Data, Html, Text};
use specwright_fuzz::tags;

const ELEMENTS: &[&str] = &[
    "p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "table", "thead",
    "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "sub", "sup", "div", "input", "dl", "dt", "dd",
];

fuzz_target!(|text: &str| {
    let html = Html::text(text).to_string();
    assert!(tags(&html).is_empty() && !html.contains(['"', '\'']), "{html:?}");
    assert_eq!(unescape(&html), Text::new(text).as_str());

    let data = Data::json(&text).to_string();
    assert!(!data.contains(['<', '>', '&']), "{data}");
    assert_eq!(serde_json::from_str::<String>(&data).unwrap(), text);

    let Some(prose) = Prose::new(text) else { return };
    for html in [Html::prose(&prose, 1), Html::line(&prose, true), Html::line(&prose, false)] {
        let html = html.to_string();
        let mut open: Vec<String> = Vec::new();
        for tag in tags(&html) {
            let mut words = tag.split(' ');
            let name = words.next().unwrap();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "{html}");
                continue;
            }
            assert!(ELEMENTS.contains(&name), "<{tag}> in {html}");
            for attribute in words.filter(|word| *word != "/") {
                let known = ["href=", "rel=", "class=", "start=", "align=", "style=", "title=", "id=", "tabindex="];
                assert!(known.iter().any(|name| attribute.starts_with(name)), "<{tag}> in {html}");
            }
            if !matches!(name, "br" | "hr" | "input") && !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        assert!(open.is_empty(), "{open:?} stay open in {html}");
        let lower = html.to_ascii_lowercase();
        for tag in lower.split("<a ").skip(1) {
            let link = tag.split_once("href=\"").map_or("https://", |(_, link)| link);
            let is_safe = ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
            assert!(is_safe, "{html}");
        }
    }
});

fn unescape(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(html.to_owned(), |text, (entity, c)| text.replace(entity, c))
}
