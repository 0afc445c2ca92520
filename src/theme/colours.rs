//! The tokens as pages use them: the theme's, with the accent of `book.toml` and the book's own style sheets laid over.
//!
//! Entry: [`Used::of`], [`Used::with`]. Invariant: a value that is no plain colour is left alone, and nothing is said of it.

use std::collections::BTreeMap;

use super::palette::{Ground, Palette, follow};
use super::sheet::{self, Mode};
use crate::config::{Colour, Theme as Settings};
use crate::source::{SourceLocation, SourcePath, Span};

/// Tokens by appearance.
#[derive(Debug, Clone, Default)]
pub(super) struct Used {
    tokens: BTreeMap<(Mode, String), (Option<Colour>, Option<SourceLocation>)>,
}

/// Colours that take the place of those in a sheet.
pub(super) type Chosen = Vec<(Mode, &'static str, Colour)>;

impl Used {
    /// The tokens of sheets in their order; a sheet with a path is the book's own.
    pub(super) fn of<'a>(sheets: impl IntoIterator<Item = (Option<SourcePath>, &'a str)>) -> Self {
        let mut used = Self::default();
        for (path, text) in sheets {
            used.add(path.as_ref(), text);
        }
        used
    }

    /// Lays a sheet over the tokens.
    pub(super) fn add(&mut self, path: Option<&SourcePath>, text: &str) {
        for token in sheet::tokens(text) {
            let place = path.map(|path| SourceLocation {
                path: path.clone(),
                span: Span::new(token.value.start, token.value.end),
            });
            let colour = Colour::parse(&text[token.value]);
            self.tokens
                .insert((token.mode, token.name), (colour, place));
        }
    }

    /// Lays chosen colours over the tokens.
    pub(super) fn with(&mut self, chosen: &Chosen) {
        for (mode, name, colour) in chosen {
            let key = (*mode, (*name).to_owned());
            self.tokens.insert(key, (Some(*colour), None));
        }
    }

    fn entry(&self, mode: Mode, name: &str) -> Option<&(Option<Colour>, Option<SourceLocation>)> {
        let of = |mode| self.tokens.get(&(mode, name.to_owned()));
        of(mode).or_else(|| of(Mode::Light))
    }

    /// The colour of a token.
    pub(super) fn get(&self, mode: Mode, name: &str) -> Option<Colour> {
        self.entry(mode, name)?.0
    }

    /// Where one of the book's own style sheets gives a token this colour.
    pub(super) fn place(&self, mode: Mode, name: &str) -> Option<&SourceLocation> {
        self.entry(mode, name)?.1.as_ref()
    }

    /// What an accent is laid on.
    pub(super) fn ground(&self, mode: Mode) -> Option<Ground> {
        Some(Ground {
            mode,
            paper: self.get(mode, "paper")?,
            wash: self.get(mode, "wash")?,
            ink: self.get(mode, "ink")?,
            on_accent: self.get(mode, "on-accent")?,
        })
    }
}

/// The accents that `book.toml` asks for, by appearance: as written, and as it follows from the other one.
pub(super) fn accents(settings: &Settings, used: &Used) -> Vec<(Palette, Ground)> {
    let parse = |it: &Option<String>| it.as_deref().and_then(Colour::parse);
    let (light, dark) = (parse(&settings.accent), parse(&settings.accent_dark));
    let of = |mode, own: Option<Colour>, other: Option<Colour>| {
        let ground = used.ground(mode)?;
        let accent = own.or_else(|| follow(other?, ground))?;
        Some((Palette::of(accent, ground), ground))
    };
    let light_of = of(Mode::Light, light, dark);
    light_of
        .into_iter()
        .chain(of(Mode::Dark, dark, light))
        .collect()
}

/// The colours of accents, as they stand in the sheet of tokens.
pub(super) fn chosen(accents: &[(Palette, Ground)]) -> Chosen {
    let of = |(palette, ground): &(Palette, Ground)| {
        let mode = ground.mode;
        palette.colours.map(|(name, colour)| (mode, name, colour))
    };
    accents.iter().flat_map(of).collect()
}
