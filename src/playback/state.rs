//! What the player can be told, and what it tells.

use super::queue::QueueEdit;
use super::sleep::Sleep;
use crate::config::Playback;
pub use crate::library::Repeat;
use crate::library::{Library, SavedQueue, Track, TrackId};
use crossbeam_channel::Sender;
use std::sync::Arc;

/// What the player can be told.
#[derive(Debug, Clone)]
pub enum PlayerCommand {
    /// Replace the queue and play from `start`.
    Play {
        /// The new queue.
        tracks: Vec<Arc<Track>>,
        /// Index into `tracks`.
        start: usize,
    },
    /// Put tracks into the queue: right after the current one, or at the end.
    Enqueue {
        /// What.
        tracks: Vec<Arc<Track>>,
        /// After the current track instead of at the end.
        next: bool,
    },
    /// Play when paused, pause when playing.
    Toggle,
    /// Go on.
    Resume,
    /// Hold.
    Pause,
    /// Next track.
    Next,
    /// Previous track, or back to the start when more than 3 s in.
    Previous,
    /// Jump within the current track.
    Seek {
        /// Position from the start.
        position_secs: f32,
    },
    /// Set the volume.
    Volume(f32),
    /// Jump to a place of the queue.
    JumpTo(usize),
    /// Take one place out of the queue.
    Remove(usize),
    /// Move one place of the queue to another.
    Move {
        /// From this index.
        from: usize,
        /// To this index.
        to: usize,
    },
    /// Empty the queue and stop.
    Clear,
    /// Shuffle what comes after the current track; off restores the order.
    Shuffle(bool),
    /// What happens at the end.
    Repeat(Repeat),
    /// Take back the last edit of the queue.
    Undo,
    /// Stop by itself then, or no longer.
    Sleep(Option<Sleep>),
    /// Take up a saved queue in place of everything, paused. From now on it is told as
    /// [`PlayerEvent::Keep`] with this number.
    Restore {
        /// The queue.
        saved: Arc<SavedQueue>,
        /// Tells one owner of a queue from the next.
        owner: u64,
    },
    /// Leave everything: what plays is told as heard, how the queue stands to its owner, and
    /// then nothing is queued and nobody owns it. Answered when all of that was told.
    Leave(Sender<()>),
    /// How music plays from now on.
    Configure(Playback),
    /// What is known of the tracks now.
    Library(Arc<Library>),
}

/// What the player is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing is loaded.
    #[default]
    Stopped,
    /// Sound comes out.
    Playing,
    /// Held.
    Paused,
}

/// The output device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeviceState {
    /// Not needed so far.
    #[default]
    Unopened,
    /// Open.
    Ready,
    /// There is none, or it went away; a plain sentence. Tried again by itself.
    Missing(String),
}

/// What the player tells.
#[derive(Debug, Clone)]
pub enum PlayerEvent {
    /// Everything there is to show. Sent on every change, and about four times a second in
    /// play.
    State(Arc<PlayerState>),
    /// A track ended or was left, for counting plays and skips.
    Heard {
        /// Which.
        track: TrackId,
        /// How long sound of it came out, jumps not counted.
        played_secs: f32,
        /// How long it is.
        duration_secs: f32,
        /// Whether it played to its end rather than being left.
        finished: bool,
    },
    /// A track was moved in the queue or taken out of it by itself, which says how much it is
    /// wanted.
    Rearranged {
        /// Which.
        track: TrackId,
        /// Where to.
        how: Rearranged,
    },
    /// A track that was left, as told in [`Heard`](Self::Heard), is back: the edit that took it
    /// away was undone.
    Returned {
        /// Which.
        track: TrackId,
        /// How long sound of it had come out.
        played_secs: f32,
        /// How long it is.
        duration_secs: f32,
    },
    /// The queue and the place in it have changed, or a few seconds were played.
    Keep {
        /// To be saved.
        queue: SavedQueue,
        /// As told in [`PlayerCommand::Restore`].
        owner: u64,
    },
}

/// What the listener did to one track of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rearranged {
    /// Moved it up.
    Up,
    /// Took it out before it played.
    Out,
    /// Took that back.
    Back,
}

/// Everything the window shows of the player.
#[derive(Debug, Clone, Default)]
pub struct PlayerState {
    /// Playing, paused or stopped.
    pub status: Status,
    /// The queue, in playing order.
    pub queue: Arc<[Arc<Track>]>,
    /// Place of the current track in the queue.
    pub index: Option<usize>,
    /// Position in the current track.
    pub position_secs: f32,
    /// Length of the current track as decoded.
    pub duration_secs: f32,
    /// Volume, 0…1.
    pub volume: f32,
    /// Whether the queue is shuffled.
    pub shuffled: bool,
    /// What happens at the end.
    pub repeat: Repeat,
    /// What [`PlayerCommand::Undo`] would take back.
    pub undoable: Option<QueueEdit>,
    /// When the music stops by itself; a time is what is left of it.
    pub sleep: Option<Sleep>,
    /// The output device.
    pub device: DeviceState,
    /// A track that could not be played, with the reason; cleared by the next that can.
    pub failed: Option<(TrackId, String)>,
}

impl PlayerState {
    /// The current track.
    #[must_use]
    pub fn current(&self) -> Option<&Arc<Track>> {
        self.index.and_then(|index| self.queue.get(index))
    }
}
