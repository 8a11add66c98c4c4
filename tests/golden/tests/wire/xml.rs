//! Bodies of XML, compared byte for byte on a socket, and what is read of them.

use super::socket::Listener;
use golden::requests_xml_bodies::operations::{
    AddPetError, EitherBody, EitherOkContent, SameDefaultContent, SameError,
};
use golden::requests_xml_bodies::runtime::codec::encode;
use golden::requests_xml_bodies::types::{Circle, Owner, Pet, PetSize, Problem, Shape, Tag};
use golden::requests_xml_bodies::{Client, Error};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

fn answer(media_type: &str, body: &str) -> &'static str {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}");
    Box::leak(format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_boxed_str())
}

fn client(server: &Listener) -> Client {
    let client = Client::builder().base_url(server.url());
    client.build().unwrap()
}

fn sent(request: &str) -> (String, String) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let media_type = lines.find_map(|line| line.strip_prefix("content-type: "));
    (media_type.unwrap().to_owned(), body.to_owned())
}

pub(super) fn pet() -> Pet {
    let mut pet = Pet::new(7, "Rex & <Co>", vec!["a".to_owned(), "b".to_owned()]);
    pet.tags = Some(vec![
        Tag {
            key: Some("k\"1".to_owned()),
            value: Some("v".to_owned()),
        },
        Tag::default(),
    ]);
    pet.nicks = Some(vec!["x".to_owned(), "y z".to_owned()]);
    pet.scores = Some(vec![1.5]);
    let mut owner = Owner {
        name: Some("Jo".to_owned()),
        lang: Some("en".to_owned()),
        ..Owner::default()
    };
    owner
        .additional_properties
        .insert("more".to_owned(), "m".to_owned());
    pet.owner = Some(owner);
    pet.note = Some(None);
    pet.born = Some(time::Date::from_calendar_date(2026, time::Month::March, 4).unwrap());
    pet.body = Some("a ]]> b".to_owned());
    pet.size = Some(PetSize {
        width: Some(3),
        unit: Some("cm".to_owned()),
    });
    pet.shape = Some(Shape::from(Circle::new(2.5)));
    pet
}

const PET: &str = concat!(
    "<pet id=\"7\" unit=\"cm\"><callName>Rex &amp; &lt;Co&gt;</callName>",
    "<photoUrls><photoUrl>a</photoUrl><photoUrl>b</photoUrl></photoUrls>",
    "<tag key=\"k&quot;1\">v</tag><tag/><nicks>x</nicks><nicks>y z</nicks>",
    "<all><all>1.5</all></all>",
    "<o:owner xmlns:o=\"http://example.com/owner\" xmlns:l=\"http://example.com/lang\" l:lang=\"en\">",
    "<o:name>Jo</o:name><more>m</more></o:owner>",
    "<note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
    "<born>2026-03-04</born><![CDATA[a ]]]]><![CDATA[> b]]><width>3</width>",
    "<shape><kind>Circle</kind><radius>2.5</radius></shape></pet>",
);

#[tokio::test]
async fn a_value_is_spelled_as_its_xml_object_says_and_read_back() {
    let server = Listener::answering(answer("application/xml; charset=utf-8", PET));
    let back = client(&server).add_pet(pet()).await.unwrap();
    let request = server.request();
    let expected = format!("{DECLARATION}{PET}");
    assert_eq!(sent(&request), ("application/xml".to_owned(), expected));
    assert!(
        request.contains("accept: application/xml, application/problem+xml\r\n"),
        "{request}"
    );
    assert_eq!(back.into_inner(), pet());
}

#[tokio::test]
async fn lists_have_an_element_around_them_at_the_top() {
    let body = "<anything><pet id='1'><callName>A</callName><photoUrls/></pet>\n  <!-- no -->\
                <pet id=\"2\"><name>&#66;&lt;<![CDATA[&]]></name></pet></anything>";
    let server = Listener::answering(answer("text/xml", body));
    let error = client(&server).list_pets().await.unwrap_err();
    // The second one has no list of pictures, which has an element around it and must be there.
    let text = error.to_string();
    assert!(text.contains("[1]") && text.contains("photoUrls"), "{text}");
    let body = body.replace(
        "</name></pet>",
        "</name><p:photoUrls xmlns:p=\"urn:p\"/></pet>",
    );
    let server = Listener::answering(answer("text/xml", &body));
    let pets = client(&server).list_pets().await.unwrap();
    assert_eq!((pets[0].name.as_str(), pets[1].name.as_str()), ("A", "B<&"));
    client(&server)
        .put_pets(&[Pet::new(1, "A", vec![])])
        .await
        .unwrap_err();
    let _ = server.request();
    let (media_type, body) = sent(&server.request());
    assert_eq!(media_type, "text/xml");
    let expected = "<pets><pet id=\"1\"><callName>A</callName><photoUrls/></pet></pets>";
    assert_eq!(body, format!("{DECLARATION}{expected}"));
}

#[tokio::test]
async fn where_there_is_json_it_is_chosen_and_xml_may_be() {
    let server = Listener::answering(answer(
        "application/xml",
        "<Problem xmlns='urn:problem'><codes>1</codes><codes>2</codes></Problem>",
    ));
    let problem = Problem {
        title: Some("t".to_owned()),
        codes: None,
    };
    let found = client(&server)
        .either(problem.clone())
        .await
        .unwrap()
        .into_inner();
    let EitherOkContent::Xml(found) = found else {
        panic!("{found:?}")
    };
    assert_eq!(found.codes, Some(vec![1, 2]));
    let request = server.request();
    assert_eq!(
        sent(&request),
        ("application/json".to_owned(), r#"{"title":"t"}"#.to_owned())
    );
    assert!(
        request.contains("accept: application/json, application/xml;q=0.9\r\n"),
        "{request}"
    );
    let xml = EitherBody::Xml(Box::new(problem));
    client(&server).either(xml).await.unwrap();
    let expected = "<Problem xmlns=\"urn:problem\"><title>t</title></Problem>";
    assert_eq!(
        sent(&server.request()).1,
        format!("{DECLARATION}{expected}")
    );
    let server = Listener::answering(answer("application/json", r#"{"id":1}"#));
    let json = client(&server)
        .either(Problem::default())
        .await
        .unwrap()
        .into_inner();
    assert!(matches!(json, EitherOkContent::Json(json) if json.id == 1));
}

#[tokio::test]
async fn xml_of_what_is_asked_for_as_json_is_read_all_the_same() {
    let whole = pet();
    let json = encode(&whole).unwrap();
    let json = answer("application/json", std::str::from_utf8(&json).unwrap());
    for body in [json, answer("application/xml", PET)] {
        let server = Listener::answering(body);
        let client = client(&server);
        assert_eq!(*client.same().await.unwrap(), whole);
        let request = server.request();
        assert!(
            request.contains("accept: application/json, text/plain;q=0.9\r\n"),
            "{request}"
        );
        let asked = client.same().accept("application/xml");
        assert_eq!(*asked.await.unwrap(), whole);
        assert!(server.request().contains("accept: application/xml\r\n"));
    }
    // A failure may be any of three, and what it says that it is decides.
    for (media_type, body, expected) in [
        (
            "application/problem+xml",
            "<problem><title>no</title></problem>",
            "Json",
        ),
        ("application/json", r#"{"title":"no"}"#, "Json"),
        ("text/plain", "no", "Text"),
    ] {
        let text = answer(media_type, body).replace("200 OK", "400 Bad Request");
        let server = Listener::answering(Box::leak(text.into_boxed_str()));
        let error = client(&server).same().await.unwrap_err();
        let Error::Api(SameError::Default(answer)) = &error else {
            panic!("{error:?}");
        };
        match &**answer {
            SameDefaultContent::Json(problem) => {
                assert_eq!((expected, problem.title.as_deref()), ("Json", Some("no")));
            }
            SameDefaultContent::Text(text) => assert_eq!((expected, text.as_str()), ("Text", "no")),
        }
    }
}

#[tokio::test]
async fn what_is_hostile_or_broken_is_an_error_with_its_place() {
    let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
    for (body, expected) in [
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><pet/>", "document type"),
        (
            "<pet><callName>&a;</callName></pet>",
            "`pet.callName`: an entity",
        ),
        ("<pet><callName></pet>", "no XML"),
        ("<pet id=\"1\"", "no XML"),
        ("<pet>", "ends before"),
        ("{}", "found a text"),
        ("", "ends before"),
        ("<pet/><pet/>", "more than one"),
        (deep.as_str(), "too deeply"),
        ("<?xml version='1.0' encoding='UTF-16'?><pet/>", "UTF-8"),
        ("<pet id=\"x\"><callName/><photoUrls/></pet>", "`id`"),
        ("<pet id=\"1\"><photoUrls/></pet>", "name"),
    ] {
        let server = Listener::answering(answer("application/xml", body));
        let Error::Decode(error) = client(&server).add_pet(pet()).await.unwrap_err() else {
            panic!("{body}");
        };
        let text = error.to_string();
        assert!(text.contains(expected), "{body}: {text}");
    }
    // What XML cannot say is not sent.
    for name in ["\u{0}", "\u{fffe}"] {
        let server = Listener::answering(answer("application/xml", PET));
        let call = client(&server).add_pet(Pet::new(1, name, vec![])).await;
        assert!(matches!(call, Err(Error::Request(_))));
    }
    let mut bad = pet();
    let owner = bad.owner.get_or_insert_default();
    owner
        .additional_properties
        .insert("a b".to_owned(), String::new());
    let server = Listener::answering(answer("application/xml", PET));
    assert!(matches!(
        client(&server).add_pet(bad).await,
        Err(Error::Request(_))
    ));
}

#[tokio::test]
async fn an_error_may_be_xml() {
    let body = "<problem><title>no</title></problem>";
    let text = answer("application/problem+xml", body).replace("200 OK", "400 Bad Request");
    let server = Listener::answering(Box::leak(text.into_boxed_str()));
    let error = client(&server).add_pet(pet()).await.unwrap_err();
    let Error::Api(AddPetError::BadRequest(answer)) = error else {
        panic!("400 is documented");
    };
    assert_eq!(answer.title.as_deref(), Some("no"));
}
