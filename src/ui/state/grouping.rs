//! The Library screen's views: albums, artists and folders, and what is open of them.

use super::browsing::Browsing;
use super::{AppState, MAX_QUEUE};
use crate::engine::{Command, Wish};
use crate::library::{BrowseQuery, Group, GroupKey, GroupKind, GroupQuery, TrackId};
use crate::playback::PlayerCommand;
use crate::ui::action::Place;
use crate::ui::library::{LibraryAction, LibraryView};
use std::path::PathBuf;
use std::sync::Arc;

/// More seeds than this say no more about what is wanted.
const MAX_SEEDS: usize = 100;

/// A group that is looked into.
#[derive(Debug)]
pub struct Opened {
    /// Which.
    pub group: Arc<Group>,
    /// What was asked before, to go back to.
    before: BrowseQuery,
}

impl Browsing {
    /// The group that is looked into.
    #[must_use]
    pub fn open(&self) -> Option<&Arc<Group>> {
        self.opened.last().map(|opened| &opened.group)
    }

    /// Whether tracks are shown, perhaps among other things.
    #[must_use]
    pub fn shows_tracks(&self) -> bool {
        self.within().is_some() || self.view == LibraryView::Tracks
    }

    /// The group whose tracks are shown.
    fn within(&self) -> Option<GroupKey> {
        let open = self.open().map(|group| group.key.clone());
        let base = || GroupKey::Folder(PathBuf::new());
        open.or_else(|| (self.view == LibraryView::Folders).then(base))
    }

    fn look(&mut self, view: LibraryView) {
        self.leave(self.opened.len());
        self.view = view;
        self.groups = None;
        self.rows = None;
        self.select_none();
    }

    fn enter(&mut self, group: Arc<Group>) {
        let before = std::mem::take(&mut self.query);
        self.opened.push(Opened { group, before });
        self.show_anew();
    }

    fn leave(&mut self, steps: usize) {
        for _ in 0..steps {
            if let Some(opened) = self.opened.pop() {
                self.query = opened.before;
            }
        }
        self.show_anew();
    }

    /// Another group's tracks are to be shown.
    fn show_anew(&mut self) {
        self.rows = None;
        if self.view == LibraryView::Folders {
            self.groups = None;
        }
        self.cursor = None;
        self.select_none();
    }

    /// The questions that what is shown now needs answered.
    pub(super) fn ask(&mut self) -> Vec<Command> {
        self.generation += 1;
        self.due_secs = None;
        let generation = self.generation;
        self.query.within = self.within();
        let groups = self.view.kind().map(|kind| Command::Group {
            generation,
            query: self.group_query(kind),
        });
        let rows = self.shows_tracks().then(|| Command::Browse {
            generation,
            query: self.query.clone(),
        });
        groups.into_iter().chain(rows).collect()
    }

    fn group_query(&self, kind: GroupKind) -> GroupQuery {
        // An open album is searched in itself; the albums stay as they were found.
        let asked = match (kind, self.opened.first()) {
            (GroupKind::Albums | GroupKind::Artists, Some(opened)) => &opened.before,
            _ => &self.query,
        };
        GroupQuery {
            kind,
            text: asked.text.clone(),
            mood: asked.mood,
            inside: match self.open().map(|group| &group.key) {
                Some(GroupKey::Folder(path)) => path.clone(),
                _ => PathBuf::new(),
            },
        }
    }

    pub(super) fn take_groups(&mut self, generation: u64, groups: Arc<[Arc<Group>]>) {
        if generation != self.generation {
            return;
        }
        if self.view != LibraryView::Folders {
            for opened in &mut self.opened {
                let now = groups.iter().find(|group| group.key == opened.group.key);
                if let Some(now) = now {
                    opened.group = Arc::clone(now);
                }
            }
        }
        self.groups = Some(groups);
    }
}

impl AppState {
    pub(super) fn act_on_library(&mut self, action: LibraryAction, now_secs: f64) -> Vec<Command> {
        match action {
            LibraryAction::View(view) => self.browsing.look(view),
            LibraryAction::Open(group) => self.browsing.enter(group),
            LibraryAction::Back(steps) => self.browsing.leave(steps),
            LibraryAction::Play { tracks, shuffled } => {
                return if shuffled {
                    play_shuffled(tracks, now_secs)
                } else {
                    play(tracks, 0)
                };
            }
            LibraryAction::Like(group) => {
                self.place = Place::Feel;
                let command = self.feeling.ask(Wish::Like(seeds(&group.tracks)));
                self.feeling.like_title = Some(self.group_name(&group));
                return vec![command];
            }
        }
        self.browsing.ask()
    }

    /// What a group is called.
    #[must_use]
    pub fn group_name(&self, group: &Group) -> String {
        let text = self.text();
        let unnamed = match group.key {
            GroupKey::Album { .. } => text.no_album,
            GroupKey::Artist(_) | GroupKey::Folder(_) => text.unknown_artist,
        };
        if group.name.is_empty() {
            unnamed.to_owned()
        } else {
            group.name.clone()
        }
    }
}

fn play(mut tracks: Vec<TrackId>, start: usize) -> Vec<Command> {
    if tracks.is_empty() {
        return Vec::new();
    }
    tracks.truncate(MAX_QUEUE);
    vec![Command::Play { tracks, start }]
}

/// Plays these tracks shuffled, from any of them on.
pub(super) fn play_shuffled(tracks: Vec<TrackId>, now_secs: f64) -> Vec<Command> {
    // One is as good as the other; the clock's milliseconds choose.
    let start = (now_secs * 1000.0) as usize % tracks.len().clamp(1, MAX_QUEUE);
    let mut commands = play(tracks, start);
    if !commands.is_empty() {
        commands.push(Command::Player(PlayerCommand::Shuffle(true)));
    }
    commands
}

/// Some of these tracks, from the first to the last.
fn seeds(tracks: &[TrackId]) -> Vec<TrackId> {
    let step = tracks.len().div_ceil(MAX_SEEDS).max(1);
    tracks.iter().step_by(step).copied().collect()
}
