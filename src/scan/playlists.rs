//! Playlists kept among the music: M3U and M3U8 files.

use super::playlist_file::{is_playlist, read_playlist};
use std::fs;
use std::path::{Path, PathBuf};

/// Folders nested deeper than this are no collection.
const MOST_DEPTH: usize = 16;

/// The paths that each playlist under these folders names, in order; playlists by path.
/// What cannot be read is passed over: nothing depends on it.
#[must_use]
pub fn playlists(folders: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, 0, &mut files);
    }
    files.sort();
    files.dedup();
    files.iter().filter_map(|file| read(file)).collect()
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        // Links are not followed: what they lead to is found where it is.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MOST_DEPTH => {
                collect(&entry.path(), depth + 1, files);
            }
            Ok(kind) if kind.is_file() && is_playlist(&entry.path()) => files.push(entry.path()),
            _ => {}
        }
    }
}

fn read(file: &Path) -> Option<Vec<PathBuf>> {
    let entries = read_playlist(file).ok()?;
    let paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path).collect();
    (!paths.is_empty()).then_some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playlists_are_found_in_folders_and_bad_ones_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("lists/old")).unwrap();
        fs::write(at("lists/a.m3u8"), "#EXTM3U\n../b/1.flac\n../b/2.flac\n").unwrap();
        fs::write(at("lists/old/b.M3U"), b"\xff\xfe\n").unwrap();
        fs::write(at("lists/empty.m3u"), "#EXTM3U\n").unwrap();
        fs::write(at("lists/notes.txt"), "x.flac\n").unwrap();
        let found = playlists(&[folder.path().to_path_buf(), at("lists"), at("nowhere")]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], [at("b/1.flac"), at("b/2.flac")]);
    }
}
