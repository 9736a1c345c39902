//! A browser as plain as can be: it starts the page and sends it requests, honest ones and others.

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::desk::MEMORY;

/// The page, open on a folder; closed when it goes out of sight.
pub struct Page {
    program: Child,
    pub port: u16,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// A request as it goes over the wire, to be bent before it is sent.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn set(mut self, name: &str, value: &str) -> Request {
        self = self.without(name);
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    /// The same header once more.
    pub fn add(mut self, name: &str, value: &str) -> Request {
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    pub fn without(mut self, name: &str) -> Request {
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        self
    }
}

impl Page {
    pub fn open(folder: &Path) -> Page {
        let mut program = Command::new(cargo_bin("thidua"))
            .args(["serve", "--no-open"])
            .arg(folder)
            .env("XDG_CACHE_HOME", MEMORY)
            .env("LOCALAPPDATA", MEMORY)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(program.stdout.take().expect("its output")).lines();
        let address = lines.map_while(Result::ok).find(|line| line.contains("http://")).expect("an address");
        let (host, token) = address.trim().split_once("/#").expect("a token in the fragment");
        let port = host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Page { program, port, token: token.to_string() }
    }

    /// The page of a program that was started otherwise.
    #[cfg(unix)]
    pub fn of(program: Child, port: u16, token: &str) -> Page {
        Page { program, port, token: token.to_string() }
    }

    /// A request as the page itself sends it.
    pub fn get(&self, path: &str) -> Request {
        let host = format!("127.0.0.1:{}", self.port);
        let headers = vec![("host".to_string(), host), ("x-thidua-token".to_string(), self.token.clone())];
        Request { method: "GET", path: path.to_string(), headers, body: Vec::new() }
    }

    /// A form or question of the page.
    pub fn post(&self, path: &str, body: &Value) -> Request {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        Request { method: "POST", body, ..self.get(path) }
            .set("origin", &format!("http://127.0.0.1:{}", self.port))
            .set("sec-fetch-site", "same-origin")
            .set("content-type", "application/json")
    }

    /// A file dropped on the page.
    pub fn drop_file(&self, path: &str, content: &[u8]) -> Request {
        Request { body: content.to_vec(), ..self.post(path, &Value::Null) }
            .set("content-type", "application/octet-stream")
    }

    pub fn send(&self, request: &Request) -> Answer {
        self.try_send(request).expect("an answer")
    }

    /// None where the connection was closed without an answer.
    pub fn try_send(&self, request: &Request) -> Option<Answer> {
        let mut stream = self.connect();
        let mut head = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", request.method, request.path);
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !request.headers.iter().any(|(name, _)| name == "content-length") {
            head.push_str(&format!("content-length: {}\r\n", request.body.len()));
        }
        head.push_str("\r\n");
        // a server that has refused already may close before all is sent
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&request.body));
        answer(&mut stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        stream
    }

    /// Waits until a job has ended and gives its last report.
    pub fn wait_for(&self, job: u64) -> Value {
        for _ in 0..600 {
            let report = self.send(&self.get(&format!("/api/job/{job}"))).json();
            if report["state"] != "running" {
                return report;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("job {job} did not end");
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Reads one answer; none where there is none.
pub fn answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    // what came before a reset counts
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

/// A text as it stands in an address.
pub fn in_address(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
