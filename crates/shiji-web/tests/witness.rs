//! `add-checkpoint` as another town's log meets it: a real listener, every answer of C2SP tlog-witness v1.0.0, and a town
//! that was brought back from an old copy.

use shiji_app::log::{LogError, Standstill, sequence};
use shiji_app::testing::Town;
use shiji_app::testing::log::log_key;
use shiji_app::witness::Witness;
use shiji_record::log::Hash;
use shiji_record::log::checkpoint::Checkpoint;
use shiji_record::log::key::{Purpose, SecretKey};
use shiji_record::log::policy::Policy;
use shiji_record::log::tree::Edge;
use shiji_record::log::witness::AddCheckpoint;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

fn witness_key() -> SecretKey {
    SecretKey::new("county.example", Purpose::Cosignature, [2; 32]).unwrap()
}

/// A witness of the town's log, listening; its address.
async fn watch(town: &Town, folder: &Path) -> String {
    let clock = town.app.clock.clone();
    let witness = Witness::open(witness_key(), vec![log_key().public()], folder, clock).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = shiji_web::log::witness::router(Arc::new(witness));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address.to_string()
}

/// Status, head and body.
async fn post(address: &str, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    // A body that is too long is refused before it was read to its end.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

fn tree(size: u64) -> Checkpoint {
    let mut edge = Edge::default();
    (0..size).for_each(|number| edge.push(&number.to_be_bytes(), |_| ()));
    Checkpoint { origin: log_key().public().name().to_owned(), size, root: edge.root() }
}

fn request(old: u64, proof: Vec<Hash>, new: &Checkpoint, key: &SecretKey) -> String {
    AddCheckpoint { old, proof, checkpoint: new.sign(key).unwrap() }.to_body()
}

#[tokio::test]
async fn a_witness_gives_every_answer_of_the_protocol() {
    let (town, folder) = (Town::on_sqlite().await, tempfile::tempdir().unwrap());
    let address = watch(&town, folder.path()).await;
    let key = log_key();
    let (status, head, body) = post(&address, &request(0, vec![], &tree(1), &key)).await;
    assert_eq!(status, 200, "{body}");
    assert!(
        head.contains("text/plain") && body.starts_with("— county.example ") && body.ends_with('\n'),
        "{body}"
    );
    // The proof from one entry to two is the hash of the second (RFC 6962 section 2.1.2).
    let second = shiji_record::log::tree::leaf_hash(&1_u64.to_be_bytes());
    let answers = [
        (409, request(0, vec![], &tree(2), &key), "an old size that is not the last"),
        (422, request(1, vec![Hash([7; 32])], &tree(2), &key), "a proof that leads nowhere"),
        (400, "old 1\n\nnot a note\n".to_owned(), "no checkpoint"),
        (400, request(2, vec![], &tree(1), &key), "an old size beyond the new one"),
    ];
    for (wanted, body, why) in answers {
        let (status, head, said) = post(&address, &body).await;
        assert_eq!(status, wanted, "{why}: {said}");
        if status == 409 {
            assert_eq!(said, "1\n");
            assert!(head.contains("text/x.tlog.size"), "{head}");
        }
    }
    let stranger = SecretKey::new(key.public().name(), Purpose::Log, [9; 32]).unwrap();
    assert_eq!(post(&address, &request(1, vec![second], &tree(2), &stranger)).await.0, 403);
    let unknown = SecretKey::new("other.example/log", Purpose::Log, [9; 32]).unwrap();
    let other = Checkpoint { origin: "other.example/log".into(), ..tree(2) };
    assert_eq!(post(&address, &request(1, vec![second], &other, &unknown)).await.0, 404);
    assert_eq!(post(&address, &"x".repeat(70_000)).await.0, 413);
    let (status, _, body) = post(&address, &request(1, vec![second], &tree(2), &key)).await;
    assert_eq!(status, 200, "after all refusals the log goes on: {body}");
}

#[tokio::test]
async fn a_town_whose_state_and_files_are_old_is_stopped_by_its_witness() {
    let (town, kept) = (Town::on_sqlite().await, tempfile::tempdir().unwrap());
    let address = watch(&town, kept.path()).await;
    let policy = format!(
        "witness county.example {} http://{address}\nquorum county.example\n",
        witness_key().public().to_text()
    );
    let policy = || Policy::from_text(&policy).unwrap();
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    town.publish_week(3).await;
    let log = town.log(first.path(), policy()).await;
    let signed = sequence(&town.app, &log).await.unwrap();
    assert!(signed.published, "countersigned by the witness");
    // The same key in an empty folder is a town of which everything but the key is gone.
    let log = town.log(second.path(), policy()).await;
    let bare = Town::on_sqlite().await;
    match sequence(&bare.app, &log).await.unwrap_err() {
        LogError::Standstill(Standstill::WitnessAhead { witness, seen, ours }) => {
            assert_eq!((witness.as_str(), seen, ours), ("county.example", signed.size, 0));
        }
        other => panic!("{other}"),
    }
    assert!(log.files.checkpoint().await.unwrap().is_none(), "nothing was signed");
}
