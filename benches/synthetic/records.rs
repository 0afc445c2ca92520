//! The files of a synthetic book: one function for each kind.
//!
//! Entry: [`Book`].

use super::Shape;
use super::words::{Words, block, terms};

/// Requirements of a control.
const CONTROL: usize = 5;

/// Controls of a category.
const CATEGORY: usize = 20;

/// A shape and a size, which determine every byte.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    pub shape: &'a Shape,
    pub measures: usize,
}

impl Book<'_> {
    fn word_stream(&self, kind: &str, record: usize) -> Words {
        Words::new(self.shape.seed, kind, record)
    }

    pub fn groups(&self) -> String {
        let groups = 0..self.measures.div_ceil(self.shape.group);
        list(groups.map(|number| format!("id: g{number}, title: Group {number}")))
    }

    pub fn threats(&self) -> String {
        let mut words = self.word_stream("threat", 0);
        list((0..self.shape.threats).map(|number| {
            let (group, text) = (number / 5, words.sentence(30));
            format!("id: t{number}, title: Threat {number}, group: Family {group}, text: {text}")
        }))
    }

    pub fn terms(&self) -> String {
        let mut words = self.word_stream("term", 0);
        let terms = terms(self.shape.terms).into_iter();
        list(terms.map(|term| format!("term: {term}, text: {}, auto: true", words.sentence(25))))
    }

    pub fn use_case(&self, number: usize) -> String {
        const MARKS: [&str; 3] = ["record", "square", "speech"];
        const FACTORS: [&str; 3] = ["confidentiality", "integrity", "availability"];
        let mut words = self.word_stream("use case", number);
        let mark = MARKS[number % MARKS.len()];
        let summary = words.sentence(20);
        let boxes = (1..=4).flat_map(|row| (1..=2).map(move |column| (row, column)));
        let boxes = list(boxes.map(|(row, column)| {
            let zone = if row < 3 { "inside" } else { "cloud" };
            format!(
                "id: n{row}{column}, title: Box {row} {column}, zone: {zone}, at: [{column}, {row}]"
            )
        }));
        let flows = list((1..=3).map(|row| {
            let measures = (0..3).map(|i| {
                let measure = (number * 31 + row * 17 + i * 5) % self.measures;
                format!("M-{measure}")
            });
            format!(
                "from: n{row}1, to: n{}2, text: {}, measures: [{}], kind: transfer",
                row + 1,
                words.sentence(14),
                measures.collect::<Vec<_>>().join(", ")
            )
        }));
        let assets = list((1..=4).map(|asset| {
            let text = words.sentence(18);
            format!("id: a{asset}, title: Asset {asset}, node: n{asset}1, text: {text}")
        }));
        let actors = list((1..=3).map(|actor| {
            let text = words.sentence(18);
            format!("id: p{actor}, title: Actor {actor}, text: {text}")
        }));
        let risks = list(FACTORS.iter().map(|factor| {
            let because = words.sentence(20);
            format!("factor: {factor}, impact: high, because: {because}")
        }));
        let threats = list((0..self.shape.threats.min(5)).map(|threat| {
            let because = words.sentence(18);
            format!("threat: t{threat}, because: {because}")
        }));
        format!(
            "id: u{number}\ntitle: Use case {number}\nsummary: {summary}\nmark: {mark}\nmodels: [saas, paas]\n\
             zones:\n- {{ id: inside, title: Organisation, role: controller }}\n- {{ id: cloud, title: Provider, role: processor }}\n\
             nodes:\n{boxes}flows:\n{flows}assets:\n{assets}actors:\n{actors}risks:\n{risks}threats:\n{threats}"
        )
    }

    /// Requirements of a framework: enough that no measure maps to one twice.
    fn requirements(&self) -> usize {
        (self.measures * self.shape.requirements).max(self.shape.mappings)
    }

    pub fn categories(&self) -> usize {
        self.requirements().div_ceil(CONTROL * CATEGORY)
    }

    pub fn category(&self, framework: usize, category: usize) -> String {
        let mut words = self.word_stream(&format!("category of {framework}"), category);
        let summary = words.sentence(16);
        let mut out =
            format!("id: C{category}\ntitle: Category {category}\nsummary: {summary}\nnodes:\n");
        let last = self.requirements().min((category + 1) * CATEGORY * CONTROL);
        for first in (category * CATEGORY * CONTROL..last).step_by(CONTROL) {
            let (control, summary) = (first / CONTROL, words.sentence(12));
            let requirements = list((first..last.min(first + CONTROL)).map(|number| {
                let (id, summary) = (requirement(framework, number), words.sentence(18));
                let level = match (is_law(framework), number % 2) {
                    (true, _) => "",
                    (_, 0) => "level: low, ",
                    _ => "level: high, ",
                };
                format!("id: {id}, {level}label: Requirement {number}, summary: {summary}")
            }));
            let requirements = requirements.replace("- {", "  - {");
            out += &format!(
                "- id: S{framework}-{control}\n  title: Control {control}\n  summary: {summary}\n  nodes:\n{requirements}"
            );
        }
        out
    }

    /// How many practices a measure has.
    fn practices(&self, measure: usize) -> usize {
        let (least, most) = (*self.shape.practices.start(), *self.shape.practices.end());
        least
            + self
                .word_stream("practices", measure)
                .below(most + 1 - least)
    }

    /// The mappings of a measure to a framework. A practice leads to several frameworks; neighbours share requirements.
    pub fn mappings(&self, framework: usize, measure: usize) -> String {
        const RELATIONS: [&str; 3] = ["intersects-with", "superset-of", "subset-of"];
        const PROPERTIES: [&str; 3] = ["example-of", "integral-to", "precedes"];
        let (all, frameworks) = (self.shape.mappings, self.shape.frameworks);
        let own = (framework..all).step_by(frameworks).count();
        let mut words = self.word_stream(&format!("mapping to {framework}"), measure);
        let practices = self.practices(measure);
        let mappings = list((0..own).map(|number| {
            let practice = number % practices + 1;
            let target = (measure * self.shape.requirements + number) % self.requirements();
            let target = requirement(framework, target);
            let relation = if is_law(framework) {
                format!("supports, property: {}", PROPERTIES[number % 3])
            } else {
                RELATIONS[number % 3].to_owned()
            };
            let because = words.sentence(20);
            format!("from: M-{measure}.{practice}, to: {target}, relation: {relation}, because: {because}")
        }));
        format!("measure: M-{measure}\nmappings:\n{mappings}")
    }

    pub fn measure(&self, number: usize) -> String {
        let mut words = self.word_stream("measure", number);
        let shape = self.shape;
        let group = number / shape.group;
        let [summary, customer, provider] = [14, 10, 10].map(|it| words.sentence(it));
        let threats =
            (number..number + shape.threats.min(3)).map(|it| format!("t{}", it % shape.threats));
        let threats = threats.collect::<Vec<_>>().join(", ");
        let weighed = (0..shape.use_cases).map(|case| {
            let relevance = ["important", "essential", "supporting"][(number + case) % 3];
            let because = words.sentence(18);
            format!("  u{case}: {{ relevance: {relevance}, because: {because} }}\n")
        });
        let weighed = weighed.collect::<Vec<_>>().concat();
        let practices = list((1..=self.practices(number)).map(|practice| {
            let by = ["shared", "customer", "provider"][practice % 3];
            let case = practice.checked_rem(shape.use_cases);
            let essential = case.map_or(String::new(), |case| format!("u{case}"));
            let [text, evidence] = [20, 12].map(|it| words.sentence(it));
            format!("id: M-{number}.{practice}, text: {text}, by: {by}, evidence: {evidence}, essential-for: [{essential}]")
        }));
        let related = list((1..=shape.related.min(self.measures - 1)).map(|step| {
            let (other, because) = ((number + step) % self.measures, words.sentence(16));
            format!("measure: M-{other}, because: {because}")
        }));
        let related = Some(related).filter(|it| !it.is_empty());
        let related = related.map_or(String::new(), |it| format!("related:\n{it}"));
        format!(
            "id: M-{number}\ntitle: Measure number {number}\nsummary: {summary}\ngroup: g{group}\nresponsibility: shared\nkind: technical\nphases: [plan, operate]\n\
             duties:\n  saas: {{ customer: {customer}, provider: {provider} }}\nthreats: [{threats}]\nuse-cases:\n{weighed}practices:\n{practices}{related}"
        )
    }

    pub fn guidance(&self, number: usize) -> String {
        let mut words = self.word_stream("guidance", number);
        let paragraphs = (0..10).map(|paragraph| {
            let other = (number * 7 + paragraph * 13) % self.measures;
            let [first, second, third] = [12, 14, 10].map(|it| words.sentence(it));
            format!("{first} More is in [[M-{other}]]. {second} {third}\n\n")
        });
        let paragraphs = paragraphs.collect::<Vec<_>>().concat();
        let block_number = self
            .shape
            .blocks
            .map_or(number, |blocks| number % blocks.max(1));
        let block = block(block_number, self.shape.languages);
        format!(
            "## Why it matters\n\n{paragraphs}## How to do it\n\n| Step | Who | When |\n|---|---|---|\n\
             | First | Customer | Plan |\n| Second | Provider | Operate |\n\n{block}"
        )
    }
}

pub fn framework(number: usize) -> String {
    let levels = if is_law(number) {
        ""
    } else {
        "levels: [low, high]\n"
    };
    format!(
        "id: f{number}\nname: F{number}\ntitle: Synthetic framework {number}\nversion: \"1\"\n{levels}kinds:\n\
         - {{ name: category, plural: categories, page: true }}\n- {{ name: control, page: true }}\n- {{ name: requirement, mappable: true }}\n\
         cite: {{ forms: [\"{{id}}\"] }}\n"
    )
}

pub fn set(framework: usize) -> String {
    let style = if is_law(framework) {
        "supportive"
    } else {
        "set-theory"
    };
    format!(
        "framework: f{framework}\nversion: \"1\"\nstyle: {style}\nrationale: semantic\nmethod: human\n"
    )
}

/// Every other framework is like a law: without levels, and what maps to it supports it.
fn is_law(framework: usize) -> bool {
    framework % 2 == 1
}

fn requirement(framework: usize, number: usize) -> String {
    format!("S{framework}-{}.{}", number / CONTROL, number % CONTROL + 1)
}

/// Entries of a YAML list, one a line.
fn list(entries: impl Iterator<Item = String>) -> String {
    let lines = entries.map(|it| format!("- {{ {it} }}\n"));
    lines.collect::<Vec<_>>().concat()
}
