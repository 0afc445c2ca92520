//! The accessibility statement of the publisher, and what is tested in the theme.
//!
//! Entry: [`view`]. Invariant: nothing is declared that `book.toml` does not say.

use serde::Serialize;

use crate::config::{Accessibility, Conformity, Contact, Enforcement, Method, Reason};
use crate::render::dates::{DateView, date};
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::views::{About, TocItem};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    /// Whether the publisher has declared anything.
    declared: bool,
    organisation: Option<String>,
    law: Option<String>,
    /// `full`, `partial`, `none`, or empty where nothing is declared.
    status: &'static str,
    standard: Option<String>,
    barriers: Vec<Barriers>,
    /// Whether the statement says how it was prepared.
    preparation: bool,
    prepared: Option<DateView>,
    reviewed: Option<DateView>,
    /// `self`, `other` or empty.
    method: &'static str,
    assessment: Option<String>,
    contact: Option<ContactView>,
    enforcement: Option<EnforcementView>,
}

/// What is not accessible for one reason.
#[derive(Serialize)]
struct Barriers {
    title: &'static str,
    items: Vec<String>,
}

#[derive(Serialize)]
struct ContactView {
    mail: Option<String>,
    phone: Option<String>,
    /// The number for a `tel:` link: digits, and a plus at the start.
    call: String,
    address: Option<String>,
    form: Option<String>,
}

#[derive(Serialize)]
struct EnforcementView {
    body: String,
    url: String,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let declared = page.config().accessibility.is_some();
    let statement = page.config().accessibility.clone().unwrap_or_default();
    let heading = if declared {
        "Accessibility statement"
    } else {
        "Accessibility"
    };
    let barriers = barriers(&statement);
    let is_prepared = statement.prepared.is_some()
        || statement.method.is_some()
        || statement.assessment.is_some();
    let contact = contact(statement.contact);
    let has_feedback = contact.is_some() || page.config().output.html.git_repository_url.is_some();
    let whom = if has_feedback {
        ", and whom to tell of a barrier"
    } else {
        ""
    };
    let about = About {
        heading: heading.to_owned(),
        description: format!(
            "What is known of the accessibility of {}{whom}.",
            page.config().book.title
        ),
        crumbs: page.top_crumbs(),
        toc: contents(&[
            ("#barriers", !barriers.is_empty()),
            ("#preparation", is_prepared),
            ("#feedback", has_feedback),
            ("#enforcement", statement.enforcement.is_some()),
        ]),
        ..About::default()
    };
    View {
        frame: Frame::new(page, about),
        declared,
        organisation: statement.organisation,
        law: statement.law,
        status: statement.status.map_or("", status_word),
        standard: statement.standard,
        barriers,
        preparation: is_prepared,
        prepared: statement.prepared.as_deref().map(date),
        reviewed: statement.reviewed.as_deref().map(date),
        method: statement.method.map_or("", method_word),
        assessment: statement.assessment,
        contact,
        enforcement: statement.enforcement.map(enforcement),
    }
}

/// The table of contents. `optional` lists the sections that may be missing, and whether they exist.
fn contents(optional: &[(&str, bool)]) -> Vec<TocItem> {
    let all = [
        ("#status", "Conformity"),
        ("#barriers", "What is not accessible"),
        ("#preparation", "How this was prepared"),
        ("#feedback", "Feedback"),
        ("#enforcement", "Enforcement"),
        ("#theme", "What is tested"),
    ];
    all.iter()
        .filter(|(href, _)| {
            let exists = |(section, exists): &(&str, bool)| section != href || *exists;
            optional.iter().all(exists)
        })
        .map(|(href, title)| TocItem::new(href, title))
        .collect()
}

fn status_word(status: Conformity) -> &'static str {
    match status {
        Conformity::Full => "full",
        Conformity::Partial => "partial",
        Conformity::None => "none",
    }
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::SelfAssessment => "self",
        Method::ThirdParty => "other",
    }
}

/// The barriers by reason, in the order of the model statement.
fn barriers(declared: &Accessibility) -> Vec<Barriers> {
    let reasons = [
        (Reason::NonCompliance, "It falls short of the standard"),
        (
            Reason::DisproportionateBurden,
            "To mend it would be a disproportionate burden",
        ),
        (Reason::OutOfScope, "The law does not cover it"),
    ];
    let groups = reasons.map(|(reason, title)| {
        let items = declared
            .not_accessible
            .iter()
            .filter(|it| it.because == reason);
        Barriers {
            title,
            items: items.map(|it| it.what.clone()).collect(),
        }
    });
    let groups = groups.into_iter();
    groups.filter(|it| !it.items.is_empty()).collect()
}

/// The contact, if it has any address.
fn contact(contact: Contact) -> Option<ContactView> {
    let any = [
        &contact.mail,
        &contact.phone,
        &contact.address,
        &contact.form,
    ];
    if any.iter().all(|it| it.is_none()) {
        return None;
    }
    let call = contact.phone.as_deref().unwrap_or_default().chars();
    Some(ContactView {
        call: call.filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        mail: contact.mail,
        phone: contact.phone,
        address: contact.address,
        form: contact.form,
    })
}

fn enforcement(enforcement: Enforcement) -> EnforcementView {
    EnforcementView {
        body: enforcement.body,
        url: enforcement.url,
    }
}
