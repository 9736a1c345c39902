//! Other pages, other programs and bad files try the page: everything is refused or served within limits, and nothing is
//! written outside of the dossier.

use serde_json::json;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::browser::{Page, answer, in_address};
use crate::desk::{Desk, SmallDossier, files_below};

/// A dossier on a shelf, and a secret beside the shelf.
fn shelf() -> (Desk, Page) {
    let desk = Desk::new();
    let dossier = Desk::with(&SmallDossier::new());
    std::fs::create_dir_all(desk.path("tu")).expect("a shelf");
    copy(&dossier.path("."), &desk.path("tu/k1"));
    std::fs::create_dir_all(desk.path("ngoai")).expect("a folder beside it");
    std::fs::write(desk.path("ngoai/bi-mat.xlsx"), b"secret").expect("a secret");
    let page = Page::open(&desk.path("tu"));
    (desk, page)
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for (path, bytes) in files_below(from) {
        let path = to.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

#[test]
fn a_request_from_elsewhere_is_refused() {
    let (desk, page) = shelf();
    let before = files_below(&desk.path("."));
    let port = page.port;
    let read = page.get("/api/shelf");
    let write = page.post("/api/shelf", &json!({"name": "moi"}));
    let rebound = format!("thidua.evil.example:{port}");
    let attacks = [
        ("a host of another name", read.clone().set("host", &rebound), 403),
        ("localhost by name", read.clone().set("host", &format!("localhost:{port}")), 403),
        ("another port", read.clone().set("host", "127.0.0.1:1"), 403),
        ("no host", read.clone().without("host"), 403),
        ("two hosts", read.clone().add("host", &rebound), 403),
        ("the page itself under another host", page.get("/").set("host", &rebound), 403),
        (
            "host and origin that agree",
            write.clone().set("host", &rebound).set("origin", &format!("http://{rebound}")),
            403,
        ),
        ("no token", read.clone().without("x-thidua-token"), 401),
        ("a wrong token", read.clone().set("x-thidua-token", &"0".repeat(64)), 401),
        ("an empty token", read.clone().set("x-thidua-token", ""), 401),
        (
            "the token in the address",
            page.get(&format!("/api/shelf?token={}", page.token)).without("x-thidua-token"),
            401,
        ),
        ("another origin", write.clone().set("origin", "http://evil.example"), 403),
        ("another port's origin", write.clone().set("origin", "http://127.0.0.1:1"), 403),
        ("no origin", write.clone().without("origin"), 403),
        ("a null origin", write.clone().set("origin", "null"), 403),
        ("a cross-site write", write.clone().set("sec-fetch-site", "cross-site"), 403),
        ("a same-site write", write.clone().set("sec-fetch-site", "same-site"), 403),
        ("a write by hand", write.clone().set("sec-fetch-site", "none"), 403),
        ("a cross-site reading", read.clone().set("sec-fetch-site", "cross-site"), 403),
        (
            "the page in a frame of another site",
            page.get("/")
                .set("sec-fetch-site", "cross-site")
                .set("sec-fetch-mode", "navigate")
                .set("sec-fetch-dest", "iframe"),
            403,
        ),
        (
            "a window of another site that asks for data",
            read.clone()
                .set("sec-fetch-site", "cross-site")
                .set("sec-fetch-mode", "navigate")
                .set("sec-fetch-dest", "document"),
            403,
        ),
        (
            "a form of another site that opens a window",
            write
                .clone()
                .set("sec-fetch-site", "cross-site")
                .set("sec-fetch-mode", "navigate")
                .set("sec-fetch-dest", "document"),
            403,
        ),
        ("a reading for another origin", read.clone().set("origin", "http://evil.example"), 403),
        ("a plain form", write.clone().set("content-type", "text/plain"), 415),
        ("a form", write.clone().set("content-type", "application/x-www-form-urlencoded"), 415),
        ("parts", write.clone().set("content-type", "multipart/form-data; boundary=x"), 415),
        ("no kind", write.clone().without("content-type"), 415),
        ("a preflight", crate::browser::Request { method: "OPTIONS", ..write.clone() }, 405),
        ("a removal", crate::browser::Request { method: "DELETE", ..write.clone() }, 405),
    ];
    for (name, request, status) in attacks {
        // a request without a host is not even one
        let answer = page.send(&request);
        let refused =
            if name == "no host" { answer.status == 400 || answer.status == 403 } else { answer.status == status };
        assert!(refused, "{name}: {answer:?}");
        assert!(!answer.head.contains("access-control-"), "{name}: {}", answer.head);
    }
    assert!(files_below(&desk.path(".")) == before, "nothing was written");
    assert_eq!(page.send(&write).status, 200, "the page itself may");
}

#[test]
fn every_answer_forbids_what_a_browser_could_do_with_it() {
    let (_desk, page) = shelf();
    let paths =
        ["/", "/page.js", "/api/shelf", "/api/dossier/k1", "/api/dossier/k1/file?file=ho-so.xlsx", "/no", "/api/no"];
    for path in paths {
        let answer = page.send(&page.get(path));
        for header in [
            "content-security-policy: default-src 'self';",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.head.contains(header), "{path}: no {header} in {}", answer.head);
        }
        assert!(!answer.head.contains("set-cookie") && !answer.head.contains("access-control-"), "{path}");
    }
}

#[test]
fn no_path_leads_out_of_the_dossier() {
    let (desk, page) = shelf();
    let content = std::fs::read(desk.path("tu/k1/so-lieu/yte.xlsx")).expect("a submission");
    let before = files_below(&desk.path("tu/k1"));
    let links =
        ["tu/lien-ket", "tu/k1/so-lieu/lien-ket", "tu/k1/ket-qua", "tu/k1/mau", "tu/k1/y-kien", "tu/k1/so-lieu/.cu"];
    #[cfg(unix)]
    for link in links {
        std::os::unix::fs::symlink(desk.path("ngoai"), desk.path(link)).expect("a link");
    }
    let tricks = [
        "../../ngoai/bi-mat.xlsx",
        "../lien-ket/bi-mat.xlsx",
        "so-lieu/../../../ngoai/bi-mat.xlsx",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "..\\..\\ngoai\\bi-mat.xlsx",
        "so-lieu/lien-ket/bi-mat.xlsx",
        "con",
        "so-lieu/nul.xlsx",
        "so-lieu/com1.xlsx",
        "so-lieu/x\0.xlsx",
        ".",
        "",
        "so-lieu//yte.xlsx",
        "\\\\may\\chung\\x.xlsx",
        "file:///etc/passwd",
        "so-lieu/yte.xlsx:stream",
        "so-lieu/yte.xlsx.",
        "so-lieu/yte.xlsx ",
    ];
    for trick in tricks {
        let at = in_address(trick);
        for path in [
            format!("/api/dossier/k1/file?file={at}"),
            format!("/api/dossier/k1/cells?file={at}&sheet=a&cell=A1"),
            format!("/api/dossier/k1/marked?file={at}"),
            format!("/api/dossier/k1/zip?folder={at}"),
            format!("/api/dossier/k1/comparison?dossier={at}"),
            format!("/api/dossier/k1/templates/commented?file={at}"),
            format!("/api/dossier/{at}/ranking"),
            format!("/api/dossier/{at}"),
        ] {
            let answer = page.send(&page.get(&path));
            assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
            assert!(!answer.body.starts_with(b"secret"), "{path}");
        }
        for (path, body) in [
            ("/api/dossier/k1/bind", json!({"file": trick, "unit": "YT"})),
            ("/api/dossier/k1/set-aside", json!({"file": trick})),
            ("/api/dossier/k1/bring-back", json!({"file": trick})),
            ("/api/dossier/k1/name", json!({"unit": trick, "name": trick})),
        ] {
            let answer = page.send(&page.post(path, &body));
            assert!((400..500).contains(&answer.status), "{path} {trick}: {answer:?}");
        }
        // a name is made plain or refused; the file lands in so-lieu/ or nowhere
        page.send(&page.drop_file(&format!("/api/dossier/k1/submissions?file={at}.xlsx&replace=true"), &content));
        page.send(&page.drop_file(&format!("/api/dossier/k1/remarks?file={at}.xlsx&replace=true"), &content));
        page.send(&page.drop_file(&format!("/api/dossier/k1/templates/own?file={at}.docx&replace=true"), &content));
        page.send(&page.post("/api/shelf", &json!({"name": trick})));
    }
    if cfg!(unix) {
        let built = page.send(&page.post("/api/dossier/k1/build", &json!({}))).json();
        let report = page.wait_for(built["id"].as_u64().expect("a job"));
        assert_eq!(report["files"], json!([]), "no paper goes through a link: {report}");
        links.iter().for_each(|link| std::fs::remove_file(desk.path(link)).expect("the link"));
    }
    let outside: Vec<_> = files_below(&desk.path(".")).into_keys().filter(|path| !path.starts_with("tu")).collect();
    assert_eq!(outside, [std::path::PathBuf::from("ngoai/bi-mat.xlsx")], "nothing new beside the shelf");
    let after = files_below(&desk.path("tu/k1"));
    let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path) && !path.starts_with("so-lieu")).collect();
    assert!(new.is_empty(), "only in so-lieu/: {new:?}");
    assert_eq!(std::fs::read(desk.path("ngoai/bi-mat.xlsx")).expect("the secret"), b"secret");
}

#[test]
fn files_that_are_too_much_are_refused() {
    let (desk, page) = shelf();
    let before = files_below(&desk.path("."));
    let at = "/api/dossier/k1/submissions?file=x.xlsx";
    let announced = page.drop_file(at, b"").set("content-length", &(70u64 << 20).to_string());
    assert_eq!(page.send(&announced).status, 413, "a size that is announced");
    let large = page.drop_file(at, &vec![b'x'; 33 << 20]);
    // it may close before all has been sent
    assert!(page.try_send(&large).is_none_or(|answer| answer.status == 413), "a size that comes");
    let words = page.post("/api/shelf", &json!({"name": "x".repeat(2 << 20)}));
    assert!(page.try_send(&words).is_none_or(|answer| answer.status == 413), "a form that is no form");
    for path in [
        at,
        "/api/dossier/k1/submissions?file=yte.xlsx&replace=true",
        "/api/dossier/k1/definition?name=k1&file=ho-so.xlsx&replace=true",
    ] {
        let answer = page.send(&page.drop_file(path, &bomb()));
        assert_eq!(answer.status, 422, "{path}: {answer:?}");
        assert!(answer.json()["error"].as_str().is_some_and(|words| words.contains(".xlsx")), "{path}: {answer:?}");
    }
    let wrong = page.send(&page.drop_file("/api/dossier/k1/submissions?file=x.exe", b"MZ"));
    assert_eq!(wrong.status, 422, "{wrong:?}");
    assert!(files_below(&desk.path(".")) == before, "nothing was written");
    // other files that a secretary may drop are kept, and reading them stays within the limits of `sheet`
    for path in ["/api/dossier/k1/remarks?file=x.xlsx", "/api/dossier/k1/templates/own?file=giao-uoc.docx"] {
        assert_eq!(page.send(&page.drop_file(path, &bomb())).status, 200, "{path}");
    }
    let remarks = page.send(&page.get("/api/dossier/k1/remarks")).json();
    assert_eq!(remarks["findings"][0]["code"], "TEP04", "{remarks}");
    let templates = page.send(&page.get("/api/dossier/k1/templates")).json();
    assert!(templates["templates"][0]["findings"][0]["message"].is_string(), "{templates}");
    let run = page.send(&page.drop_file("/api/dossier/k1/comparison", &bomb()));
    assert_eq!(run.status, 422, "{run:?}");
    let signed = page.send(&page.drop_file("/api/signatures", &bomb()));
    assert_eq!(signed.status, 422, "{signed:?}");
}

/// A workbook whose one sheet unfolds to more than anything is let unfold.
fn bomb() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, blocks) in [("[Content_Types].xml", 1), ("xl/workbook.xml", 1), ("xl/worksheets/sheet1.xml", 70)] {
        writer.start_file(name, options).expect("a part");
        for _ in 0..blocks {
            writer.write_all(&vec![b' '; 1 << 20]).expect("a block");
        }
    }
    writer.finish().expect("a file").into_inner()
}

#[test]
fn whoever_is_too_slow_is_cut_off() {
    let (_desk, page) = shelf();
    let started = Instant::now();
    let mut head = page.connect();
    head.write_all(b"GET / HTTP/1.1\r\nhost: ").expect("a beginning");
    let mut body = page.connect();
    let request = format!(
        "POST /api/shelf HTTP/1.1\r\nhost: 127.0.0.1:{0}\r\norigin: http://127.0.0.1:{0}\r\nx-thidua-token: {1}\r\ncontent-type: \
         application/json\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{{",
        page.port, page.token
    );
    body.write_all(request.as_bytes()).expect("a beginning");
    assert!(answer(&mut head).is_none_or(|answer| answer.status == 408), "half a head");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert_eq!(answer(&mut body).expect("an answer").status, 408, "half a body");
    assert_eq!(page.send(&page.get("/api/shelf")).status, 200, "others are served");
}

#[test]
fn a_hundred_builds_at_once_are_one() {
    let (desk, page) = shelf();
    let build = page.post("/api/dossier/k1/build", &json!({}));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..100).map(|_| scope.spawn(|| page.send(&build).status)).collect();
        sent.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(statuses.iter().all(|status| matches!(status, 200 | 409 | 429)), "{statuses:?}");
    assert!(statuses.contains(&200) && statuses.contains(&409), "{statuses:?}");
    for job in 1..=statuses.iter().filter(|status| **status == 200).count() as u64 {
        if page.send(&page.get(&format!("/api/job/{job}"))).status == 200 {
            assert_eq!(page.wait_for(job)["state"], "done");
        }
    }
    assert!(desk.path("tu/k1/ket-qua/K1/giao-uoc.pdf").exists());
    let hidden = std::fs::read_dir(desk.path("tu/k1")).expect("the dossier").flatten();
    let left: Vec<_> = hidden.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_flood_is_held_back_and_passes() {
    let (_desk, page) = shelf();
    let read = page.get("/api/shelf");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = || (0..150).map(|_| page.send(&read).status).collect::<Vec<u16>>();
        let sent: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        sent.into_iter().flat_map(|one| one.join().expect("answers")).collect()
    });
    assert!(statuses.iter().all(|status| matches!(status, 200 | 429)), "{statuses:?}");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(page.send(&read).status, 200, "and then it goes on");
}
