//! The log of a running town: countersigned, verified by our tool and by Go's, copied, and held against forgeries.

mod forged_affairs;
mod program;

use program::{Program, alter, copy_folder, refused, run, shiji, text};
use shiji_record::log::Hash;
use shiji_record::log::checkpoint::Checkpoint;
use shiji_record::log::key::SecretKey;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Go's verdict on a folder of log files; none when Go is not installed.
fn go(program: &Path, folder: &Path, key: &str, older: Option<&Path>) -> (bool, String) {
    let mut command = Command::new(program);
    command.arg(folder.join("log")).arg(key).args(older);
    let output = command.output().unwrap();
    (output.status.success(), text(&output))
}

fn build_go(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/verifier/main.go");
    let program = folder.join("verifier");
    let built = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(source)
        .env("GO111MODULE", "off")
        .env("GOPATH", "/usr/share/gocode")
        .env("GOCACHE", folder.join("go-cache"))
        .env("GOFLAGS", "")
        .output();
    match built {
        Ok(output) if output.status.success() => Some(program),
        Ok(output) => panic!("{}", text(&output)),
        Err(_) => {
            println!("skipped: Go is not installed");
            None
        }
    }
}

struct Watched {
    witnesses: Vec<Program>,
    town: Program,
    key: String,
}

/// Three witnesses of which two have to countersign; the third is down.
fn watched(folder: &Path, data: &Path) -> Watched {
    let key = SecretKey::from_text(&std::fs::read_to_string(data.join("log.key")).unwrap()).unwrap();
    let key = key.public().to_text();
    let mut policy = String::new();
    let mut witnesses = Vec::new();
    for name in ["county", "neighbour", "school"] {
        let own = folder.join(name);
        let said = run(shiji(&own).args(["witness", "--init", "--name", &format!("{name}.example")]));
        let vkey = said.trim().trim_start_matches("witness ").to_owned();
        let url = if name == "school" {
            "http://127.0.0.1:9".to_owned()
        } else {
            let program =
                Program::start(shiji(&own).args(["witness", "--listen", "127.0.0.1:0", "--log", &key]));
            let url = program.address.clone();
            witnesses.push(program);
            url
        };
        policy += &format!("witness {name} {vkey} {url}\n");
    }
    policy += "group two-of-three 2 county neighbour school\nquorum two-of-three\n";
    std::fs::write(data.join("log-policy.txt"), policy).unwrap();
    let town = Program::serve(data);
    for _ in 0..100 {
        if town.body("/log/checkpoint").matches('—').count() == 3 {
            return Watched { witnesses, town, key };
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("two witnesses did not countersign:\n{}", town.body("/log/checkpoint"));
}

#[test]
fn the_log_of_a_town_is_countersigned_copied_verified_by_two_tools_and_no_forgery_passes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let data = folder.join("town");
    run(shiji(&data).args(["demo", "--no-serve", "--porcelain", "--weeks", "8"]));
    let Watched { witnesses, town, key } = watched(folder, &data);

    let page = town.body("/chengwan/zh/log");
    assert!(page.contains("已联署") && page.contains("尚未联署"), "who countersigned and who did not");
    let old = folder.join("old-checkpoint");
    std::fs::write(&old, town.body("/log/checkpoint")).unwrap();
    let verify = |target: &str| {
        let mut command = shiji(folder);
        command.args(["verify", target, "--vkey", &key]);
        command
    };
    let verdict = run(verify(&town.address).arg("--since").arg(&old));
    assert!(verdict.starts_with("verified: "), "{verdict}");
    assert!(verdict.contains("witnesses: 2 of 3"), "{verdict}");
    assert!(verdict.contains("visits and minutes") && !verdict.contains(" 0 projects"), "{verdict}");

    // What a reader downloads verifies without the town.
    let proof = folder.join("proof");
    std::fs::write(&proof, town.body("/log/proof/300.tlog-proof")).unwrap();
    let verdict = run(shiji(folder).arg("verify").arg("--proof").arg(&proof).args(["--vkey", &key]));
    assert!(verdict.starts_with("verified: entry 300"), "{verdict}");

    let copy = folder.join("mirror");
    assert!(refused(shiji(&copy).args(["mirror", &town.address])).contains("--vkey"));
    run(shiji(&copy).args(["mirror", &town.address, "--vkey", &key]));
    run(shiji(&copy).args(["mirror", &town.address]));
    the_copy_serves_the_same_bytes(&town, &copy);
    drop(town);
    drop(witnesses);

    run(&mut verify(&data.to_string_lossy()));
    run(&mut verify(&copy.to_string_lossy()));
    let go_program = build_go(folder);
    if let Some(go_program) = &go_program {
        let (passed, verdict) = go(go_program, &data, &key, Some(&old));
        assert!(passed, "{verdict}");
        println!("Go: {verdict}");
    }
    for forgery in FORGERIES {
        let forged = folder.join("forged");
        let _ = std::fs::remove_dir_all(&forged);
        copy_folder(&data, &forged);
        (forgery.forge)(&forged);
        let verdict = refused(verify(&forged.to_string_lossy()).arg("--since").arg(&old));
        assert!(
            verdict.contains("NOT verified") || verdict.contains("missing"),
            "{}: {verdict}",
            forgery.name
        );
        println!("{}: {}", forgery.name, verdict.lines().next().unwrap_or_default());
        if let (Some(go_program), true) = (&go_program, forgery.in_files) {
            let (passed, verdict) = go(go_program, &forged, &key, Some(&old));
            assert!(!passed, "Go on {}: {verdict}", forgery.name);
            println!("{}, by Go: {}", forgery.name, verdict.trim());
        }
    }
    words_changed_on_the_pages_are_found(&data, &key, folder);
    forged_affairs::are_found(&data, &key, folder);
}

fn the_copy_serves_the_same_bytes(town: &Program, copy: &Path) {
    let mirror = Program::serve(copy);
    let board = town.body("/chengwan/zh/issue/5");
    let board_pages = [
        "",
        "issue/1",
        "issue/5",
        "archive",
        "latest.json",
        "feed.atom",
        "questions",
        "questions/waiting",
        "projects",
        "orders",
        "visits",
    ];
    let mut pages: Vec<String> = board_pages
        .iter()
        .flat_map(|page| [format!("/chengwan/zh/{page}"), format!("/chengwan/en/{page}")])
        .collect();
    for kind in ["item", "person", "unit"] {
        let start = format!("/chengwan/zh/{kind}/");
        pages.extend(
            board
                .match_indices(&start)
                .step_by(40)
                .map(|(at, _)| board[at..at + start.len() + 36].to_owned()),
        );
    }
    let questions = town.body("/chengwan/zh/questions");
    let start = "/chengwan/zh/question/";
    pages.extend(
        questions
            .match_indices(start)
            .filter_map(|(at, _)| questions.get(at..at + start.len() + 36).map(str::to_owned))
            .filter(|page| page.matches('-').count() == 4),
    );
    assert!(pages.iter().filter(|page| page.starts_with(start)).count() > 5, "questions are copied too");
    assert!(pages.len() > 20, "{}", pages.len());
    for page in &pages {
        assert_eq!(town.body(page), mirror.body(page), "{page}");
    }
    let (status, _) = mirror.get("/chengwan/zh/desk");
    assert!(!status.contains("200"), "nobody works in a copy");
    let (status, page) = mirror.get("/chengwan/zh/question/new");
    assert!(status.contains("422") && page.contains("只读拷贝"), "nobody asks a copy: {status}");
    let sent = post(&mirror, "/chengwan/zh/question/new", "kind=question&words=%E6%B0%B4&public=yes");
    assert!(sent.contains("422"), "{sent}");
}

/// Sends a form; status line.
fn post(program: &Program, path: &str, form: &str) -> String {
    let host = program.address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).lines().next().unwrap_or_default().to_owned()
}

struct Forgery {
    name: &'static str,
    /// Of the files that every reader gets, so that other tools see it too.
    in_files: bool,
    forge: fn(&Path),
}

const FORGERIES: [Forgery; 7] = [
    Forgery { name: "one flipped byte of an entry", in_files: true, forge: flip_a_byte },
    Forgery { name: "one dropped leaf", in_files: true, forge: drop_a_leaf },
    Forgery { name: "a rollback", in_files: true, forge: roll_back },
    Forgery { name: "a fork signed with the right key", in_files: true, forge: fork },
    Forgery {
        name: "words changed in the database",
        in_files: false,
        forge: |data| {
            alter(
                data,
                "UPDATE record SET disclosures = replace(disclosures, 'W', 'X') WHERE place_id <> '' AND issue_number = 3",
            );
        },
    },
    Forgery {
        name: "words taken away without a word",
        in_files: false,
        forge: |data| {
            alter(
                data,
                "UPDATE record SET disclosures = '[]' WHERE place_id <> '' AND issue_number = 3 AND position = 200",
            );
        },
    },
    Forgery { name: "a tile altered", in_files: true, forge: alter_a_tile },
];

fn first_bundle(data: &Path) -> PathBuf {
    data.join("log/tile/entries/000")
}

fn flip_a_byte(data: &Path) {
    let mut bytes = std::fs::read(first_bundle(data)).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(first_bundle(data), bytes).unwrap();
}

fn drop_a_leaf(data: &Path) {
    let bytes = std::fs::read(first_bundle(data)).unwrap();
    let first = 2 + usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    // The leaf behind it twice, so that the bundle has as many entries as before.
    let second = first + 2 + usize::from(u16::from_be_bytes([bytes[first], bytes[first + 1]]));
    let forged = [&bytes[first..second], &bytes[first..]].concat();
    std::fs::write(first_bundle(data), forged).unwrap();
}

fn alter_a_tile(data: &Path) {
    let tile = data.join("log/tile/0/000");
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[77] ^= 1;
    std::fs::write(&tile, bytes).unwrap();
}

fn key_of(data: &Path) -> SecretKey {
    SecretKey::from_text(&std::fs::read_to_string(data.join("log.key")).unwrap()).unwrap()
}

/// Whoever has the key signs what was true earlier, and serves it as the newest.
fn roll_back(data: &Path) {
    let bytes = std::fs::read(data.join("log/tile/0/000")).unwrap();
    let mut edge = shiji_record::log::tree::Edge::default();
    for hash in bytes.as_chunks::<32>().0 {
        edge.push_hash(Hash(*hash), |_| ());
    }
    sign(data, edge.size(), edge.root());
    let tile = data.join("log/tile/1/000.p");
    std::fs::create_dir_all(&tile).unwrap();
    std::fs::write(tile.join("1"), edge.root().0).unwrap();
}

/// Another history of the same length.
fn fork(data: &Path) {
    let text = std::fs::read_to_string(data.join("log/checkpoint")).unwrap();
    let size = text.lines().nth(1).unwrap().parse().unwrap();
    sign(data, size, Hash([9; 32]));
}

fn sign(data: &Path, size: u64, root: Hash) {
    let key = key_of(data);
    let checkpoint = Checkpoint { origin: key.public().name().to_owned(), size, root };
    std::fs::write(data.join("log/checkpoint"), checkpoint.sign(&key).unwrap().to_text()).unwrap();
}

/// The records stand, but the page says something else.
fn words_changed_on_the_pages_are_found(data: &Path, key: &str, folder: &Path) {
    let forged = folder.join("forged-pages");
    copy_folder(data, &forged);
    std::fs::remove_file(forged.join("log-policy.txt")).unwrap();
    alter(
        &forged,
        "UPDATE public_item SET body = '本周工作圆满完成' WHERE place_id <> '' AND issue_number = 2 AND position = 1 AND kind = 'work'",
    );
    let town = Program::serve(&forged);
    let verdict = refused(shiji(folder).args(["verify", &town.address, "--vkey", key]));
    assert!(verdict.contains("page of issue 2"), "{verdict}");
    run(shiji(folder).args(["verify", &town.address, "--vkey", key, "--no-pages"]));
    drop(town);
    for (name, sql) in FORGED_QUESTIONS {
        std::fs::remove_dir_all(&forged).unwrap();
        copy_folder(data, &forged);
        std::fs::remove_file(forged.join("log-policy.txt")).unwrap();
        alter(&forged, sql);
        let town = Program::serve(&forged);
        let verdict = refused(shiji(folder).args(["verify", &town.address, "--vkey", key]));
        assert!(verdict.contains("question"), "{name}: {verdict}");
        println!("{name}: {}", verdict.lines().find(|line| line.contains("fault:")).unwrap_or_default());
    }
}

/// What a town could change about its questions in the public tables alone.
const FORGED_QUESTIONS: [(&str, &str); 4] = [
    (
        "another answer on the page",
        "UPDATE public_question_step SET fact = json_set(fact, '$.text', '早已办好') \
         WHERE place_id <> '' AND step = 'answered' AND json_extract(fact, '$.text') IS NOT NULL",
    ),
    (
        "a better verdict",
        "UPDATE public_question_step SET fact = json_set(fact, '$.verdict', 'solved') \
         WHERE place_id <> '' AND step = 'judged' AND json_extract(fact, '$.verdict') <> 'solved'",
    ),
    ("a verdict left out", "DELETE FROM public_question_step WHERE place_id <> '' AND step = 'judged'"),
    ("a question left out", "DELETE FROM public_question WHERE place_id <> '' AND number = 1"),
];
