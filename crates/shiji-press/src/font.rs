//! Fonts: two that the program brings with it, and those of the computer for characters that these lack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo, FontStyle};

/// Files that are looked into, and folders inside folders.
const FILES_MOST: usize = 4_000;
const DEPTH_MOST: usize = 6;
/// Larger files are not fonts that somebody writes with.
const BYTES_MOST: u64 = 96 << 20;

pub(crate) const FAMILY: &str = "Noto Sans SC Subset";

/// Regular and bold; a program without them could not print at all, which a test would notice.
pub(crate) static BUILT_IN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let regular: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSCSubset-Regular.otf");
    let bold: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSCSubset-Bold.otf");
    [regular, bold].into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect()
});

/// Whether both of the program's fonts can draw it.
pub(crate) fn is_built_in(character: char) -> bool {
    let code = character as u32;
    character.is_whitespace() || BUILT_IN.iter().all(|font| font.info().coverage.contains(code))
}

/// A font of the computer that may be printed with.
pub(crate) struct Face {
    path: PathBuf,
    index: u32,
    info: FontInfo,
}

/// Where fonts usually lie on Linux, Windows and macOS.
pub(crate) fn usual_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "C:\\Windows\\Fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
    ]
    .map(PathBuf::from)
    .into();
    if let Some(home) = std::env::home_dir() {
        folders.extend([".fonts", ".local/share/fonts", "Library/Fonts"].map(|folder| home.join(folder)));
    }
    folders
}

/// What each font can draw. Takes up to a second on a computer with many fonts.
pub(crate) fn faces(folders: &[PathBuf]) -> Vec<Face> {
    let mut files = Vec::new();
    for folder in folders {
        font_files(folder, 0, &mut files);
    }
    files.sort();
    let mut faces = Vec::new();
    for path in files {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for font in Font::iter(Bytes::new(bytes)) {
            if may_be_printed(&font) {
                faces.push(Face { path: path.clone(), index: font.index(), info: font.info().clone() });
            }
        }
    }
    faces
}

fn font_files(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() {
            if depth < DEPTH_MOST {
                font_files(&path, depth + 1, files);
            }
        } else if files.len() < FILES_MOST && about.len() <= BYTES_MOST && is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Upright, with outlines instead of pictures, and with a licence to embed it.
fn may_be_printed(font: &Font) -> bool {
    let Ok(face) = ttf_parser::Face::parse(font.data(), font.index()) else { return false };
    let outlined = face.tables().glyf.is_some() || face.tables().cff.is_some();
    // OpenType specification, OS/2 fsType: 2 is "restricted licence embedding".
    let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
    outlined && !restricted && !face.is_variable() && font.info().variant.style == FontStyle::Normal
}

/// The fewest faces that draw as many of the characters as can be, and the characters that none draws.
pub(crate) fn choose(faces: &[Face], wanted: &BTreeSet<char>) -> (Vec<Font>, BTreeSet<char>) {
    let mut left = wanted.clone();
    let mut chosen = Vec::new();
    while !left.is_empty() {
        let drawn = |face: &Face| {
            left.iter().filter(|character| face.info.coverage.contains(**character as u32)).count()
        };
        let best = faces.iter().max_by_key(|face| (drawn(face), likeness(&face.info)));
        let Some(best) = best.filter(|face| drawn(face) > 0) else { break };
        let font = std::fs::read(&best.path).ok().and_then(|bytes| Font::new(Bytes::new(bytes), best.index));
        left.retain(|character| !best.info.coverage.contains(*character as u32));
        match font {
            Some(font) => chosen.push(font),
            // The file went away since it was looked at.
            None => break,
        }
    }
    (chosen, left)
}

/// How well a face stands beside the program's own: regular weight, no serifs, simplified forms.
fn likeness(info: &FontInfo) -> i64 {
    let family = info.family.to_lowercase();
    let mut points = -i64::from(info.variant.weight.to_number().abs_diff(400));
    for (word, worth) in
        [("sans", 200), ("hei", 200), ("sc", 100), ("cn", 100), ("mono", -300), ("serif", -100)]
    {
        if family.contains(word) {
            points += worth;
        }
    }
    points
}

/// Families in the order in which a text tries them.
pub(crate) fn families(chosen: &[Font]) -> Vec<String> {
    let mut names = vec![FAMILY.to_owned()];
    let seen: BTreeMap<&str, ()> = chosen.iter().map(|font| (font.info().family.as_str(), ())).collect();
    names.extend(seen.keys().map(|name| (*name).to_owned()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_of_the_program_have_the_characters_of_every_day() {
        assert_eq!(BUILT_IN.len(), 2);
        let lacking: String =
            "实绩公示〔〕—…“”①℃㎡→AZaz09éＡ，。▪䶮𬮱".chars().filter(|c| !is_built_in(*c)).collect();
        assert_eq!(lacking, "");
        assert!(BUILT_IN.iter().all(|font| font.info().family == FAMILY));
    }

    #[test]
    fn nothing_is_found_where_there_are_no_fonts() {
        assert!(faces(&[PathBuf::from("/nowhere")]).is_empty());
        let wanted = BTreeSet::from(['𱁬']);
        assert_eq!(choose(&[], &wanted).1, wanted);
    }
}
