//! Paths as they are kept.

use std::path::{Component, Path, PathBuf};

/// An absolute path without `.` and `..`, by its words alone: each file has one path.
#[must_use]
pub fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_path_however_it_is_written() {
        for (written, plain) in [
            ("/home/u/work/../Music/a.mp3", "/home/u/Music/a.mp3"),
            ("/home/./u/", "/home/u"),
            ("/../a", "/a"),
        ] {
            assert_eq!(plain_path(Path::new(written)), Path::new(plain));
        }
    }
}
