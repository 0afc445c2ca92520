//! Writes a synthetic book to a folder, for measuring whole commands and pages in a browser:
//! `cargo bench --bench books -- 1000 /tmp/book`.

mod synthetic;

use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    let (Some(measures), Some(folder)) = (arguments.next(), arguments.next()) else {
        println!("usage: cargo bench --bench books -- MEASURES FOLDER");
        return;
    };
    let measures = measures.parse().expect("a number of measures");
    for (path, bytes) in synthetic::book(measures).iter() {
        let path = Path::new(&folder).join(path.as_ref() as &str);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}
