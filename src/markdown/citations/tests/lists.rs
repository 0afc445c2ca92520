//! Lists, ranges and slashes, by example.

use super::{EUCS, GDPR, reads};

#[test]
fn lists_and_ranges_are_read_part_by_part() {
    reads(
        "Articles 33, 34 and 35(1) GDPR",
        None,
        &["Articles 33 > 33", "34 > 34", "35(1) > 35(1)"],
    );
    reads(
        "GDPR Articles 32 and 33",
        None,
        &["Articles 32 > 32", "33 > 33"],
    );
    reads("Art. 33 bis 35 GDPR", None, &["Art. 33 > 33", "35 > 35"]);
    reads(
        "Art. 6(1) e 9(2) GDPR",
        None,
        &["Art. 6(1) > 6(1)", "9(2) > 9(2)"],
    );
    reads("Art. 32 and 33 GDPR", None, &["Art. 32 > 32", "33 > 33"]);
    reads(
        "Articles 33–35 GDPR",
        None,
        &["Articles 33 > 33", "35 > 35"],
    );
    reads("Articles 33-99 GDPR", None, &["Articles 33-99 > !"]);
    reads(
        "GDPR Art. 32(1)(b) and (c)",
        None,
        &["Art. 32(1)(b) > 32(1)(b)", "(c) > 32(1)(c)"],
    );
    reads(
        "GDPR Art. 32(1)(a) to (h)",
        None,
        &["Art. 32(1)(a) > 32(1)(a)", "(h) > !"],
    );
    reads(
        "GDPR Art. 5(1)(e)-(f)",
        None,
        &["Art. 5(1)(e) > 5(1)(e)", "(f) > 5(1)(f)"],
    );
    reads(
        "GDPR Art. 5(1)(e) and (2)",
        None,
        &["Art. 5(1)(e) > 5(1)(e)", "(2) > 5(2)"],
    );
    reads(
        "GDPR Art. 5(1) points (e) and (f)",
        None,
        &["Art. 5(1) points (e) > 5(1)(e)", "(f) > 5(1)(f)"],
    );
    reads(
        "GDPR Art. 6(1)(e) and point (f)",
        None,
        &["Art. 6(1)(e) > 6(1)(e)", "point (f) > 6(1)(f)"],
    );
}

#[test]
fn lists_of_bare_identifiers_are_read_part_by_part() {
    reads("SP 800-53 AC-2/AC-3", None, &["AC-2 > AC-2", "AC-3 > AC-3"]);
    reads("SP 800-53 AC-2/3", None, &["AC-2 > AC-2", "3 > AC-3"]);
    reads("SP 800-53 AC-2/AC-9", None, &["AC-2 > AC-2", "AC-9 > !"]);
    reads(
        "SP 800-53 AC-2(1), (3) and (5)",
        None,
        &["AC-2(1) > AC-2(1)", "(3) > AC-2(3)", "(5) > AC-2(5)"],
    );
    reads(
        "SP 800-53 AC-2(1) and AC-2",
        None,
        &["AC-2(1) > AC-2(1)", "AC-2 > AC-2"],
    );
    reads("EUCS CKM-01..03", None, &["CKM-01 > CKM-01", "03 > CKM-03"]);
    reads("EUCS CKM-01..05", None, &["CKM-01 > CKM-01", "05 > !"]);
    reads(
        "EUCS CKM-03.1 to .3",
        None,
        &["CKM-03.1 > CKM-03.1", ".3 > CKM-03.3"],
    );
    reads(
        "EUCS CKM-03 to CKM-04",
        None,
        &["CKM-03 > CKM-03", "CKM-04 > CKM-04"],
    );
    reads(
        "EUCS CKM-03, CKM-04 and OPS-12",
        None,
        &["CKM-03 > CKM-03", "CKM-04 > CKM-04", "OPS-12 > OPS-12"],
    );
    reads(
        "CKM-03, CKM-04 and OPS-12 of EUCS",
        None,
        &["CKM-03 > CKM-03", "CKM-04 > CKM-04", "OPS-12 > OPS-12"],
    );
    reads(
        "HCS-09 and HCS-17.2",
        None,
        &["HCS-09 > HCS-09", "HCS-17.2 > HCS-17.2"],
    );
    reads(
        "CKM-03.1 (GDPR Art. 32)",
        EUCS,
        &["CKM-03.1 > CKM-03.1", "Art. 32 > 32"],
    );
    reads(
        "Art. 5, 6 and 32 of the GDPR",
        None,
        &["Art. 5 > 5", "6 > 6", "32 > 32"],
    );
    reads("Art. 33, 34 and 72 hours", GDPR, &["Art. 33 > 33"]);
    reads(
        "SP 800-53 AC-2 (1, 3 and 9)",
        None,
        &["AC-2 (1 > AC-2(1)", "3 > AC-2(3)", "9) > !"],
    );
    reads(
        "EUCS CKM-01, -03 and -04",
        None,
        &["CKM-01 > CKM-01", "-03 > CKM-03", "-04 > CKM-04"],
    );
    reads(
        "GDPR Art. 5(1) points e and f apply",
        None,
        &["Art. 5(1) points e > 5(1)(e)", "f > 5(1)(f)"],
    );
    reads(
        "GDPR Art. 32(1)(a), (b), and (c)",
        None,
        &[
            "Art. 32(1)(a) > 32(1)(a)",
            "(b) > 32(1)(b)",
            "(c) > 32(1)(c)",
        ],
    );
    reads("SP 800-53 AC-2-AC-5", None, &["AC-2 > AC-2", "AC-5 > AC-5"]);
    // A hyphen that may be an identifier's or a range's.
    reads("SP 800-53 AC-2–5", None, &["AC-2–5 > AC-2(5)|AC-2 to AC-5"]);
    reads(
        "PCI DSS 8.3.6, 8.3.7 and 12.3.1",
        None,
        &["8.3.6 > 8.3.6", "8.3.7 > 8.3.7", "12.3.1 > 12.3.1"],
    );
}
