//! What a second start says to the first: a line with the protocol's version, a line that is
//! `demo` or empty, and the paths, each ended by a zero byte.

use crate::desktop::Opening;
use std::path::{Path, PathBuf};

const VERSION: &[u8] = b"maeum 1\n";

/// An opening as it is said; `None` for a path that cannot be.
pub fn say(opening: &Opening) -> Option<Vec<u8>> {
    let mut bytes = VERSION.to_vec();
    bytes.extend_from_slice(if opening.demo { b"demo\n" } else { b"\n" });
    for file in &opening.files {
        bytes.extend_from_slice(bytes_of(file)?);
        bytes.push(0);
    }
    Some(bytes)
}

/// What was said; `None` when it was cut off or comes from another version.
pub fn understand(bytes: &[u8]) -> Option<Opening> {
    let rest = bytes.strip_prefix(VERSION)?;
    let (demo, rest) = match rest.strip_prefix(b"demo\n") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix(b"\n")?),
    };
    let paths = match rest {
        [] => &[],
        [paths @ .., 0] => paths,
        _ => return None,
    };
    let files: Option<Vec<PathBuf>> = paths
        .split(|byte| *byte == 0)
        .filter(|bytes| !bytes.is_empty())
        .map(path_of)
        .collect();
    let files = files?;
    files
        .iter()
        .all(|file| file.is_absolute())
        .then_some(Opening { files, demo })
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere some paths are no text")]
fn bytes_of(path: &Path) -> Option<&[u8]> {
    use std::os::unix::ffi::OsStrExt;
    Some(path.as_os_str().as_bytes())
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Option<&[u8]> {
    path.to_str().map(str::as_bytes)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere only text is a path")]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec())))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An absolute path on every system.
    fn rooted(path: &str) -> PathBuf {
        PathBuf::from(if cfg!(windows) { r"C:\" } else { "/" }).join(path)
    }

    #[test]
    fn any_path_is_understood_as_it_was_said() {
        #[cfg(unix)]
        let odd = {
            use std::os::unix::ffi::OsStringExt;
            PathBuf::from(std::ffi::OsString::from_vec(b"/m/\xff\n x.mp3".to_vec()))
        };
        #[cfg(not(unix))]
        let odd = rooted("m/' x.mp3");
        for (files, demo) in [
            (vec![], false),
            (vec![], true),
            (vec![odd, rooted("음악/비.flac")], false),
        ] {
            let opening = Opening { files, demo };
            assert_eq!(understand(&say(&opening).unwrap()), Some(opening));
        }
    }

    #[test]
    fn what_is_cut_off_or_from_another_version_is_not_understood() {
        for bytes in [
            &b""[..],
            b"maeum 2\n\n",
            b"maeum 1\n",
            b"maeum 1\n\n/cut",
            b"maeum 1\n\nrelative\0",
        ] {
            assert_eq!(understand(bytes), None, "{bytes:?}");
        }
    }
}
