//! The program itself, as its users start it.

use shiji_store::{Store, StoreError};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

pub fn shiji(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shiji"));
    command.env_remove("DATABASE_URL").env("RUST_LOG", "warn").arg("--data").arg(data);
    command
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

pub fn refused(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success(), "{}", text(&output));
    text(&output)
}

/// A program that says where it listens.
pub struct Program {
    child: Child,
    pub address: String,
}

impl Program {
    pub fn start(command: &mut Command) -> Program {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("listening ") {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "it ended before it listened");
        }
        let address = line.trim().trim_start_matches("listening ").to_owned();
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Program { child, address }
    }

    pub fn serve(data: &Path) -> Program {
        Program::start(shiji(data).args(["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Status line and body.
    pub fn get(&self, path: &str) -> (String, String) {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }

    pub fn body(&self, path: &str) -> String {
        let (status, body) = self.get(path);
        assert!(status.contains("200"), "{path}: {status}");
        body
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub fn alter(data: &Path, sql: &'static str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open_sqlite(&data.join("shiji.sqlite")).await.unwrap();
        let changed = store
            .write("test", &(), |tx, ()| Box::pin(async move { tx.execute(sql, &[]).await }))
            .await
            .map_err(|error: StoreError| error)
            .unwrap();
        assert!(changed > 0);
        store.close().await;
    });
}
