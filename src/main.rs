use controlbook::*;
fn main(){
    let mut s = source::Sources::default();
    fn walk(d: &std::path::Path, s: &mut source::Sources) { for e in std::fs::read_dir(d).unwrap() { let e=e.unwrap().path(); if e.is_dir() { walk(&e,s) } else { s.insert(e.to_str().unwrap().trim_start_matches("./"), std::fs::read(&e).unwrap()); } } }
    walk(std::path::Path::new("content"), &mut s);walk(std::path::Path::new("theme"), &mut s); s.insert("book.toml", std::fs::read("book.toml").unwrap());
    let t = std::time::Instant::now();
    let r = pipeline::build(&s, &Default::default(), &mut pipeline::ParseCache::default());
    print!("{}", diagnostic::human::render(&r.read.diagnostics, &s, false));
    eprintln!("{} diagnostics, {} pages {} files {:?}", r.read.diagnostics.len(), r.pages, r.outputs.len(), t.elapsed());
    if std::env::args().nth(1).as_deref() == Some("check") { return; }
    let _ = std::fs::remove_dir_all("public");
    for (p, b) in r.outputs.iter() { let f = std::path::Path::new("public").join(p); std::fs::create_dir_all(f.parent().unwrap()).unwrap(); std::fs::write(f, b).unwrap(); }
}
