//! A double click: the program opens the page in the browser, and nobody else on the machine learns the token.
#![cfg(unix)]

use assert_cmd::cargo::cargo_bin;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::browser::Page;
use crate::desk::Desk;

/// What stands in for the browser: it keeps its arguments and the mode and content of the file it was handed.
const BROWSER: &str = "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$HOME/../handed.part\"\n/bin/cat \"$1\" >\"$HOME/../content\"\n\
                       /bin/mv \"$HOME/../handed.part\" \"$HOME/../handed\"\n";

/// Starts the program without arguments, at home on the desk, with only these programs to be found; gives what it says up to
/// the last line before it waits.
fn double_click(desk: &Desk, programs: &Path) -> (Child, Vec<String>) {
    let home = desk.path("nha");
    fs::create_dir_all(home.join("Documents")).expect("a home");
    let mut program = Command::new(cargo_bin("thidua"))
        .current_dir(&home)
        .env("HOME", &home)
        .env("PATH", programs)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(program.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let mut said = Vec::new();
    for line in lines {
        let last = line.contains("trình duyệt");
        said.push(line);
        if last {
            break;
        }
    }
    (program, said)
}

fn address(said: &[String]) -> (u16, String) {
    let line = said.iter().find(|line| line.contains("http://")).expect("an address");
    let (host, token) = line.trim().split_once("/#").expect("a token in the fragment");
    (host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port"), token.to_string())
}

fn wait_for(what: impl Fn() -> bool) -> bool {
    (0..100).any(|_| {
        let done = what();
        if !done {
            std::thread::sleep(Duration::from_millis(50));
        }
        done
    })
}

#[test]
fn the_browser_is_handed_the_address_in_a_file_of_the_users_own() {
    let desk = Desk::new();
    let programs = desk.path("bin");
    fs::create_dir_all(&programs).expect("a folder");
    fs::write(programs.join("xdg-open"), BROWSER).expect("a browser");
    fs::set_permissions(programs.join("xdg-open"), fs::Permissions::from_mode(0o755)).expect("to be run");
    let (program, said) = double_click(&desk, &programs);
    let (port, token) = address(&said);
    let page = Page::of(program, port, &token);
    assert!(wait_for(|| desk.path("handed").exists()), "the browser was started: {said:?}");

    let handed = fs::read_to_string(desk.path("handed")).expect("its arguments");
    assert!(!handed.contains(&token), "everyone can read arguments: {handed}");
    let file = Path::new(handed.trim());
    assert_eq!(file.parent().and_then(|above| above.canonicalize().ok()), desk.path("nha").canonicalize().ok());
    assert_eq!(fs::metadata(file).expect("the file").permissions().mode() & 0o777, 0o600);
    let content = fs::read_to_string(desk.path("content")).expect("what was in it");
    assert!(content.contains(&format!("url=http://127.0.0.1:{port}/#{token}\"")), "{content}");

    // a browser says that it comes from a file
    let opening = page.get("/").without("x-thidua-token").set("sec-fetch-site", "cross-site");
    let opening = opening.set("sec-fetch-mode", "navigate").set("sec-fetch-dest", "document");
    assert_eq!(page.send(&opening).status, 200);
    assert!(file.exists(), "nobody has come in yet");
    assert_eq!(page.send(&page.get("/api/shelf")).status, 200);
    assert!(wait_for(|| !file.exists()), "gone as soon as somebody has");
    assert!(desk.path("nha/Documents/thidua").is_dir(), "the shelf of someone who only double-clicks");

    fs::remove_file(desk.path("handed")).expect("what was handed before");
    assert_eq!(page.send(&page.post("/api/shelf", &json!({"name": "Khối 1"}))).status, 200);
    let shown = page.send(&page.post("/api/dossier/Kh%E1%BB%91i%201/show-folder", &json!({})));
    assert_eq!(shown.status, 200, "{shown:?}");
    assert!(wait_for(|| desk.path("handed").exists()), "the system was asked to show a folder");
    let folder = fs::read_to_string(desk.path("handed")).expect("its arguments");
    let own = desk.path("nha/Documents/thidua/Khối 1");
    assert_eq!(Path::new(folder.trim()).canonicalize().ok(), own.canonicalize().ok());
}

#[test]
fn without_a_browser_the_address_is_there_to_be_copied() {
    let desk = Desk::new();
    let (program, said) = double_click(&desk, &desk.path("nothing"));
    let (port, token) = address(&said);
    assert!(said.iter().any(|line| line.starts_with("Không tự mở được trình duyệt")), "{said:?}");
    let page = Page::of(program, port, &token);
    assert_eq!(page.send(&page.get("/api/shelf")).status, 200);
    let left: Vec<_> = fs::read_dir(desk.path("nha")).expect("the home").flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["Documents"], "nothing is left lying about");
}
