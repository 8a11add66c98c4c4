//! Parameters and forms on the wire.

use std::collections::BTreeMap;

use http::HeaderMap;
use serde_json::json;

use crate::emitted::runtime::codec::{Encode, Json};
use crate::emitted::runtime::cookies::{CookieStyle, add_cookies, cookie_text};
use crate::emitted::runtime::form::{FormStyle, FormStyles, add_form};
use crate::emitted::runtime::params::{
    HeaderStyle, PathStyle, QueryStyle, add_query, encoded, header_text, path_text,
};
use crate::emitted::types::{Access, Cat, Open, Pet, Priority};

fn query(style: QueryStyle, value: &dyn Encode) -> String {
    let mut query = String::new();
    match add_query(&mut query, "c", value, style, &encoded) {
        Ok(()) => query.replace("%5B", "[").replace("%5D", "]"),
        Err(error) => error.0.to_owned(),
    }
}

const DEEP: FormStyles<'_> = FormStyles::All(FormStyle::DeepObject);

fn form(value: &dyn Encode, styles: FormStyles<'_>) -> String {
    let mut form = String::new();
    add_form(&mut form, value, styles).unwrap();
    form.replace("%5B", "[").replace("%5D", "]")
}

fn colours() -> Vec<String> {
    ["blue", "black"].map(str::to_owned).to_vec()
}

/// The values of the specification's table: `string empty`, `string`, `array` and `object`.
fn examples() -> [Json; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        // Objects of the runtime's JSON are sorted.
        json!({"B": 150, "G": 200, "R": 100}),
    ]
}

#[test]
fn the_table_of_the_specification() {
    use PathStyle as Path;
    for (style, expected) in [
        (
            Path::Simple,
            ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
        ),
        (
            Path::SimpleExplode,
            ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
        ),
        (
            Path::Label,
            [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
        ),
        (
            Path::LabelExplode,
            [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
        ),
        (
            Path::Matrix,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=B,150,G,200,R,100",
            ],
        ),
        (
            Path::MatrixExplode,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";B=150;G=200;R=100",
            ],
        ),
    ] {
        let texts = examples().map(|value| path_text("color", &value, style, &encoded).unwrap());
        assert_eq!(texts, expected, "{style:?}");
    }
    for (style, expected) in [
        (
            HeaderStyle::Simple,
            ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
        ),
        (
            HeaderStyle::SimpleExplode,
            ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
        ),
    ] {
        let texts = examples().map(|value| header_text(&value, style).unwrap());
        assert_eq!(texts, expected, "{style:?}");
    }
    for (style, expected) in [
        (
            CookieStyle::Form,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=B,150,G,200,R,100",
            ],
        ),
        (
            CookieStyle::FormExplode,
            [
                "color=",
                "color=blue",
                "color=blue; color=black; color=brown",
                "B=150; G=200; R=100",
            ],
        ),
    ] {
        let texts = examples().map(|value| cookie_text("color", &value, style, &encoded).unwrap());
        assert_eq!(texts, expected, "{style:?}");
    }
}

#[test]
fn the_table_of_the_specification_for_queries() {
    use QueryStyle as Query;
    for (style, expected) in [
        (
            Query::Form,
            ["c=", "c=blue", "c=blue,black,brown", "c=B,150,G,200,R,100"],
        ),
        (
            Query::FormExplode,
            [
                "c=",
                "c=blue",
                "c=blue&c=black&c=brown",
                "B=150&G=200&R=100",
            ],
        ),
        (
            Query::SpaceDelimited,
            [
                "c=",
                "c=blue",
                "c=blue%20black%20brown",
                "c=B%20150%20G%20200%20R%20100",
            ],
        ),
        (
            Query::PipeDelimited,
            [
                "c=",
                "c=blue",
                "c=blue%7Cblack%7Cbrown",
                "c=B%7C150%7CG%7C200%7CR%7C100",
            ],
        ),
        (
            Query::DeepObject,
            [
                "c=",
                "c=blue",
                "c[0]=blue&c[1]=black&c[2]=brown",
                "c[B]=150&c[G]=200&c[R]=100",
            ],
        ),
    ] {
        let texts = examples().map(|value| query(style, &value));
        assert_eq!(texts, expected, "{style:?}");
    }
}

#[test]
fn marks_of_a_style_within_a_value_are_encoded() {
    let value = json!([";=", ".,", ""]);
    let path = |style| path_text("a;b", &value, style, &encoded).unwrap();
    assert_eq!(path(PathStyle::LabelExplode), ".%3B%3D..%2C.");
    assert_eq!(
        path(PathStyle::MatrixExplode),
        ";a%3Bb=%3B%3D;a%3Bb=.%2C;a%3Bb"
    );
    assert_eq!(
        cookie_text("a", &value, CookieStyle::FormExplode, &encoded).unwrap(),
        "a=%3B%3D; a=.%2C; a="
    );
    let nothing = json!([]);
    for style in [
        PathStyle::Label,
        PathStyle::LabelExplode,
        PathStyle::Matrix,
        PathStyle::MatrixExplode,
    ] {
        assert_eq!(path_text("a", &nothing, style, &encoded).unwrap(), "");
    }
    assert_eq!(
        cookie_text("a", &None::<i64>, CookieStyle::Form, &encoded).unwrap(),
        ""
    );
}

#[test]
fn cookies_stand_in_one_header() {
    let mut headers = HeaderMap::new();
    add_cookies(&mut headers, "a=1", false).unwrap();
    assert!(!headers["cookie"].is_sensitive());
    add_cookies(&mut headers, "sid=k", true).unwrap();
    add_cookies(&mut headers, "b=2; b=3", false).unwrap();
    assert_eq!(headers["cookie"], "a=1; sid=k; b=2; b=3");
    assert!(headers["cookie"].is_sensitive());
}

#[test]
fn plain_values() {
    for (value, text) in [
        (&true as &dyn Encode, "true"),
        (&-5i8, "-5"),
        (&0.1f32, "0.1"),
        (&Access::Write, "WRITE"),
        (&Priority::High, "-2"),
        (&uuid::Uuid::nil(), "00000000-0000-0000-0000-000000000000"),
        (&time::OffsetDateTime::UNIX_EPOCH.date(), "1970-01-01"),
        (
            &"a/b?c#d%e f&g=h+\u{1F600}",
            "a%2Fb%3Fc%23d%25e%20f%26g%3Dh%2B%F0%9F%98%80",
        ),
    ] {
        assert_eq!(
            path_text("c", value, PathStyle::Simple, &encoded).unwrap(),
            text
        );
        assert_eq!(query(QueryStyle::FormExplode, value), format!("c={text}"));
    }
    assert_eq!(query(QueryStyle::FormExplode, &None::<i64>), "");
}

#[test]
fn nesting() {
    let value = json!({"a": {"b": [1, {"c": "x y"}]}, "n": null, "e": []});
    assert_eq!(
        query(QueryStyle::DeepObject, &value),
        "c[a][b][0]=1&c[a][b][1][c]=x%20y&c[n]="
    );
    assert_eq!(
        query(QueryStyle::DeepObject, &colours()),
        "c[0]=blue&c[1]=black"
    );
    assert!(query(QueryStyle::Form, &value).contains("only a plain value"));
    assert!(path_text("c", &value, PathStyle::Simple, &encoded).is_err());
    let mut deep = Json::Null;
    for _ in 0..100 {
        deep = json!([deep]);
    }
    assert!(query(QueryStyle::DeepObject, &deep).contains("too deeply"));
}

#[test]
fn forms() {
    let items = json!({"items": [{"price": "p_1", "quantity": 2}], "expand": ["a"], "metadata": {"k&": "v="}});
    assert_eq!(
        form(&items, DEEP),
        "items[0][price]=p_1&items[0][quantity]=2&expand[0]=a&metadata[k%26]=v%3D"
    );
    let open = Open {
        id: None,
        rest: [("l".to_owned(), vec![1, 2])].into(),
    };
    assert_eq!(form(&open, DEEP), "l[0]=1&l[1]=2");
    assert_eq!(
        form(&Pet::Cat(Box::new(Cat { lives: 9 })), DEEP),
        "petType=cat&lives=9"
    );
    assert!(add_form(&mut String::new(), &5i64, DEEP).is_err());
}

#[test]
fn each_property_of_a_form_has_a_style() {
    let value = json!({
        "n": 1, "none": null, "plain": ["a b", "c&"], "empty": [], "joined": ["a,", "b"], "space": [1, 2],
        "pipe": [1, 2], "deep": {"k": ["v"]}, "object": {"k": "v="}, "objects": [{"k": 1}], "json": ["a"],
    });
    let styles = [
        ("joined", FormStyle::Joined),
        ("space", FormStyle::SpaceDelimited),
        ("pipe", FormStyle::PipeDelimited),
        ("deep", FormStyle::DeepObject),
        ("json", FormStyle::Json),
    ];
    let sent = form(&value, FormStyles::Each(&styles));
    let mut pairs: Vec<&str> = sent.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "deep[k][0]=v",
            "joined=a%2C,b",
            "json=[%22a%22]",
            "n=1",
            "none=",
            "object=%7B%22k%22%3A%22v%3D%22%7D",
            "objects=[%7B%22k%22%3A1%7D]",
            "pipe=1%7C2",
            "plain=a%20b",
            "plain=c%26",
            "space=1%202",
        ]
    );
    let endless = BTreeMap::from([("a".to_owned(), vec![vec![f64::INFINITY]])]);
    let refused = add_form(&mut String::new(), &endless, FormStyles::Each(&[]));
    assert!(refused.unwrap_err().0.contains("infinite"));
}

#[test]
fn a_parameter_with_a_content_is_its_json() {
    let value = json!({"a": "b c", "d": [1, null]});
    let spelled = "%7B%22a%22%3A%22b%20c%22%2C%22d%22%3A%5B1%2Cnull%5D%7D";
    assert_eq!(
        query(QueryStyle::Json, &value),
        format!("c={spelled}")
            .replace("%5B", "[")
            .replace("%5D", "]")
    );
    assert_eq!(query(QueryStyle::Json, &None::<String>), "");
    assert_eq!(
        path_text("c", &value, PathStyle::Json, &encoded).unwrap(),
        spelled
    );
    assert_eq!(
        header_text(&value, HeaderStyle::Json).unwrap(),
        value.to_string()
    );
    assert_eq!(
        cookie_text("c", &value, CookieStyle::Json, &encoded).unwrap(),
        format!("c={spelled}")
    );
}
