//! Checks the theme of a book: templates, files without effect, outdated copies, colours, pictures.
//!
//! Entry: [`check_templates`] before the templates are loaded, [`check`] afterwards. Invariant: the built-in files cause no
//! diagnostic.

use std::collections::BTreeSet;

use super::palette::{self, PAIRS};
use super::rules::low_contrast::{self, ContrastFailure};
use super::rules::{
    outdated_override, template_mistake, unknown_block, unknown_theme_file, unusable_logo,
};
use super::sheet::Mode;
use super::template::{BUILT_IN, Outlines, SpannedName};
use super::{TEMPLATES, Theme, brand, built_in, colours, files_in};
use crate::config::{BOOK_TOML, Config, value_location};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Sources, Span};

/// Reports references to missing templates, cyclic `extends`, and blocks that nothing shows.
pub(super) fn check_templates(outlines: &Outlines) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (name, outline) in outlines.iter() {
        let location = |named: &SpannedName| SourceLocation {
            path: format!("theme/templates/{name}").into(),
            span: named.span,
        };
        let others = outline.extends.iter().chain(&outline.includes);
        let absent: Vec<_> = others
            .filter(|it| outlines.find(&it.name).is_none())
            .collect();
        let missing = absent.iter().map(|reference| {
            template_mistake::missing_template(
                &location(reference),
                &reference.name,
                &outlines.names(),
            )
        });
        diagnostics.extend(missing);
        let (Some(extends), true) = (&outline.extends, absent.is_empty()) else {
            continue;
        };
        let Some(parents) = outlines.parents(outline) else {
            diagnostics.push(template_mistake::circular_extends(&location(extends), name));
            continue;
        };
        let known = parents.iter().flat_map(|it| &it.blocks);
        let known: BTreeSet<_> = known.map(|it| it.name.as_str()).collect();
        let known: Vec<_> = known.into_iter().collect();
        let unknown = outline
            .top_level_blocks
            .iter()
            .filter(|it| !known.contains(&it.name.as_str()));
        diagnostics.extend(
            unknown.map(|it| unknown_block::report(&location(it), &it.name, &extends.name, &known)),
        );
    }
    diagnostics.extend(missing_blocks(outlines));
    diagnostics
}

/// Reports templates of the book that lack a block which built-in templates override.
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
        let overridden = outline.extends.iter().find(|it| own.contains(&*it.name));
        let Some((overridden, parents)) = overridden.zip(outlines.parents(&outline)) else {
            continue;
        };
        let known = |block: &SpannedName| parents.iter().any(|it| it.has_block(&block.name));
        let unknown = outline.top_level_blocks.iter().filter(|it| !known(it));
        missing.extend(unknown.map(|it| (overridden.name.clone(), it.name.clone())));
    }
    let places = missing.into_iter();
    places
        .map(|(template, block)| template_mistake::missing_block(&template, &block))
        .collect()
}

/// The heading of a page in a template of the book that makes a chapter of the printed document, which has one of its own.
pub(super) fn page_heading(theme: &Theme, template: &str) -> Option<Diagnostic> {
    let own = files_in(&theme.own, TEMPLATES).filter_map(|(path, bytes)| {
        let start = std::str::from_utf8(bytes).ok()?.find("<h1")?;
        Some((path, Span::new(start, start + "<h1".len())))
    });
    let named = |path: &str| path[TEMPLATES.len()..] == *template;
    // A part that the template calls may print it.
    let (path, span) = own.min_by_key(|(path, _)| !named(path))?;
    let place = SourceLocation {
        path: format!("theme/{path}").into(),
        span,
    };
    Some(template_mistake::page_heading(&place))
}

/// Checks everything else.
pub(super) fn check(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = outdated_copies(theme);
    let pictures = check_pictures(theme, config, sources);
    // If a picture setting is wrong, an unused picture may be the one that was meant.
    let may_be_meant = |it: &Diagnostic| {
        let ending = it.path.rsplit('.').next();
        !pictures.is_empty() && matches!(ending, Some("svg" | "png"))
    };
    let unused = unused_files(theme, config).into_iter();
    diagnostics.extend(unused.filter(|it| !may_be_meant(it)));
    diagnostics.extend(pictures.iter().cloned());
    diagnostics.extend(check_accents(theme, config, sources));
    diagnostics.extend(check_tokens(theme, config));
    diagnostics
}

/// Reports copies of built-in files that have changed since.
fn outdated_copies(theme: &Theme) -> Vec<Diagnostic> {
    let old = theme.own.iter().filter_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let (digest, rest) = built_in::split_stamp(path, text)?;
        let now = built_in::text(path)?;
        let line = text.len() - rest.len() - 1;
        let is_old = digest != built_in::digest(now);
        is_old.then(|| outdated_override::report(&format!("theme/{path}").into(), line, path))
    });
    old.collect()
}

/// Reports files without effect.
fn unused_files(theme: &Theme, config: &Config) -> Vec<Diagnostic> {
    let used_templates = used_templates(theme);
    let texts: Vec<_> = theme
        .own
        .iter()
        .filter(|(path, _)| {
            path.starts_with("css/")
                || path
                    .strip_prefix(TEMPLATES)
                    .is_some_and(|it| used_templates.contains(it))
        })
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
        .collect();
    let named = |name: &str| texts.iter().any(|it| it.contains(name));
    let settings = &config.theme;
    let set = [&settings.logo, &settings.logo_dark, &settings.favicon];
    let set: Vec<_> = set
        .into_iter()
        .flatten()
        .filter_map(|it| brand::path_in_theme(it))
        .collect();
    let has_effect = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        built_in::file(path).is_some()
            || set.contains(&path)
            || match path.split_once('/') {
                Some(("templates", name)) => used_templates.contains(name),
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
    idle.map(|it| unknown_theme_file::report(&format!("theme/{it}").into(), &known))
        .collect()
}

/// The names of the book's templates that pages use: overrides of built-in ones, those with components, and what these extend or
/// include.
fn used_templates(theme: &Theme) -> BTreeSet<String> {
    let templates = files_in(&theme.own, TEMPLATES).filter_map(|(path, bytes)| {
        Some((&path[TEMPLATES.len()..], std::str::from_utf8(bytes).ok()?))
    });
    let outlines = Outlines::parse(templates);
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

/// Reports logos and favicons that can't be shown.
fn check_pictures(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let settings = &config.theme;
    let set = [
        ("logo", &settings.logo),
        ("logo-dark", &settings.logo_dark),
        ("favicon", &settings.favicon),
    ];
    let wrong = set.into_iter().filter_map(|(key, path)| {
        let path = path.as_deref()?;
        let location = setting_location(sources, key);
        let bytes = brand::path_in_theme(path)
            .map(|it| theme.file(it))
            .unwrap_or_default();
        if bytes.is_empty() {
            let known: Vec<_> = sources
                .under("theme/")
                .map(|(path, _)| path.as_ref())
                .collect();
            return Some(unusable_logo::missing_file(&location, path, &known));
        }
        (!brand::is_valid_picture(path, bytes))
            .then(|| unusable_logo::not_a_picture(&location, path))
    });
    wrong.collect()
}

fn setting_location(sources: &Sources, key: &str) -> SourceLocation {
    let path: SourcePath = BOOK_TOML.into();
    let text = sources.text(&path).unwrap_or_default();
    value_location(&path, text, &["theme", key])
}

/// Reports accents in `book.toml` with too little contrast.
fn check_accents(theme: &Theme, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let settings = &config.theme;
    let wrong = colours::accent_palettes(settings, &theme.tokens())
        .into_iter()
        .filter_map(|(palette, base)| {
            let (text, background, ratio, minimum) = palette.first_failure(base)?;
            let (key, set) = match base.mode {
                Mode::Light => ("accent", settings.accent.is_some()),
                Mode::Dark => ("accent-dark", settings.accent_dark.is_some()),
            };
            let [(_, accent), ..] = palette.colours;
            let failure = ContrastFailure {
                foreground: text,
                background,
                ratio,
                minimum,
            };
            let fit = palette::nearest_readable(accent, base).map(|it| it.to_string());
            set.then(|| low_contrast::report(&setting_location(sources, key), &failure, "", fit))
        });
    wrong.collect()
}

/// Reports tokens in the book's style sheets with too little contrast.
fn check_tokens(theme: &Theme, config: &Config) -> Vec<Diagnostic> {
    let chosen =
        colours::palette_overrides(&colours::accent_palettes(&config.theme, &theme.tokens()));
    let colours = theme.tokens_with(&chosen);
    let mut diagnostics = Vec::new();
    let mut seen = BTreeSet::new();
    for (mode, appearance) in [(Mode::Light, ""), (Mode::Dark, " in the dark appearance")] {
        for (text, background, minimum) in PAIRS {
            let Some((one, other)) = colours.get(mode, text).zip(colours.get(mode, background))
            else {
                continue;
            };
            let ratio = one.contrast(other);
            let own = [text, background]
                .into_iter()
                .find_map(|it| Some((it, colours.location(mode, it)?)));
            let Some((token, location)) = own.filter(|_| ratio < minimum) else {
                continue;
            };
            if !seen.insert(location.clone()) {
                continue;
            }
            let pairs = || PAIRS.iter().filter(|it| it.0 == token || it.1 == token);
            let fit = colours.get(mode, token).and_then(|colour| {
                palette::nearest_tone(colour, |tone| {
                    let colour_of = |it: &str| {
                        if it == token {
                            Some(tone)
                        } else {
                            colours.get(mode, it)
                        }
                    };
                    pairs().all(|(text, background, minimum)| {
                        let both = colour_of(text).zip(colour_of(background));
                        both.is_none_or(|(one, other)| one.contrast(other) >= *minimum)
                    })
                })
            });
            let failure = ContrastFailure {
                foreground: text,
                background,
                ratio,
                minimum,
            };
            diagnostics.push(low_contrast::report(
                location,
                &failure,
                appearance,
                fit.map(|it| it.to_string()),
            ));
        }
    }
    diagnostics
}
