//! Derives the colours of the theme from its accent, and lists the contrasts that the theme must have.
//!
//! Entry: [`Palette::from_accent`], [`nearest_readable`]. Invariant: for any accent, text can be read on all steps of the heat map;
//! the tints are limited by contrast.

use super::sheet::Mode;
use crate::config::Colour;

/// The minimum contrast of text (WCAG 2.2, 1.4.3).
const TEXT_CONTRAST: f64 = 4.5;

/// The minimum contrast of graphical objects and controls (WCAG 2.2, 1.4.11).
const GRAPHICS_CONTRAST: f64 = 3.0;

/// The enhanced contrast of text (WCAG 2.2, 1.4.6).
const ENHANCED_CONTRAST: f64 = 7.0;

/// Pairs of foreground and background token, each with its minimum contrast.
pub(super) const PAIRS: [(&str, &str, f64); 25] = [
    ("accent", "paper", TEXT_CONTRAST),
    ("accent", "wash", TEXT_CONTRAST),
    ("accent", "wash-2", TEXT_CONTRAST),
    ("accent-2", "paper", TEXT_CONTRAST),
    ("accent-2", "wash", TEXT_CONTRAST),
    ("accent-2", "wash-2", TEXT_CONTRAST),
    ("on-accent", "accent", TEXT_CONTRAST),
    ("on-accent", "accent-2", TEXT_CONTRAST),
    ("on-accent", "h4", TEXT_CONTRAST),
    ("on-accent", "h5", TEXT_CONTRAST),
    ("ink", "paper", TEXT_CONTRAST),
    ("ink", "wash", TEXT_CONTRAST),
    ("ink", "wash-2", TEXT_CONTRAST),
    ("ink", "mark", TEXT_CONTRAST),
    ("ink", "h1", TEXT_CONTRAST),
    ("ink", "h2", TEXT_CONTRAST),
    ("ink", "h3", TEXT_CONTRAST),
    ("ink-2", "paper", TEXT_CONTRAST),
    ("ink-2", "wash", TEXT_CONTRAST),
    ("ink-2", "wash-2", TEXT_CONTRAST),
    ("line-2", "paper", GRAPHICS_CONTRAST),
    ("line-2", "wash", GRAPHICS_CONTRAST),
    ("focus", "paper", GRAPHICS_CONTRAST),
    ("focus", "wash", GRAPHICS_CONTRAST),
    ("focus", "wash-2", GRAPHICS_CONTRAST),
];

/// The colours of the theme that an accent is combined with.
#[derive(Debug, Clone, Copy)]
pub(super) struct BaseColours {
    pub mode: Mode,
    pub paper: Colour,
    pub wash: Colour,
    pub ink: Colour,
    /// The theme's colour of text on the accent.
    pub on_accent: Colour,
}

/// An accent and the colours derived from it, by token.
#[derive(Debug, Clone)]
pub(super) struct Palette {
    pub colours: [(&'static str, Colour); 9],
}

impl Palette {
    /// Derives the colours from an accent.
    pub(super) fn from_accent(accent: Colour, base: BaseColours) -> Self {
        let BaseColours { paper, ink, .. } = base;
        let (extreme, step, tints) = match base.mode {
            Mode::Light => (Colour::BLACK, 350, [110, 270, 460]),
            Mode::Dark => (Colour::WHITE, 400, [180, 300, 420]),
        };
        let on_accent = text_on_accent(accent, base);
        // The strongest tint on which ink can be read; the others in proportion.
        let max_tint = (0..=tints[2])
            .rev()
            .find(|it| paper.mix(accent, *it).contrast(ink) >= TEXT_CONTRAST)
            .unwrap_or_default();
        let tint = |i: usize| paper.mix(accent, tints[i] * max_tint / tints[2]);
        // The fourth step is mixed with the paper as far as the text on it allows; the less it is, the further the fifth step goes
        // in the other direction.
        let towards_paper = (0..=200)
            .rev()
            .find(|it| accent.mix(paper, *it).contrast(on_accent) >= TEXT_CONTRAST)
            .unwrap_or_default();
        let colours = [
            ("accent", accent),
            ("accent-2", accent.mix(extreme, step)),
            ("wash-2", tint(0)),
            ("on-accent", on_accent),
            ("h1", tint(0)),
            ("h2", tint(1)),
            ("h3", tint(2)),
            ("h4", accent.mix(paper, towards_paper)),
            ("h5", accent.mix(extreme, 60 + (200 - towards_paper))),
        ];
        Self { colours }
    }

    fn get(&self, name: &str, base: BaseColours) -> Option<Colour> {
        let own = self.colours.iter().find(|(it, _)| *it == name);
        own.map(|(_, it)| *it).or(match name {
            "paper" => Some(base.paper),
            "wash" => Some(base.wash),
            "ink" => Some(base.ink),
            _ => None,
        })
    }

    /// The first pair whose contrast is too low: foreground and background token, contrast, and minimum.
    pub(super) fn first_failure(
        &self,
        base: BaseColours,
    ) -> Option<(&'static str, &'static str, f64, f64)> {
        let mut pairs = PAIRS.iter().filter_map(|(text, background, minimum)| {
            let ratio = self.get(text, base)?.contrast(self.get(background, base)?);
            Some((*text, *background, ratio, *minimum))
        });
        pairs.find(|(.., ratio, minimum)| ratio < minimum)
    }
}

/// The colour of text on an accent: that of the theme if it can be read, else a dark tone of the accent, black or white.
fn text_on_accent(accent: Colour, base: BaseColours) -> Colour {
    let dark = accent.mix(Colour::BLACK, 860);
    let choices = match base.mode {
        Mode::Light => [base.on_accent, Colour::WHITE, dark, Colour::BLACK],
        Mode::Dark => [dark, base.on_accent, Colour::BLACK, Colour::WHITE],
    };
    let readable = choices
        .into_iter()
        .find(|it| it.contrast(accent) >= TEXT_CONTRAST);
    readable.unwrap_or(base.on_accent)
}

/// The nearest tone of an accent with which all pairs have enough contrast; `None` if there is none.
pub(super) fn nearest_readable(accent: Colour, base: BaseColours) -> Option<Colour> {
    nearest_tone(accent, |tone| {
        Palette::from_accent(tone, base)
            .first_failure(base)
            .is_none()
    })
}

/// The accent for one appearance, derived from that of the other: the nearest tone with enhanced contrast on the paper, if there is
/// one.
pub(super) fn derive_accent(accent: Colour, base: BaseColours) -> Option<Colour> {
    let is_easily_readable = |it: Colour| {
        it.contrast(base.paper) >= ENHANCED_CONTRAST
            && Palette::from_accent(it, base).first_failure(base).is_none()
    };
    nearest_tone(accent, is_easily_readable).or_else(|| nearest_readable(accent, base))
}

/// The nearest darker or lighter tone of a colour that is accepted.
pub(super) fn nearest_tone(colour: Colour, is_accepted: impl Fn(Colour) -> bool) -> Option<Colour> {
    let steps = (0..=1000).step_by(4);
    let tones = steps.flat_map(|it| [Colour::BLACK, Colour::WHITE].map(|to| colour.mix(to, it)));
    tones.into_iter().find(|it| is_accepted(*it))
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::super::colours::TokenColours;
    use super::{BaseColours, Mode, PAIRS, Palette, nearest_readable};
    use crate::config::Colour;

    fn base_colours() -> [BaseColours; 2] {
        let sheet = built_in::text("css/tokens.css").expect("it is there");
        let used = TokenColours::from_sheets([(None, sheet)]);
        [Mode::Light, Mode::Dark].map(|mode| used.base_colours(mode).expect("every token"))
    }

    #[test]
    fn every_pair_of_the_built_in_theme_can_be_read() {
        let sheet = built_in::text("css/tokens.css").expect("it is there");
        let used = TokenColours::from_sheets([(None, sheet)]);
        for mode in [Mode::Light, Mode::Dark] {
            for (text, background, minimum) in PAIRS {
                let [text, background] = [text, background].map(|it| (it, used.get(mode, it)));
                let both = text.1.zip(background.1).expect("both are colours");
                let ratio = both.0.contrast(both.1);
                assert!(
                    ratio >= minimum,
                    "{mode:?} {text:?} {background:?}: {ratio}"
                );
            }
        }
    }

    #[test]
    fn whatever_accent_passes_has_steps_that_differ_and_can_be_read() {
        for base in base_colours() {
            for text in [
                "#f00", "#ff0", "#0f0", "#00f", "#808080", "#000", "#fff", "#7a1f5c", "#c8102e",
            ] {
                let colour = Colour::parse(text).expect("a colour");
                let accent = nearest_readable(colour, base).expect("a tone that passes");
                let palette = Palette::from_accent(accent, base);
                assert_eq!(palette.first_failure(base), None, "{text}");
                let heat: Vec<_> = palette.colours[4..].iter().map(|(_, it)| *it).collect();
                for pair in heat.windows(2) {
                    let ratio = pair[0].contrast(pair[1]);
                    assert!(ratio > 1.05, "{text} {:?}: {heat:?}", base.mode);
                }
            }
        }
    }

    #[test]
    fn a_tone_that_passes_is_its_own_nearest() {
        let [light, dark] = base_colours();
        for (text, base) in [("#0b5666", light), ("#76c5d2", dark)] {
            let colour = Colour::parse(text).expect("a colour");
            assert_eq!(nearest_readable(colour, base), Some(colour));
        }
    }
}
