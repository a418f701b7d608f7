//! The dialog that changes tags: which tracks, what they have in common, what was typed.

use super::{AppState, ToastKind};
use crate::engine::{Command, EditReport};
use crate::library::{CoverEdit, TagEdit, Tags, Track, TrackId};
use crate::ui::edit_tags::TagAction;
use crate::ui::strings;
use crate::ui::typed_path::typed_path;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Numbers of tracks and discs that can be meant.
const NUMBERS: RangeInclusive<u32> = 1..=9_999;
/// Years that can be meant.
const YEARS: RangeInclusive<i32> = 1_000..=2_999;

/// One field of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TagField {
    /// Title.
    Title,
    /// Performing artist.
    Artist,
    /// Artist the album is filed under.
    AlbumArtist,
    /// Album.
    Album,
    /// Genre.
    Genre,
    /// Year of release.
    Year,
    /// Number on the disc.
    TrackNumber,
    /// Disc number.
    DiscNumber,
}

impl TagField {
    /// All of them, in the dialog's order.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Artist,
        Self::AlbumArtist,
        Self::Album,
        Self::Genre,
        Self::Year,
        Self::TrackNumber,
        Self::DiscNumber,
    ];

    /// What a track has there.
    fn of(self, tags: &Tags) -> String {
        let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
        match self {
            Self::Title => tags.title.clone(),
            Self::Artist => tags.artist.clone(),
            Self::AlbumArtist => tags.album_artist.clone(),
            Self::Album => tags.album.clone(),
            Self::Genre => tags.genre.clone(),
            Self::TrackNumber => number(tags.track_number),
            Self::DiscNumber => number(tags.disc_number),
            Self::Year => tags.year.map_or_else(String::new, |year| year.to_string()),
        }
    }

    /// Whether the text can be put there.
    fn takes(self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty()
            || match self {
                Self::TrackNumber | Self::DiscNumber => {
                    text.parse().is_ok_and(|number| NUMBERS.contains(&number))
                }
                Self::Year => text.parse().is_ok_and(|year| YEARS.contains(&year)),
                _ => true,
            }
    }
}

/// The text of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldText {
    /// What is written there now.
    pub text: String,
    /// What all tracks had there; `None` when they differed.
    common: Option<String>,
    /// Whether something was typed.
    typed: bool,
}

impl FieldText {
    /// Whether the tracks differ there and nothing was typed.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.common.is_none() && !self.typed
    }

    /// Whether what is there will be taken away.
    #[must_use]
    pub fn clears(&self) -> bool {
        self.changed() == Some("")
    }

    fn changed(&self) -> Option<&str> {
        let changed = self.typed && self.common.as_deref() != Some(self.text.trim());
        changed.then(|| self.text.trim())
    }
}

/// The open dialog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editing {
    /// Grows with each opening.
    pub number: u64,
    /// Whose tags.
    pub tracks: Vec<TrackId>,
    /// Whether they are all of one album, and so have one cover.
    pub one_album: bool,
    /// The fields, in the order of [`TagField::ALL`].
    pub fields: [FieldText; TagField::ALL.len()],
    /// What becomes of the cover.
    pub cover: Option<CoverEdit>,
    /// The path of a picture, as typed.
    pub cover_path: String,
}

impl Editing {
    /// The dialog for these tracks.
    fn of(tracks: &[Arc<Track>], number: u64) -> Self {
        let fields = TagField::ALL.map(|field| {
            let mut values = tracks.iter().map(|track| field.of(&track.tags));
            let first = values.next().unwrap_or_default();
            let common = values.all(|value| value == first).then_some(first);
            FieldText {
                text: common.clone().unwrap_or_default(),
                common,
                typed: false,
            }
        });
        let album = fields[TagField::Album as usize].common.as_deref();
        Self {
            number,
            tracks: tracks.iter().map(|track| track.id).collect(),
            one_album: tracks.len() == 1 || album.is_some_and(|album| !album.is_empty()),
            fields,
            cover: None,
            cover_path: String::new(),
        }
    }

    /// Whether what was changed can be kept, and is anything new.
    #[must_use]
    pub fn may_save(&self) -> bool {
        TagField::ALL.iter().all(|field| !self.is_wrong(*field)) && self.is_changed()
    }

    /// Whether anything was changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.edit().is_empty()
    }

    /// Whether this field holds what cannot be put there.
    #[must_use]
    pub fn is_wrong(&self, field: TagField) -> bool {
        !field.takes(&self.fields[field as usize].text)
    }

    fn type_text(&mut self, field: TagField, text: String) {
        let field = &mut self.fields[field as usize];
        (field.text, field.typed) = (text, true);
    }

    fn edit(&self) -> TagEdit {
        let changed = |field: TagField| self.fields[field as usize].changed();
        let text = |field| changed(field).map(str::to_owned);
        let number = |field| changed(field).map(|text| text.parse().ok());
        TagEdit {
            title: text(TagField::Title),
            artist: text(TagField::Artist),
            album_artist: text(TagField::AlbumArtist),
            album: text(TagField::Album),
            genre: text(TagField::Genre),
            track_number: number(TagField::TrackNumber),
            disc_number: number(TagField::DiscNumber),
            year: changed(TagField::Year).map(|text| text.parse().ok()),
            cover: self.cover.clone(),
        }
    }
}

impl AppState {
    /// Actions of the dialog.
    pub(super) fn act_on_tags(&mut self, action: TagAction) -> Vec<Command> {
        match (action, &mut self.editing) {
            (TagAction::Open(tracks), editing) => {
                let library = self.snapshot.as_ref().map(|snapshot| &snapshot.library);
                let tracks: Vec<Arc<Track>> = tracks
                    .iter()
                    .filter_map(|id| library?.get(*id).cloned())
                    .collect();
                self.edits += 1;
                *editing = (!tracks.is_empty()).then(|| Editing::of(&tracks, self.edits));
            }
            (TagAction::Type(field, text), Some(editing)) => editing.type_text(field, text),
            (TagAction::TypeCover(path), Some(editing)) => {
                let picture = typed_path(path.trim());
                let some = !picture.as_os_str().is_empty();
                editing.cover = some.then_some(CoverEdit::Picture(picture));
                editing.cover_path = path;
            }
            (TagAction::Cover(cover), Some(editing)) => {
                editing.cover_path = match &cover {
                    Some(CoverEdit::Picture(path)) => path.display().to_string(),
                    _ => String::new(),
                };
                editing.cover = cover;
            }
            (TagAction::Save, editing) => {
                if let Some(editing) = editing.take_if(|editing| editing.may_save()) {
                    let edit = editing.edit();
                    let tracks = editing.tracks;
                    return vec![Command::EditTags { tracks, edit }];
                }
            }
            (TagAction::Close, editing) => *editing = None,
            (TagAction::Undo, _) if self.may_undo_edit => {
                self.toasts.withdraw(ToastKind::Edited);
                return vec![Command::UndoEdit];
            }
            // A dialog is the window's own business; and what came late has no dialog.
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn take_edit(&mut self, report: &EditReport, now_secs: f64) {
        self.may_undo_edit = report.may_undo;
        if let Some(failed) = report.failed.first() {
            let text = strings::edit_failed(self.language, report.failed.len(), failed);
            self.say(ToastKind::Problem, text, now_secs);
        }
        if !report.changed.is_empty() {
            let files = report.changed.len();
            let text = strings::edited(self.language, files, report.undone);
            let kind = if report.undone {
                ToastKind::Good
            } else {
                ToastKind::Edited
            };
            self.say(kind, text, now_secs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(id: i64, title: &str, year: Option<i32>) -> Arc<Track> {
        Arc::new(Track {
            id: TrackId(id),
            tags: Tags {
                title: title.to_owned(),
                artist: "Both".to_owned(),
                year,
                ..Tags::default()
            },
            ..Track::default()
        })
    }

    fn editing(tracks: &[Arc<Track>]) -> Editing {
        Editing::of(tracks, 1)
    }

    #[test]
    fn what_tracks_have_in_common_is_shown_and_only_what_is_typed_is_changed() {
        let mut editing = editing(&[track(1, "one", Some(1999)), track(2, "two", Some(1999))]);
        let field = |editing: &Editing, field: TagField| editing.fields[field as usize].clone();
        assert!(field(&editing, TagField::Title).differs());
        assert_eq!(field(&editing, TagField::Artist).text, "Both");
        assert_eq!(field(&editing, TagField::Year).text, "1999");
        assert!(!editing.may_save(), "nothing was typed");
        editing.type_text(TagField::Artist, "Both".to_owned());
        assert!(!editing.may_save(), "typed as it was");
        editing.type_text(TagField::Album, " 밤 ".to_owned());
        editing.type_text(TagField::Year, String::new());
        assert!(field(&editing, TagField::Year).clears());
        let wanted = TagEdit {
            album: Some("밤".to_owned()),
            year: Some(None),
            ..TagEdit::default()
        };
        assert_eq!(editing.edit(), wanted);
    }

    #[test]
    fn different_titles_can_be_made_one_and_also_none() {
        let mut editing = editing(&[track(1, "one", None), track(2, "two", None)]);
        editing.type_text(TagField::Title, String::new());
        assert_eq!(editing.edit().title, Some(String::new()));
        editing.type_text(TagField::Title, "one".to_owned());
        assert_eq!(editing.edit().title, Some("one".to_owned()));
    }

    #[test]
    fn numbers_must_be_numbers() {
        let mut editing = editing(&[track(1, "one", None)]);
        for (text, good) in [("7", true), ("", true), ("seven", false), ("0", false)] {
            editing.type_text(TagField::TrackNumber, text.to_owned());
            assert_eq!(!editing.is_wrong(TagField::TrackNumber), good, "{text}");
        }
        editing.type_text(TagField::Year, "99".to_owned());
        assert!(editing.is_wrong(TagField::Year));
        assert!(!editing.may_save());
    }
}
