//! What every page has: title, navigation, crumbs, contents, foot.

use serde::Serialize;

use super::dates::{DateView, date};
use super::page::Page;
use super::theme::{IconView, LogoView};
use crate::catalogue::{FrameworkIx, PageIx};
use crate::hosting::policy_in_page;
use crate::site::{Address, Against, PageKind, Sheet, relative};

/// How many frameworks stand in the navigation by name.
const NAMED_FRAMEWORKS: usize = 3;

/// The way into the matrices.
pub(super) const MATRICES: PageKind = PageKind::Matrix(Sheet::first(Against::UseCases));

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Frame {
    /// The title of the window.
    pub title: String,
    /// The identifier and the heading.
    pub name: String,
    /// The heading of the page.
    pub heading: String,
    pub description: String,
    pub lang: String,
    /// The content security policy.
    pub policy: String,
    /// What the page is, for machines: JSON-LD.
    pub data: String,
    /// The path from the page to the site's top: empty or `../`.
    pub root: String,
    pub route: String,
    pub site_title: String,
    /// The name in the head of the page; empty where the logo says it.
    pub brand: String,
    pub logo: Option<LogoView>,
    pub icon: IconView,
    pub home: String,
    pub search: String,
    pub canonical: Option<String>,
    pub nav: Vec<NavItem>,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    pub edit: Option<String>,
    pub changed: Option<DateView>,
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
    /// The address to cite: absolute where the site's is known.
    pub address: String,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
}

/// A way in the navigation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NavItem {
    pub href: String,
    pub title: String,
    /// `page`, `true` for a page under it, or empty.
    pub current: &'static str,
}

/// A page above this one; the last is this one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Crumb {
    pub href: String,
    pub title: String,
}

/// A section on the page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TocItem {
    pub href: String,
    pub title: String,
    pub items: Vec<TocItem>,
}

impl TocItem {
    pub(super) fn new(href: &str, title: &str) -> Self {
        Self {
            href: href.to_owned(),
            title: title.to_owned(),
            items: Vec::new(),
        }
    }
}

/// A page that every foot leads to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FooterLink {
    pub href: String,
    pub title: String,
}

/// The page before or after.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NextView {
    pub href: String,
    pub id: String,
    pub title: String,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub heading: String,
    pub id: String,
    pub description: String,
    /// The files that the page is made from; the first is the one to edit.
    pub sources: Vec<String>,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    /// The part of the navigation that the page belongs to.
    pub part: Option<PageKind>,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
}

impl Page<'_> {
    pub(super) fn frame(&self, mut about: About) -> Frame {
        about.crumbs.retain(|it| !it.title.is_empty());
        let config = self.config();
        let html = &config.output.html;
        let site_title = config.book.title.clone();
        let settings = &config.theme;
        let short_title = settings.short_title.as_ref().unwrap_or(&site_title);
        let root = "../".repeat(self.route.matches('/').count());
        let logo = LogoView::of(self.renderer.theme.theme(), settings, &root);
        let named = logo.as_ref().is_some_and(|it| !it.alt.is_empty());
        let name = [about.id.as_str(), about.heading.as_str()].join(" ");
        let name = name.trim().to_owned();
        let title = if name == site_title {
            name.clone()
        } else {
            format!("{name} | {short_title}")
        };
        let absolute = html.site_url.as_ref().map(|url| {
            let address = Address {
                route: self.route.to_owned(),
                anchor: None,
            };
            format!("{url}{}", relative("", &address))
        });
        let edit = html.edit_url_template.as_ref().zip(about.sources.first());
        let dates = about
            .sources
            .iter()
            .filter_map(|it| self.renderer.changed.get(it));
        let changed = dates.max();
        Frame {
            policy: policy_in_page(),
            data: self.linked_data(&about, absolute.as_deref(), changed),
            title,
            name,
            heading: about.heading,
            description: about.description,
            lang: config.book.language.clone(),
            brand: if named {
                String::new()
            } else {
                short_title.clone()
            },
            icon: IconView::of(self.renderer.theme.theme(), settings, &root),
            logo,
            root,
            route: self.route.to_owned(),
            site_title,
            home: self.to(PageKind::Home),
            search: self.to(PageKind::Search),
            canonical: absolute.clone(),
            nav: self.nav(about.part),
            crumbs: about.crumbs,
            toc: about.toc,
            edit: edit.map(|(template, path)| template.replace("{path}", path)),
            changed: changed.map(|it| date(it)),
            version: config.book.version.clone(),
            date: config.book.date.as_deref().map(date),
            notice: html.notice.clone(),
            licence: html.licence.clone(),
            repository: html.git_repository_url.clone(),
            footer: self.footer(),
            take: self.take(),
            legal: self.legal(),
            address: absolute.unwrap_or_else(|| self.route.to_owned()),
            previous: about.previous,
            next: about.next,
        }
    }

    /// The tops of the site.
    fn nav(&self, part: Option<PageKind>) -> Vec<NavItem> {
        let mut tops = vec![
            (PageKind::Measures, "Measures".to_owned()),
            (PageKind::UseCases, "Use cases".to_owned()),
        ];
        let frameworks = &self.catalogue().frameworks;
        if frameworks.len() <= NAMED_FRAMEWORKS {
            let named = frameworks.iter().enumerate();
            tops.extend(
                named.map(|(at, it)| (PageKind::Framework(FrameworkIx::new(at)), it.name.clone())),
            );
        } else {
            tops.push((PageKind::Frameworks, "Frameworks".to_owned()));
        }
        tops.extend([
            (MATRICES, "Matrix".to_owned()),
            (PageKind::Coverage, "Coverage".to_owned()),
            (PageKind::Checklists, "Checklists".to_owned()),
            (PageKind::Guide, "Guide".to_owned()),
        ]);
        let present = tops.into_iter().filter(|(kind, _)| self.has(*kind));
        present
            .map(|(kind, title)| {
                let here = self.renderer.site.route(kind) == Some(self.route);
                let current = if here {
                    "page"
                } else if part == Some(kind) {
                    "true"
                } else {
                    ""
                };
                NavItem {
                    href: self.to(kind),
                    title,
                    current,
                }
            })
            .collect()
    }

    fn footer(&self) -> Vec<FooterLink> {
        let pages = self
            .catalogue()
            .pages
            .iter()
            .enumerate()
            .filter(|(_, it)| it.footer);
        let mut out: Vec<_> = pages
            .map(|(at, it)| FooterLink {
                href: self.to(PageKind::Page(PageIx::new(at))),
                title: it.title.clone(),
            })
            .collect();
        for (kind, title) in [
            (PageKind::Glossary, "Glossary"),
            (PageKind::Threats, "Threats"),
            (PageKind::Frameworks, "Frameworks"),
            (PageKind::Accessibility, "Accessibility"),
        ] {
            if self.has(kind) {
                out.push(FooterLink {
                    href: self.to(kind),
                    title: title.to_owned(),
                });
            }
        }
        out
    }

    /// The links of `book.toml`; one that leads nowhere is left out.
    fn legal(&self) -> Vec<FooterLink> {
        let links = self.config().theme.footer.iter();
        let shown = links.filter_map(|it| {
            let href = if it.is_address() {
                it.link.clone()
            } else {
                let path = format!("{}{}", self.config().content_dir(), it.link);
                let mut pages = self.catalogue().pages.iter();
                let at = pages.position(|page| *page.path == *path)?;
                self.to(PageKind::Page(PageIx::new(at)))
            };
            let title = it.title.clone();
            Some(FooterLink { href, title })
        });
        shown.collect()
    }

    /// Pages to take away, in the foot of every page.
    fn take(&self) -> Vec<FooterLink> {
        let frameworks = &self.catalogue().frameworks;
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
            .filter(|(kind, _)| self.has(*kind));
        there
            .map(|(kind, title)| FooterLink {
                href: self.to(kind),
                title,
            })
            .collect()
    }

    /// The part of the navigation that a framework's pages belong to.
    pub(super) fn framework_part(&self, ix: FrameworkIx) -> PageKind {
        if self.catalogue().frameworks.len() <= NAMED_FRAMEWORKS {
            PageKind::Framework(ix)
        } else {
            PageKind::Frameworks
        }
    }

    /// A page above this one; without words if the site does not show it.
    pub(super) fn crumb(&self, kind: PageKind, title: &str) -> Crumb {
        Crumb {
            href: self.to(kind),
            title: if self.has(kind) { title } else { "" }.to_owned(),
        }
    }

    pub(super) fn here(title: &str) -> Crumb {
        Crumb {
            href: String::new(),
            title: title.to_owned(),
        }
    }
}
