//! Looks for files with the same recording, on a thread of its own: a large library takes a
//! moment.

use super::emitter::Emitter;
use super::{Event, Notice};
use crate::library::Library;
use crate::recommend::{Duplicates, duplicates};
use crate::store::StoreHandle;
use std::collections::HashSet;
use std::fs;
use std::sync::Arc;

/// Looks, and tells the answer as [`Event::Duplicates`].
pub(super) fn find(
    emitter: Emitter,
    store: StoreHandle,
    library: Arc<Library>,
) -> std::io::Result<()> {
    let look = move || match store.files() {
        Ok(files) => {
            let mut found = duplicates(&library, &files);
            found.retain_mut(|group| are_files(group, &library));
            emitter.send(Event::Duplicates(found.into()));
        }
        Err(error) => emitter.send(Event::Notice(Notice::Failed(error.to_string()))),
    };
    std::thread::Builder::new()
        .name("duplicates".into())
        .spawn(look)
        .map(drop)
}

/// Leaves out the links to other copies; whether two files are left. Who deleted one of
/// those would delete the only one.
fn are_files(group: &mut Duplicates, library: &Library) -> bool {
    let mut seen = HashSet::new();
    group.copies.retain(|copy| {
        let track = library.get(copy.track);
        let real = track.and_then(|track| fs::canonicalize(&track.path).ok());
        real.is_some_and(|real| seen.insert(real))
    });
    group.copies.len() > 1
}
