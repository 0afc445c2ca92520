//! The parts around the content of a page: head, navigation, footer.
//!
//! Entry: [`Chrome::new`]. Invariant: it depends only on the page's folder and its area of the navigation, except on the
//! pages that the navigation lists.

use serde::Serialize;

use super::dates::{DateView, date};
use super::html::Html;
use super::page::Page;
use super::views::{FooterLink, NavItem};
use crate::catalogue::{FrameworkIx, PageIx};
use crate::hosting::policy_in_page;
use crate::site::{MATRICES, PageKind};
use crate::theme::{IconView, LogoView};

/// The largest number of frameworks that the navigation lists by name.
const NAMED_FRAMEWORKS: usize = 3;

/// The parts around the content of a page; for templates, they are fields of the frame.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Chrome {
    pub lang: String,
    /// The content security policy.
    pub policy: Html,
    /// The path from the page to the root of the site: empty or `../`.
    pub root: String,
    pub site_title: String,
    /// The name in the header; empty if the logo contains it.
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
    /// Derived pages to print or to reuse elsewhere.
    pub take: Vec<FooterLink>,
    /// The links of `book.toml`, in a row of their own.
    pub legal: Vec<FooterLink>,
}

impl Chrome {
    /// The parts around the page.
    pub(super) fn new(page: &Page<'_>) -> Self {
        let root = "../".repeat(page.file().matches('/').count());
        Self::with_root(page, &root, "", area(page))
    }

    /// The parts around the page; `root` leads from it to the root of the site, and `base` precedes every address.
    pub(super) fn with_root(
        page: &Page<'_>,
        root: &str,
        base: &str,
        area: Option<PageKind>,
    ) -> Self {
        let config = page.config();
        let html = &config.output.html;
        let settings = &config.theme;
        let site_title = config.book.title.clone();
        let short_title = settings.short_title.as_ref().unwrap_or(&site_title);
        let logo = LogoView::new(page.renderer.theme.theme(), settings, root);
        let is_named = logo.as_ref().is_some_and(|it| !it.alt.is_empty());
        let brand = if is_named { "" } else { short_title };
        let links = |links: Vec<FooterLink>| {
            let with_base = |link: FooterLink| FooterLink {
                href: if link.href.contains(':') {
                    link.href
                } else {
                    format!("{base}{}", link.href)
                },
                ..link
            };
            links.into_iter().map(with_base).collect::<Vec<_>>()
        };
        let href = |kind| format!("{base}{}", page.to(kind));
        Self {
            lang: config.book.language.clone(),
            policy: Html(policy_in_page()),
            root: root.to_owned(),
            brand: brand.to_owned(),
            site_title,
            logo,
            icon: IconView::new(page.renderer.theme.theme(), settings, root),
            home: href(PageKind::Home),
            search: href(PageKind::Search),
            nav: nav(page, base, area),
            version: config.book.version.clone(),
            date: config.book.date.as_deref().map(date),
            notice: html.notice.clone(),
            licence: html.licence.clone(),
            repository: html.git_repository_url.clone(),
            footer: links(footer(page)),
            take: links(derived_pages(page)),
            legal: links(legal(page)),
        }
    }
}

/// The name of a page, as the navigation and the footer show it.
fn page_name(page: &Page<'_>, kind: PageKind) -> String {
    kind.name(page.catalogue()).unwrap_or_default().to_owned()
}

/// Whether this is the page of the kind.
fn is_current(page: &Page<'_>, kind: PageKind) -> bool {
    page.renderer.site.route(kind) == Some(page.route)
}

/// The pages in the navigation.
fn nav_pages(page: &Page<'_>) -> Vec<PageKind> {
    let mut kinds = vec![PageKind::Measures, PageKind::UseCases];
    let frameworks = page.catalogue().frameworks.len();
    if frameworks <= NAMED_FRAMEWORKS {
        kinds.extend((0..frameworks).map(|i| PageKind::Framework(FrameworkIx::new(i))));
    } else {
        kinds.push(PageKind::Frameworks);
    }
    kinds.extend([
        MATRICES,
        PageKind::Coverage,
        PageKind::Checklists,
        PageKind::Guide,
    ]);
    kinds.retain(|kind| page.has(*kind));
    kinds
}

fn nav(page: &Page<'_>, base: &str, area: Option<PageKind>) -> Vec<NavItem> {
    let item = |kind: PageKind| {
        let current = if is_current(page, kind) {
            "page"
        } else if area == Some(kind) {
            "true"
        } else {
            ""
        };
        NavItem {
            href: format!("{base}{}", page.to(kind)),
            title: page_name(page, kind),
            current,
        }
    };
    nav_pages(page).into_iter().map(item).collect()
}

fn footer(page: &Page<'_>) -> Vec<FooterLink> {
    let pages = page
        .catalogue()
        .pages
        .iter()
        .enumerate()
        .filter(|(_, it)| it.footer);
    let mut out: Vec<_> = pages
        .map(|(i, prose_page)| FooterLink {
            href: page.to(PageKind::Page(PageIx::new(i))),
            title: prose_page.title.clone(),
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
                title: page_name(page, kind),
            });
        }
    }
    out
}

/// The links of `book.toml`, without those to a missing page.
fn legal(page: &Page<'_>) -> Vec<FooterLink> {
    let settings = page.config().theme.footer.iter();
    let links = settings.filter_map(|setting| {
        let href = if setting.is_address() {
            setting.link.clone()
        } else {
            let folder = page.config().content_dir();
            let ix = page.catalogue().page_by_path(&folder, &setting.link)?;
            page.to(PageKind::Page(ix))
        };
        let title = setting.title.clone();
        Some(FooterLink { href, title })
    });
    links.collect()
}

/// The derived pages to print or to reuse, in the footer of every page.
fn derived_pages(page: &Page<'_>) -> Vec<FooterLink> {
    let frameworks = &page.catalogue().frameworks;
    let named = frameworks.iter().take(NAMED_FRAMEWORKS).enumerate();
    let providers = named.map(|(i, framework)| {
        let kind = PageKind::ProviderOf(FrameworkIx::new(i));
        (kind, format!("{} for the provider", framework.name))
    });
    let all = [
        (PageKind::Checklists, "Checklists to print"),
        (PageKind::Print, "The whole catalogue to print"),
        (PageKind::Data, "The whole catalogue as data"),
        (PageKind::Crosswalk, "Crosswalk of the frameworks"),
    ];
    let links = all
        .map(|(kind, title)| (kind, title.to_owned()))
        .into_iter()
        .chain(providers)
        .filter(|(kind, _)| page.has(*kind));
    links
        .map(|(kind, title)| FooterLink {
            href: page.to(kind),
            title,
        })
        .collect()
}

/// The page of the navigation to which this one belongs. If there are too many frameworks to list, it is the index of them.
fn area(page: &Page<'_>) -> Option<PageKind> {
    let area = page.info.area?;
    let many = page.catalogue().frameworks.len() > NAMED_FRAMEWORKS;
    let all = many && matches!(area, PageKind::Framework(_));
    Some(if all { PageKind::Frameworks } else { area })
}
