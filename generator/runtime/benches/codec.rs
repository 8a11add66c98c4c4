//! Compares the codec with serde derives on the same types: `cargo bench -p specwright-runtime`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints and may fail"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

#[allow(dead_code, reason = "the bench needs the codec only")]
#[path = "../tests/suite/emitted/runtime.rs"]
mod runtime;

use runtime::codec::{decode, encode};

macro_rules! types {
    ($($derive:meta)?) => {
        #[derive(Clone)]
        $(#[$derive])?
        pub struct Page {
            pub items: Vec<Repository>,
            pub total_count: i64,
            pub next: Option<String>,
        }

        #[derive(Clone)]
        $(#[$derive])?
        pub struct Repository {
            pub id: i64,
            pub name: String,
            pub full_name: String,
            pub private: bool,
            pub description: Option<String>,
            pub score: f64,
            pub topics: Vec<String>,
            pub owner: Box<Owner>,
            pub license: Option<String>,
            pub archived: Option<bool>,
            pub stars: Option<i64>,
            pub labels: BTreeMap<String, String>,
        }

        #[derive(Clone)]
        $(#[$derive])?
        pub struct Owner {
            pub login: String,
            pub id: i64,
            pub url: String,
            pub site_admin: bool,
            pub email: Option<String>,
        }
    };
}

mod derived {
    use super::BTreeMap;
    types!(derive(serde::Serialize, serde::Deserialize));
}

mod described {
    use super::BTreeMap;
    use super::runtime;
    use super::runtime::macros::record;
    types!();
    record!(
        Page,
        0 items = Required("items"),
        1 total_count = Required("total_count"),
        2 next = Required("next")
    );
    record!(
        Repository,
        0 id = Required("id"),
        1 name = Required("name"),
        2 full_name = Required("full_name"),
        3 private = Required("private"),
        4 description = Required("description"),
        5 score = Required("score"),
        6 topics = Required("topics"),
        7 owner = Required("owner"),
        8 license = Required("license"),
        9 archived = Required("archived"),
        10 stars = Required("stars"),
        11 labels = Required("labels")
    );
    record!(
        Owner,
        0 login = Required("login"),
        1 id = Required("id"),
        2 url = Required("url"),
        3 site_admin = Required("site_admin"),
        4 email = Required("email")
    );
}

/// A page of repositories.
fn page() -> derived::Page {
    let repository = |number: i64| derived::Repository {
        id: number * 7919,
        name: format!("repository-{number}"),
        full_name: format!("organisation/repository-{number}"),
        private: number % 3 == 0,
        description: (number % 4 != 0)
            .then(|| "A \"quoted\" description, of usual length.".to_owned()),
        score: number as f64 / 7.0,
        topics: vec!["rust".to_owned(), "openapi".to_owned(), "code".to_owned()],
        owner: Box::new(derived::Owner {
            login: "organisation".to_owned(),
            id: number,
            url: format!("https://api.example.com/users/{number}"),
            site_admin: false,
            email: None,
        }),
        license: Some("MIT".to_owned()),
        archived: Some(false),
        stars: Some(number * 31),
        labels: [("tier".to_owned(), "gold".to_owned())].into(),
    };
    derived::Page {
        items: (0..200).map(repository).collect(),
        total_count: 200,
        next: None,
    }
}

/// The best of many rounds, since whatever disturbs a round only makes it longer.
fn best(mut round: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..300 {
        let start = Instant::now();
        round();
        best = best.min(start.elapsed());
    }
    best
}

fn report(what: &str, derives: Duration, codec: Duration) {
    let ratio = derives.as_secs_f64() / codec.as_secs_f64();
    println!("{what}: derives {derives:?}, codec {codec:?}: {ratio:.2} times as fast");
}

fn main() {
    let derived = page();
    let json = serde_json::to_vec(&derived).expect("it is plain data");
    let described: described::Page = decode(&json).expect("the types are the same");
    assert_eq!(
        encode(&described).expect("it is plain data"),
        json,
        "both write the same"
    );
    println!("{} bytes of JSON", json.len());
    let derives = best(|| {
        black_box(serde_json::from_slice::<derived::Page>(black_box(&json)).is_ok());
    });
    let codec = best(|| {
        black_box(decode::<described::Page>(black_box(&json)).is_ok());
    });
    report("decode", derives, codec);
    let derives = best(|| {
        black_box(serde_json::to_vec(black_box(&derived)).is_ok());
    });
    let codec = best(|| {
        black_box(encode(black_box(&described)).is_ok());
    });
    report("encode", derives, codec);
}
