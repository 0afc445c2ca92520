//! `[accessibility]`: what the publisher declares of the site's accessibility.
//!
//! The keys are those of the model statement of Implementing Decision (EU) 2018/1523.
//! Entry: [`Accessibility`]. Invariant: what is not written here is never declared in the publisher's name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bad::{Bad, is_mail, is_phone};
use crate::structure::date::WrittenDate;

/// What the publisher declares of the site's accessibility.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Accessibility {
    /// Who publishes the site and answers for the statement.
    pub organisation: Option<String>,
    /// The law that asks for the statement, such as the act by which a state has transposed Directive (EU) 2016/2102.
    pub law: Option<String>,
    /// How far the site conforms to the standard. Without it, the page says that nothing is declared.
    pub status: Option<Conformity>,
    /// The standard that the status is about: `EN 301 549 V3.2.1`, `WCAG 2.2 AA`.
    pub standard: Option<String>,
    /// What is not accessible, and why.
    pub not_accessible: Vec<Barrier>,
    /// The date on which the statement was prepared: `2026-11-22`.
    pub prepared: Option<WrittenDate>,
    /// The date of its last review. The directive's model asks for one at least once a year.
    pub reviewed: Option<WrittenDate>,
    /// Who assessed the site.
    pub method: Option<Method>,
    /// How it was assessed, and what was not tried, in a few sentences.
    pub assessment: Option<String>,
    /// Whom readers tell of a barrier.
    pub contact: Contact,
    /// To whom a reader turns when the answer does not satisfy.
    pub enforcement: Option<Enforcement>,
}

/// How far a site conforms to its standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conformity {
    /// It meets all requirements.
    Full,
    /// It meets most of them; what it does not meet is listed.
    Partial,
    /// It does not meet most of them.
    None,
}

/// Something that is not accessible.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Barrier {
    /// What it is, for whom, and the way around it if there is one.
    pub what: String,
    /// Why it is not accessible.
    pub because: Reason,
}

/// Why something is not accessible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It falls short of the standard.
    NonCompliance,
    /// To mend it would be a disproportionate burden, after an assessment as the law asks for.
    DisproportionateBurden,
    /// The law does not cover it.
    OutOfScope,
}

/// Who assessed the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The publisher.
    SelfAssessment,
    /// Somebody else; `assessment` says who.
    ThirdParty,
}

/// Whom readers tell of a barrier.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// A mail address.
    pub mail: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A postal address, in one line.
    pub address: Option<String>,
    /// The address of a form on the web.
    pub form: Option<String>,
}

/// To whom a reader turns when the answer does not satisfy.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enforcement {
    /// The name of the body.
    pub body: String,
    /// Its address on the web, where the procedure stands.
    pub url: String,
}

impl Bad<'_> {
    pub(super) fn in_accessibility(&mut self, it: &Accessibility) {
        self.in_date(&["accessibility", "prepared"], it.prepared.as_ref());
        self.in_date(&["accessibility", "reviewed"], it.reviewed.as_ref());
        self.in_status(it);
        self.in_contact(&it.contact);
        let body = it.enforcement.as_ref().map(|it| &it.url);
        self.in_address(&["accessibility", "enforcement", "url"], body);
        for (at, barrier) in it.not_accessible.iter().enumerate() {
            if barrier.what.trim().is_empty() {
                let at = at.to_string();
                let keys = ["accessibility", "not-accessible", &at, "what"];
                let help = "say what it is, for whom, and the way around it";
                self.add(&keys, "nothing is named that is not accessible", help);
            }
        }
    }

    /// A status needs what it rests on, and must fit what is listed.
    fn in_status(&mut self, it: &Accessibility) {
        let Some(status) = it.status else { return };
        let keys = ["accessibility", "status"];
        let absent = [
            ("standard", it.standard.is_none()),
            ("prepared", it.prepared.is_none()),
            ("method", it.method.is_none()),
        ];
        let absent: Vec<_> = absent.into_iter().filter(|(_, is)| *is).collect();
        for (key, _) in absent {
            let what = format!("a status is declared without `{key}`");
            let help = format!("add `{key}`, or leave the status out: the page then says so");
            self.add(&keys, &what, &help);
        }
        let falls_short = it
            .not_accessible
            .iter()
            .any(|it| it.because != Reason::OutOfScope);
        if status == Conformity::Full && falls_short {
            let what = "full conformity is declared, and something in scope is not accessible";
            self.add(&keys, what, "write `partial`, or mend what is listed");
        }
        if status == Conformity::Partial && !falls_short {
            let what = "partial conformity is declared, and nothing is listed that falls short";
            let help = "name each shortcoming under `[[accessibility.not-accessible]]`";
            self.add(&keys, what, help);
        }
    }

    fn in_contact(&mut self, it: &Contact) {
        for (key, bad, what, help) in [
            (
                "mail",
                it.mail.as_ref().is_some_and(|it| !is_mail(it)),
                "this is no mail address",
                "write it as `access@example.org`",
            ),
            (
                "phone",
                it.phone.as_ref().is_some_and(|it| !is_phone(it)),
                "this is no telephone number",
                "write it as `+49 30 1234567`",
            ),
        ] {
            if bad {
                self.add(&["accessibility", "contact", key], what, help);
            }
        }
        self.in_address(&["accessibility", "contact", "form"], it.form.as_ref());
    }
}
