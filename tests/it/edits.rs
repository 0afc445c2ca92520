//! After any edits, in any order, the preview shows what a cold build of the same files gives.
//!
//! The path is that of `serve`, without the disk: a parse cache that lives on, a snapshot of each state, and the preview
//! from one to the next. `serve/soak.rs` and `serve/checkouts.rs` do the like with a process and a folder.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use controlbook::diagnostic::{Severity, short};
use controlbook::output::Outputs;
use controlbook::pipeline::{self, Drafts, Options, ParseCache, build};
use controlbook::preview::{Preview, Session};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

use crate::book::Book;

/// Lines that are added to a text.
const LINES: [&str; 12] = [
    "Some words.",
    "## A heading",
    "## How to add a measure",
    "See [[ACME-01]], [[ACME-02.1]] and [[example:A-01.1]].",
    "See [[guide/about]], [a page](about.md) and [a plan](plan.md#steps).",
    "It answers EXB A-01.2, a back-up and ransomware.",
    "[[site:glossary]] and [[site:guide/plan]]",
    "- [an item](goal.md)",
    "| a | b |\n|---|---|\n| c | d |",
    "> [!NOTE]\n> A note.[^1]\n\n[^1]: A footnote.",
    "![A picture](picture.svg)",
    "<b>no mark-up</b>",
];

/// Names that files and folders get.
const NAMES: [&str; 8] = [
    "about", "plan", "picture", "ACME-01", "ACME-02", "example", "other", "A",
];

/// Lines of `book.toml` that are changed: the beginning of the line, and what comes in its place.
const SETTINGS: [(&str, &str); 10] = [
    ("title = ", "title = \"Another title\""),
    ("language = ", "language = \"de\""),
    ("version = ", "version = \"0.2\"\ndate = \"2026-11-22\""),
    ("# site-url = ", "site-url = \"https://example.org/a/\""),
    (
        "# [theme]",
        "[theme]\naccent = \"#8a2252\"\nhide = [\"matrix\"]",
    ),
    ("# [theme]", "[theme]\naccent = \"red\""),
    ("[markdown]", "[markdown]\nraw-html = true"),
    ("instruments = ", "instruments = [\"EXB\"]"),
    ("# missing-mapping = ", "missing-mapping = \"error\""),
    ("measures = 1", "measures = 2"),
];

/// Files of a theme. The broken ones break every page of their kind.
const THEME: [(&str, &str); 8] = [
    ("theme/css/more.css", "body { color: var(--ink) }\n"),
    ("theme/css/more.css", "main { color: var(--ink) }\n"),
    ("theme/js/more.js", "\"use strict\";\n"),
    (
        "theme/templates/measure.html",
        "{% extends \"layout.html\" %}{% block body %}<{{ frame.h1 }} id=\"{{ frame.prefix }}top\">{{ id }}</{{ frame.h1 }}>{% endblock body %}",
    ),
    (
        "theme/templates/measure.html",
        "{% extends \"layout.html\" %}{% block body %}<p>{{ id }}</p>{% endblock body %}",
    ),
    (
        "theme/templates/guide.html",
        "{% extends \"layout.html\" %}{% block body %}{{ nonsense }}{% endblock body %}",
    ),
    ("theme/templates/measure.html", "{% if %}"),
    (
        "theme/icons/lv-1.svg",
        "<symbol id=\"lv-1\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></symbol>\n",
    ),
];

const PLAN: &str = "---\ntitle: Plan\nsummary: A plan.\n---\n\n## Steps\n\nWords.\n";
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n";

/// One thing that an author, or a program of theirs, does.
#[derive(Debug, Clone)]
enum Edit {
    /// Adds a line at the end of a file.
    Append(Index, &'static str),
    /// Adds a word to a line of a file, behind its last letter.
    Reword(Index, Index, &'static str),
    /// Gives a file another name in its folder.
    Rename(Index, &'static str),
    /// Gives a folder another name.
    RenameFolder(Index, &'static str),
    /// Takes a file away.
    Delete(Index),
    /// Brings a file back that some state had.
    Restore(Index),
    /// Exchanges what stands in two files.
    Swap(Index, Index),
    /// Copies a file under another name in its folder, as other programs do when they save.
    Copy(Index, &'static str),
    /// Makes a page or a measure a draft, or no longer one.
    Draft(Index),
    /// Adds a page that is a draft.
    AddDraft,
    /// Cuts a file off in the middle, or puts a bracket before it.
    Break(Index, bool),
    /// Puts right all that was broken since the last state without errors.
    Mend,
    /// Changes a line of `book.toml`, or puts it back.
    Settings((&'static str, &'static str)),
    /// Lays a file over the theme.
    Theme((&'static str, &'static str)),
    /// Takes the theme away.
    NoTheme,
    /// Goes to another state as `git checkout` does, with the dates of its files.
    Checkout(Index),
    /// Keeps the state under which one may be gone back to.
    Commit,
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), select(&LINES[..])).prop_map(|(file, it)| Edit::Append(file, it)),
        3 => (index(), index(), select(&["now", "ACME-01", "back-up"][..]))
            .prop_map(|(file, line, it)| Edit::Reword(file, line, it)),
        2 => (index(), select(&NAMES[..])).prop_map(|(file, it)| Edit::Rename(file, it)),
        1 => (index(), select(&NAMES[..])).prop_map(|(folder, it)| Edit::RenameFolder(folder, it)),
        1 => index().prop_map(Edit::Delete),
        2 => index().prop_map(Edit::Restore),
        1 => (index(), index()).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => (index(), select(&NAMES[..])).prop_map(|(file, it)| Edit::Copy(file, it)),
        1 => index().prop_map(Edit::Draft),
        1 => Just(Edit::AddDraft),
        1 => (index(), any::<bool>()).prop_map(|(file, cut)| Edit::Break(file, cut)),
        5 => Just(Edit::Mend),
        2 => select(&SETTINGS[..]).prop_map(Edit::Settings),
        2 => select(&THEME[..]).prop_map(Edit::Theme),
        1 => Just(Edit::NoTheme),
        7 => index().prop_map(Edit::Checkout),
        1 => Just(Edit::Commit),
    ]
}

/// A book as its author has it, and the states that were committed.
struct Author {
    book: Book,
    options: Options,
    commits: Vec<(Book, Options)>,
    /// The last state without errors.
    sound: Book,
}

impl Author {
    fn new() -> Self {
        let options = |date: &str| Options {
            drafts: Drafts::Shown,
            changed: Book::starter()
                .paths()
                .into_iter()
                .map(|it| (it, date.to_owned()))
                .collect(),
        };
        let book = Book::starter();
        let measure = book.text("content/measures/ACME-01.yaml").to_owned();
        let mappings = book
            .text("content/mappings/example/ACME-01.yaml")
            .to_owned();
        let about = book.text("content/guide/about.md");
        let about = format!("{about}\n![A picture](picture.svg) of [the plan](plan.md).\n");
        let larger = book.clone().with_all(&[
            (
                "content/measures/ACME-02.yaml",
                &measure.replace("ACME-01", "ACME-02"),
            ),
            (
                "content/measures/ACME-02.md",
                "## How\n\nAs [[ACME-01]] does.\n",
            ),
            (
                "content/mappings/example/ACME-02.yaml",
                &mappings.replace("ACME-01", "ACME-02"),
            ),
            ("content/guide/about.md", &about),
            ("content/guide/plan.md", PLAN),
            ("content/guide/picture.svg", PICTURE),
        ]);
        // A measure under another id, and states that differ from it by a file alone, to which another leads.
        let moved = larger.clone().with_all(&[
            ("content/measures/ACME-02.yaml", ""),
            ("content/measures/ACME-02.md", ""),
            ("content/mappings/example/ACME-02.yaml", ""),
            (
                "content/measures/ACME-03.yaml",
                &measure.replace("ACME-01", "ACME-03"),
            ),
            (
                "content/measures/ACME-03.md",
                "## How\n\nAs [[ACME-01]] does.\n",
            ),
            (
                "content/mappings/example/ACME-03.yaml",
                &mappings.replace("ACME-01", "ACME-03"),
            ),
        ]);
        let without = larger.clone().with("content/guide/picture.svg", "");
        let renamed = larger
            .clone()
            .with("content/guide/plan.md", "")
            .with("content/guide/goal.md", PLAN);
        let states = [book, larger.clone(), moved, without, renamed];
        let dates = ["2026-01-01", "2026-02-02", "2026-03-03"].iter().cycle();
        Self {
            book: larger.clone(),
            options: options("2026-01-01"),
            commits: states
                .into_iter()
                .zip(dates.map(|it| options(it)))
                .collect(),
            sound: larger,
        }
    }

    fn path(&self, of: Index) -> String {
        let paths = self.book.paths();
        paths[of.index(paths.len())].clone()
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        self.book
            .sources
            .bytes(path)
            .map_or_else(Vec::new, |it| it.to_vec())
    }

    fn put(&mut self, path: &str, bytes: &[u8]) {
        // An empty file is a file; to take one away is said.
        let bytes = if bytes.is_empty() { b"\n" } else { bytes };
        self.book = self.book.clone().with_bytes(path, bytes);
    }

    fn take(&mut self, path: &str) {
        // Without it there is no book, as `serve/trouble.rs` tests.
        if path != "book.toml" {
            self.book = self.book.clone().with(path, "");
        }
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.bytes(path)).into_owned()
    }

    fn make(&mut self, edit: &Edit) {
        match edit {
            Edit::Append(file, line) => {
                let path = self.path(*file);
                let text = self.text(&path) + "\n" + line + "\n";
                self.put(&path, text.as_bytes());
            }
            Edit::Reword(file, line, word) => {
                let path = self.path(*file);
                let text = self.text(&path);
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                if !lines.is_empty() {
                    let line = &mut lines[line.index(text.lines().count())];
                    let end = line.rfind(char::is_alphanumeric).map_or(0, |at| {
                        at + line[at..].chars().next().map_or(0, char::len_utf8)
                    });
                    line.insert_str(end, &format!(" {word}"));
                    self.put(&path, (lines.join("\n") + "\n").as_bytes());
                }
            }
            Edit::Rename(file, name) => {
                let path = self.path(*file);
                let bytes = self.bytes(&path);
                self.take(&path);
                self.put(&beside(&path, name), &bytes);
            }
            Edit::RenameFolder(folder, name) => self.rename_folder(*folder, name),
            Edit::Delete(file) => self.take(&self.path(*file)),
            Edit::Restore(file) => self.restore(*file),
            Edit::Swap(one, other) => {
                let (one, other) = (self.path(*one), self.path(*other));
                let (of_one, of_other) = (self.bytes(&one), self.bytes(&other));
                self.put(&one, &of_other);
                self.put(&other, &of_one);
            }
            Edit::Copy(file, name) => {
                let path = self.path(*file);
                self.put(&beside(&path, name), &self.bytes(&path));
            }
            Edit::Draft(file) => self.turn_draft(*file),
            Edit::AddDraft => self.put(
                "content/guide/draft.md",
                b"---\ntitle: Draft\nsummary: \"\xe2\x80\xa6 still to come\"\ndraft: true\n---\n\nSee [[ACME-01]].\n",
            ),
            Edit::Break(file, cut) => {
                let path = self.path(*file);
                let mut bytes = self.bytes(&path);
                if *cut {
                    bytes.truncate(bytes.len() / 2);
                } else {
                    bytes.splice(0..0, *b"[\n");
                }
                self.put(&path, &bytes);
            }
            Edit::Mend => self.book = self.sound.clone(),
            Edit::Settings((start, to)) => {
                let text = self.text("book.toml");
                let is_set = text.contains(to);
                let starter = Book::starter();
                let line = |it: &str| it.lines().find(|it| it.starts_with(start)).map(str::to_owned);
                let old = if is_set { Some((*to).to_owned()) } else { line(&text) };
                let new = if is_set { line(starter.text("book.toml")) } else { Some((*to).to_owned()) };
                if let (Some(old), Some(new)) = (old, new) {
                    self.put("book.toml", text.replacen(&old, &new, 1).as_bytes());
                }
            }
            Edit::Theme((path, text)) => self.put(path, text.as_bytes()),
            Edit::NoTheme => {
                self.book.sources.remove("theme");
                for path in self.book.paths() {
                    if path.starts_with("theme/") {
                        self.take(&path);
                    }
                }
            }
            Edit::Checkout(at) => {
                (self.book, self.options) = self.commits[at.index(self.commits.len())].clone();
            }
            Edit::Commit => self.commits.push((self.book.clone(), self.options.clone())),
        }
    }

    fn rename_folder(&mut self, folder: Index, name: &str) {
        let paths = self.book.paths();
        let folders: BTreeSet<_> = paths
            .iter()
            .filter_map(|it| it.rsplit_once('/').map(|it| it.0.to_owned()))
            .filter(|it| it.contains('/'))
            .collect();
        let folders: Vec<_> = folders.into_iter().collect();
        if folders.is_empty() {
            return;
        }
        let from = &folders[folder.index(folders.len())];
        let to = from.rsplit_once('/').map_or("", |it| it.0);
        let to = format!("{to}/{name}");
        for path in paths {
            if let Some(rest) = path.strip_prefix(&format!("{from}/")) {
                let bytes = self.bytes(&path);
                self.take(&path);
                self.put(&format!("{to}/{rest}"), &bytes);
            }
        }
    }

    /// A file that is missing, as it once was; where none is missing, any file.
    fn restore(&mut self, file: Index) {
        let known: BTreeMap<_, _> = self
            .commits
            .iter()
            .flat_map(|(book, _)| book.sources.iter())
            .map(|(path, bytes)| (path.to_string(), bytes.to_vec()))
            .collect();
        let is_missing = |path: &String| self.book.sources.bytes(path).is_none();
        let missing: Vec<_> = known.keys().filter(|it| is_missing(it)).collect();
        let all: Vec<_> = known.keys().collect();
        let of = if missing.is_empty() { &all } else { &missing };
        let path = of[file.index(of.len())].clone();
        self.put(&path, &known[&path]);
    }

    fn turn_draft(&mut self, file: Index) {
        let path = self.path(file);
        let text = self.text(&path);
        let turned = if text.contains("draft: true\n") {
            text.replace("draft: true\n", "")
        } else if path.ends_with(".md") {
            text.replacen("---\n", "---\ndraft: true\n", 1)
        } else {
            text + "draft: true\n"
        };
        self.put(&path, turned.as_bytes());
    }
}

/// A path with another name before its ending.
fn beside(path: &str, name: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = file.rsplit_once('.').map_or("", |it| it.1);
    format!("{folder}/{name}.{ending}")
        .trim_start_matches('/')
        .to_owned()
}

/// A page as it was built: without what the preview adds.
fn without_tags(page: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(page).expect("a page is text");
    let start = text.find("<link rel=\"stylesheet\" href=\"/__preview/");
    let start = start.expect("the preview adds its tags");
    let end = start + text[start..].find("</script>").expect("a script") + "</script>".len();
    [&text.as_bytes()[..start], &text.as_bytes()[end..]].concat()
}

/// What the preview of a book is compared with, from burst to burst.
struct Watched {
    author: Author,
    cache: ParseCache,
    preview: Preview,
    /// The files of the last cold build without errors.
    good: Outputs,
    /// Every path that any state had.
    seen: BTreeSet<String>,
}

/// How often there were new pages, and how often the last good ones stayed.
#[derive(Debug, Default)]
struct Tally {
    fresh: Cell<usize>,
    held: Cell<usize>,
    codes: RefCell<BTreeSet<&'static str>>,
}

impl Watched {
    fn new() -> Self {
        let mut watched = Self {
            author: Author::new(),
            cache: ParseCache::default(),
            preview: Preview::new(Session::default()),
            good: Outputs::default(),
            seen: BTreeSet::new(),
        };
        let tally = Tally::default();
        watched.compare(&tally).expect("the starter is sound");
        watched
    }

    /// Takes the book in as `serve` does, and compares what is shown and what is said.
    fn compare(&mut self, tally: &Tally) -> Result<(), TestCaseError> {
        let (sources, options) = (&self.author.book.sources, &self.author.options);
        let warm = pipeline::load(sources, options, &mut self.cache);
        self.preview = self.preview.next(Ok(warm));
        let found = self.preview.diagnostics();
        let failed = found.iter().any(|it| it.severity == Severity::Error);
        prop_assert_eq!(self.preview.is_held(), failed);
        let codes = found.iter().map(|it| it.rule.code);
        tally.codes.borrow_mut().extend(codes);
        if failed {
            // A build says of each page what the preview says of each template.
            let cold = pipeline::load(sources, options, &mut ParseCache::default());
            let cold = Preview::new(Session::default()).next(Ok(cold));
            let (warm, cold) = (found, cold.diagnostics());
            prop_assert_eq!(short::render(warm, sources), short::render(cold, sources));
            prop_assert_eq!(warm, cold);
            tally.held.set(tally.held.get() + 1);
            // What is shown is the very snapshot whose pages were compared before.
            let some: Vec<_> = self.seen.iter().step_by(9).collect();
            return some
                .into_iter()
                .try_for_each(|path| self.compare_file(path));
        }
        let built = build(sources, options, &mut ParseCache::default());
        let cold = &built.book.diagnostics[..];
        prop_assert_eq!(short::render(found, sources), short::render(cold, sources));
        prop_assert_eq!(found, cold);
        tally.fresh.set(tally.fresh.get() + 1);
        self.good = built.outputs;
        self.seen.extend(self.good.iter().map(|it| it.0.to_owned()));
        self.author.sound = self.author.book.clone();
        self.seen
            .iter()
            .try_for_each(|path| self.compare_file(path))
    }

    fn compare_file(&self, path: &str) -> Result<(), TestCaseError> {
        let reply = self.preview.reply(1, path, "");
        let Some(bytes) = self.good.get(path) else {
            prop_assert_eq!(reply.status, 404, "{} is gone", path);
            return Ok(());
        };
        prop_assert_eq!(reply.status, 200, "{}", path);
        let same = if path.ends_with(".html") {
            without_tags(&reply.bytes) == bytes
        } else {
            *reply.bytes == *bytes
        };
        prop_assert!(same, "{} is shown as another than it is built", path);
        Ok(())
    }
}

#[test]
fn after_any_burst_of_edits_the_preview_is_a_cold_build() {
    let config = ProptestConfig {
        cases: if std::env::var_os("FULL").is_some() {
            400
        } else {
            24
        },
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    };
    let bursts = proptest::collection::vec(proptest::collection::vec(edit(), 1..4), 1..9);
    let tally = Tally::default();
    let tried = TestRunner::new(config).run(&bursts, |bursts| {
        let mut watched = Watched::new();
        for burst in &bursts {
            for edit in burst {
                watched.author.make(edit);
            }
            watched.compare(&tally)?;
        }
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
    // A test of broken books alone, or of sound ones alone, would prove nothing.
    let (fresh, held) = (tally.fresh.get(), tally.held.get());
    eprintln!(
        "{fresh} states shown, {held} held; {:?}",
        tally.codes.borrow()
    );
    assert!(
        fresh >= 20 && held >= 20,
        "{fresh} states shown, {held} held"
    );
    assert!(tally.codes.borrow().len() >= 10, "{tally:?}");
}
