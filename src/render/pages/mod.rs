//! The view and the template of each kind of page: views hold ready lists, templates only the markup.
//!
//! Entry: [`html`].

mod accessibility;
mod answers;
mod checklist;
mod checklist_rows;
mod checklists;
mod coverage;
mod cross_references;
mod crosswalk;
mod crosswalk_top;
mod data;
mod data_flow;
pub(super) mod document;
mod facets;
mod framework;
mod frameworks;
mod glossary;
mod guide;
mod home;
mod list_pages;
mod matrix;
mod measure;
mod measures;
mod neighbourhood;
mod node;
mod nodes;
mod not_found;
mod numbered_nodes;
mod parts;
mod prose_page;
mod provider;
mod provider_level;
mod provision;
mod search;
mod threats;
mod use_case;
mod use_cases;

use super::page::Page;
use crate::diagnostic::Diagnostic;
use crate::site::PageKind;

/// Renders a page with the view and the template of its kind.
pub(super) fn html(page: &Page<'_>, kind: PageKind) -> Result<String, Box<Diagnostic>> {
    use PageKind as Kind;
    use coverage::{level, top};
    let theme = page.renderer.theme;
    match kind {
        Kind::Home => theme.render("home.html", &home::view(page)),
        Kind::Measures => theme.render("measures.html", &measures::view(page)),
        Kind::Group(ix) => theme.render("measures.html", &measures::group_view(page, ix)),
        Kind::Measure(ix) => theme.render("measure.html", &measure::view(page, ix)),
        Kind::UseCases => theme.render("use-cases.html", &use_cases::view(page)),
        Kind::UseCase(ix) => theme.render("use-case.html", &use_case::view(page, ix)),
        Kind::Frameworks => theme.render("frameworks.html", &frameworks::view(page)),
        Kind::Framework(ix) if page.number > 0 => {
            theme.render("nodes.html", &numbered_nodes::roots_view(page, ix))
        }
        Kind::Framework(ix) => theme.render("framework.html", &framework::view(page, ix)),
        Kind::Node(ix) if page.number > 0 => {
            theme.render("nodes.html", &numbered_nodes::children_view(page, ix))
        }
        Kind::Node(ix) => theme.render("node.html", &node::view(page, ix)),
        Kind::Checklists => theme.render("checklists.html", &checklists::view(page)),
        Kind::Checklist(list) => theme.render("checklist.html", &checklist::view(page, list)),
        Kind::Coverage => theme.render("coverage.html", &coverage::view(page)),
        Kind::CoverageOf(ix) if page.number > 0 => theme.render(
            "coverage-numbers.html",
            &coverage::framework::numbered_view(page, ix),
        ),
        Kind::CoverageOf(ix) => {
            theme.render("coverage-of.html", &coverage::framework::view(page, ix))
        }
        Kind::CoverageTop(ix) => theme.render("coverage-top.html", &top::view(page, ix)),
        Kind::CoverageLevel(ix, level) => {
            theme.render("coverage-level.html", &level::view(page, ix, level))
        }
        Kind::CoverageMeasures(ix) => theme.render(
            "coverage-measures.html",
            &coverage::measures::view(page, ix),
        ),
        Kind::Matrix(grid) => theme.render("matrix.html", &matrix::view(page, grid)),
        Kind::Crosswalk => theme.render("crosswalk.html", &crosswalk::view(page)),
        Kind::CrosswalkOf(a, b) => {
            theme.render("crosswalk-of.html", &crosswalk::pair_view(page, a, b))
        }
        Kind::CrosswalkTop(ix, to) => {
            theme.render("crosswalk-top.html", &crosswalk_top::view(page, ix, to))
        }
        Kind::ProviderOf(ix) => theme.render("provider.html", &provider::view(page, ix)),
        Kind::Provider(ix, level) => theme.render(
            "provider-level.html",
            &provider_level::view(page, ix, level),
        ),
        Kind::Guide => theme.render("guide.html", &guide::view(page)),
        Kind::Page(ix) => theme.render("page.html", &prose_page::view(page, ix)),
        Kind::Answers(ix) => theme.render("answers.html", &answers::view(page, ix)),
        Kind::Print => document::html(page),
        Kind::Threats => theme.render("threats.html", &threats::view(page)),
        Kind::Glossary => theme.render("glossary.html", &glossary::view(page)),
        Kind::Search => theme.render("search.html", &search::view(page)),
        Kind::Data => theme.render("data.html", &data::view(page)),
        Kind::Accessibility => theme.render("accessibility.html", &accessibility::view(page)),
        Kind::NotFound => theme.render("404.html", &not_found::view(page)),
    }
}
