//! The colours of the tokens on the pages: the theme's, overridden by the accent in `book.toml` and the book's own style sheets.
//!
//! Entry: [`TokenColours::from_sheets`], [`TokenColours::override_with`]. Invariant: values other than plain colours are not
//! interpreted.

use std::collections::BTreeMap;

use super::palette::{BaseColours, Palette, derive_accent};
use super::sheet::{self, Mode};
use crate::config::{Colour, Theme as Settings};
use crate::source::{SourceLocation, SourcePath, Span};

/// The colour of each token by appearance, and where a style sheet of the book declares it.
#[derive(Debug, Clone, Default)]
pub(super) struct TokenColours {
    tokens: BTreeMap<(Mode, String), (Option<Colour>, Option<SourceLocation>)>,
}

/// Colours that override those of a sheet.
pub(super) type ColourOverrides = Vec<(Mode, &'static str, Colour)>;

impl TokenColours {
    /// Reads the tokens of sheets; later ones override earlier ones. A sheet with a path belongs to the book.
    pub(super) fn from_sheets<'a>(
        sheets: impl IntoIterator<Item = (Option<SourcePath>, &'a str)>,
    ) -> Self {
        let mut colours = Self::default();
        for (path, text) in sheets {
            colours.add_sheet(path.as_ref(), text);
        }
        colours
    }

    /// Adds a sheet, which overrides the tokens so far.
    pub(super) fn add_sheet(&mut self, path: Option<&SourcePath>, text: &str) {
        for token in sheet::tokens(text) {
            let location = path.map(|path| SourceLocation {
                path: path.clone(),
                span: Span::new(token.value.start, token.value.end),
            });
            let colour = Colour::parse(&text[token.value]);
            self.tokens
                .insert((token.mode, token.name), (colour, location));
        }
    }

    /// Overrides tokens by colours.
    pub(super) fn override_with(&mut self, chosen: &ColourOverrides) {
        for (mode, name, colour) in chosen {
            let key = (*mode, (*name).to_owned());
            self.tokens.insert(key, (Some(*colour), None));
        }
    }

    fn entry(&self, mode: Mode, name: &str) -> Option<&(Option<Colour>, Option<SourceLocation>)> {
        let lookup = |mode| self.tokens.get(&(mode, name.to_owned()));
        lookup(mode).or_else(|| lookup(Mode::Light))
    }

    /// The colour of a token.
    pub(super) fn get(&self, mode: Mode, name: &str) -> Option<Colour> {
        self.entry(mode, name)?.0
    }

    /// Where a style sheet of the book declares the token.
    pub(super) fn location(&self, mode: Mode, name: &str) -> Option<&SourceLocation> {
        self.entry(mode, name)?.1.as_ref()
    }

    /// The colours that an accent is combined with, if all are plain colours.
    pub(super) fn base_colours(&self, mode: Mode) -> Option<BaseColours> {
        Some(BaseColours {
            mode,
            paper: self.get(mode, "paper")?,
            wash: self.get(mode, "wash")?,
            ink: self.get(mode, "ink")?,
            on_accent: self.get(mode, "on-accent")?,
        })
    }
}

/// The palettes of the accents in `book.toml`, one per appearance. An accent for one appearance only is adapted to the other.
pub(super) fn accent_palettes(
    settings: &Settings,
    colours: &TokenColours,
) -> Vec<(Palette, BaseColours)> {
    let parse = |it: &Option<String>| it.as_deref().and_then(Colour::parse);
    let (light, dark) = (parse(&settings.accent), parse(&settings.accent_dark));
    let palette_for = |mode, chosen: Option<Colour>, other: Option<Colour>| {
        let base = colours.base_colours(mode)?;
        let accent = chosen.or_else(|| derive_accent(other?, base))?;
        Some((Palette::from_accent(accent, base), base))
    };
    let light_palette = palette_for(Mode::Light, light, dark);
    light_palette
        .into_iter()
        .chain(palette_for(Mode::Dark, dark, light))
        .collect()
}

/// The tokens that palettes override.
pub(super) fn palette_overrides(accents: &[(Palette, BaseColours)]) -> ColourOverrides {
    let overrides = |(palette, base): &(Palette, BaseColours)| {
        let mode = base.mode;
        palette.colours.map(|(name, colour)| (mode, name, colour))
    };
    accents.iter().flat_map(overrides).collect()
}
