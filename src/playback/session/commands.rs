//! What each command does.

use super::super::queue::Undone;
use super::super::sleep::SleepTimer;
use super::super::state::{PlayerCommand, PlayerEvent, Rearranged, Repeat, Status};
use super::Session;
use super::ahead::Ahead;
use super::keep::Keeper;
use crate::library::{SavedQueue, Track, TrackId};
use std::sync::Arc;
use std::time::Instant;

/// How far into a track "previous" still means the one before.
const PREVIOUS_SECS: f64 = 3.0;

impl Session {
    pub fn handle(&mut self, command: PlayerCommand) {
        self.changed = true;
        self.follow();
        let playing = self.status == Status::Playing;
        if !playing {
            self.wake_up();
        }
        self.queue
            .note(self.position_secs(), self.heard_secs, playing);
        match command {
            PlayerCommand::Play { tracks, start } => {
                self.leave();
                self.queue.play(tracks, start);
                self.queue_changed();
                self.begin();
            }
            PlayerCommand::Enqueue { tracks, next } => {
                self.queue.enqueue(tracks, next);
                self.queue_changed();
            }
            PlayerCommand::Toggle if self.status == Status::Playing => self.pause(),
            PlayerCommand::Toggle | PlayerCommand::Resume => self.resume(),
            PlayerCommand::Pause => self.pause(),
            PlayerCommand::Next => {
                let next = self.queue.next();
                self.go_to(next);
            }
            PlayerCommand::Previous => match self.queue.previous() {
                Some(previous) if self.position_secs() <= PREVIOUS_SECS => {
                    self.go_to(Some(previous));
                }
                _ => self.seek(0.0),
            },
            PlayerCommand::Seek { position_secs } => self.seek(f64::from(position_secs)),
            PlayerCommand::Volume(volume) => {
                self.volume = if volume.is_nan() {
                    0.0
                } else {
                    volume.clamp(0.0, 1.0)
                };
                self.set_gain();
            }
            PlayerCommand::JumpTo(index) => {
                if index < self.queue.entries().len() {
                    self.go_to(Some(index));
                }
            }
            PlayerCommand::Remove(index) => self.remove(index),
            PlayerCommand::Move { from, to } => {
                let moved_up = self.queue.reorder(from, to);
                self.tell_rearranged(moved_up, Rearranged::Up);
                self.queue_changed();
            }
            PlayerCommand::Clear => {
                self.leave();
                self.queue.clear();
                self.queue_changed();
                self.stop();
            }
            PlayerCommand::Shuffle(on) => {
                self.queue.shuffle(on);
                self.queue_changed();
            }
            PlayerCommand::Repeat(repeat) => self.set_repeat(repeat),
            PlayerCommand::Undo => self.undo(),
            PlayerCommand::Sleep(wish) => {
                self.sleep = wish.map(|wish| SleepTimer::new(wish, Instant::now()));
                self.set_gain();
                self.retract_wrong_next();
            }
            PlayerCommand::Restore { saved, owner } => self.restore(&saved, owner),
            PlayerCommand::Leave(left) => {
                self.give_up_queue();
                // Whoever wanted to know may have gone.
                let _ = left.send(());
            }
            PlayerCommand::Configure(settings) => self.configure(settings),
            PlayerCommand::Library(library) => {
                let newer = |track: &Arc<Track>| {
                    let known = library.get(track.id)?;
                    (!Arc::ptr_eq(known, track)).then(|| Arc::clone(known))
                };
                if self.queue.refresh(newer) {
                    self.show_queue();
                }
                self.library = library;
            }
        }
    }

    fn set_repeat(&mut self, repeat: Repeat) {
        self.queue.set_repeat(repeat);
        self.retract_wrong_next();
    }

    fn remove(&mut self, index: usize) {
        let is_current = self.queue.index() == Some(index);
        if is_current {
            self.leave();
        }
        let unwanted = self.queue.remove(index);
        self.tell_rearranged(unwanted, Rearranged::Out);
        self.queue_changed();
        if is_current {
            match self.queue.current() {
                Some(_) => self.pending = Some(0.0),
                None => self.stop(),
            }
        }
    }

    fn undo(&mut self) {
        let left = self.queue.current().cloned();
        let about = self.queue.undoable_about();
        let brought_back = self.queue.undoable_leave();
        let Some(undone) = self.queue.undo() else {
            return;
        };
        self.tell_rearranged(about, Rearranged::Back);
        if let Some((entry, heard_secs)) = brought_back
            && heard_secs > 0.0
        {
            let duration_secs = self.duration_of(&entry) as f32;
            (self.on_event)(PlayerEvent::Returned {
                track: entry.track.id,
                played_secs: heard_secs as f32,
                duration_secs,
            });
        }
        self.queue_changed();
        let Undone::Returns {
            position_secs,
            playing,
        } = undone
        else {
            return;
        };
        if let Some(left) = left
            && self.heard_secs > 0.0
        {
            self.tell_heard(&left, false);
        }
        self.heard_secs = 0.0;
        if self.queue.current().is_none() {
            self.stop();
            return;
        }
        let plays = match self.status {
            Status::Playing => true,
            Status::Paused => false,
            Status::Stopped => playing,
        };
        self.status = if plays {
            Status::Playing
        } else {
            Status::Paused
        };
        self.pending = Some(position_secs);
        self.try_device_now();
    }

    fn tell_rearranged(&mut self, track: Option<TrackId>, how: Rearranged) {
        if let Some(track) = track {
            (self.on_event)(PlayerEvent::Rearranged { track, how });
        }
    }

    fn restore(&mut self, saved: &SavedQueue, owner: u64) {
        self.leave();
        self.stop();
        self.queue.restore(saved);
        self.queue_changed();
        self.keeper.belongs_to(owner);
        if self.queue.current().is_some() {
            self.status = Status::Paused;
            let position_secs = f64::from(saved.position_secs);
            self.pending = Some(if position_secs.is_finite() {
                position_secs.max(0.0)
            } else {
                0.0
            });
        }
    }

    /// Leaves everything, after its owner was told how it stands.
    fn give_up_queue(&mut self) {
        self.keep();
        self.leave();
        self.stop();
        self.queue.restore(&SavedQueue::default());
        self.keeper = Keeper::default();
        self.queue_changed();
    }

    /// The current track waits at its start.
    pub(super) fn hold_at_start(&mut self) {
        self.status = Status::Paused;
        self.idle_since = Instant::now();
        self.forget_decoded();
        self.pending = Some(0.0);
        if let Some(stream) = &self.stream {
            stream.feed.skip(true);
            stream.feed.set_playing(false);
        }
    }

    fn show_queue(&mut self) {
        let tracks = self.queue.entries().iter();
        self.shown_queue = tracks.map(|entry| Arc::clone(&entry.track)).collect();
    }

    pub(super) fn queue_changed(&mut self) {
        self.show_queue();
        self.keeper.order_changed(&self.queue);
        self.ahead.queue_changed();
        self.retract_wrong_next();
    }

    /// Leaves the current place for another, or for the end.
    fn go_to(&mut self, index: Option<usize>) {
        if self.queue.current().is_none() && index.is_none() {
            return;
        }
        self.leave();
        match index {
            Some(index) if self.queue.jump_to(index) => self.begin(),
            _ => self.stop(),
        }
    }

    /// Starts the current track from its beginning.
    pub(super) fn begin(&mut self) {
        self.changed = true;
        if self.queue.current().is_none() {
            self.stop();
            return;
        }
        self.status = Status::Playing;
        self.pending = Some(0.0);
        self.try_device_now();
    }

    pub(super) fn pause(&mut self) {
        if self.status == Status::Playing {
            self.status = Status::Paused;
            self.idle_since = Instant::now();
            if let Some(stream) = &self.stream {
                stream.feed.set_playing(false);
            }
        }
    }

    fn resume(&mut self) {
        self.set_gain();
        match self.status {
            Status::Playing => {}
            Status::Paused => {
                self.status = Status::Playing;
                self.try_device_now();
                if let Some(stream) = &self.stream
                    && self.pending.is_none()
                {
                    stream.feed.set_playing(true);
                }
            }
            Status::Stopped => {
                if self.queue.current().is_none() {
                    self.queue.jump_to(0);
                }
                self.begin();
            }
        }
    }

    fn seek(&mut self, position_secs: f64) {
        if self.queue.current().is_some() && position_secs.is_finite() {
            let end = self.duration_secs();
            let limit = if end > 0.0 { end } else { f64::MAX };
            self.pending = Some(position_secs.clamp(0.0, limit));
        }
    }

    pub(super) fn stop(&mut self) {
        self.changed = true;
        self.status = Status::Stopped;
        self.queue.finish();
        self.idle_since = Instant::now();
        self.forget_decoded();
        self.pending = None;
        if let Some(stream) = &self.stream {
            stream.feed.skip(true);
            stream.feed.set_playing(false);
        }
    }

    pub(super) fn forget_decoded(&mut self) {
        self.ahead = Ahead::default();
        self.sections.clear();
    }

    /// The current track is about to be left for another.
    pub(super) fn leave(&mut self) {
        if let Some(entry) = self.queue.current().cloned()
            && self.heard_secs > 0.0
        {
            self.tell_heard(&entry, false);
        }
        self.heard_secs = 0.0;
    }
}
