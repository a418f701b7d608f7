//! The player on the session bus: MPRIS2, which media keys, desktop widgets and playerctl
//! speak (<https://specifications.freedesktop.org/mpris-spec/2.2/>).

use super::art::Art;
use super::facts::{Facts, TrackFacts, jumped, micros};
use super::now::{Now, Shared, stop};
use super::{Ask, Opening, Request, notification, uri};
use crate::library::TrackId;
use crate::playback::{PlayerCommand, PlayerState, Repeat, Status};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zbus::blocking::{Connection, connection};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedValue, Value};

const NAME: &str = "org.mpris.MediaPlayer2.maeum";
const PATH: &str = "/org/mpris/MediaPlayer2";
const PLAYER: &str = "org.mpris.MediaPlayer2.Player";
const NO_TRACK: &str = "/org/mpris/MediaPlayer2/TrackList/NoTrack";

/// A desktop that hangs must not hold the player up: its end waits for ours.
const PATIENCE: Duration = Duration::from_secs(3);

/// What `.desktop` says too.
const MIME_TYPES: [&str; 15] = [
    "audio/mpeg",
    "audio/mp4",
    "audio/x-m4a",
    "audio/aac",
    "audio/flac",
    "audio/x-flac",
    "audio/ogg",
    "audio/x-vorbis+ogg",
    "audio/x-opus+ogg",
    "audio/opus",
    "audio/wav",
    "audio/x-wav",
    "audio/aiff",
    "audio/x-aiff",
    "audio/x-mpegurl",
];

/// The player's end of the session bus.
pub struct Bus {
    connection: Connection,
    shared: Shared,
    art: Art,
    notify: bool,
    /// What was said last, to say the next in its place.
    said: u32,
    said_track: Option<PathBuf>,
}

impl Bus {
    /// Takes the player's name on the bus; a second player takes one of its own.
    pub fn open(ask: Ask, art_folder: PathBuf) -> zbus::Result<Self> {
        let shared = Shared::default();
        let player = Player {
            shared: shared.clone(),
            ask: Arc::clone(&ask),
        };
        let connection = connection::Builder::session()?
            .serve_at(PATH, Root { ask })?
            .serve_at(PATH, player)?
            .method_timeout(PATIENCE)
            .build()?;
        if connection.request_name(NAME).is_err() {
            let own = format!("{NAME}.instance{}", std::process::id());
            connection.request_name(own)?;
        }
        Ok(Self {
            connection,
            shared,
            art: Art::new(art_folder),
            notify: false,
            said: 0,
            said_track: None,
        })
    }

    /// Shows what the player does, and tells whoever listens what has changed.
    pub fn show(&mut self, state: &Arc<PlayerState>) -> zbus::Result<()> {
        let art = state.current().and_then(|track| self.art.of(track));
        let facts = Facts::of(state, art.as_deref().map(uri::of_path));
        let (changes, jump) = {
            let mut now = self.shared.lock();
            let jump = jumped(&now.state, state, now.at.elapsed());
            let changes = changes(&now.facts, &facts);
            *now = Now::of(state, facts.clone());
            (changes, jump)
        };
        if !changes.is_empty() {
            let nothing: [&str; 0] = [];
            self.connection.emit_signal(
                None::<&str>,
                PATH,
                "org.freedesktop.DBus.Properties",
                "PropertiesChanged",
                &(PLAYER, changes, &nothing[..]),
            )?;
        }
        if jump {
            let position_us = micros(state.position_secs);
            let signal = (None::<&str>, PATH, PLAYER, "Seeked");
            self.connection
                .emit_signal(signal.0, signal.1, signal.2, signal.3, &(position_us,))?;
        }
        self.say(&facts);
        Ok(())
    }

    /// Whether to say so when the track changes.
    pub fn set_notify(&mut self, notify: bool) {
        self.notify = notify;
    }

    /// Gives the name back.
    pub fn close(self) {
        if let Err(error) = self.connection.close() {
            tracing::debug!("the session bus was not left in order: {error}");
        }
    }

    /// Says what plays now, once for each track.
    fn say(&mut self, facts: &Facts) {
        let playing = facts.track.as_ref();
        let playing = playing.filter(|_| facts.status == Status::Playing);
        let Some(playing) = playing else {
            return;
        };
        // Another library's tracks may have the same ids.
        let path = &playing.track.path;
        let said = self.said_track.replace(path.clone());
        if said.as_ref() == Some(path) || !self.notify {
            return;
        }
        match notification::say(&self.connection, playing, self.said) {
            Ok(number) => self.said = number,
            // A desktop without notifications is no reason to stop.
            Err(error) => tracing::debug!("cannot notify: {error}"),
        }
    }
}

/// The properties that differ, by their names on the bus.
fn changes(before: &Facts, now: &Facts) -> HashMap<&'static str, Value<'static>> {
    let mut changed = HashMap::new();
    let mut compare = |name, same: bool, value: &dyn Fn() -> Value<'static>| {
        if !same {
            changed.insert(name, value());
        }
    };
    compare("PlaybackStatus", before.status == now.status, &|| {
        status(now.status).into()
    });
    compare("LoopStatus", before.repeat == now.repeat, &|| {
        loop_status(now.repeat).into()
    });
    compare("Shuffle", before.shuffled == now.shuffled, &|| {
        now.shuffled.into()
    });
    compare("Volume", before.volume == now.volume, &|| {
        f64::from(now.volume).into()
    });
    compare("Metadata", before.track == now.track, &|| {
        metadata(now.track.as_ref()).into()
    });
    for (name, before, now) in [
        ("CanGoNext", before.can_go_next, now.can_go_next),
        ("CanGoPrevious", before.can_go_previous, now.can_go_previous),
        ("CanPlay", before.can_play, now.can_play),
        ("CanPause", before.can_pause, now.can_pause),
        ("CanSeek", before.can_seek, now.can_seek),
    ] {
        compare(name, before == now, &|| now.into());
    }
    changed
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Playing => "Playing",
        Status::Paused => "Paused",
        Status::Stopped => "Stopped",
    }
}

fn loop_status(repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::Off => "None",
        Repeat::All => "Playlist",
        Repeat::One => "Track",
    }
}

/// A track's facts under the names of MPRIS and xesam; what is not known is left out.
fn metadata(playing: Option<&TrackFacts>) -> HashMap<&'static str, Value<'static>> {
    let mut facts = HashMap::new();
    let Some(TrackFacts {
        track,
        length_us,
        art,
    }) = playing
    else {
        let none = ObjectPath::from_static_str_unchecked(NO_TRACK);
        facts.insert("mpris:trackid", Value::from(none));
        return facts;
    };
    let path = ObjectPath::from_string_unchecked(object_path(track.id));
    facts.insert("mpris:trackid", Value::from(path));
    if *length_us > 0 {
        facts.insert("mpris:length", Value::from(*length_us));
    }
    if let Some(art) = art {
        facts.insert("mpris:artUrl", Value::from(art.clone()));
    }
    facts.insert("xesam:url", Value::from(uri::of_path(&track.path)));
    facts.insert("xesam:title", Value::from(track.title().to_owned()));
    let tags = &track.tags;
    if !tags.album.is_empty() {
        facts.insert("xesam:album", Value::from(tags.album.clone()));
    }
    for (name, value) in [
        ("xesam:artist", track.artist()),
        ("xesam:albumArtist", track.album_artist()),
        ("xesam:genre", &tags.genre),
    ] {
        if !value.is_empty() {
            facts.insert(name, Value::from(vec![value.to_owned()]));
        }
    }
    for (name, number) in [
        ("xesam:trackNumber", tags.track_number),
        ("xesam:discNumber", tags.disc_number),
    ] {
        if let Some(number) = number.and_then(|number| i32::try_from(number).ok()) {
            facts.insert(name, Value::from(number));
        }
    }
    if let Some(year) = tags.year {
        let date = format!("{year:04}-01-01T00:00:00Z");
        facts.insert("xesam:contentCreated", Value::from(date));
    }
    facts
}

/// A track's name on the bus. Files played from outside the library have ids below zero.
fn object_path(id: TrackId) -> String {
    if id.0 < 0 {
        format!("/maeum/file/{}", id.0.unsigned_abs())
    } else {
        format!("/maeum/track/{}", id.0)
    }
}

/// The program itself.
struct Root {
    ask: Ask,
}

// The bus calls methods on values, used or not, and may not hand over borrowed texts.
#[expect(clippy::unused_self, reason = "what the bus asks for is a method")]
#[zbus::interface(name = "org.mpris.MediaPlayer2")]
impl Root {
    fn raise(&self) {
        (self.ask)(Request::Raise);
    }

    fn quit(&self) {
        (self.ask)(Request::Quit);
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_quit(&self) -> bool {
        true
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_raise(&self) -> bool {
        true
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn has_track_list(&self) -> bool {
        false
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn identity(&self) -> &'static str {
        "Maeum"
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn desktop_entry(&self) -> &'static str {
        "maeum"
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn supported_uri_schemes(&self) -> Vec<&'static str> {
        vec!["file"]
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn supported_mime_types(&self) -> Vec<&'static str> {
        MIME_TYPES.to_vec()
    }
}

/// The player.
struct Player {
    shared: Shared,
    ask: Ask,
}

impl Player {
    fn tell(&self, command: PlayerCommand) {
        (self.ask)(Request::Player(command));
    }

    fn tell_all(&self, commands: impl IntoIterator<Item = PlayerCommand>) {
        for command in commands {
            self.tell(command);
        }
    }

    /// Until the player has told, what was set is what is shown.
    fn set(&self, change: impl Fn(&mut Facts)) {
        change(&mut self.shared.lock().facts);
    }
}

#[expect(clippy::unused_self, reason = "what the bus asks for is a method")]
#[zbus::interface(name = "org.mpris.MediaPlayer2.Player")]
impl Player {
    fn next(&self) {
        let next = self.shared.lock().next();
        self.tell_all(next);
    }

    fn previous(&self) {
        self.tell(PlayerCommand::Previous);
    }

    fn pause(&self) {
        self.tell(PlayerCommand::Pause);
    }

    fn play_pause(&self) {
        self.tell(PlayerCommand::Toggle);
    }

    fn stop(&self) {
        self.tell_all(stop());
    }

    fn play(&self) {
        self.tell(PlayerCommand::Resume);
    }

    /// By so many microseconds; past the end means the next track.
    fn seek(&self, offset_us: i64) {
        let sought = self.shared.lock().seek_by((offset_us as f64 / 1e6) as f32);
        self.tell_all(sought);
    }

    /// Ignored when another track plays by now, or the position lies outside of it.
    #[expect(clippy::needless_pass_by_value, reason = "as the bus hands it over")]
    fn set_position(&self, track: ObjectPath<'_>, position_us: i64) {
        let sought = {
            let now = self.shared.lock();
            let current = now.facts.track.as_ref();
            current
                .filter(|current| object_path(current.track.id) == track.as_str())
                .and_then(|_| now.seek_to((position_us as f64 / 1e6) as f32))
        };
        self.tell_all(sought);
    }

    fn open_uri(&self, address: &str) -> zbus::fdo::Result<()> {
        let Some(path) = uri::to_path(address) else {
            let reason = format!("{address} is not a local file");
            return Err(zbus::fdo::Error::InvalidArgs(reason));
        };
        (self.ask)(Request::Open(Opening {
            files: vec![path],
            demo: false,
        }));
        Ok(())
    }

    #[zbus(signal)]
    async fn seeked(emitter: &SignalEmitter<'_>, position_us: i64) -> zbus::Result<()>;

    #[zbus(property)]
    fn playback_status(&self) -> &'static str {
        status(self.shared.lock().facts.status)
    }

    #[zbus(property)]
    fn loop_status(&self) -> &'static str {
        loop_status(self.shared.lock().facts.repeat)
    }

    #[zbus(property)]
    fn set_loop_status(&self, wanted: &str) -> zbus::fdo::Result<()> {
        let repeat = [Repeat::Off, Repeat::All, Repeat::One]
            .into_iter()
            .find(|repeat| loop_status(*repeat) == wanted);
        let Some(repeat) = repeat else {
            let reason = format!("{wanted} is no loop status");
            return Err(zbus::fdo::Error::InvalidArgs(reason));
        };
        self.set(|facts| facts.repeat = repeat);
        self.tell(PlayerCommand::Repeat(repeat));
        Ok(())
    }

    #[zbus(property)]
    fn shuffle(&self) -> bool {
        self.shared.lock().facts.shuffled
    }

    #[zbus(property)]
    fn set_shuffle(&self, on: bool) {
        self.set(|facts| facts.shuffled = on);
        self.tell(PlayerCommand::Shuffle(on));
    }

    #[zbus(property)]
    fn volume(&self) -> f64 {
        f64::from(self.shared.lock().facts.volume)
    }

    #[zbus(property)]
    fn set_volume(&self, volume: f64) {
        let volume = if volume.is_nan() {
            0.0
        } else {
            volume.clamp(0.0, 1.0) as f32
        };
        self.set(|facts| facts.volume = volume);
        self.tell(PlayerCommand::Volume(volume));
    }

    #[zbus(property)]
    fn metadata(&self) -> zbus::fdo::Result<HashMap<&'static str, OwnedValue>> {
        let facts = metadata(self.shared.lock().facts.track.as_ref());
        let owned = facts.into_iter().map(|(name, value)| {
            let value = OwnedValue::try_from(value).map_err(zbus::Error::from)?;
            Ok((name, value))
        });
        owned.collect()
    }

    #[zbus(property(emits_changed_signal = "false"))]
    fn position(&self) -> i64 {
        micros(self.shared.lock().position_secs())
    }

    #[zbus(property)]
    fn rate(&self) -> f64 {
        1.0
    }

    /// Music plays at its own speed; the bus wants this to be settable all the same.
    #[zbus(property)]
    fn set_rate(&self, rate: f64) {
        tracing::debug!("the desktop asks for {rate} times the speed");
    }

    #[zbus(property)]
    fn minimum_rate(&self) -> f64 {
        1.0
    }

    #[zbus(property)]
    fn maximum_rate(&self) -> f64 {
        1.0
    }

    #[zbus(property)]
    fn can_go_next(&self) -> bool {
        self.shared.lock().facts.can_go_next
    }

    #[zbus(property)]
    fn can_go_previous(&self) -> bool {
        self.shared.lock().facts.can_go_previous
    }

    #[zbus(property)]
    fn can_play(&self) -> bool {
        self.shared.lock().facts.can_play
    }

    #[zbus(property)]
    fn can_pause(&self) -> bool {
        self.shared.lock().facts.can_pause
    }

    #[zbus(property)]
    fn can_seek(&self) -> bool {
        self.shared.lock().facts.can_seek
    }

    #[zbus(property(emits_changed_signal = "const"))]
    fn can_control(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_track_has_its_own_name_on_the_bus() {
        assert_eq!(object_path(TrackId(7)), "/maeum/track/7");
        assert_eq!(object_path(TrackId(-7)), "/maeum/file/7");
    }
}
