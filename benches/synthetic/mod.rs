//! Generates a book of any size: measures of about 400 words with ten cross links, a table, a code block and mappings.
//!
//! Entry: [`book`]. Invariant: the same shape and number of measures give the same bytes, on every machine.

mod records;
mod words;

use std::ops::RangeInclusive;

use controlbook::source::Sources;

use records::Book;

/// The properties of a book apart from its size.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Another seed gives other words.
    pub seed: u64,
    /// The least and the most practices of a measure.
    pub practices: RangeInclusive<usize>,
    /// Mappings of a measure, to all frameworks together.
    pub mappings: usize,
    /// Frameworks: every other one has no levels, and supportive mappings, as a law has.
    pub frameworks: usize,
    /// Requirements in each framework for each measure, so that the frameworks grow with the measures.
    pub requirements: usize,
    /// Use cases, each with a picture of its data flow.
    pub use_cases: usize,
    /// Measures in a group.
    pub group: usize,
    /// Neighbours that a measure names with a reason.
    pub related: usize,
    /// Threats in the list of threats.
    pub threats: usize,
    /// Terms in the glossary: rare words of the texts.
    pub terms: usize,
    /// How many different code blocks there are; `None` if all differ. Each measure has one.
    pub blocks: Option<usize>,
    /// Languages of the code blocks, six at most.
    pub languages: usize,
}

impl Shape {
    /// Content such as other generators are measured with: most of it is the guidance.
    #[must_use]
    pub fn peers() -> Self {
        Self {
            seed: 1,
            practices: 5..=5,
            mappings: 5,
            frameworks: 1,
            requirements: 5,
            use_cases: 1,
            group: 32,
            related: 0,
            threats: 8,
            terms: 0,
            blocks: Some(64),
            languages: 4,
        }
    }

    /// Content such as a real catalogue has: 2,500 measures have 75,000 mappings.
    #[must_use]
    pub fn real() -> Self {
        Self {
            practices: 5..=10,
            mappings: 30,
            frameworks: 3,
            requirements: 4,
            use_cases: 4,
            group: 20,
            related: 5,
            threats: 20,
            terms: 100,
            ..Self::peers()
        }
    }

    /// The same with a different code block in each measure.
    #[must_use]
    pub fn distinct(self) -> Self {
        Self {
            blocks: None,
            ..self
        }
    }
}

/// A book of this shape with this many measures, one at least.
#[must_use]
pub fn book(shape: &Shape, measures: usize) -> Sources {
    let book = Book {
        shape,
        measures: measures.max(1),
    };
    let mut sources = Sources::default();
    let mut add = |path: &str, text: String| sources.insert(path, text.into_bytes());
    add("book.toml", "[book]\ntitle = \"Synthetic\"\n".to_owned());
    add("content/index.md", "---\ntitle: Synthetic\nsummary: A book for measuring.\n---\n\n## What it is\n\nA book for measuring.\n".to_owned());
    add("content/measures/groups.yaml", book.groups());
    add("content/threats.yaml", book.threats());
    if shape.terms > 0 {
        add("content/glossary.yaml", book.terms());
    }
    for use_case in 0..shape.use_cases {
        add(
            &format!("content/use-cases/u{use_case}.yaml"),
            book.use_case(use_case),
        );
    }
    for framework in 0..shape.frameworks {
        let folder = format!("content/frameworks/f{framework}");
        add(
            &format!("{folder}/framework.yaml"),
            records::framework(framework),
        );
        for category in 0..book.categories() {
            let text = book.category(framework, category);
            add(&format!("{folder}/C{category}.yaml"), text);
        }
    }
    // With fewer mappings than frameworks, the last frameworks have none.
    for framework in 0..shape.frameworks.min(shape.mappings) {
        let folder = format!("content/mappings/f{framework}");
        add(&format!("{folder}/set.yaml"), records::set(framework));
        for measure in 0..book.measures {
            let text = book.mappings(framework, measure);
            add(&format!("{folder}/M-{measure}.yaml"), text);
        }
    }
    for measure in 0..book.measures {
        let stem = format!("content/measures/M-{measure}");
        add(&format!("{stem}.yaml"), book.measure(measure));
        add(&format!("{stem}.md"), book.guidance(measure));
    }
    sources
}
