//! Every rule, by code.
//!
//! Entry: [`ALL`]. Adding a rule is one file and one line here.

use crate::diagnostic::Rule;
use crate::{catalogue, check, config, markdown, pipeline, render, schema, site, structure};

/// Every rule, in the order of the stages that find it.
pub static ALL: &[&Rule] = &[
    &pipeline::rules::unreadable_file::RULE,
    &structure::rules::not_utf8::RULE,
    &structure::rules::invalid_yaml::RULE,
    &structure::rules::invalid_toml::RULE,
    &structure::rules::unknown_key::RULE,
    &structure::rules::missing_key::RULE,
    &structure::rules::duplicate_key::RULE,
    &structure::rules::wrong_type::RULE,
    &structure::rules::unknown_value::RULE,
    &config::BAD_VALUE,
    &schema::rules::front_matter_missing::RULE,
    &schema::rules::id_differs_from_file::RULE,
    &schema::rules::missing_words::RULE,
    &markdown::rules::raw_html::RULE,
    &markdown::rules::unsafe_url::RULE,
    &markdown::rules::second_title::RULE,
    &markdown::rules::empty_section::RULE,
    &markdown::rules::missing_alt::RULE,
    &markdown::rules::not_inline::RULE,
    &catalogue::rules::duplicate_id::RULE,
    &catalogue::rules::invalid_id::RULE,
    &catalogue::rules::practice_id_differs::RULE,
    &catalogue::rules::unknown_measure::RULE,
    &catalogue::rules::unknown_practice::RULE,
    &catalogue::rules::unknown_use_case::RULE,
    &catalogue::rules::unknown_framework::RULE,
    &catalogue::rules::unknown_requirement::RULE,
    &catalogue::rules::printed_id::RULE,
    &catalogue::rules::unknown_threat::RULE,
    &catalogue::rules::unknown_term::RULE,
    &catalogue::rules::unknown_group::RULE,
    &catalogue::rules::unknown_level::RULE,
    &catalogue::rules::unknown_kind::RULE,
    &catalogue::rules::unknown_box::RULE,
    &catalogue::rules::unknown_page::RULE,
    &catalogue::rules::unknown_anchor::RULE,
    &catalogue::rules::unresolved_link::RULE,
    &catalogue::rules::unresolved_citation::RULE,
    &catalogue::rules::ambiguous_citation::RULE,
    &catalogue::rules::missing_reason::RULE,
    &catalogue::rules::missing_set::RULE,
    &catalogue::rules::version_differs::RULE,
    &catalogue::rules::wrong_style::RULE,
    &catalogue::rules::not_mappable::RULE,
    &catalogue::rules::duplicate_mapping::RULE,
    &catalogue::rules::cell_taken::RULE,
    &catalogue::rules::zone_crossed::RULE,
    &catalogue::rules::bad_date::RULE,
    &catalogue::rules::empty_list::RULE,
    &catalogue::rules::bad_keyword::RULE,
    &check::missing_guidance::RULE,
    &check::missing_mapping::RULE,
    &check::missing_relevance::RULE,
    &check::missing_summary::RULE,
    &check::unreached_file::RULE,
    &site::DUPLICATE_ROUTE,
    &render::rules::template_mistake::RULE,
    &render::rules::unknown_block::RULE,
    &render::rules::unknown_theme_file::RULE,
    &render::rules::outdated_override::RULE,
    &render::rules::unusable_logo::RULE,
    &render::rules::low_contrast::RULE,
    &pipeline::rules::too_few::RULE,
    &pipeline::rules::unused_exception::RULE,
];

/// The rule of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|it| it.code == code).copied()
}
