//! What the player thread does between two commands: decode ahead, follow what the device
//! has played, move on to the next track, and live with devices that come and go.

mod commands;

use super::channels::gain_of_volume;
use super::output::{Output, Stream};
use super::queue::{Entry, Queue};
use super::reader::TrackReader;
use super::state::{DeviceState, PlayerEvent, PlayerState, Status};
use crate::decode::DecodeError;
use crate::library::{Track, TrackId};
use std::collections::VecDeque;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// After so many tracks in a row that do not play, something bigger is wrong.
const MAX_FAILURES: usize = 10;

/// How often the ring is filled and the position followed while playing.
const TICK: Duration = Duration::from_millis(50);

/// How often the position is told while playing.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// A held device is given back to the system after this time.
const IDLE: Duration = Duration::from_secs(5);

/// First and longest wait before trying a missing device again.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// What the device itself may hold of what the ring gave it, and would drop when closed.
const DEVICE_BUFFER: Duration = Duration::from_millis(200);

/// Frames that the audio callback may be taking out of the ring at this moment, seconds.
const IN_FLIGHT_SECS: f64 = 0.3;

/// A track's share of the ring.
struct Section {
    entry: Entry,
    /// First frame in the ring's count.
    start: u64,
    /// Position in the track of that frame.
    position_secs: f64,
    duration_secs: f64,
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
    /// The current track still has to be started, at this position.
    pending: Option<f64>,
    /// The track being decoded: the last of `sections`.
    head: Option<TrackReader>,
    /// Frames decoded but not yet in the ring.
    backlog: Vec<f32>,
    /// What the ring holds: the current track, and perhaps the start of the next.
    sections: VecDeque<Section>,
    /// A place that must not be decoded ahead: it failed, or needs the device reopened.
    not_ahead: Option<u64>,
    /// How long the current track has sounded.
    heard_secs: f64,
    /// Frames the device had played when last looked.
    seen: u64,
    failures: usize,
    failed: Option<(TrackId, String)>,
    idle_since: Instant,
    changed: bool,
    told: Instant,
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
            pending: None,
            head: None,
            backlog: Vec::new(),
            sections: VecDeque::new(),
            not_ahead: None,
            heard_secs: 0.0,
            seen: 0,
            failures: 0,
            failed: None,
            idle_since: now,
            changed: true,
            told: now,
            on_event,
        }
    }

    /// How long the thread may wait for the next command.
    pub fn next_wake(&self) -> Option<Duration> {
        match (self.status, &self.stream) {
            (Status::Playing, Some(_)) => Some(TICK),
            (Status::Playing, None) => {
                let (at, _) = self.retry?;
                Some(at.saturating_duration_since(Instant::now()))
            }
            (_, Some(_)) => Some(TELL_EVERY),
            (_, None) => None,
        }
    }

    /// Everything that has to happen again and again.
    pub fn tick(&mut self) {
        self.follow();
        let lost = self.stream.as_ref().and_then(|stream| stream.lost.get());
        if let Some(reason) = lost.cloned() {
            self.device_lost(reason);
        }
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
        self.leave();
        self.fade_out();
    }

    fn tell_heard(&mut self, entry: &Entry, finished: bool) {
        let duration_secs = self.duration_secs() as f32;
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
        let Some(entry) = self.queue.current() else {
            return 0.0;
        };
        match self.sections.front() {
            Some(section) if section.entry.id == entry.id => section.duration_secs,
            _ => f64::from(entry.track.duration_secs),
        }
    }

    /// Starts what was asked for, if it should sound and the device is there.
    fn start_pending(&mut self) {
        while self.status == Status::Playing
            && let Some(position_secs) = self.pending
            && let Some(entry) = self.queue.current().cloned()
        {
            if self.retry.is_some_and(|(at, _)| Instant::now() < at) {
                return;
            }
            self.changed = true;
            let reader = match TrackReader::open(&entry.track.path, position_secs) {
                Ok(reader) => reader,
                Err(error) => {
                    self.track_failed(&entry, &error);
                    continue;
                }
            };
            if !self.open_device(reader.sample_rate_hz()) {
                return;
            }
            let Some(stream) = &self.stream else {
                return;
            };
            stream.feed.skip(position_secs > 0.0);
            stream.feed.set_playing(true);
            let start = stream.feed.written();
            self.forget_decoded();
            self.add_section(entry, start, position_secs, reader);
            self.pending = None;
        }
    }

    fn add_section(&mut self, entry: Entry, start: u64, position_secs: f64, reader: TrackReader) {
        let told = f64::from(entry.track.duration_secs);
        self.sections.push_back(Section {
            entry,
            start,
            position_secs,
            duration_secs: reader.duration_secs().unwrap_or(told),
        });
        self.head = Some(reader);
    }

    /// Makes sure a device is open, at this rate if it takes it.
    fn open_device(&mut self, rate_hz: u32) -> bool {
        if let Some(stream) = &self.stream {
            if stream.format.sample_rate_hz == rate_hz || !self.output.takes(rate_hz) {
                return true;
            }
            self.fade_out();
            self.stream = None;
        }
        match self.output.open(rate_hz, gain_of_volume(self.volume)) {
            Ok(stream) => {
                tracing::info!(format = ?stream.format, "opened the sound device");
                self.seen = 0;
                self.stream = Some(stream);
                self.device = DeviceState::Ready;
                self.retry = None;
                true
            }
            Err(error) => {
                self.device_missing(error.to_string());
                false
            }
        }
    }

    fn device_missing(&mut self, reason: String) {
        let wait = self.retry.map_or(RETRY.0, |(_, wait)| wait);
        self.retry = Some((Instant::now() + wait, (wait * 2).min(RETRY.1)));
        let missing = DeviceState::Missing(reason);
        if self.device != missing {
            tracing::warn!(state = ?missing, "no sound device");
            self.device = missing;
        }
        self.changed = true;
    }

    fn device_lost(&mut self, reason: String) {
        if self.queue.current().is_some() {
            self.pending = Some(self.position_secs());
        }
        self.forget_decoded();
        self.stream = None;
        self.retry = None;
        self.device_missing(reason);
    }

    fn fade_out(&self) {
        if let Some(stream) = &self.stream {
            stream.feed.set_playing(false);
            let patience = Instant::now() + Duration::from_millis(150);
            while !stream.feed.is_silent() && Instant::now() < patience {
                thread::sleep(Duration::from_millis(2));
            }
            thread::sleep(DEVICE_BUFFER);
        }
    }

    fn give_back_idle_device(&mut self) {
        if self.status != Status::Playing
            && self.stream.is_some()
            && self.idle_since.elapsed() > IDLE
        {
            if self.queue.current().is_some() {
                self.pending = Some(self.position_secs());
            }
            self.forget_decoded();
            self.stream = None;
            self.device = DeviceState::Unopened;
            self.changed = true;
        }
    }

    /// The current track does not play: says so and goes on with the next.
    fn track_failed(&mut self, entry: &Entry, error: &DecodeError) {
        tracing::warn!(%error, "a track does not play");
        self.failed = Some((entry.track.id, error.reason()));
        self.failures += 1;
        self.leave();
        self.tell();
        match self.queue.next() {
            Some(next) if self.failures < MAX_FAILURES && self.queue.jump_to(next) => self.begin(),
            _ => {
                self.failures = 0;
                self.stop();
            }
        }
    }

    /// Decodes until the ring is full or there is nothing more to decode.
    fn fill(&mut self) {
        while self.pending.is_none()
            && let Some(stream) = &self.stream
        {
            let channels = stream.format.channels;
            if !self.backlog.is_empty() {
                let written = stream.feed.write(&self.backlog);
                self.backlog.drain(..written * channels);
                if !self.backlog.is_empty() {
                    return;
                }
            }
            let Some(reader) = &mut self.head else {
                if !self.decode_ahead() {
                    return;
                }
                continue;
            };
            match reader.next_frames(stream.format) {
                Ok(Some(frames)) => {
                    let written = stream.feed.write(frames);
                    self.backlog
                        .extend_from_slice(&frames[written * channels..]);
                    self.failures = 0;
                    if self.sections.len() == 1 && self.failed.take().is_some() {
                        self.changed = true;
                    }
                }
                Ok(None) => self.head = None,
                Err(error) => self.head_failed(&error),
            }
        }
    }

    /// The track being decoded broke off.
    fn head_failed(&mut self, error: &DecodeError) {
        self.head = None;
        let (Some(stream), Some(section)) = (&self.stream, self.sections.back()) else {
            return;
        };
        if stream.feed.written() > section.start {
            tracing::warn!(%error, "a track breaks off");
            return;
        }
        let entry = section.entry.clone();
        if self.sections.len() > 1 {
            self.not_ahead = Some(entry.id);
            self.sections.pop_back();
        } else {
            self.track_failed(&entry, error);
            self.start_pending();
        }
    }

    /// Opens the track that follows, so that it joins without a gap. Whether there is one.
    fn decode_ahead(&mut self) -> bool {
        let (Some(stream), 1) = (&self.stream, self.sections.len()) else {
            return false;
        };
        let following = self.queue.following();
        let Some(entry) = following.and_then(|index| self.queue.entries().get(index)) else {
            return false;
        };
        if self.not_ahead == Some(entry.id) {
            return false;
        }
        let entry = entry.clone();
        let own_rate = stream.format.sample_rate_hz;
        match TrackReader::open(&entry.track.path, 0.0) {
            // A rate that the device takes itself is worth reopening it for, once the ring
            // has played out.
            Ok(reader)
                if reader.sample_rate_hz() == own_rate
                    || !self.output.takes(reader.sample_rate_hz()) =>
            {
                let start = stream.feed.written();
                self.add_section(entry, start, 0.0, reader);
                true
            }
            _ => {
                self.not_ahead = Some(entry.id);
                false
            }
        }
    }

    /// Takes back what was decoded ahead if it is no longer what follows.
    fn retract_wrong_next(&mut self) {
        let following = self.queue.following();
        let following = following.and_then(|index| self.queue.entries().get(index));
        let (Some(stream), Some(ahead)) = (&self.stream, self.sections.get(1)) else {
            return;
        };
        if following.is_some_and(|entry| entry.id == ahead.entry.id) {
            return;
        }
        let in_flight = (IN_FLIGHT_SECS * f64::from(stream.format.sample_rate_hz)) as u64;
        if stream.feed.retract(ahead.start, in_flight) {
            self.sections.pop_back();
            self.backlog.clear();
            self.head = None;
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
            let drained = self.head.is_none() && self.backlog.is_empty();
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
        if let Some(entry) = self.queue.current().cloned() {
            self.tell_heard(&entry, true);
        }
        self.heard_secs = 0.0;
        self.sections.pop_front();
        let Some(following) = self.queue.following() else {
            self.stop();
            return;
        };
        self.queue.jump_to(following);
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
            device: self.device.clone(),
            failed: self.failed.clone(),
        };
        (self.on_event)(PlayerEvent::State(Arc::new(state)));
    }
}
