//! The player: one thread owns the queue and the audio device, and works the same with a
//! window, without one, and without any device.
//!
//! ```text
//! PlayerCommand → player thread: Queue, TrackReader (decode, resample, mix channels)
//!                     ↓ ring of samples, two seconds ahead
//!                 audio callback: fades, volume → device
//! ```
//!
//! The callback only copies: it never decodes, allocates, locks or waits. Samples of a
//! track whose rate the device takes arrive there unchanged; only at full volume is the
//! output bit for bit what was decoded.

mod blend;
mod channels;
mod feed;
mod level;
mod output;
mod player;
mod queue;
mod reader;
mod resample;
mod session;
mod sleep;
mod state;

pub use feed::{Feed, FeedReader};
pub use output::{DeviceOutput, Output, OutputDevice, OutputError, Stream};
pub use player::{Player, PlayerHandle};
pub use queue::{Entry, Queue, QueueEdit, Undone};
pub use reader::DeviceFormat;
pub use sleep::Sleep;
pub use state::{DeviceState, PlayerCommand, PlayerEvent, PlayerState, Rearranged, Repeat, Status};
