//! Why the library cannot be opened, read or written.

use std::path::PathBuf;

/// Why the library cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made or written.
    #[error("the data folder {} cannot be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened or read.
    #[error("the library {} cannot be read: {source}", path.display())]
    Read {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The database cannot be written; what was not written is kept in memory and tried again.
    #[error("the library {} cannot be saved: {source}", path.display())]
    Write {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The database was made by a later version.
    #[error("the library {} was made by a later version of Maeum", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
    },
    /// A damaged database could not be moved out of the way.
    #[error("the library {} is damaged and cannot be set aside: {source}", path.display())]
    SetAside {
        /// The database.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another running Maeum keeps this library; here it can only be read.
    #[error("the library {} is in use by another running Maeum; it can only be read here", path.display())]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The store has been shut down.
    #[error("the library has been closed")]
    Closed,
    /// The store's thread cannot be started.
    #[error("the store thread cannot be started: {0}")]
    Thread(std::io::Error),
}
