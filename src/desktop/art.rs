//! The cover that the desktop is shown, looked for once a track.

use crate::library::Track;
use crate::scan::cover_file;
use std::path::PathBuf;

pub struct Art {
    /// Where covers that live inside audio files are laid.
    folder: PathBuf,
    /// Of which file, because another library's tracks may have the same ids.
    last: Option<(PathBuf, Option<PathBuf>)>,
}

impl Art {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, last: None }
    }

    /// A file with the track's cover.
    pub fn of(&mut self, track: &Track) -> Option<PathBuf> {
        if let Some((of, file)) = &self.last
            && *of == track.path
        {
            return file.clone();
        }
        let file = track
            .has_cover
            .then(|| cover_file(&track.path, &self.folder))
            .flatten();
        self.last = Some((track.path.clone(), file.clone()));
        file
    }
}
