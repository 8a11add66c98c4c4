//! Streams are cut into items, wherever the pieces in which they arrive are cut.

use crate::emitted::runtime::framing::{Frame, Framing, Splitter};

/// The items of a stream that arrives in two pieces.
fn frames(framing: Framing, text: &[u8], at: usize) -> Vec<(String, Option<String>)> {
    let mut splitter = Splitter::new(framing, 100);
    let (first, second) = text.split_at(at);
    splitter.push(first).unwrap();
    splitter.push(second).unwrap();
    splitter.finish();
    std::iter::from_fn(|| splitter.next_frame())
        .map(|Frame { data, id, .. }| (String::from_utf8(data).unwrap(), id))
        .collect()
}

#[test]
fn items_are_the_same_wherever_a_stream_is_cut() {
    let cases: [(Framing, &str, &[&str]); 3] = [
        (
            Framing::Events,
            "\u{feff}data: a\r\ndata:  b\r\n\r\n:c\r\rdata\n\nid: x\rdata:é\r\rid\ndata: 1\n\ndata: lost\n",
            &["a\n b", "", "é", "1"],
        ),
        (
            Framing::Lines,
            "{\"a\":1}\r\n\n  2\n\"é\"",
            &["{\"a\":1}", "2", "\"é\""],
        ),
        (
            Framing::Sequence,
            "\x1e1\n\x1e\x1e{\n}\n\x1e\"é\"\n",
            &["1", "{\n}", "\"é\""],
        ),
    ];
    for (framing, text, expected) in cases {
        for at in 0..=text.len() {
            let found = frames(framing, text.as_bytes(), at);
            let data: Vec<&str> = found.iter().map(|(data, _)| &**data).collect();
            assert_eq!(data, expected, "{framing:?} cut at {at}");
        }
    }
    let ids = frames(
        Framing::Events,
        b"data: 1\n\nid: x\ndata: 2\n\ndata: 3\n\n",
        0,
    );
    let ids: Vec<Option<&str>> = ids.iter().map(|(_, id)| id.as_deref()).collect();
    assert_eq!(ids, [None, Some("x"), Some("x")]);
}

#[test]
fn an_item_is_limited_however_it_arrives() {
    for framing in [Framing::Events, Framing::Lines, Framing::Sequence] {
        let mut splitter = Splitter::new(framing, 10);
        assert!(splitter.push(b"data:12345").is_ok());
        assert!(splitter.push(b"6").is_err());
    }
    let mut splitter = Splitter::new(Framing::Events, 12);
    assert!(splitter.push(b"data: 123456\n").is_ok());
    assert!(splitter.push(b"data: 123456\n").is_err());
}
