//! The templates of a theme, with the layout of pages or that of chapters in the printed document, which have no header and footer.
//!
//! Entry: [`page_templates`], [`chapter_templates`], [`Templates::render`]. Invariant: both are made from the same files; those of the
//! book override the built-in ones.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera};

use super::inline::Components;
use super::template::{BUILT_IN, Outline, Outlines};
use super::template_error::{self, diagnostic};
use super::{TEMPLATES, Theme, built_in, check, files_in};
use crate::diagnostic::Diagnostic;

/// The layout of pages, and its block for the body.
const LAYOUT: &str = "layout.html";
const BODY: &str = "body";

/// Initial capacity for the HTML of a page, in bytes.
const INITIAL_CAPACITY: usize = 64 * 1024;

/// The templates of a theme with one of its layouts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Templates<'a> {
    /// As pages.
    Pages(&'a Theme),
    /// As chapters of the document.
    Chapters(&'a Theme),
}

impl<'a> Templates<'a> {
    /// The theme.
    pub(crate) fn theme(self) -> &'a Theme {
        match self {
            Self::Pages(theme) | Self::Chapters(theme) => theme,
        }
    }

    /// Renders a view: a page with the symbols that it uses, a chapter without symbols.
    pub(crate) fn render(
        self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        match self {
            Self::Pages(theme) => {
                let html = theme.render_without_symbols(template, view)?;
                Ok(theme.insert_symbols(html, std::iter::empty()))
            }
            Self::Chapters(theme) => {
                let html = render(theme.chapter_templates()?, template, view)?;
                let heading = html
                    .contains("<h1")
                    .then(|| check::page_heading(theme, template));
                match heading.flatten() {
                    Some(mistake) => Err(Box::new(mistake)),
                    None => Ok(html),
                }
            }
        }
    }
}

/// Loads the templates of the book and the built-in ones; these are also found as `built-in/NAME`.
pub(super) fn page_templates(
    files: &BTreeMap<String, Vec<u8>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tera {
    let mut tera = Tera::default();
    let own: Vec<_> = files_in(files, TEMPLATES)
        .filter_map(|(path, bytes)| {
            Some((&path[TEMPLATES.len()..], std::str::from_utf8(bytes).ok()?))
        })
        .collect();
    // The built-in templates alone are consistent.
    if !own.is_empty() {
        let outlines = Outlines::parse(own.iter().copied());
        diagnostics.extend(check::check_templates(&outlines));
    }
    if !diagnostics.is_empty() {
        return tera;
    }
    match parse(template_texts(files)) {
        Ok(parsed) => tera = parsed,
        Err(error) => diagnostics.extend(template_error::diagnostics(&error, files)),
    }
    tera
}

/// Loads the templates with the layout of chapters.
pub(super) fn chapter_templates(own: &BTreeMap<String, Vec<u8>>) -> Result<Tera, Box<Diagnostic>> {
    let mut texts = template_texts(own);
    let layouts = texts.iter().filter(|(name, _)| is_layout(name));
    let layout = body_only_layout(layouts.map(|(_, text)| text.as_ref()));
    for (_, text) in texts.iter_mut().filter(|(name, _)| is_layout(name)) {
        *text = Cow::Owned(layout.clone());
    }
    parse(texts).map_err(|it| Box::new(diagnostic(&it)))
}

/// The texts of all templates by name, the built-in ones with their prefix.
fn template_texts(own: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Cow<'_, str>)> {
    let own: Vec<_> = files_in(own, TEMPLATES)
        .filter_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            Some((&path[TEMPLATES.len()..], text))
        })
        .collect();
    let outlines = own.iter().map(|(_, text)| Outline::parse(text));
    let replaced = outlines.flat_map(|it| it.components).collect();
    let paths = built_in::paths();
    let built_in = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(TEMPLATES)?;
        Some((name, built_in::text(path)?))
    });
    let components = Components::parse(built_in.clone().map(|(_, text)| text), &replaced);
    let built_in = built_in.map(|(name, text)| {
        let text = components.inline(text);
        (format!("{BUILT_IN}{name}"), Cow::Owned(text))
    });
    let own = own
        .into_iter()
        .map(|(name, text)| (name.to_owned(), Cow::Borrowed(text)));
    built_in.chain(own).collect()
}

fn parse(texts: Vec<(String, Cow<'_, str>)>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes(vec![BUILT_IN.to_owned()])?;
    tera.add_raw_templates(texts)?;
    Ok(tera)
}

fn is_layout(name: &str) -> bool {
    name.strip_prefix(BUILT_IN).unwrap_or(name) == LAYOUT
}

/// A layout that shows only the body. It defines the other blocks too, without showing them, so that every template can extend it.
fn body_only_layout<'a>(layouts: impl Iterator<Item = &'a str>) -> String {
    let tags = layouts.flat_map(|it| it.split("{%").skip(1));
    let names = tags.filter_map(|tag| {
        let words = tag.trim_start_matches('-').trim_start();
        words.strip_prefix("block ")?.split([' ', '-', '%']).next()
    });
    let block = |name: &str| {
        let block = format!("{{% block {name} %}}{{% endblock {name} %}}");
        match name {
            BODY => block,
            _ => format!("{{% if false %}}{block}{{% endif %}}"),
        }
    };
    let names: BTreeSet<_> = names.collect();
    names.into_iter().map(block).collect()
}

/// Renders a view with a template.
pub(super) fn render(
    tera: &Tera,
    template: &str,
    view: &impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let context = Context::from_serialize(view).map_err(|it| Box::new(diagnostic(&it)))?;
    let mut out = Vec::with_capacity(INITIAL_CAPACITY);
    let boxed = |it| Box::new(diagnostic(&it));
    tera.render_to(template, &context, &mut out)
        .map_err(boxed)?;
    String::from_utf8(out).map_err(|it| boxed(it.into()))
}
