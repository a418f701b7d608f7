//! The reason shown beside a suggestion: `why/line.rs` puts it in words.

mod line;

use super::Calibration;
use super::feedback::{Leaning, ListenerModel};
use super::fuse::Candidate;
use super::index::Index;
use super::instruments;
use super::signal::Signal;
use super::style::shared_decade;
use crate::library::{Features, KeyMode, StyleTag, Track, TrackId, fold};
use crate::mood::{Mood, MoodVector};

/// A quantity is worth a word when the track stands this far from the library's middle
/// (−1 lowest … 1 highest): the outer thirds.
const NOTABLE: f32 = 0.34;
/// Below this the target asks for nothing in that direction.
const ASKED: f32 = 0.1;
/// A key is called major or minor when it sounds so this clearly.
const CLEAR_MODE: f32 = 0.05;
/// From this closeness on (two random tracks have about 0) tracks sound alike, or are heard
/// together.
const ALIKE: f32 = 0.5;
/// A signal that adds less than this share to a track's score decided nothing.
const DECIDED: f32 = 0.12;
/// The listener leans for or against an artist from here on.
const LEANS: f32 = 0.15;
/// Lyrics are named when they weigh at least so much of sound and words together, and when
/// so large a share of their lines speaks for the mood; of fewer lines no share is told.
const LYRICS_WEIGHT: f32 = 0.33;
const LYRICS_SHARE: f32 = 0.3;
const LYRICS_LINES: u32 = 4;
/// At most so many words on how it sounds.
const MOST_SOUNDS: usize = 2;

/// The reason a track was suggested: facts that really decided, most important first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// The facts.
    pub facts: Vec<Fact>,
    /// What each signal adds to the track's score, in the order of [`Signal::ALL`]; adds up
    /// to 1.
    pub shares: [f32; Signal::COUNT],
    /// How near the track is by each signal, 0…1.
    pub closeness: [f32; Signal::COUNT],
    /// How the listener's reactions bend the score.
    pub leaning: Leaning,
}

/// One fact of a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// By the artist of an example.
    SameArtist,
    /// Of the genre of an example, as written in the file.
    SameGenre(String),
    /// Its sound is near an example's.
    SoundsAlike,
    /// What is heard in it as in an example.
    SameInstruments(Vec<StyleTag>),
    /// Of the decade of an example: its first year.
    SameDecade(i32),
    /// Heard or listed together with an example: its title.
    HeardWith(String),
    /// Near to what the listener likes, by sound and listening.
    NearTaste,
    /// The listener gave it a thumb up.
    Liked,
    /// The listener moved it up in a list.
    MovedUp,
    /// The listener took it out of a list before.
    TakenOut,
    /// The listener gave its artist's tracks thumbs up.
    LikedArtist,
    /// The listener hears this artist's tracks to the end.
    FinishesArtist,
    /// The listener gave its artist's tracks so many thumbs down; there are fewer of them.
    FewerOfArtist(u32),
    /// The listener took its artist's tracks out of lists so many times; there are fewer of
    /// them.
    ArtistTakenOut(u32),
    /// Never played.
    NeverPlayed,
    /// Its place on a journey.
    Stage {
        /// From 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// How it sounds against the rest of this library.
    Sound(Sound),
    /// Its key, when it sounds clearly major or minor.
    Mode(KeyMode),
    /// A mood that the target asks for, and the share of its lyrics' lines that have it.
    Lines {
        /// Which.
        mood: Mood,
        /// 0…1.
        share: f32,
    },
    /// The mood it shares most with the target, and that mood's share in the track.
    Mood {
        /// Which.
        mood: Mood,
        /// 0…1.
        share: f32,
    },
}

/// How a track sounds against the rest of its library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sound {
    /// Low tempo.
    Slow,
    /// High tempo.
    Fast,
    /// Low loudness.
    Soft,
    /// High loudness.
    Loud,
    /// Low spectral centroid.
    Dark,
    /// High spectral centroid.
    Bright,
    /// Few onsets a second.
    Sparse,
    /// Many onsets a second.
    Busy,
}

/// What a reason is looked for in.
pub(super) struct Asking<'a> {
    pub index: &'a Index,
    pub listener: &'a ListenerModel,
    /// The mood that was asked for.
    pub mood: MoodVector,
    /// The examples that were given.
    pub seeds: &'a [TrackId],
    /// Whether tracks never played were asked for.
    pub hidden_gems: bool,
}

/// Why this candidate was chosen.
pub(super) fn reason(asking: &Asking<'_>, candidate: &Candidate) -> Why {
    let index = asking.index;
    let track = index.track(candidate.row);
    let whole: f32 = candidate.added.iter().sum();
    let shares = candidate
        .added
        .map(|added| if whole > 0.0 { added / whole } else { 0.0 });
    let mut facts = likeness(asking, track, candidate, &shares);
    if let Some(analysis) = track.analysis.as_deref() {
        let features = &analysis.features;
        facts.extend(sounds(index.calibration(), features, asking.mood.arousal));
        facts.extend(mode(features, asking.mood.valence));
    }
    let mood = index.mood(candidate.row);
    let common = common_mood(&asking.mood, &mood);
    facts.extend(lines(track, common));
    facts.push(Fact::Mood {
        mood: common,
        share: mood.share(common),
    });
    facts.extend(learned(asking, track, candidate));
    if asking.hidden_gems && track.play_count == 0 {
        facts.push(Fact::NeverPlayed);
    }
    Why {
        facts,
        shares,
        closeness: candidate.closeness,
        leaning: candidate.leaning,
    }
}

/// What it has in common with the examples, or with what the listener likes.
fn likeness(
    asking: &Asking<'_>,
    track: &Track,
    candidate: &Candidate,
    shares: &[f32; Signal::COUNT],
) -> Vec<Fact> {
    let index = asking.index;
    let mut facts = Vec::new();
    // What was heard lately may be suggested again, but is not like itself.
    let others: Vec<TrackId> = asking
        .seeds
        .iter()
        .copied()
        .filter(|id| *id != track.id)
        .collect();
    let is_example = others.len() < asking.seeds.len();
    let nearest = |signal| nearest_example(index, signal, candidate.row, &others);
    let decided = |signal: Signal| {
        shares[signal.index()] >= DECIDED && candidate.closeness[signal.index()] >= ALIKE
    };
    let examples = || {
        let rows = others.iter();
        rows.filter_map(|id| index.library().get(*id))
    };
    let artist = fold(track.artist());
    if !artist.is_empty() && examples().any(|example| fold(example.artist()) == artist) {
        facts.push(Fact::SameArtist);
    }
    let sounds_alike = if is_example {
        nearest(Signal::Sound).is_some()
    } else {
        candidate.closeness[Signal::Sound.index()] >= ALIKE
    };
    if sounds_alike {
        facts.push(Fact::SoundsAlike);
    }
    let own = instruments::heard(track);
    let in_both = examples()
        .map(|example| instruments::common(&own, &instruments::heard(example)))
        .max_by_key(Vec::len)
        .filter(|in_both| !in_both.is_empty());
    facts.extend(in_both.map(Fact::SameInstruments));
    let genre = fold(&track.tags.genre);
    if !genre.is_empty() && examples().any(|example| fold(&example.tags.genre) == genre) {
        facts.push(Fact::SameGenre(track.tags.genre.clone()));
    } else if let Some(decade) = examples().find_map(|example| shared_decade(track, example)) {
        facts.push(Fact::SameDecade(decade));
    }
    if decided(Signal::Listening) {
        let title = |row: usize| index.library().tracks()[row].title().to_owned();
        facts.extend(nearest(Signal::Listening).map(|row| Fact::HeardWith(title(row))));
    } else if decided(Signal::Taste) {
        facts.push(Fact::NearTaste);
    }
    facts
}

/// The row of the example that a track is nearest to by a signal, if it is near at all.
fn nearest_example(index: &Index, signal: Signal, row: u32, examples: &[TrackId]) -> Option<usize> {
    let vectors = index.vectors(signal)?;
    let own = vectors.probe(&vectors.row(row as usize))?;
    examples
        .iter()
        .filter_map(|id| index.library().position(*id))
        .map(|example| (vectors.cosine(example, &own), example))
        .filter(|(cosine, _)| *cosine >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, example)| example)
}

/// What the listener's reactions have to do with it.
fn learned(asking: &Asking<'_>, track: &Track, candidate: &Candidate) -> Option<Fact> {
    let own = asking.listener.track(track.id);
    if own.is_some_and(|opinion| opinion.ups > 0) {
        return Some(Fact::Liked);
    }
    // What was done to the track itself says more than what was done to its artist's others.
    let own_leaning = candidate.leaning.track;
    match own {
        Some(opinion) if own_leaning > 0.0 && opinion.moved_up > 0 => return Some(Fact::MovedUp),
        Some(opinion) if own_leaning < 0.0 && opinion.taken_out > 0 => {
            return Some(Fact::TakenOut);
        }
        _ => {}
    }
    let leaning = candidate.leaning.artist;
    let artist = asking.listener.artist(&fold(track.artist().trim()))?;
    if leaning >= LEANS && artist.ups > 0 {
        Some(Fact::LikedArtist)
    } else if leaning >= LEANS && artist.finished > 2 * artist.skipped {
        Some(Fact::FinishesArtist)
    } else if leaning <= -LEANS && artist.downs > 0 {
        Some(Fact::FewerOfArtist(artist.downs))
    } else if leaning <= -LEANS && artist.taken_out > 0 {
        Some(Fact::ArtistTakenOut(artist.taken_out))
    } else {
        None
    }
}

/// What about the sound speaks for a target of this arousal, strongest first.
fn sounds(calibration: &Calibration, features: &Features, arousal: f32) -> Vec<Fact> {
    if arousal.abs() < ASKED {
        return Vec::new();
    }
    let tempo = (features.tempo_bpm > 0.0).then(|| calibration.tempo.quantile(features.tempo_bpm));
    let mut found: Vec<(f32, Sound)> = [
        (1.2, tempo, Sound::Slow, Sound::Fast),
        (
            1.1,
            Some(calibration.loudness.quantile(features.loudness_lufs)),
            Sound::Soft,
            Sound::Loud,
        ),
        (
            1.0,
            Some(calibration.onsets.quantile(features.onset_rate_hz)),
            Sound::Sparse,
            Sound::Busy,
        ),
        (
            0.7,
            Some(calibration.brightness.quantile(features.centroid_hz)),
            Sound::Dark,
            Sound::Bright,
        ),
    ]
    .into_iter()
    .filter_map(|(weight, quantile, low, high)| {
        let stand = 2.0 * quantile? - 1.0;
        // Only what points the way the target points can have decided.
        (stand.abs() >= NOTABLE && (stand > 0.0) == (arousal > 0.0))
            .then(|| (weight * stand.abs(), if stand > 0.0 { high } else { low }))
    })
    .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found
        .into_iter()
        .take(MOST_SOUNDS)
        .map(|(_, sound)| Fact::Sound(sound))
        .collect()
}

fn mode(features: &Features, valence: f32) -> Option<Fact> {
    let (wanted, strength) = if valence > 0.0 {
        (KeyMode::Major, features.mode_strength)
    } else {
        (KeyMode::Minor, -features.mode_strength)
    };
    (valence.abs() >= ASKED && features.key.mode == wanted && strength >= CLEAR_MODE)
        .then_some(Fact::Mode(wanted))
}

/// What share of the lyrics has this mood, if they counted for the track's mood.
fn lines(track: &Track, mood: Mood) -> Option<Fact> {
    let words = track.lyric_mood.as_deref()?;
    let sound = track.sound_mood()?.confidence;
    let weight = words.mood.confidence / (words.mood.confidence + sound).max(f32::MIN_POSITIVE);
    let share = words.share_of_lines(mood);
    (weight >= LYRICS_WEIGHT && share >= LYRICS_SHARE && words.counted_lines >= LYRICS_LINES)
        .then_some(Fact::Lines { mood, share })
}

/// The mood that both have most of.
fn common_mood(target: &MoodVector, mood: &MoodVector) -> Mood {
    let shared = |of: Mood| target.share(of) * mood.share(of);
    Mood::ALL
        .into_iter()
        .max_by(|a, b| shared(*a).total_cmp(&shared(*b)))
        .unwrap_or(Mood::Neutral)
}

#[cfg(test)]
mod tests {
    use super::super::vectors::Vectors;
    use super::*;
    use crate::library::{Library, Tags};
    use std::sync::Arc;

    #[test]
    fn an_example_is_not_said_to_be_like_itself() {
        let tracks = ["Sea", "Hill", "Road"]
            .into_iter()
            .zip(1..)
            .map(|(title, id)| {
                Arc::new(Track {
                    id: TrackId(id),
                    tags: Tags {
                        title: title.to_owned(),
                        artist: format!("By {title}"),
                        genre: format!("Of {title}"),
                        ..Tags::default()
                    },
                    ..Track::default()
                })
            });
        let mut index = Index::of(&Arc::new(Library::new(tracks.collect())));
        let row = |id| index.library().position(TrackId(id)).expect("there");
        let [sea, hill, road] = [1, 2, 3].map(row);
        let mut heard = Vectors::new(3, 2);
        heard.set(sea, &[1.0, 0.0]);
        heard.set(hill, &[1.0, 0.2]);
        heard.set(road, &[0.0, 1.0]);
        index.sound = Arc::new(heard.clone());
        index.listening = heard;
        let told = |seeds: &[TrackId]| {
            let mut near = [0.0; Signal::COUNT];
            near[Signal::Listening.index()] = 1.0;
            near[Signal::Sound.index()] = 1.0;
            let candidate = Candidate {
                row: sea as u32,
                closeness: near,
                added: near,
                similarity: 1.0,
                leaning: Leaning::default(),
                score: 1.0,
            };
            let asking = Asking {
                index: &index,
                listener: &ListenerModel::default(),
                mood: MoodVector::UNKNOWN,
                seeds,
                hidden_gems: false,
            };
            let shares = [0.5; Signal::COUNT];
            likeness(&asking, index.track(sea as u32), &candidate, &shares)
        };
        let [sea, hill, road] = [1, 2, 3].map(TrackId);
        assert_eq!(told(&[sea]), []);
        assert_eq!(told(&[sea, road]), [], "nor like what it is not near to");
        let alike = [Fact::SoundsAlike, Fact::HeardWith("Hill".to_owned())];
        assert_eq!(told(&[sea, hill, road]), alike);
        assert_eq!(told(&[hill]), alike);
    }
}
