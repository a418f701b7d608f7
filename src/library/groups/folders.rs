//! Tracks → the folders of a folder.

use super::{By, Draft, Drafts, Gathered, GroupKey, fold};
use crate::library::{Library, Track};
use crate::mood::MoodVector;
use std::path::{Component, Path, PathBuf};

/// The deepest folder that holds all of these files; empty when there are none.
pub(super) fn common_folder<'a>(mut paths: impl Iterator<Item = &'a Path>) -> PathBuf {
    let Some(first) = paths.next() else {
        return PathBuf::new();
    };
    let mut common = first.parent().unwrap_or(first).to_owned();
    for path in paths {
        while !path.starts_with(&common) && common.pop() {}
    }
    common
}

/// The folders in `inside` with a track that `fits` anywhere below, by name; each with all
/// such tracks. A folder that holds nothing but one other is shown as that one.
pub(super) fn folders(
    library: &Library,
    moods: &[Option<MoodVector>],
    inside: &Path,
    fits: &dyn Fn(usize, &Track) -> bool,
) -> Vec<Gathered> {
    let mut drafts = Drafts::new();
    for (row, track) in library.tracks().iter().enumerate() {
        let Some(next) = next_component(&track.path, inside) else {
            continue;
        };
        if fits(row, track) {
            drafts.add(next, row as u32, || (String::new(), By::Nobody));
        }
    }
    let mut folders: Vec<Gathered> = drafts
        .drafts
        .into_iter()
        .map(|(_, draft)| folder(library, moods, inside, draft))
        .collect();
    folders.sort_by_cached_key(|folder| fold(&folder.group.name));
    folders
}

fn folder(
    library: &Library,
    moods: &[Option<MoodVector>],
    inside: &Path,
    mut draft: Draft,
) -> Gathered {
    let path = |row: &u32| &*library.tracks()[*row as usize].path;
    draft.rows.sort_by(|a, b| path(a).cmp(path(b)));
    let common = common_folder(draft.rows.iter().map(path));
    // From the root of a file system a name alone says too little.
    let shown = match inside.file_name() {
        Some(_) => common.strip_prefix(inside).unwrap_or(&common),
        None => &common,
    };
    draft.name = shown.to_string_lossy().into_owned();
    draft.finish(GroupKey::Folder(common), library, moods)
}

/// The folder in `inside` that leads to a file; `None` for a file elsewhere, and right in it.
fn next_component<'a>(path: &'a Path, inside: &Path) -> Option<Component<'a>> {
    let below = path.strip_prefix(inside).ok()?;
    let mut components = below.components();
    let first = components.next()?;
    components.next().is_some().then_some(first)
}

/// The tracks right in a folder, by file name.
pub(super) fn rows(library: &Library, folder: &Path) -> Vec<u32> {
    let mut rows: Vec<u32> = (0u32..)
        .zip(library.tracks())
        .filter(|(_, track)| track.path.parent() == Some(folder))
        .map(|(row, _)| row)
        .collect();
    rows.sort_by(|a, b| {
        let path = |row: &u32| &library.tracks()[*row as usize].path;
        path(a).cmp(path(b))
    });
    rows
}
