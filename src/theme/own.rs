//! What a book's own theme asks for that can't be: templates, files without effect, old copies, colours, pictures.
//!
//! Entry: [`in_templates`] before the templates are read, [`check`] afterwards. Invariant: a built-in file causes no diagnostic.

use std::collections::BTreeSet;

use super::palette::{self, PAIRS};
use super::rules::low_contrast::{self, Pair};
use super::rules::{
    outdated_override, template_mistake, unknown_block, unknown_theme_file, unusable_logo,
};
use super::sheet::Mode;
use super::template::{BUILT_IN, Named, Outlines};
use super::{TEMPLATES, Theme, brand, built_in, colours, under};
use crate::config::{BOOK_TOML, Config, value_location};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Sources};

/// Templates that are not there, lead in a circle, or have blocks that nothing shows.
pub(super) fn in_templates(outlines: &Outlines) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, outline) in outlines.iter() {
        let at = |named: &Named| SourceLocation {
            path: format!("theme/templates/{name}").into(),
            span: named.span,
        };
        let others = outline.extends.iter().chain(&outline.includes);
        let absent: Vec<_> = others
            .filter(|it| outlines.find(&it.name).is_none())
            .collect();
        let missing = absent
            .iter()
            .map(|it| template_mistake::no_template(&at(it), &it.name, &outlines.names()));
        found.extend(missing);
        let (Some(extends), true) = (&outline.extends, absent.is_empty()) else {
            continue;
        };
        let Some(parents) = outlines.parents(outline) else {
            found.push(template_mistake::circle(&at(extends), name));
            continue;
        };
        let known = parents.iter().flat_map(|it| &it.blocks);
        let known: BTreeSet<_> = known.map(|it| it.name.as_str()).collect();
        let known: Vec<_> = known.into_iter().collect();
        let unknown = outline
            .fills
            .iter()
            .filter(|it| !known.contains(&it.name.as_str()));
        found.extend(unknown.map(|it| unknown_block::at(&at(it), &it.name, &extends.name, &known)));
    }
    found.extend(missing_blocks(outlines));
    found
}

/// Blocks that built-in templates fill and a template of the book, which they extend, does not have.
fn missing_blocks(outlines: &Outlines) -> Vec<Diagnostic> {
    let own: BTreeSet<_> = outlines.iter().map(|(name, _)| name.as_str()).collect();
    let mut missing = BTreeSet::new();
    for name in outlines.names() {
        let built_in = name.strip_prefix(BUILT_IN);
        let Some(name) = built_in.filter(|it| !own.contains(it)) else {
            continue;
        };
        let Some((_, outline)) = outlines.find(name) else {
            continue;
        };
        let above = outline.extends.iter().find(|it| own.contains(&*it.name));
        let Some((above, parents)) = above.zip(outlines.parents(&outline)) else {
            continue;
        };
        let known = |block: &Named| parents.iter().any(|it| it.has(&block.name));
        let unknown = outline.fills.iter().filter(|it| !known(it));
        missing.extend(unknown.map(|it| (above.name.clone(), it.name.clone())));
    }
    let places = missing.into_iter();
    places
        .map(|(template, block)| template_mistake::no_block(&template, &block))
        .collect()
}

/// Everything else.
pub(super) fn check(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = outdated(theme);
    let pictures = pictures(theme, config, sources);
    // A picture that nothing uses may be the one that a setting means.
    let meant = |it: &Diagnostic| {
        let ending = it.path.rsplit('.').next();
        !pictures.is_empty() && matches!(ending, Some("svg" | "png"))
    };
    let unused = unused(theme, config).into_iter();
    found.extend(unused.filter(|it| !meant(it)));
    found.extend(pictures.iter().cloned());
    found.extend(accents(theme, config, sources));
    found.extend(tokens(theme, config));
    found
}

/// Copies of what has changed since.
fn outdated(theme: &Theme) -> Vec<Diagnostic> {
    let old = theme.own.iter().filter_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let (digest, rest) = built_in::stamped(path, text)?;
        let now = built_in::text(path)?;
        let line = text.len() - rest.len() - 1;
        let is_old = digest != built_in::digest(now);
        is_old.then(|| outdated_override::at(&format!("theme/{path}").into(), line, path))
    });
    old.collect()
}

/// Files that change nothing.
fn unused(theme: &Theme, config: &Config) -> Vec<Diagnostic> {
    let reached = reached(theme);
    let texts: Vec<_> = theme
        .own
        .iter()
        .filter(|(path, _)| {
            path.starts_with("css/")
                || path
                    .strip_prefix(TEMPLATES)
                    .is_some_and(|it| reached.contains(it))
        })
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
        .collect();
    let named = |name: &str| texts.iter().any(|it| it.contains(name));
    let settings = &config.theme;
    let set = [&settings.logo, &settings.logo_dark, &settings.favicon];
    let set: Vec<_> = set
        .into_iter()
        .flatten()
        .filter_map(|it| brand::inner(it))
        .collect();
    let has_effect = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        built_in::file(path).is_some()
            || set.contains(&path)
            || match path.split_once('/') {
                Some(("templates", name)) => reached.contains(name),
                Some(("css", _)) => file.rsplit('.').next() == Some("css"),
                Some(("icons", name)) => named(&format!("#{}", name.trim_end_matches(".svg"))),
                _ => named(file),
            }
    };
    let known: Vec<_> = built_in::paths()
        .iter()
        .map(|it| format!("theme/{it}"))
        .collect();
    let idle = theme.own.keys().filter(|it| !has_effect(it));
    idle.map(|it| unknown_theme_file::at(&format!("theme/{it}").into(), &known))
        .collect()
}

/// The names of the book's templates that pages come to: those of built-in ones, and what they extend, include or call.
fn reached(theme: &Theme) -> BTreeSet<String> {
    let templates = under(&theme.own, TEMPLATES).filter_map(|(path, bytes)| {
        Some((&path[TEMPLATES.len()..], std::str::from_utf8(bytes).ok()?))
    });
    let outlines = Outlines::of(templates);
    let is_own: BTreeSet<_> = outlines.iter().map(|(name, _)| name.clone()).collect();
    let parts = |name: &&String| {
        let outline = outlines.iter().find(|it| it.0 == *name);
        outline.is_some_and(|(_, it)| !it.components.is_empty())
    };
    let built_in = |name: &&String| built_in::file(&format!("{TEMPLATES}{name}")).is_some();
    let first = is_own.iter().filter(|it| built_in(it) || parts(it));
    let mut out: BTreeSet<_> = first.cloned().collect();
    let mut next: Vec<_> = out.iter().cloned().collect();
    while let Some(name) = next.pop() {
        let Some((_, outline)) = outlines.find(&name) else {
            continue;
        };
        for other in outline.extends.iter().chain(&outline.includes) {
            if is_own.contains(&other.name) && out.insert(other.name.clone()) {
                next.push(other.name.clone());
            }
        }
    }
    out
}

/// A logo or favicon that can't be shown.
fn pictures(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let settings = &config.theme;
    let set = [
        ("logo", &settings.logo),
        ("logo-dark", &settings.logo_dark),
        ("favicon", &settings.favicon),
    ];
    let wrong = set.into_iter().filter_map(|(key, path)| {
        let path = path.as_deref()?;
        let place = setting(sources, key);
        let bytes = brand::inner(path)
            .map(|it| theme.file(it))
            .unwrap_or_default();
        if bytes.is_empty() {
            let known: Vec<_> = sources
                .under("theme/")
                .map(|(path, _)| path.as_ref())
                .collect();
            return Some(unusable_logo::absent(&place, path, &known));
        }
        (!brand::is_picture(path, bytes)).then(|| unusable_logo::no_picture(&place, path))
    });
    wrong.collect()
}

fn setting(sources: &Sources, key: &str) -> SourceLocation {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    value_location(&path, text, &["theme", key])
}

/// Accents of `book.toml` with which something can't be read.
fn accents(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let settings = &config.theme;
    let wrong = colours::accents(settings, &theme.used())
        .into_iter()
        .filter_map(|(palette, ground)| {
            let (text, under, ratio, least) = palette.wrong(ground)?;
            let (key, set) = match ground.mode {
                Mode::Light => ("accent", settings.accent.is_some()),
                Mode::Dark => ("accent-dark", settings.accent_dark.is_some()),
            };
            let [(_, accent), ..] = palette.colours;
            let pair = Pair {
                text,
                under,
                ratio,
                least,
            };
            let fit = palette::fit(accent, ground).map(|it| it.to_string());
            set.then(|| low_contrast::at(&setting(sources, key), &pair, "", fit))
        });
    wrong.collect()
}

/// Tokens of the book's own style sheets with which something can't be read.
fn tokens(theme: &Theme, config: &Config) -> Vec<Diagnostic> {
    let chosen = colours::chosen(&colours::accents(&config.theme, &theme.used()));
    let used = theme.used_with(&chosen);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (mode, appearance) in [(Mode::Light, ""), (Mode::Dark, " in the dark appearance")] {
        for (text, under, least) in PAIRS {
            let Some((one, other)) = used.get(mode, text).zip(used.get(mode, under)) else {
                continue;
            };
            let ratio = one.contrast(other);
            let own = [text, under]
                .into_iter()
                .find_map(|it| Some((it, used.place(mode, it)?)));
            let Some((token, place)) = own.filter(|_| ratio < least) else {
                continue;
            };
            if !seen.insert(place.clone()) {
                continue;
            }
            let pairs = || PAIRS.iter().filter(|it| it.0 == token || it.1 == token);
            let fit = used.get(mode, token).and_then(|colour| {
                palette::nearest(colour, |tone| {
                    let of = |it: &str| {
                        if it == token {
                            Some(tone)
                        } else {
                            used.get(mode, it)
                        }
                    };
                    pairs().all(|(text, under, least)| {
                        let both = of(text).zip(of(under));
                        both.is_none_or(|(one, other)| one.contrast(other) >= *least)
                    })
                })
            });
            let pair = Pair {
                text,
                under,
                ratio,
                least,
            };
            found.push(low_contrast::at(
                place,
                &pair,
                appearance,
                fit.map(|it| it.to_string()),
            ));
        }
    }
    found
}
