//! Parameters and forms on the wire.

use std::collections::BTreeMap;

use serde_json::json;

use crate::emitted::runtime::codec::{Encode, Json};
use crate::emitted::runtime::form::{FormStyle, FormStyles, add_form};
use crate::emitted::runtime::params::{
    HeaderStyle, PathStyle, QueryStyle, add_query, header_text, path_text,
};
use crate::emitted::types::{Access, Cat, Open, Pet, Priority};

fn query(style: QueryStyle, value: &dyn Encode) -> String {
    let mut query = String::new();
    match add_query(&mut query, "c", value, style) {
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

fn rgb() -> BTreeMap<String, i64> {
    [("R", 100), ("G", 200)]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
}

#[test]
fn the_table_of_the_specification() {
    use HeaderStyle as Header;
    use PathStyle as Path;
    use QueryStyle as Query;
    assert_eq!(path_text(&"blue", Path::Simple).unwrap(), "blue");
    assert_eq!(path_text(&colours(), Path::Simple).unwrap(), "blue,black");
    assert_eq!(path_text(&rgb(), Path::Simple).unwrap(), "G,200,R,100");
    assert_eq!(
        path_text(&rgb(), Path::SimpleExplode).unwrap(),
        "G=200,R=100"
    );
    assert_eq!(query(Query::Form, &""), "c=");
    assert_eq!(query(Query::Form, &colours()), "c=blue,black");
    assert_eq!(query(Query::Form, &rgb()), "c=G,200,R,100");
    assert_eq!(query(Query::FormExplode, &colours()), "c=blue&c=black");
    assert_eq!(query(Query::FormExplode, &rgb()), "G=200&R=100");
    assert_eq!(query(Query::DeepObject, &rgb()), "c[G]=200&c[R]=100");
    assert_eq!(
        header_text(&colours(), Header::Simple).unwrap(),
        "blue,black"
    );
    assert_eq!(
        header_text(&rgb(), Header::SimpleExplode).unwrap(),
        "G=200,R=100"
    );
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
        assert_eq!(path_text(value, PathStyle::Simple).unwrap(), text);
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
    assert!(path_text(&value, PathStyle::Simple).is_err());
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
