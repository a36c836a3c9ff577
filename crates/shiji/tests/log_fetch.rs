//! A town that was brought back from an old copy: nothing is signed, it is said why, and the log is fetched from a mirror.

#[allow(dead_code, reason = "each test program uses its part")]
mod program;

use program::{Program, alter, copy_folder, refused, run, shiji};
use std::path::Path;
use std::time::Duration;

fn size(checkpoint: &str) -> u64 {
    checkpoint.lines().nth(1).unwrap().parse().unwrap()
}

/// The open week's time is over; the program publishes it by itself, and the log follows.
fn publish_a_week(data: &Path) -> u64 {
    let before = size(&std::fs::read_to_string(data.join("log/checkpoint")).unwrap());
    end_the_week(data);
    let town = Program::serve(data);
    for _ in 0..300 {
        let now = size(&town.body("/log/checkpoint"));
        if now > before {
            return now;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the week was not published");
}

fn end_the_week(data: &Path) {
    alter(
        data,
        "UPDATE period SET publish_at = 1 WHERE place_id <> '' \
         AND first_day = (SELECT min(first_day) FROM period WHERE issue_number IS NULL)",
    );
}

fn bring_back_database(data: &Path, old: &Path) {
    for name in ["shiji.sqlite", "shiji.sqlite-wal", "shiji.sqlite-shm"] {
        let _ = std::fs::remove_file(data.join(name));
        if old.join(name).exists() {
            std::fs::copy(old.join(name), data.join(name)).unwrap();
        }
    }
}

#[test]
fn a_town_brought_back_from_an_old_copy_takes_its_log_from_a_mirror_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (data, old, copy) = (folder.join("town"), folder.join("old"), folder.join("mirror"));
    let vkey = |data: &Path| {
        let said = run(shiji(data).args(["log", "status"]));
        let key = said.lines().find_map(|line| line.strip_prefix("verifier key ")).unwrap();
        key.to_owned()
    };
    run(shiji(&data).args(["demo", "--no-serve", "--porcelain", "--weeks", "3"]));
    let key = vkey(&data);
    copy_folder(&data, &old);
    let signed = publish_a_week(&data);
    let town = Program::serve(&data);
    run(shiji(&copy).args(["mirror", &town.address, "--vkey", &key]));
    let page = town.body("/chengwan/zh/");
    drop(town);
    let mirror = Program::serve(&copy);

    // Only the database is old.
    bring_back_database(&data, &old);
    let said = refused(shiji(&data).args(["log", "sequence"]));
    assert!(said.contains("old copy") && said.contains("shiji log fetch"), "{said}");
    let said = run(shiji(&data).args(["log", "fetch", &mirror.address]));
    assert!(said.contains(&format!("up to {signed}")), "{said}");
    run(shiji(&data).args(["log", "sequence"]));
    run(shiji(&data).args(["verify", &data.to_string_lossy(), "--vkey", &key]));
    let town = Program::serve(&data);
    assert_eq!(town.body("/chengwan/zh/"), page, "the lost issue stands on the board again");
    drop(town);

    // Everything is old, the last signed state too; the week that came back is over, and the next one is published.
    std::fs::remove_dir_all(&data).unwrap();
    copy_folder(&old, &data);
    run(shiji(&data).args(["log", "fetch", &mirror.address]));
    let again = run(shiji(&data).args(["log", "fetch", &mirror.address]));
    assert!(again.contains("brought back: 0 entries"), "{again}");
    let checkpoint = folder.join("checkpoint");
    std::fs::copy(data.join("log/checkpoint"), &checkpoint).unwrap();
    assert_eq!(size(&std::fs::read_to_string(&checkpoint).unwrap()), signed);
    assert!(publish_a_week(&data) > signed);
    let verdict = run(shiji(&data)
        .args(["verify", &data.to_string_lossy(), "--vkey", &key, "--since"])
        .arg(&checkpoint));
    assert!(verdict.starts_with("verified: "), "{verdict}");

    // The mirror is behind now.
    let said = refused(shiji(&data).args(["log", "fetch", &mirror.address]));
    assert!(said.contains("lacks the last ones"), "{said}");

    // Somebody worked in the old copy before the log was fetched.
    std::fs::remove_dir_all(&data).unwrap();
    copy_folder(&old, &data);
    run(shiji(&data).args(["log", "fetch", &mirror.address]));
    bring_back_database(&data, &old);
    end_the_week(&data);
    let town = Program::serve(&data);
    std::thread::sleep(Duration::from_secs(3));
    assert!(town.body("/chengwan/zh/log").contains("旧的备份"), "the page says why nothing is signed");
    drop(town);
    let said = refused(shiji(&data).args(["log", "fetch", &mirror.address]));
    assert!(said.contains("published here after"), "{said}");
}
