//! Links: what an answer remembers, what its links take from it, and where the calls go that they lead to.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::responses_links::runtime::body::Body;
use golden::responses_links::runtime::error::Error;
use golden::responses_links::types::{Form, NewBook};
use golden::responses_links::{AddBookError, Client};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// What was called: method, URL, header `x-trace`, body.
type Calls = Arc<Mutex<Vec<String>>>;

/// An answer of the script: status, media type, header `x-job`, body.
type Answer = (u16, &'static str, &'static str, &'static str);

const JSON: &str = "application/json";
const JOB: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

/// A client whose calls are answered one after the other, and the last answer for ever.
fn client(answers: &[Answer]) -> (Client, Calls) {
    let calls = Calls::default();
    let log = calls.clone();
    let answers = Mutex::new(VecDeque::from(answers.to_vec()));
    let transport = move |request: http::Request<Body>| {
        let trace = request.headers().get("x-trace");
        let trace = trace.map_or("", |trace| trace.to_str().unwrap());
        let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        let media_type = request.headers().get("content-type");
        let media_type = media_type.map_or("", |value| value.to_str().unwrap());
        let call = format!(
            "{} {} {trace}{media_type} {body}",
            request.method(),
            request.uri()
        );
        log.lock().unwrap().push(call.trim_end().to_owned());
        let mut answers = answers.lock().unwrap();
        let (status, media_type, job, body) = match answers.len() {
            1 => answers[0],
            _ => answers.pop_front().unwrap(),
        };
        let mut response = http::Response::builder()
            .status(status)
            .header("content-type", media_type);
        if !job.is_empty() {
            response = response.header("x-job", job);
        }
        async move { Ok(response.body(Body::from(body)).unwrap()) }
    };
    (
        Client::builder().transport(transport).build().unwrap(),
        calls,
    )
}

fn last(calls: &Calls) -> String {
    calls.lock().unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn a_link_gives_what_the_request_and_the_answer_said() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"isbn/ean":"97 8"}"#)]);
    let langs = ["de".to_owned(), "a,b".to_owned()];
    let added = client
        .add_book(3, NewBook::new("Emma"))
        .lang(&langs)
        .x_trace("t1");
    let added = added.await.unwrap();
    let _ = added.follow_book(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/shelves/3/books/7?id=summary&lang=de&lang=a%2Cb t1"
    );
    let _ = added.follow_copy(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        r#"POST https://api.example.com/v1/shelves/2/books application/json {"title":"Emma"}"#
    );
}

#[tokio::test]
async fn what_the_user_says_again_takes_the_place_of_what_a_link_said() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"writers":[{"name":"A"}]}"#)]);
    let langs = ["de".to_owned(), "a,b".to_owned()];
    let added = client.add_book(3, NewBook::new("Emma")).lang(&langs);
    let added = added.x_trace("t1").await.unwrap();
    let book = added.follow_book(&client).unwrap();
    let _ = book.lang(&["fr".to_owned()]).x_trace("t2").await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/shelves/3/books/7?id=summary&lang=fr t2"
    );
    let writer = added.follow_writer(&client, "c").unwrap();
    let _ = writer.name("B").name("C & D").await;
    assert!(
        last(&calls).ends_with("&name=C%20%26%20D"),
        "{}",
        last(&calls)
    );
    // And so without a link.
    let again = client.writers("c").name("B").name("C").await;
    assert!(again.is_err());
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/writers?client=c&name=C"
    );
}

#[tokio::test]
async fn a_body_of_several_media_types_is_of_the_first_that_the_value_fits() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"isbn/ean":"97 8"}"#)]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let _ = added.follow_note(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        r#"POST https://api.example.com/v1/notes application/json {"title":"Read it."}"#
    );
    let _ = added.follow_line(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "POST https://api.example.com/v1/notes text/plain Read 97 8."
    );
    let remark = || added.follow_remark(&client).unwrap();
    let _ = remark().await;
    assert_eq!(
        last(&calls),
        "POST https://api.example.com/v1/remarks text/plain Read 97 8."
    );
    // What the user gives instead is sent as what it is.
    let _ = remark().body(NewBook::new("Emma")).await;
    assert_eq!(
        last(&calls),
        r#"POST https://api.example.com/v1/remarks application/json {"title":"Emma"}"#
    );
}

#[tokio::test]
async fn a_text_is_put_together_and_sent_to_the_server_of_the_link() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"isbn/ean":"97 8"}"#)]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let cover = added.follow_cover(&client, "png").unwrap();
    let _ = cover.await;
    assert_eq!(
        last(&calls),
        "PUT https://eu.covers.example.com/covers/shelf-3-97%208.png image/png png"
    );
}

#[tokio::test]
async fn what_the_user_says_of_servers_is_stronger_than_a_link() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"isbn/ean":"1"}"#)]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let cover = added.follow_cover(&client, "png").unwrap();
    let _ = cover.base_url("http://localhost").await;
    assert_eq!(
        last(&calls),
        "PUT http://localhost/covers/shelf-3-1.png image/png png"
    );
}

#[tokio::test]
async fn what_is_optional_and_not_there_is_not_sent() {
    let (client, calls) = client(&[(201, JSON, "", r#"{"id":7,"writers":[]}"#)]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let _ = added.follow_book(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/shelves/3/books/7?id=summary"
    );
    let _ = added.follow_writer(&client, "c").unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/writers?client=c\
         &from=https%3A%2F%2Fapi.example.com%2Fv1%2Fshelves%2F3%2Fbooks&how=POST%20201"
    );
}

#[tokio::test]
async fn what_is_required_and_not_there_is_an_error() {
    let (client, calls) = client(&[(201, JSON, "no uuid", r#"{"id":null}"#)]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let error = added.follow_book(&client).unwrap_err();
    assert_eq!(error.link(), "book");
    assert_eq!(
        error.to_string(),
        "the link `book` cannot be followed: it has no value for `id`: \
         the body of the answer has nothing at `/id`"
    );
    assert_eq!(calls.lock().unwrap().len(), 1);
}

#[tokio::test]
#[allow(deprecated)]
async fn a_header_is_read_as_the_type_of_the_parameter() {
    let (client, calls) = client(&[
        (202, JSON, JOB, ""),
        (200, JSON, "", ""),
        (202, JSON, "no uuid", ""),
        (202, JSON, "", ""),
    ]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    client.clone().read_job(JOB.parse().unwrap()).await.unwrap();
    let called = last(&calls);
    let error = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let error = error.follow_job(&client).unwrap_err().to_string();
    assert!(error.contains("`job`: expected a UUID"), "{error}");
    let error = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let error = error.follow_job(&client).unwrap_err().to_string();
    assert!(
        error.contains("the answer has no header `x-job`"),
        "{error}"
    );
    let _ = added.follow_job(&client).unwrap().await;
    assert_eq!(last(&calls), called);
}

#[tokio::test]
async fn an_answer_of_another_status_has_not_the_link() {
    let (client, _) = client(&[(202, JSON, JOB, "")]);
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let error = added.follow_book(&client).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the link `book` cannot be followed: an answer with the status 202 has no such link"
    );
}

#[tokio::test]
async fn a_failure_leads_on_too() {
    let (client, calls) = client(&[(409, JSON, "", r#"{"id":9}"#)]);
    let error = client.add_book(3, NewBook::new("Emma")).await.unwrap_err();
    let Error::Api(AddBookError::Conflict(known)) = error else {
        panic!("{error:?}");
    };
    let _ = known.follow_book(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/shelves/3/books/9"
    );
}

#[tokio::test]
async fn forms_and_texts_are_looked_into() {
    let (client, calls) = client(&[(200, "text/plain", "", "as it is")]);
    let form = Form {
        name: Some("Jane A+".to_owned()),
    };
    let sent = client.send_form().body(form).await.unwrap();
    let _ = sent.follow_writer(&client, "c").unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/writers?client=c&name=Jane%20A%2B&from=as%20it%20is"
    );
    let _ = sent.follow_form(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "POST https://api.example.com/v1/forms application/x-www-form-urlencoded name=again"
    );
}

#[tokio::test]
async fn an_answer_that_is_left_to_be_read_knows_its_request() {
    let (client, calls) = client(&[(200, JSON, "", r#"{"id":9}"#)]);
    let stream = client.read_book(3, "a b").stream().await.unwrap();
    let _ = stream.follow_again(&client).unwrap().await;
    assert_eq!(
        last(&calls),
        "GET https://api.example.com/v1/shelves/3/books/a%20b"
    );
    assert!(!format!("{stream:?}").contains("a b"));
}
