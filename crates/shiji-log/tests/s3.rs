//! The log's files in a real S3 server, which the test starts.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use shiji_log::{FilesError, LogFiles};
use shiji_record::log::path::TilePath;
use std::path::Path;
use tokio::net::TcpListener;

/// Serves the folder; its address.
async fn server(folder: &Path) -> String {
    std::fs::create_dir_all(folder.join("town-log")).unwrap();
    let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    builder.set_auth(SimpleAuth::from_single("reader", "secret"));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let _ =
                    Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    format!("http://{address}")
}

fn settings(endpoint: &str, secret: &str) -> Vec<(String, String)> {
    [
        ("AWS_ENDPOINT", endpoint),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "reader"),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("HOME", "/nowhere"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn a_bucket_keeps_the_log_as_a_folder_does() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = server(folder.path()).await;
    let files = LogFiles::s3("s3://town-log/chengwan", settings(&endpoint, "secret")).unwrap();
    assert_eq!(files.checkpoint().await.unwrap(), None);
    files.put_for_ever("tile/0/000.p/3", b"abc").await.unwrap();
    files.put_for_ever("tile/0/000.p/3", b"abc").await.unwrap();
    let refused = files.put_for_ever("tile/0/000.p/3", b"abd").await.unwrap_err();
    assert!(matches!(refused, FilesError::Differs(_)), "{refused}");
    files.put_for_ever("tile/0/000", b"whole").await.unwrap();
    let partial: TilePath = "tile/0/000.p/7".parse().unwrap();
    assert_eq!(files.tile(partial).await.unwrap(), b"whole");
    files.put_checkpoint("one").await.unwrap();
    files.put_checkpoint("two").await.unwrap();
    assert_eq!(files.checkpoint().await.unwrap().unwrap(), b"two");
    assert!(folder.path().join("town-log/chengwan/tile/0/000.p/3").exists());
}

#[tokio::test]
async fn a_wrong_key_or_a_wrong_address_is_an_error_and_not_an_empty_log() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = server(folder.path()).await;
    let files = LogFiles::s3("s3://town-log", settings(&endpoint, "another")).unwrap();
    assert!(matches!(files.checkpoint().await, Err(FilesError::Store(_))));
    assert!(matches!(LogFiles::s3("https://town-log", []), Err(FilesError::Address(_))));
}
