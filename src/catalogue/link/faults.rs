//! The faults of a text as diagnostics.
//!
//! Entry: [`diagnostic`].

use crate::diagnostic::Diagnostic;
use crate::markdown::FaultKind;
use crate::markdown::rules::{
    broken_link, duplicate_note, empty_link, empty_section, loose_sign, malformed_address,
    missing_alt, nested_heading, not_inline, open_comment, raw_html, second_title,
    undefined_reference, uneven_table, unsafe_url, unsupported_markup, unused_definition,
};
use crate::source::SourceLocation;

/// The diagnostic of a fault.
pub(super) fn diagnostic(kind: &FaultKind, place: &SourceLocation) -> Diagnostic {
    match kind {
        FaultKind::RawHtml => raw_html::report(place),
        FaultKind::UnsafeUrl(scheme) => unsafe_url::report(place, scheme),
        FaultKind::MalformedAddress(help) => malformed_address::report(place, help),
        FaultKind::SecondTitle => second_title::report(place),
        FaultKind::EmptySection(title) => empty_section::report(place, title),
        FaultKind::MissingAlt => missing_alt::report(place),
        FaultKind::EmptyLink => empty_link::missing_text(place),
        FaultKind::EmptyAddress => empty_link::missing_address(place),
        FaultKind::NotInline(what) => not_inline::report(place, what),
        FaultKind::NestedHeading => nested_heading::report(place),
        FaultKind::OpenComment => open_comment::report(place),
        FaultKind::CutCells(count) => uneven_table::extra_cells(place, *count),
        FaultKind::NoTable => uneven_table::not_a_table(place),
        FaultKind::UndefinedReference(label) => {
            undefined_reference::missing_definition(place, label)
        }
        FaultKind::UndefinedNote(name) => undefined_reference::missing_note(place, name),
        FaultKind::UnusedReference(label) => unused_definition::unused_address(place, label),
        FaultKind::UnusedNote(name) => unused_definition::unused_note(place, name),
        FaultKind::DoubleNote(name) => duplicate_note::report(place, name),
        FaultKind::NoRecordLink(in_table) => broken_link::report_record_link(place, *in_table),
        FaultKind::BrokenLink(why) => broken_link::report(place, why),
        FaultKind::BareRow => uneven_table::bare_row(place),
        FaultKind::LooseSign(kind) => loose_sign::report(place, kind),
        FaultKind::Unsupported(what) => unsupported_markup::report(place, what),
    }
}
