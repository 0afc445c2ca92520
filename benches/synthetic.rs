//! A book of any size: measures of about 400 words with ten cross links, a table, a code block and five mappings each.

use std::fmt::Write;

use controlbook::source::Sources;

/// Requirements under each control of the synthetic framework.
const REQUIREMENTS: usize = 5;

/// How many different words the texts are made of, a few of them frequent and most of them rare.
const WORDS: u64 = 6_000;

/// Words by a fixed rule, so that every run and every machine has the same.
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A word of two to four syllables; the smaller its number, the more frequent it is.
    fn word(&mut self) -> String {
        const SCALE: u64 = 1 << 20;
        let at = self.next() % SCALE;
        let mut at = at * at / SCALE * at / SCALE * WORDS / SCALE;
        let mut out = String::new();
        for _ in 0..2 + at % 3 {
            out.push(char::from(b"bdfgklmnprstvz"[(at % 14) as usize]));
            at = at / 3 + 5;
            out.push(char::from(b"aeiou"[(at % 5) as usize]));
            at = at * 7 + 11;
        }
        out
    }

    /// A sentence of this many words.
    fn sentence(&mut self, words: usize) -> String {
        let words: Vec<_> = (0..words).map(|_| self.word()).collect();
        let mut out = words.join(" ");
        out.replace_range(..1, &out[..1].to_uppercase());
        out.push('.');
        out
    }
}

/// A book with this many measures.
#[must_use]
pub fn book(measures: usize) -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add("book.toml", "[book]\ntitle = \"Synthetic\"\n".to_owned());
    add("content/index.md", "---\ntitle: Synthetic\nsummary: A book for measuring.\n---\n\n## What it is\n\nA book for measuring.\n".to_owned());
    add(
        "content/measures/groups.yaml",
        "- { id: all, title: All }\n".to_owned(),
    );
    add(
        "content/threats.yaml",
        "- { id: fault, title: Fault, group: System failure, text: Something breaks. }\n"
            .to_owned(),
    );
    add(
        "content/use-cases/shop.yaml",
        "id: shop\ntitle: Shop\nsummary: A shop.\nmark: square\n".to_owned(),
    );
    add(
        "content/frameworks/syn/framework.yaml",
        "id: syn\nname: SYN\ntitle: Synthetic framework\nversion: \"1\"\nlevels: [low, high]\nkinds:\n  - { name: category, plural: categories, page: true }\n  - { name: control, page: true }\n  - { name: requirement, mappable: true }\ncite: { forms: [\"{id}\"] }\n".to_owned(),
    );
    add(
        "content/mappings/syn/set.yaml",
        "framework: syn\nversion: \"1\"\nstyle: set-theory\nrationale: semantic\nmethod: human\n"
            .to_owned(),
    );
    for (category, controls) in (0..measures.max(1))
        .collect::<Vec<_>>()
        .chunks(20)
        .enumerate()
    {
        add(
            &format!("content/frameworks/syn/C{category}.yaml"),
            tree(category, controls),
        );
    }
    for at in 0..measures {
        add(&format!("content/measures/M-{at}.yaml"), measure(at));
        add(
            &format!("content/measures/M-{at}.md"),
            guidance(at, measures),
        );
        add(&format!("content/mappings/syn/M-{at}.yaml"), mappings(at));
    }
    sources
}

fn tree(category: usize, controls: &[usize]) -> String {
    let mut out = format!(
        "id: C{category}\ntitle: Category {category}\nsummary: What category {category} is about.\nnodes:\n"
    );
    for control in controls {
        write!(out, "  - id: S-{control}\n    title: Control {control}\n    summary: What control {control} asks.\n    nodes:\n").expect("a string takes all");
        for requirement in 1..=REQUIREMENTS {
            let level = if requirement % 2 == 0 { "high" } else { "low" };
            writeln!(out, "      - {{ id: S-{control}.{requirement}, level: {level}, label: Requirement {requirement}, summary: The provider does the thing numbered {requirement} for control {control}. }}").expect("a string takes all");
        }
    }
    out
}

fn measure(at: usize) -> String {
    let mut out = format!(
        "id: M-{at}\ntitle: Measure number {at}\nsummary: What measure {at} is for, in one sentence.\ngroup: all\nresponsibility: shared\nkind: technical\nphases: [plan, operate]\nduties:\n  saas: {{ customer: States what it needs., provider: Does what was stated. }}\nthreats: [fault]\nuse-cases:\n  shop: {{ relevance: important, because: A shop needs measure {at} to keep trading. }}\npractices:\n"
    );
    let mut words = Words(at as u64 + 1_000_000);
    for practice in 1..=5 {
        let text = words.sentence(16);
        write!(out, "  - id: M-{at}.{practice}\n    text: {text}\n    by: shared\n    evidence: The record of practice {practice}.\n    essential-for: [shop]\n").expect("a string takes all");
    }
    out
}

fn guidance(at: usize, measures: usize) -> String {
    let mut out = String::from("## Why it matters\n\n");
    let mut words = Words(at as u64);
    for paragraph in 0..10 {
        let other = (at * 7 + paragraph * 13) % measures;
        write!(
            out,
            "{} More is in [[M-{other}]]. {} {}\n\n",
            words.sentence(12),
            words.sentence(14),
            words.sentence(10)
        )
        .expect("a string takes all");
    }
    out.push_str("## How to do it\n\n| Step | Who | When |\n|---|---|---|\n| First | Customer | Plan |\n| Second | Provider | Operate |\n\n");
    writeln!(
        out,
        "```yaml\n# the setting of measure {at}\nmeasure:\n  id: M-{at}\n  enabled: true\n```"
    )
    .expect("a string takes all");
    out
}

fn mappings(at: usize) -> String {
    let mut out = format!("measure: M-{at}\nmappings:\n");
    for practice in 1..=REQUIREMENTS {
        writeln!(out, "  - {{ from: M-{at}.{practice}, to: S-{at}.{practice}, relation: intersects-with, because: Both ask for the thing numbered {practice}; the rest of measure {at} is wider. }}").expect("a string takes all");
    }
    out
}
