//! Whatever verifies as a checkpoint of the log is the checkpoint that the log signed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shiji_fuzz::{BOOK, Input};
use shiji_record::log::checkpoint::SignedCheckpoint;

fuzz_target!(|input: Input| {
    let book = &*BOOK;
    let bytes = input.bytes(book.signed.to_text().as_bytes());
    let Ok(signed) = SignedCheckpoint::from_bytes(&bytes) else { return };
    let again =
        SignedCheckpoint::from_bytes(signed.to_text().as_bytes()).expect("what was read is written well");
    assert_eq!(again, signed);
    if signed.verify(&book.log.public()).is_ok() {
        assert_eq!(signed.checkpoint, book.checkpoint);
    }
    if let Some(cosignature) = signed.cosignature(&book.witness.public()) {
        assert_eq!(signed.checkpoint, book.checkpoint);
        assert_eq!(cosignature.time, 1_795_000_000);
    }
});
