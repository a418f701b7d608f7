//! An engine that answers from a made-up library, without files, devices or threads.

use maeum::engine::{
    Command, CoverImage, CoverSize, Event, FeelAnswer, FeelRequest, Folder, JourneyEnd, Length,
    Notice, Problem, Progress, Snapshot, Wish,
};
use maeum::library::{Analysis, Features, Key, KeyMode, Library, Tags, Track, TrackId, browse};
use maeum::mood::{Mood, MoodVector, Source};
use maeum::playback::{DeviceState, PlayerCommand, PlayerState, Status};
use maeum::recommend::{Feedback, Index, ListenerModel, Options, Target, TargetReading, suggest};
use std::path::PathBuf;
use std::sync::Arc;

/// Title, artist, album, genre and mood of made-up tracks.
const TRACKS: [(&str, &str, &str, &str, Mood); 28] = [
    (
        "Harbour Lights at Dusk",
        "The Paper Lanterns",
        "Slow Tides",
        "Ambient",
        Mood::Peaceful,
    ),
    (
        "바다가 들리는 방",
        "윤슬",
        "여름의 끝",
        "Indie",
        Mood::Peaceful,
    ),
    (
        "Letting the Kettle Sing",
        "Ida Marlowe",
        "Kitchen Window",
        "Folk",
        Mood::Peaceful,
    ),
    ("느린 저녁", "하루", "하루의 온도", "Jazz", Mood::Peaceful),
    (
        "Parade of Umbrellas",
        "Brass & Lemonade",
        "Sunday Shoes",
        "Pop",
        Mood::Happy,
    ),
    ("햇살이 좋아서", "오월", "산책", "Pop", Mood::Happy),
    (
        "Running Downhill",
        "Golden Hour Club",
        "Bright Side",
        "Dance",
        Mood::Happy,
    ),
    (
        "Confetti Weather",
        "Juno & the Kites",
        "Confetti Weather",
        "Pop",
        Mood::Happy,
    ),
    (
        "First Light on Your Shoulder",
        "Marin Vale",
        "Letters in Spring",
        "R&B",
        Mood::Romantic,
    ),
    ("너에게 가는 길", "은하", "봄밤", "Ballad", Mood::Romantic),
    (
        "Slow Dance in Socks",
        "Velvet Arcade",
        "Afterglow",
        "Soul",
        Mood::Romantic,
    ),
    (
        "The Long Way Around to Saying I Love You Without Ever Using the Word",
        "Ode & Ember",
        "Small Hours and Smaller Rooms",
        "Folk",
        Mood::Romantic,
    ),
    (
        "Empty Platform",
        "Grey Coats",
        "Last Train North",
        "Indie",
        Mood::Sad,
    ),
    ("비 오는 밤", "윤슬", "장마", "Ballad", Mood::Sad),
    (
        "What the Snow Covered",
        "Ida Marlowe",
        "Winterlong",
        "Folk",
        Mood::Sad,
    ),
    ("혼자 남은 카페", "서늘", "새벽 세 시", "Jazz", Mood::Sad),
    (
        "Unsent",
        "Marin Vale",
        "Letters in Autumn",
        "Piano",
        Mood::Sad,
    ),
    (
        "Corridor",
        "North Signal",
        "Static Bloom",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Seconds Before",
        "Halogen",
        "Countdown",
        "Score",
        Mood::Tense,
    ),
    (
        "불 꺼진 복도",
        "검은 강",
        "그림자극",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Glass Elevator",
        "North Signal",
        "Static Bloom",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Break Every Plate",
        "Iron Orchard",
        "Rust",
        "Metal",
        Mood::Angry,
    ),
    (
        "Not Your Quiet Girl",
        "Riot Parlour",
        "Loud",
        "Punk",
        Mood::Angry,
    ),
    ("폭발 직전", "붉은 방", "소음", "Rock", Mood::Angry),
    (
        "Avalanche Engine",
        "Iron Orchard",
        "Rust",
        "Metal",
        Mood::Angry,
    ),
    (
        "Tuesday Inventory",
        "Office Plants",
        "Nine to Five",
        "Lo-fi",
        Mood::Neutral,
    ),
    ("도서관 소리", "하루", "하루의 온도", "Lo-fi", Mood::Neutral),
    (
        "Walking Pace",
        "Office Plants",
        "Nine to Five",
        "Lo-fi",
        Mood::Neutral,
    ),
];

/// A steady pseudo-random number in 0…1 for two keys.
fn noise(a: usize, b: usize) -> f32 {
    let mut x = (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (b as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 29;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 32;
    (x % 10_000) as f32 / 10_000.0
}

fn features(mood: &MoodVector, index: usize) -> Features {
    Features {
        loudness_lufs: -14.0,
        true_peak_dbtp: -1.0,
        rms_db: -18.0 + 6.0 * mood.arousal,
        rms_spread_db: 4.0,
        tempo_bpm: (96.0 + 44.0 * mood.arousal + 20.0 * noise(index, 7)).round(),
        onset_rate_hz: 2.0 + 1.5 * mood.arousal,
        key: Key {
            tonic: (index % 12) as u8,
            mode: if mood.valence > 0.0 {
                KeyMode::Major
            } else {
                KeyMode::Minor
            },
        },
        mode_strength: 0.3 * mood.valence,
        centroid_hz: 1_800.0 + 900.0 * mood.arousal,
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.02,
        contrast_db: [20.0; 7],
        flux: 1.0 + 0.5 * mood.arousal,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|coefficient| noise(index, 100 + coefficient)),
        mfcc_spread: [1.0; 20],
        chroma: std::array::from_fn(|class| noise(index, 200 + class)),
        percussive_share: 0.4,
    }
}

fn track(index: usize, analyzed: bool) -> Track {
    let (title, artist, album, genre, mood) = TRACKS[index % TRACKS.len()];
    let round = index / TRACKS.len();
    let (valence, arousal) = mood.anchor();
    let mood = MoodVector::from_point(
        valence + 0.5 * (noise(index, 1) + noise(index, 2) - 1.0),
        arousal + 0.5 * (noise(index, 3) + noise(index, 4) - 1.0),
        0.8,
    );
    let title = if round == 0 {
        title.to_owned()
    } else {
        format!("{title} {}", round + 1)
    };
    Track {
        id: TrackId(index as i64 + 1),
        path: PathBuf::from(format!(
            "/home/listener/Music/{artist}/{album}/{title}.flac"
        )),
        tags: Tags {
            title,
            artist: artist.to_owned(),
            album: album.to_owned(),
            genre: genre.to_owned(),
            ..Tags::default()
        },
        duration_secs: 150.0 + 140.0 * noise(index, 5),
        codec: "FLAC".to_owned(),
        has_cover: index % 9 != 8,
        missing: index == 17,
        added_unix_secs: 1_700_000_000,
        play_count: (noise(index, 6) * 30.0) as u32,
        last_played_unix_secs: index.is_multiple_of(3).then_some(1_750_000_000),
        analysis: analyzed.then(|| {
            Arc::new(Analysis {
                features: features(&mood, index),
                mood,
            })
        }),
        ..Track::default()
    }
}

/// A library of `tracks` tracks, the first `analyzed` of them analyzed.
pub fn library(tracks: usize, analyzed: usize) -> Arc<Library> {
    let tracks = (0..tracks).map(|index| Arc::new(track(index, index < analyzed)));
    Arc::new(Library::new(tracks.collect()))
}

/// The engine's state.
pub struct Fake {
    pub library: Arc<Library>,
    pub index: Index,
    pub listener: ListenerModel,
    pub moods: Arc<[Option<MoodVector>]>,
    pub player: PlayerState,
    pub demo: bool,
    pub folders: Vec<Folder>,
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
            moods,
            player: PlayerState {
                volume: 0.8,
                ..PlayerState::default()
            },
            demo: false,
            folders,
        }
    }

    pub fn snapshot(&self) -> Event {
        Event::Library(Snapshot {
            library: Arc::clone(&self.library),
            moods: Arc::clone(&self.moods),
            demo: self.demo,
        })
    }

    /// What the engine says first.
    pub fn opening(&self) -> Vec<Event> {
        let all = self.library.len();
        let analyzed = self.library.analyzed_len();
        let missing = self.library.tracks().iter().filter(|t| t.missing).count();
        let busy = analyzed + missing < all;
        vec![
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
        ]
    }

    pub fn problems() -> Event {
        Event::Problems(Arc::new([
            Problem {
                path: PathBuf::from("/home/listener/Music/Rips/track03.mp3"),
                reason: "the file ends in the middle of a frame".to_owned(),
                unsupported: false,
            },
            Problem {
                path: PathBuf::from("/home/listener/Music/Old/theme.ape"),
                reason: "Monkey's Audio".to_owned(),
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
            Command::Browse { generation, query } => vec![Event::Browsed {
                generation: *generation,
                library: Arc::clone(&self.library),
                rows: browse(&self.library, &self.moods, query).into(),
            }],
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
            Command::LoadCover { track, size } => vec![Event::Cover {
                track: *track,
                size: *size,
                image: Some(Arc::new(cover(track.0 as usize, *size))),
            }],
            Command::ChangeSettings(settings) => {
                vec![Event::Settings(Arc::new(settings.clone()))]
            }
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
                let artist = self.library.get(*track).map_or("", |track| track.artist());
                let mood = mood.unwrap_or(Mood::Neutral);
                self.listener.learn(&feedback, &artist.to_lowercase(), mood);
                self.says_listener()
            }
            Command::ForgetReactions => {
                self.listener = ListenerModel::default();
                self.says_listener()
            }
            Command::PauseAnalysis(_)
            | Command::History { .. }
            | Command::AddPaths(_)
            | Command::RemoveFolder(_)
            | Command::Rescan
            | Command::OpenDemo(_)
            | Command::PlayFiles(_) => Vec::new(),
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
        self.player.device = DeviceState::Missing("no output device".to_owned());
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
            Wish::Surprise => Target::surprise(&self.index, &self.listener, request.seed)
                .unwrap_or_else(Target::nothing),
            Wish::Journey { from, to } => {
                let ends = [end(from), end(to)];
                Target::journey(&ends, Vec::new()).unwrap_or_else(Target::nothing)
            }
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
            tracks: playlist.tracks,
            lessons: playlist.lessons,
            considered: self.library.analyzed_len(),
            target,
        }
    }
}

/// One end of a journey on the plane.
fn end(end: &JourneyEnd) -> (f32, f32) {
    let target = match end {
        JourneyEnd::Here => Target::from_mood(Mood::Sad),
        JourneyEnd::Text(text) => read(text),
        JourneyEnd::Mood(mood) => Target::from_mood(*mood),
        JourneyEnd::Point { valence, arousal } => Target::from_point(*valence, *arousal),
    };
    (target.mood.valence, target.mood.arousal)
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
