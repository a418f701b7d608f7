//! Finds photos by their names.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

/// Extensions of pictures, also of those that cannot be decoded: they are told then.
const EXTENSIONS: [&str; 14] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif",
    "avif", "jxl",
];
/// A folder of photos has no more folders than this inside; whoever drops a disk means music.
const MOST_FOLDERS: usize = 500;

/// The extensions of pictures, for a file dialog.
#[must_use]
pub fn photo_extensions() -> &'static [&'static str] {
    &EXTENSIONS
}

/// Whether the name is that of a picture, one that can be read here or not.
#[must_use]
pub fn is_photo_name(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    EXTENSIONS
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// All pictures under a folder, by path; hidden ones are passed over.
#[must_use]
pub fn photo_files(folder: &Path) -> Vec<PathBuf> {
    let mut photos = Vec::new();
    let mut folders = VecDeque::from([folder.to_path_buf()]);
    let mut seen = 0;
    while let Some(folder) = folders.pop_front() {
        seen += 1;
        if seen > MOST_FOLDERS {
            break;
        }
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.map_while(Result::ok) {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if hidden {
                continue;
            }
            // Links to folders are not followed: they may lead back here.
            if kind.is_dir() {
                folders.push_back(entry.path());
            } else if is_photo_name(&entry.path()) {
                photos.push(entry.path());
            }
        }
    }
    photos.sort();
    photos
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_are_found_by_name_in_folders_within_folders() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("저녁");
        fs::create_dir(&inner).unwrap();
        for name in ["b.JPG", "a.png", ".hidden.jpg", "notes.txt", "song.mp3"] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        fs::write(inner.join("c.heic"), b"x").unwrap();
        let found = photo_files(folder.path());
        let names: Vec<_> = found
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["a.png", "b.JPG", "c.heic"]);
        assert!(photo_files(&folder.path().join("gone")).is_empty());
    }
}
