//! Names of tiles read back as they were; bundles too; and no proof comes out of tiles that are not the tree's.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use shiji_fuzz::{BOOK, Edit, Input, OLDER, SIZE};
use shiji_record::log::bundle;
use shiji_record::log::path::TilePath;
use shiji_record::log::tile_reader::{Step, Wanted, check_entry, check_older, prove};
use shiji_record::log::tree::{Edge, leaf_hash};

#[derive(Debug, Arbitrary)]
enum Case {
    Name(String),
    Bundle { count: u16, input: Input },
    Proof { wanted: u16, older: bool, edits: Vec<(u8, Edit)>, lost: Vec<u8> },
    Edge { size: u64, edits: Vec<(u8, Edit)> },
}

fuzz_target!(|case: Case| {
    let book = &*BOOK;
    let mut paths: Vec<TilePath> = book.files.keys().copied().collect();
    paths.sort_unstable();
    let changed = |edits: &[(u8, Edit)]| {
        let mut files = book.files.clone();
        for (which, edit) in edits {
            let path = paths[usize::from(*which) % paths.len()];
            if let Some(bytes) = files.get_mut(&path) {
                edit.apply(bytes);
            }
        }
        files
    };
    match case {
        Case::Name(name) => {
            if let Ok(path) = name.parse::<TilePath>() {
                assert_eq!(path.to_string(), name);
            }
        }
        Case::Bundle { count, input } => {
            let genuine = book.files.iter().find(|(path, _)| path.to_string() == "tile/entries/001.p/44");
            let bytes = input.bytes(genuine.expect("the last bundle").1);
            let Ok(entries) = bundle::entries(&bytes, usize::from(count)) else { return };
            assert_eq!(entries.len(), usize::from(count));
            let mut again = Vec::new();
            entries
                .iter()
                .for_each(|entry| bundle::push(&mut again, entry).expect("it was read from a bundle"));
            assert!(bytes.starts_with(&again));
        }
        Case::Proof { wanted, older, edits, lost } => {
            let mut files = changed(&edits);
            lost.iter().for_each(|which| {
                files.remove(&paths[usize::from(*which) % paths.len()]);
            });
            let number = u64::from(wanted) % (SIZE + 2);
            let root = book.checkpoint.root;
            let asked = if older { Wanted::Older(number) } else { Wanted::Entry(number) };
            let Ok(Step::Proof(proof)) = prove(asked, SIZE, root, &files) else { return };
            if older {
                assert!(number != OLDER || check_older(&proof, SIZE, root, OLDER, book.older.root).is_ok());
            } else {
                let leaf = leaf_hash(book.entries[number as usize].0.as_bytes());
                check_entry(&proof, SIZE, root, number, leaf).expect("a proof that was made holds");
            }
        }
        Case::Edge { size, edits } => {
            let files: Vec<(TilePath, Vec<u8>)> = changed(&edits).into_iter().collect();
            let edge = Edge::from_tiles(size, &files);
            if edits.is_empty() && size == SIZE {
                assert_eq!(edge.expect("the genuine edge").root(), book.checkpoint.root);
            }
        }
    }
});
