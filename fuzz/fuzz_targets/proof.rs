//! Whatever verifies as a proof file says nothing that the record did not say; it may say less.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shiji_fuzz::{BOOK, Input};
use shiji_record::fact::Fact;
use shiji_record::log::proof::ProofFile;
use std::sync::LazyLock;

/// Made once: a proof takes longer to make than to read.
static PROOFS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..shiji_fuzz::SIZE).map(|index| BOOK.proof(index).to_text()).collect());

fuzz_target!(|input: (u16, Input)| {
    let book = &*BOOK;
    let bytes = input.1.bytes(PROOFS[usize::from(input.0) % PROOFS.len()].as_bytes());
    let Ok(text) = std::str::from_utf8(&bytes) else { return };
    let Ok(read) = ProofFile::from_text(text) else { return };
    assert_eq!(ProofFile::from_text(&read.to_text()).expect("what was read is written well"), read);
    let Ok(opened) = read.verify(&book.log.public()) else { return };
    let (leaf, payload) = &book.entries[read.index as usize];
    assert_eq!(&read.leaf, leaf);
    assert_eq!(read.payload.digests, payload.digests);
    let known = payload.open(leaf).expect("the genuine record opens");
    let (Fact::Item(said), Fact::Item(written)) = (opened.fact, known.fact) else { panic!("another kind") };
    if !opened.withheld.contains(&"text") {
        assert_eq!(said.text, written.text);
    }
    assert_eq!(said.item, written.item);
});
