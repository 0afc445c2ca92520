//! What stands around a page: head, navigation, foot.
//!
//! Entry: [`Chrome::new`]. Invariant: it depends on the page's folder and its part of the navigation alone, but for the pages
//! that the navigation names.

use serde::Serialize;

use super::dates::{DateView, date};
use super::html::Html;
use super::page::Page;
use super::views::{FooterLink, NavItem};
use crate::catalogue::{FrameworkIx, PageIx};
use crate::hosting::policy_in_page;
use crate::site::{MATRICES, PageKind};
use crate::theme::{IconView, LogoView};

/// How many frameworks stand in the navigation by name.
const NAMED_FRAMEWORKS: usize = 3;

/// What a page has around it: for templates, fields of the frame.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Chrome {
    pub lang: String,
    /// The content security policy.
    pub policy: Html,
    /// The path from the page to the site's top: empty or `../`.
    pub root: String,
    pub site_title: String,
    /// The name in the head of the page; empty where the logo says it.
    pub brand: String,
    pub logo: Option<LogoView>,
    pub icon: IconView,
    pub home: String,
    pub search: String,
    pub nav: Vec<NavItem>,
    pub version: String,
    pub date: Option<DateView>,
    pub notice: Option<String>,
    pub licence: Option<String>,
    pub repository: Option<String>,
    pub footer: Vec<FooterLink>,
    /// What a reader takes away from the site: derived lists to print or to use elsewhere.
    pub take: Vec<FooterLink>,
    /// Links of `book.toml`, in a row of their own.
    pub legal: Vec<FooterLink>,
}

impl Chrome {
    /// What stands around the page.
    pub(super) fn new(page: &Page<'_>) -> Self {
        let root = "../".repeat(page.file().matches('/').count());
        Self::below(page, &root, "", area(page))
    }

    /// What stands around a page; `root` leads from it to the site's top, and `base` stands before every address.
    pub(super) fn below(page: &Page<'_>, root: &str, base: &str, part: Option<PageKind>) -> Self {
        let config = page.config();
        let html = &config.output.html;
        let settings = &config.theme;
        let site_title = config.book.title.clone();
        let short_title = settings.short_title.as_ref().unwrap_or(&site_title);
        let logo = LogoView::new(page.renderer.theme.theme(), settings, root);
        let named = logo.as_ref().is_some_and(|it| !it.alt.is_empty());
        let brand = if named { "" } else { short_title };
        let links = |links: Vec<FooterLink>| {
            let under = |it: FooterLink| FooterLink {
                href: if it.href.contains(':') {
                    it.href
                } else {
                    format!("{base}{}", it.href)
                },
                ..it
            };
            links.into_iter().map(under).collect::<Vec<_>>()
        };
        let way = |kind| format!("{base}{}", page.to(kind));
        Self {
            lang: config.book.language.clone(),
            policy: Html(policy_in_page()),
            root: root.to_owned(),
            brand: brand.to_owned(),
            site_title,
            logo,
            icon: IconView::new(page.renderer.theme.theme(), settings, root),
            home: way(PageKind::Home),
            search: way(PageKind::Search),
            nav: nav(page, base, part),
            version: config.book.version.clone(),
            date: config.book.date.as_deref().map(date),
            notice: html.notice.clone(),
            licence: html.licence.clone(),
            repository: html.git_repository_url.clone(),
            footer: links(footer(page)),
            take: links(take(page)),
            legal: links(legal(page)),
        }
    }
}

/// The name of a page, as the navigation and the foot show it.
fn name_of(page: &Page<'_>, kind: PageKind) -> String {
    kind.name(page.catalogue()).unwrap_or_default().to_owned()
}

/// Whether this is the page of a kind.
fn is_at(page: &Page<'_>, kind: PageKind) -> bool {
    page.renderer.site.route(kind) == Some(page.route)
}

/// The tops of the site.
fn tops(page: &Page<'_>) -> Vec<PageKind> {
    let mut tops = vec![PageKind::Measures, PageKind::UseCases];
    let frameworks = page.catalogue().frameworks.len();
    if frameworks <= NAMED_FRAMEWORKS {
        tops.extend((0..frameworks).map(|at| PageKind::Framework(FrameworkIx::new(at))));
    } else {
        tops.push(PageKind::Frameworks);
    }
    tops.extend([
        MATRICES,
        PageKind::Coverage,
        PageKind::Checklists,
        PageKind::Guide,
    ]);
    tops.retain(|kind| page.has(*kind));
    tops
}

fn nav(page: &Page<'_>, base: &str, part: Option<PageKind>) -> Vec<NavItem> {
    let item = |kind: PageKind| {
        let current = if is_at(page, kind) {
            "page"
        } else if part == Some(kind) {
            "true"
        } else {
            ""
        };
        NavItem {
            href: format!("{base}{}", page.to(kind)),
            title: name_of(page, kind),
            current,
        }
    };
    tops(page).into_iter().map(item).collect()
}

fn footer(page: &Page<'_>) -> Vec<FooterLink> {
    let pages = page
        .catalogue()
        .pages
        .iter()
        .enumerate()
        .filter(|(_, it)| it.footer);
    let mut out: Vec<_> = pages
        .map(|(at, it)| FooterLink {
            href: page.to(PageKind::Page(PageIx::new(at))),
            title: it.title.clone(),
        })
        .collect();
    for kind in [
        PageKind::Glossary,
        PageKind::Threats,
        PageKind::Frameworks,
        PageKind::Accessibility,
    ] {
        if page.has(kind) {
            out.push(FooterLink {
                href: page.to(kind),
                title: name_of(page, kind),
            });
        }
    }
    out
}

/// The links of `book.toml`; one that leads nowhere is left out.
fn legal(page: &Page<'_>) -> Vec<FooterLink> {
    let links = page.config().theme.footer.iter();
    let shown = links.filter_map(|it| {
        let href = if it.is_address() {
            it.link.clone()
        } else {
            let folder = page.config().content_dir();
            page.to(PageKind::Page(
                page.catalogue().page_by_path(&folder, &it.link)?,
            ))
        };
        let title = it.title.clone();
        Some(FooterLink { href, title })
    });
    shown.collect()
}

/// Pages to take away, in the foot of every page.
fn take(page: &Page<'_>) -> Vec<FooterLink> {
    let frameworks = &page.catalogue().frameworks;
    let named = frameworks.iter().take(NAMED_FRAMEWORKS).enumerate();
    let providers = named.map(|(at, it)| {
        let kind = PageKind::ProviderOf(FrameworkIx::new(at));
        (kind, format!("{} for the provider", it.name))
    });
    let all = [
        (PageKind::Checklists, "Checklists to print"),
        (PageKind::Print, "The whole catalogue to print"),
        (PageKind::Data, "The whole catalogue as data"),
        (PageKind::Crosswalk, "Crosswalk of the frameworks"),
    ];
    let there = all
        .map(|(kind, title)| (kind, title.to_owned()))
        .into_iter()
        .chain(providers)
        .filter(|(kind, _)| page.has(*kind));
    there
        .map(|(kind, title)| FooterLink {
            href: page.to(kind),
            title,
        })
        .collect()
}

/// The page of the navigation to which this one belongs; of many frameworks, that of all.
fn area(page: &Page<'_>) -> Option<PageKind> {
    let area = page.info.area?;
    let many = page.catalogue().frameworks.len() > NAMED_FRAMEWORKS;
    let all = many && matches!(area, PageKind::Framework(_));
    Some(if all { PageKind::Frameworks } else { area })
}
