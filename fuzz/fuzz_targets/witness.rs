//! A witness countersigns nothing but what the log signed and what grew out of the history that it knows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shiji_fuzz::{BOOK, Input};
use shiji_record::log::key::{PublicKey, SecretKey};
use shiji_record::log::policy::Policy;
use shiji_record::log::witness::{AddCheckpoint, conflict_size, signature_lines};

fuzz_target!(|input: (u8, Input)| {
    let book = &*BOOK;
    let bytes = input.1.bytes(book.request().to_body().as_bytes());
    // What comes back from a witness, and what an operator writes, is read as well.
    let _ = signature_lines(&bytes);
    let _ = conflict_size(&bytes);
    if let Ok(text) = std::str::from_utf8(&bytes) {
        if let Ok(key) = PublicKey::from_text(text) {
            assert_eq!(key.to_text(), text);
        }
        let _ = SecretKey::from_text(text);
        let _ = Policy::from_text(text);
    }
    let Ok(request) = AddCheckpoint::from_body(&bytes) else { return };
    assert_eq!(AddCheckpoint::from_body(request.to_body().as_bytes()).as_ref(), Ok(&request));
    let known = [book.log.public()];
    let last = match input.0 % 3 {
        0 => None,
        1 => Some(&book.older),
        _ => Some(&book.checkpoint),
    };
    if request.judge(&known, last).is_ok() {
        assert_eq!(request.checkpoint.checkpoint, book.checkpoint);
        assert_eq!(request.old, last.map_or(0, |last| last.size));
    }
});
