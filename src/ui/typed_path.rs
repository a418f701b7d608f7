//! Paths as people type and paste them.

use crate::library::{path_of_address, unescaped};
use std::path::{Path, PathBuf, is_separator};

/// A path as people paste it: `~` for home, quotes around, or an address.
#[must_use]
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim().trim_matches(['"', '\'']);
    if let Some(rest) = text.strip_prefix("file://") {
        // Between the slashes may stand the name of this machine.
        let path = unescaped(&rest[rest.find('/').unwrap_or(0)..]);
        return PathBuf::from(path_of_address(&String::from_utf8_lossy(&path)));
    }
    let in_home = text.strip_prefix('~').filter(|rest| {
        let next = rest.chars().next();
        next.is_none_or(is_separator)
    });
    match (in_home, std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(is_separator)),
        _ => PathBuf::from(text),
    }
}

/// A file that the listener named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// Where it is, or is to be.
    pub path: PathBuf,
    /// Whether the listener knows that one which is there is replaced: desktops' dialogs ask.
    pub replace: bool,
}

impl NamedFile {
    /// One chosen in the desktop's dialog.
    #[must_use]
    pub const fn chosen(path: PathBuf) -> Self {
        let replace = true;
        Self { path, replace }
    }

    /// One whose path was typed; a name without an extension gets this one.
    #[must_use]
    pub fn typed(text: &str, extension: Option<&str>) -> Self {
        let mut path = typed_path(text);
        if let Some(extension) = extension
            && path.extension().is_none()
        {
            path.set_extension(extension);
        }
        let replace = false;
        Self { path, replace }
    }

    /// Whether no file is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.path == Path::new("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_paths_lose_their_quotes() {
        assert_eq!(typed_path("'/a b/c'"), PathBuf::from("/a b/c"));
        assert_eq!(typed_path(" \"/a b/c\" "), PathBuf::from("/a b/c"));
        assert_eq!(typed_path("/100%25"), PathBuf::from("/100%25"));
    }

    #[test]
    fn addresses_are_read_as_paths() {
        assert_eq!(typed_path("file:///a"), PathBuf::from("/a"));
        assert_eq!(typed_path("file://desk/a%20b"), PathBuf::from("/a b"));
        let rain = "file:///%EB%B9%84.m3u8";
        assert_eq!(typed_path(rain), PathBuf::from("/비.m3u8"));
    }

    #[test]
    fn a_tilde_is_home_where_it_stands_alone() {
        let home = std::env::home_dir().expect("tests run in a home");
        assert_eq!(typed_path("~/x.m3u8"), home.join("x.m3u8"));
        assert_eq!(typed_path("~"), home);
        assert_eq!(typed_path("~x"), PathBuf::from("~x"));
    }

    #[test]
    fn a_name_gets_an_extension_when_it_has_none() {
        let path = |text| NamedFile::typed(text, Some("m3u8")).path;
        assert_eq!(path("/a/rain"), PathBuf::from("/a/rain.m3u8"));
        assert_eq!(path("/a/rain.m3u"), PathBuf::from("/a/rain.m3u"));
        assert!(NamedFile::typed(" ", None).is_empty());
    }
}
