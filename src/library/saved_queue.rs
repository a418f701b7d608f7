//! What is kept of the queue, so that the next start goes on where this one ended.

use super::Track;
use std::sync::Arc;

/// What happens at the end of a track or queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// Stop after the last track.
    #[default]
    Off,
    /// Start the queue again.
    All,
    /// Start the track again.
    One,
}

/// The queue with the place and position in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedQueue {
    /// The tracks, in playing order.
    pub tracks: Arc<[Arc<Track>]>,
    /// For each, its rank in the order before shuffling.
    pub ranks: Arc<[u32]>,
    /// Index of the current track.
    pub current: Option<usize>,
    /// Position in it.
    pub position_secs: f32,
    /// Whether the queue is shuffled.
    pub shuffled: bool,
    /// What happens at the end.
    pub repeat: Repeat,
}
