//! The faults that a text was read with, as diagnostics.
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

/// The diagnostic of a fault that stands at a place.
pub(super) fn diagnostic(kind: &FaultKind, at: &SourceLocation) -> Diagnostic {
    match kind {
        FaultKind::RawHtml => raw_html::at(at),
        FaultKind::UnsafeUrl(scheme) => unsafe_url::at(at, scheme),
        FaultKind::MalformedAddress(help) => malformed_address::at(at, help),
        FaultKind::SecondTitle => second_title::at(at),
        FaultKind::EmptySection(title) => empty_section::at(at, title),
        FaultKind::MissingAlt => missing_alt::at(at),
        FaultKind::EmptyLink => empty_link::words(at),
        FaultKind::EmptyAddress => empty_link::address(at),
        FaultKind::NotInline(what) => not_inline::at(at, what),
        FaultKind::NestedHeading => nested_heading::at(at),
        FaultKind::OpenComment => open_comment::at(at),
        FaultKind::CutCells(count) => uneven_table::cut(at, *count),
        FaultKind::NoTable => uneven_table::no_table(at),
        FaultKind::UndefinedReference(label) => undefined_reference::address(at, label),
        FaultKind::UndefinedNote(name) => undefined_reference::note(at, name),
        FaultKind::UnusedReference(label) => unused_definition::address(at, label),
        FaultKind::UnusedNote(name) => unused_definition::note(at, name),
        FaultKind::DoubleNote(name) => duplicate_note::at(at, name),
        FaultKind::NoRecordLink(in_table) => broken_link::record(at, *in_table),
        FaultKind::BrokenLink(why) => broken_link::at(at, why),
        FaultKind::BareRow => uneven_table::bare_row(at),
        FaultKind::Loose(kind) => loose_sign::at(at, kind),
        FaultKind::Unsupported(what) => unsupported_markup::at(at, what),
    }
}
