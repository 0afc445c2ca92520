//! The columns of each table, with what their cells hold: the same words stand on the data page and in the text beside them.
//!
//! Invariant: a cell is text, a number, or a list of words that hold no semicolon.

use std::borrow::Cow;

use super::row::{Cell, Row, row};
use crate::site::Column;

row! {
    /// A row of `measures.csv`.
    MeasureRow {
        /// The identifier.
        id: &'a str = "id";
        /// What to do.
        title: &'a str = "title";
        /// What it is for.
        summary: Cow<'a, str> = "summary";
        /// The identifier of its group.
        group: Option<&'a str> = "group";
        /// The title of the group.
        group_title: Option<&'a str> = "group-title";
        /// Its place in reading order, from 1.
        place: usize = "place";
        /// Who acts: `customer`, `provider` or `shared`.
        responsibility: &'a str = "responsibility";
        /// What it is made of: `organisational` or `technical`.
        kind: &'a str = "kind";
        /// When it acts: `plan`, `procure`, `migrate`, `operate`, `exit`.
        phases: Vec<&'a str> = "phases";
        /// The use cases in which it is essential; the reasons stand in `relevance.csv`.
        essential: Vec<&'a str> = "essential-in";
        /// The use cases in which it is important.
        important: Vec<&'a str> = "important-in";
        /// The use cases in which it supports other measures.
        supporting: Vec<&'a str> = "supporting-in";
        /// The identifiers of the threats that it answers.
        threats: Vec<&'a str> = "threats";
        /// The identifiers of measures that belong beside it.
        related: Vec<&'a str> = "related";
        /// Other words under which it is searched.
        keywords: Vec<&'a str> = "keywords";
        /// The address of its page.
        href: String = "href";
    }
}

row! {
    /// A row of `practices.csv`.
    PracticeRow {
        /// The identifier.
        id: &'a str = "id";
        /// The identifier of its measure.
        measure: &'a str = "measure";
        /// The title of the measure.
        measure_title: &'a str = "measure-title";
        /// The statement.
        text: Cow<'a, str> = "text";
        /// Who acts: `customer`, `provider` or `shared`.
        by: &'a str = "by";
        /// What to ask for.
        evidence: Cow<'a, str> = "evidence";
        /// The use cases for which it is essential.
        essential_for: Vec<&'a str> = "essential-for";
        /// When it acts: `plan`, `procure`, `migrate`, `operate`, `exit`.
        phases: Vec<&'a str> = "phases";
        /// The service models for which it stands: `iaas`, `paas`, `saas`.
        models: Vec<&'a str> = "models";
        /// Other words under which it is searched.
        keywords: Vec<&'a str> = "keywords";
        /// The address of its place on the page of the measure.
        href: String = "href";
    }
}

row! {
    /// A row of `relevance.csv`.
    RelevanceRow {
        /// The identifier of the measure.
        measure: &'a str = "measure";
        /// The title of the measure.
        measure_title: &'a str = "measure-title";
        /// The identifier of the use case.
        use_case: &'a str = "use-case";
        /// The title of the use case.
        use_case_title: &'a str = "use-case-title";
        /// How much it weighs: `essential`, `important` or `supporting`.
        relevance: &'a str = "relevance";
        /// Why.
        because: Cow<'a, str> = "because";
    }
}

row! {
    /// A row of `mappings.csv`.
    MappingRow {
        /// The identifier of the framework.
        framework: &'a str = "framework";
        /// The version of the framework.
        version: &'a str = "version";
        /// The measure that it belongs to.
        measure: &'a str = "measure";
        /// The practice from which it is read, or the measure as a whole.
        from: &'a str = "from";
        /// How they relate, read from ours to theirs: `equal`, `subset-of`, `superset-of`, `intersects-with`, `supports`.
        relation: &'a str = "relation";
        /// With `supports`, how: `integral-to`, `example-of` or `precedes`.
        property: Option<&'a str> = "property";
        /// The identifier of the node, as the framework gives it.
        to: &'a str = "to";
        /// How the node is cited.
        shown: &'a str = "shown";
        /// The official title of the node, or our short name.
        title: Option<&'a str> = "title";
        /// The level of assurance from which the node holds.
        level: Option<&'a str> = "level";
        /// Why.
        because: Cow<'a, str> = "because";
        /// Why a second reader may disagree.
        uncertain: Option<Cow<'a, str>> = "uncertain";
        /// The address of the practice or measure.
        from_href: String = "from-href";
        /// The address of the node.
        to_href: String = "to-href";
    }
}

row! {
    /// A row of `requirements.csv`.
    RequirementRow {
        /// The identifier of the framework.
        framework: &'a str = "framework";
        /// The version of the framework.
        version: &'a str = "version";
        /// The identifier of the node, as the framework gives it.
        id: &'a str = "id";
        /// How it is cited.
        shown: &'a str = "shown";
        /// The identifier that the official text prints, where it misprints.
        printed: Option<&'a str> = "printed";
        /// What kind of node it is, in the words of the framework.
        kind: &'a str = "kind";
        /// The identifier of the node above.
        parent: Option<&'a str> = "parent";
        /// The official title.
        title: Option<&'a str> = "title";
        /// Our short name, where there is no official title.
        label: Option<&'a str> = "label";
        /// The level of assurance from which it holds.
        level: Option<&'a str> = "level";
        /// What it says, in our own words.
        summary: Cow<'a, str> = "summary";
        /// Whether mappings may lead to it: `yes` or `no`.
        mappable: &'a str = "mappable";
        /// How many mappings lead to exactly this node.
        mappings: usize = "mappings";
        /// How it stands, if it is counted: `mapped`, `justified` (left out with a reason) or `open`.
        standing: Option<&'a str> = "standing";
        /// The node that decides how it stands: itself, or one above, to which a mapping leads or for which the reason is given.
        decided_at: Option<&'a str> = "decided-at";
        /// Why it is left out: the reason given for this node or, where it is `justified`, for that in `decided-at`.
        because: Option<Cow<'a, str>> = "because";
        /// The address of the official text.
        official: Option<String> = "official";
        /// Other words under which it is searched.
        keywords: Vec<&'a str> = "keywords";
        /// The address of its page, or of its place on one.
        href: String = "href";
    }
}

row! {
    /// A row of `coverage.csv`.
    CoverageRow {
        /// The identifier of the framework.
        framework: &'a str = "framework";
        /// The version of the framework.
        version: &'a str = "version";
        /// The identifier of the top node.
        top: &'a str = "top";
        /// The official title of the top node, or our short name.
        title: Option<&'a str> = "title";
        /// The level of assurance from which the nodes hold; empty for those without one.
        level: Option<&'a str> = "level";
        /// How many are mapped, themselves or through a node above them.
        mapped: usize = "mapped";
        /// How many are left out with a reason.
        justified: usize = "justified";
        /// How many are neither.
        open: usize = "open";
        /// How many there are.
        total: usize = "total";
    }
}
