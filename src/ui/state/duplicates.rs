//! The page of duplicates: what was found, as lines of equal height.

use super::AppState;
use super::due::Due;
use crate::engine::Command;
use crate::library::TrackId;
use crate::recommend::Duplicates;
use crate::ui::action::Place;
use crate::ui::library::DuplicateAction;
use std::sync::Arc;

/// While the library changes, they are looked for again so often at most; seconds.
const REFRESH_SECS: f64 = 1.0;

/// The page of duplicates.
#[derive(Debug, Default)]
pub struct DuplicatesPage {
    /// Whether it is shown, in place of the library's views.
    pub open: bool,
    /// What was found; `None` until the engine has told.
    pub found: Option<Arc<[Duplicates]>>,
    /// The lines to show.
    pub lines: Vec<DuplicateLine>,
    /// The track whose file is to go to the trash, if that is really meant.
    pub doubted: Option<TrackId>,
    due: Due,
}

/// One line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicateLine {
    /// What the recording is; a place in what was found.
    Recording(usize),
    /// One copy of it.
    Copy(usize, usize),
}

impl DuplicatesPage {
    pub(super) fn take(&mut self, found: Arc<[Duplicates]>) {
        self.lines.clear();
        for (index, group) in found.iter().enumerate() {
            self.lines.push(DuplicateLine::Recording(index));
            let copies = 0..group.copies.len();
            let lines = copies.map(|copy| DuplicateLine::Copy(index, copy));
            self.lines.extend(lines);
        }
        self.found = Some(found);
    }

    /// The library has changed.
    pub(super) fn find_soon(&mut self, now_secs: f64) {
        if self.open {
            self.due.by(now_secs + REFRESH_SECS);
        }
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.due.at()
    }

    pub(super) fn due(&mut self, now_secs: f64) -> Option<Command> {
        self.due.take(now_secs).then_some(Command::FindDuplicates)
    }

    /// What all copies but the best take, bytes.
    #[must_use]
    pub fn spare_bytes(&self) -> u64 {
        let groups = self.found.iter().flat_map(|found| found.iter());
        let spare = groups.flat_map(|group| group.copies.iter().skip(1));
        spare.map(|copy| copy.size_bytes).sum()
    }
}

impl AppState {
    /// Actions on duplicates.
    pub(super) fn act_on_duplicates(&mut self, action: &DuplicateAction) -> Vec<Command> {
        let page = &mut self.duplicates;
        match *action {
            DuplicateAction::Open => {
                self.place = Place::Library;
                page.open = true;
                page.doubted = None;
                return vec![Command::FindDuplicates];
            }
            DuplicateAction::Close => *page = DuplicatesPage::default(),
            DuplicateAction::Doubt(track) => page.doubted = track,
            DuplicateAction::Trash(track) => {
                page.doubted = None;
                return vec![Command::MoveToTrash(track)];
            }
        }
        Vec::new()
    }
}
