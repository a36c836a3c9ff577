//! A page under load: fetched once to know what is served, then by wrk.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// A page as a browser that reads brotli gets it.
pub struct Page {
    /// After following redirects.
    pub url: String,
    pub compressed: Vec<u8>,
}

/// What wrk measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    pub requests_per_second: f64,
    pub p99_ms: f64,
}

const REDIRECTS: usize = 5;

/// Fetches the page at `path` of `origin` (`http://HOST:PORT`), in Chinese and in brotli.
pub fn fetch(origin: &str, path: &str) -> Result<Page> {
    let mut path = path.to_owned();
    for _ in 0..=REDIRECTS {
        let (head, body) = get(origin, &path)?;
        let status = head.split_whitespace().nth(1).unwrap_or_default();
        if status.starts_with('3') {
            let location = header(&head, "location").context("a redirect without Location")?;
            path = location.strip_prefix(origin).unwrap_or(location).to_owned();
            continue;
        }
        if status != "200" || header(&head, "content-encoding") != Some("br") {
            bail!("{origin}{path} does not serve a page in brotli:\n{head}");
        }
        if header(&head, "content-length").and_then(|length| length.parse().ok()) != Some(body.len()) {
            bail!("{origin}{path} does not say how long it is:\n{head}");
        }
        return Ok(Page { url: format!("{origin}{path}"), compressed: body });
    }
    bail!("{origin} redirects without end");
}

/// Runs wrk on core 1 for `duration` and 32 connections; an answer that is not 2xx or 3xx is an error.
pub fn drive(url: &str, duration: Duration) -> Result<Load> {
    let mut wrk = Command::new("taskset");
    wrk.args(["--cpu-list", "1", "wrk", "--latency", "--threads", "1", "--connections", "32"]);
    wrk.arg("--duration").arg(format!("{}s", duration.as_secs()));
    wrk.args(["--header", "Accept-Encoding: br", "--header", "Accept-Language: zh-CN"]).arg(url);
    let output = wrk.output().context("starting wrk")?;
    let report = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || report.contains("Non-2xx") || report.contains("Socket errors") {
        bail!("wrk on {url}:\n{report}{}", String::from_utf8_lossy(&output.stderr));
    }
    read_report(&report).with_context(|| format!("wrk's report cannot be read:\n{report}"))
}

fn get(origin: &str, path: &str) -> Result<(String, Vec<u8>)> {
    let host = origin.strip_prefix("http://").context("an address without http://")?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\nAccept-Language: zh-CN\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("an answer without a head")?;
    let body = answer.split_off(end + 4);
    Ok((String::from_utf8(answer)?, body))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn read_report(report: &str) -> Option<Load> {
    let after = |label: &str| report.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some(Load {
        requests_per_second: after("Requests/sec:")?.parse().ok()?,
        p99_ms: read_milliseconds(after("99%")?)?,
    })
}

/// wrk writes `850.00us`, `1.20ms`, `1.05s` or `1.00m`.
fn read_milliseconds(text: &str) -> Option<f64> {
    let split = text.find(|letter: char| letter.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(split);
    let scale = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1_000.0,
        "m" => 60_000.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrk_is_understood() {
        let report = "  Latency Distribution\n     50%  412.00us\n     99%    1.25ms\n  9000 requests in 3.00s, 1.00GB read\n\
                      Requests/sec:   2999.50\nTransfer/sec:      0.33GB\n";
        assert_eq!(read_report(report), Some(Load { requests_per_second: 2999.5, p99_ms: 1.25 }));
        assert_eq!(read_milliseconds("850.00us"), Some(0.85));
        assert_eq!(read_milliseconds("fast"), None);
    }

    #[test]
    fn a_header_is_found_however_it_is_written() {
        let head = "HTTP/1.1 303 See Other\r\nLocation: /qingshi/zh/\r\n\r\n";
        assert_eq!(header(head, "location"), Some("/qingshi/zh/"));
        assert_eq!(header(head, "etag"), None);
    }
}
