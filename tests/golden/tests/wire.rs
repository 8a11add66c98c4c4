//! What the clients of the cases send and read, over a transport in memory and over a socket.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "wire/cookies.rs"]
mod cookies;
#[path = "wire/empty.rs"]
mod empty;
#[path = "wire/headers.rs"]
mod headers;
#[path = "wire/media.rs"]
mod media;
#[path = "wire/methods.rs"]
mod methods;
#[path = "wire/multipart.rs"]
mod multipart;
#[path = "wire/sequences.rs"]
mod sequences;
#[path = "wire/servers.rs"]
mod servers;
#[path = "wire/socket.rs"]
mod socket;
#[path = "wire/styles.rs"]
mod styles;
#[path = "wire/xml.rs"]
mod xml;
#[path = "wire/xml_filled.rs"]
mod xml_filled;
#[path = "wire/xml_samples.rs"]
mod xml_samples;

/// A client of a case whose calls are all answered alike, and the list of the calls that it made: method, URL and body.
macro_rules! client {
    ($case:ident, $status:expr, $body:expr) => {{
        let calls = std::sync::Arc::new(std::sync::Mutex::new(Vec::<String>::new()));
        let log = calls.clone();
        let transport = move |request: http::Request<golden::$case::runtime::body::Body>| {
            let sent = request.body().as_bytes().unwrap().to_vec();
            let sent = String::from_utf8(sent).unwrap();
            let call = format!("{} {} {sent}", request.method(), request.uri());
            log.lock().unwrap().push(call.trim_end().to_owned());
            let response = http::Response::builder().status($status);
            let response = response.header("content-type", "application/json");
            let body = golden::$case::runtime::body::Body::from($body);
            async move { Ok(response.body(body).unwrap()) }
        };
        let client = golden::$case::Client::builder().base_url("http://localhost");
        (client.transport(transport).build().unwrap(), calls)
    }};
}

// Below the macro, which it uses.
#[path = "wire/implied.rs"]
mod implied;

#[tokio::test]
async fn an_unknown_value_of_an_enumeration_is_kept() {
    use golden::types_string_enums::types::{Color, LightState};
    let body = r#"{"color":"ultraviolet","state":"dimmed"}"#;
    let (client, _) = client!(types_string_enums, 200, body);
    let light = client.get_light(Color::Red).await.unwrap();
    assert_eq!(light.color, Color::Unknown("ultraviolet".to_owned()));
    assert_eq!(light.state, LightState::Unknown("dimmed".to_owned()));
    assert_eq!(light.color.as_str(), "ultraviolet");
}

#[tokio::test]
async fn an_unknown_integer_of_an_enumeration_is_kept() {
    use golden::types_integer_enums::types::Priority;
    let (client, calls) = client!(types_integer_enums, 200, r#"{"priority":99}"#);
    let task = client.list_tasks().priority(Priority::High).await.unwrap();
    assert_eq!(task.priority, Priority::Unknown(99));
    assert_eq!(
        calls.lock().unwrap()[..],
        ["GET http://localhost/tasks?priority=3"]
    );
}

#[tokio::test]
async fn query_parameters_are_spelled_by_their_style() {
    use golden::requests_query_parameters::types::{Filter, FilterRange, Point};
    let (client, calls) = client!(requests_query_parameters, 204, "");
    let filter = Filter {
        owner: Some("me & you".to_owned()),
        range: Some(FilterRange {
            from: Some(1),
            to: None,
        }),
        ..Filter::default()
    };
    client
        .search("a b&c")
        .limit(5)
        .tag(&["x".to_owned(), "y/z".to_owned()])
        .id(&[1, 2])
        .point(Point::new(1, 2))
        .r#box(Point::new(3, 4))
        .filter(filter)
        .words(&["a b".to_owned(), "c".to_owned()])
        .choices(&["x".to_owned(), "y".to_owned()])
        .await
        .unwrap();
    let expected = "GET http://localhost/search?q=a%20b%26c&limit=5&tag=x&tag=y%2Fz&id=1,2&point=x,1,y,2&x=3&y=4\
                    &filter%5Bowner%5D=me%20%26%20you&filter%5Brange%5D%5Bfrom%5D=1\
                    &words=a%20b%20c&choices=x%7Cy";
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn path_parameters_are_spelled_by_their_style() {
    use golden::requests_path_parameters::types::Color;
    let (client, calls) = client!(requests_path_parameters, 204, "");
    let list = ["a".to_owned(), "b".to_owned()];
    client
        .get_labels("blue", &list, Color::new(1, 2))
        .await
        .unwrap();
    client
        .get_matrices("", &list, Color::new(1, 2))
        .await
        .unwrap();
    assert_eq!(
        calls.lock().unwrap()[..],
        [
            "GET http://localhost/labels/.blue/.a,b/.R=1.G=2",
            "GET http://localhost/matrices/;plain;list=a;list=b;record=R,1,G,2",
        ]
    );
}

#[tokio::test]
async fn null_and_absent_are_told_apart() {
    use golden::types_nullable::types::Thing;
    let (client, calls) = client!(types_nullable, 200, "null");
    let mut thing = Thing::new("p", None, None, None, None);
    thing.optional_or_null = Some(None);
    let answer = client.patch_thing(thing).await.unwrap().into_inner();
    assert!(answer.is_none());
    let expected = concat!(
        r#"PATCH http://localhost/things {"plain":"p","null":null,"optionalOrNull":null,"#,
        r#""recordOrNull":null,"listOrNull":null,"enumOrNull":null}"#
    );
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn a_variant_is_chosen_by_its_tag_and_an_unknown_one_is_kept() {
    use golden::types_tagged_unions::runtime::codec::decode;
    use golden::types_tagged_unions::types::{Mapped, Pet};
    let sent = r#"{"petType":"Dog","packSize":3}"#;
    let answer = r#"{"petType":"parrot","talks":true}"#;
    let (client, calls) = client!(types_tagged_unions, 200, answer);
    let pet: Pet = decode(sent.as_bytes()).unwrap();
    assert!(matches!(pet, Pet::Dog(_)), "{pet:?}");
    let answer = client.add_pet(pet).await.unwrap().into_inner();
    assert!(matches!(answer, Mapped::Unknown(_)), "{answer:?}");
    let expected = format!("POST http://localhost/pets {sent}");
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn what_extends_a_schema_is_a_variant_of_it() {
    use golden::types_inheritance::runtime::codec::{decode, encode};
    use golden::types_inheritance::types::{Cat, Event, Pet, Vehicle};
    let answer =
        r#"{"power":"solar","wheels":3,"former":{"petType":"Yeti","name":"Y"},"volts":1.5}"#;
    let (client, calls) = client!(types_inheritance, 200, answer);
    let pet = client.add_pet(Cat::new("Tom").into()).await.unwrap();
    let expected = r#"POST http://localhost/pets {"petType":"Cat","name":"Tom"}"#;
    assert_eq!(calls.lock().unwrap()[..], [expected]);
    let Vehicle::Electric(electric) = pet.into_inner() else {
        panic!("no electric vehicle");
    };
    assert_eq!(electric.wheels, Some(3));
    assert!(matches!(electric.former, Some(Pet::Unknown(_))));
    for (text, is_it) in [
        (
            r#"{"kind":"closed","at":"2026-01-02T03:04:05Z","reason":"late"}"#,
            1,
        ),
        (r#"{"kind":"opened","at":"2026-01-02T03:04:05Z"}"#, 0),
        (r#"{"kind":"moved","to":[1,2]}"#, 2),
    ] {
        let event: Event = decode(text.as_bytes()).unwrap();
        let found = match &event {
            Event::Opened(_) => 0,
            Event::Closed(_) => 1,
            Event::Unknown(_) => 2,
        };
        assert_eq!(found, is_it, "{text}");
        assert_eq!(String::from_utf8(encode(&event).unwrap()).unwrap(), text);
    }
}

#[tokio::test]
async fn parameters_with_a_content_are_json() {
    use golden::requests_content_parameters::types::{Filter, Point};
    let (client, calls) = client!(requests_content_parameters, 204, "");
    let filter = Filter {
        name: Some("a&\"b\"".to_owned()),
        tags: Some(vec!["é".to_owned()]),
    };
    let call = client.search(Point::new(1, 2), filter);
    let sort = ["x".to_owned()];
    call.sort(&sort).last(Point::new(3, 4)).await.unwrap();
    let expected = "GET http://localhost/search/%7B%22x%22%3A1%2C%22y%22%3A2%7D\
                    ?filter=%7B%22name%22%3A%22a%26%5C%22b%5C%22%22%2C%22tags%22%3A%5B%22%C3%A9%22%5D%7D\
                    &sort=%5B%22x%22%5D";
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn parameters_of_other_media_types_are_the_text_of_the_user() {
    let (client, calls) = client!(requests_content_parameters, 204, "");
    let point = golden::requests_content_parameters::types::Point::new(1, 2);
    let call = client
        .search(point, Default::default())
        .tree("<a b=\"1\"/>");
    let call = call.open(serde_json::json!([1])).plain("a b");
    call.x_tree("<a/>").await.unwrap();
    let expected = "GET http://localhost/search/%7B%22x%22%3A1%2C%22y%22%3A2%7D?filter=%7B%7D\
                    &tree=%3Ca%20b%3D%221%22%2F%3E&open=%5B1%5D&plain=a%20b";
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn a_property_of_a_form_may_keep_its_reserved_characters() {
    use golden::requests_form_bodies::types::CreateSearchRequest;
    let (client, calls) = client!(requests_form_bodies, 204, "");
    let texts = ["a/b?c=d&e+f", "%20%"].map(str::to_owned).to_vec();
    let search = CreateSearchRequest {
        words: Some(texts.clone()),
        open: Some(texts),
        ..CreateSearchRequest::default()
    };
    client.create_search(search).await.unwrap();
    let expected = "POST http://localhost/searches words=a%2Fb%3Fc%3Dd%26e%2Bf&words=%2520%25\
                    &open=a/b?c=d%26e%2Bf&open=%20%25";
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[test]
fn unions_are_decided_by_what_their_values_are() {
    use golden::types_decided_unions::runtime::codec::{decode, encode};
    use golden::types_decided_unions::types::{
        All, Choice, Contact, Input, Nested, Outcome, Shape, Size, Versioned, When,
    };
    macro_rules! is {
        ($union:ty, $($text:literal => $variant:pat),* $(,)?) => { $(
            let value: $union = decode($text.as_bytes()).unwrap();
            assert!(matches!(value, $variant), "{} is {value:?}", $text);
            assert_eq!(String::from_utf8(encode(&value).unwrap()).unwrap(), $text);
        )* };
    }
    is!(Outcome,
        r#"{"ok":true,"value":"v"}"# => Outcome::Value(_),
        r#"{"ok":false,"error":"e"}"# => Outcome::Error(_),
        r#"{"ok":null}"# => Outcome::Unknown(_),
    );
    is!(Versioned,
        r#"{"version":2,"text":"t"}"# => Versioned::Old(_),
        r#"{"version":3,"text":["t"]}"# => Versioned::New(_),
        r#"{"version":4,"text":{}}"# => Versioned::Unknown(_),
    );
    is!(Shape,
        r#"{"x":1.5}"# => Shape::Point(_),
        r#"{"x":1.5,"y":2.5}"# => Shape::Vector(_),
        r#"{"radius":1.5}"# => Shape::Circle(_),
    );
    is!(Contact,
        r#"{"name":"n"}"# => Contact::Mail(_),
        r#"{"number":"1","name":"n"}"# => Contact::Phone(_),
    );
    is!(Input,
        r#""a""# => Input::String(_),
        r#"["a"]"# => Input::StringList(_),
        r#"[1]"# => Input::IntegerList(_),
        r#"[[1]]"# => Input::IntegerListList(_),
        r#"true"# => Input::Bool(_),
        r#"{"a":1}"# => Input::Unknown(_),
    );
    is!(When,
        r#""2026-01-02T03:04:05Z""# => When::DateTime(_),
        r#""soon""# => When::String(_),
        r#"3"# => When::Integer(_),
        r#"3.5"# => When::Number(_),
    );
    is!(Choice,
        r#""auto""# => Choice::Variant1(_),
        r#""67e55044-10b1-426f-9247-bb680e5fe0c8""# => Choice::Uuid(_),
        r#"{"name":"n"}"# => Choice::Name(_),
    );
    is!(Nested,
        r#"[{"radius":1.5},{"label":"l"}]"# => Nested::NestedList(_),
        r#"{"x":1.5}"# => Nested::Shape(_),
    );
    is!(Size,
        r#""large""# => Size::String(_),
        r#"2"# => Size::Integer(_),
        r#"true"# => Size::Boolean(_),
    );
    let all: All = decode(br#"{"size":null,"mode":2,"code":"chf"}"#).unwrap();
    assert_eq!(all.size, Some(None));
}

#[tokio::test]
async fn tuples_travel_as_arrays() {
    use golden::types_tuples::types::Line;
    let (client, calls) = client!(types_tuples, 200, "[1.5,-2]");
    let mut line = Line::new((0.5, 1.0));
    line.to = Some(None);
    let date = time::Date::from_calendar_date(2026, time::Month::January, 2);
    line.single = Some((date.unwrap(),));
    let point = client.draw_line(line).await.unwrap();
    assert_eq!(*point, (1.5, -2.0));
    let expected =
        r#"POST http://localhost/lines {"from":[0.5,1.0],"to":null,"single":["2026-01-02"]}"#;
    assert_eq!(calls.lock().unwrap()[..], [expected]);
}

#[tokio::test]
async fn requests_leave_out_what_is_read_only_and_constants_need_not_be_given() {
    use golden::types_numbers::types::{Numbers, OnlyConstants};
    use golden::types_request_and_response::types::{
        LineRequest, NewNote, OrderRequest, PaymentCardRequest,
    };
    let answer = r#"{"id":"1","lines":[{"sku":"a","price":2.5}]}"#;
    let (client, calls) = client!(types_request_and_response, 201, answer);
    let mut order = OrderRequest::new(vec![LineRequest::new("a")]);
    order.payment = Some(PaymentCardRequest::new("4242", "123").into());
    let placed = client.place_order(order).await.unwrap();
    assert_eq!(placed.id, "1");
    assert_eq!(placed.lines[0].price, 2.5);
    let (client, more) = client!(types_request_and_response, 200, r#"{"name":"me"}"#);
    assert_eq!(client.add_note(NewNote::new("t")).await.unwrap().name, "me");
    let (client, last) = client!(
        types_numbers,
        200,
        r#"{"kind":"numbers","version":2,"isNumber":true,"count":3}"#
    );
    let numbers = client.put_numbers(Numbers::new(3)).await.unwrap();
    assert_eq!(numbers.count, 3_u64);
    assert_eq!(OnlyConstants::default().note, None);
    let mut all = calls.lock().unwrap().clone();
    all.extend(more.lock().unwrap().clone());
    all.extend(last.lock().unwrap().clone());
    let expected = [
        r#"POST http://localhost/orders {"lines":[{"sku":"a"}],"payment":{"number":"4242","cvc":"123"}}"#,
        r#"POST http://localhost/notes {"text":"t"}"#,
        r#"POST http://localhost/numbers {"kind":"numbers","version":2,"isNumber":true,"count":3}"#,
    ];
    assert_eq!(all, expected);
}
