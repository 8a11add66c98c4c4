//! Bodies of XML, which are read and validated by their types.

use super::{mock_of, problems, request};

#[test]
fn xml_is_held_to_its_schema_as_json_is() {
    let mock = mock_of(include_str!(
        "../../../../tests/cases/requests/xml-bodies.yaml"
    ));
    let send = |body: &str| {
        let mut request = request("POST", "/pets", body);
        for (name, value) in &mut request.headers {
            if name == "Content-Type" {
                *value = "application/xml".to_owned();
            }
        }
        let reply = mock.answer(&request);
        (reply.status, problems(&reply).join("; "))
    };
    let whole = "<pet id='7' unit='cm'><callName>Rex &amp; Co</callName>\
                 <photoUrls><photoUrl>a</photoUrl></photoUrls><tag key='k'>v</tag><tag/>\
                 <all><all>1.5</all></all><o:owner xmlns:o='urn:o'><o:name>Jo</o:name><more>m</more></o:owner>\
                 <note xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>\
                 <born>2026-03-04</born><width>3</width>\
                 <shape><kind>Circle</kind><radius>2.5</radius></shape></pet>";
    assert_eq!(send(whole), (200, String::new()));
    for (from, to, expected) in [
        ("id='7'", "id='seven'", "id"),
        (" id='7'", "", "id"),
        ("<callName>Rex &amp; Co</callName>", "", "name"),
        ("<all>1.5</all>", "<all>much</all>", "scores/0"),
        ("2026-03-04", "soon", "born"),
        ("<width>3</width>", "<width>wide</width>", "size/width"),
        ("<radius>2.5</radius>", "<radius>big</radius>", "shape"),
        ("</pet>", "", "is no XML"),
        ("<pet ", "<!DOCTYPE pet><pet ", "document type"),
    ] {
        let (status, problems) = send(&whole.replace(from, to));
        assert_eq!(status, 400, "{from} -> {to}");
        assert!(problems.contains(expected), "{from} -> {to}: {problems}");
    }
}
