//! The anchors of headings: unique on their page, and different from the anchors of its template.
//!
//! Entry: [`assign`], with the [`Names`] in the template of the page. Invariant: equal headings and equal names give equal anchors.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use super::Heading;

/// The anchors that a template may contain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Names {
    /// Literal anchors.
    pub whole: BTreeSet<String>,
    /// Prefix and suffix of anchors with a computed part: `map-` and an empty suffix.
    pub parts: BTreeSet<(String, String)>,
}

/// The kinds of pages that contain an author's headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// The home page.
    Home,
    /// A page of the guide.
    Page,
    /// A measure, with its guidance.
    Measure,
    /// A use case, with its text.
    UseCase,
    /// A node of a framework, with its text.
    Node,
}

/// The names of each kind of page.
pub type Reserved = BTreeMap<Host, Names>;

/// The anchors of a text's headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    /// One a heading, in order.
    pub ids: Vec<String>,
    /// The headings whose requested anchor is taken, and by whom.
    pub refused: Vec<(usize, AnchorOwner)>,
}

/// The owner of an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorOwner {
    /// The page itself.
    Page,
    /// Another heading of the text.
    Heading,
    /// Parts of figures and of the printed document: names with a colon.
    Parts,
}

impl Names {
    /// What a template puts into one of its names to make this anchor; nothing where no name fits.
    pub fn values<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        let inner = |(before, behind): &(String, String)| {
            let rest = id.strip_prefix(before.as_str())?;
            rest.strip_suffix(behind.as_str())
        };
        let partly = |it: &&(String, String)| !(it.0.is_empty() && it.1.is_empty());
        self.parts.iter().filter(partly).filter_map(inner)
    }

    /// Adds all of others.
    pub fn extend(&mut self, other: &Self) {
        self.whole.extend(other.whole.iter().cloned());
        self.parts.extend(other.parts.iter().cloned());
    }
}

/// Gives each heading its anchor: first to those that ask for one, then by their words. `of_page` says whether the page has
/// an anchor for itself.
pub fn assign(headings: &[Heading], of_page: &dyn Fn(&str) -> bool) -> Anchors {
    let mut out = Anchors {
        ids: vec![String::new(); headings.len()],
        refused: Vec::new(),
    };
    let mut taken = BTreeSet::new();
    for (at, heading) in headings.iter().enumerate().filter(|(_, it)| it.asks) {
        let wanted = &heading.wanted;
        let owner = if wanted.contains(':') {
            Some(AnchorOwner::Parts)
        } else if is_note_anchor(wanted) || of_page(wanted) {
            Some(AnchorOwner::Page)
        } else if taken.contains(wanted) {
            Some(AnchorOwner::Heading)
        } else {
            None
        };
        match owner {
            Some(owner) => out.refused.push((at, owner)),
            None => {
                taken.insert(wanted.clone());
                out.ids[at].clone_from(wanted);
            }
        }
    }
    for (heading, id) in headings.iter().zip(&mut out.ids) {
        if id.is_empty() {
            *id = unique_anchor(&heading.wanted, |it| of_page(it) || taken.contains(it));
            taken.insert(id.clone());
        }
    }
    out
}

/// The first free anchor that is derived from the wanted one.
fn unique_anchor(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let wanted = wanted.replace(':', "-");
    let wanted = match wanted.as_str() {
        "" => "section".to_owned(),
        note if is_note_anchor(note) => format!("section-{note}"),
        _ => wanted,
    };
    if !is_taken(&wanted) {
        return wanted;
    }
    // A page that numbers its own anchors so, such as `edge-7`, has every number: another word stands before ours.
    let mut stem = wanted;
    while is_taken(&format!("{stem}-{}", u64::MAX)) {
        stem.push_str("-section");
    }
    let mut all = (2..).map(|number| format!("{stem}-{number}"));
    let fits = all.find(|it| !is_taken(it));
    fits.expect("a page has fewer anchors than there are numbers")
}

/// Whether an anchor has the form of a footnote's or of a reference to one: `t1-n2`, `t1-r2`.
fn is_note_anchor(id: &str) -> bool {
    let Some((text, rest)) = id.strip_prefix('t').and_then(|it| it.split_once('-')) else {
        return false;
    };
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_letter = |c: char| c.is_ascii_lowercase();
    number(text) && rest.starts_with(is_letter) && rest[1..].split('-').all(number)
}

#[cfg(test)]
mod tests {
    use super::{AnchorOwner, Heading, Names, assign};

    fn heading(wanted: &str) -> Heading {
        let asks = wanted.starts_with('#');
        Heading {
            level: 2,
            wanted: wanted.trim_start_matches('#').to_owned(),
            asks,
            text: String::new(),
            range: 0..0,
            filled: true,
        }
    }

    #[test]
    fn a_heading_like_the_anchors_that_a_page_numbers_has_one_too() {
        let of_page = |id: &str| {
            id == "edge"
                || id
                    .strip_prefix("edge-")
                    .is_some_and(|it| it.parse::<u64>().is_ok())
        };
        let headings = ["edge", "edge-7", "edge"].map(heading);
        let ids = assign(&headings, &of_page).ids;
        assert_eq!(ids, ["edge-section-2", "edge-7-2", "edge-section-3"]);
    }

    #[test]
    fn no_two_anchors_are_the_same_and_none_is_the_pages() {
        let wanted = [
            "a",
            "a",
            "a-2",
            "practices",
            "",
            "",
            "t1-n1",
            "t1-n1",
            "t1-nn",
            "#a-3",
            "#a",
            "#practices",
            "#a-3",
            "#x:y",
        ];
        let headings: Vec<_> = wanted.iter().map(|it| heading(it)).collect();
        let anchors = assign(&headings, &|it| it == "practices" || it == "practices-2");
        let ids = [
            "a-2",
            "a-4",
            "a-2-2",
            "practices-3",
            "section",
            "section-2",
            "section-t1-n1",
            "section-t1-n1-2",
            "t1-nn",
            "a-3",
            "a",
            "practices-4",
            "a-3-2",
            "x-y",
        ];
        assert_eq!(anchors.ids, ids);
        let refused = [
            (11, AnchorOwner::Page),
            (12, AnchorOwner::Heading),
            (13, AnchorOwner::Parts),
        ];
        assert_eq!(anchors.refused, refused);
    }

    #[test]
    fn a_value_is_what_stands_between_the_parts_of_a_name() {
        let names = Names {
            parts: [("map-", ""), ("", "-cap"), ("", "")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .into(),
            ..Names::default()
        };
        let values = |id| names.values(id).collect::<Vec<_>>();
        assert_eq!(values("map-eucs"), ["eucs"]);
        assert_eq!(values("map-cap"), ["map", "cap"]);
        assert_eq!(values("eucs"), [""; 0]);
    }
}
