//! Tags and stars of the made-up engine's tracks, changed and changed back.

use super::Fake;
use maeum::engine::{Command, EditReport, Event};
use maeum::library::{CoverEdit, Library, TagEdit, TrackId};
use std::sync::Arc;

impl Fake {
    /// What the engine says to a command about files.
    pub fn answer_about_files(&mut self, command: &Command) -> Vec<Event> {
        match command {
            Command::EditTags { tracks, edit } => self.edit_tags(tracks, edit),
            Command::Rate { tracks, stars } => self.rate(tracks, *stars),
            Command::UndoEdit => self.undo_edit(),
            Command::FindDuplicates => self.find_duplicates(),
            Command::MoveToTrash(track) => self.trash(*track),
            _ => Vec::new(),
        }
    }

    fn rate(&mut self, tracks: &[TrackId], stars: u8) -> Vec<Event> {
        let rated = self.library.tracks().iter().map(|track| {
            let mut track = Arc::clone(track);
            if tracks.contains(&track.id) {
                Arc::make_mut(&mut track).rating = stars;
            }
            track
        });
        self.library = Arc::new(Library::new(rated.collect()));
        vec![self.snapshot()]
    }

    fn edit_tags(&mut self, tracks: &[TrackId], edit: &TagEdit) -> Vec<Event> {
        let before = Arc::clone(&self.library);
        let edited = before.tracks().iter().map(|track| {
            let mut track = Arc::clone(track);
            if tracks.contains(&track.id) {
                let track = Arc::make_mut(&mut track);
                edit.apply(&mut track.tags);
                if let Some(cover) = &edit.cover {
                    track.has_cover = *cover != CoverEdit::Remove;
                }
            }
            track
        });
        self.library = Arc::new(Library::new(edited.collect()));
        self.before_edits.push(before);
        self.edited(tracks.to_vec(), false)
    }

    fn undo_edit(&mut self) -> Vec<Event> {
        let Some(before) = self.before_edits.pop() else {
            return Vec::new();
        };
        let pairs = before.tracks().iter().zip(self.library.tracks());
        let changed = pairs.filter(|(before, now)| before.tags != now.tags);
        let changed = changed.map(|(before, _)| before.id).collect();
        self.library = before;
        self.edited(changed, true)
    }

    fn edited(&self, changed: Vec<TrackId>, undone: bool) -> Vec<Event> {
        let report = EditReport {
            changed,
            undone,
            may_undo: !self.before_edits.is_empty(),
            ..EditReport::default()
        };
        vec![Event::Edited(Arc::new(report)), self.snapshot()]
    }
}
