//! Proofs out of tiles: says which tiles a proof needs, and makes it from their bytes, each proved against the root.

use super::checkpoint::SIZE_MOST;
use super::path::{Kind, TilePath};
use super::tree::{Edge, above};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use tlog_tiles::{Error, Hash, Tile, TileHashReader, TileReader, prove_record, prove_tree};

/// Height of a tile: 2^8 hashes.
const HEIGHT: u8 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("the tree has no such entry or older size")]
    Range,
    #[error("the tiles do not belong to the checkpoint's tree")]
    Tiles,
    #[error("the proof does not lead to the root")]
    Mismatch,
}

/// What is to be proved of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// That the entry at this index is in it.
    Entry(u64),
    /// That the tree of this older size is its beginning.
    Older(u64),
}

impl Wanted {
    fn is_possible(self, size: u64) -> bool {
        size <= SIZE_MOST
            && match self {
                Wanted::Entry(index) => index < size,
                Wanted::Older(older) => (1..=size).contains(&older),
            }
    }
}

/// Notes the tiles that are asked for; hands out those that are there.
struct Shelf<'a> {
    tiles: &'a HashMap<TilePath, Vec<u8>>,
    used: RefCell<BTreeSet<TilePath>>,
    missing: RefCell<BTreeSet<TilePath>>,
}

impl Shelf<'_> {
    fn bytes(&self, path: TilePath) -> Option<&[u8]> {
        self.tiles.get(&path)?.get(..usize::from(path.width) * 32)
    }

    /// Every tile that was used is part of the tree: the tiles of the edge make up the root, and each full tile is the
    /// one that the tile above it names. `TileHashReader` of tlog_tiles 0.2.0 leaves out full tiles when several hashes
    /// of the root lie in one tile, so it is not relied on for this.
    fn is_proved(&self, size: u64, root: Hash) -> bool {
        let edge: Option<Vec<_>> =
            Edge::paths(size).into_iter().map(|path| Some((path, self.bytes(path)?.to_vec()))).collect();
        let edge = edge.and_then(|tiles| Edge::from_tiles(size, &tiles).ok());
        edge.is_some_and(|edge| edge.root() == root)
            && self
                .used
                .borrow()
                .iter()
                .filter(|path| path.is_full())
                .all(|path| self.is_named_above(*path, size))
    }

    fn is_named_above(&self, path: TilePath, size: u64) -> bool {
        let Kind::Level(level) = path.kind else { return false };
        let Some(parent) = TilePath::holding(Kind::Level(level + 1), path.index, size) else { return false };
        let place = usize::try_from(path.index % 256).unwrap_or(0) * 32;
        let named = self.bytes(parent).and_then(|bytes| bytes.get(place..place + 32));
        self.used.borrow().contains(&parent)
            && self.bytes(path).zip(named).is_some_and(|(bytes, named)| above(bytes).0 == named)
    }
}

impl TileReader for Shelf<'_> {
    fn height(&self) -> u8 {
        HEIGHT
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let mut found = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let width = u16::try_from(tile.width()).map_err(|_| Error::InvalidTile)?;
            let path = TilePath { kind: Kind::Level(tile.level()), index: tile.level_index(), width };
            self.used.borrow_mut().insert(path);
            match self.bytes(path) {
                Some(bytes) => found.push(bytes.to_vec()),
                None => {
                    self.missing.borrow_mut().insert(path);
                }
            }
        }
        if found.len() == tiles.len() { Ok(found) } else { Err(Error::InvalidTile) }
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

/// Either the proof, or the tiles that it needs besides those given.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Proof(Vec<Hash>),
    Needs(Vec<TilePath>),
}

/// Makes the proof (RFC 6962 sections 2.1.1 and 2.1.2) for the tree of `size` and `root`.
///
/// # Errors
/// Refuses what lies outside the tree, and tiles that do not lead to the root.
pub fn prove(
    wanted: Wanted,
    size: u64,
    root: Hash,
    tiles: &HashMap<TilePath, Vec<u8>>,
) -> Result<Step, ProofError> {
    if !wanted.is_possible(size) {
        return Err(ProofError::Range);
    }
    let shelf = Shelf { tiles, used: RefCell::default(), missing: RefCell::default() };
    let reader = TileHashReader::new(size, root, &shelf);
    let made = match wanted {
        Wanted::Entry(index) => prove_record(size, index, &reader),
        // From a tree to itself there is nothing to prove.
        Wanted::Older(older) if older == size => Ok(Vec::new()),
        Wanted::Older(older) => prove_tree(size, older, &reader),
    };
    let missing = shelf.missing.take();
    match made {
        Ok(proof) if proof.is_empty() || shelf.is_proved(size, root) => Ok(Step::Proof(proof)),
        Err(_) if !missing.is_empty() => Ok(Step::Needs(missing.into_iter().collect())),
        _ => Err(ProofError::Tiles),
    }
}

/// # Errors
/// When the proof does not lead from the entry's hash to the root.
pub fn check_entry(proof: &[Hash], size: u64, root: Hash, index: u64, leaf: Hash) -> Result<(), ProofError> {
    if !Wanted::Entry(index).is_possible(size) || proof.len() > 63 {
        return Err(ProofError::Range);
    }
    tlog_tiles::check_record(&proof.to_vec(), size, root, index, leaf).map_err(|_| ProofError::Mismatch)
}

/// # Errors
/// When the older tree is not the beginning of the newer one. A tree without entries is the beginning of every tree.
pub fn check_older(
    proof: &[Hash],
    size: u64,
    root: Hash,
    older: u64,
    older_root: Hash,
) -> Result<(), ProofError> {
    if older > size || size > SIZE_MOST || proof.len() > 63 {
        return Err(ProofError::Range);
    }
    let fits = if older == 0 {
        proof.is_empty() && older_root == super::tree::EMPTY_ROOT
    } else if older == size {
        proof.is_empty() && older_root == root
    } else {
        tlog_tiles::check_tree(&proof.to_vec(), size, root, older, older_root).is_ok()
    };
    if fits { Ok(()) } else { Err(ProofError::Mismatch) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::tree::Edge;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use sha2::Sha256;
    use tlog_tiles::record_hash;

    /// Roots of every size, and every tile that was ever written.
    fn grown(size: u64) -> (Vec<Hash>, HashMap<TilePath, Vec<u8>>) {
        let mut edge = Edge::default();
        let mut roots = vec![edge.root()];
        let mut tiles = HashMap::new();
        for number in 0..size {
            edge.push(&number.to_be_bytes(), |tile| {
                tiles.insert(tile.path, tile.bytes);
            });
            for tile in edge.partial_tiles() {
                tiles.insert(tile.path, tile.bytes);
            }
            roots.push(edge.root());
        }
        (roots, tiles)
    }

    fn proof(wanted: Wanted, size: u64, root: Hash, tiles: &HashMap<TilePath, Vec<u8>>) -> Vec<Hash> {
        match prove(wanted, size, root, tiles).unwrap() {
            Step::Proof(proof) => proof,
            Step::Needs(missing) => panic!("needs {missing:?}"),
        }
    }

    #[test]
    fn proofs_of_every_size_are_accepted_by_another_implementation_and_by_us() {
        let (roots, tiles) = grown(330);
        let mut other = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        for size in 1..=330_u64 {
            other.push((size - 1).to_be_bytes().to_vec());
            let root = roots[size as usize];
            for part in [size - 1, size / 2, size / 3, 0] {
                let path = proof(Wanted::Entry(part), size, root, &tiles);
                check_entry(&path, size, root, part, record_hash(&part.to_be_bytes())).unwrap();
                assert!(check_entry(&path, size, root, part, record_hash(b"other")).is_err());
                let theirs = other.prove_inclusion(part as usize);
                let ours: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
                assert_eq!(theirs.as_bytes(), ours, "entry {part} of {size}");
                let older = part + 1;
                let path = proof(Wanted::Older(older), size, root, &tiles);
                check_older(&path, size, root, older, roots[older as usize]).unwrap();
                if older < size {
                    assert!(check_older(&path, size, root, older, roots[older as usize - 1]).is_err());
                    let theirs = other.prove_consistency((size - older) as usize);
                    let ours: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
                    assert_eq!(theirs.as_bytes(), ours, "from {older} to {size}");
                }
            }
        }
    }

    #[test]
    fn missing_tiles_are_named_and_forged_ones_are_found() {
        let (roots, mut tiles) = grown(300);
        let Step::Needs(needs) = prove(Wanted::Entry(5), 300, roots[300], &HashMap::new()).unwrap() else {
            panic!("a proof out of nothing");
        };
        let names: Vec<String> = needs.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]);
        tiles.get_mut(&needs[0]).unwrap()[3] ^= 1;
        assert_eq!(prove(Wanted::Entry(5), 300, roots[300], &tiles), Err(ProofError::Tiles));
    }

    #[test]
    fn what_lies_outside_the_tree_is_refused() {
        let (roots, tiles) = grown(4);
        for wanted in [Wanted::Entry(4), Wanted::Older(5), Wanted::Older(0)] {
            assert_eq!(prove(wanted, 4, roots[4], &tiles), Err(ProofError::Range));
        }
        assert_eq!(check_older(&[], 4, roots[4], 5, roots[4]), Err(ProofError::Range));
        assert_eq!(check_older(&[], 4, roots[4], 0, roots[0]), Ok(()));
        assert_eq!(check_older(&[], 4, roots[4], 4, roots[3]), Err(ProofError::Mismatch));
    }
}
