//! What the window knows about the track that plays beyond what the player tells: its words,
//! its outline, the way of its moods.

use super::AppState;
use crate::engine::Command;
use crate::library::{Lyrics, Track, TrackId, WholeTrack};
use crate::playback::PlayerState;
use std::sync::Arc;

/// The words of a track, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Words {
    /// Not told yet.
    #[default]
    Unknown,
    /// There are none.
    None,
    /// Here they are.
    Known(Arc<Lyrics>),
}

/// The track that plays, with its words.
#[derive(Debug, Default)]
pub struct NowPlaying {
    /// The track as it was when its words were asked for.
    asked: Option<Arc<Track>>,
    /// Its words.
    pub words: Words,
    /// Its outline and how its mood moves; `None` until it was read from end to end.
    pub whole: Option<Arc<WholeTrack>>,
}

impl NowPlaying {
    /// Another track plays, or the same with other tags or words: asks for its words, and
    /// once for its outline.
    fn follow(&mut self, current: Option<&Arc<Track>>) -> Vec<Command> {
        let Some(current) = current else {
            *self = Self::default();
            return Vec::new();
        };
        let mut commands = Vec::new();
        let id = current.id;
        let asked = self.asked.as_ref();
        if asked.is_some_and(|asked| Arc::ptr_eq(asked, current)) {
            return commands;
        }
        let asked = self.asked.replace(Arc::clone(current));
        if asked.is_none_or(|asked| (asked.id, &asked.path) != (id, &current.path)) {
            self.words = Words::Unknown;
            self.whole = None;
            commands.push(Command::LoadWholeTrack(id));
        }
        commands.push(Command::LoadLyrics(id));
        commands
    }

    pub(super) fn take_whole(&mut self, track: TrackId, whole: Option<Arc<WholeTrack>>) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == track) {
            self.whole = whole;
        }
    }

    pub(super) fn take_lyrics(&mut self, track: TrackId, lyrics: Option<Arc<Lyrics>>) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == track) {
            self.words = lyrics.map_or(Words::None, Words::Known);
        }
    }
}

impl AppState {
    /// The track that plays, as the library knows it now; a file from outside as it was
    /// when it was opened.
    #[must_use]
    pub fn current(&self) -> Option<&Arc<Track>> {
        let queued = self.player.current()?;
        Some(self.track(queued.id).unwrap_or(queued))
    }

    pub(super) fn take_player(&mut self, player: Arc<PlayerState>, now_secs: f64) -> Vec<Command> {
        let before = std::mem::replace(&mut self.player, player);
        self.player_at_secs = now_secs;
        if self.player.undoable != before.undoable {
            self.queue_edited();
        }
        let now = &self.player;
        if !Arc::ptr_eq(&now.queue, &before.queue) || now.index != before.index {
            let left = now.queue.iter().skip(now.index.unwrap_or(0));
            self.queue_left_secs = left.map(|track| track.duration_secs).sum();
        }
        self.follow_playing()
    }

    pub(super) fn follow_playing(&mut self) -> Vec<Command> {
        let current = self.current().cloned();
        self.playing.follow(current.as_ref())
    }
}
