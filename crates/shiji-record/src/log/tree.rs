//! The growing tree. Only its right edge is held: the hashes of the partial tile of each level.

use super::path::{Kind, TilePath};
use tlog_tiles::{Hash, node_hash, record_hash};

const FULL: usize = 256;
/// Of the tree without entries: the SHA-256 of nothing (RFC 6962 section 2.1).
pub const EMPTY_ROOT: Hash = tlog_tiles::EMPTY_HASH;

/// RFC 6962 section 2.1: SHA-256 over a zero byte and the entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    record_hash(entry)
}

/// A tile to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    pub path: TilePath,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    #[error("tile {0} is not of the right length")]
    Length(TilePath),
}

/// The right edge of a tree.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    size: u64,
    /// Per level, the hashes that do not fill a tile yet: fewer than 256.
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Hashes of the entries behind the last full tile.
    pub fn tail(&self) -> &[Hash] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// The partial tiles that make up the edge of a tree of `size`.
    pub fn paths(size: u64) -> Vec<TilePath> {
        let mut paths = Vec::new();
        for level in 0..8_u8 {
            let count = size >> (8 * u32::from(level));
            if count == 0 {
                break;
            }
            if let Ok(width @ 1..) = u16::try_from(count % 256) {
                paths.push(TilePath { kind: Kind::Level(level), index: count / 256, width });
            }
        }
        paths
    }

    /// Takes up a tree of `size` from the bytes of [`Edge::paths`]; a tile that has grown meanwhile begins with the same
    /// bytes. Whoever calls compares [`Edge::root`] with a root that is known to be right.
    ///
    /// # Errors
    /// Refuses a tile that is too short.
    pub fn from_tiles(size: u64, tiles: &[(TilePath, Vec<u8>)]) -> Result<Edge, EdgeError> {
        let mut edge = Edge { size, levels: Vec::new() };
        for (path, bytes) in tiles {
            let Kind::Level(level) = path.kind else { continue };
            let level = usize::from(level);
            let hashes = bytes.get(..usize::from(path.width) * 32).ok_or(EdgeError::Length(*path))?;
            if edge.levels.len() <= level {
                edge.levels.resize(level + 1, Vec::new());
            }
            edge.levels[level] = hashes_of(hashes);
        }
        Ok(edge)
    }

    /// Adds an entry; a tile of hashes that it fills is handed to `full`, the lowest level first.
    pub fn push(&mut self, entry: &[u8], full: impl FnMut(Tile)) {
        self.push_hash(record_hash(entry), full);
    }

    pub fn push_hash(&mut self, leaf: Hash, mut full: impl FnMut(Tile)) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0_u8.. {
            let at = usize::from(level);
            if self.levels.len() <= at {
                self.levels.push(Vec::with_capacity(FULL));
            }
            let hashes = &mut self.levels[at];
            hashes.push(hash);
            if hashes.len() < FULL {
                return;
            }
            let index = (self.size >> (8 * (u32::from(level) + 1))) - 1;
            let path = TilePath { kind: Kind::Level(level), index, width: 256 };
            full(Tile { path, bytes: bytes_of(hashes) });
            hash = perfect(hashes);
            hashes.clear();
        }
    }

    /// The partial tiles of the edge, to be written beside the full ones.
    pub fn partial_tiles(&self) -> Vec<Tile> {
        Edge::paths(self.size)
            .into_iter()
            .filter_map(|path| match path.kind {
                Kind::Level(level) => {
                    self.levels.get(usize::from(level)).map(|hashes| Tile { path, bytes: bytes_of(hashes) })
                }
                Kind::Entries => None,
            })
            .collect()
    }

    /// RFC 6962 section 2.1: the edge split into perfect subtrees from the left, joined from the right.
    pub fn root(&self) -> Hash {
        let mut right: Option<Hash> = None;
        for hashes in &self.levels {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                // The smallest perfect subtree of this level stands rightmost.
                let take = 1 << rest.len().trailing_zeros();
                let (before, last) = rest.split_at(rest.len() - take);
                let left = perfect(last);
                right = Some(right.map_or(left, |right| node_hash(left, right)));
                rest = before;
            }
        }
        right.unwrap_or(EMPTY_ROOT)
    }
}

/// The hash above a power of two of neighbouring hashes.
fn perfect(hashes: &[Hash]) -> Hash {
    let mut row: Vec<Hash> = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(pair[0], pair[1])).collect();
    }
    row.first().copied().unwrap_or(EMPTY_ROOT)
}

/// The hash that the level above names for a full tile.
pub(super) fn above(tile: &[u8]) -> Hash {
    perfect(&hashes_of(tile))
}

fn bytes_of(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

fn hashes_of(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks::<32>().0.iter().map(|hash| Hash(*hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use sha2::Sha256;
    use std::collections::HashMap;

    fn entry(number: u64) -> Vec<u8> {
        format!("entry {number}").into_bytes()
    }

    #[test]
    fn every_root_is_that_of_another_implementation() {
        let mut edge = Edge::default();
        let mut other = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        assert_eq!(edge.root().0, <[u8; 32]>::from(*other.root().as_bytes()));
        for number in 0..700 {
            edge.push(&entry(number), |_| ());
            other.push(entry(number));
            assert_eq!(edge.root().0, <[u8; 32]>::from(*other.root().as_bytes()), "size {}", number + 1);
        }
    }

    #[test]
    fn a_tree_goes_on_from_its_tiles_at_any_size() {
        let mut whole = Edge::default();
        let mut tiles: HashMap<TilePath, Vec<u8>> = HashMap::new();
        for number in 0..66_000 {
            whole.push(&entry(number), |tile| {
                tiles.insert(tile.path, tile.bytes);
            });
            if number % 257 == 0 || number > 65_500 {
                for tile in whole.partial_tiles() {
                    tiles.insert(tile.path, tile.bytes);
                }
                let read: Vec<_> =
                    Edge::paths(whole.size()).into_iter().map(|path| (path, tiles[&path].clone())).collect();
                let taken_up = Edge::from_tiles(whole.size(), &read).unwrap();
                assert_eq!(taken_up.root(), whole.root(), "size {}", whole.size());
            }
        }
        assert_eq!(tiles[&"tile/1/000".parse().unwrap()].len(), 8_192);
        assert!(tiles.contains_key(&"tile/2/000.p/1".parse().unwrap()));
    }

    #[test]
    fn a_tile_that_was_cut_off_is_refused() {
        let path = Edge::paths(3)[0];
        assert_eq!(Edge::from_tiles(3, &[(path, vec![0; 95])]), Err(EdgeError::Length(path)));
    }
}
