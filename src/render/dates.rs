//! Dates in words.

use jiff::civil::Date;
use serde::Serialize;

/// A date for `<time>`: in ISO 8601, and in words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    pub iso: String,
    pub words: String,
}

/// Formats `2026-06-03` as `3 June 2026`; a text that is not a date stays as it is.
pub(super) fn date(iso: &str) -> DateView {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let words = iso.parse::<Date>().map_or_else(
        |_| iso.to_owned(),
        |date| {
            format!(
                "{} {} {}",
                date.day(),
                MONTHS[usize::try_from(date.month() - 1).unwrap_or_default()],
                date.year()
            )
        },
    );
    DateView {
        iso: iso.to_owned(),
        words,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_spelled_out() {
        assert_eq!(super::date("2026-06-03").words, "3 June 2026");
        assert_eq!(super::date("soon").words, "soon");
    }
}
