//! The templates of a theme: as pages, and as chapters of the document, which have no frame.
//!
//! Entry: [`templates`], [`chapters`], [`Templates::render`]. Invariant: both are made from the same files, the book's own
//! before the built-in ones.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera};

use super::inline::Components;
use super::mistake::{mistake, mistakes as mistakes_in};
use super::template::{BUILT_IN, Outline, Outlines};
use super::{TEMPLATES, Theme, built_in, own, under};
use crate::diagnostic::Diagnostic;

/// The layout of pages, and the block of it that holds what a page is about.
const LAYOUT: &str = "layout.html";
const BODY: &str = "body";

/// How many bytes a page has room for before it grows.
const ROOM: usize = 64 * 1024;

/// The templates of a theme under one of its layouts.
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

    /// A page through its template, with the symbols that it uses; a chapter without them.
    pub(crate) fn render(
        self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        match self {
            Self::Pages(theme) => {
                let html = theme.shell(template, view)?;
                Ok(theme.with_symbols(html, std::iter::empty()))
            }
            Self::Chapters(theme) => {
                let html = filled(theme.chapters()?, template, view)?;
                let heading = html
                    .contains("<h1")
                    .then(|| own::page_heading(theme, template));
                match heading.flatten() {
                    Some(mistake) => Err(Box::new(mistake)),
                    None => Ok(html),
                }
            }
        }
    }
}

/// The templates of both, where a built-in one is also found by `built-in/NAME`.
pub(super) fn templates(files: &BTreeMap<String, Vec<u8>>, mistakes: &mut Vec<Diagnostic>) -> Tera {
    let mut tera = Tera::default();
    let own: Vec<_> = under(files, TEMPLATES)
        .filter_map(|(path, bytes)| {
            Some((&path[TEMPLATES.len()..], std::str::from_utf8(bytes).ok()?))
        })
        .collect();
    // The built-in ones fit each other.
    if !own.is_empty() {
        let outlines = Outlines::of(own.iter().copied());
        mistakes.extend(own::in_templates(&outlines));
    }
    if !mistakes.is_empty() {
        return tera;
    }
    match read(texts(files)) {
        Ok(read) => tera = read,
        Err(error) => mistakes.extend(mistakes_in(&error, files)),
    }
    tera
}

/// The templates with the layout of chapters.
pub(super) fn chapters(own: &BTreeMap<String, Vec<u8>>) -> Result<Tera, Box<Diagnostic>> {
    let mut texts = texts(own);
    let layouts = texts.iter().filter(|(name, _)| is_layout(name));
    let bare = bare(layouts.map(|(_, text)| text.as_ref()));
    for (_, text) in texts.iter_mut().filter(|(name, _)| is_layout(name)) {
        *text = Cow::Owned(bare.clone());
    }
    read(texts).map_err(|it| Box::new(mistake(&it)))
}

/// The texts of both by name, the built-in ones under their prefix.
fn texts(own: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Cow<'_, str>)> {
    let own = under(own, TEMPLATES).filter_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        Some((&path[TEMPLATES.len()..], text))
    });
    let own: Vec<_> = own.collect();
    let outlines = own.iter().map(|(_, text)| Outline::of(text));
    let replaced = outlines.flat_map(|it| it.components).collect();
    let paths = built_in::paths();
    let built_in = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(TEMPLATES)?;
        Some((name, built_in::text(path)?))
    });
    let components = Components::of(built_in.clone().map(|(_, text)| text), &replaced);
    let built_in = built_in.map(|(name, text)| {
        let text = components.written_out(text);
        (format!("{BUILT_IN}{name}"), Cow::Owned(text))
    });
    let own = own.into_iter();
    let own = own.map(|(name, text)| (name.to_owned(), Cow::Borrowed(text)));
    built_in.chain(own).collect()
}

fn read(texts: Vec<(String, Cow<'_, str>)>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes(vec![BUILT_IN.to_owned()])?;
    tera.add_raw_templates(texts)?;
    Ok(tera)
}

fn is_layout(name: &str) -> bool {
    name.strip_prefix(BUILT_IN).unwrap_or(name) == LAYOUT
}

/// A layout that shows nothing but the body: the blocks of others are there, so that each template fits it.
fn bare<'a>(layouts: impl Iterator<Item = &'a str>) -> String {
    let tags = layouts.flat_map(|it| it.split("{%").skip(1));
    let names = tags.filter_map(|it| {
        let words = it.trim_start_matches('-').trim_start();
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

/// A template with a view in it.
pub(super) fn filled(
    tera: &Tera,
    template: &str,
    view: &impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let context = Context::from_serialize(view).map_err(|it| Box::new(mistake(&it)))?;
    let mut out = Vec::with_capacity(ROOM);
    let told = |it| Box::new(mistake(&it));
    tera.render_to(template, &context, &mut out).map_err(told)?;
    String::from_utf8(out).map_err(|it| told(it.into()))
}
