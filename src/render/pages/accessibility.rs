//! What the publisher declares of the site's accessibility, and what is known of the theme.
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
    /// Whether anything is said of how the statement was prepared.
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
    /// The number as an address of a call: digits, and a plus at its head.
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
    let it = page.config().accessibility.clone().unwrap_or_default();
    let heading = if declared {
        "Accessibility statement"
    } else {
        "Accessibility"
    };
    let barriers = barriers(&it);
    let is_prepared = it.prepared.is_some() || it.method.is_some() || it.assessment.is_some();
    let contact = contact(it.contact);
    let can_be_told = contact.is_some() || page.config().output.html.git_repository_url.is_some();
    let whom = if can_be_told {
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
            ("#feedback", can_be_told),
            ("#enforcement", it.enforcement.is_some()),
        ]),
        ..About::default()
    };
    View {
        frame: Frame::new(page, about),
        declared,
        organisation: it.organisation,
        law: it.law,
        status: it.status.map_or("", status_word),
        standard: it.standard,
        barriers,
        preparation: is_prepared,
        prepared: it.prepared.as_deref().map(date),
        reviewed: it.reviewed.as_deref().map(date),
        method: it.method.map_or("", method_word),
        assessment: it.assessment,
        contact,
        enforcement: it.enforcement.map(enforcement),
    }
}

/// The sections; a section that has nothing to say is left out. `said` holds those that may be.
fn contents(said: &[(&str, bool)]) -> Vec<TocItem> {
    let all = [
        ("#status", "Conformity"),
        ("#barriers", "What is not accessible"),
        ("#preparation", "How this was prepared"),
        ("#feedback", "Feedback"),
        ("#enforcement", "Enforcement"),
        ("#theme", "What is tested"),
    ];
    all.iter()
        .filter(|(at, _)| said.iter().all(|(of, is)| of != at || *is))
        .map(|(at, title)| TocItem::new(at, title))
        .collect()
}

fn status_word(it: Conformity) -> &'static str {
    match it {
        Conformity::Full => "full",
        Conformity::Partial => "partial",
        Conformity::None => "none",
    }
}

fn method_word(it: Method) -> &'static str {
    match it {
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
        let of = declared.not_accessible.iter();
        let of = of.filter(|it| it.because == reason);
        Barriers {
            title,
            items: of.map(|it| it.what.clone()).collect(),
        }
    });
    let groups = groups.into_iter();
    groups.filter(|it| !it.items.is_empty()).collect()
}

/// The contact, if any way to it is named.
fn contact(it: Contact) -> Option<ContactView> {
    let any = [&it.mail, &it.phone, &it.address, &it.form];
    if any.iter().all(|it| it.is_none()) {
        return None;
    }
    let call = it.phone.as_deref().unwrap_or_default().chars();
    Some(ContactView {
        call: call.filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        mail: it.mail,
        phone: it.phone,
        address: it.address,
        form: it.form,
    })
}

fn enforcement(it: Enforcement) -> EnforcementView {
    EnforcementView {
        body: it.body,
        url: it.url,
    }
}
