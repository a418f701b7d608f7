//! Owns the threads. [`Command`]s in, [`Event`]s out: the one door the window and the
//! command line knock on.

mod message;

pub use message::{
    Command, CoverImage, CoverSize, Event, FeelAnswer, FeelRequest, Folder, Length, Notice,
    Problem, Progress, Snapshot, Wish,
};

use crossbeam_channel::{Receiver, Sender};
use std::sync::Arc;

/// Called whenever an [`Event`] was sent, from any thread; the window asks for a repaint in it.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The caller's end of the door.
pub struct Handle {
    /// Where commands go.
    pub commands: Sender<Command>,
    /// Where events come from.
    pub events: Receiver<Event>,
}
