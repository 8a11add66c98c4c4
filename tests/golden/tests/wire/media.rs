//! Bodies of several media types: what is sent as what, and what an answer is taken for.

use super::socket::Listener;
use golden::requests_several_media_types as requests;
use golden::responses_several_media_types as responses;

const EMPTY: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// The value of `Content-Type` and the body of a request.
fn sent(request: &str) -> (&str, &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let media_type = lines.find_map(|line| line.strip_prefix("content-type: "));
    (media_type.unwrap(), body)
}

#[tokio::test]
async fn a_body_is_sent_as_the_user_says_and_else_as_the_first() {
    use requests::AddPetBody;
    let server = Listener::answering(EMPTY);
    let client = requests::Client::builder().base_url(server.url());
    let client = client.build().unwrap();
    let pet = requests::types::Pet {
        name: "Rex & Co".to_owned(),
        tags: Some(vec!["a".to_owned(), "b".to_owned()]),
    };
    client.add_pet(pet.clone()).await.unwrap();
    let request = server.request();
    let json = r#"{"name":"Rex & Co","tags":["a","b"]}"#;
    assert_eq!(sent(&request), ("application/json", json));
    let form = AddPetBody::Form(Box::new(pet.clone()));
    client.add_pet(form).await.unwrap();
    let request = server.request();
    let expected = "name=Rex%20%26%20Co&tags=a&tags=b";
    assert_eq!(
        sent(&request),
        ("application/x-www-form-urlencoded", expected)
    );
    let xml = requests::Body::from("<pet/>");
    client.add_pet(xml).await.unwrap();
    assert_eq!(sent(&server.request()), ("application/xml", "<pet/>"));
    client
        .put_pet(pet)
        .content_type("application/vnd.pets.v2+json")
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(sent(&request), ("application/vnd.pets.v2+json", json));
    let step = requests::types::Step::new("remove", "/tags");
    client.patch_pet().body(vec![step]).await.unwrap();
    let request = server.request();
    let steps = r#"[{"op":"remove","path":"/tags"}]"#;
    assert_eq!(sent(&request), ("application/json-patch+json", steps));
}

/// A client whose calls are all answered with this status, media type and body; `Accept` is what they ask for.
fn answering(
    status: u16,
    media_type: &'static str,
    body: &'static str,
    accept: &'static str,
) -> responses::Client {
    let transport = move |request: http::Request<responses::runtime::body::Body>| {
        assert_eq!(request.headers()["accept"], accept);
        let answer = http::Response::builder().status(status);
        let answer = answer.header("content-type", media_type);
        let answer = answer.body(responses::runtime::body::Body::from(body));
        async move { Ok(answer.unwrap()) }
    };
    let client = responses::Client::builder().base_url("http://localhost");
    client.transport(transport).build().unwrap()
}

#[tokio::test]
async fn an_answer_is_taken_for_what_its_media_type_says() {
    use responses::{Error, GetReportBadRequestContent, GetReportError, GetReportOkContent};
    let all = "application/json, text/csv;q=0.9, application/pdf;q=0.8, \
               application/problem+json, text/html;q=0.9";
    let report = |media_type, body| async move {
        let client = answering(200, media_type, body, all);
        client.get_report().await.unwrap().into_inner()
    };
    let json = report("Application/JSON; charset=utf-8", r#"{"id":1}"#).await;
    assert!(matches!(json, GetReportOkContent::Json(report) if report.id == 1));
    let other = report("application/vnd.other+json", r#"{"id":2}"#).await;
    assert!(matches!(other, GetReportOkContent::Json(report) if report.id == 2));
    let csv = report("text/csv", "id\n1").await;
    assert_eq!(csv, GetReportOkContent::Csv("id\n1".to_owned()));
    let pdf = report("application/pdf", "%PDF").await;
    assert_eq!(pdf, GetReportOkContent::Pdf("%PDF".into()));

    let client = answering(200, "text/csv", "id", "text/csv");
    let csv = client.get_report().accept("text/csv").await.unwrap();
    assert!(matches!(&*csv, GetReportOkContent::Csv(_)));

    let client = answering(400, "text/html", "<p>", all);
    let Err(Error::Api(GetReportError::BadRequest(answer))) = client.get_report().await else {
        panic!("400 is documented");
    };
    assert_eq!(*answer, GetReportBadRequestContent::Html("<p>".to_owned()));

    let client = answering(200, "text/html", "<p>", all);
    let error = client.get_report().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn a_range_of_the_document_holds_what_is_in_it() {
    use responses::GetPictureOkContent;
    let accept = "text/*, image/*;q=0.9";
    let client = answering(200, "image/gif", "GIF89a", accept);
    let picture = client.get_picture().await.unwrap().into_inner();
    assert_eq!(picture, GetPictureOkContent::Image("GIF89a".into()));
}

#[tokio::test]
async fn text_is_read_in_the_encoding_that_the_answer_names() {
    use golden::responses_media_types::Client;
    use golden::responses_media_types::runtime::testing::{Answer, Script};
    let server = Script::new();
    for (media_type, body) in [
        ("text/plain; charset=ISO-8859-1", &b"Krak\xf3w"[..]),
        ("text/plain; charset=\"utf-8\"", "Kraków".as_bytes()),
        ("text/plain", "Kraków".as_bytes()),
    ] {
        let answer = Answer::new(200).header("content-type", media_type);
        let server = server.clone().answer(answer.body(body.to_vec()));
        let client = Client::builder().base_url("http://localhost");
        let client = client.transport(server).build().unwrap();
        assert_eq!(client.get_text().await.unwrap().into_inner(), "Kraków");
    }
    let server = server.answer(Answer::new(200).body(&b"Krak\xf3w"[..]));
    let client = Client::builder().base_url("http://localhost");
    let client = client.transport(server).build().unwrap();
    assert!(client.get_text().await.is_err());
}
