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
pub(super) fn diagnostic(kind: &FaultKind, at: &SourceLocation) -> Diagnostic {
    match kind {
        FaultKind::RawHtml => raw_html::report(at),
        FaultKind::UnsafeUrl(scheme) => unsafe_url::report(at, scheme),
        FaultKind::MalformedAddress(help) => malformed_address::report(at, help),
        FaultKind::SecondTitle => second_title::report(at),
        FaultKind::EmptySection(title) => empty_section::report(at, title),
        FaultKind::MissingAlt => missing_alt::report(at),
        FaultKind::EmptyLink => empty_link::missing_text(at),
        FaultKind::EmptyAddress => empty_link::missing_address(at),
        FaultKind::NotInline(what) => not_inline::report(at, what),
        FaultKind::NestedHeading => nested_heading::report(at),
        FaultKind::OpenComment => open_comment::report(at),
        FaultKind::CutCells(count) => uneven_table::extra_cells(at, *count),
        FaultKind::NoTable => uneven_table::not_a_table(at),
        FaultKind::UndefinedReference(label) => undefined_reference::missing_definition(at, label),
        FaultKind::UndefinedNote(name) => undefined_reference::missing_note(at, name),
        FaultKind::UnusedReference(label) => unused_definition::unused_address(at, label),
        FaultKind::UnusedNote(name) => unused_definition::unused_note(at, name),
        FaultKind::DoubleNote(name) => duplicate_note::report(at, name),
        FaultKind::NoRecordLink(in_table) => broken_link::report_record_link(at, *in_table),
        FaultKind::BrokenLink(why) => broken_link::report(at, why),
        FaultKind::BareRow => uneven_table::bare_row(at),
        FaultKind::LooseSign(kind) => loose_sign::report(at, kind),
        FaultKind::Unsupported(what) => unsupported_markup::report(at, what),
    }
}
