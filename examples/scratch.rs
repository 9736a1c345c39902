use thidua::{pdf, word};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    if a[1] == "templates" {
        for n in word::compose::names() {
            let p = word::compose::template(n).unwrap();
            std::fs::write(format!("/tmp/pdfm/t/{n}.docx"), p.to_bytes().unwrap()).unwrap();
        }
        return;
    }
    for f in &a[1..] {
        let b = std::fs::read(f).unwrap();
        let p = word::Package::read(&b).unwrap();
        match word::read(&p, f) {
            Ok((d, fs)) => {
                for x in &fs {
                    eprintln!("  {x:?}");
                }
                if std::env::var("DUMP").is_ok() {
                    println!("{d:#?}");
                }
                let t = std::time::Instant::now();
                let o = pdf::render(&d, &pdf::Options::default());
                let out = f.replace(".docx", ".ours.pdf");
                eprintln!("{out} {} bytes {:?} missing {:?}", o.len(), t.elapsed(), pdf::missing_characters(&d));
                std::fs::write(out, o).unwrap();
            }
            Err(e) => eprintln!("{e:?}"),
        }
    }
}
