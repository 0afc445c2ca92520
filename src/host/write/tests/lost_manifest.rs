//! Tests of an empty or truncated manifest, as a power loss leaves it if the system's flush does not keep its promise.

use std::fs;
use std::path::Path;

use super::{FOREIGN, Scratch, assert_holds, first, second, tree};
use crate::host::write::names::{FILE_LIST, MANIFEST};
use crate::host::write::{clean, is_up_to_date, write};

/// What may remain of a file: nothing, a part, zeros, other bytes of the same length.
fn remains(bytes: &[u8]) -> Vec<Vec<u8>> {
    let parts = [0, 1, bytes.len() / 2, bytes.len() - 1];
    let mut remains: Vec<_> = parts.iter().map(|it| bytes[..*it].to_vec()).collect();
    remains.push(vec![0; bytes.len()]);
    remains.push([&bytes[..bytes.len() / 2], &vec![0; bytes.len() / 2]].concat());
    remains.push(b"\x7fELF\x02\x01".repeat(9));
    remains
}

fn begin(scratch: &Scratch) {
    scratch.empty();
    write(&scratch.site(), &first(), "first").expect("nothing is in the way");
    put(&scratch.site(), FOREIGN, b"example.org");
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    fs::write(folder.join(path), bytes).expect("the test's own folder");
}

#[test]
fn a_cut_manifest_is_repaired_by_the_list_beside_it() {
    let scratch = Scratch::new("cut");
    let folder = scratch.site();
    begin(&scratch);
    let whole = fs::read(folder.join(MANIFEST)).expect("it is there");
    for left in remains(&whole) {
        for next in [first(), second()] {
            begin(&scratch);
            put(&folder, MANIFEST, &left);
            assert!(!is_up_to_date(&folder, "first"));
            write(&folder, &next, "next").expect("the list tells what is the site's");
            assert_holds(&folder, &next, &[FOREIGN]);
            assert!(is_up_to_date(&folder, "next"));
        }
    }
    begin(&scratch);
    fs::remove_file(folder.join(MANIFEST)).expect("it is there");
    write(&folder, &second(), "next").expect("the list tells what is the site's");
    assert_holds(&folder, &second(), &[FOREIGN]);
    put(&folder, MANIFEST, b"");
    assert_eq!(clean(&folder).expect("the list is there"), second().len());
    assert_eq!(tree(&folder).into_keys().collect::<Vec<_>>(), [FOREIGN]);
}

#[test]
fn a_cut_list_changes_nothing_while_the_manifest_is_whole() {
    let scratch = Scratch::new("cut-list");
    for left in remains(b"{\"version\":1}") {
        begin(&scratch);
        put(&scratch.site(), FILE_LIST, &left);
        assert!(is_up_to_date(&scratch.site(), "first"));
        write(&scratch.site(), &second(), "second").expect("the manifest is whole");
        assert_holds(&scratch.site(), &second(), &[FOREIGN]);
    }
}

#[test]
fn without_both_only_remnants_of_the_same_files_are_replaced() {
    let scratch = Scratch::new("cut-both");
    let folder = scratch.site();
    let begin = || {
        begin(&scratch);
        put(&folder, MANIFEST, b"");
        put(&folder, FILE_LIST, b"{\"version\":1,\"inp");
    };
    let page = first().get("guide.html").expect("a page").to_vec();
    for (left, is_remnant) in [
        (page.clone(), true),
        (Vec::new(), true),
        (page[..7].to_vec(), true),
        (vec![0; page.len() + 9], true),
        ([&page[..9], &[0; 4]].concat(), true),
        (b"mine".to_vec(), false),
        ([&page[..], b"!"].concat(), false),
    ] {
        begin();
        put(&folder, "guide.html", &left);
        // `tree` would list the manifest too.
        let before = tree(&folder);
        assert!(clean(&folder).is_err());
        let written = write(&folder, &first(), "first");
        assert_eq!(written.is_ok(), is_remnant, "{left:?}: {written:?}");
        match written {
            Ok(_) => assert_holds(&folder, &first(), &[FOREIGN]),
            Err(error) => {
                assert!(error.to_string().contains("remove it and build"), "{error}");
                assert_eq!(tree(&folder), before);
            }
        }
    }
    begin();
    let before = tree(&folder);
    let error = write(&folder, &second(), "second").expect_err("files stand there that differ");
    assert!(
        error.to_string().contains("if nothing in") && error.to_string().contains("is yours"),
        "{error}"
    );
    assert_eq!(tree(&folder), before);
}
