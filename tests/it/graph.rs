//! The graph of imports in `src`: a file can be read and moved with those below it only if no two need each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::tidy::{files, relative, without_tests};

/// A module's path, from the crate's root.
type Module = Vec<String>;

/// The modules that each module names. A module and those inside it are one room: what they name of each other is not here.
fn graph() -> BTreeMap<Module, BTreeSet<Module>> {
    let texts: BTreeMap<Module, String> = files()
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("src can be read");
            (module_of(&relative(file)), code_of(&text))
        })
        .filter(|(module, _)| !module.is_empty())
        .collect();
    let edges = texts.iter().map(|(module, text)| {
        let named = named(module, text)
            .into_iter()
            .filter_map(|path| nearest(path, |it| texts.contains_key(it)));
        let apart = named.filter(|it| !it.starts_with(module) && !module.starts_with(it));
        (module.clone(), apart.collect())
    });
    edges.collect()
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`; the crate's root and the program have none.
fn module_of(path: &str) -> Module {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    match path {
        "lib" | "main" => Module::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// A file without its tests and its comments.
fn code_of(text: &str) -> String {
    let lines = without_tests(text).lines();
    let code = lines.map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

/// Every path that a text names from `crate`, `super` or `self` on, with the groups of a `use` written out.
fn named(module: &Module, text: &str) -> Vec<Module> {
    let mut out = Vec::new();
    for (uses, (from, statement)) in text
        .split("use ")
        .map(|it| it.split_once(';').unwrap_or(("", it)))
        .enumerate()
    {
        if uses > 0 {
            out.extend(
                written_out(from)
                    .iter()
                    .filter_map(|it| absolute(module, it)),
            );
        }
        let words = statement.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        out.extend(words.filter_map(|it| absolute(module, it)));
    }
    out
}

/// `a::{b, c::{d}}` as `a::b`, `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.trim().to_owned()];
    };
    let group = group.trim_end().trim_end_matches('}');
    let mut depth = 0;
    let branches = group.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    let paths = branches.flat_map(|branch| {
        // The closing brackets of inner groups were cut off with the outer one.
        let (opened, closed) = (branch.matches('{').count(), branch.matches('}').count());
        let missing = opened.saturating_sub(closed);
        written_out(&format!("{branch}{}", "}".repeat(missing)))
    });
    paths.map(|path| format!("{before}{path}")).collect()
}

/// A path from the crate's root; none for one that begins with another name.
fn absolute(module: &Module, path: &str) -> Option<Module> {
    let mut parts = path.split("::").peekable();
    let mut out = match *parts.peek()? {
        "crate" => Module::new(),
        "super" | "self" => module.clone(),
        _ => return None,
    };
    for part in parts {
        match part {
            "crate" | "self" | "" => {}
            "super" => drop(out.pop()),
            part => out.push(part.to_owned()),
        }
    }
    Some(out)
}

/// The innermost module on a path.
fn nearest(mut path: Module, is_module: impl Fn(&Module) -> bool) -> Option<Module> {
    while !path.is_empty() && !is_module(&path) {
        path.pop();
    }
    (!path.is_empty()).then_some(path)
}

/// The modules that a module reaches.
fn reached(graph: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut out = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for to in graph.get(module).into_iter().flatten() {
            if out.insert(to.clone()) {
                next.push(to);
            }
        }
    }
    out
}

#[test]
fn no_two_files_need_each_other() {
    let graph = graph();
    let reached: BTreeMap<_, _> = graph.keys().map(|it| (it, reached(&graph, it))).collect();
    let circles: Vec<String> = graph
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)))
        .filter(|(from, to)| reached.get(to).is_some_and(|it| it.contains(*from)))
        .map(|(from, to)| {
            format!(
                "{} names {}, and reaches itself",
                from.join("::"),
                to.join("::")
            )
        })
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn the_graph_sees_what_a_file_names() {
    let module = module_of("a/b.rs");
    let text =
        code_of("use super::{c, d::{E, f::G as H}};\nlet x = crate::k::l(self::m); // crate::n\n");
    let mut paths: Vec<_> = named(&module, &text)
        .iter()
        .map(|it| it.join("::"))
        .collect();
    paths.sort();
    assert_eq!(paths, ["a::b::m", "a::c", "a::d::E", "a::d::f::G", "k::l"]);
}
