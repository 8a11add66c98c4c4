//! Bodies of several parts, compared byte for byte on a socket.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::socket::Listener;
use bytes::Bytes;
use golden::requests_multipart_bodies as api;

use api::runtime::body::Body;
use api::runtime::file_part::FilePart;
use api::runtime::transport::TransportError;
use api::types::{Place, UploadEitherRequestByLink, UploadPhotoRequest, UploadPhotoRequestOptions};

fn client(listener: &Listener) -> api::Client {
    let builder = api::Client::builder().base_url(listener.url());
    builder.seed(7).build().unwrap()
}

/// The body with the boundary of the header taken for `B`, which every delimiter must have.
fn normalized(request: &str) -> (String, String) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    let boundary = head.split_once("boundary=").unwrap().1;
    let boundary = boundary.split("\r\n").next().unwrap();
    assert_eq!(boundary.len(), 32, "{boundary}");
    let body = body.replace(boundary, "B");
    (head.replace(boundary, "B"), body)
}

#[tokio::test]
async fn every_kind_of_part_is_spelled_as_documented() {
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let mut body = UploadPhotoRequest::new("Sunset", vec![1, 2, 3]);
    body.photo = body
        .photo
        .file_name("a \"b\"\r\nc-é.png")
        .header("X-Checksum", "abc");
    let thumbnail = FilePart::new("small").content_type("image/gif");
    body.thumbnails = Some(vec![thumbnail, FilePart::new(Bytes::from("tiny"))]);
    body.stars = Some(5);
    body.place = Some(Place::new("Kraków \"old\""));
    body.tags = Some(vec!["a,b".to_owned(), "c".to_owned()]);
    body.labels = Some(vec!["x".to_owned(), "y".to_owned()]);
    body.options = Some(UploadPhotoRequestOptions {
        public: Some(true),
        sizes: Some(vec![1, 2]),
    });
    body.notes = Some("# Hi".to_owned());
    client(&listener).upload_photo(body).await.unwrap();
    let (head, body) = normalized(&listener.request());
    assert!(head.starts_with("post /photos http/1.1"), "{head}");
    assert!(
        head.contains("content-type: multipart/form-data; boundary=B"),
        "{head}"
    );
    assert!(head.contains("content-length: "), "{head}");
    let part = |headers: &str, content: &str| format!("--B\r\n{headers}\r\n\r\n{content}\r\n");
    let field = |name: &str, content: &str| {
        part(
            &format!("Content-Disposition: form-data; name=\"{name}\""),
            content,
        )
    };
    let expected = [
        field("caption", "Sunset"),
        part(
            "Content-Disposition: form-data; name=\"photo\"; filename=\"a %22b%22%0D%0Ac-é.png\"\r\n\
             content-type: image/png\r\nX-Checksum: abc",
            "\u{1}\u{2}\u{3}",
        ),
        part(
            "Content-Disposition: form-data; name=\"thumbnails\"; filename=\"thumbnails\"\r\n\
             content-type: image/gif",
            "small",
        ),
        part(
            "Content-Disposition: form-data; name=\"thumbnails\"; filename=\"thumbnails\"\r\n\
             content-type: application/octet-stream",
            "tiny",
        ),
        field("stars", "5"),
        part(
            "Content-Disposition: form-data; name=\"place\"\r\ncontent-type: application/json",
            "{\"name\":\"Kraków \\\"old\\\"\"}",
        ),
        field("tags", "a,b"),
        field("tags", "c"),
        field("labels", "x,y"),
        field("options[public]", "true"),
        field("options[sizes][0]", "1"),
        field("options[sizes][1]", "2"),
        part(
            "Content-Disposition: form-data; name=\"notes\"\r\ncontent-type: text/markdown",
            "# Hi",
        ),
        "--B--\r\n".to_owned(),
    ]
    .concat()
    .replace("Content-Disposition", "content-disposition");
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_stream_is_sent_as_it_comes_and_once() {
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let client = client(&listener);
    let stream = Body::wrap(Pieces(["one ", "two"].into()));
    let body = UploadPhotoRequest::new("c", stream.with_file_name("s.bin"));
    client.upload_photo(body.clone()).await.unwrap();
    let request = listener.request();
    assert!(
        request
            .to_lowercase()
            .contains("transfer-encoding: chunked")
    );
    // Each piece went out in a chunk of its own: nothing waited for the end of the stream.
    assert!(
        request.contains("\r\n4\r\none \r\n3\r\ntwo\r\n"),
        "{request}"
    );
    let error = client.upload_photo(body).await.unwrap_err();
    let expected =
        "the request could not be built: the part `photo`: its stream has been sent already";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_source_of_known_length_needs_no_chunks_and_is_sent_again() {
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let client = client(&listener);
    let source = Body::from_source(Some(4), || Body::from("data"));
    let body = UploadPhotoRequest::new("c", source);
    for _ in 0..2 {
        client.upload_photo(body.clone()).await.unwrap();
        let request = listener.request();
        assert!(
            request.to_lowercase().contains("content-length: "),
            "{request}"
        );
        assert!(request.contains("\r\n\r\ndata\r\n"), "{request}");
    }
}

#[tokio::test]
async fn a_boundary_is_another_each_time_unless_it_is_seeded() {
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let boundary = |request: String| {
        let start = request.find("boundary=").unwrap();
        request[start..start + 41].to_owned()
    };
    let mut seen = Vec::new();
    for seed in [None, None, Some(1), Some(1)] {
        let mut builder = api::Client::builder().base_url(listener.url());
        if let Some(seed) = seed {
            builder = builder.seed(seed);
        }
        let link = UploadEitherRequestByLink::new("https://example.com");
        let client = builder.build().unwrap();
        client.upload_either(link.into()).await.unwrap();
        seen.push(boundary(listener.request()));
    }
    assert_ne!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
    assert_eq!(seen[2], seen[3]);
}

#[tokio::test]
async fn what_no_header_can_have_is_refused() {
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let file = FilePart::new("x").content_type("text/plain\r\nX-Evil: 1");
    let files = [("f".to_owned(), file)].into();
    let error = client(&listener).upload_any(files).await.unwrap_err();
    assert!(error.to_string().contains("the part `f`"), "{error}");
}

/// A body that comes in pieces, as a stream of unknown length does.
struct Pieces(VecDeque<&'static str>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let piece = self.0.pop_front();
        Poll::Ready(piece.map(|text| Ok(http_body::Frame::data(Bytes::from(text)))))
    }
}

#[tokio::test]
async fn a_file_is_read_from_its_path_and_once_more_for_another_try() {
    use api::runtime::testing::{Answer, Script};
    let path = std::env::temp_dir().join(format!("specwright-{}.bin", std::process::id()));
    // More than one piece.
    let contents = "0123456789abcdef".repeat(5000);
    std::fs::write(&path, &contents).unwrap();

    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let body = Body::from_path(&path).unwrap();
    let body = UploadPhotoRequest::new("c", body);
    client(&listener).upload_photo(body).await.unwrap();
    let (head, sent) = normalized(&listener.request());
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(sent.contains(&format!("filename=\"{name}\"")), "{sent}");
    assert!(sent.contains(&format!("\r\n\r\n{contents}\r\n--B")));
    assert!(head.contains("content-length: "), "{head}");

    let server = Script::new()
        .answer(Answer::refused())
        .answer(Answer::new(204));
    let again = api::Client::builder().base_url("http://localhost");
    let again = again.transport(server.clone()).build().unwrap();
    let body = UploadPhotoRequest::new("c", Body::from_path(&path).unwrap());
    again.upload_photo(body).await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].body(), sent[1].body());

    std::fs::remove_file(&path).unwrap();
    assert!(Body::from_path(&path).is_err());
}

#[tokio::test]
async fn parts_without_names_are_made_by_their_position() {
    use golden::requests_multipart_positions as positions;
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let client = positions::Client::builder().base_url(listener.url());
    let client = client.build().unwrap();
    let items = [1, 2, 3].map(positions::types::PostMixedRequestItem::new);
    client.post_mixed(items.to_vec()).await.unwrap();
    let (head, body) = normalized(&listener.request());
    assert!(head.contains("content-type: multipart/mixed; boundary="));
    let expected = "--B\r\nContent-Type: application/vnd.head+json\r\n\r\n{\"id\":1}\r\n\
         --B\r\nContent-Type: application/merge-patch+json\r\n\r\n{\"id\":2}\r\n\
         --B\r\nContent-Type: application/merge-patch+json\r\n\r\n{\"id\":3}\r\n--B--\r\n";
    assert_eq!(body.to_lowercase(), expected.to_lowercase());

    client.post_texts(vec!["# a".to_owned()]).await.unwrap();
    let (_, body) = normalized(&listener.request());
    let expected = "--B\r\nContent-Type: text/markdown\r\n\r\n# a\r\n--B--\r\n";
    assert_eq!(body.to_lowercase(), expected.to_lowercase());
}

#[tokio::test]
async fn a_part_may_have_parts_of_its_own_be_a_form_and_have_headers() {
    use golden::requests_multipart_nested::types::{
        SendReportRequest, SendReportRequestPictures, SendReportRequestPicturesNote,
        SendReportRequestPlace,
    };
    use golden::requests_multipart_nested::{Client, Error};
    let listener = Listener::answering("HTTP/1.1 204 No Content\r\n\r\n");
    let client = Client::builder().base_url(listener.url()).seed(7);
    let client = client.build().unwrap();
    let report = || {
        let mut pictures = SendReportRequestPictures::new("png");
        pictures.note = Some(SendReportRequestPicturesNote { a: Some(1) });
        let place = SendReportRequestPlace {
            city: Some("a b".to_owned()),
            tags: Some(["x", "y"].map(str::to_owned).to_vec()),
        };
        let options = ["# 1", "2", "3"].map(str::to_owned).to_vec();
        SendReportRequest::new("Hi", pictures, place, options)
    };
    let call = client.send_report(report());
    let call = call.part_header("title", "X-Language", "en");
    let call = call.part_header("pictures", "X-Count", "2");
    call.part_header("front", "X-Width", "3").await.unwrap();
    let (_, body) = normalized(&listener.request());
    let field =
        |name: &str, more: &str| format!("content-disposition: form-data; name=\"{name}\"{more}");
    let expected = [
        "--B",
        "X-Language: en",
        &field("title", ""),
        "content-type: text/plain",
        "",
        "Hi",
        "--B",
        "X-Count: 2",
        &field("pictures", ""),
        "content-type: multipart/mixed; boundary=in-B",
        "",
        "--in-B",
        "X-Width: 3",
        &field("front", ""),
        "content-type: image/svg+xml",
        "",
        "png",
        "--in-B",
        &field("note", ""),
        "content-type: application/vnd.note+json",
        "",
        "{\"a\":1}",
        "--in-B--",
        "--B",
        &field("place", ""),
        "content-type: application/x-www-form-urlencoded",
        "",
        "city=a%20b&tags=x,y",
        "--B",
        &field("options", ""),
        "content-type: multipart/mixed; boundary=in-B",
        "",
        "--in-B",
        "content-type: text/markdown",
        "",
        "# 1",
        "--in-B",
        "content-type: text/plain",
        "",
        "2",
        "--in-B",
        "content-type: text/plain",
        "",
        "3",
        "--in-B--",
        "--B--",
        "",
    ];
    assert_eq!(body, expected.join("\r\n"));
    for (part, name) in [("nothing", "X-A"), ("title", "X A")] {
        let call = client.send_report(report()).part_header(part, name, "1");
        assert!(
            matches!(call.await, Err(Error::Request(_))),
            "{part} {name}"
        );
    }
}
