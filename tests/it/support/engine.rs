//! The engine's door, from outside.

use crossbeam_channel::RecvTimeoutError;
use maeum::engine::{Event, Handle};
use std::time::{Duration, Instant};

/// Longest that anything may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits for an event that is as wished.
pub fn wait<T>(handle: &Handle, what: &str, mut wish: impl FnMut(Event) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        match handle.events.recv_deadline(end) {
            Ok(event) => {
                if let Some(found) = wish(event) {
                    return found;
                }
            }
            Err(RecvTimeoutError::Timeout) => panic!("never came: {what}"),
            Err(RecvTimeoutError::Disconnected) => panic!("the engine ended before {what}"),
        }
    }
}
