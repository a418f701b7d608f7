//! The engine thread: takes commands and news, passes them to whom they concern, and tells
//! the caller what came of it.

mod closing;
mod desktop;
mod diary;
mod playing;
mod playlists;
mod settings;
mod upkeep;

pub(super) use playlists::Imported;

use diary::Occasions;
use settings::load_settings;

use super::covers::{self, CoverRequest};
use super::editor::{Edit, Editor};
use super::emitter::Emitter;
use super::files::sort_dropped;
use super::guests::Guests;
use super::inbox::{Inbox, News};
use super::listener::is_played;
use super::models;
use super::outputs;
use super::query::{self, Query};
use super::session::{Session, SessionError};
use super::whole::WholeNews;
use super::{Command, EngineError, Event, Notice, Options, Progress};
use crate::config::{Folders, Settings};
use crate::desktop::{Ask, Desktop, Instance, NativeWindow};
use crate::library::{Occasion, Play, Playlists, SavedQueue, TrackId};
use crate::playback::{DeviceOutput, Player, PlayerCommand, PlayerEvent, PlayerHandle};
use crate::scan::WatchNews;
use crate::store::StoreEvent;
use crossbeam_channel::{Receiver, Sender, never, select};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Progress is told at most this often.
const TICK: Duration = Duration::from_millis(100);

pub(super) struct Hub {
    options: Options,
    settings: Settings,
    saved_settings: Settings,
    emitter: Emitter,
    inbox: Inbox,
    news: Receiver<News>,
    player: PlayerHandle,
    desktop: Option<Desktop>,
    queries: Sender<Query>,
    covers: Sender<CoverRequest>,
    editor: Editor,
    threads: Vec<JoinHandle<()>>,
    session: Option<Session>,
    session_number: u64,
    /// What led to the music.
    occasions: Occasions,
    /// As last told by the store.
    playlists: Arc<Playlists>,
    told: Progress,
    /// The track that is played.
    playing: Option<TrackId>,
    /// The track whose outline was asked for last.
    outlined: Option<TrackId>,
    guests: Guests,
}

impl Hub {
    pub(super) fn new(
        options: Options,
        desktop: Option<(Instance, Option<NativeWindow>)>,
        emitter: Emitter,
    ) -> Result<Self, EngineError> {
        let (inbox, news) = Inbox::new();
        let (settings, unreadable) = load_settings(&options.folders.settings_file());
        emitter.send(Event::Settings(Arc::new(settings.clone())));
        emitter.send(Event::Models(models::shipped(&options.folders.models)));
        if let Some(error) = unreadable {
            emitter.send(Event::Notice(Notice::Failed(error.to_string())));
        }
        let for_player = inbox.clone();
        let player = Player::spawn(settings.volume, DeviceOutput::default, move |event| {
            for_player.player(event);
        })?;
        player.send(PlayerCommand::Configure(settings.playback.clone()));
        let desktop = desktop
            .map(|(instance, window)| {
                let for_desktop = inbox.clone();
                let ask: Ask = Arc::new(move |request| for_desktop.desktop(request));
                Desktop::start(instance, window, options.folders.covers_folder(), ask)
            })
            .transpose()?;
        if let Some(desktop) = &desktop {
            desktop.notify(settings.notify);
        }
        let (queries, query_thread) =
            query::spawn(emitter.clone(), options.folders.models.clone())?;
        let (covers, covers_thread) = covers::spawn(emitter.clone())?;
        let editor = Editor::start(inbox.clone())?;
        Ok(Self {
            options,
            saved_settings: settings.clone(),
            settings,
            emitter,
            inbox,
            news,
            player,
            desktop,
            queries,
            covers,
            editor,
            threads: vec![query_thread, covers_thread],
            session: None,
            session_number: 0,
            occasions: Occasions::default(),
            playlists: Arc::default(),
            told: Progress::default(),
            playing: None,
            outlined: None,
            guests: Guests::default(),
        })
    }

    /// Works until `stopped` is closed.
    pub(super) fn run(mut self, commands: &Receiver<Command>, stopped: &Receiver<()>) {
        self.open();
        let nothing = never();
        loop {
            let analyzed = self
                .session
                .as_ref()
                .map_or_else(|| nothing.clone(), |session| session.analyzed.clone());
            select! {
                recv(stopped) -> _ => break,
                recv(commands) -> command => match command {
                    Ok(command) => self.command(command),
                    Err(_) => break,
                },
                recv(self.news) -> news => if let Ok(news) = news { self.news(news) },
                recv(analyzed) -> analyzed => if let Ok(analyzed) = analyzed {
                    self.with_session(|session| {
                        session.analyzed(analyzed);
                        Ok(())
                    });
                },
                default(TICK) => {}
            }
            self.tell_progress();
            self.emitter.flush();
        }
        // What was asked for before the door closed is still done.
        while let Ok(command) = commands.try_recv() {
            self.command(command);
        }
        self.close();
    }

    /// Those of the library that the options name.
    fn folders(&self) -> Folders {
        if self.options.demo {
            self.options.folders.for_demo()
        } else {
            self.options.folders.clone()
        }
    }

    /// Opens the library that the options name.
    fn open(&mut self) {
        self.session_number += 1;
        let opened = Session::open(
            &self.folders(),
            self.settings.analysis_workers(),
            self.inbox.of_session(self.session_number),
        );
        match opened {
            Ok(session) => {
                self.query(Query::Open(session.store().clone()));
                self.session = Some(session);
            }
            Err(error) => {
                self.emitter.send(Event::Unusable(error.to_string()));
                return;
            }
        }
        self.take_up_queue();
        if self.options.scan_at_start {
            self.rescan();
        }
    }

    /// Lets the player take up the queue of the library that was just opened. Another
    /// library's tracks leave it: their ids mean other tracks here.
    fn take_up_queue(&mut self) {
        let Some(session) = &self.session else {
            return;
        };
        if !self.options.keep_queue {
            return;
        }
        let saved = session.store().saved_queue().unwrap_or_else(|error| {
            self.failed(&error);
            None
        });
        self.player.send(PlayerCommand::Restore {
            saved: Arc::new(self.guests.take_up(saved.unwrap_or_default())),
            owner: self.session_number,
        });
    }

    fn rescan(&mut self) {
        let demo = self
            .options
            .demo
            .then(|| self.options.folders.demo_music.clone());
        self.with_session(|session| match demo {
            Some(music) => session.show_only(music),
            None => session.scan(),
        });
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::AddPaths(paths) => self.add(paths),
            Command::Drop(paths) => {
                if let Err(error) = sort_dropped(paths, self.inbox.clone()) {
                    self.failed(&error);
                }
            }
            Command::RemoveFolder(path) => {
                self.with_session(|session| Ok(session.store().remove_folder(path)?));
            }
            Command::Rescan => self.rescan(),
            Command::PauseAnalysis(paused) => self.with_session(|session| {
                session.pause(paused);
                Ok(())
            }),
            Command::Feel {
                generation,
                request,
            } => self.query(Query::Feel(generation, request)),
            Command::React {
                track,
                reaction,
                mood,
            } => self.query(Query::React(track, reaction, mood)),
            Command::ForgetReactions => self.query(Query::ForgetReactions),
            Command::History { limit } => self.tell_history(limit),
            Command::Diary { limit } => self.tell_diary(limit),
            Command::ExportHistory {
                format,
                path,
                replace,
            } => self.export_history(format, path, replace),
            Command::EraseHistory { first, last } => self.erase_history(first, last),
            Command::Browse { generation, query } => self.query(Query::Browse(generation, query)),
            Command::Group { generation, query } => self.query(Query::Group(generation, query)),
            Command::LedBy(occasion) => self.occasions.expect(occasion),
            Command::Play { tracks, start } => self.play(&tracks, start),
            Command::Enqueue { tracks, next } => {
                if let Some(session) = &self.session {
                    let tracks = session.tracks(&tracks);
                    self.player.send(PlayerCommand::Enqueue { tracks, next });
                }
            }
            Command::PlayFiles(paths) => self.play_files(paths),
            Command::Player(command) => {
                if let PlayerCommand::Volume(volume) = command {
                    self.settings.volume = volume;
                }
                self.player.send(command);
            }
            Command::LoadCover { of, size } => self.load_cover(of, size),
            Command::LoadWholeTrack(track) => self.load_whole(track),
            Command::LoadLyrics(track) => self.tell_lyrics(track),
            Command::Rate { tracks, stars } => self.rate(tracks, stars),
            Command::EditTags { tracks, edit } => self.edit_tags(&tracks, edit),
            Command::UndoEdit => self.editor.ask(Edit::Undo),
            Command::ShowInFolder(file) => self.show_in_folder(file),
            Command::FindDuplicates => self.find_duplicates(),
            Command::MoveToTrash(track) => self.move_to_trash(track),
            Command::Forget(tracks) => self.forget(&tracks),
            Command::ExportM3u {
                path,
                tracks,
                replace,
            } => self.export(&path, &tracks, replace),
            Command::ListOutputs => {
                if let Err(error) = outputs::list(self.emitter.clone()) {
                    self.failed(&error);
                }
            }
            Command::ChangePlaylists(change) => self.change_playlists(change),
            Command::CreateOfPhoto {
                name,
                photo,
                otherwise,
                tracks,
            } => self.create_of_photo(name, &photo.card, otherwise, tracks),
            Command::FindSmartTracks => self.find_smart_tracks(),
            Command::ImportPlaylist(path) => self.import_playlist(path),
            Command::ExportPlaylist { path, id, replace } => {
                self.export_playlist(&path, id, replace);
            }
            Command::ChangeSettings(settings) => self.change_settings(settings),
            Command::OpenDemo(demo) => {
                self.leave_library();
                self.options.demo = demo;
                self.open();
            }
        }
    }

    fn add(&mut self, paths: Vec<PathBuf>) {
        let (there, gone): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.exists());
        for path in gone.into_iter().take(1) {
            self.emitter.send(Event::Notice(Notice::NotThere(path)));
        }
        if !there.is_empty() {
            self.with_session(|session| session.add(there));
        }
    }

    /// Plays from the track at `start`, wherever it stands once unknown ids are left out.
    fn play(&mut self, ids: &[TrackId], start: usize) {
        let Some(session) = &self.session else {
            return;
        };
        let before = ids.get(..start).unwrap_or_default();
        let start = session.tracks(before).len();
        let tracks = session.tracks(ids);
        self.occasions.begin(Occasion::default());
        self.player.send(PlayerCommand::Play { tracks, start });
    }

    fn news(&mut self, news: News) {
        match news {
            News::Store(session, event) if session == self.session_number => self.stored(event),
            News::Scan(session, news) if session == self.session_number => {
                self.with_session(|session| session.scan_news(news));
            }
            News::Lyrics(session, news) if session == self.session_number => {
                self.with_session(|session| {
                    session.lyric_news(news);
                    Ok(())
                });
            }
            News::Whole(session, WholeNews { track, whole })
                if session == self.session_number && self.outlined == Some(track) =>
            {
                let whole = Some(whole);
                self.emitter.send(Event::WholeTrack { track, whole });
            }
            News::Watch(session, news) if session == self.session_number => match news {
                WatchNews::Changed(places) => {
                    self.with_session(|session| session.places_changed(places));
                }
                WatchNews::Polled(folder) => {
                    self.emitter.send(Event::Notice(Notice::Polled(folder)));
                }
            },
            News::Imported(session, imported) if session == self.session_number => {
                self.imported(imported);
            }
            News::Files(session, opened) if session == self.session_number => {
                self.opened(opened);
            }
            // Of a library that was closed meanwhile.
            News::Store(..)
            | News::Scan(..)
            | News::Lyrics(..)
            | News::Whole(..)
            | News::Watch(..)
            | News::Imported(..)
            | News::Files(..) => {}
            News::Edited(report, touched) => self.edited(report, touched),
            News::Player(PlayerEvent::State(state)) => {
                self.played(&state);
                if let Some(desktop) = &self.desktop {
                    desktop.player(Arc::clone(&state));
                }
                self.emitter.send(Event::Player(state));
            }
            News::Desktop(request) => self.asked(request),
            News::Player(PlayerEvent::Heard {
                track,
                played_secs,
                duration_secs,
                finished,
            }) => {
                let played = finished || is_played(played_secs, duration_secs);
                if let Some(play) = self.heard(track, played_secs, played) {
                    self.query(Query::Heard {
                        play,
                        to_its_end: finished,
                    });
                }
            }
            News::Dropped(dropped) => {
                if !dropped.photos.is_empty() {
                    self.emitter.send(Event::DroppedPhotos(dropped.photos));
                }
                if !dropped.music.is_empty() {
                    self.add(dropped.music);
                }
            }
            News::Player(PlayerEvent::Keep { queue, owner }) => self.keep_queue(queue, owner),
            News::Player(PlayerEvent::Rearranged { track, how }) => self.rearranged(track, how),
            News::Player(PlayerEvent::Returned {
                track,
                played_secs,
                duration_secs,
            }) => self.query(Query::Returned(track, played_secs, duration_secs)),
        }
    }

    /// Keeps a play, or a skip, with what led to it; `None` for what is not the library's.
    fn heard(&self, track: TrackId, played_secs: f32, finished: bool) -> Option<Play> {
        let sitting = self.occasions.led_to(played_secs);
        let session = self.session.as_ref()?;
        session.heard(track, played_secs, finished, sitting)
    }

    /// A late word of a closed library's queue is not the open one's.
    fn keep_queue(&self, queue: SavedQueue, owner: u64) {
        if let Some(session) = &self.session
            && owner == self.session_number
        {
            session.store().save_queue(queue);
        }
    }

    fn stored(&mut self, event: StoreEvent) {
        match event {
            StoreEvent::Library(library) => {
                let demo = self.options.demo;
                self.player
                    .send(PlayerCommand::Library(Arc::clone(&library)));
                self.query(Query::Library {
                    library: Arc::clone(&library),
                    demo,
                });
                self.with_session(|session| session.library_changed(library));
            }
            StoreEvent::Folders(folders) => {
                if let Some(session) = &self.session {
                    session.watch(&folders);
                }
                self.emitter.send(Event::Folders(folders));
            }
            StoreEvent::Playlists(playlists) => self.take_playlists(playlists),
            StoreEvent::Problems(problems) => self.emitter.send(Event::Problems(problems)),
            StoreEvent::Failed(error) => {
                self.emitter.send(Event::Notice(Notice::Failed(error)));
            }
        }
    }

    fn query(&self, query: Query) {
        if self.queries.send(query).is_err() {
            tracing::error!("the query thread has ended");
        }
    }

    /// Does something with the opened library, if there is one; a failure is told.
    fn with_session(&mut self, work: impl FnOnce(&mut Session) -> Result<(), SessionError>) {
        if let Some(session) = &mut self.session
            && let Err(error) = work(session)
        {
            self.failed(&error);
        }
    }

    fn tell_progress(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        let progress = session.progress();
        let finished = session.finished();
        if progress != self.told {
            self.told = progress;
            self.emitter.send(Event::Progress(progress));
        }
        if let Some(report) = finished {
            // The report comes with its problems and its tracks, not a moment before them:
            // whoever asks for a playlist next means the library that was just reported.
            let (problems, library) = (session.store().problems(), session.store().library());
            if let Ok(problems) = problems {
                self.emitter.send(Event::Problems(problems.into()));
            }
            if let Ok(library) = library {
                self.stored(StoreEvent::Library(library));
            }
            self.emitter.send(Event::Finished(Arc::new(report)));
        }
    }

    fn failed(&self, error: &dyn std::error::Error) {
        self.emitter
            .send(Event::Notice(Notice::Failed(error.to_string())));
    }
}
