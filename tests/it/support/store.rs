//! A store in a folder of its own.

use maeum::store::{Store, StoreHandle};
use std::path::PathBuf;
use tempfile::TempDir;

/// A store with the music folder `/music`, which need not be there.
pub struct Kept {
    folder: TempDir,
    store: Option<Store>,
}

impl Kept {
    pub fn new() -> Self {
        let mut kept = Self {
            folder: tempfile::tempdir().unwrap(),
            store: None,
        };
        kept.reopen();
        kept.handle().add_folder(PathBuf::from("/music")).unwrap();
        kept
    }

    /// Closes it and opens it again.
    pub fn reopen(&mut self) {
        self.store = None;
        let path = self.folder.path().join("library.db");
        self.store = Some(Store::open(&path, |_| {}).unwrap());
    }

    pub fn handle(&self) -> &StoreHandle {
        self.store.as_ref().unwrap().handle()
    }
}
