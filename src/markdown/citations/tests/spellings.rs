//! How an identifier may be spelled in prose, by example.

use super::{Citable, CitationTarget, Grammar, all, ids, leads, strings};

#[test]
fn what_goes_on_an_identifier_belongs_to_it() {
    leads("SP 800-53 AC-2 (1)", "AC-2(1)");
    leads("SP 800-53 AC-2a", "AC-2a");
    leads("SP 800-53 AC-2(1)(a)", "AC-2(1)(a)");
    leads("SP 800-53 AC-2b", "!");
    leads("SP 800-53 AC-2 (9)", "!");
    leads("SP 800-53 AC-2(1)(b)", "!");
    leads("EUCS CKM-03.1a", "!");
    leads("EUCS CKM-03.1 (9)", "!");
    leads("EUCS CKM-03x", "!");
    leads("EUCS CKM-77x", "!");
    leads("EUCS CKM-03-1", "CKM-03.1");
    leads("EUCS OPS-19.2bis", "OPS-19.2bis");
    leads("EUCS OPS-19.2 bis", "OPS-19.2bis");
    leads("EUCS OPS-19.2 ter", "!");
    leads("GDPR Art. 32 z.", "!");
    leads("GDPR Art. 6 bis", "!");
    leads("GDPR Art. 32a", "!");
    leads("GDPR Art. 32(1)(z)", "!");
    leads("GDPR Art. 32 (1) (b)", "32(1)(b)");
    leads("GDPR Art. 32.1.b", "32(1)(b)");
    leads("GDPR Art. 32(1)b", "32(1)(b)");
    leads("GDPR Art. 5(1)f", "5(1)(f)");
    leads("GDPR Art. 5 (1) lit. f)", "5(1)(f)");
    leads("GDPR Art. 5(1), point (f)", "5(1)(f)");
    leads("GDPR Article 5, paragraph 1, point (f)", "5(1)(f)");
    leads("GDPR Art. 5 Abs. 1 Buchstabe f", "5(1)(f)");
    leads("GDPR Art. 4 no. 12", "4(12)");
    leads("GDPR Art. 4 (12)", "4(12)");
    leads("GDPR Art. 4 no. 99", "!");
    leads("GDPR Art. 32 1 b", "32(1)(b)");
    leads("Art. 32 1 b GDPR", "32(1)(b)");
    leads("GDPR Art. 32 9", "!");
    leads("Art. 5(1) lit. f) GDPR", "5(1)(f)");
}

#[test]
fn words_between_parts_are_read_over() {
    leads("GDPR Art. 6(1), first subparagraph, point (f)", "6(1)(f)");
    leads("Art. 6 Abs. 1 S. 1 lit. f GDPR", "6(1)(f)");
    leads("GDPR Art. 32 § 1", "32(1)");
    leads("Art. 32 par. 1 GDPR", "32(1)");
    leads("GDPR Article 32, paragraph 9", "!");
    leads("GDPR Art. 32 ff.", "32");
    leads("GDPR Art. 32ff.", "32");
    leads("SP 800-53 AC-2 enhancement 3", "AC-2(3)");
    leads("SP 800-53 AC-2:1", "AC-2(1)");
    leads("EUCS CKM/03.1", "CKM-03.1");
    leads("PCI DSS 8 . 3 . 6", "8.3.6");
    leads("GDPR Art. 32[1][b]", "32(1)(b)");
}

#[test]
fn hyphens_blanks_and_case_fold() {
    for hyphen in [
        "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}",
        " ", "\u{a0}", "\u{202f}", " - ", "",
    ] {
        leads(&format!("EUCS CKM{hyphen}03.1"), "CKM-03.1");
        leads(&format!("CKM{hyphen}03.1 EUCS"), "CKM-03.1");
        leads(&format!("EUCS CKM{hyphen}03.9"), "!");
        leads(&format!("AI RMF GOVERN{hyphen}1.6"), "GOVERN-1.6");
        leads(&format!("AI RMF GOVERN{hyphen}1.7"), "!");
    }
    leads("EUCS ckm-03.1", "CKM-03.1");
    leads("EUCS ckm 3.1", "CKM-03.1");
    leads("GDPR art. 32", "32");
    leads("GDPR ART 32", "32");
    leads("art. 32 GDPR", "32");
    leads("Art.\u{a0}32\u{a0}(1)\u{a0}(b) GDPR", "32(1)(b)");
    leads("GDPR chapter IV", "IV");
    leads("GDPR Chapter XIV", "!");
    leads("CSF gv.oc-1", "GV.OC-01");
    leads("CSF GV OC 01", "GV.OC-01");
    leads("SP 800-53 AC-02(01)", "AC-2(1)");
    leads("SP 800-53 Rev. 5 AC-02", "AC-2");
    leads("ISO/IEC 27001:2022 A 5.1", "A.5.1");
}

#[test]
fn a_letter_behind_a_blank_is_a_point_where_it_can_be_no_word() {
    leads("GDPR Art. 32(1) b applies", "32(1)(b)");
    leads("GDPR Art. 32(1) a (see below)", "32(1)(a)");
    leads("GDPR Art. 32(1) a and 3 copies", "32(1)(a)");
    leads("GDPR Art. 32(1) a’s text", "32(1)(a)");
    leads("GDPR Art. 32(1) a.", "32(1)(a)");
    leads("GDPR Art. 32(1) a controller", "32(1)");
    leads("GDPR Art. 32(1) b’une", "32(1)");
}

#[test]
fn no_blank_is_needed_behind_a_sign() {
    let article = Citable {
        forms: strings(&["§ {id}", "No {id}"]),
        names: strings(&["StGB"]),
        ids: ids(&all(0, &["203", "203(1)", "203a"])),
        ..Citable::default()
    };
    let grammar = Grammar::new(vec![article], Vec::new());
    let leads = |text: &str| -> Vec<CitationTarget> {
        let found = grammar.scan("", text, None).into_iter();
        found.map(|it| it.leads).collect()
    };
    let to = |id: &str| vec![CitationTarget::To(0, id.to_owned())];
    assert_eq!(leads("§203 StGB"), to("203"));
    assert_eq!(leads("§\u{a0}203 StGB"), to("203"));
    assert_eq!(leads("§203a StGB"), to("203a"));
    assert_eq!(leads("§204 StGB"), [CitationTarget::Nowhere(0)]);
    assert_eq!(leads("No203 StGB"), []);
}

#[test]
fn those_that_follow_are_no_part_of_a_citation() {
    for (words, id) in [
        ("Art. 32 ff. GDPR", "32"),
        ("Art. 32 f. GDPR", "32"),
        ("Art. 32ff. GDPR", "32"),
        ("Article 32 et seq. GDPR", "32"),
        ("Article 32 et seqq. of the GDPR", "32"),
        ("GDPR Art. 5(1) f.", "5(1)(f)"),
    ] {
        leads(words, id);
    }
}

#[test]
fn characters_that_take_no_room_count_for_nothing() {
    for sign in ["\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}"] {
        leads(&format!("EUCS C{sign}KM-{sign}03.1"), "CKM-03.1");
        leads(&format!("EUCS CKM-03{sign}.9"), "!");
        leads(&format!("EUCS{sign} CKM-03.1{sign}"), "CKM-03.1");
    }
}

#[test]
fn a_number_before_a_name_that_ends_with_what_is_counted_counts() {
    let controls = Citable {
        forms: strings(&["{id}"]),
        kinds: strings(&["control", "controls"]),
        names: strings(&["CIS Controls", "CIS"]),
        ids: ids(&all(0, &["2", "2.1", "11"])),
        ..Citable::default()
    };
    let grammar = Grammar::new(vec![controls], Vec::new());
    for (text, count) in [
        ("the 18 CIS Controls", 0),
        ("2 CIS Controls", 0),
        ("2 of the CIS Controls", 1),
        ("2.1 CIS Controls", 1),
        ("CIS Controls 2", 1),
    ] {
        assert_eq!(grammar.scan("", text, None).len(), count, "{text}");
    }
}
