//! `[accessibility]`: the accessibility statement.
//!
//! The keys follow the model statement of Implementing Decision (EU) 2018/1523.
//! Entry: [`Accessibility`]. Invariant: the site declares nothing that the publisher has not written here.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bad_value::{ValueChecker, is_mail, is_phone};
use crate::structure::date::WrittenDate;

/// The accessibility statement of the site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Accessibility {
    /// The organisation that publishes the site and is responsible for the statement.
    pub organisation: Option<String>,
    /// The law that requires the statement, such as the national act that transposes Directive (EU) 2016/2102.
    pub law: Option<String>,
    /// To what extent the site conforms to the standard. Without it, the page says that nothing is declared.
    pub status: Option<Conformity>,
    /// The standard, such as `EN 301 549 V3.2.1` or `WCAG 2.2 AA`.
    pub standard: Option<String>,
    /// What is not accessible, and why.
    pub not_accessible: Vec<Barrier>,
    /// The date on which the statement was prepared, such as `2026-11-22`.
    pub prepared: Option<WrittenDate>,
    /// The date of the last review. The model statement of the directive requires one at least once a year.
    pub reviewed: Option<WrittenDate>,
    /// Who assessed the site.
    pub method: Option<Method>,
    /// How the site was assessed, and what was not tested, in a few sentences.
    pub assessment: Option<String>,
    /// Where readers can report barriers.
    pub contact: Contact,
    /// Where readers can complain if they get no satisfactory answer.
    pub enforcement: Option<Enforcement>,
}

/// To what extent a site conforms to its standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conformity {
    /// It meets all requirements.
    Full,
    /// It meets most requirements; those that it does not meet are listed.
    Partial,
    /// It does not meet most requirements.
    None,
}

/// Something that is not accessible.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Barrier {
    /// What the barrier is, whom it affects, and the workaround, if there is one.
    pub what: String,
    /// Why it is not accessible.
    pub because: Reason,
}

/// Why something is not accessible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It does not meet the standard.
    NonCompliance,
    /// To fix it would be a disproportionate burden, as assessed by the rules of the law.
    DisproportionateBurden,
    /// The law does not apply to it.
    OutOfScope,
}

/// Who assessed the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The publisher itself.
    SelfAssessment,
    /// A third party; `assessment` names it.
    ThirdParty,
}

/// Where readers can report barriers.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// A mail address.
    pub mail: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A postal address, on one line.
    pub address: Option<String>,
    /// The web address of a contact form.
    pub form: Option<String>,
}

/// Where readers can complain if they get no satisfactory answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enforcement {
    /// The name of the body.
    pub body: String,
    /// The web address that describes the procedure.
    pub url: String,
}

impl ValueChecker<'_> {
    pub(super) fn check_accessibility(&mut self, statement: &Accessibility) {
        let keys = |key| ["accessibility", key];
        self.check_date(&keys("prepared"), statement.prepared.as_ref());
        self.check_date(&keys("reviewed"), statement.reviewed.as_ref());
        self.check_status(statement);
        self.check_contact(&statement.contact);
        let url = statement.enforcement.as_ref().map(|body| &body.url);
        self.check_address(&["accessibility", "enforcement", "url"], url);
        for (i, barrier) in statement.not_accessible.iter().enumerate() {
            if barrier.what.trim().is_empty() {
                let index = i.to_string();
                let keys = ["accessibility", "not-accessible", &index, "what"];
                let help = "say what it is, for whom, and the way around it";
                self.add(&keys, "nothing is named that is not accessible", help);
            }
        }
    }

    /// A status needs a standard, a date and a method, and must agree with the listed barriers.
    fn check_status(&mut self, statement: &Accessibility) {
        let Some(status) = statement.status else {
            return;
        };
        let keys = ["accessibility", "status"];
        let required = [
            ("standard", statement.standard.is_none()),
            ("prepared", statement.prepared.is_none()),
            ("method", statement.method.is_none()),
        ];
        for (key, _) in required.into_iter().filter(|(_, is_absent)| *is_absent) {
            let what = format!("a status is declared without `{key}`");
            let help = format!("add `{key}`, or leave the status out: the page then says so");
            self.add(&keys, &what, &help);
        }
        let falls_short = statement
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

    fn check_contact(&mut self, contact: &Contact) {
        for (key, bad, what, help) in [
            (
                "mail",
                contact.mail.as_ref().is_some_and(|it| !is_mail(it)),
                "this is no mail address",
                "write it as `access@example.org`",
            ),
            (
                "phone",
                contact.phone.as_ref().is_some_and(|it| !is_phone(it)),
                "this is no telephone number",
                "write it as `+49 30 1234567`",
            ),
        ] {
            if bad {
                self.add(&["accessibility", "contact", key], what, help);
            }
        }
        let form = contact.form.as_ref();
        self.check_address(&["accessibility", "contact", "form"], form);
    }
}
