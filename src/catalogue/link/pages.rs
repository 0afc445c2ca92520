//! Links pages of prose, the home page and the glossary.

use super::super::rules::{unknown_page, unknown_term};
use super::super::{Catalogue, FrameworkIx, HomePage, LinkTarget, Page, Term};
use super::LinkOutput;
use super::entries::Entry;
use super::ids::fold_term;
use super::index::Index;
use super::keywords::keywords;
use super::prose;
use crate::markdown::slug;
use crate::schema::{PageMatter, Record, Ref};
use crate::source::{SourceLocation, SourcePath};

pub(super) fn link(catalogue: &mut Catalogue, index: &Index<'_>, output: &mut LinkOutput) {
    for Entry { ix, path, record } in index.records.pages() {
        let (matter, body) = record;
        let context = prose::TextContext {
            path,
            cites: cited_framework(index, path, matter, output),
            own: None,
        };
        let own = LinkTarget::Page(ix);
        let relative = &path[index.settings.content_dir.len()..];
        let page = Page {
            path: path.clone(),
            slug: relative.trim_end_matches(".md").to_owned(),
            title: matter.title.value.clone(),
            summary: index.text(&matter.summary, context, output),
            audience: matter.audience.clone(),
            footer: matter.footer,
            parts: matter.parts.clone(),
            keywords: keywords(&matter.keywords, path, output),
            draft: matter.draft,
            body: index.body(body, context.on(&own), output),
        };
        catalogue.pages.push(page);
    }
    for Entry {
        ix,
        path,
        record: term,
    } in index.records.terms()
    {
        let mut text = index.text(&term.text, prose::TextContext::in_file(path), output);
        text.terms.retain(|it| it.term != ix);
        let see = term.see.iter().filter_map(|other| {
            let ix = index.terms.get(&fold_term(other)).copied();
            if ix.is_none() {
                let place = SourceLocation {
                    path: path.clone(),
                    span: other.span,
                };
                let known = index.terms.keys().map(|it| (it.as_str(), ""));
                output.push(unknown_term::report(&place, other, known));
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
    catalogue.home = link_home(index, output);
}

fn link_home(index: &Index<'_>, output: &mut LinkOutput) -> Option<HomePage> {
    let written = index
        .records
        .parsed
        .iter()
        .find_map(|(path, record)| match &record.record {
            Record::Home(matter, body) => Some((path, matter, body)),
            _ => None,
        });
    let (path, matter, body) = written?;
    let context = prose::TextContext::in_file(path);
    let tasks = matter.tasks.iter().map(|task| {
        let target = index.task_target(&task.to, path, output);
        (
            task.title.clone(),
            index.text(&task.text, context, output),
            target,
        )
    });
    let tasks = tasks.collect();
    Some(HomePage {
        path: path.clone(),
        title: matter.title.value.clone(),
        summary: index.text(&matter.summary, context, output),
        tasks,
        body: index.body(body, context.on(&LinkTarget::Home), output),
    })
}

/// The framework that the citations of a page refer to.
fn cited_framework(
    index: &Index<'_>,
    path: &SourcePath,
    matter: &PageMatter,
    output: &mut LinkOutput,
) -> Option<FrameworkIx> {
    let id: &Ref = matter.cites.as_ref()?;
    let ix = index.framework(id);
    if ix.is_none() {
        index.report_unknown_framework(
            id,
            &SourceLocation {
                path: path.clone(),
                span: id.span,
            },
            output,
        );
    }
    ix
}

impl Index<'_> {
    /// The target of a task on the home page.
    fn task_target(
        &self,
        to: &Ref,
        path: &SourcePath,
        output: &mut LinkOutput,
    ) -> Option<super::super::AnchoredTarget> {
        let place = SourceLocation {
            path: path.clone(),
            span: to.span,
        };
        if let Some(name) = to.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
            return self.record_link(name, &place, output);
        }
        let (file, anchor) = to
            .split_once('#')
            .map_or((to.value.as_str(), None), |(file, anchor)| {
                (file, Some(anchor))
            });
        if file.is_empty() {
            output.push(unknown_page::report(&place, to, std::iter::empty()));
            return None;
        }
        self.file_link(
            file,
            anchor,
            prose::TextContext::in_file(path),
            &place,
            output,
        )
    }
}
