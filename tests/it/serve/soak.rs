//! Random edits at random times: the state served last always equals a cold build.

use std::fs;
use std::thread;
use std::time::Duration;

use controlbook::host::read::read;
use controlbook::pipeline::{Options, ParseCache, build};

use super::{Served, book, without_tags};

/// The number of edits, and of edits between two comparisons.
const EDITS: usize = 200;
const ALL_EDITS: usize = 2_000;

/// A pseudo-random number generator with a fixed seed (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % end
    }
}

fn measure(id: usize, words: &str) -> String {
    format!(
        "id: ACME-{id:02}\ntitle: Measure {id} {words}\nsummary: Made for the test.\ngroup: recover\n\
         responsibility: provider\nkind: technical\nphases: [operate]\npractices:\n  - id: ACME-{id:02}.1\n    \
         text: Something is done {words}.\n    by: provider\n    evidence: A log.\nuse-cases:\n  \
         web-shop: {{ relevance: essential, because: It is. }}\n"
    )
}

/// Edits a random file, saved in a random way.
fn edit(served: &Served, random: &mut Random, number: usize) {
    let id = 2 + random.below(4);
    let yaml = format!("content/measures/ACME-{id:02}.yaml");
    let prose = format!("content/measures/ACME-{id:02}.md");
    let words = format!("in round {number}");
    match random.below(12) {
        0..=2 => served.write(
            &prose,
            &format!("## How {words}\n\nSee [[ACME-01]] and [[ACME-01.1]].\n"),
        ),
        3 | 4 => {
            let temporary = served.path("content/measures/.new");
            fs::write(&temporary, measure(id, &words)).expect("its own file");
            fs::rename(&temporary, served.path(&yaml)).expect("its own file");
        }
        // A mistake, which the next edit of the file may mend.
        5 => served.write(&yaml, &measure(id, &words).replace("provider", "nobody")),
        6 => served.write(&yaml, "id: [\n"),
        7 => {
            fs::remove_file(served.path(&yaml)).ok();
            fs::remove_file(served.path(&prose)).ok();
        }
        8 => served.write(
            &format!("theme/css/x{}.css", random.below(3)),
            &format!("/* {words} */\n"),
        ),
        9 => {
            let folder = served.path("content/guide/more");
            if folder.exists() {
                fs::remove_dir_all(folder).expect("its own folder");
            } else {
                served.write(
                    "content/guide/more/page.md",
                    &format!("---\ntitle: More\nsummary: {words}.\n---\n\nWords.\n"),
                );
            }
        }
        10 => {
            let title = format!("title = \"Book {words}\"");
            let text = served.text("book.toml");
            let old = text
                .lines()
                .find(|it| it.starts_with("title = "))
                .expect("a title")
                .to_owned();
            served.write("book.toml", &text.replace(&old, &title));
        }
        _ => {
            let (a, b) = (
                served.path("content/guide/about.md"),
                served.path("content/guide/other.md"),
            );
            let (from, to) = if a.exists() { (a, b) } else { (b, a) };
            fs::rename(from, to).expect("its own file");
        }
    }
}

/// Restores every file, so that there is a state without errors.
fn mend(served: &Served, number: usize) {
    for id in 2..=5 {
        served.write(
            &format!("content/measures/ACME-{id:02}.yaml"),
            &measure(id, &format!("mended {number}")),
        );
        served.write(
            &format!("content/measures/ACME-{id:02}.md"),
            "## How\n\nIt is done.\n",
        );
    }
}

/// Compares every page and file with a cold build of the files on disk.
fn compare(served: &Served, number: usize) {
    let folders = ["content", "theme"];
    let sources = read(&served.root, &folders, &["book.toml"]).expect("the book can be read");
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    let (errors, warnings) = built.book.diagnostics.iter().fold((0, 0), |(e, w), it| {
        if it.severity.word() == "error" {
            (e + 1, w)
        } else {
            (e, w + 1)
        }
    });
    served.wait(
        &format!("{errors} errors and {warnings} warnings after {number}"),
        |it| {
            let state = it.state("");
            (state["errors"] == errors && state["warnings"] == warnings).then_some(())
        },
    );
    if errors > 0 {
        return;
    }
    // The last event may still be on its way: the pages say when it is there.
    let differing = |it: &Served| {
        built.outputs.iter().find_map(|(path, bytes)| {
            let answer = it.get(path);
            let same = answer.status == 200
                && if path.ends_with(".html") {
                    without_tags(&answer.body) == bytes
                } else {
                    answer.body == bytes
                };
            (!same).then(|| path.to_owned())
        })
    };
    served.wait(
        &format!("the state after {number}, not {:?}", differing(served)),
        |it| differing(it).is_none().then_some(()),
    );
}

#[test]
fn after_random_edits_the_last_state_is_that_of_a_cold_build() {
    let edits = if std::env::var_os("FULL").is_some() {
        ALL_EDITS
    } else {
        EDITS
    };
    let served = Served::start(book(), |_| {});
    mend(&served, 0);
    compare(&served, 0);
    let mut random = Random(0x5EED_0000_0000_0005);
    let mut settled = 0;
    for number in 1..=edits {
        edit(&served, &mut random, number);
        thread::sleep(Duration::from_millis(random.below(60) as u64));
        if number % 20 == 0 {
            mend(&served, number);
            compare(&served, number);
        } else if number % 5 == 0 {
            compare(&served, number);
        }
        // By then the memory is what the work needs.
        if number == edits / 2 {
            settled = served.memory();
        }
    }
    let grown = served.memory().saturating_sub(settled);
    assert!(
        grown < 40_000,
        "{grown} kB more in the second half of {edits} edits"
    );
}
