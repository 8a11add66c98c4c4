//! Types of every kind.

use std::collections::BTreeMap;

use secrecy::SecretString;

use super::runtime;
use super::runtime::base64::Base64;
use super::runtime::codec::Json;
use super::runtime::macros::{
    integer_enum, newtype, record, string_enum, tagged_union, untagged_union,
};
use super::runtime::serde::serde_impls;

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Access {
    Read,
    Write,
    Unknown(String),
}
string_enum!(Access, Unknown, Read = "READ", Write = "WRITE");

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Priority {
    Low,
    High,
    Unknown(i64),
}
integer_enum!(Priority, Unknown, Low = 1, High = -2);

#[derive(Clone)]
pub struct Item {
    pub name: String,
    pub access: Access,
    pub note: Option<String>,
    pub parent: Option<Option<String>>,
    pub nullable: Option<i32>,
    pub details: Json,
    pub more: Option<Json>,
    pub children: Option<Vec<Item>>,
    pub small: Option<u8>,
}
record!(
    Item,
    0 name = Required("name"),
    1 access = Required("accessType"),
    2 note = Optional("note"),
    3 parent = Optional("parent"),
    4 nullable = Required("nullable"),
    5 details = Required("details"),
    6 more = Optional("more"),
    7 children = Optional("children"),
    8 small = Optional("small")
);

#[derive(Clone, Default)]
pub struct Open {
    pub id: Option<i64>,
    pub rest: BTreeMap<String, Vec<i64>>,
}
record!(Open, 0 id = Optional("id"); rest rest);

#[derive(Clone)]
pub struct Empty {}
record!(Empty);

#[derive(Clone)]
pub struct Page {
    pub title: String,
    pub size: i64,
    pub order: Option<Access>,
    pub query: Open,
    pub more: Json,
}
record!(
    Page,
    0 title = Required("title"),
    1 size = Defaulted("size", "10"),
    2 order = Defaulted("order", "\"READ\""),
    3 query = Defaulted("query", "{\"id\":1,\"a\":[2]}"),
    4 more = Defaulted("more", "[true]")
);

#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub password: SecretString,
}
record!(secret Login, 0 user = Required("user"), 1 password = Required("password"));

#[derive(Clone)]
pub struct Formats {
    pub id: uuid::Uuid,
    pub day: time::Date,
    pub at: runtime::time::DateTime,
    pub data: Base64,
    pub ratio: f32,
    pub pair: (String, i64),
    pub priority: Priority,
}
record!(
    Formats,
    0 id = Required("id"),
    1 day = Required("day"),
    2 at = Required("at"),
    3 data = Required("data"),
    4 ratio = Required("ratio"),
    5 pair = Required("pair"),
    6 priority = Required("priority")
);

#[derive(Clone)]
pub struct Cat {
    pub lives: i64,
}
record!(Cat, 0 lives = Required("lives"));

#[derive(Clone)]
pub struct Dog {
    pub pet_type: String,
    pub bark: bool,
}
record!(Dog, 0 pet_type = Required("petType"), 1 bark = Required("bark"));

#[derive(Clone)]
pub enum Animal {
    Dog(Box<Dog>),
    Other(Box<Other>),
    Unknown(Json),
}
tagged_union!(
    Animal,
    Unknown,
    "petType",
    0 Dog = ["dog"],
    1 Other = ["other"] if Object
);

#[derive(Clone)]
pub struct Other {
    pub pet_type: Option<String>,
    pub id: Option<i64>,
}
record!(Other, 0 pet_type = Optional("petType"), 1 id = Optional("id"));

#[derive(Clone)]
pub enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Bag(Box<Open>),
    Unknown(Json),
}
tagged_union!(
    Pet,
    Unknown,
    "petType",
    0 Cat = ["cat"],
    1 Dog = ["dog", "puppy"],
    2 Bag = ["bag"]
);

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Card {
    Card,
    Unknown(String),
}
string_enum!(Card, Unknown, Card = "card");

#[derive(Clone)]
pub struct CardSource {
    pub object: Card,
    pub last4: Option<String>,
}
record!(CardSource, 0 object = Required("object"), 1 last4 = Optional("last4"));

#[derive(Clone)]
pub struct BankSource {
    pub object: String,
    pub last4: Option<String>,
    pub bank: Option<String>,
}
record!(
    BankSource,
    0 object = Required("object"),
    1 last4 = Optional("last4"),
    2 bank = Optional("bank")
);

#[derive(Clone)]
pub enum Source {
    Number(i64),
    Id(String),
    Bank(Box<BankSource>),
    Card(Box<CardSource>),
    List(Vec<bool>),
    Unknown(Json),
}
untagged_union!(Source, Unknown, 0 Number, 1 Id, 2 Bank, 3 Card, 4 List);

#[derive(Clone)]
pub enum Decided {
    Id(String),
    Count(i64),
    Ratio(f64),
    Card(Box<CardSource>),
    Bank(Box<BankSource>),
    List(Vec<Decided>),
    Flag(bool),
    Cat(Box<Cat>),
    Unknown(Json),
}
untagged_union!(
    Decided,
    Unknown,
    0 Id if Text,
    1 Count if Integer,
    2 Ratio if Number,
    3 Card if Property("object", "card", "7"),
    4 Bank if Has("object", "bank"),
    5 List if Array,
    6 Flag,
    7 Cat if Object
);

#[derive(Clone)]
pub struct Left {
    pub next: Option<Node>,
    pub end: i64,
}
record!(Left, 0 next = Optional("next"), 1 end = Required("end"));

#[derive(Clone)]
pub struct Right {
    pub next: Option<Node>,
    pub end: bool,
}
record!(Right, 0 next = Optional("next"), 1 end = Required("end"));

#[derive(Clone)]
pub enum Node {
    Left(Box<Left>),
    Right(Box<Right>),
    Unknown(Json),
}
untagged_union!(Node, Unknown, 0 Left, 1 Right);

#[derive(Clone)]
pub struct Tree(pub Vec<Tree>);
newtype!(Tree);

serde_impls!(Item, Tree, Pet, Login);

#[derive(Clone)]
pub enum Proof {
    Login(Box<Login>),
    Unknown(Json),
}
untagged_union!(secret Proof, Unknown, 0 Login);
