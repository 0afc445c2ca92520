//! Prose: its links proven, its citations found, its faults reported.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::rules::{
    ambiguous_citation, unknown_anchor, unknown_page, unresolved_citation, unresolved_link,
};
use super::super::{Cited, FrameworkIx, MeasureIx, Prose, Target, TermUse, Thing};
use super::Found;
use super::index::{Index, folder_of};
use crate::markdown::citations::Citation;
use crate::markdown::rules::{
    empty_section, missing_alt, not_inline, raw_html, second_title, unsafe_url,
};
use crate::markdown::{Dest, Document, FaultKind, Link, Run, slug};
use crate::schema::{Body, RESERVED_ANCHORS, Record, Text};
use crate::source::{Place, SourcePath, Span};

/// Where a text stands and what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// The framework whose bare citations are certain in it.
    pub cites: Option<FrameworkIx>,
}

impl<'a> Home<'a> {
    pub(super) fn of(path: &'a SourcePath) -> Self {
        Self { path, cites: None }
    }

    pub(super) fn citing(path: &'a SourcePath, framework: FrameworkIx) -> Self {
        Self {
            path,
            cites: Some(framework),
        }
    }
}

impl Index<'_> {
    /// The prose of a text in YAML.
    pub(super) fn text(&self, text: &Text, home: Home<'_>, found: &mut Found) -> Prose {
        let source = self.sources.text(home.path).unwrap_or_default();
        let scalar = source
            .get(text.span.start..text.span.end)
            .unwrap_or_default();
        let words: &str = &text.document.text;
        // A plain scalar holds its text as it is; in a quoted one, the offset is known unless something is escaped.
        let whole = scalar.find(words).filter(|_| !words.is_empty());
        let locate = |range: &Range<usize>| {
            let inside = whole
                .map(|offset| offset + range.start)
                .or_else(|| scalar.find(words.get(range.clone())?));
            match inside {
                Some(at) => Span::new(text.span.start + at, text.span.start + at + range.len()),
                None => text.span,
            }
        };
        self.resolve(&text.document, home, &locate, found)
    }

    /// The prose of a Markdown file.
    pub(super) fn body(&self, body: &Body, home: Home<'_>, found: &mut Found) -> Prose {
        let locate =
            |range: &Range<usize>| Span::new(body.offset + range.start, body.offset + range.end);
        self.resolve(&body.document, home, &locate, found)
    }

    fn resolve(
        &self,
        document: &Arc<Document>,
        home: Home<'_>,
        locate: &dyn Fn(&Range<usize>) -> Span,
        found: &mut Found,
    ) -> Prose {
        let place = |range: &Range<usize>| Place {
            path: home.path.clone(),
            span: locate(range),
        };
        self.faults(document, &place, found);
        let link = |link: &Link| self.link(link, document, home, &place(&link.range), found);
        let targets = document.links.iter().map(link).collect();
        let mut prose = Prose {
            document: document.clone(),
            targets,
            cited: Vec::new(),
            terms: Vec::new(),
        };
        for run in &document.runs {
            for citation in
                self.grammar
                    .scan(&run.before, &run.text, home.cites.map(|it| it.at() + 1))
            {
                let at = place(&within(run, &citation.range));
                if let Some(thing) = self.citation(&citation, &run.text, &at, found) {
                    prose.cited.push(Cited {
                        event: run.event,
                        range: citation.range,
                        thing,
                    });
                }
            }
            self.terms_in(run, &mut prose);
        }
        prose
    }

    fn faults(
        &self,
        document: &Document,
        place: &dyn Fn(&Range<usize>) -> Place,
        found: &mut Found,
    ) {
        for fault in &document.faults {
            let at = place(&fault.range);
            match &fault.kind {
                FaultKind::RawHtml if self.settings.raw_html => {}
                FaultKind::RawHtml => found.push(raw_html::at(&at)),
                FaultKind::UnsafeUrl(scheme) => found.push(unsafe_url::at(&at, scheme)),
                FaultKind::SecondTitle => found.push(second_title::at(&at)),
                FaultKind::EmptySection(title) => found.push(empty_section::at(&at, title)),
                FaultKind::MissingAlt => found.push(missing_alt::at(&at)),
                FaultKind::NotInline(what) => found.push(not_inline::at(&at, what)),
            }
        }
    }

    fn link(
        &self,
        link: &Link,
        document: &Document,
        home: Home<'_>,
        at: &Place,
        found: &mut Found,
    ) -> Option<Target> {
        match &link.dest {
            Dest::Url(url) => {
                let unsafe_here = document
                    .faults
                    .iter()
                    .any(|it| matches!(it.kind, FaultKind::UnsafeUrl(_)) && it.range == link.range);
                (!unsafe_here).then(|| Thing::Web(url.clone()).into())
            }
            Dest::Wiki(name) => self.wiki(name, at, found),
            Dest::Anchor(anchor) => {
                let known: BTreeSet<_> = anchors(document);
                self.anchored(Thing::Here, anchor, &known, at, found)
            }
            Dest::File(path, anchor) => self.file(path, anchor.as_deref(), home, at, found),
        }
    }

    fn wiki(&self, name: &str, at: &Place, found: &mut Found) -> Option<Target> {
        if let Some((framework, id)) = name.split_once(':') {
            let framework = framework.trim();
            let Some(ix) = self.framework(framework) else {
                self.no_framework(framework, at, found);
                return None;
            };
            let node = self.node(ix, at, id.trim(), found)?;
            return Some(Thing::Node(node).into());
        }
        let target = self.own(name);
        if target.is_none() && !self.may_have_failed(name) {
            let ids = self
                .practices
                .keys()
                .chain(self.threats.keys())
                .chain(self.use_cases.keys());
            let known = self.measure_titles().chain(ids.map(|id| (*id, "")));
            found.push(unresolved_link::at(at, name, known));
        }
        target
    }

    /// Whether a name could be of a record whose file could not be parsed.
    fn may_have_failed(&self, name: &str) -> bool {
        let measure = name.split('.').next().unwrap_or(name);
        let framework = format!("frameworks/{name}/");
        self.failed(&framework, "framework")
            || self.failed("measures/", measure)
            || self.failed("use-cases/", name)
            || self.failed("threats", "threats")
            || self.failed("glossary", "glossary")
    }

    pub(super) fn file(
        &self,
        path: &str,
        anchor: Option<&str>,
        home: Home<'_>,
        at: &Place,
        found: &mut Found,
    ) -> Option<Target> {
        let full = join(folder_of(home.path), path);
        let (thing, known) = match full.as_deref().and_then(|it| self.at_path(it)) {
            Some(it) => it,
            None => {
                if !full.as_deref().is_some_and(|it| self.beside_lost(it)) {
                    let near: Vec<_> = self
                        .sources
                        .under(self.settings.content_dir)
                        .map(|(it, _)| relative(folder_of(home.path), it))
                        .collect();
                    found.push(unknown_page::at(
                        at,
                        path,
                        near.iter().map(|it| (it.as_str(), "")),
                    ));
                }
                return None;
            }
        };
        match anchor {
            Some(anchor) => self.anchored(thing, anchor, &known, at, found),
            None => Some(thing.into()),
        }
    }

    /// What stands at a path of the book, and the anchors of its page.
    fn at_path(&self, path: &str) -> Option<(Thing, BTreeSet<String>)> {
        if let Some(ix) = self.asset_ix.get(path) {
            return Some((Thing::Asset(*ix), BTreeSet::new()));
        }
        let (stem, _) = path.rsplit_once('.')?;
        let record = self.records.parsed.get(path)?;
        let beside = || self.records.parsed.get(format!("{stem}.md").as_str());
        let of = |record: &Record| match record {
            Record::Page(_, body) | Record::Home(_, body) | Record::Prose(body) => {
                anchors(&body.document)
            }
            _ => BTreeSet::new(),
        };
        let name = crate::schema::stem(path);
        let mut known = of(record);
        let thing = match record.as_ref() {
            Record::Home(..) => Thing::Home,
            Record::Page(..) => Thing::Page(*self.pages.get(path)?),
            Record::Threats(list) => {
                known.extend(list.iter().map(|it| it.id.value.clone()));
                Thing::Threats
            }
            Record::Glossary(list) => {
                known.extend(list.iter().map(|it| slug(&it.term)));
                Thing::Glossary
            }
            Record::Framework(it) => Thing::Framework(self.framework(&it.id)?),
            Record::Tree(it) => Thing::Node(
                *self
                    .frameworks
                    .iter()
                    .find(|fw| path.contains(&format!("/{}/", fw.id)))?
                    .nodes
                    .get(it.id.value.as_str())?,
            ),
            Record::Measure(_) | Record::UseCase(_) | Record::Prose(_) => self.own(name)?.thing,
            Record::Groups(_) | Record::Set(_) | Record::Mappings(_) => return None,
        };
        if let Thing::Measure(_) | Thing::UseCase(_) = thing {
            known.extend(beside().map(|it| of(it)).unwrap_or_default());
            known.extend(RESERVED_ANCHORS.map(str::to_owned));
        }
        if let Thing::Measure(ix) = thing {
            known.extend(self.practice_ids(ix));
        }
        Some((thing, known))
    }

    fn practice_ids(&self, measure: MeasureIx) -> impl Iterator<Item = String> {
        let of = self
            .practices
            .iter()
            .filter(move |(_, (_, it))| *it == measure);
        of.map(|(id, _)| (*id).to_owned())
    }

    fn anchored(
        &self,
        thing: Thing,
        anchor: &str,
        known: &BTreeSet<String>,
        at: &Place,
        found: &mut Found,
    ) -> Option<Target> {
        if !known.contains(anchor) && !matches!(thing, Thing::Asset(_)) {
            found.push(unknown_anchor::at(
                at,
                anchor,
                known.iter().map(|it| (it.as_str(), "")),
            ));
            return Some(thing.into());
        }
        Some(Target {
            thing,
            anchor: Some(anchor.to_owned()),
        })
    }

    /// What a citation leads to; what is not certain, or leads to nothing, is reported.
    fn citation(
        &self,
        citation: &Citation,
        text: &str,
        at: &Place,
        found: &mut Found,
    ) -> Option<Thing> {
        let words = &text[citation.range.clone()];
        let resolved = |citer: usize| match citer.checked_sub(1) {
            None => self.own(&citation.id).map(|it| it.thing),
            Some(framework) => self.frameworks[framework]
                .nodes
                .get(citation.id.as_str())
                .map(|ix| Thing::Node(*ix)),
        };
        if !citation.certain {
            let frameworks = || citation.citers.iter().filter_map(|it| it.checked_sub(1));
            // A shape that only looks like an id of ours, such as a version number, is plain text.
            if frameworks().any(|it| self.frameworks[it].nodes.contains_key(citation.id.as_str())) {
                let names: Vec<_> = frameworks().map(|it| self.frameworks[it].name).collect();
                found.push(ambiguous_citation::at(at, words, &names.join(", ")));
            }
            return None;
        }
        let citer = citation.citers[0];
        let thing = resolved(citer);
        if thing.is_none() {
            self.unresolved(citation, citer, at, found);
        }
        thing
    }

    fn unresolved(&self, citation: &Citation, citer: usize, at: &Place, found: &mut Found) {
        let id = citation.id.as_str();
        match citer.checked_sub(1) {
            None if self.may_have_failed(id) => {}
            None => found.push(unresolved_citation::at(
                at,
                id,
                "the book",
                self.measure_titles(),
            )),
            Some(framework) => {
                let ids = &self.frameworks[framework];
                let printed = ids.printed.get(id);
                if printed.is_some() {
                    self.node(FrameworkIx::new(framework), at, id, found);
                } else if !ids.broken {
                    found.push(unresolved_citation::at(
                        at,
                        id,
                        ids.name,
                        ids.titles.iter().copied(),
                    ));
                }
            }
        }
    }

    /// Terms of the glossary in a run, where no citation stands.
    fn terms_in(&self, run: &Run, prose: &mut Prose) {
        if self.auto_terms.is_empty() {
            return;
        }
        let mut at = 0;
        for (start, word) in words(&run.text) {
            if start < at {
                continue;
            }
            let candidates = self.auto_terms.get(&word.to_lowercase()).or_else(|| {
                self.auto_terms
                    .get(&word.to_lowercase().trim_end_matches('s').to_owned())
            });
            let hit = candidates
                .into_iter()
                .flatten()
                .find_map(|(parts, term)| Some((phrase_end(&run.text, start, parts)?, *term)));
            if let Some((end, term)) = hit {
                let cited = prose.cited.iter().any(|it| {
                    it.event == run.event && it.range.start < end && start < it.range.end
                });
                if !cited {
                    prose.terms.push(TermUse {
                        event: run.event,
                        range: start..end,
                        term,
                    });
                    at = end;
                }
            }
        }
    }
}

/// The anchors of a text's own headings and notes.
fn anchors(document: &Document) -> BTreeSet<String> {
    document.headings.iter().map(|it| it.id.clone()).collect()
}

/// Where a part of a run stands in the document.
fn within(run: &Run, part: &Range<usize>) -> Range<usize> {
    if run.text.len() == run.range.len() {
        run.range.start + part.start..run.range.start + part.end
    } else {
        run.range.clone()
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter_map(move |piece| {
            let start = from;
            from += piece.len();
            let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '-'));
            (!word.is_empty()).then_some((start, word))
        })
}

/// Where a phrase that begins at `start` ends; capitals count only where the term is written in capitals, and a plural's `s` is taken in.
fn phrase_end(text: &str, start: usize, parts: &[String]) -> Option<usize> {
    let mut at = start;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            let rest = &text[at..];
            let gap = rest.len() - rest.trim_start_matches([' ', '\n', '\u{a0}']).len();
            at += if gap > 0 { gap } else { return None };
        }
        let end = at + part.len();
        let word = text.get(at..end)?;
        let capitals =
            part.chars().any(char::is_uppercase) && part.chars().skip(1).any(char::is_uppercase);
        let same = if capitals {
            word == part
        } else {
            word.to_lowercase() == part.to_lowercase()
        };
        if !same {
            return None;
        }
        at = end;
    }
    if text[at..].starts_with('s') {
        at += 1;
    }
    let ends = text[at..]
        .chars()
        .next()
        .is_none_or(|c| !(c.is_alphanumeric() || c == '-'));
    ends.then_some(at)
}

/// A path from a folder, without `.` and `..`; none where it leaves the book.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    if path.starts_with('/') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path that leads from a folder to a file.
fn relative(folder: &str, to: &str) -> String {
    let from: Vec<_> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let to: Vec<_> = to.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::{join, phrase_end, relative};

    #[test]
    fn paths_stay_in_the_book() {
        assert_eq!(
            join("content/measures/", "../guide/a.md").as_deref(),
            Some("content/guide/a.md")
        );
        assert_eq!(join("content/", "../../etc"), None);
        assert_eq!(
            relative("content/measures/", "content/guide/a.md"),
            "../guide/a.md"
        );
    }

    #[test]
    fn terms_end_at_word_ends() {
        let part = |it: &str| it.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            phrase_end("processors and", 0, &part("processor")),
            Some(10)
        );
        assert_eq!(phrase_end("processorship", 0, &part("processor")), None);
        assert_eq!(
            phrase_end("Break-glass access.", 0, &part("break-glass access")),
            Some(18)
        );
        assert_eq!(phrase_end("rto", 0, &part("RTO")), None);
    }
}
