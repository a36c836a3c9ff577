//! A running town is copied and brought back, with kills in between.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const KILLS: u64 = 25;
const ROSTER: &str = "单位,姓名,职务,类别,办公电话\n水务所,甲一,所长,中层干部,0800-8000001\n东湾村,乙二,党总支书记,村党总支书记,0800-8000002\n";

fn shiji(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shiji"));
    command.env_remove("DATABASE_URL").arg("--data").arg(data);
    command
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn town(data: &Path, folder: &Path) {
    run(shiji(data)
        .args(["init", "--name", "双溪镇", "--name-en", "Shuangxi", "--slug", "shuangxi"])
        .args(["--administrator", "管理员"]));
    let roster = folder.join("roster.csv");
    std::fs::write(&roster, ROSTER).unwrap();
    run(shiji(data).args(["import", "roster"]).arg(&roster));
}

fn serving(data: &Path) -> Child {
    let mut program = shiji(data)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("listening "), "{line}");
    program
}

/// Starts the command and kills it after a while; the while is another one each time.
fn kill(command: &mut Command, round: u64) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(2 + (round * 7) % 60));
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_running_town_is_copied_and_brought_back_whatever_is_killed_when() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy, back) =
        (folder.path().join("data"), folder.path().join("copy"), folder.path().join("back"));
    town(&data, folder.path());
    let mut program = serving(&data);
    for round in 0..KILLS {
        kill(shiji(&data).arg("backup").arg(&copy), round);
        if copy.exists() {
            assert!(copy.join("complete").exists(), "a copy that was cut off has no name");
            std::fs::remove_dir_all(&copy).unwrap();
        }
    }
    run(shiji(&data).arg("backup").arg(&copy));
    program.kill().unwrap();
    program.wait().unwrap();
    for round in 0..KILLS {
        kill(shiji(&back).arg("restore").arg(&copy), round);
        if back.exists() {
            run(shiji(&back).arg("rebuild"));
            std::fs::remove_dir_all(&back).unwrap();
        }
    }
    run(shiji(&back).arg("restore").arg(&copy));
    let output = run(shiji(&back).arg("rebuild"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("nothing differed"));
    let roster = folder.path().join("roster.csv");
    let again = run(shiji(&back).args(["import", "roster", "--dry-run"]).arg(&roster));
    assert!(String::from_utf8_lossy(&again.stdout).contains("0 changes"), "everybody is there again");
}

#[test]
fn nothing_is_overwritten_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    town(&data, folder.path());
    run(shiji(&data).arg("backup").arg(&copy));
    let second = shiji(&data).arg("backup").arg(&copy).output().unwrap();
    assert!(!second.status.success(), "an older copy stays");
    let over = shiji(&data).arg("restore").arg(&copy).output().unwrap();
    assert!(!over.status.success(), "a town that is there stays");
    let half = folder.path().join("half");
    std::fs::create_dir(&half).unwrap();
    let none = shiji(&folder.path().join("new")).arg("restore").arg(&half).output().unwrap();
    assert!(!none.status.success(), "what is no whole copy is not taken for one");
}
