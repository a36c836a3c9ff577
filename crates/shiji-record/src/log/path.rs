//! Names of the log's files, after C2SP tlog-tiles v0.1.0: `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`.

use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile, entries in a full bundle.
pub const FULL: u64 = 256;
/// A level above it would need more than 2^63 entries.
const LEVEL_MOST: u8 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Hashes of the given level; 0 is that of the leaves.
    Level(u8),
    Entries,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePath {
    pub kind: Kind,
    /// Place of the tile in its level.
    pub index: u64,
    /// From 1 to 256; less than 256 only at the right edge of a tree.
    pub width: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a tile")]
pub struct BadPath;

impl TilePath {
    /// The tile of this kind that holds position `position` of its level in a tree of `size` entries; none when the tree
    /// has no such position.
    pub fn holding(kind: Kind, position: u64, size: u64) -> Option<TilePath> {
        let count = match kind {
            Kind::Entries => size,
            Kind::Level(level) => size >> (8 * u32::from(level.min(LEVEL_MOST))),
        };
        if position >= count {
            return None;
        }
        let index = position / FULL;
        let width = u16::try_from((count - index * FULL).min(FULL)).unwrap_or(256);
        Some(TilePath { kind, index, width })
    }

    pub fn is_full(&self) -> bool {
        u64::from(self.width) == FULL
    }

    /// The full tile at the same place, which may have replaced this partial one.
    pub fn full(&self) -> TilePath {
        TilePath { width: 256, ..*self }
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Level(level) => write!(out, "tile/{level}/")?,
            Kind::Entries => out.write_str("tile/entries/")?,
        }
        let digits = format!("{:03}", self.index);
        let digits = "0".repeat((3 - digits.len() % 3) % 3) + &digits;
        for start in (0..digits.len()).step_by(3) {
            let last = start + 3 == digits.len();
            let group = &digits[start..start + 3];
            if last { out.write_str(group)? } else { write!(out, "x{group}/")? }
        }
        if !self.is_full() {
            write!(out, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for TilePath {
    type Err = BadPath;

    /// Only the one right spelling is read.
    fn from_str(text: &str) -> Result<TilePath, BadPath> {
        if text.len() > 64 {
            return Err(BadPath);
        }
        let rest = text.strip_prefix("tile/").ok_or(BadPath)?;
        let (kind, rest) = rest.split_once('/').ok_or(BadPath)?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => Kind::Level(level.parse().ok().filter(|level| *level <= LEVEL_MOST).ok_or(BadPath)?),
        };
        let (index, width) = match rest.split_once(".p/") {
            None => (rest, 256),
            Some((index, width)) => {
                (index, width.parse().ok().filter(|width| (1..256).contains(width)).ok_or(BadPath)?)
            }
        };
        let mut number = 0_u64;
        for group in index.split('/') {
            let digits: u64 = group.trim_start_matches('x').parse().map_err(|_| BadPath)?;
            number =
                number.checked_mul(1_000).and_then(|number| number.checked_add(digits)).ok_or(BadPath)?;
        }
        let path = TilePath { kind, index: number, width };
        if path.to_string() == text { Ok(path) } else { Err(BadPath) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_specification() {
        let tile = TilePath { kind: Kind::Level(1), index: 1_234_067, width: 256 };
        assert_eq!(tile.to_string(), "tile/1/x001/x234/067");
        let partial = TilePath { kind: Kind::Entries, index: 273, width: 112 };
        assert_eq!(partial.to_string(), "tile/entries/273.p/112");
        for path in [tile, partial] {
            assert_eq!(path.to_string().parse(), Ok(path));
        }
    }

    #[test]
    fn a_second_spelling_of_the_same_name_is_refused() {
        for bad in [
            "tile/0/0",
            "tile/00/000",
            "tile/0/x000/001",
            "tile/0/000.p/256",
            "tile/0/000.p/0",
            "tile/0/000.p/01",
            "tile/8/000",
            "tile/data/000",
            "tile/0/x1/001",
            "tile/0/../000",
            "tile/entries/",
            "tile/0/999/999",
        ] {
            assert_eq!(bad.parse::<TilePath>(), Err(BadPath), "{bad}");
        }
    }

    #[test]
    fn the_widths_of_a_tree_of_seventy_thousand_are_those_of_the_specification() {
        let width =
            |kind, position| TilePath::holding(kind, position, 70_000).map(|path| (path.index, path.width));
        assert_eq!(width(Kind::Level(0), 69_999), Some((273, 112)));
        assert_eq!(width(Kind::Level(1), 0), Some((0, 256)));
        assert_eq!(width(Kind::Level(1), 272), Some((1, 17)));
        assert_eq!(width(Kind::Level(2), 0), Some((0, 1)));
        assert_eq!(width(Kind::Level(3), 0), None);
    }
}
