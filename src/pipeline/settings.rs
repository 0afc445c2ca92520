//! Settings that name things of the book: proven once the book has been read.
//!
//! Entry: [`check`]. Invariant: what may stand in a file that could not be read is not reported as absent.

use crate::address::decodings;
use crate::catalogue::Catalogue;
use crate::catalogue::rules::unknown_page;
use crate::config::{BAD_VALUE, BOOK_TOML, Config, is_inside, value_location};
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Sources};

/// A content folder in which there is nothing, and links in the foot of each page that lead to no page.
pub(super) fn check(config: &Config, catalogue: &Catalogue, sources: &Sources) -> Vec<Diagnostic> {
    match nothing_to_read(config, sources) {
        Some(nothing) => vec![nothing],
        None => footer(config, catalogue, sources),
    }
}

/// A content folder that is not there, or holds no file.
fn nothing_to_read(config: &Config, sources: &Sources) -> Option<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let content = config.content_dir();
    let folder = content.trim_end_matches('/');
    let is_there = |it: &SourcePath| it.starts_with(&content) || **it == *folder;
    let is_refused = sources.refused().any(|(it, _)| is_there(it));
    // That a path leads out of the book is said already.
    if !is_inside(folder) || is_refused || sources.under(&content).next().is_some() {
        return None;
    }
    // Without `book.toml` there is no place to name, and no folder that anybody has named.
    let text = sources.text(&path)?;
    let place = value_location(&path, text, &["book", "src"]);
    let what = format!("there is nothing in `{folder}`, the folder of the content");
    let help = "name the folder by `src` under `[book]`, or bring it back";
    Some(Diagnostic::new(&BAD_VALUE, &place, what).help(help))
}

fn footer(config: &Config, catalogue: &Catalogue, sources: &Sources) -> Vec<Diagnostic> {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    let content = config.content_dir();
    let inner = |it: &SourcePath| it.strip_prefix(&content).unwrap_or(it).to_owned();
    let pages: Vec<_> = catalogue.pages.iter().map(|it| inner(&it.path)).collect();
    let links = config.theme.footer.iter().enumerate();
    let wrong = links.filter_map(|(at, it)| {
        // What leads out of the site is checked with the other addresses of `book.toml`.
        if it.is_address() {
            return None;
        }
        let at = at.to_string();
        let place = || value_location(&path, text, &["theme", "footer", &at, "link"]);
        let lost = |it: &String| {
            let file = format!("{content}{it}");
            catalogue.unparsed.contains(file.as_str()) || catalogue.drafts.names.contains(&file)
        };
        let there = catalogue.page_by_path(&content, &it.link).is_some();
        let known = pages.iter().map(|it| (it.as_str(), ""));
        (!there && !decodings(&it.link).iter().any(lost))
            .then(|| unknown_page::report(&place(), &it.link, known))
    });
    wrong.collect()
}
