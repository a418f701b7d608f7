//! What is kept of the queue while it plays, and when the music falls asleep.

use super::super::channels::gain_of_volume;
use super::super::queue::Queue;
use super::super::sleep::Sleep;
use super::super::state::PlayerEvent;
use super::Session;
use crate::library::SavedQueue;
use std::sync::Arc;
use std::time::Instant;

/// A position this far from the one kept last is kept anew, seconds.
const KEEP_EVERY_SECS: f32 = 2.0;

/// What was told to be kept.
#[derive(Default)]
pub(super) struct Keeper {
    /// Whose queue it is; nothing is kept before somebody owns it.
    owner: Option<u64>,
    ranks: Arc<[u32]>,
    told: Option<SavedQueue>,
}

impl Keeper {
    pub fn belongs_to(&mut self, owner: u64) {
        self.owner = Some(owner);
        self.told = None;
    }

    pub fn order_changed(&mut self, queue: &Queue) {
        self.ranks = queue.ranks().into();
    }
}

impl Session {
    /// Tells what is to be saved, if it differs from what was told last.
    pub(super) fn keep(&mut self) {
        let Some(owner) = self.keeper.owner else {
            return;
        };
        let queue = SavedQueue {
            tracks: Arc::clone(&self.shown_queue),
            ranks: Arc::clone(&self.keeper.ranks),
            current: self.queue.index(),
            position_secs: self.position_secs() as f32,
            shuffled: self.queue.shuffled(),
            repeat: self.queue.repeat(),
        };
        let same = self.keeper.told.as_ref().is_some_and(|told| {
            Arc::ptr_eq(&told.tracks, &queue.tracks)
                && Arc::ptr_eq(&told.ranks, &queue.ranks)
                && told.current == queue.current
                && (told.position_secs - queue.position_secs).abs() < KEEP_EVERY_SECS
                && (told.shuffled, told.repeat) == (queue.shuffled, queue.repeat)
        });
        if !same {
            self.keeper.told = Some(queue.clone());
            (self.on_event)(PlayerEvent::Keep { queue, owner });
        }
    }

    /// The gain of volume and sleep timer.
    pub(super) fn gain(&self) -> f32 {
        let falling_asleep = self.sleep.map_or(1.0, |timer| timer.gain(Instant::now()));
        gain_of_volume(self.volume) * falling_asleep
    }

    pub(super) fn set_gain(&self) {
        if let Some(stream) = &self.stream {
            stream.feed.set_gain(self.gain());
        }
    }

    /// A sleep timer that ran out while nothing played is over: the music that begins now was
    /// not meant.
    pub(super) fn wake_up(&mut self) {
        if self
            .sleep
            .is_some_and(|timer| timer.is_over(Instant::now()))
        {
            self.sleep = None;
        }
    }

    /// Follows the sleep timer.
    pub(super) fn fall_asleep(&mut self) {
        let Some(timer) = self.sleep else {
            return;
        };
        if timer.is_over(Instant::now()) {
            self.pause();
            // The gain comes back with the next start, not into the fade of this end.
            self.sleep = None;
            self.changed = true;
        } else {
            self.set_gain();
        }
    }

    /// What comes after the current track without a pause.
    pub(super) fn following(&self) -> Option<usize> {
        let following = self.queue.following()?;
        let wish = self.sleep.map(|timer| timer.left(Instant::now()));
        let stays = match wish {
            Some(Sleep::EndOfTrack) => false,
            Some(Sleep::EndOfQueue) => !self.at_last_place(),
            Some(Sleep::In(_)) | None => true,
        };
        stays.then_some(following)
    }

    /// Whether a wish to stop came true with the end of the current track; if so, whether
    /// the whole queue is over.
    pub(super) fn asleep_after_track(&mut self) -> Option<bool> {
        let over = match self.sleep?.left(Instant::now()) {
            Sleep::EndOfTrack => Some(false),
            Sleep::EndOfQueue => self.at_last_place().then_some(true),
            Sleep::In(_) => None,
        };
        if over.is_some() {
            self.sleep = None;
        }
        over
    }

    fn at_last_place(&self) -> bool {
        self.queue.index().map(|index| index + 1) == Some(self.queue.entries().len())
    }
}
