//! The colours that follow the accent, and which pairs of tokens have to be read on each other.
//!
//! Entry: [`Palette::of`], [`fit`]. Invariant: whatever accent is chosen, ink can be read on the light steps of heat, and the text
//! on the accent on the strong ones: contrast decides how far a tone goes.

use super::sheet::Mode;
use crate::config::Colour;

/// The least contrast of text (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;

/// The least contrast of what else has to be seen (WCAG 2.2, 1.4.11).
const SEEN: f64 = 3.0;

/// The contrast of text that is read with ease (WCAG 2.2, 1.4.6).
const WELL: f64 = 7.0;

/// What stands on what, by token, with the contrast that it needs.
pub(super) const PAIRS: [(&str, &str, f64); 25] = [
    ("accent", "paper", TEXT),
    ("accent", "wash", TEXT),
    ("accent", "wash-2", TEXT),
    ("accent-2", "paper", TEXT),
    ("accent-2", "wash", TEXT),
    ("accent-2", "wash-2", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-2", TEXT),
    ("on-accent", "h4", TEXT),
    ("on-accent", "h5", TEXT),
    ("ink", "paper", TEXT),
    ("ink", "wash", TEXT),
    ("ink", "wash-2", TEXT),
    ("ink", "mark", TEXT),
    ("ink", "h1", TEXT),
    ("ink", "h2", TEXT),
    ("ink", "h3", TEXT),
    ("ink-2", "paper", TEXT),
    ("ink-2", "wash", TEXT),
    ("ink-2", "wash-2", TEXT),
    ("line-2", "paper", SEEN),
    ("line-2", "wash", SEEN),
    ("focus", "paper", SEEN),
    ("focus", "wash", SEEN),
    ("focus", "wash-2", SEEN),
];

/// The colours that an accent is laid on and mixed with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    pub mode: Mode,
    pub paper: Colour,
    pub wash: Colour,
    pub ink: Colour,
    /// The text on the accent as the theme has it.
    pub on_accent: Colour,
}

/// An accent with what follows it.
#[derive(Debug, Clone)]
pub(super) struct Palette {
    pub colours: [(&'static str, Colour); 9],
}

impl Palette {
    /// The colours that follow an accent.
    pub(super) fn of(accent: Colour, ground: Ground) -> Self {
        let Ground { paper, ink, .. } = ground;
        let (far, step, tints) = match ground.mode {
            Mode::Light => (Colour::BLACK, 350, [110, 270, 460]),
            Mode::Dark => (Colour::WHITE, 400, [180, 300, 420]),
        };
        let on_accent = on(accent, ground);
        // The strongest tint that ink can be read on, and the others in proportion.
        let most = (0..=tints[2])
            .rev()
            .find(|it| paper.mix(accent, *it).contrast(ink) >= TEXT)
            .unwrap_or_default();
        let tint = |at: usize| paper.mix(accent, tints[at] * most / tints[2]);
        // The fourth step goes towards the paper as far as the text on it allows; the fifth goes away from it the more.
        let back = (0..=200)
            .rev()
            .find(|it| accent.mix(paper, *it).contrast(on_accent) >= TEXT)
            .unwrap_or_default();
        let colours = [
            ("accent", accent),
            ("accent-2", accent.mix(far, step)),
            ("wash-2", tint(0)),
            ("on-accent", on_accent),
            ("h1", tint(0)),
            ("h2", tint(1)),
            ("h3", tint(2)),
            ("h4", accent.mix(paper, back)),
            ("h5", accent.mix(far, 60 + (200 - back))),
        ];
        Self { colours }
    }

    fn get(&self, name: &str, ground: Ground) -> Option<Colour> {
        let own = self.colours.iter().find(|(it, _)| *it == name);
        own.map(|(_, it)| *it).or(match name {
            "paper" => Some(ground.paper),
            "wash" => Some(ground.wash),
            "ink" => Some(ground.ink),
            _ => None,
        })
    }

    /// The first pair that can't be read, the accent on the paper before all: its tokens, its contrast and what it needs.
    pub(super) fn wrong(&self, ground: Ground) -> Option<(&'static str, &'static str, f64, f64)> {
        let mut pairs = PAIRS.iter().filter_map(|(text, under, least)| {
            let ratio = self.get(text, ground)?.contrast(self.get(under, ground)?);
            Some((*text, *under, ratio, *least))
        });
        pairs.find(|(.., ratio, least)| ratio < least)
    }
}

/// The text on an accent: as the theme has it if it can be read, else the dark tone of the accent or white.
fn on(accent: Colour, ground: Ground) -> Colour {
    let dark = accent.mix(Colour::BLACK, 860);
    let choices = match ground.mode {
        Mode::Light => [ground.on_accent, Colour::WHITE, dark, Colour::BLACK],
        Mode::Dark => [dark, ground.on_accent, Colour::BLACK, Colour::WHITE],
    };
    let fits = choices.into_iter().find(|it| it.contrast(accent) >= TEXT);
    fits.unwrap_or(ground.on_accent)
}

/// The nearest tone of an accent with which everything can be read; none where no tone is.
pub(super) fn fit(accent: Colour, ground: Ground) -> Option<Colour> {
    nearest(accent, |it| Palette::of(it, ground).wrong(ground).is_none())
}

/// The nearest tone that can be read well on the paper: for an appearance that the author has not chosen.
pub(super) fn follow(accent: Colour, ground: Ground) -> Option<Colour> {
    let well = |it: Colour| {
        it.contrast(ground.paper) >= WELL && Palette::of(it, ground).wrong(ground).is_none()
    };
    nearest(accent, well).or_else(|| fit(accent, ground))
}

/// The nearest darker or lighter tone of a colour that will do.
pub(super) fn nearest(colour: Colour, will_do: impl Fn(Colour) -> bool) -> Option<Colour> {
    let steps = (0..=1000).step_by(4);
    let tones = steps.flat_map(|it| [Colour::BLACK, Colour::WHITE].map(|to| colour.mix(to, it)));
    tones.into_iter().find(|it| will_do(*it))
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::super::colours::Used;
    use super::{Ground, Mode, PAIRS, Palette, fit};
    use crate::config::Colour;

    fn grounds() -> [Ground; 2] {
        let sheet = built_in::text("css/tokens.css").expect("it is there");
        let used = Used::of([(None, sheet)]);
        [Mode::Light, Mode::Dark].map(|mode| used.ground(mode).expect("every token"))
    }

    #[test]
    fn every_pair_of_the_built_in_theme_can_be_read() {
        let sheet = built_in::text("css/tokens.css").expect("it is there");
        let used = Used::of([(None, sheet)]);
        for mode in [Mode::Light, Mode::Dark] {
            for (text, under, least) in PAIRS {
                let [text, under] = [text, under].map(|it| (it, used.get(mode, it)));
                let both = text.1.zip(under.1).expect("both are colours");
                let ratio = both.0.contrast(both.1);
                assert!(ratio >= least, "{mode:?} {text:?} {under:?}: {ratio}");
            }
        }
    }

    #[test]
    fn whatever_accent_passes_has_steps_that_differ_and_can_be_read() {
        for ground in grounds() {
            for text in [
                "#f00", "#ff0", "#0f0", "#00f", "#808080", "#000", "#fff", "#7a1f5c", "#c8102e",
            ] {
                let colour = Colour::parse(text).expect("a colour");
                let fit = fit(colour, ground).expect("a tone that passes");
                let palette = Palette::of(fit, ground);
                assert_eq!(palette.wrong(ground), None, "{text}");
                let heat: Vec<_> = palette.colours[4..].iter().map(|(_, it)| *it).collect();
                for pair in heat.windows(2) {
                    let ratio = pair[0].contrast(pair[1]);
                    assert!(ratio > 1.05, "{text} {:?}: {heat:?}", ground.mode);
                }
            }
        }
    }

    #[test]
    fn a_tone_that_passes_is_its_own_nearest() {
        let [light, dark] = grounds();
        for (text, ground) in [("#0b5666", light), ("#76c5d2", dark)] {
            let colour = Colour::parse(text).expect("a colour");
            assert_eq!(fit(colour, ground), Some(colour));
        }
    }
}
