//! Which devices music can come out of. Asking the system can take a second, so it is asked
//! on a thread of its own.

use super::Event;
use super::emitter::Emitter;
use crate::playback::DeviceOutput;

/// Asks, and tells the answer as [`Event::Outputs`].
pub(super) fn list(emitter: Emitter) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("outputs".into())
        .spawn(move || emitter.send(Event::Outputs(DeviceOutput::list().into())))
        .map(drop)
}
