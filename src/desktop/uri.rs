//! Paths as `file://` addresses, and back.

#[cfg(target_os = "linux")]
use crate::library::{is_escaped, unescaped};
use std::fmt::Write as _;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::path::PathBuf;

/// A path as an address: everything but plain letters, digits and `-._~/` is escaped.
#[must_use]
pub fn of_path(path: &Path) -> String {
    format!("file://{}", escaped(path))
}

/// A path as it stands in an address.
#[must_use]
pub fn escaped(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The local path of an address; `None` for other kinds of address and other machines.
#[cfg(target_os = "linux")]
#[must_use]
pub fn to_path(uri: &str) -> Option<PathBuf> {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    if !rest.starts_with('/') || !is_escaped(rest) {
        return None;
    }
    // Any bytes are a path.
    Some(PathBuf::from(OsString::from_vec(unescaped(rest))))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn every_path_comes_back() {
        for path in ["/music/a b#c?.flac", "/음악/비 오는 밤.mp3", "/100%.ogg"] {
            let uri = of_path(Path::new(path));
            assert!(uri.is_ascii() && !uri.contains([' ', '#', '?']), "{uri}");
            assert_eq!(to_path(&uri), Some(PathBuf::from(path)));
        }
    }

    #[test]
    fn what_is_no_local_file_is_none() {
        for uri in [
            "http://radio/x",
            "file://server/share/x",
            "file:///a%2",
            "/plain",
        ] {
            assert_eq!(to_path(uri), None, "{uri}");
        }
        let local = to_path("file://localhost/a%20b");
        assert_eq!(local, Some(PathBuf::from("/a b")));
    }
}
