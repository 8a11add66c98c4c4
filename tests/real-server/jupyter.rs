//! Calls a Jupyter Server end to end with the client that was made of its own document, and prints what came of each call.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use served::types::{
    PatchApiContentsByPathRequest, PostApiContentsByPathRequest, PostApiKernelsRequest,
    PutApiContentsByPathRequest,
};
use served::{Client, Error};

mod table;

use table::Table;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(url), Some(token)) = (arguments.next(), arguments.next()) else {
        eprintln!("driver URL TOKEN");
        return ExitCode::FAILURE;
    };
    let client = |token: &str| {
        // The document names no security scheme, although all but one operation need a token.
        let builder = Client::builder()
            .base_url(&url)
            .timeout(Duration::from_secs(30));
        builder
            .default_header("authorization", format!("token {token}"))
            .build()
    };
    let (Ok(stranger), Ok(client)) = (client("wrong"), client(&token)) else {
        return ExitCode::FAILURE;
    };
    let mut table = Table::default();
    table.fails(
        "the version",
        client.get_api(),
        |error| error.status().is_some_and(|status| status == 302),
        "the document has `/api/`, the server redirects to `/api`; no redirect is followed",
    );
    table.works("the status", client.get_api_status());
    table.works("the document, as it is served", client.get_api_spec_yaml());
    table.works("kernel specs", client.get_api_kernelspecs());
    table.works("who I am", client.get_api_me());
    table.fails(
        "the status, with a wrong token",
        stranger.get_api_status(),
        |error| matches!(error, Error::Undocumented(answer) if answer.status() == 403),
        "403, which the document does not name",
    );
    files(&mut table, &client);
    kernels(&mut table, &client);
    table.verdict()
}

/// Done by the server, and answered in a way that the document does not allow.
const NULL_CONTENT: &str = "done; `content` is null, which the document says in words alone";

fn null_content<E>(error: &Error<E>) -> bool {
    matches!(error, Error::Decode(answer) if answer.error().to_string().contains("found null"))
}

fn files(table: &mut Table, client: &Client) {
    let text = PutApiContentsByPathRequest {
        r#type: Some("file".to_owned()),
        format: Some("text".to_owned()),
        content: Some("caf\u{e9} & 100%\n".to_owned()),
        ..PutApiContentsByPathRequest::default()
    };
    let save = client.put_api_contents_by_path("a file?#1.txt").body(text);
    table.fails(
        "save a file with a name that must be encoded",
        save,
        null_content,
        NULL_CONTENT,
    );
    if let Some(file) = table.works("read it", client.get_api_contents_by_path("a file?#1.txt")) {
        println!("          {} bytes, {:?}", file.content.len(), file.content);
    }
    if let Some(points) = table.works(
        "make a checkpoint",
        client.post_api_contents_by_path_checkpoints("a file?#1.txt"),
    ) {
        let id = points.id.clone();
        table.works(
            "list checkpoints",
            client.get_api_contents_by_path_checkpoints("a file?#1.txt"),
        );
        table.works(
            "go back to it",
            client.post_api_contents_by_path_checkpoints_by_checkpoint_id("a file?#1.txt", &id),
        );
        table.works(
            "remove it",
            client.delete_api_contents_by_path_checkpoints_by_checkpoint_id("a file?#1.txt", &id),
        );
    }
    let rename = PatchApiContentsByPathRequest {
        path: Some("b.txt".to_owned()),
    };
    table.fails(
        "rename it",
        client.patch_api_contents_by_path("a file?#1.txt", rename),
        null_content,
        NULL_CONTENT,
    );
    table.fails(
        "read it by its old name",
        client.get_api_contents_by_path("a file?#1.txt"),
        |error| error.status().is_some_and(|status| status == 404),
        "404, documented",
    );
    table.works(
        "remove the file",
        client.delete_api_contents_by_path("b.txt"),
    );
    let folder = PostApiContentsByPathRequest {
        r#type: Some("directory".to_owned()),
        ..PostApiContentsByPathRequest::default()
    };
    table.fails(
        "make a folder in a folder that is not there",
        client.post_api_contents_by_path("nowhere").body(folder),
        |error| error.status().is_some_and(|status| status == 404),
        "404, documented",
    );
}

fn kernels(table: &mut Table, client: &Client) {
    let start = PostApiKernelsRequest::new("python3");
    let Some(kernel) = table.works("start a kernel", client.post_api_kernels().body(start)) else {
        return;
    };
    let id = kernel.id;
    table.works("list kernels", client.get_api_kernels());
    table.works("the kernel", client.get_api_kernels_by_kernel_id(id));
    table.works(
        "interrupt it",
        client.post_api_kernels_by_kernel_id_interrupt(id),
    );
    table.works(
        "restart it",
        client.post_api_kernels_by_kernel_id_restart(id),
    );
    table.works("list sessions", client.get_api_sessions());
    table.works("end it", client.delete_api_kernels_by_kernel_id(id));
}
