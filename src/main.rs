use controlbook::*;
fn main(){
    let mut s = source::Sources::default();
    fn walk(d: &std::path::Path, s: &mut source::Sources) { for e in std::fs::read_dir(d).unwrap() { let e=e.unwrap().path(); if e.is_dir() { walk(&e,s) } else { s.insert(e.to_str().unwrap().trim_start_matches("./"), std::fs::read(&e).unwrap()); } } }
    walk(std::path::Path::new("content"), &mut s); s.insert("book.toml", std::fs::read("book.toml").unwrap());
    let t = std::time::Instant::now();
    let r = pipeline::read(&s, &mut pipeline::ParseCache::default());
    print!("{}", diagnostic::short::render(&r.diagnostics, &s));
    eprintln!("{} diagnostics, {} measures {} mappings {} nodes {:?}", r.diagnostics.len(), r.catalogue.measures.len(), r.catalogue.mappings.len(), r.catalogue.nodes.len(), t.elapsed());
}
