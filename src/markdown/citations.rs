//! Citations in plain text: `CKM-03.1`, `Art. 32(1)(b) GDPR`, `Articles 33 and 34 GDPR`.
//!
//! Entry: [`Grammar::scan`]. How a framework is cited is data: its forms, its names, the shapes of its ids.
//! Invariant: what stands beside another instrument's name is never taken for one of ours.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// How one framework, or the book itself, is cited.
#[derive(Debug, Clone, Default, Hash)]
pub struct Citer {
    /// Forms with `{id}` in them, such as `Art. {id}`; `{id}` alone is a bare identifier.
    pub forms: Vec<String>,
    /// Names that make a citation certain when they stand beside it.
    pub names: Vec<String>,
    /// The shapes of its ids, by [`shape`].
    pub shapes: BTreeSet<String>,
    /// Whether its ids are certain wherever they stand: the book's own.
    pub own: bool,
}

/// Every citer of a book, and the instruments that are none of them.
#[derive(Debug, Clone, Default, Hash)]
pub struct Grammar {
    /// In the order of the book's frameworks; the book itself may be one.
    pub citers: Vec<Citer>,
    /// Names of other laws and standards.
    pub others: Vec<String>,
    /// The words before the id in each form, and whose it is; none in the form of a bare id.
    forms: Vec<(usize, String)>,
    /// The signs with which an id may begin, one bit each, where it is given bare: most words need no closer look.
    starts: u128,
    /// The signs with which a citation may begin: those of ids, and of the words before one.
    firsts: u128,
}

/// A citation that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The citation with the words of its form, in bytes of the run.
    pub range: Range<usize>,
    /// The id as written.
    pub id: String,
    /// Whose form it has; more than one where several could be meant.
    pub citers: Vec<usize>,
    /// Whether it is certain whose it is.
    pub certain: bool,
}

/// What the runs of a text mention, each beside the number of its run, in order.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Citations.
    pub citations: Vec<(usize, Citation)>,
    /// Terms of the glossary: where, and which.
    pub terms: Vec<(usize, Range<usize>, usize)>,
}

/// An id with each run of digits as one `9` and each letter in brackets as `a`: `CKM-03.1` has the shape `CKM-9.9`, `32(1)(b)` the shape `9(9)(a)`.
#[must_use]
pub fn shape(id: &str) -> String {
    let mut out = String::new();
    id.chars().for_each(|c| shape_of(c, &mut out));
    out
}

/// Adds what one more sign of an id adds to its shape.
fn shape_of(c: char, out: &mut String) {
    if c.is_ascii_lowercase() && out.ends_with('(') {
        out.push('a');
    } else if !c.is_ascii_digit() {
        out.push(c);
    } else if !out.ends_with('9') {
        out.push('9');
    }
}

impl Grammar {
    /// A grammar of these citers.
    #[must_use]
    pub fn of(citers: Vec<Citer>, others: Vec<String>) -> Self {
        let shapes = citers.iter().flat_map(|it| &it.shapes);
        let starts = shapes.filter_map(|it| it.bytes().next());
        let starts = starts.fold(0, |bits, byte| bits | bit(byte));
        let each = citers.iter().enumerate();
        let forms = each.flat_map(|(at, it)| it.forms.iter().map(move |form| (at, form)));
        let forms =
            forms.filter_map(|(at, form)| Some((at, form.split_once("{id}")?.0.to_owned())));
        let forms: Vec<_> = forms.collect();
        // A digit stands in a shape as `9`.
        let starts = if starts & bit(b'9') == 0 {
            starts
        } else {
            (b'0'..=b'9').fold(starts, |bits, byte| bits | bit(byte))
        };
        let leads = forms.iter().filter_map(|(_, it)| it.bytes().next());
        let firsts = leads.fold(starts, |bits, byte| bits | bit(byte));
        Self {
            citers,
            others,
            forms,
            starts,
            firsts,
        }
    }

    /// The citations in a run of text. `lead` are the words before it; `context` is the framework that the text belongs to, if any.
    #[must_use]
    pub fn scan(&self, lead: &str, text: &str, context: Option<usize>) -> Vec<Citation> {
        let joined = if lead.is_empty() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(format!("{lead}{text}"))
        };
        let mut found = self.scan_from(&joined, lead.len(), context);
        for it in &mut found {
            it.range = it.range.start - lead.len()..it.range.end - lead.len();
        }
        found
    }

    fn scan_from(&self, text: &str, from: usize, context: Option<usize>) -> Vec<Citation> {
        let mut found = Vec::new();
        let mut at = from;
        while at < text.len() {
            let Some(start) = self.word_start(text, at) else {
                break;
            };
            match self.citation_at(text, start, context) {
                Some(citation) => {
                    at = citation.range.end;
                    let plural = Self::plural(text, &citation);
                    found.push(citation);
                    if plural {
                        at = self.rest_of_list(text, at, &mut found);
                    }
                }
                None => at = start + 1,
            }
        }
        self.certain_lists(text, &mut found);
        found.retain(|it| !it.citers.is_empty());
        found
    }

    /// The next place where a word begins that may begin a citation.
    fn word_start(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes().iter().enumerate().skip(from);
        let mut starts =
            bytes.filter(|(_, it)| it.is_ascii_alphanumeric() && self.firsts & bit(**it) != 0);
        starts.find(|(at, _)| !joined(text, *at)).map(|(at, _)| at)
    }

    fn citation_at(&self, text: &str, start: usize, context: Option<usize>) -> Option<Citation> {
        let mut best: Option<(usize, &str)> = None;
        let mut citers = Vec::new();
        let may_be_bare = self.starts & bit(text.as_bytes()[start]) != 0;
        let bare = may_be_bare.then(|| Token::at(&text[start..]));
        for (number, before) in &self.forms {
            let literal = !before.is_empty();
            let token = if literal {
                skip_literal(text, start, before).map(|at| (at, Cow::Owned(Token::at(&text[at..]))))
            } else {
                bare.as_ref().map(|it| (start, Cow::Borrowed(it)))
            };
            let Some((at, token)) = token else {
                continue;
            };
            let Some(id) = token.longest(&self.citers[*number].shapes, !literal) else {
                continue;
            };
            let end = at + id.len();
            match &best {
                Some((other, _)) if *other > end => {}
                Some((other, _)) if *other == end => citers.push(*number),
                _ => {
                    best = Some((end, &text[at..end]));
                    citers = vec![*number];
                }
            }
        }
        let (end, id) = best?;
        citers.dedup();
        let mut it = Citation {
            range: start..end,
            id: id.to_owned(),
            citers,
            certain: false,
        };
        self.decide(text, &mut it, context);
        Some(it)
    }

    /// Whose citation it is: by its own nature, by a name beside it, by the text that it stands in.
    fn decide(&self, text: &str, it: &mut Citation, context: Option<usize>) {
        if let Some(own) = it.citers.iter().find(|at| self.citers[**at].own) {
            (it.citers, it.certain) = (vec![*own], true);
            return;
        }
        let (before, after) = (&text[..it.range.start], &text[it.range.end..]);
        let beside = |names: &[String]| {
            let after = after_name(after, names);
            after || names.iter().any(|name| ends_with_name(before, name))
        };
        if let Some(named) = it.citers.iter().find(|at| beside(&self.citers[**at].names)) {
            (it.citers, it.certain) = (vec![*named], true);
        } else if beside(&self.others) || self.citers.iter().any(|other| beside(&other.names)) {
            it.citers.clear();
        } else if !it.id.contains(|c: char| c.is_ascii_digit()) {
            // Letters alone, such as `HR`, are a word unless the framework's name stands beside.
            it.citers.clear();
        } else if let Some(context) = context.filter(|context| it.citers.contains(context)) {
            (it.citers, it.certain) = (vec![context], true);
        }
    }

    /// Whether the form is a plural, such as `Articles 33`.
    fn plural(text: &str, it: &Citation) -> bool {
        let words = text[it.range.clone()]
            .trim_end_matches(it.id.as_str())
            .trim_end();
        words.ends_with('s') || words.ends_with("s.")
    }

    /// `, 34 and 35` after `Articles 33`.
    fn rest_of_list(&self, text: &str, mut at: usize, found: &mut Vec<Citation>) -> usize {
        let Some(first) = found.last().cloned() else {
            return at;
        };
        loop {
            let rest = &text[at..];
            let joint = [", and ", " and ", ", ", " to ", " or ", "–"]
                .into_iter()
                .find(|it| rest.starts_with(it));
            let Some(joint) = joint else { return at };
            let start = at + joint.len();
            let digits = text[start..].starts_with(|c: char| c.is_ascii_digit());
            let id = first.citers.first().filter(|_| digits).and_then(|citer| {
                let token = Token::at(&text[start..]);
                Some(token.longest(&self.citers[*citer].shapes, false)?.len())
            });
            let Some(length) = id else { return at };
            let end = start + length;
            let id = &text[start..end];
            found.push(Citation {
                range: start..end,
                id: id.to_owned(),
                citers: first.citers.clone(),
                certain: first.certain,
            });
            at = end;
        }
    }

    /// A name behind the last of a list holds for all of it.
    fn certain_lists(&self, text: &str, found: &mut [Citation]) {
        for at in (1..found.len()).rev() {
            let gap = &text[found[at - 1].range.end..found[at].range.start];
            if !matches!(gap, ", and " | " and " | ", " | " to " | " or " | "–") {
                continue;
            }
            let mut last = found[at].clone();
            self.decide(text, &mut last, None);
            let same = last.citers.is_empty() || found[at - 1].citers.contains(&last.citers[0]);
            if (last.certain || last.citers.is_empty()) && same {
                found[at - 1].citers.clone_from(&last.citers);
                found[at - 1].certain = last.certain;
            }
            if last.certain || last.citers.is_empty() {
                found[at] = last;
            }
        }
    }
}

/// Whether a sign at a place would go on with what stands before it.
fn joined(text: &str, at: usize) -> bool {
    let before = match at.checked_sub(1).map(|it| text.as_bytes()[it]) {
        None => return false,
        Some(byte) if byte.is_ascii() => char::from(byte),
        Some(_) => text[..at].chars().next_back().unwrap_or_default(),
    };
    before.is_alphanumeric() || matches!(before, '-' | '.' | '/' | '_')
}

/// The offset after a form's words; a blank stands for any blank.
fn skip_literal(text: &str, start: usize, literal: &str) -> Option<usize> {
    let mut at = start;
    for wanted in literal.chars() {
        let c = text[at..].chars().next()?;
        if wanted == ' ' {
            if !c.is_whitespace() {
                return None;
            }
        } else if c != wanted {
            return None;
        }
        at += c.len_utf8();
    }
    Some(at)
}

/// The bit of a sign; none of one that is not ASCII.
fn bit(byte: u8) -> u128 {
    if byte.is_ascii() { 1 << byte } else { 0 }
}

/// What may be an id at the start of a text.
#[derive(Clone)]
struct Token<'a> {
    text: &'a str,
    /// The shape of the whole: that of a start of the text is a start of it.
    shape: String,
    /// How long the shape is up to each sign.
    lengths: Vec<usize>,
}

impl<'a> Token<'a> {
    fn at(text: &'a str) -> Self {
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '(' | ')');
        let end = text.find(|c: char| !inside(c)).unwrap_or(text.len());
        let text = &text[..end];
        let mut shape = String::with_capacity(text.len());
        let lengths = text.chars().map(|c| {
            shape_of(c, &mut shape);
            shape.len()
        });
        let lengths = lengths.collect();
        Self {
            text,
            shape,
            lengths,
        }
    }

    /// The longest start that has one of the shapes and ends where an id may end.
    fn longest(&self, shapes: &BTreeSet<String>, bare: bool) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let mut ends = (1..=bytes.len()).rev().filter(|end| {
            let last = bytes[end - 1];
            let next = bytes.get(*end);
            (last.is_ascii_alphanumeric() || last == b')')
                && next.is_none_or(|it| !it.is_ascii_alphanumeric())
                && !(bare && next == Some(&b'('))
        });
        let end = ends.find(|end| shapes.contains(&self.shape[..self.lengths[end - 1]]))?;
        Some(&self.text[..end])
    }
}

fn after_name(after: &str, names: &[String]) -> bool {
    let after = after.trim_start_matches([',', '\u{a0}', ' ', '(']);
    let after = after.strip_prefix("of ").unwrap_or(after);
    let after = after.strip_prefix("the ").unwrap_or(after);
    names.iter().any(|name| {
        after
            .strip_prefix(name.as_str())
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn ends_with_name(before: &str, name: &str) -> bool {
    let before = before.trim_end_matches([',', ':', '\u{a0}', ' ', '(', ')']);
    before
        .strip_suffix(name)
        .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grammar() -> Grammar {
        let words = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let shapes = |list: &[&str]| list.iter().map(|it| shape(it)).collect();
        Grammar::of(
            vec![
                Citer {
                    forms: words(&["{id}"]),
                    names: vec![],
                    shapes: shapes(&["HCS-09", "HCS-09.1"]),
                    own: true,
                },
                Citer {
                    forms: words(&["{id}"]),
                    names: words(&["EUCS"]),
                    shapes: shapes(&["CKM-03", "CKM-03.1"]),
                    own: false,
                },
                Citer {
                    forms: words(&["Art. {id}", "Article {id}", "Articles {id}"]),
                    names: words(&["GDPR", "Regulation (EU) 2016/679"]),
                    shapes: shapes(&["32", "32(1)", "32(1)(a)"]),
                    own: false,
                },
            ],
            words(&["NIS2", "C5"]),
        )
    }

    fn found(text: &str, context: Option<usize>) -> Vec<(String, Option<usize>)> {
        let citations = grammar().scan("", text, context);
        citations
            .into_iter()
            .map(|it| {
                (
                    text[it.range].to_owned(),
                    it.certain.then_some(it.citers[0]),
                )
            })
            .collect()
    }

    #[test]
    fn a_name_beside_makes_it_certain() {
        let own = |text: &str, to| vec![(text.to_owned(), to)];
        assert_eq!(
            found("see Art. 32(1)(b) GDPR.", None),
            own("Art. 32(1)(b)", Some(2))
        );
        assert_eq!(
            found("see Art. 32(1)(b) of the GDPR.", None),
            own("Art. 32(1)(b)", Some(2))
        );
        assert_eq!(found("GDPR Art. 32", None), own("Art. 32", Some(2)));
        assert_eq!(found("(EUCS CKM-03.1)", None), own("CKM-03.1", Some(1)));
        assert_eq!(found("CKM-03.1.", Some(1)), own("CKM-03.1", Some(1)));
        assert_eq!(found("CKM-03.1.", None), own("CKM-03.1", None));
        assert_eq!(found("HCS-09.1’s text", None), own("HCS-09.1", Some(0)));
    }

    #[test]
    fn another_instrument_is_never_taken() {
        assert_eq!(found("Art. 21(2) NIS2 and C5 CKM-03", Some(2)), []);
        assert_eq!(found("Art. 21(2) of NIS2", None), []);
        assert_eq!(found("ISO-9 XCKM-03 CKM-03x", None), []);
    }

    #[test]
    fn a_name_in_the_words_before_counts() {
        let found = grammar().scan(
            "Regulation (EU) 2016/679 (GDPR)",
            ", Articles 33 and 34",
            None,
        );
        assert_eq!(
            found
                .iter()
                .map(|it| (it.range.start, it.certain))
                .collect::<Vec<_>>(),
            [(2, true), (18, true)]
        );
        assert_eq!(grammar().scan("Directive (NIS2)", ", Article 21", None), []);
    }

    #[test]
    fn lists_are_read_whole() {
        let expected = [
            ("Articles 33", Some(2)),
            ("34", Some(2)),
            ("35(1)", Some(2)),
        ];
        let expected: Vec<_> = expected.map(|(text, to)| (text.to_owned(), to)).into();
        assert_eq!(found("Articles 33, 34 and 35(1) GDPR", None), expected);
        assert_eq!(found("Articles 33 and 34 of NIS2", Some(2)), []);
        assert_eq!(found("within Art. 33 and 72 hours", Some(2)).len(), 1);
    }

    #[test]
    fn ranges_stop_at_what_is_known() {
        assert_eq!(found("EUCS CKM-03..05", None)[0].0, "CKM-03");
        assert_eq!(found("Art. 5(1)(e)-(f) GDPR", None).len(), 1);
    }
}
