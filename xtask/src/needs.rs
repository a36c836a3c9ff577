//! What a fresh machine lacks for the tests and measurements, and how it gets there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{postgres, step, workspace};

/// Of Debian, where the Python on PATH lacks what makes an environment.
const PYTHON_NEEDS: &[Need] = &[Need {
    what: "Python with venv",
    packages: &["python3", "python3-venv"],
    is_met: || {
        let test = ["-c", "import venv, ensurepip"];
        on_path("python3").is_some_and(|python| succeeds(Command::new(python).args(test)))
    },
    optional: false,
}];

/// Something outside the repository, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    is_met: fn() -> bool,
    /// Without it the tests run all the same, only less pleasantly for who looks at their screenshots.
    optional: bool,
}

const TEST_NEEDS: &[Need] = &[
    Need {
        what: "Chromium",
        packages: &["chromium"],
        is_met: || std::env::var_os("CHROMIUM").is_some() || Path::new("/usr/bin/chromium").exists(),
        optional: false,
    },
    Need {
        what: "PostgreSQL's server",
        packages: &["postgresql"],
        is_met: || postgres::programs().is_some(),
        optional: false,
    },
    Need {
        what: "Node.js and npm",
        packages: &["nodejs", "npm"],
        is_met: || on_path("node").is_some() && on_path("npm").is_some(),
        optional: false,
    },
    Need {
        what: "Go with its sumdb packages, which verify the log a second time",
        packages: &["golang-go", "golang-golang-x-mod-dev"],
        is_met: || {
            on_path("go").is_some() && Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb").exists()
        },
        optional: false,
    },
    Need {
        what: "a mail server that tests start (aiosmtpd)",
        packages: &["python3-aiosmtpd"],
        is_met: || Path::new("/usr/lib/python3/dist-packages/aiosmtpd").exists(),
        optional: false,
    },
    Need {
        what: "a Chinese font",
        packages: &["fonts-noto-cjk"],
        is_met: || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
        optional: true,
    },
];

const BENCH_NEEDS: &[Need] = &[
    Need {
        what: "nginx with brotli",
        packages: &["nginx", "libnginx-mod-http-brotli-static"],
        is_met: || Path::new("/usr/sbin/nginx").exists() && Path::new(NGINX_BROTLI).exists(),
        optional: false,
    },
    Need { what: "wrk", packages: &["wrk"], is_met: || on_path("wrk").is_some(), optional: false },
    Need {
        what: "taskset",
        packages: &["util-linux"],
        is_met: || on_path("taskset").is_some(),
        optional: false,
    },
];

/// nginx's module that serves `.br` files, as Debian installs it.
pub const NGINX_BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Playwright asks for it.
const OLDEST_NODE: u32 = 20;

pub fn install_for_tests() -> Result<()> {
    install(TEST_NEEDS)?;
    let version = node_major_version()?;
    if version < OLDEST_NODE {
        bail!("Node.js {version} is too old for the browser tests: {OLDEST_NODE} or newer is needed");
    }
    install_node_modules()
}

pub fn install_for_bench() -> Result<()> {
    install(BENCH_NEEDS)
}

/// For Schemathesis; asked for only when it cannot be installed as the machine is.
pub fn install_python() -> Result<()> {
    install(PYTHON_NEEDS)
}

/// The file of the program `name` in one of the folders of PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Whether this process may do everything on the machine.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn install(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.is_met)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if let Some(apt) = apt_get() {
        step::run("apt-get update", apt().arg("update").arg("-qq"))?;
        let name = format!("apt-get install {}", packages.join(" "));
        step::run(&name, apt().args(["install", "-qq", "-y", "--no-install-recommends"]).args(&packages))?;
    }
    let still: Vec<&str> =
        missing.iter().filter(|need| !need.optional && !(need.is_met)()).map(|need| need.what).collect();
    if still.is_empty() {
        return Ok(());
    }
    bail!("missing: {}. On Debian: sudo apt-get install {}", still.join(", "), packages.join(" "));
}

/// How to call apt-get here, if this person may.
fn apt_get() -> Option<impl Fn() -> Command> {
    on_path("apt-get")?;
    let needs_sudo = !is_root();
    if needs_sudo && !succeeds(Command::new("sudo").args(["-n", "true"])) {
        return None;
    }
    Some(move || {
        let mut command = Command::new(if needs_sudo { "sudo" } else { "env" });
        if needs_sudo {
            command.args(["-n", "env"]);
        }
        // Another installation may be under way on a shared machine; its lock is waited for.
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]);
        command
    })
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

fn node_major_version() -> Result<u32> {
    let output = Command::new("node").arg("--version").output().context("asking node for its version")?;
    let version = String::from_utf8_lossy(&output.stdout);
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    major.parse().with_context(|| format!("node says that it is version “{}”", version.trim()))
}

/// `npm ci`, unless what is installed came from this very lock file.
fn install_node_modules() -> Result<()> {
    let folder = workspace::browser_tests();
    let wanted = fs::read(folder.join("package-lock.json")).context("reading e2e/package-lock.json")?;
    let installed_from = folder.join("node_modules/.installed-from.json");
    if fs::read(&installed_from).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    step::run("npm ci", &mut npm)?;
    fs::write(&installed_from, wanted).context("noting what npm installed")
}
