//! What the player thread does between two commands: decode ahead, follow what the device
//! has played, move on to the next track, and live with devices that come and go.

mod ahead;
mod commands;
mod device;
mod keep;

use super::output::{Output, Stream};
use super::queue::{Entry, Queue};
use super::sleep::{Sleep, SleepTimer};
use super::state::{DeviceState, PlayerEvent, PlayerState, Status};
use crate::config::Playback;
use crate::library::{Library, Track, TrackId};
use ahead::Ahead;
use device::Watch;
use keep::Keeper;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the ring is filled and the position followed while playing.
const TICK: Duration = Duration::from_millis(50);

/// How often the position is told while playing.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// A track's share of the ring.
struct Section {
    entry: Entry,
    /// First frame in the ring's count.
    start: u64,
    /// Position in the track of that frame.
    position_secs: f64,
    duration_secs: f64,
    /// What it is amplified by.
    gain: f32,
    /// The end of the track before that fades into it.
    tail: Rc<[f32]>,
    /// Its file could not be read to the end.
    broke_off: bool,
}

/// The player's whole state. Lives on the player thread.
pub(super) struct Session {
    queue: Queue,
    /// The queue as told to others; rebuilt when it changes.
    shown_queue: Arc<[Arc<Track>]>,
    output: Box<dyn Output>,
    stream: Option<Stream>,
    device: DeviceState,
    /// When a missing device is tried again, and the wait after that.
    retry: Option<(Instant, Duration)>,
    status: Status,
    volume: f32,
    sleep: Option<SleepTimer>,
    /// The current track still has to be started, at this position.
    pending: Option<f64>,
    /// What the ring holds: the current track, and perhaps the start of the next.
    sections: VecDeque<Section>,
    /// What is decoded and not in the ring yet.
    ahead: Ahead,
    settings: Playback,
    /// All tracks, for what is known of albums.
    library: Arc<Library>,
    watch: Watch,
    /// How long the current track has sounded.
    heard_secs: f64,
    /// Frames the device had played when last looked.
    seen: u64,
    failures: usize,
    /// The place where files began to be gone, and the position in it, seconds; `None` once
    /// one plays.
    gone: Option<(u64, f64)>,
    failed: Option<(TrackId, String)>,
    idle_since: Instant,
    changed: bool,
    told: Instant,
    keeper: Keeper,
    on_event: Box<dyn FnMut(PlayerEvent)>,
}

impl Session {
    pub fn new(
        output: Box<dyn Output>,
        volume: f32,
        on_event: Box<dyn FnMut(PlayerEvent)>,
    ) -> Self {
        let now = Instant::now();
        Self {
            queue: Queue::new(fastrand::u64(..)),
            shown_queue: Arc::new([]),
            output,
            stream: None,
            device: DeviceState::Unopened,
            retry: None,
            status: Status::Stopped,
            volume: volume.clamp(0.0, 1.0),
            sleep: None,
            pending: None,
            sections: VecDeque::new(),
            ahead: Ahead::default(),
            settings: Playback::default(),
            library: Arc::default(),
            watch: Watch::default(),
            heard_secs: 0.0,
            seen: 0,
            failures: 0,
            gone: None,
            failed: None,
            idle_since: now,
            changed: true,
            told: now,
            keeper: Keeper::default(),
            on_event,
        }
    }

    /// How long the thread may wait for the next command.
    pub fn next_wake(&self) -> Option<Duration> {
        let now = Instant::now();
        let work = match (self.status, &self.stream) {
            (Status::Playing, Some(_)) => Some(TICK),
            (Status::Playing, None) => self.retry.map(|(at, _)| at.saturating_duration_since(now)),
            (_, Some(_)) => Some(TELL_EVERY),
            (_, None) => None,
        };
        let asleep = self.sleep.and_then(|timer| match timer.left(now) {
            Sleep::In(left) => Some(left),
            Sleep::EndOfTrack | Sleep::EndOfQueue => None,
        });
        work.into_iter().chain(asleep).min()
    }

    /// Everything that has to happen again and again.
    pub fn tick(&mut self) {
        self.follow();
        self.watch_device();
        self.fall_asleep();
        self.start_pending();
        self.fill();
        self.give_back_idle_device();
        if self.changed || (self.status == Status::Playing && self.told.elapsed() >= TELL_EVERY) {
            self.tell();
        }
    }

    /// The end: what was playing counts as heard, and fades out.
    pub fn close(&mut self) {
        self.follow();
        self.keep();
        self.leave();
        self.fade_out();
    }

    fn tell_heard(&mut self, entry: &Entry, finished: bool) {
        let duration_secs = self.duration_of(entry) as f32;
        (self.on_event)(PlayerEvent::Heard {
            track: entry.track.id,
            played_secs: self.heard_secs as f32,
            duration_secs,
            finished,
        });
    }

    fn position_secs(&self) -> f64 {
        let section = self.sections.front();
        match (self.pending, section, &self.stream) {
            (Some(position_secs), _, _) => position_secs,
            (None, Some(section), Some(stream)) => {
                let frames = self.seen.saturating_sub(section.start);
                let played = frames as f64 / f64::from(stream.format.sample_rate_hz);
                section.position_secs + played
            }
            _ => 0.0,
        }
    }

    fn duration_secs(&self) -> f64 {
        let entry = self.queue.current();
        entry.map_or(0.0, |entry| self.duration_of(entry))
    }

    fn duration_of(&self, entry: &Entry) -> f64 {
        match self.sections.front() {
            Some(section) if section.entry.id == entry.id => section.duration_secs,
            _ => f64::from(entry.track.duration_secs),
        }
    }

    /// Follows what the device has played, and moves on where a track has ended.
    fn follow(&mut self) {
        let Some(stream) = &self.stream else {
            return;
        };
        let read = stream.feed.read();
        let rate = f64::from(stream.format.sample_rate_hz);
        let written = stream.feed.written();
        if self.pending.is_some() && self.status != Status::Playing {
            self.seen = read;
            return;
        }
        while let Some(front) = self.sections.front() {
            let next_start = self.sections.get(1).map(|section| section.start);
            let end = next_start.unwrap_or(written).min(read);
            let from = self.seen.max(front.start);
            self.heard_secs += end.saturating_sub(from) as f64 / rate;
            self.seen = self.seen.max(end);
            let drained = self.ahead.is_drained();
            let ended = match next_start {
                Some(start) => read >= start,
                None => drained && read >= written,
            };
            if !ended || self.pending.is_some() {
                break;
            }
            self.track_ended();
        }
        self.seen = read;
    }

    /// The current track has played to its end.
    fn track_ended(&mut self) {
        self.changed = true;
        let broke_off = self.sections.front().is_some_and(|ended| ended.broke_off);
        if let Some(entry) = self.queue.current().cloned() {
            self.tell_heard(&entry, !broke_off);
        }
        self.heard_secs = 0.0;
        self.sections.pop_front();
        let asleep = self.asleep_after_track();
        let Some(following) = self.queue.following().filter(|_| asleep != Some(true)) else {
            if broke_off {
                self.stop_or_wait();
            } else {
                self.stop();
            }
            return;
        };
        self.queue.jump_to(following);
        if asleep.is_some() {
            self.hold_at_start();
            return;
        }
        let joined = self.sections.front().map(|section| section.entry.id);
        if joined != self.queue.current().map(|entry| entry.id) {
            self.begin();
        }
    }

    fn tell(&mut self) {
        self.changed = false;
        self.told = Instant::now();
        let duration_secs = self.duration_secs() as f32;
        let position_secs = self.position_secs() as f32;
        let state = PlayerState {
            status: self.status,
            queue: Arc::clone(&self.shown_queue),
            index: self.queue.index(),
            position_secs: if duration_secs > 0.0 {
                position_secs.min(duration_secs)
            } else {
                position_secs
            },
            duration_secs,
            volume: self.volume,
            shuffled: self.queue.shuffled(),
            repeat: self.queue.repeat(),
            undoable: self.queue.undoable(),
            sleep: self.sleep.map(|timer| timer.left(self.told)),
            device: self.device.clone(),
            failed: self.failed.clone(),
        };
        (self.on_event)(PlayerEvent::State(Arc::new(state)));
        self.keep();
    }
}
