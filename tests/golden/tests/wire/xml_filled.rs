//! Bodies of XML whose defaults are filled in.

use super::socket::Listener;
use golden::requests_xml_filled::Client;
use golden::requests_xml_filled::types::Parcel;

async fn answered(body: &str) -> (Parcel, String) {
    exchanged(body, Parcel::new(7)).await
}

/// What is read of an answer, and what is sent of a parcel.
async fn exchanged(body: &str, parcel: Parcel) -> (Parcel, String) {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/xml";
    let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = Listener::answering(answer.leak());
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let answer = client.add_parcel(parcel).await.unwrap().into_inner();
    let request = server.request();
    let (_, sent) = request.split_once("\r\n\r\n").unwrap();
    (answer, sent.to_owned())
}

#[tokio::test]
async fn what_xml_leaves_out_is_filled_in() {
    let (read, sent) = answered("<Parcel id=\"7\"/>").await;
    assert_eq!(read, Parcel::new(7));
    let all = "<Parcel id=\"7\" unit=\"cm\"><width>3</width><label>none</label><tags>a</tags><tags>b</tags>\
               <marks><marks>x</marks></marks><lid><color>red</color><open>false</open></lid></Parcel>";
    assert!(sent.ends_with(all), "{sent}");
}

#[tokio::test]
async fn null_is_sent_where_nothing_would_mean_the_default() {
    let mut parcel = Parcel::new(7);
    parcel.label = None;
    let (_, sent) = exchanged("<Parcel id=\"7\"/>", parcel).await;
    assert!(sent.contains("<label xmlns:xsi="), "{sent}");
}

#[tokio::test]
async fn what_xml_says_is_stronger() {
    let (read, _) = answered(
        "<Parcel xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"7\" unit=\"m\">\
         <width xsi:nil=\"true\"/><label xsi:nil=\"true\"/><tags>c</tags><marks/><lid><open>true</open></lid></Parcel>",
    )
    .await;
    assert_eq!((read.unit.as_str(), read.width), ("m", 3));
    assert_eq!((read.label, read.tags), (None, vec!["c".to_owned()]));
    assert!(read.marks.is_empty());
    assert_eq!((read.lid.color, read.lid.open), (None, true));
}
