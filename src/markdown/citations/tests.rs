//! What is a citation and what is none, by example.

mod lists;
mod spellings;

use super::{Citable, CitationTarget, Grammar, Identifiers};

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|it| (*it).to_owned()).collect()
}

fn ids(list: &[(&str, usize)]) -> Identifiers {
    let mut out = Identifiers::default();
    for (id, kind) in list {
        out.insert(id, *kind);
    }
    out
}

fn all(kind: usize, list: &[&'static str]) -> Vec<(&'static str, usize)> {
    list.iter().map(|id| (*id, kind)).collect()
}

/// The book itself, EUCS, the GDPR, SP 800-53, PCI DSS, CSF and ISO/IEC 27001, each as it numbers.
fn grammar() -> Grammar {
    let plain = |names: &[&str], version: &str, list: &[&'static str]| Citable {
        forms: strings(&["{id}"]),
        kinds: strings(&["requirement", "requirements", "control", "controls"]),
        names: strings(names),
        version: version.to_owned(),
        ids: ids(&all(0, list)),
        ..Citable::default()
    };
    let own = Citable {
        own: true,
        ..plain(&[], "", &["HCS-09", "HCS-09.1", "HCS-17", "HCS-17.2"])
    };
    let eucs = [
        "CKM",
        "CKM-01",
        "CKM-03",
        "CKM-03.1",
        "CKM-03.3",
        "CKM-04",
        "HR",
        "HR-01",
        "OPS",
        "OPS-12",
        "OPS-19",
        "OPS-19.2bis",
    ];
    let mut articles = all(
        1,
        &[
            "4", "4(12)", "5", "5(1)", "5(1)(e)", "5(1)(f)", "5(2)", "6", "6(1)", "6(1)(e)",
            "6(1)(f)", "9", "9(2)", "32", "32(1)", "32(1)(a)", "32(1)(b)", "32(1)(c)", "33",
            "33(1)", "34", "35", "35(1)", "36",
        ],
    );
    articles.push(("IV", 0));
    articles.push(("IV.2", 0));
    let gdpr = Citable {
        forms: strings(&["Art. {id}", "Article {id}", "Articles {id}", "Artikel {id}"]),
        displays: vec![("Chapter {id}".to_owned(), 0)],
        kinds: strings(&["article", "articles"]),
        between: strings(&["Abs.", "Buchstabe"]),
        ids: ids(&articles),
        ..plain(&["Regulation (EU) 2016/679", "GDPR"], "2016-04-27", &[])
    };
    let nist = [
        "AC",
        "AC-1",
        "AC-2",
        "AC-2a",
        "AC-2(1)",
        "AC-2(1)(a)",
        "AC-2(3)",
        "AC-2(5)",
        "AC-3",
        "AC-5",
    ];
    let pci = ["1", "3", "4", "8", "8.3", "8.3.6", "8.3.7", "12", "12.3.1"];
    Grammar::new(
        vec![
            own,
            plain(&["EUCS"], "2020-12", &eucs),
            gdpr,
            plain(&["SP 800-53"], "5.1.1", &nist),
            plain(&["PCI DSS"], "4.0.1", &pci),
            plain(&["CSF"], "2.0", &["GV", "GV.OC", "GV.OC-01", "GV.RM-02"]),
            plain(
                &["ISO/IEC 27001", "ISO 27001"],
                "2022",
                &["A.5", "A.5.1", "A.8.12", "5.1"],
            ),
            plain(&["AI RMF"], "1.0", &["GOVERN-1", "GOVERN-1.6", "MAP-1.1"]),
        ],
        strings(&["NIS2", "C5", "ISO 27001:2013"]),
    )
}

const EUCS: Option<usize> = Some(1);
const GDPR: Option<usize> = Some(2);
const PCI: Option<usize> = Some(4);

/// Each citation as its words, and where it leads: `words > id`, `words > !` for nowhere, `words > ?` where it is not
/// certain whose it is, `words > #` where it may be a number of something, `words > a|b` where it may be either.
fn read(text: &str, context: Option<usize>) -> Vec<String> {
    let found = grammar().scan("", text, context);
    let each = found.into_iter().map(|citation| {
        let leads = match citation.leads {
            CitationTarget::To(_, id) => id,
            CitationTarget::Nowhere(_) => "!".to_owned(),
            CitationTarget::Several(_, ids) => ids.join("|"),
            CitationTarget::Number(_) => "#".to_owned(),
            CitationTarget::Unclear(_) => "?".to_owned(),
        };
        format!("{} > {leads}", &text[citation.range])
    });
    each.collect()
}

#[track_caller]
fn reads(text: &str, context: Option<usize>, expected: &[&str]) {
    assert_eq!(read(text, context), expected, "{text}");
}

/// The whole text but for the name is one citation of this id.
#[track_caller]
fn leads(text: &str, id: &str) {
    let found = read(text, None);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert!(found[0].ends_with(&format!(" > {id}")), "{text}: {found:?}");
}

#[test]
fn a_name_beside_makes_it_certain() {
    reads(
        "see Art. 32(1)(b) GDPR.",
        None,
        &["Art. 32(1)(b) > 32(1)(b)"],
    );
    reads(
        "see Art. 32(1)(b) of the GDPR.",
        None,
        &["Art. 32(1)(b) > 32(1)(b)"],
    );
    reads("GDPR Art. 32", None, &["Art. 32 > 32"]);
    reads("(EUCS CKM-03.1)", None, &["CKM-03.1 > CKM-03.1"]);
    reads("EUCS/CKM-03.1", None, &["CKM-03.1 > CKM-03.1"]);
    reads("EUCS’s CKM-03.1", None, &["CKM-03.1 > CKM-03.1"]);
    reads(
        "the EUCS requirement CKM-03.1",
        None,
        &["CKM-03.1 > CKM-03.1"],
    );
    reads("CKM-03.1.", EUCS, &["CKM-03.1 > CKM-03.1"]);
    reads("CKM-03.1.", None, &["CKM-03.1 > ?"]);
    reads("CKM-09.1.", None, &[]);
    reads("HCS-09.1’s text", None, &["HCS-09.1 > HCS-09.1"]);
}

#[test]
fn another_instrument_is_never_taken() {
    reads("Art. 21(2) NIS2 and C5 CKM-03", GDPR, &[]);
    reads("Art. 32 of NIS2", GDPR, &[]);
    reads("Articles 33 and 34 of NIS2", GDPR, &[]);
    reads("NIS2, Art. 33 and Art. 34", GDPR, &[]);
    reads("C5 CKM-03/CKM-04", EUCS, &[]);
    reads("ISO 27001:2013 A.5.1", Some(6), &[]);
}

#[test]
fn words_about_an_identifier_are_not_of_it() {
    reads("see CKM-03.1.", EUCS, &["CKM-03.1 > CKM-03.1"]);
    reads("CKM-03.1, which", EUCS, &["CKM-03.1 > CKM-03.1"]);
    reads("CKM-03.1 (see below)", EUCS, &["CKM-03.1 > CKM-03.1"]);
    reads("(see CKM-03.1) and", EUCS, &["CKM-03.1 > CKM-03.1"]);
    reads("Art. 32 (security of processing)", GDPR, &["Art. 32 > 32"]);
    reads(
        "SP 800-53 AC-2 (Account Management)",
        None,
        &["AC-2 > AC-2"],
    );
    reads("Art. 32 – security", GDPR, &["Art. 32 > 32"]);
    reads("Art. 32 - security", GDPR, &["Art. 32 > 32"]);
    reads("Art. 32—security", GDPR, &["Art. 32 > 32"]);
    reads("Art. 32; 72 hours", GDPR, &["Art. 32 > 32"]);
    reads("CKM-03 and 3 copies", EUCS, &["CKM-03 > CKM-03"]);
    reads("Art. 33 and 72 hours", GDPR, &["Art. 33 > 33"]);
    reads("Art. 33, 34 patients", GDPR, &["Art. 33 > 33"]);
    reads("Art. 33: 72 hours", GDPR, &["Art. 33 > 33"]);
    reads(
        "Under Art. 32(1) a controller acts",
        GDPR,
        &["Art. 32(1) > 32(1)"],
    );
    reads(
        "Art. 32? Yes. CKM-03!",
        GDPR,
        &["Art. 32 > 32", "CKM-03 > ?"],
    );
    reads("EUCS: CKM-03.", None, &["CKM-03 > CKM-03"]);
    reads("EUCS HR teams", None, &["HR > HR"]);
    reads("HR teams and OPS", EUCS, &[]);
    reads("EUCS HR 2024 figures", None, &["HR > HR"]);
    reads("Art. 32 (2016)", GDPR, &["Art. 32 > 32"]);
    reads(
        "(a) keep to Art. 32(1)(a) and (b) keep records",
        GDPR,
        &["Art. 32(1)(a) > 32(1)(a)"],
    );
    reads("Art. 32, and (c) keep records", GDPR, &["Art. 32 > 32"]);
}

#[test]
fn a_number_is_a_citation_beside_its_framework_only() {
    for plain in [
        "for 12 months",
        "31 March 2025",
        "128 bit",
        "TLS 1.3",
        "8.3.6 and 12",
        "not more than 10 attempts, 99.9 % of the time",
        "in 2025, 3 copies",
    ] {
        reads(plain, PCI, &[]);
        reads(plain, None, &[]);
    }
    reads("In 2025, PCI DSS 3 and 3 copies", None, &["3 > 3"]);
    reads("PCI DSS 8.3.6", None, &["8.3.6 > 8.3.6"]);
    reads("8.3.6 of PCI DSS", None, &["8.3.6 > 8.3.6"]);
    reads("PCI DSS requirement 8.3.6", None, &["8.3.6 > 8.3.6"]);
    reads("PCI DSS requirements 3 and 4", None, &["3 > 3", "4 > 4"]);
    reads("PCI DSS 12", None, &["12 > 12"]);
    reads("PCI DSS 8.9.9", None, &["8.9.9 > !"]);
    reads("PCI DSS 99", None, &["99 > !"]);
    for plain in [
        "PCI DSS 4.0",
        "PCI DSS 4.0.1",
        "PCI DSS v4.0 applies",
        "PCI DSS, 12 months",
        "within 10 days of PCI DSS",
        "PCI DSS (31 March 2025)",
        "the 12 PCI DSS requirements",
        "12 of the PCI DSS requirements",
        "PCI DSS, 3 copies",
        "in 2025, PCI DSS applies",
        "of 3, PCI DSS",
        "PCI DSS 2024",
        "PCI DSS 1,000 merchants",
        "the 12th PCI DSS",
        "20 PCI DSS assessors",
        "PCI DSS 3DS and PCI DSS 24h",
    ] {
        reads(plain, PCI, &[]);
    }
    reads("PCI DSS 4.0, 8.3.6", None, &["8.3.6 > 8.3.6"]);
    reads("PCI DSS v4.0.1 8.3.6", None, &["8.3.6 > 8.3.6"]);
    reads("3 PCI DSS assessors", None, &["3 > #"]);
    reads("ISO 27001 clause 5.1", None, &["5.1 > 5.1"]);
    reads("PCI DSS 4", None, &["4 > #"]);
    reads("ISO 27001 A.5.1", None, &["A.5.1 > A.5.1"]);
    reads("ISO 27001 5.1", None, &["5.1 > 5.1"]);
}

#[test]
fn words_that_are_joined_to_something_else() {
    reads("ISO-9 XCKM-03 X/CKM-03 a.CKM-03", EUCS, &[]);
    reads("EUCS XCKM-03", None, &["XCKM-03 > !"]);
    reads("EUCS CMK-03.1", None, &["CMK-03.1 > !"]);
    reads("EUCS HCS-09", None, &["HCS-09 > HCS-09"]);
    reads("a CKM-03-like duty", EUCS, &["CKM-03 > CKM-03"]);
    reads("CKM-03-compliant", EUCS, &["CKM-03 > CKM-03"]);
    reads("CKM-03/policy", EUCS, &["CKM-03 > CKM-03"]);
    reads("CKM-03-B", EUCS, &["CKM-03-B > !"]);
    reads("net-30 terms and hcs-99", None, &[]);
    reads(
        "hcs-09.1 and hcs-09.7",
        None,
        &["hcs-09.1 > HCS-09.1", "hcs-09.7 > !"],
    );
}

#[test]
fn a_name_in_the_words_before_counts() {
    let lead = "Regulation (EU) 2016/679 (GDPR)";
    let found = grammar().scan(lead, ", Articles 33 and 34", None);
    let found: Vec<_> = found.iter().map(|it| (it.range.start, &it.leads)).collect();
    assert_eq!(
        found,
        [
            (2, &CitationTarget::To(2, "33".into())),
            (18, &CitationTarget::To(2, "34".into()))
        ]
    );
    let found = grammar().scan("Directive (NIS2)", ", Article 21", None);
    assert!(found.is_empty());
}
