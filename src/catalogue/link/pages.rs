//! Pages of prose, the home page and the glossary.

use super::super::rules::{unknown_page, unknown_term};
use super::super::{Catalogue, FrameworkIx, HomePage, LinkTarget, Page, Term};
use super::Found;
use super::ids::folded;
use super::index::Index;
use super::keywords::keywords;
use super::prose;
use super::written::Written;
use crate::markdown::slug;
use crate::schema::{PageMatter, Record, Ref};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, found: &mut Found) {
    for written in index.records.pages() {
        let Written { ix, path, record } = written;
        let (matter, body) = record;
        let home = prose::Home {
            path,
            cites: cites(index, path, matter, found),
            own: None,
        };
        let own = LinkTarget::Page(ix);
        let relative = &path[index.settings.content_dir.len()..];
        let page = Page {
            path: path.clone(),
            slug: relative.trim_end_matches(".md").to_owned(),
            title: matter.title.value.clone(),
            summary: index.text(&matter.summary, home, found),
            audience: matter.audience.clone(),
            footer: matter.footer,
            parts: matter.parts.clone(),
            keywords: keywords(&matter.keywords, path, found),
            draft: matter.draft,
            body: index.body(body, home.on(&own), found),
        };
        catalogue.pages.push(page);
    }
    for Written {
        ix,
        path,
        record: term,
    } in index.records.terms()
    {
        let mut text = index.text(&term.text, prose::Home::of(path), found);
        text.terms.retain(|it| it.term != ix);
        let see = term.see.iter().filter_map(|other| {
            let ix = index.terms.get(&folded(other)).copied();
            if ix.is_none() {
                let place = SourceLocation {
                    path: path.clone(),
                    span: other.span,
                };
                found.push(unknown_term::report(
                    &place,
                    other,
                    index.terms.keys().map(|it| (it.as_str(), "")),
                ));
            }
            ix
        });
        let see = see.collect();
        let name = term.term.value.clone();
        catalogue.terms.push(Term {
            slug: slug(&name),
            term: name,
            also: term.also.clone(),
            text,
            see,
            auto: term.auto,
            path: path.clone(),
        });
    }
    catalogue.home = home(index, found);
}

fn home(index: &Index<'_>, found: &mut Found) -> Option<HomePage> {
    let written = index
        .records
        .parsed
        .iter()
        .find_map(|(path, record)| match &record.record {
            Record::Home(matter, body) => Some((path, matter, body)),
            _ => None,
        });
    let (path, matter, body) = written?;
    let of = prose::Home::of(path);
    let tasks = matter.tasks.iter().map(|task| {
        let target = index.page_at(&task.to, path, found);
        (
            task.title.clone(),
            index.text(&task.text, of, found),
            target,
        )
    });
    let tasks = tasks.collect();
    Some(HomePage {
        path: path.clone(),
        title: matter.title.value.clone(),
        summary: index.text(&matter.summary, of, found),
        tasks,
        body: index.body(body, of.on(&LinkTarget::Home), found),
    })
}

fn cites(
    index: &Index<'_>,
    path: &SourcePath,
    matter: &PageMatter,
    found: &mut Found,
) -> Option<FrameworkIx> {
    let id: &Ref = matter.cites.as_ref()?;
    let ix = index.framework(id);
    if ix.is_none() {
        index.no_framework(
            id,
            &SourceLocation {
                path: path.clone(),
                span: id.span,
            },
            found,
        );
    }
    ix
}

impl Index<'_> {
    /// The thing at a path that is written in front matter.
    fn page_at(
        &self,
        to: &Ref,
        path: &SourcePath,
        found: &mut Found,
    ) -> Option<super::super::AnchoredTarget> {
        let at = SourceLocation {
            path: path.clone(),
            span: to.span,
        };
        if let Some(name) = to.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
            return self.wiki(name, &at, found);
        }
        let (file, anchor) = to
            .split_once('#')
            .map_or((to.value.as_str(), None), |(file, anchor)| {
                (file, Some(anchor))
            });
        if file.is_empty() {
            found.push(unknown_page::report(&at, to, std::iter::empty()));
            return None;
        }
        self.file(file, anchor, prose::Home::of(path), &at, found)
    }
}
