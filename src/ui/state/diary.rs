//! The Diary screen's state.

use super::due::Due;
use super::{AppState, DuplicatesPage};
use crate::engine::{Command, Wish};
use crate::library::{Diary, HistoryFormat, Occasion};
use crate::ui::action::Place;
use crate::ui::diary::{DiaryAction, Erasing};
use crate::ui::typed_path::NamedFile;
use std::sync::Arc;

/// So many plays are shown at first, and so many more each time older ones are asked for.
const PLAYS: usize = 1_000;
/// While music plays the diary is read anew at most so often.
const READ_SECS: f64 = 1.0;

/// The Diary screen's state.
#[derive(Debug)]
pub struct DiaryPages {
    /// What was heard; `None` until it was asked for and told.
    pub diary: Option<Arc<Diary>>,
    /// Beginning of the sitting that is unfolded, seconds since 1970.
    pub unfolded: Option<i64>,
    /// What the listener is asked about.
    pub erasing: Option<Erasing>,
    /// What a file is asked for.
    pub file: Option<HistoryFormat>,
    limit: usize,
    due: Due,
}

impl Default for DiaryPages {
    fn default() -> Self {
        Self {
            diary: None,
            unfolded: None,
            erasing: None,
            file: None,
            limit: PLAYS,
            due: Due::default(),
        }
    }
}

impl DiaryPages {
    pub(super) fn read(&self) -> Command {
        Command::Diary { limit: self.limit }
    }

    pub(super) fn read_soon(&mut self, now_secs: f64) {
        self.due.by(now_secs + READ_SECS);
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.due.at()
    }

    pub(super) fn due(&mut self, now_secs: f64) -> Option<Command> {
        self.due.take(now_secs).then(|| self.read())
    }
}

impl AppState {
    pub(super) fn act_on_diary(&mut self, action: DiaryAction) -> Vec<Command> {
        let pages = &mut self.pages;
        match action {
            DiaryAction::Unfold(began) => {
                pages.unfolded = (pages.unfolded != Some(began)).then_some(began);
            }
            DiaryAction::Play(tracks, occasion) => {
                if !tracks.is_empty() {
                    let play = Command::Play { tracks, start: 0 };
                    return vec![Command::LedBy(occasion), play];
                }
            }
            DiaryAction::Older => {
                pages.limit += PLAYS;
                return vec![pages.read()];
            }
            DiaryAction::AskErase(what) => pages.erasing = what,
            DiaryAction::Erase(what) => {
                pages.erasing = None;
                let (first, last) = match what {
                    Erasing::All => (i64::MIN, i64::MAX),
                    Erasing::Span(first, last) => (first, last),
                };
                return vec![Command::EraseHistory { first, last }, pages.read()];
            }
            DiaryAction::AskFile(format) => pages.file = format,
            // The dialog is the window's own business.
            DiaryAction::FileDialog(_) => {}
            DiaryAction::File(format, file) => return self.write_diary(format, file),
        }
        Vec::new()
    }

    fn write_diary(&mut self, format: HistoryFormat, file: NamedFile) -> Vec<Command> {
        self.pages.file = None;
        if file.is_empty() {
            return Vec::new();
        }
        let NamedFile { path, replace } = file;
        self.write(Command::ExportHistory {
            format,
            path,
            replace,
        })
    }

    /// Music of the Feel screen is led to by what was asked there.
    pub(super) fn led_by_feeling(&self, commands: Vec<Command>) -> Vec<Command> {
        let plays = |command: &Command| matches!(command, Command::Play { .. });
        match self.occasion() {
            Some(occasion) if commands.iter().any(plays) => {
                std::iter::once(Command::LedBy(occasion))
                    .chain(commands)
                    .collect()
            }
            _ => commands,
        }
    }

    /// What is asked on the Feel screen, as the diary keeps it.
    fn occasion(&self) -> Option<Occasion> {
        let feeling = &self.feeling;
        let wish = feeling.wish.as_ref()?;
        let called = match wish {
            Wish::Text(text) => text.clone(),
            Wish::Like(_) => feeling.like_title.clone().unwrap_or_default(),
            Wish::Photos { photos, .. } => crate::ui::strings::photos(self.language, photos),
            Wish::Journey { .. } | Wish::Way(_) => feeling.text.clone(),
            Wish::Mood(_) | Wish::Point { .. } | Wish::Lately | Wish::Surprise => String::new(),
        };
        Some(wish.occasion(called, feeling.target().map(|mood| mood.top())))
    }

    /// What the screen needs when the listener goes there.
    pub(super) fn enter(&mut self, place: Place) -> Vec<Command> {
        self.place = place;
        self.pages.erasing = None;
        self.forgetting = false;
        match place {
            // Its own page, not the one of duplicates.
            Place::Library => {
                self.duplicates = DuplicatesPage::default();
                Vec::new()
            }
            Place::Playlists => vec![Command::FindSmartTracks],
            Place::Diary => vec![self.pages.read()],
            Place::Settings => vec![Command::ListOutputs],
            _ => Vec::new(),
        }
    }
}
