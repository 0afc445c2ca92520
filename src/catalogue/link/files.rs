//! Links to files and anchors.

use std::collections::BTreeSet;

use super::super::rules::{unknown_anchor, unknown_page};
use super::super::{MeasureIx, Target, Thing};
use super::Found;
use super::index::{Index, folder_of};
use super::prose::Home;
use crate::markdown::{Document, slug};
use crate::schema::{RESERVED_ANCHORS, Record};
use crate::source::Place;

impl Index<'_> {
    pub(super) fn file(
        &self,
        path: &str,
        anchor: Option<&str>,
        home: Home<'_>,
        at: &Place,
        found: &mut Found,
    ) -> Option<Target> {
        let full = join(folder_of(home.path), path);
        let Some((thing, known)) = full.as_deref().and_then(|it| self.at_path(it)) else {
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
        };
        if let Thing::Asset(ix) = &thing {
            found.assets.push(*ix);
        }
        match anchor {
            Some(anchor) => {
                // The headings of another file are no ids.
                found.passing = true;
                Some(Self::anchored(thing, anchor, &known, at, found))
            }
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
        let mut known = of(&record.record);
        let thing = match &record.record {
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
            known.extend(beside().map(|it| of(&it.record)).unwrap_or_default());
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
        of.map(|(id, _)| (*id).clone())
    }

    pub(super) fn anchored(
        thing: Thing,
        anchor: &str,
        known: &BTreeSet<String>,
        at: &Place,
        found: &mut Found,
    ) -> Target {
        if !known.contains(anchor) && !matches!(thing, Thing::Asset(_)) {
            found.push(unknown_anchor::at(
                at,
                anchor,
                known.iter().map(|it| (it.as_str(), "")),
            ));
            return thing.into();
        }
        Target {
            thing,
            anchor: Some(anchor.to_owned()),
        }
    }
}

/// The anchors of a text's own headings and notes.
pub(super) fn anchors(document: &Document) -> BTreeSet<String> {
    document.headings.iter().map(|it| it.id.clone()).collect()
}

/// A path from a folder, without `.` and `..`; none where it leaves the book.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
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
    use super::{join, relative};

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
}
