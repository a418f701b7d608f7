//! The query thread: matches moods to the library, answers feelings and sorts rows. Only
//! the latest request of each kind is worked on; a stale one is dropped unanswered. Photos
//! are read one at a time, and whatever else was asked is answered in between.

use super::album::Album;
use super::emitter::Emitter;
use super::learner::{Learner, Lessons};
use super::listener::Listener;
use super::local_time::LocalClock;
use super::reader::Reader;
use super::view::{self, View};
use super::{Event, FeelAnswer, FeelRequest, Notice, PhotoAnswer, Snapshot, now_unix_secs};
use crate::library::{BrowseQuery, GroupQuery, Library, Play, Playlists, TrackId};
use crate::mood::Mood;
use crate::recommend::{Learned, Reaction, suggest};
use crate::store::StoreHandle;
use crossbeam_channel::{Receiver, Sender, bounded, select};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Once nothing was asked for so long, the library is laid out and the models loaded for the
/// next question, and what was heard is learned from. A command that asks nothing is over
/// by then.
const IDLE: Duration = Duration::from_millis(400);
/// Longer than this nobody need sleep.
const LONG: Duration = Duration::from_hours(1);
/// After so many more plays it is worth learning anew.
const PLAYS_TO_LEARN: usize = 20;

/// What the query thread is asked.
pub(super) enum Query {
    /// Another library was opened; it is kept here.
    Open(StoreHandle),
    /// The library changed.
    Library {
        /// As it is now.
        library: Arc<Library>,
        /// Whether it is the demo library.
        demo: bool,
    },
    /// A track was heard or skipped.
    Heard {
        /// When, and whether it counts as played.
        play: Play,
        /// Whether it played to its end rather than being left.
        to_its_end: bool,
    },
    /// A track of this length is back that was left when so much was heard.
    Returned(TrackId, f32, f32),
    /// Plays were erased.
    PlaysErased,
    /// See [`super::Command::React`].
    React(TrackId, Reaction, Option<Mood>),
    /// See [`super::Command::ForgetReactions`].
    ForgetReactions,
    /// See [`super::Command::Feel`].
    Feel(u64, FeelRequest),
    /// See [`super::Command::Browse`].
    Browse(u64, BrowseQuery),
    /// See [`super::Command::Group`].
    Group(u64, GroupQuery),
    /// What is in the smart ones of these?
    SmartTracks(Arc<Playlists>),
    /// Tells when everything before this was done.
    Settle(Sender<()>),
}

/// Starts the query thread; it ends when the sender is dropped.
pub(super) fn spawn(
    emitter: Emitter,
    models: PathBuf,
) -> std::io::Result<(Sender<Query>, JoinHandle<()>)> {
    let (sender, queries) = bounded(64);
    let learner = Learner::start()?;
    let thread = std::thread::Builder::new()
        .name("query".into())
        .spawn(move || {
            let desk = Desk {
                reader: Reader::new(models, emitter.clone()),
                emitter,
                view: View::default(),
                listener: Listener::default(),
                learner,
                untaught: false,
                learning: false,
                plays_taught: 0,
                patient: None,
                album: None,
            };
            desk.run(&queries);
        })?;
    Ok((sender, thread))
}

/// Everything a question needs.
struct Desk {
    emitter: Emitter,
    reader: Reader,
    view: View,
    listener: Listener,
    learner: Learner,
    /// The library or what was heard of it has changed since it was last learned from.
    untaught: bool,
    /// The learner is at work.
    learning: bool,
    /// How many plays the last lessons had.
    plays_taught: usize,
    /// A question whose photos are being read.
    album: Option<Album>,
    /// A question that waits for what is being learned.
    patient: Option<(u64, FeelRequest, Option<PhotoAnswer>)>,
}

/// Of questions asked meanwhile, the last of each kind.
#[derive(Default)]
struct Asked {
    library: Option<(Arc<Library>, bool)>,
    feel: Option<(u64, FeelRequest)>,
    rows: Option<(u64, BrowseQuery)>,
    groups: Option<(u64, GroupQuery)>,
    smart: Option<Arc<Playlists>>,
}

impl Desk {
    fn run(mut self, queries: &Receiver<Query>) {
        let mut idle = false;
        loop {
            let learned = self.learner.learned.clone();
            let wait = match (&self.album, idle) {
                (Some(_), _) => Duration::ZERO,
                (None, true) => LONG,
                (None, false) => IDLE,
            };
            select! {
                recv(queries) -> first => match first {
                    Ok(first) => {
                        idle = false;
                        self.answer(first, queries);
                    }
                    Err(_) => return,
                },
                recv(learned) -> learned => if let Ok((number, learned)) = learned {
                    self.take_learned(number, learned);
                },
                default(wait) => if self.album.is_some() {
                    self.read_photo();
                } else {
                    idle = true;
                    self.view.prepare();
                    self.learn();
                    self.reader.warm_up();
                }
            }
        }
    }

    fn answer(&mut self, first: Query, queries: &Receiver<Query>) {
        let mut asked = Asked::default();
        for query in std::iter::once(first).chain(queries.try_iter()) {
            match query {
                Query::Library { library, demo } => asked.library = Some((library, demo)),
                Query::Feel(generation, request) => asked.feel = Some((generation, request)),
                Query::Browse(generation, query) => asked.rows = Some((generation, query)),
                Query::Group(generation, query) => asked.groups = Some((generation, query)),
                Query::SmartTracks(playlists) => asked.smart = Some(playlists),
                // These have an order among each other and with the library.
                other => {
                    self.take_library(asked.library.take());
                    self.take(other);
                }
            }
        }
        self.take_library(asked.library);
        if let Some((generation, request)) = asked.feel {
            (self.patient, self.album) = (None, Album::of(generation, &request));
            // Photos are read when nothing else waits.
            if self.album.is_none() {
                self.ask(generation, request, None);
            }
        }
        if let Some(playlists) = asked.smart {
            self.tell_smart_tracks(&playlists);
        }
        if let Some((generation, query)) = asked.groups {
            let groups = self.view.groups(&query).into();
            self.emitter.send(Event::Grouped { generation, groups });
        }
        if let Some((generation, query)) = asked.rows {
            self.emitter.send(Event::Browsed {
                generation,
                rows: self.view.rows(&query).into(),
                library: Arc::clone(&self.view.library),
            });
        }
    }

    fn take(&mut self, query: Query) {
        let known = (&*self.view.library, &*self.view.moods);
        let done = match query {
            Query::Open(store) => Listener::open(store).map(|listener| {
                self.listener = listener;
                self.view = View::default();
                self.learner.call_off();
                (self.learning, self.untaught) = (false, true);
            }),
            Query::Heard { play, to_its_end } => {
                let heard = self.listener.heard(play, to_its_end, known);
                self.untaught |= self.listener.plays.len() >= self.plays_taught + PLAYS_TO_LEARN;
                heard
            }
            Query::Returned(track, played_secs, duration_secs) => {
                self.listener
                    .returned(track, played_secs, duration_secs, known)
            }
            Query::PlaysErased => {
                self.untaught = true;
                self.listener.forget_erased(known)
            }
            Query::React(track, reaction, mood) => {
                self.listener
                    .react(track, reaction, mood, now_unix_secs(), known)
            }
            Query::ForgetReactions => self.listener.forget(),
            Query::Settle(done) => {
                // Whoever waits has gone if this fails.
                let _ = done.send(());
                return;
            }
            Query::Library { .. }
            | Query::Feel(..)
            | Query::Browse(..)
            | Query::Group(..)
            | Query::SmartTracks(_) => return,
        };
        if let Err(error) = done {
            let reason = error.to_string();
            self.emitter.send(Event::Notice(Notice::Failed(reason)));
        }
        self.tell_listener();
    }

    fn take_library(&mut self, library: Option<(Arc<Library>, bool)>) {
        let Some((library, demo)) = library else {
            return;
        };
        if !self.view.take(library) {
            self.untaught = true;
            if self.listener.knows_anything() {
                self.listener
                    .relearn((&self.view.library, &self.view.moods));
                self.tell_listener();
            }
        }
        self.emitter.send(Event::Library(Snapshot::of(
            Arc::clone(&self.view.library),
            Arc::clone(&self.view.moods),
            demo,
        )));
    }

    fn tell_smart_tracks(&self, playlists: &Playlists) {
        let (library, moods, now) = (&self.view.library, &self.view.moods, now_unix_secs());
        let today = LocalClock::of_system().day(now);
        let found = playlists.0.iter().filter_map(|playlist| {
            let tracks = playlist.rules()?.tracks(library, moods, now, today);
            Some((playlist.id, tracks.into()))
        });
        self.emitter
            .send(Event::SmartTracks(Arc::new(found.collect())));
    }

    fn tell_listener(&self) {
        let model = Arc::clone(&self.listener.model);
        self.emitter.send(Event::Listener(model));
    }

    /// Reads one more photo of the question; with the last one the question is answered.
    fn read_photo(&mut self) {
        let Some(mut album) = self.album.take() else {
            return;
        };
        let more = album.read_next(&mut self.reader);
        let (done, of) = album.progress();
        if of > 1 {
            self.emitter.send(Event::ReadingPhotos {
                generation: album.generation,
                done,
                of,
            });
        }
        if more {
            self.album = Some(album);
        } else {
            let (generation, request, photos) = album.finish();
            self.ask(generation, request, Some(photos));
        }
    }

    /// Answers, or waits with it for what is being learned if the question has the patience.
    fn ask(&mut self, generation: u64, request: FeelRequest, photos: Option<PhotoAnswer>) {
        if request.patient && self.learn() {
            self.patient = Some((generation, request, photos));
        } else {
            self.feel(generation, &request, photos);
        }
    }

    fn feel(&mut self, generation: u64, request: &FeelRequest, photos: Option<PhotoAnswer>) {
        let model = Arc::clone(&self.listener.model);
        let (reader, plays) = (&mut self.reader, &self.listener.plays);
        let target = self
            .view
            .target(request, reader, photos.as_ref(), plays, &model);
        let options = view::options(request);
        let playlist = suggest(self.view.index(), &model, &target, &options);
        self.listener.suggested(&playlist.tracks, &target.mood);
        let answer = Arc::new(FeelAnswer {
            considered: self.view.library.analyzed_len(),
            tracks: playlist.tracks,
            lessons: playlist.lessons,
            photos: photos.map(Arc::new),
            target,
        });
        self.emitter.send(Event::Playlist { generation, answer });
    }

    /// Learns from what was heard if something has changed; whether something is, or will
    /// soon be, newly learned.
    fn learn(&mut self) -> bool {
        if !self.untaught {
            return self.learning;
        }
        let folders = self.listener.store().map(StoreHandle::folders);
        let folders = folders.and_then(Result::ok).unwrap_or_default();
        self.learner.learn(Lessons {
            material: self.view.index().material(),
            plays: self.listener.plays.clone(),
            folders: folders.into_iter().map(|folder| folder.path).collect(),
        });
        self.plays_taught = self.listener.plays.len();
        (self.untaught, self.learning) = (false, true);
        true
    }

    fn take_learned(&mut self, number: u64, learned: Option<Arc<Learned>>) {
        if !self.learner.is_latest(number) {
            return;
        }
        self.learning = false;
        if let Some(learned) = learned {
            self.view.learn(learned);
        }
        if let Some((generation, request, photos)) = self.patient.take() {
            self.feel(generation, &request, photos);
        }
    }
}
