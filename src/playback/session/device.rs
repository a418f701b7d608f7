//! Living with devices that come and go.

use super::super::level;
use super::super::queue::Entry;
use super::super::reader::TrackReader;
use super::super::state::{DeviceState, Status};
use super::Session;
use crate::config::{DeviceLost, Playback};
use crate::decode::DecodeError;
use crate::library::{Track, same_album};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// After so many tracks in a row that do not play, something bigger is wrong.
const MAX_FAILURES: usize = 10;

/// A held device is given back to the system after this time.
const IDLE: Duration = Duration::from_secs(5);

/// First and longest wait before trying a missing device again.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// How often the return of the chosen device is looked for while another one plays.
const LOOK_FOR_RETURN: Duration = Duration::from_secs(5);

/// What the device itself may hold of what the ring gave it, and would drop when closed.
const DEVICE_BUFFER: Duration = Duration::from_millis(200);

/// Watches over the open device.
#[derive(Default)]
pub(super) struct Watch {
    /// Frames it had taken, and since when it has taken no more.
    still: Option<(u64, Instant)>,
    /// The device that music waits for, if not the chosen one.
    bound: Option<String>,
    /// The chosen device is away and another one plays; when to look for it next.
    away: Option<Instant>,
}

impl Session {
    /// Notices when the device has gone, hangs, or has returned.
    pub(super) fn watch_device(&mut self) {
        let Some(stream) = &self.stream else {
            return;
        };
        if let Some(reason) = stream.lost.get().cloned() {
            self.device_lost(reason);
            return;
        }
        let now = Instant::now();
        let read = stream.feed.read();
        let waits = self.status == Status::Playing && stream.feed.written() > read;
        match (self.watch.still, self.output.patience()) {
            (Some((seen, since)), Some(patience)) if waits && seen == read => {
                // After the machine slept, or with a server that hangs, no error may come.
                if now.duration_since(since) > patience {
                    self.device_lost("The sound device takes no more sound".to_owned());
                    return;
                }
            }
            _ => self.watch.still = Some((read, now)),
        }
        let chosen = self.settings.device.clone();
        if let (Some(at), Some(chosen)) = (self.watch.away, chosen)
            && at <= now
        {
            self.watch.away = Some(now + LOOK_FOR_RETURN);
            if self.output.has(&chosen) {
                tracing::info!("the chosen sound device has returned");
                self.let_go_of_device();
            }
        }
    }

    /// Starts what was asked for, if it should sound and the device is there.
    pub(super) fn start_pending(&mut self) {
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
            let gain = self.gain_of(&entry);
            self.set_gain();
            let Some(stream) = &self.stream else {
                return;
            };
            stream.feed.skip(position_secs > 0.0);
            stream.feed.set_playing(true);
            let start = stream.feed.written();
            self.forget_decoded();
            self.add_section(entry, start, position_secs, &reader, gain);
            self.ahead.begin(reader, gain);
            self.pending = None;
        }
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
        let gain = self.gain();
        let chosen = self.settings.device.clone();
        let wanted = self.watch.bound.clone().or(chosen);
        let mut opened = self.output.open(wanted.as_deref(), rate_hz, gain);
        let moves = self.settings.device_lost == DeviceLost::Move;
        if opened.is_err() && wanted.is_some() && moves {
            opened = self.output.open(None, rate_hz, gain);
            self.watch.away = opened.is_ok().then(|| Instant::now() + LOOK_FOR_RETURN);
        } else {
            self.watch.away = None;
        }
        match opened {
            Ok(stream) => {
                tracing::info!(format = ?stream.format, "opened the sound device");
                self.seen = 0;
                self.stream = Some(stream);
                self.device = DeviceState::Ready;
                self.retry = None;
                self.watch.still = None;
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
        let device = self
            .stream
            .as_ref()
            .and_then(|stream| stream.device.clone());
        // Music must not jump from headphones to loudspeakers unasked.
        let waits = self.settings.device_lost == DeviceLost::Wait;
        self.watch.bound = device.filter(|_| waits);
        self.let_go_of_device();
        self.retry = None;
        if self.status != Status::Playing {
            // Nothing waits for it: whether it is back shows when something is to sound.
            tracing::info!(reason, "the sound device went away while nothing played");
            self.device = DeviceState::Unopened;
            self.changed = true;
            return;
        }
        self.device_missing(reason);
        if !waits {
            self.retry = None;
        }
    }

    /// The listener asks for sound: any device will do, and no wait.
    pub(super) fn try_device_now(&mut self) {
        self.retry = None;
        self.watch.bound = None;
    }

    /// Closes the device; what plays goes on from here with the next one.
    pub(super) fn let_go_of_device(&mut self) {
        if self.queue.current().is_some() {
            self.pending = Some(self.position_secs());
        }
        self.forget_decoded();
        self.stream = None;
    }

    /// Fades out and waits until that was heard.
    pub(super) fn fade_out(&self) {
        if let Some(stream) = &self.stream {
            stream.feed.set_playing(false);
            let patience = Instant::now() + Duration::from_millis(150);
            while !stream.feed.is_silent() && Instant::now() < patience {
                thread::sleep(Duration::from_millis(2));
            }
            thread::sleep(DEVICE_BUFFER);
        }
    }

    pub(super) fn give_back_idle_device(&mut self) {
        if self.status != Status::Playing
            && self.stream.is_some()
            && self.idle_since.elapsed() > IDLE
        {
            self.let_go_of_device();
            self.device = DeviceState::Unopened;
            self.changed = true;
        }
    }

    /// Plays in another way from now on.
    pub(super) fn configure(&mut self, settings: Playback) {
        let other_device = settings.device != self.settings.device
            || settings.device_lost != self.settings.device_lost;
        self.settings = settings;
        if other_device {
            self.watch.bound = None;
            self.retry = None;
            self.let_go_of_device();
            self.device = DeviceState::Unopened;
        }
        let current = self.queue.current().cloned();
        if let (Some(entry), Some(section)) = (current, self.sections.front())
            && self.gain_of(&entry) != section.gain
        {
            self.pending = Some(self.position_secs());
        }
    }

    /// The factor that levels a track.
    pub(super) fn gain_of(&self, entry: &Entry) -> f32 {
        let entries = self.queue.entries();
        let place = entries.iter().position(|other| other.id == entry.id);
        let at = |place: Option<usize>| Some(&*entries.get(place?)?.track);
        let neighbours: Vec<&Track> = [
            at(place.and_then(|place| place.checked_sub(1))),
            at(place.map(|place| place + 1)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let gain_db = level::gain_db(
            &self.settings,
            &entry.track,
            &neighbours,
            self.album_of(&entry.track),
        );
        level::factor(gain_db)
    }

    /// All tracks of a track's album: the library keeps them side by side.
    fn album_of(&self, track: &Track) -> &[Arc<Track>] {
        let tracks = self.library.tracks();
        let Some(place) = self.library.position(track.id) else {
            return &[];
        };
        let belongs = |other: &&Arc<Track>| same_album(track, other);
        let before = tracks[..place].iter().rev().take_while(belongs).count();
        let after = tracks[place..].iter().take_while(belongs).count();
        &tracks[place - before..place + after]
    }

    /// The current track does not play: says so and goes on with the next. When none of those
    /// plays either, and the files are gone, it waits where they went: a drive that was pulled
    /// out may be put in again.
    pub(super) fn track_failed(&mut self, entry: &Entry, error: &DecodeError) {
        tracing::warn!(%error, "a track does not play");
        self.file_gone(entry, self.pending.unwrap_or(0.0), error);
        self.failed = Some((entry.track.id, error.reason()));
        self.failures += 1;
        self.leave();
        self.tell();
        match self.queue.next() {
            Some(next) if self.failures < MAX_FAILURES && self.queue.jump_to(next) => self.begin(),
            _ => self.stop_or_wait(),
        }
    }

    /// Nothing more plays: the end, unless files are gone.
    pub(super) fn stop_or_wait(&mut self) {
        self.failures = 0;
        self.changed = true;
        let entries = self.queue.entries();
        let back = self.gone.take().and_then(|(id, position_secs)| {
            let place = entries.iter().position(|entry| entry.id == id)?;
            Some((place, position_secs))
        });
        match back {
            Some((place, position_secs)) if self.queue.jump_to(place) => {
                self.hold_at_start();
                self.pending = Some(position_secs);
            }
            _ => self.stop(),
        }
    }

    /// Remembers where files began to be gone, if this one is.
    pub(super) fn file_gone(&mut self, entry: &Entry, position_secs: f64, error: &DecodeError) {
        if matches!(error, DecodeError::Io { .. }) && self.gone.is_none() {
            self.gone = Some((entry.id, position_secs));
        }
    }
}
