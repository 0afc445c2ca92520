//! Diagnostics as SARIF 2.1.0, which code hosts and editors read: one log with one run.
//!
//! Entry: [`render`]. Section numbers are those of the OASIS standard.
//! Invariant: the log fits the standard's schema whatever the author wrote; no absolute path stands in it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Diagnostic, Rule, Severity, from_base, line_before};
use crate::characters::escaped;
use crate::source::{Sources, Span};

/// The schema that the log names.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All diagnostics as one log. `base` is the book's folder as the repository's root sees it, `rules` all that there are.
#[must_use]
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    base: &str,
    rules: &[&Rule],
) -> String {
    let driver = json!({
        "name": "controlbook",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|it| descriptor(it)).collect::<Vec<_>>(),
    });
    let mut log = Log {
        sources,
        base,
        rules,
        seen: BTreeMap::new(),
    };
    let results: Vec<_> = diagnostics.iter().map(|it| log.result(it)).collect();
    let text = serde_json::to_string_pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    }));
    let text = text.expect("strings and numbers are valid JSON");
    format!("{}\n", escaped(&text))
}

/// A rule, with its manual as help (§3.49).
fn descriptor(rule: &Rule) -> Json {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.explain },
        "help": { "text": rule.explain, "markdown": rule.explain },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "none",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

struct Log<'a> {
    sources: &'a Sources,
    base: &'a str,
    rules: &'a [&'a Rule],
    /// How often each fingerprint was given, so that two alike differ.
    seen: BTreeMap<String, usize>,
}

impl Log<'_> {
    fn result(&mut self, it: &Diagnostic) -> Json {
        let mut lines = vec![it.message.clone()];
        lines.extend(it.help.iter().map(|help| format!("help: {help}")));
        let mut out = json!({
            "ruleId": it.rule.code,
            "level": level(it.severity),
            "message": { "text": lines.join("\n") },
            "locations": [{ "physicalLocation": self.location(&it.path, it.span) }],
            "partialFingerprints": { "controlbook/v1": self.fingerprint(it) },
        });
        let index = self.rules.iter().position(|rule| *rule == it.rule);
        if let Some(index) = index {
            out["ruleIndex"] = index.into();
        }
        if let Some(fix) = self.fix(it) {
            out["fixes"] = json!([fix]);
        }
        if !it.related.is_empty() {
            let related = it.related.iter().enumerate().map(|(id, other)| {
                json!({
                    "id": id,
                    "physicalLocation": self.location(&other.place.path, Some(other.place.span)),
                    "message": { "text": other.words },
                })
            });
            out["relatedLocations"] = related.collect();
        }
        out
    }

    /// A file and a region in it (§3.29, §3.30): lines from 1, columns in UTF-16 code units from 1.
    fn location(&self, path: &str, span: Option<Span>) -> Json {
        let mut out = json!({
            "artifactLocation": { "uri": uri(&from_base(self.base, path)), "uriBaseId": "%SRCROOT%" },
        });
        if let Some(region) = span.and_then(|it| self.region(path, it)) {
            out["region"] = region;
        }
        out
    }

    fn region(&self, path: &str, span: Span) -> Option<Json> {
        let text = self.sources.text(path)?;
        let point = |at: usize| {
            let (line, before) = line_before(text, at);
            (line, before.encode_utf16().count() + 1)
        };
        let (start, end) = (point(span.start), point(span.end.max(span.start)));
        Some(json!({
            "startLine": start.0,
            "startColumn": start.1,
            "endLine": end.0,
            "endColumn": end.1,
        }))
    }

    /// What mends a mistake (§3.55 to §3.57): one replacement in its file.
    fn fix(&self, it: &Diagnostic) -> Option<Json> {
        let fix = it.fix.as_ref()?;
        let text = match (fix.text.as_str(), fix.is_certain()) {
            ("", true) => "Delete it.".to_owned(),
            ("", false) => "Delete it, if it was not meant.".to_owned(),
            (text, true) => format!("Write `{text}`."),
            (text, false) => format!("Write `{text}`, if that was meant."),
        };
        Some(json!({
            "description": { "text": text },
            "artifactChanges": [{
                "artifactLocation": self.location(&it.path, None)["artifactLocation"],
                "replacements": [{
                    "deletedRegion": self.region(&it.path, fix.span)?,
                    "insertedContent": { "text": fix.text },
                }],
            }],
        }))
    }

    /// What stays the same while lines move (§3.27.17): rule, file, record and the marked words, with a number where all are equal.
    fn fingerprint(&mut self, it: &Diagnostic) -> String {
        let marked = it.span.and_then(|span| {
            let text = self.sources.text(&it.path)?;
            text.get(span.start..span.end)
        });
        let parts = [
            it.rule.code,
            &it.path,
            &it.subject,
            &it.message,
            marked.unwrap_or_default(),
        ];
        let digest = blake3::hash(parts.join("\0").as_bytes()).to_hex();
        let digest = digest[..16].to_owned();
        let count = self.seen.entry(digest.clone()).or_default();
        *count += 1;
        format!("{digest}:{count}")
    }
}

/// A relative path as a URI (RFC 3986): a first part with a colon would be read as a scheme, so colons are escaped too.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
