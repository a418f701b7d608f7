//! One playlist file: M3U or M3U8, in UTF-8, UTF-16, CP949 or Windows-1252.

use super::encoding;
use crate::library::{M3uEntry, read_m3u};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// A playlist larger than this is none.
const MOST_BYTES: u64 = 4 << 20;

/// Whether the name is that of a playlist.
#[must_use]
pub fn is_playlist(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| {
        extension.eq_ignore_ascii_case("m3u") || extension.eq_ignore_ascii_case("m3u8")
    })
}

/// What a playlist file lists, in order; relative paths are taken from its folder. An error
/// for one that cannot be read or is far too large.
pub fn read_playlist(file: &Path) -> io::Result<Vec<M3uEntry>> {
    if fs::metadata(file)?.len() > MOST_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = encoding::decode(&fs::read(file)?);
    let folder = file.parent().unwrap_or(Path::new(""));
    Ok(read_m3u(&text, folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playlist_of_the_windows_years_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("옛날.m3u");
        let text = "#EXTM3U\r\n#EXTINF:201,하나 - 바다\r\n음악\\바다.mp3\r\n";
        let (bytes, ..) = encoding_rs::EUC_KR.encode(text);
        fs::write(&file, bytes).unwrap();
        let read = read_playlist(&file).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].path, folder.path().join("음악/바다.mp3"));
        assert_eq!(read[0].name, "하나 - 바다");
        assert_eq!(read[0].duration_secs, Some(201.0));
    }

    #[test]
    fn a_huge_file_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("huge.m3u8");
        let huge = fs::File::create(&file).unwrap();
        huge.set_len(MOST_BYTES + 1).unwrap();
        assert!(read_playlist(&file).is_err());
        assert!(is_playlist(Path::new("X.M3U8")) && !is_playlist(Path::new("x.mp3")));
    }
}
