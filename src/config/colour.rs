//! Colours and their contrast.
//!
//! Entry: [`Colour::parse`], [`Colour::contrast`]. Invariant: mixing uses integers, so that the results are equal on every machine.

use std::fmt;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// Parses a colour such as `#0b5666` or `#fff`; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let value = |range: std::ops::Range<usize>| {
            let part = digits.get(range)?;
            u8::from_str_radix(part, 16).ok()
        };
        if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return None;
        }
        match digits.len() {
            3 => Some(Self([
                value(0..1)? * 17,
                value(1..2)? * 17,
                value(2..3)? * 17,
            ])),
            6 => Some(Self([value(0..2)?, value(2..4)?, value(4..6)?])),
            _ => None,
        }
    }

    /// Mixes `parts` of 1000 of another colour into this one.
    #[must_use]
    pub fn mix(self, other: Self, parts: u32) -> Self {
        let channel = |i: usize| {
            let sum = u32::from(self.0[i]) * (1000 - parts) + u32::from(other.0[i]) * parts;
            u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
        };
        Self([channel(0), channel(1), channel(2)])
    }

    /// The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Relative luminance, from 0 to 1 (WCAG 2.2, “relative luminance”).
    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_follows_wcag() {
        let contrast = |one, other| {
            let both = Colour::parse(one).zip(Colour::parse(other));
            let (one, other) = both.expect("two colours");
            (one.contrast(other) * 100.0).round() / 100.0
        };
        assert!((contrast("#000", "#fff") - 21.0).abs() < f64::EPSILON);
        assert!((contrast("#767676", "#ffffff") - 4.54).abs() < f64::EPSILON);
        assert!((contrast("#777", "#FFF") - 4.48).abs() < f64::EPSILON);
    }

    #[test]
    fn only_hexadecimal_colours_are_parsed() {
        for wrong in [
            "0b5666", "#0b566", "#0b56667", "#gggggg", "petrol", "#é56", "",
        ] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        let petrol = Colour::parse("#0B5666").expect("a colour");
        assert_eq!(petrol.to_string(), "#0b5666");
        assert_eq!(petrol.mix(Colour::WHITE, 1000), Colour::WHITE);
        assert_eq!(petrol.mix(Colour::BLACK, 500).to_string(), "#062b33");
    }
}
