//! An output without a device: the test takes the sound out itself, as fast as it likes,
//! and gets every sample exactly.

use crossbeam_channel::{Receiver, Sender, unbounded};
use maeum::library::{SavedQueue, Tags, Track, TrackId};
use maeum::playback::{
    DeviceFormat, FeedReader, Output, OutputError, Player, PlayerCommand, PlayerEvent,
    PlayerHandle, PlayerState, Rearranged, Status, Stream,
};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the pretended device can do, changed by tests while the player runs.
#[derive(Clone, Default)]
pub struct Device {
    /// The only rate it takes; all rates if `None`.
    pub only_rate_hz: Option<u32>,
    /// There is none.
    pub missing: bool,
    /// This one is not connected.
    pub away: Option<String>,
    /// Channels; one by default.
    pub channels: Option<usize>,
}

struct Opened {
    name: String,
    format: DeviceFormat,
    reader: FeedReader,
    lost: Arc<OnceLock<String>>,
}

struct LoopbackOutput {
    device: Arc<Mutex<Device>>,
    opened: Sender<Opened>,
}

impl Output for LoopbackOutput {
    fn open(
        &mut self,
        wanted: Option<&str>,
        wanted_rate_hz: u32,
        gain: f32,
    ) -> Result<Stream, OutputError> {
        let device = self.device.lock().unwrap().clone();
        if wanted.is_some_and(|id| device.away.as_deref() == Some(id)) {
            return Err(OutputError::ChosenAway);
        }
        if device.missing {
            return Err(OutputError::NoDevice);
        }
        let format = DeviceFormat {
            sample_rate_hz: device.only_rate_hz.unwrap_or(wanted_rate_hz),
            channels: device.channels.unwrap_or(1),
        };
        let (feed, reader) = Stream::parts(format, gain);
        let lost = Arc::new(OnceLock::new());
        let mut stream = Stream::new(format, feed, Arc::clone(&lost), Box::new(()));
        let name = wanted.unwrap_or("speakers").to_owned();
        stream.device = Some(name.clone());
        let opened = Opened {
            name,
            format,
            reader,
            lost,
        };
        self.opened.send(opened).unwrap();
        Ok(stream)
    }

    fn takes(&self, rate_hz: u32) -> bool {
        let only = self.device.lock().unwrap().only_rate_hz;
        only.is_none_or(|rate| rate == rate_hz)
    }

    fn has(&self, device: &str) -> bool {
        self.device.lock().unwrap().away.as_deref() != Some(device)
    }

    fn patience(&self) -> Option<Duration> {
        None
    }
}

/// A track reported as heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heard {
    pub track: i64,
    pub played_secs: f32,
    pub finished: bool,
}

/// A player on a pretended device.
pub struct Loopback {
    pub player: Option<PlayerHandle>,
    pub device: Arc<Mutex<Device>>,
    pub state: Arc<PlayerState>,
    pub heard: Vec<Heard>,
    /// Tracks whose failure was told, in order, without repetitions.
    pub failures: Vec<(TrackId, String)>,
    /// What was to be saved last.
    pub kept: Option<SavedQueue>,
    /// What edits of the queue said about tracks.
    pub rearranged: Vec<(i64, Rearranged)>,
    /// Tracks that are back after they were left, and how much had been heard of them.
    pub returned: Vec<(i64, f32)>,
    events: Receiver<PlayerEvent>,
    opened: Receiver<Opened>,
    current: Option<Opened>,
}

impl Loopback {
    pub fn start(device: Device) -> Self {
        let device = Arc::new(Mutex::new(device));
        let (opened_in, opened) = unbounded();
        let (events_in, events) = unbounded();
        let output = LoopbackOutput {
            device: Arc::clone(&device),
            opened: opened_in,
        };
        let player = Player::spawn(
            1.0,
            move || output,
            move |event| {
                let _ = events_in.send(event);
            },
        );
        Self {
            player: Some(player.unwrap()),
            device,
            state: Arc::default(),
            heard: Vec::new(),
            failures: Vec::new(),
            kept: None,
            rearranged: Vec::new(),
            returned: Vec::new(),
            events,
            opened,
            current: None,
        }
    }

    pub fn send(&self, command: PlayerCommand) {
        self.player.as_ref().unwrap().send(command);
    }

    pub fn play(&mut self, tracks: &[Arc<Track>], start: usize) {
        self.send(PlayerCommand::Play {
            tracks: tracks.to_vec(),
            start,
        });
        self.wait("playing", |state| {
            state.status == Status::Playing && state.queue.len() == tracks.len()
        });
    }

    /// Waits until the state told is as wished.
    pub fn wait(&mut self, what: &str, wish: impl Fn(&PlayerState) -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !wish(&self.state) {
            assert!(Instant::now() < patience, "{what}: {:?}", self.state);
            self.next_event();
        }
    }

    /// Takes in what was told so far.
    pub fn drain(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.note(event);
        }
    }

    fn next_event(&mut self) {
        let event = self.events.recv_timeout(PATIENCE);
        self.note(event.expect("the player goes on telling"));
    }

    fn note(&mut self, event: PlayerEvent) {
        match event {
            PlayerEvent::State(state) => {
                if let Some(failed) = &state.failed
                    && self.failures.last() != Some(failed)
                {
                    self.failures.push(failed.clone());
                }
                self.state = state;
            }
            PlayerEvent::Heard {
                track,
                played_secs,
                finished,
                ..
            } => self.heard.push(Heard {
                track: track.0,
                played_secs,
                finished,
            }),
            PlayerEvent::Keep { queue, .. } => self.kept = Some(queue),
            PlayerEvent::Rearranged { track, how } => self.rearranged.push((track.0, how)),
            PlayerEvent::Returned {
                track, played_secs, ..
            } => self.returned.push((track.0, played_secs)),
        }
    }

    /// What the device was last opened with.
    pub fn format(&self) -> DeviceFormat {
        self.current.as_ref().unwrap().format
    }

    /// Which device plays.
    pub fn device_name(&self) -> &str {
        self.current.as_ref().map_or("none", |opened| &opened.name)
    }

    /// Takes the device away.
    pub fn unplug(&mut self) {
        self.device.lock().unwrap().missing = true;
        let current = self.current.take().unwrap();
        let _ = current.lost.set("The sound device went away".to_owned());
    }

    /// Takes this device away; others stay.
    pub fn pull_out(&mut self, device: &str) {
        self.device.lock().unwrap().away = Some(device.to_owned());
        let current = self.current.take().unwrap();
        let _ = current.lost.set("The sound device went away".to_owned());
    }

    /// Brings the device back that was taken away.
    pub fn plug_in(&mut self) {
        self.device.lock().unwrap().away = None;
    }

    /// Listens to so many samples, however long the player takes to provide them; less only
    /// if it has stopped. Waiting is not heard as silence.
    pub fn listen(&mut self, frames: usize) -> Vec<f32> {
        let mut heard = Vec::new();
        let patience = Instant::now() + PATIENCE;
        while heard.len() < frames {
            assert!(Instant::now() < patience, "no sound: {:?}", self.state);
            self.drain();
            if let Ok(opened) = self.opened.try_recv() {
                self.current = Some(opened);
            }
            let waiting = self
                .current
                .as_ref()
                .map_or(0, |opened| opened.reader.waiting());
            if waiting == 0 {
                if self.state.status == Status::Stopped && !self.state.queue.is_empty() {
                    break;
                }
                // Lets pauses and skips take effect. A frame that has just come is heard.
                let frame = self.play_silence();
                if frame.iter().any(|&sample| sample != 0.0) {
                    heard.extend(frame);
                }
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            let channels = self.format().channels;
            let wanted = (frames - heard.len()).div_ceil(channels);
            let mut block = vec![0.0; waiting.min(512).min(wanted) * channels];
            if let Some(opened) = &mut self.current {
                opened.reader.fill(&mut block);
            }
            heard.extend(block);
        }
        heard
    }

    /// Takes in what was told and opened so far.
    pub fn notice_device(&mut self) {
        self.drain();
        while let Ok(opened) = self.opened.try_recv() {
            self.current = Some(opened);
        }
    }

    /// Takes out all that waits to be heard; how many frames, and at which rate.
    pub fn swallow(&mut self) -> (usize, u32) {
        self.notice_device();
        let Some(opened) = &mut self.current else {
            return (0, 1);
        };
        let channels = opened.format.channels;
        let frames = opened.reader.waiting();
        let mut block = vec![0.0; frames.max(1) * channels];
        opened.reader.fill(&mut block);
        (frames, opened.format.sample_rate_hz)
    }

    /// Lets the device run for one frame while there is nothing to play.
    pub fn play_silence(&mut self) -> Vec<f32> {
        let mut frame = Vec::new();
        if let Some(opened) = &mut self.current {
            frame.resize(opened.format.channels, 0.0);
            opened.reader.fill(&mut frame);
        }
        frame
    }
}

/// A track for a file.
pub fn track(id: i64, path: &Path) -> Arc<Track> {
    Arc::new(Track {
        id: TrackId(id),
        path: path.to_owned(),
        ..Track::default()
    })
}

/// A track for a file, with a length and tags as the library tells them.
pub fn track_of(id: i64, path: &Path, duration_secs: f32, tags: Tags) -> Arc<Track> {
    Arc::new(Track {
        id: TrackId(id),
        path: path.to_owned(),
        tags,
        duration_secs,
        ..Track::default()
    })
}
