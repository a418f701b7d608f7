//! Covers as files, for programs that take nothing else.

use super::tags;
use super::walk::Beside;
use image::ImageFormat;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// So many files are kept: who was told of one may still be reading it.
const KEPT: usize = 8;

/// A file with the cover of an audio file: the folder's own, or else the embedded picture,
/// laid into `folder` as it is. `None` when there is none of a known kind.
#[must_use]
pub fn cover_file(path: &Path, folder: &Path) -> Option<PathBuf> {
    let embedded = tags::picture(path).ok().flatten();
    let laid = embedded.and_then(|bytes| {
        let kind = image::guess_format(&bytes).ok()?;
        lay(&bytes, kind, folder)
            .inspect_err(|error| tracing::debug!("no cover in {}: {error}", folder.display()))
            .ok()
    });
    laid.or_else(|| Some(Beside::of(path).cover?.to_path_buf()))
}

fn lay(bytes: &[u8], kind: ImageFormat, folder: &Path) -> std::io::Result<PathBuf> {
    let hash = blake3::hash(bytes).to_hex();
    let extension = kind.extensions_str().first().unwrap_or(&"img");
    let file = folder.join(format!("{}.{extension}", &hash[..24]));
    if file.exists() {
        return Ok(file);
    }
    fs::create_dir_all(folder)?;
    make_room(folder);
    // Whoever looks sees the whole picture or none.
    let begun = file.with_extension("part");
    fs::write(&begun, bytes)?;
    fs::rename(&begun, &file)?;
    Ok(file)
}

/// Takes the oldest files away. One that will not go is in nobody's way.
fn make_room(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort();
    let surplus = (files.len() + 1).saturating_sub(KEPT);
    for (_, file) in files.into_iter().take(surplus) {
        let _ = fs::remove_file(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of a picture are enough to know its kind.
    fn picture(number: u8) -> Vec<u8> {
        [&b"\x89PNG\r\n\x1a\n"[..], &[number]].concat()
    }

    #[test]
    fn pictures_are_laid_down_once_and_old_ones_are_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("covers");
        let first = lay(&picture(0), ImageFormat::Png, &place).unwrap();
        assert_eq!(fs::read(&first).unwrap(), picture(0));
        assert_eq!(lay(&picture(0), ImageFormat::Png, &place).unwrap(), first);
        for number in 1..40 {
            lay(&picture(number), ImageFormat::Png, &place).unwrap();
        }
        assert_eq!(fs::read_dir(&place).unwrap().count(), KEPT);
    }

    #[test]
    fn without_an_embedded_picture_the_folders_own_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let track = folder.path().join("a.mp3");
        fs::write(&track, b"no tags here").unwrap();
        let place = folder.path().join("covers");
        assert_eq!(cover_file(&track, &place), None);
        let own = folder.path().join("cover.png");
        fs::write(&own, picture(1)).unwrap();
        assert_eq!(cover_file(&track, &place), Some(own));
        assert!(!place.exists());
    }
}
