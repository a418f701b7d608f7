//! What the listener is told about the places music comes from.

use std::path::PathBuf;

/// A music folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where.
    pub path: PathBuf,
    /// Whether it could be opened at the last scan; an unplugged drive cannot.
    pub reachable: bool,
}

/// A file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub path: PathBuf,
    /// Why, in a plain sentence (English).
    pub reason: String,
    /// A known format that is not supported yet rather than a broken file.
    pub unsupported: bool,
}
