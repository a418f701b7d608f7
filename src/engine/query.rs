//! The query thread: matches moods to the library, answers feelings and sorts rows. Only
//! the latest request of each kind is worked on; a stale one is dropped unanswered.

use super::emitter::Emitter;
use super::learner::{Learner, Lessons};
use super::listener::Listener;
use super::reader::Reader;
use super::view::{self, View};
use super::{Event, FeelAnswer, FeelRequest, Notice, Snapshot, now_unix_secs};
use crate::library::{BrowseQuery, Library, Play, TrackId, browse};
use crate::mood::Mood;
use crate::recommend::{Learned, Reaction, suggest};
use crate::store::StoreHandle;
use crossbeam_channel::{Receiver, Sender, bounded, select};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Once nothing was asked for so long, the library is laid out and the text model loaded for
/// the next question, and what was heard is learned from. A command that asks nothing is over
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
    /// A track of this length was heard or skipped.
    Heard(Play, f32),
    /// See [`super::Command::React`].
    React(TrackId, Reaction, Option<Mood>),
    /// See [`super::Command::ForgetReactions`].
    ForgetReactions,
    /// See [`super::Command::Feel`].
    Feel(u64, FeelRequest),
    /// See [`super::Command::Browse`].
    Browse(u64, BrowseQuery),
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
    /// A question that waits for what is being learned.
    patient: Option<(u64, FeelRequest)>,
}

/// Of questions asked meanwhile, the last of each kind.
#[derive(Default)]
struct Asked {
    library: Option<(Arc<Library>, bool)>,
    feel: Option<(u64, FeelRequest)>,
    rows: Option<(u64, BrowseQuery)>,
}

impl Desk {
    fn run(mut self, queries: &Receiver<Query>) {
        let mut idle = false;
        loop {
            let learned = self.learner.learned.clone();
            let wait = if idle { LONG } else { IDLE };
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
                default(wait) => {
                    idle = true;
                    self.view.index();
                    self.learn();
                    self.reader.load();
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
                // These have an order among each other and with the library.
                other => {
                    self.take_library(asked.library.take());
                    self.take(other);
                }
            }
        }
        self.take_library(asked.library);
        if let Some((generation, request)) = asked.feel {
            self.patient = None;
            if request.patient && self.learn() {
                self.patient = Some((generation, request));
            } else {
                self.feel(generation, &request);
            }
        }
        if let Some((generation, query)) = asked.rows {
            let view = &self.view;
            self.emitter.send(Event::Browsed {
                generation,
                rows: browse(&view.library, &view.moods, &query).into(),
                library: Arc::clone(&view.library),
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
            Query::Heard(play, duration_secs) => {
                let heard = self.listener.heard(play, duration_secs, known);
                self.untaught |= self.listener.plays.len() >= self.plays_taught + PLAYS_TO_LEARN;
                heard
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
            Query::Library { .. } | Query::Feel(..) | Query::Browse(..) => return,
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
        self.emitter.send(Event::Library(Snapshot {
            library: Arc::clone(&self.view.library),
            moods: Arc::clone(&self.view.moods),
            demo,
        }));
    }

    fn tell_listener(&self) {
        let model = Arc::clone(&self.listener.model);
        self.emitter.send(Event::Listener(model));
    }

    fn feel(&mut self, generation: u64, request: &FeelRequest) {
        let model = Arc::clone(&self.listener.model);
        let (reader, plays) = (&mut self.reader, &self.listener.plays);
        let target = self.view.target(request, reader, plays, &model);
        let options = view::options(request);
        let playlist = suggest(self.view.index(), &model, &target, &options);
        self.listener.suggested(&playlist.tracks, &target.mood);
        let answer = Arc::new(FeelAnswer {
            considered: self.view.library.analyzed_len(),
            tracks: playlist.tracks,
            lessons: playlist.lessons,
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
        if let Some((generation, request)) = self.patient.take() {
            self.feel(generation, &request);
        }
    }
}
