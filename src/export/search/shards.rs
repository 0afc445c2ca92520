//! Splits the index into scripts, so that a reader loads only what a query needs.
//!
//! Entry: [`word_shards`]. A shard is named after its bytes; one manifest, whose name is stable, knows them all.
//! Invariant: shards of words stand in the order of JavaScript's strings (UTF-16), so that a word lies in one range.

use super::postings::{Postings, WeightedRecord};

/// Maximum size of a shard of words, in bytes before compression; a longer list of records is split.
const LARGEST: usize = 64 * 1024;
/// Minimum size, in bytes, that is worth a request.
const SMALLEST: usize = 6 * 1024;
/// Intended maximum number of shards of words.
const SHARDS: usize = 256;

/// A file of words.
pub(super) struct Shard {
    /// The first word in it.
    pub first: String,
    /// The lines.
    pub text: String,
}

/// The longest ending with which the script looks for a form under its stem.
const NEAR: usize = 4;

/// Lines of `stem|endings of its forms|records` (`~` before a form that does not begin with the stem), and of `form>stem` where a form is too far from its stem to be found there.
/// Consumes the postings, so that the index is never in memory twice.
pub(super) fn word_shards(postings: Postings) -> Vec<Shard> {
    let mut lines: Vec<IndexLine> = Vec::new();
    for (stem, group) in postings {
        let far = |it: &&String| !it.starts_with(&*stem) || it.len() > stem.len() + NEAR;
        // A pair is a chance to see neighbours: where its form is too far, it is missed.
        for form in group.forms.iter().filter(|it| group.plain && far(it)) {
            lines.push(IndexLine::new(form.len(), format!("{form}>{stem}")));
        }
        let mut head = format!("{stem}|");
        for (at, form) in group.forms.iter().enumerate() {
            if at > 0 {
                head.push(',');
            }
            match form.strip_prefix(stem.as_str()) {
                Some(end) => head.push_str(end),
                None => head.extend(["~", form]),
            }
        }
        head.push('|');
        encode_lists(head, &group.records, |text| {
            lines.push(IndexLine::new(stem.len(), text));
        });
    }
    lines.sort_by(|a, b| a.word().encode_utf16().cmp(b.word().encode_utf16()));
    group_into_shards(lines)
}

/// A line, which begins with its word.
struct IndexLine {
    length: usize,
    text: String,
}

impl IndexLine {
    fn new(length: usize, text: String) -> Self {
        Self { length, text }
    }

    fn word(&self) -> &str {
        &self.text[..self.length]
    }
}

/// Every word, each with how many letters it shares with the one before: for words that are misspelt.
pub(super) fn vocabulary(postings: &Postings) -> String {
    let mut words: Vec<_> = postings.values().flat_map(|it| &it.spelt).collect();
    words.retain(|it| it.chars().count() >= 4 && it.chars().all(char::is_alphabetic));
    words.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    words.dedup();
    let mut out = String::new();
    let mut before = "";
    for word in words {
        let letters = word.chars().zip(before.chars());
        let same = letters.take_while(|(a, b)| a == b).map(|(it, _)| it);
        // The script counts in units of UTF-16, of which some letters have two.
        let (bytes, units) = same.fold((0, 0), |(bytes, units), it| {
            (bytes + it.len_utf8(), units + it.len_utf16())
        });
        out.push_str(&format!("{units}{}", &word[bytes..]));
        before = word;
    }
    out
}

/// Groups consecutive lines into shards of similar size.
fn group_into_shards(lines: Vec<IndexLine>) -> Vec<Shard> {
    let whole: usize = lines.iter().map(|it| it.text.len() + 1).sum();
    let size = (whole / SHARDS).clamp(SMALLEST, LARGEST);
    let mut out: Vec<Shard> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(shard) if shard.text.len() + line.text.len() < size => {
                shard.text.push('\n');
                shard.text.push_str(&line.text);
            }
            _ => out.push(Shard {
                first: line.word().to_owned(),
                text: line.text,
            }),
        }
    }
    out
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Records and weights as text behind a head: the step from the record before in digits of 32, the last one without the high
/// bit, then the weight. A list that would be too long is divided, and each part begins anew, behind the head again.
fn encode_lists(head: String, records: &[WeightedRecord], mut done: impl FnMut(String)) {
    let begin = head.len();
    let mut list = head;
    let mut before = 0;
    for it in records {
        if list.len() - begin > LARGEST - 1024 {
            let head = list[..begin].to_owned();
            done(std::mem::replace(&mut list, head));
            before = 0;
        }
        let mut step = it.record() - before;
        loop {
            let more = if step > 31 { 32 } else { 0 };
            list.push(char::from(DIGITS[(step & 31 | more) as usize]));
            step >>= 5;
            if more == 0 {
                break;
            }
        }
        list.push(char::from(DIGITS[usize::from(it.weight() & 63)]));
        before = it.record();
    }
    done(list);
}

#[cfg(test)]
mod tests {
    use super::{IndexLine, LARGEST, encode_lists, group_into_shards, vocabulary, word_shards};
    use crate::export::search::postings::{Group, Postings, WeightedRecord};

    fn group(forms: &[&str], records: Vec<(u32, u8)>) -> Group {
        let records = records.into_iter();
        Group {
            forms: forms.iter().map(|it| (*it).to_owned()).collect(),
            spelt: forms.iter().map(|it| (*it).to_owned()).collect(),
            records: records
                .map(|(at, weight)| WeightedRecord::new(at, weight))
                .collect(),
            plain: true,
            ..Group::default()
        }
    }

    #[test]
    fn a_word_is_a_line_and_a_strange_form_leads_to_it() {
        let postings = Postings::from([(
            "polici".to_owned(),
            group(&["policies", "policy"], vec![(0, 0), (33, 1)]),
        )]);
        assert_eq!(vocabulary(&postings), "0policies5y");
        // Letters beyond the basic plane, with the same first half.
        let gothic = group(&["𐌰𐌱𐌰𐌰", "𐌰𐌱𐌰𐌲"], vec![(0, 0)]);
        let gothic = Postings::from([("𐌰𐌱𐌰".to_owned(), gothic)]);
        assert_eq!(vocabulary(&gothic), "0𐌰𐌱𐌰𐌰6𐌲");
        let shards = word_shards(postings);
        assert_eq!(shards.len(), 1);
        assert_eq!(shards[0].text, "polici|es,~policy|AAhBB\npolicy>polici");
    }

    #[test]
    fn a_list_that_is_too_long_is_divided() {
        let records: Vec<_> = (0..50_000).map(|at| (at, 5)).collect();
        let postings = Postings::from([("all".to_owned(), group(&["all"], records))]);
        let shards = word_shards(postings);
        assert!(shards.len() > 1 && shards.iter().all(|it| it.text.len() <= LARGEST));
        assert!(shards.iter().all(|it| it.first == "all"));
        encode_lists("all|".to_owned(), &[WeightedRecord::new(0, 0)], |text| {
            assert_eq!(text, "all|AA");
        });
    }

    #[test]
    fn lines_are_joined_up_to_a_size() {
        let lines = (0..100)
            .map(|at| IndexLine::new(at.to_string().len(), format!("{at}{}", "x".repeat(1000))))
            .collect();
        let shards = group_into_shards(lines);
        assert!(shards.iter().all(|it| it.text.len() <= 6 * 1024));
        assert_eq!(shards[1].first, "6");
    }
}
