//! Covers as files: for programs that take nothing else, and those of playlists.

use super::tags;
use super::walk::Beside;
use crate::library::CoverImage;
use image::{ImageFormat, RgbaImage};
use std::fs;
use std::io::{Cursor, Error, ErrorKind};
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

/// Writes a picture into `folder` as PNG, named by what is in it, to stay there.
///
/// # Errors
///
/// When it is no picture or cannot be written; then nothing is left of it.
pub fn keep_picture(picture: &CoverImage, folder: &Path) -> std::io::Result<PathBuf> {
    let pixels = RgbaImage::from_raw(picture.width, picture.height, picture.rgba.clone());
    let pixels = pixels.ok_or(ErrorKind::InvalidData)?;
    let mut png = Cursor::new(Vec::new());
    pixels
        .write_to(&mut png, ImageFormat::Png)
        .map_err(Error::other)?;
    let png = png.into_inner();
    let file = named(&png, ImageFormat::Png, folder);
    write_whole(&png, &file, folder)?;
    Ok(file)
}

fn lay(bytes: &[u8], kind: ImageFormat, folder: &Path) -> std::io::Result<PathBuf> {
    let file = named(bytes, kind, folder);
    if !file.exists() {
        make_room(folder);
        write_whole(bytes, &file, folder)?;
    }
    Ok(file)
}

fn named(bytes: &[u8], kind: ImageFormat, folder: &Path) -> PathBuf {
    let hash = blake3::hash(bytes).to_hex();
    let extension = kind.extensions_str().first().unwrap_or(&"img");
    folder.join(format!("{}.{extension}", &hash[..24]))
}

/// Whoever looks sees the whole picture or none.
fn write_whole(bytes: &[u8], file: &Path, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let begun = file.with_extension("part");
    let written = fs::write(&begun, bytes).and_then(|()| fs::rename(&begun, file));
    if written.is_err() {
        let _ = fs::remove_file(&begun);
    }
    written
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
