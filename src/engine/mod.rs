//! Owns the threads. [`Command`]s in, [`Event`]s out: the one door the window and the
//! command line knock on.
//!
//! ```text
//!            Command                          Event
//!   window ──────────► engine ──► emitter ──────────► window
//!                       │  ▲ inbox
//!        ┌────────┬─────┼──┴──┬─────────┬───────┬───────┐
//!      player  scanner store analyzers lyrics query  covers   one thread each, N analyzers;
//!                                     whole                   two that read in the background
//!                 └──────►┘▲              │      │
//!                          └──────────────┘   learner
//! ```
//!
//! Behind a window there is the desktop too: it is told what the player does and asks for
//! things like the window.
//!
//! The engine thread itself only passes messages on and keeps the accounts; whatever takes
//! time has its own thread. One `Session` holds the threads of one opened library.

mod album;
mod covers;
mod duplicates;
mod editor;
mod emitter;
mod files;
mod guests;
mod hub;
mod inbox;
mod learner;
mod listener;
mod local_time;
mod lyrics;
mod message;
mod models;
mod occasion;
mod outputs;
mod photo;
mod progress;
mod query;
mod reader;
mod scanner;
mod session;
mod view;
mod whole;

pub use editor::EditReport;
pub use local_time::LocalClock;
pub use message::{
    Command, CoverImage, CoverOf, CoverSize, Event, FeelAnswer, FeelRequest, Folder, JourneyEnd,
    Length, Notice, Problem, Progress, ScanReport, ScanSummary, Snapshot, Wish,
};

pub use models::ShippedModel;
pub use photo::{PastedPicture, PhotoAnswer, PhotoSource, ReadPhoto};

use crate::config::Folders;
use crate::desktop::{Instance, NativeWindow};
use crossbeam_channel::{Receiver, Sender, bounded};
use emitter::Emitter;
use hub::Hub;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

/// Called whenever an [`Event`] was sent, from any thread; the window asks for a repaint in it.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How to open.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where things are kept and found.
    pub folders: Folders,
    /// Open the demo library instead of the listener's own.
    pub demo: bool,
    /// Look at all folders right away and analyze what is new; otherwise only when asked.
    pub scan_at_start: bool,
    /// Take up the queue where it was left, paused, and keep it from now on.
    pub keep_queue: bool,
}

/// Why the engine cannot start at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot start a thread: {0}")]
pub struct EngineError(#[from] std::io::Error);

/// The caller's end of the door. Dropping it stops the engine and waits until everything
/// is kept.
pub struct Handle {
    /// Where commands go.
    pub commands: Sender<Command>,
    /// Where events come from.
    pub events: Receiver<Event>,
    /// Dropped after the channels; `None` when there is no engine behind them.
    engine: Option<Running>,
}

impl Handle {
    /// A door with nobody behind it: whoever holds the other ends plays the engine.
    #[must_use]
    pub const fn of_channels(commands: Sender<Command>, events: Receiver<Event>) -> Self {
        Self {
            commands,
            events,
            engine: None,
        }
    }

    /// Stops the engine and waits until everything is kept.
    pub fn close(self) {
        drop(self.engine);
    }
}

/// The engine thread; stopped and waited for on drop.
struct Running {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the engine thread panicked");
        }
    }
}

/// Starts the engine. What it opens, and whether that works, comes as events: first the
/// settings, then [`Event::Library`], [`Event::Folders`] and [`Event::Problems`], or
/// [`Event::Unusable`].
pub fn start(options: Options, wake: Wake) -> Result<Handle, EngineError> {
    open(options, None, wake)
}

/// Starts the engine behind a window: the desktop's media keys drive it, and later starts of
/// the program hand their files over to it.
pub fn start_on_desktop(
    options: Options,
    instance: Instance,
    window: Option<NativeWindow>,
    wake: Wake,
) -> Result<Handle, EngineError> {
    open(options, Some((instance, window)), wake)
}

fn open(
    options: Options,
    desktop: Option<(Instance, Option<NativeWindow>)>,
    wake: Wake,
) -> Result<Handle, EngineError> {
    let (commands, incoming) = bounded(1024);
    let (stop, stopped) = bounded(0);
    let (emitter, events) = Emitter::new(wake);
    let hub = Hub::new(options, desktop, emitter)?;
    let thread = std::thread::Builder::new()
        .name("engine".into())
        .spawn(move || hub.run(&incoming, &stopped))?;
    Ok(Handle {
        commands,
        events,
        engine: Some(Running {
            stop: Some(stop),
            thread: Some(thread),
        }),
    })
}

/// Seconds since 1970; 0 on a machine whose clock stands before that.
fn now_unix_secs() -> i64 {
    now_unix_us() / 1_000_000
}

/// Microseconds since 1970, likewise.
fn now_unix_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    })
}
