//! The library laid out for questions: one column a quantity, made once a snapshot, away
//! from the window.

use super::learned::Learned;
use super::names::{self, Recording};
use super::signal::Signal;
use super::style::Genres;
use super::vectors::Vectors;
use super::{Calibration, sound};
use crate::language::Language;
use crate::library::{Library, Track, fold};
use crate::mood::{Mood, MoodVector};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Facts about a row, one bit each.
pub(super) mod flag {
    /// There, analyzed, and not silent.
    pub const READY: u16 = 1;
    /// An interlude, or a mix of hours.
    pub const ODD_LENGTH: u16 = 1 << 1;
    /// Music of Christmas.
    pub const CHRISTMAS: u16 = 1 << 2;
    /// Nobody sings.
    pub const INSTRUMENTAL: u16 = 1 << 3;
    /// Never or hardly ever played.
    pub const RARELY_PLAYED: u16 = 1 << 4;
    /// Its words are Korean.
    pub const KOREAN: u16 = 1 << 5;
    /// Its words are English, or at least in Latin letters.
    pub const ENGLISH: u16 = 1 << 6;
    /// A live, remastered or otherwise marked version.
    pub const VERSION: u16 = 1 << 7;
}

/// Fewer lines of lyrics than this tell little about a song.
const LEAST_LINES: u32 = 3;
/// A track played more often than this is no hidden gem.
const RARELY_PLAYS: u32 = 1;

/// The library laid out for questions.
#[derive(Debug)]
pub struct Index {
    library: Arc<Library>,
    calibration: Arc<Calibration>,
    moods: Arc<[Option<MoodVector>]>,
    pub(super) flags: Vec<u16>,
    /// A number that depends on the track alone, evenly spread.
    pub(super) salts: Vec<u32>,
    pub(super) valence: Vec<f32>,
    pub(super) arousal: Vec<f32>,
    /// Share of each mood, each row scaled to length 1.
    pub(super) shares: [Vec<f32>; Mood::COUNT],
    /// Mood distributions of lyrics.
    pub(super) lyrics: Vectors,
    pub(super) sound: Arc<Vectors>,
    pub(super) genres: Genres,
    pub(super) genre: Vec<u32>,
    /// Styles as heard, one bit each; 0 while nothing is known.
    pub(super) styles: Vec<u64>,
    /// Year of release; 0 when unknown.
    pub(super) year: Vec<i16>,
    /// Which artist; 0 for none.
    pub(super) artist: Vec<u32>,
    /// The artists' names as compared, by number.
    pub(super) artists: Vec<String>,
    /// Which album; 0 for none.
    pub(super) album: Vec<u32>,
    /// Equal for versions of one recording by name; 0 when it has no name.
    pub(super) recording: Vec<u64>,
    /// Equal only for files whose decoded audio gave exactly the same numbers.
    pub(super) audio: Vec<u64>,
    learned: Option<Arc<Learned>>,
    pub(super) listening: Vectors,
    pub(super) taste: Vectors,
}

impl Default for Index {
    /// That of an empty library.
    fn default() -> Self {
        Self::of(&Arc::default())
    }
}

impl Index {
    /// Lays out a library, matching its moods. O(n log n): about a second for a hundred
    /// thousand tracks; not for the UI thread.
    #[must_use]
    pub fn of(library: &Arc<Library>) -> Self {
        let calibration = Arc::new(Calibration::of(library));
        let moods = calibration.moods(library).into();
        Self::new(library, calibration, moods)
    }

    /// Lays out a library whose moods, aligned with [`Library::tracks`], were matched by
    /// `calibration` before.
    #[must_use]
    pub fn new(
        library: &Arc<Library>,
        calibration: Arc<Calibration>,
        moods: Arc<[Option<MoodVector>]>,
    ) -> Self {
        let rows = library.len();
        let usual_secs = middle_length(library);
        let mut index = Self {
            flags: Vec::with_capacity(rows),
            salts: Vec::with_capacity(rows),
            valence: Vec::with_capacity(rows),
            arousal: Vec::with_capacity(rows),
            shares: std::array::from_fn(|_| Vec::with_capacity(rows)),
            lyrics: Vectors::default(),
            sound: Arc::default(),
            genres: Genres::default(),
            genre: Vec::with_capacity(rows),
            styles: Vec::with_capacity(rows),
            year: Vec::with_capacity(rows),
            artist: Vec::with_capacity(rows),
            artists: vec![String::new()],
            album: Vec::with_capacity(rows),
            recording: Vec::with_capacity(rows),
            audio: Vec::with_capacity(rows),
            learned: None,
            listening: Vectors::default(),
            taste: Vectors::default(),
            moods,
            calibration,
            library: Arc::clone(library),
        };
        let mut numbers = Numbers::default();
        let sung = library
            .tracks()
            .iter()
            .any(|track| lyric_shares(track).is_some());
        if sung {
            index.lyrics = Vectors::new(rows, Mood::COUNT);
        }
        for (row, track) in library.tracks().iter().enumerate() {
            index.add(row, track, usual_secs, &mut numbers);
            if let Some(shares) = lyric_shares(track) {
                index.lyrics.set(row, &shares);
            }
        }
        index.sound = Arc::new(sound::vectors(library, &index.calibration));
        index
    }

    fn add<'a>(&mut self, row: usize, track: &'a Track, usual_secs: f32, known: &mut Numbers<'a>) {
        let mood = self.moods.get(row).copied().flatten();
        self.salts.push(hash(&track.id.0) as u32);
        let at = mood.unwrap_or(MoodVector::UNKNOWN);
        self.valence.push(at.valence);
        self.arousal.push(at.arousal);
        let length = at.moods.iter().map(|share| share * share).sum::<f32>();
        let scale = 1.0 / length.sqrt();
        for (column, share) in self.shares.iter_mut().zip(at.moods) {
            column.push(share * scale);
        }
        self.genre.push(self.genres.number(&track.tags.genre));
        self.styles.push(sound::styles(track));
        let year = track.tags.year.and_then(|year| i16::try_from(year).ok());
        self.year.push(year.filter(|year| *year > 0).unwrap_or(0));
        let artist = known.artist(track.artist(), &mut self.artists);
        self.artist.push(artist);
        self.album.push(known.album(track));
        // Names from tags only: a thousand albums have a file "01".
        let (mut recording, mut is_version) = (0, false);
        if artist != 0 && !track.tags.title.is_empty() {
            let title = Recording::of(&track.tags.title);
            recording = hash(&(artist, title.name)).max(1);
            is_version = !title.marks.is_empty();
        }
        self.recording.push(recording);
        self.audio.push(sound_id(track));
        let ready = !track.missing && mood.is_some_and(|mood| mood.confidence > 0.0);
        let mut flags = played_flags(track);
        for (holds, bit) in [
            (ready, flag::READY),
            (names::is_odd_length(track, usual_secs), flag::ODD_LENGTH),
            (names::is_christmas(track), flag::CHRISTMAS),
            (is_version, flag::VERSION),
        ] {
            flags |= if holds { bit } else { 0 };
        }
        self.flags.push(flags | language_flags(track));
    }

    /// Takes in a snapshot in which nothing but play counts differs; `false`, and nothing
    /// is changed, when more does.
    pub fn follow(&mut self, library: &Arc<Library>) -> bool {
        let (old, new) = (self.library.tracks(), library.tracks());
        let unchanged = |(old, new): (&Arc<Track>, &Arc<Track>)| {
            Arc::ptr_eq(old, new)
                || (old.id == new.id
                    && old.missing == new.missing
                    && old.duration_secs == new.duration_secs
                    && old.lyrics == new.lyrics
                    && same(old.lyric_mood.as_ref(), new.lyric_mood.as_ref())
                    && old.tags == new.tags
                    && old.path == new.path
                    && same(old.analysis.as_ref(), new.analysis.as_ref())
                    && same(old.audio.as_ref(), new.audio.as_ref()))
        };
        if old.len() != new.len() || !old.iter().zip(new).all(unchanged) {
            return false;
        }
        for (flags, track) in self.flags.iter_mut().zip(new) {
            *flags = (*flags & !flag::RARELY_PLAYED) | played_flags(track);
        }
        self.library = Arc::clone(library);
        true
    }

    /// Takes in what was learned from listening; tracks that it does not know stay unknown.
    pub fn learn(&mut self, learned: Arc<Learned>) {
        (self.listening, self.taste) = learned.placed(&self.library, &self.sound);
        self.learned = Some(learned);
    }

    /// What a training needs to know of this library, to be taken to another thread.
    #[must_use]
    pub fn material(&self) -> Material {
        Material {
            library: Arc::clone(&self.library),
            sound: Arc::clone(&self.sound),
        }
    }

    /// What was learned from listening, if anything.
    #[must_use]
    pub fn learned(&self) -> Option<&Arc<Learned>> {
        self.learned.as_ref()
    }

    /// The library laid out.
    #[must_use]
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// How it is spread.
    #[must_use]
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// The moods of all tracks as matched to the library, aligned with [`Library::tracks`].
    #[must_use]
    pub fn moods(&self) -> &Arc<[Option<MoodVector>]> {
        &self.moods
    }

    /// How many tracks can be suggested at all.
    #[must_use]
    pub fn ready_len(&self) -> usize {
        let ready = |flags: &&u16| **flags & flag::READY != 0;
        self.flags.iter().filter(ready).count()
    }

    /// Bytes that the columns take, without the library itself.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let rows = self.flags.len();
        let vectors = [&*self.sound, &self.lyrics, &self.listening, &self.taste];
        rows * (size_of::<u16>() * 2
            + size_of::<u32>() * 4
            + size_of::<f32>() * (2 + Mood::COUNT)
            + size_of::<u64>() * 3)
            + rows * size_of::<Option<MoodVector>>()
            + vectors.iter().map(|each| each.bytes()).sum::<usize>()
    }

    pub(super) fn track(&self, row: u32) -> &Arc<Track> {
        &self.library.tracks()[row as usize]
    }

    pub(super) fn mood(&self, row: u32) -> MoodVector {
        self.moods[row as usize].unwrap_or(MoodVector::UNKNOWN)
    }

    /// The vectors that a signal compares, for those that compare vectors.
    pub(super) fn vectors(&self, signal: Signal) -> Option<&Vectors> {
        let vectors = match signal {
            Signal::Lyrics => &self.lyrics,
            Signal::Sound => &self.sound,
            Signal::Listening => &self.listening,
            Signal::Taste => &self.taste,
            Signal::Mood | Signal::Plane | Signal::Style => return None,
        };
        (vectors.bytes() > 0).then_some(vectors)
    }
}

/// What a training needs to know of a library. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Material {
    pub(super) library: Arc<Library>,
    pub(super) sound: Arc<Vectors>,
}

impl Material {
    /// The library.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }
}

/// The numbers given to names so far.
#[derive(Default)]
struct Numbers<'a> {
    /// As written, so that each spelling is folded once.
    artists: HashMap<&'a str, u32>,
    folded: HashMap<String, u32>,
    albums: HashMap<(&'a str, &'a str), u32>,
}

impl<'a> Numbers<'a> {
    fn artist(&mut self, artist: &'a str, names: &mut Vec<String>) -> u32 {
        if let Some(number) = self.artists.get(artist) {
            return *number;
        }
        let name = fold(artist.trim());
        let number = if name.is_empty() {
            0
        } else {
            *self.folded.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                names.len() as u32 - 1
            })
        };
        self.artists.insert(artist, number);
        number
    }

    fn album(&mut self, track: &'a Track) -> u32 {
        if track.tags.album.is_empty() {
            return 0;
        }
        let next = self.albums.len() as u32 + 1;
        let key = (track.album_artist(), track.tags.album.as_str());
        *self.albums.entry(key).or_insert(next)
    }
}

fn middle_length(library: &Library) -> f32 {
    let mut lengths: Vec<f32> = library
        .tracks()
        .iter()
        .map(|track| track.duration_secs)
        .filter(|secs| secs.is_finite())
        .collect();
    if lengths.is_empty() {
        return 0.0;
    }
    let middle = lengths.len() / 2;
    *lengths.select_nth_unstable_by(middle, f32::total_cmp).1
}

fn played_flags(track: &Track) -> u16 {
    if track.play_count + track.skip_count <= RARELY_PLAYS {
        flag::RARELY_PLAYED
    } else {
        0
    }
}

fn language_flags(track: &Track) -> u16 {
    if names::is_instrumental(track) {
        return flag::INSTRUMENTAL;
    }
    match words_language(track) {
        Some(Language::Korean) => flag::KOREAN,
        Some(Language::English) => flag::ENGLISH,
        None => 0,
    }
}

/// The language of a track's words: of its lyrics, or for lack of them read from the
/// letters of its tags, for Korean artists and titles are written in Hangul. `None` when
/// its letters are neither.
fn words_language(track: &Track) -> Option<Language> {
    let sung = track.lyric_mood.as_deref().and_then(|mood| mood.language);
    if sung.is_some() {
        return sung;
    }
    let tags = &track.tags;
    let texts = [&tags.title, &tags.artist, &tags.album, &tags.album_artist];
    if texts.iter().any(|text| names::has_hangul(text)) {
        return Some(Language::Korean);
    }
    let named = if tags.title.is_empty() {
        track.title()
    } else {
        &tags.title
    };
    let latin = |c: char| !c.is_alphabetic() || c.is_ascii();
    (!named.is_empty() && named.chars().all(latin)).then_some(Language::English)
}

/// The mood distribution of a track's lyrics, once enough of them could be read.
fn lyric_shares(track: &Track) -> Option<[f32; Mood::COUNT]> {
    let lyrics = track.lyric_mood.as_deref()?;
    (lyrics.counted_lines >= LEAST_LINES).then_some(lyrics.mood.moods)
}

fn same<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn sound_id(track: &Track) -> u64 {
    let Some(analysis) = track.analysis.as_deref() else {
        return 0;
    };
    let mut hasher = DefaultHasher::new();
    let features = &analysis.features;
    for number in features
        .mfcc_mean
        .iter()
        .chain(&features.mfcc_spread)
        .chain(&features.chroma)
        .chain([
            &features.loudness_lufs,
            &features.centroid_hz,
            &analysis.mood.valence,
            &analysis.mood.arousal,
            &track.duration_secs,
        ])
    {
        number.to_bits().hash(&mut hasher);
    }
    hasher.finish().max(1)
}

/// The same number for the same value in every run.
pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
