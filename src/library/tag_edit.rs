//! [`TagEdit`]: what a listener wants changed about the tags of files, and why that fails.

use super::Tags;
use std::path::PathBuf;

/// What to change; `None` leaves a field as it is, an empty text or number takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagEdit {
    /// Title.
    pub title: Option<String>,
    /// Performing artist.
    pub artist: Option<String>,
    /// Artist the album is filed under.
    pub album_artist: Option<String>,
    /// Album.
    pub album: Option<String>,
    /// Genre.
    pub genre: Option<String>,
    /// Number on the disc.
    pub track_number: Option<Option<u32>>,
    /// Disc number.
    pub disc_number: Option<Option<u32>>,
    /// Year of release.
    pub year: Option<Option<i32>>,
    /// The cover.
    pub cover: Option<CoverEdit>,
}

/// What becomes of the cover inside a file. One that lies beside it is never touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverEdit {
    /// This picture file's picture takes its place.
    Picture(PathBuf),
    /// It is taken out, with all other pictures.
    Remove,
}

impl TagEdit {
    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Changes these tags accordingly.
    pub fn apply(&self, tags: &mut Tags) {
        for (text, field) in [
            (&self.title, &mut tags.title),
            (&self.artist, &mut tags.artist),
            (&self.album_artist, &mut tags.album_artist),
            (&self.album, &mut tags.album),
            (&self.genre, &mut tags.genre),
        ] {
            if let Some(text) = text {
                text.trim().clone_into(field);
            }
        }
        tags.track_number = self.track_number.unwrap_or(tags.track_number);
        tags.disc_number = self.disc_number.unwrap_or(tags.disc_number);
        tags.year = self.year.unwrap_or(tags.year);
    }
}

/// Why tags could not be changed. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// There is no file any more.
    #[error("the file is gone")]
    Gone,
    /// The file may not be written.
    #[error("the file is read-only")]
    ReadOnly,
    /// A file that is changed needs room for a copy beside it, and none may be made.
    #[error("its folder is read-only")]
    FolderReadOnly,
    /// There is no room for the copy that is changed.
    #[error("the disk is full")]
    DiskFull,
    /// Tags of this format cannot be written.
    #[error("tags of this format cannot be written")]
    Unsupported,
    /// The file or its folder cannot be read or written; the system's words.
    #[error("{0}")]
    Io(String),
    /// The tags break the rules of their format, or cannot be put into it; how.
    #[error("its tags cannot be read or written: {0}")]
    Tags(String),
    /// The changed copy did not come out right.
    #[error("the changed copy did not come out right")]
    Damaged,
    /// The file changed while its copy was worked on, or holds other audio by now.
    #[error("another program has changed the file meanwhile")]
    Changed,
    /// The file that was to be the cover is no picture that can be read.
    #[error("the cover is no picture that can be read")]
    NoPicture,
    /// The picture that was to be the cover has more bytes than every format takes.
    #[error("the cover is larger than 15 MB")]
    LargePicture,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_changes_and_blanks_around_it_go() {
        let mut tags = Tags {
            title: "old".to_owned(),
            album: "kept".to_owned(),
            track_number: Some(3),
            year: Some(1999),
            ..Tags::default()
        };
        let edit = TagEdit {
            title: Some("  새 제목 ".to_owned()),
            genre: Some(String::new()),
            year: Some(None),
            ..TagEdit::default()
        };
        edit.apply(&mut tags);
        let changed = Tags {
            title: "새 제목".to_owned(),
            album: "kept".to_owned(),
            track_number: Some(3),
            ..Tags::default()
        };
        assert_eq!(tags, changed);
    }
}
