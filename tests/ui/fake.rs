//! An engine that answers from a made-up library, without files, devices or threads.

mod diary;
mod duplicates;
mod music;
mod photo;
mod playlists;
mod tags;
mod words;

pub use music::library;

use maeum::engine::{
    Command, CoverImage, CoverOf, CoverSize, Event, FeelAnswer, FeelRequest, Folder, JourneyEnd,
    Length, Notice, Problem, Progress, ShippedModel, Snapshot, Wish,
};
use maeum::library::{Groups, Heard, Library, Playlists, Track, TrackId, browse};
use maeum::mood::{Mood, MoodVector, Source};
use maeum::playback::{DeviceState, OutputError, PlayerCommand, PlayerState, Status};
use maeum::recommend::{
    Feedback, Index, ListenerModel, Options, Target, TargetReading, standing, suggest,
};
use music::noise;
use std::path::PathBuf;
use std::sync::Arc;

/// The engine's state.
pub struct Fake {
    pub library: Arc<Library>,
    pub index: Index,
    pub listener: ListenerModel,
    feedback: Vec<Feedback>,
    pub moods: Arc<[Option<MoodVector>]>,
    pub player: PlayerState,
    pub demo: bool,
    pub folders: Vec<Folder>,
    pub playlists: Playlists,
    last_playlist: i64,
    pub heard: Vec<Heard>,
    /// The libraries before each edit of tags.
    before_edits: Vec<Arc<Library>>,
}

impl Fake {
    pub fn new(tracks: usize, analyzed: usize) -> Self {
        let library = library(tracks, analyzed);
        let index = Index::of(&library);
        let moods = Arc::clone(index.moods());
        let folders = if tracks == 0 {
            Vec::new()
        } else {
            ["/home/listener/Music", "/media/listener/Old drive/음악"]
                .iter()
                .enumerate()
                .map(|(index, path)| Folder {
                    path: PathBuf::from(path),
                    reachable: index == 0,
                })
                .collect()
        };
        Self {
            library,
            index,
            listener: ListenerModel::default(),
            feedback: Vec::new(),
            moods,
            player: PlayerState {
                volume: 0.8,
                ..PlayerState::default()
            },
            demo: false,
            folders,
            playlists: Playlists::builtin(),
            last_playlist: 10,
            heard: Vec::new(),
            before_edits: Vec::new(),
        }
    }

    pub fn snapshot(&self) -> Event {
        Event::Library(Snapshot::of(
            Arc::clone(&self.library),
            Arc::clone(&self.moods),
            self.demo,
        ))
    }

    /// What the engine says first.
    pub fn opening(&self) -> Vec<Event> {
        let all = self.library.len();
        let analyzed = self.library.analyzed_len();
        let missing = self.library.tracks().iter().filter(|t| t.missing).count();
        let busy = analyzed + missing < all;
        vec![
            Event::Models(Arc::new(models())),
            Event::Folders(self.folders.clone().into()),
            self.snapshot(),
            Event::Progress(Progress {
                files_found: all,
                analyzed: if busy { analyzed } else { 0 },
                to_analyze: if busy { all } else { 0 },
                secs_left: busy.then_some(260.0),
                ..Progress::default()
            }),
            Event::Player(Arc::new(self.player.clone())),
            Event::Playlists(Arc::new(self.playlists.clone())),
        ]
    }

    pub fn problems() -> Event {
        Event::Problems(Arc::new([
            Problem {
                path: PathBuf::from("/home/listener/Music/Rips/track03.mp3"),
                reason: "the file is damaged: it ends in the middle of a frame".to_owned(),
                unsupported: false,
            },
            Problem {
                path: PathBuf::from("/home/listener/Music/Old/theme.ape"),
                reason: "Monkey's Audio is not supported yet".to_owned(),
                unsupported: true,
            },
        ]))
    }

    /// What the engine says to a command.
    pub fn answer(&mut self, command: &Command) -> Vec<Event> {
        match command {
            Command::Feel {
                generation,
                request,
            } => vec![Event::Playlist {
                generation: *generation,
                answer: Arc::new(self.feel(request)),
            }],
            Command::Browse { .. } | Command::Group { .. } => self.look_up(command),
            Command::Play { tracks, start } => {
                self.player.queue = self.tracks(tracks);
                self.player.index = Some(*start);
                self.player.status = Status::Playing;
                self.begin_track()
            }
            Command::Enqueue { tracks, .. } => {
                let added = self.tracks(tracks);
                let all = self.player.queue.iter().chain(added.iter()).cloned();
                self.player.queue = all.collect();
                self.says_player()
            }
            Command::Player(command) => self.tell_player(command),
            Command::LoadCover { of, size } => {
                let seed = match of {
                    CoverOf::Track(track) => Some(track.0 as usize),
                    // Of files, only those are there that the engine itself has kept.
                    CoverOf::File(path) => path.starts_with(playlists::PICTURES).then_some(7),
                };
                vec![Event::Cover {
                    of: of.clone(),
                    size: *size,
                    image: seed.map(|seed| Arc::new(cover(seed, *size))),
                }]
            }
            Command::ChangeSettings(settings) => {
                vec![Event::Settings(Arc::new(settings.clone()))]
            }
            Command::Rate { .. }
            | Command::EditTags { .. }
            | Command::UndoEdit
            | Command::FindDuplicates
            | Command::MoveToTrash(_) => self.answer_about_files(command),
            Command::LoadWholeTrack(track) => vec![Event::WholeTrack {
                track: *track,
                whole: Some(Arc::new(music::whole(track.0 as usize))),
            }],
            Command::LoadLyrics(track) => vec![Event::Lyrics {
                track: *track,
                lyrics: self
                    .library
                    .get(*track)
                    .and_then(|track| words::lyrics(track.lyrics)),
            }],
            Command::ExportM3u { path, .. } => vec![Event::Notice(Notice::Exported(path.clone()))],
            Command::React {
                track,
                reaction,
                mood,
            } => {
                let feedback = Feedback {
                    track: *track,
                    reaction: *reaction,
                    at_unix_secs: 0,
                    setting: None,
                };
                self.feedback.push(feedback);
                self.listener = ListenerModel::default();
                for each in standing(&self.feedback) {
                    let artist = self.library.get(each.track).map_or("", |t| t.artist());
                    let mood = mood.unwrap_or(Mood::Neutral);
                    self.listener.learn(&each, &artist.to_lowercase(), mood);
                }
                self.says_listener()
            }
            Command::ForgetReactions => {
                self.feedback.clear();
                self.listener = ListenerModel::default();
                self.says_listener()
            }
            Command::ChangePlaylists(_)
            | Command::CreateOfPhoto { .. }
            | Command::FindSmartTracks
            | Command::ImportPlaylist(_)
            | Command::ExportPlaylist { .. } => self.answer_about_playlists(command),
            Command::Diary { .. }
            | Command::EraseHistory { .. }
            | Command::ExportHistory { .. } => self.answer_about_diary(command),
            Command::LedBy(_)
            | Command::PauseAnalysis(_)
            | Command::History { .. }
            | Command::ShowInFolder(_)
            | Command::Forget(_)
            | Command::AddPaths(_)
            | Command::Drop(_)
            | Command::RemoveFolder(_)
            | Command::Rescan
            | Command::OpenDemo(_)
            | Command::ListOutputs
            | Command::PlayFiles(_) => Vec::new(),
        }
    }

    /// The Library screen's questions.
    fn look_up(&self, command: &Command) -> Vec<Event> {
        let (library, moods) = (&self.library, &self.moods);
        let groups = || Groups::of(library, moods);
        match command {
            Command::Browse { generation, query } => {
                let all = || (0..library.len() as u32).collect();
                let within = query.within.as_ref();
                let rows = within.map_or_else(all, |key| groups().rows(library, key));
                vec![Event::Browsed {
                    generation: *generation,
                    library: Arc::clone(library),
                    rows: browse(library, moods, rows, query).into(),
                }]
            }
            Command::Group { generation, query } => vec![Event::Grouped {
                generation: *generation,
                groups: groups().find(library, moods, query).into(),
            }],
            _ => Vec::new(),
        }
    }

    fn tracks(&self, ids: &[TrackId]) -> Arc<[Arc<Track>]> {
        ids.iter()
            .filter_map(|id| self.library.get(*id).cloned())
            .collect()
    }

    fn begin_track(&mut self) -> Vec<Event> {
        self.player.position_secs = 0.0;
        self.player.duration_secs = self.player.current().map_or(0.0, |t| t.duration_secs);
        self.says_player()
    }

    fn tell_player(&mut self, command: &PlayerCommand) -> Vec<Event> {
        let last = self.player.queue.len().saturating_sub(1);
        match command {
            PlayerCommand::Toggle => {
                self.player.status = match self.player.status {
                    Status::Playing => Status::Paused,
                    Status::Paused => Status::Playing,
                    Status::Stopped => Status::Stopped,
                };
            }
            PlayerCommand::Next => {
                self.player.index = self.player.index.map(|index| (index + 1).min(last));
                return self.begin_track();
            }
            PlayerCommand::Previous => {
                self.player.index = self.player.index.map(|index| index.saturating_sub(1));
                return self.begin_track();
            }
            PlayerCommand::JumpTo(index) => {
                self.player.index = Some(*index);
                return self.begin_track();
            }
            PlayerCommand::Seek { position_secs } => self.player.position_secs = *position_secs,
            PlayerCommand::Volume(volume) => self.player.volume = *volume,
            PlayerCommand::Shuffle(on) => self.player.shuffled = *on,
            PlayerCommand::Repeat(repeat) => self.player.repeat = *repeat,
            _ => {}
        }
        self.says_player()
    }

    fn says_listener(&self) -> Vec<Event> {
        vec![Event::Listener(Arc::new(self.listener.clone()))]
    }

    pub fn says_player(&self) -> Vec<Event> {
        vec![Event::Player(Arc::new(self.player.clone()))]
    }

    pub fn lose_device(&mut self) -> Vec<Event> {
        self.player.device = DeviceState::Missing(OutputError::NoDevice.to_string());
        self.says_player()
    }

    fn feel(&self, request: &FeelRequest) -> FeelAnswer {
        let target = match &request.wish {
            Wish::Text(text) => read(text),
            Wish::Mood(mood) => Target::from_mood(*mood),
            Wish::Point { valence, arousal } => Target::from_point(*valence, *arousal),
            Wish::Like(ids) => Target::from_tracks(&self.library, &self.moods, ids)
                .unwrap_or_else(|| Target::from_mood(Mood::Neutral)),
            Wish::Lately => Target::from_mood(Mood::Romantic),
            Wish::Surprise => {
                Target::surprise(&self.index, &self.listener, &request.filter, request.seed)
                    .unwrap_or_else(Target::nothing)
            }
            Wish::Journey { from, to } if photo::leads_nowhere([from, to]) => Target::nothing(),
            Wish::Journey { from, to } => {
                let ends: Option<Vec<_>> = [from, to].into_iter().map(end).collect();
                ends.and_then(|ends| Target::journey(&ends, Vec::new()))
                    .unwrap_or_else(Target::nothing)
            }
            Wish::Photos { photos, energy } => Target {
                mood: photo::mood(photos, *energy),
                ..Target::from_mood(Mood::Peaceful)
            },
            Wish::Way(points) => {
                Target::journey(points, Vec::new()).unwrap_or_else(Target::nothing)
            }
        };
        let (max_tracks, max_minutes) = match request.length {
            Length::Tracks(number) => (number, None),
            Length::Minutes(minutes) => (Options::MOST_TRACKS, Some(minutes)),
        };
        let options = Options {
            max_tracks,
            max_minutes,
            filter: request.filter.clone(),
            mode: request.mode,
            seed: request.seed,
            ..Options::default()
        };
        let playlist = suggest(&self.index, &self.listener, &target, &options);
        FeelAnswer {
            photos: photo::answer(request),
            tracks: playlist.tracks,
            lessons: playlist.lessons,
            considered: self.library.analyzed_len(),
            target,
        }
    }
}

fn models() -> [ShippedModel; 2] {
    [("self-check", "fixed weights"), ("text", "sentences")].map(|(name, data)| ShippedModel {
        name: name.to_owned(),
        version: "3".to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        data: data.to_owned(),
    })
}

/// One end of a journey on the plane.
fn end(end: &JourneyEnd) -> Option<(f32, f32)> {
    let target = match end {
        JourneyEnd::Here | JourneyEnd::Photo(_) => Target::from_mood(Mood::Sad),
        JourneyEnd::Text(text) => read(text),
        JourneyEnd::Mood(mood) => Target::from_mood(*mood),
        JourneyEnd::Point { valence, arousal } => Target::from_point(*valence, *arousal),
    };
    (target.mood.confidence > 0.0).then_some((target.mood.valence, target.mood.arousal))
}

/// Enough understanding for a test: a few words of each language.
fn read(text: &str) -> Target {
    const WORDS: [(&str, Mood); 14] = [
        ("calm", Mood::Peaceful),
        ("sea", Mood::Peaceful),
        ("고요", Mood::Peaceful),
        ("happy", Mood::Happy),
        ("dance", Mood::Happy),
        ("행복", Mood::Happy),
        ("love", Mood::Romantic),
        ("사랑", Mood::Romantic),
        ("sad", Mood::Sad),
        ("alone", Mood::Sad),
        ("슬프", Mood::Sad),
        ("혼자", Mood::Sad),
        ("nervous", Mood::Tense),
        ("angry", Mood::Angry),
    ];
    let known: Vec<_> = WORDS
        .into_iter()
        .filter(|(word, _)| text.contains(word))
        .collect();
    let mood = known
        .last()
        .map_or(MoodVector::UNKNOWN, |(_, mood)| MoodVector::of_mood(*mood));
    Target {
        mood,
        read: vec![TargetReading {
            source: Source::Words,
            why: known.iter().map(|(word, _)| (*word).to_owned()).collect(),
        }],
        ..Target::nothing()
    }
}

/// A made-up cover: a sky, a sun, hills.
fn cover(seed: usize, size: CoverSize) -> CoverImage {
    let width = match size {
        CoverSize::Thumbnail => 96,
        CoverSize::Card => 320,
        CoverSize::Backdrop => 64,
    };
    let hue = noise(seed, 11) * 6.0;
    let color = |shift: f32, light: f32| {
        let wave = |offset: f32| (((hue + shift + offset) * 1.047).sin() * 0.5 + 0.5) * light;
        [wave(0.0), wave(2.0), wave(4.0)]
    };
    let (sky, ground, sun) = (color(0.0, 0.75), color(2.2, 0.5), color(1.0, 1.0));
    let sun_at = (0.25 + 0.5 * noise(seed, 12), 0.2 + 0.3 * noise(seed, 13));
    let soft = if size == CoverSize::Backdrop {
        0.5
    } else {
        0.01
    };
    let mut rgba = Vec::with_capacity(width * width * 4);
    for row in 0..width {
        for column in 0..width {
            let (x, y) = (column as f32 / width as f32, row as f32 / width as f32);
            let hill = 0.62 + 0.12 * (x * 5.0 + hue).sin() + 0.05 * (x * 13.0).sin();
            let down = ((y - hill) / soft + 0.5).clamp(0.0, 1.0);
            let near = (x - sun_at.0).hypot(y - sun_at.1);
            let shine = ((0.16 - near) / soft.max(0.02) + 0.5).clamp(0.0, 1.0) * (1.0 - down);
            for part in 0..3 {
                let base = sky[part] * (0.55 + 0.6 * y) * (1.0 - down)
                    + ground[part] * (1.1 - 0.5 * y) * down;
                let value = base + (sun[part] * 0.5 + 0.5 - base) * shine * 0.9;
                rgba.push((value.clamp(0.0, 1.0) * 255.0) as u8);
            }
            rgba.push(255);
        }
    }
    CoverImage {
        width: width as u32,
        height: width as u32,
        rgba,
        accent: sky.map(|part| (part * 255.0) as u8),
    }
}
