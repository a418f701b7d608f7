//! What every playlist must keep to, on seeded random libraries.

use fastrand::Rng;
use maeum::language::Language;
use maeum::library::{Analysis, Features, Key, KeyMode, Library, Tags, Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{Calibration, Options, Suggestion, Target, suggest};
use maeum::words;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

const GENRES: [&str; 5] = ["Jazz", "Rock", "발라드", "Electronic", ""];

/// A track whose sound fits its mood: the more excited, the faster, louder and busier.
fn random_track(rng: &mut Rng, id: i64, artists: usize) -> Track {
    let valence = rng.f32() * 1.2 - 0.6;
    let arousal = rng.f32() * 1.2 - 0.6;
    let near = |rng: &mut Rng, centre: f32, width: f32| centre + width * (rng.f32() - 0.5);
    let features = Features {
        loudness_lufs: near(rng, -16.0 + 10.0 * arousal, 4.0),
        true_peak_dbtp: -1.0,
        rms_db: near(rng, -20.0 + 10.0 * arousal, 4.0),
        rms_spread_db: 4.0,
        tempo_bpm: near(rng, 110.0 + 60.0 * arousal, 20.0),
        onset_rate_hz: near(rng, 3.0 + 3.0 * arousal, 1.0).max(0.1),
        key: Key {
            tonic: rng.u8(0..12),
            mode: if valence > 0.0 {
                KeyMode::Major
            } else {
                KeyMode::Minor
            },
        },
        mode_strength: valence,
        centroid_hz: near(rng, 1_800.0 + 1_000.0 * arousal, 300.0),
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.1,
        contrast_db: std::array::from_fn(|_| near(rng, 20.0, 6.0)),
        flux: 1.0,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|_| near(rng, 0.0, 40.0)),
        mfcc_spread: std::array::from_fn(|_| near(rng, 10.0, 6.0)),
        chroma: std::array::from_fn(|_| rng.f32()),
        percussive_share: rng.f32(),
    };
    let analyzed = rng.f32() < 0.9;
    Track {
        id: TrackId(id),
        path: PathBuf::from(format!("/music/{id}.flac")),
        tags: Tags {
            title: format!("Title {id}"),
            artist: format!("Artist {}", rng.usize(0..artists)),
            genre: GENRES[rng.usize(0..GENRES.len())].to_owned(),
            ..Tags::default()
        },
        duration_secs: 60.0 + 300.0 * rng.f32(),
        codec: "FLAC".to_owned(),
        has_cover: false,
        lyrics: maeum::library::LyricsKind::None,
        missing: rng.f32() < 0.05,
        added_unix_secs: 0,
        play_count: 0,
        skip_count: 0,
        last_played_unix_secs: None,
        analysis: analyzed.then(|| {
            Arc::new(Analysis {
                features,
                mood: MoodVector::from_point(valence, arousal, 0.5),
            })
        }),
        lyric_mood: None,
    }
}

struct Shelf {
    library: Library,
    calibration: Calibration,
    moods: Vec<Option<MoodVector>>,
}

impl Shelf {
    fn new(tracks: Vec<Track>) -> Self {
        let library = Library::new(tracks.into_iter().map(Arc::new).collect());
        let calibration = Calibration::of(&library);
        let moods = calibration.moods(&library);
        Self {
            library,
            calibration,
            moods,
        }
    }

    fn random(seed: u64, tracks: i64, artists: usize) -> Self {
        let mut rng = Rng::with_seed(seed);
        Self::new(
            (0..tracks)
                .map(|id| random_track(&mut rng, id, artists))
                .collect(),
        )
    }

    fn ask(&self, target: &Target, options: &Options) -> Vec<Suggestion> {
        suggest(
            &self.library,
            &self.calibration,
            &self.moods,
            target,
            options,
        )
    }
}

fn ids(list: &[Suggestion]) -> Vec<TrackId> {
    list.iter().map(|suggestion| suggestion.track.id).collect()
}

fn mean_arousal(list: &[Suggestion]) -> f32 {
    list.iter()
        .map(|suggestion| suggestion.mood.arousal)
        .sum::<f32>()
        / list.len() as f32
}

#[test]
fn every_list_keeps_its_promises() {
    for seed in 0..40 {
        let mut rng = Rng::with_seed(seed);
        let shelf = Shelf::random(seed, rng.i64(0..400), rng.usize(1..40));
        let seeds: Vec<TrackId> = (0..rng.usize(0..3))
            .map(|_| TrackId(rng.i64(0..400)))
            .collect();
        let target = Target::from_tracks(&shelf.library, &shelf.moods, &seeds)
            .unwrap_or_else(|| Target::from_point(rng.f32() * 2.0 - 1.0, rng.f32() * 2.0 - 1.0));
        let options = Options {
            max_tracks: rng.usize(0..60),
            max_minutes: rng.bool().then(|| rng.f32() * 120.0),
            per_artist: rng.usize(1..4),
            genre: ["", "jazz", "발라"][rng.usize(0..3)].to_owned(),
            seed,
        };
        let list = shelf.ask(&target, &options);
        assert_eq!(
            list,
            shelf.ask(&target, &options),
            "the same question, the same list"
        );
        assert!(list.len() <= options.max_tracks);
        let unique: HashSet<TrackId> = ids(&list).into_iter().collect();
        assert_eq!(unique.len(), list.len(), "no track twice");
        for suggestion in &list {
            let track = &suggestion.track;
            assert!(!track.missing && track.analysis.is_some());
            assert!(!target.seeds.contains(&track.id));
            assert!(track.tags.genre.to_lowercase().contains(&options.genre));
            assert!((0.0..=1.0).contains(&suggestion.match_score));
            assert!(!suggestion.why.line(Language::English).is_empty());
            assert!(!suggestion.why.line(Language::Korean).is_empty());
        }
        assert!(
            list.windows(2)
                .all(|pair| pair[0].match_score >= pair[1].match_score)
        );
        if let Some(minutes) = options.max_minutes {
            let total: f32 = list.iter().map(|s| s.track.duration_secs).sum();
            let longest = list
                .iter()
                .map(|s| s.track.duration_secs)
                .fold(0.0, f32::max);
            assert!(total <= minutes * 60.0 + longest / 2.0 + 0.1);
        }
    }
}

#[test]
fn a_calm_feeling_gets_calmer_music_than_an_excited_one() {
    for seed in 0..10 {
        let shelf = Shelf::random(seed, 300, 60);
        let options = Options::default();
        let calm = shelf.ask(
            &Target::from_words(&words::read("calm evening by the sea")),
            &options,
        );
        let wild = shelf.ask(
            &Target::from_words(&words::read("wild party tonight!!")),
            &options,
        );
        assert!(mean_arousal(&calm) + 0.4 < mean_arousal(&wild));
        let sad = shelf.ask(
            &Target::from_words(&words::read("비 오는 밤, 혼자라 슬프다")),
            &options,
        );
        let shared = ids(&sad)
            .iter()
            .filter(|id| ids(&calm).contains(id))
            .count();
        assert!(shared < 5, "sad and peaceful share {shared} of 30");
    }
}

#[test]
fn each_mood_brings_tracks_of_that_mood_first() {
    let shelf = Shelf::random(7, 600, 100);
    for mood in Mood::ALL {
        let list = shelf.ask(&Target::from_mood(mood), &Options::default());
        let fitting = list
            .iter()
            .take(10)
            .filter(|s| s.mood.top() == mood)
            .count();
        assert!(fitting >= 7, "{}: {fitting} of 10", mood.key());
    }
}

#[test]
fn an_artist_comes_no_oftener_than_allowed_while_others_are_left() {
    let shelf = Shelf::random(3, 400, 40);
    let options = Options {
        max_tracks: 40,
        per_artist: 1,
        ..Options::default()
    };
    let list = shelf.ask(&Target::from_mood(Mood::Happy), &options);
    assert_eq!(list.len(), 40);
    for window in list.windows(10) {
        let artists: HashSet<&str> = window.iter().map(|s| s.track.artist()).collect();
        assert_eq!(artists.len(), 10);
    }
    let one_artist = Shelf::random(3, 60, 1);
    let list = one_artist.ask(&Target::from_mood(Mood::Happy), &options);
    assert!(
        list.len() > 10,
        "nothing else is left, so the limit gives way: {}",
        list.len()
    );
}

#[test]
fn a_small_library_answers_with_few_tracks_rather_than_with_wrong_ones() {
    let shelf = Shelf::random(11, 40, 40);
    let options = Options {
        max_tracks: 40,
        ..Options::default()
    };
    let list = shelf.ask(&Target::from_mood(Mood::Peaceful), &options);
    assert!((3..40).contains(&list.len()), "{}", list.len());
    let worst = list
        .iter()
        .skip(3)
        .map(|s| s.match_score)
        .fold(1.0, f32::min);
    assert!(worst >= 0.1, "{worst}");
}

#[test]
fn one_artists_wealth_does_not_hide_the_others() {
    let mut rng = Rng::with_seed(1);
    let mut tracks: Vec<Track> = (0..3_000).map(|id| random_track(&mut rng, id, 1)).collect();
    for id in 3_000..3_030 {
        let mut track = random_track(&mut rng, id, 1);
        track.tags.artist = format!("Rare {id}");
        tracks.push(track);
    }
    let options = Options {
        max_tracks: 20,
        per_artist: 2,
        ..Options::default()
    };
    let list = Shelf::new(tracks).ask(&Target::from_mood(Mood::Sad), &options);
    let rich = list
        .iter()
        .filter(|s| s.track.artist() == "Artist 0")
        .count();
    assert!(rich <= 4, "{rich} of {}", list.len());
}

#[test]
fn another_seed_swaps_near_equals_and_nothing_else() {
    let shelf = Shelf::random(5, 2_000, 400);
    let target = Target::from_mood(Mood::Peaceful);
    let ask = |seed| {
        shelf.ask(
            &target,
            &Options {
                seed,
                ..Options::default()
            },
        )
    };
    let (first, second) = (ask(1), ask(2));
    assert_ne!(ids(&first), ids(&second));
    let mean =
        |list: &[Suggestion]| list.iter().map(|s| s.match_score).sum::<f32>() / list.len() as f32;
    let (first, second) = (mean(&first), mean(&second));
    assert!((first - second).abs() < 0.02, "{first} {second}");
    // Few tracks stand apart from each other: no seed changes their order.
    let apart: Vec<Track> = [-0.9_f32, -0.3, 0.3, 0.9]
        .into_iter()
        .zip(0..)
        .map(|(arousal, id)| {
            let mut track = random_track(&mut Rng::with_seed(id as u64), id, 50);
            track.missing = false;
            let mut analysis = random_analysis(id as u64);
            analysis.mood = MoodVector::from_point(0.5, arousal, 0.5);
            track.analysis = Some(Arc::new(analysis));
            track
        })
        .collect();
    let shelf = Shelf::new(apart);
    let orders: HashSet<Vec<TrackId>> = (0..20)
        .map(|seed| {
            ids(&shelf.ask(
                &target,
                &Options {
                    seed,
                    ..Options::default()
                },
            ))
        })
        .collect();
    assert_eq!(orders.len(), 1);
}

fn random_analysis(seed: u64) -> Analysis {
    let mut rng = Rng::with_seed(seed);
    loop {
        if let Some(analysis) = random_track(&mut rng, 0, 1).analysis {
            return (*analysis).clone();
        }
    }
}

#[test]
fn the_same_recording_twice_is_suggested_once() {
    let mut rng = Rng::with_seed(11);
    let mut tracks: Vec<Track> = (0..30).map(|id| random_track(&mut rng, id, 30)).collect();
    for id in 0..30 {
        let mut copy = tracks[id].clone();
        copy.id = TrackId(100 + id as i64);
        copy.path = PathBuf::from(format!("/backup/{id}.mp3"));
        copy.duration_secs += 1.0;
        tracks.push(copy);
    }
    let shelf = Shelf::new(tracks);
    let list = shelf.ask(&Target::from_mood(Mood::Happy), &Options::default());
    let titles: HashSet<&str> = list.iter().map(|s| s.track.title()).collect();
    assert_eq!(titles.len(), list.len());
}

#[test]
fn more_like_this_prefers_its_sound_and_genre() {
    let mut rng = Rng::with_seed(21);
    let mut tracks: Vec<Track> = (0..400).map(|id| random_track(&mut rng, id, 100)).collect();
    let mut example = tracks[0].clone();
    example.missing = false;
    example.tags.genre = "Jazz".to_owned();
    let analysis = random_analysis(99);
    example.analysis = Some(Arc::new(analysis.clone()));
    tracks[0] = example;
    // A twin in sound: every number a little off.
    let mut twin = tracks[1].clone();
    twin.missing = false;
    twin.tags.genre = "Jazz".to_owned();
    let mut sound = analysis;
    for number in &mut sound.features.mfcc_mean {
        *number += 2.0;
    }
    twin.analysis = Some(Arc::new(sound));
    tracks[1] = twin;
    let shelf = Shelf::new(tracks);
    let target =
        Target::from_tracks(&shelf.library, &shelf.moods, &[TrackId(0)]).expect("analyzed");
    let list = shelf.ask(&target, &Options::default());
    assert_eq!(list[0].track.id, TrackId(1));
    let line = list[0].why.line(Language::English);
    assert!(
        line.contains("similar sound") && line.contains("also Jazz"),
        "{line}"
    );
    assert!(!ids(&list).contains(&TrackId(0)));
}

#[test]
fn very_calm_means_calm_for_this_library() {
    // Nothing here is calm by itself: every stored arousal is .3 or more.
    let mut rng = Rng::with_seed(31);
    let tracks: Vec<Track> = (0..200)
        .map(|id| {
            let mut track = random_track(&mut rng, id, 50);
            track.missing = false;
            let mut analysis = random_analysis(id as u64);
            let arousal = 0.3 + 0.6 * rng.f32();
            analysis.mood = MoodVector::from_point(analysis.mood.valence, arousal, 0.5);
            track.analysis = Some(Arc::new(analysis));
            track
        })
        .collect();
    let shelf = Shelf::new(tracks);
    let list = shelf.ask(&Target::from_point(0.3, -0.7), &Options::default());
    let stored: f32 = list
        .iter()
        .filter_map(|s| s.track.analysis.as_ref().map(|a| a.mood.arousal))
        .sum::<f32>()
        / list.len() as f32;
    assert!(stored < 0.42, "mean stored arousal {stored}");
    assert!(list[0].match_score > 0.6, "{}", list[0].match_score);
}

#[test]
fn what_was_not_understood_gets_no_tracks() {
    let shelf = Shelf::random(1, 50, 10);
    let target = Target::from_words(&words::read("qwzx vbnm"));
    assert!(shelf.ask(&target, &Options::default()).is_empty());
    assert!(
        Shelf::new(Vec::new())
            .ask(&Target::from_mood(Mood::Sad), &Options::default())
            .is_empty()
    );
}

#[test]
fn lately_follows_what_was_heard_last() {
    let mut rng = Rng::with_seed(41);
    let day = 86_400;
    let tracks: Vec<Track> = (0..60)
        .map(|id| {
            let mut track = random_track(&mut rng, id, 20);
            let mut analysis = random_analysis(id as u64);
            let arousal = if id < 30 { -0.5 } else { 0.5 };
            analysis.mood = MoodVector::from_point(0.3, arousal, 0.5);
            track.analysis = Some(Arc::new(analysis));
            // The calm half was heard this week, the wild half a year ago.
            track.last_played_unix_secs = Some(if id < 30 { 999 * day } else { 634 * day });
            track.play_count = 3;
            track
        })
        .collect();
    let shelf = Shelf::new(tracks);
    let target = Target::lately(&shelf.library, &shelf.moods, 1_000 * day).expect("heard");
    assert!(target.mood.arousal < -0.1, "{:?}", target.mood);
    let nothing_heard = Shelf::random(1, 20, 5);
    assert_eq!(
        Target::lately(&nothing_heard.library, &nothing_heard.moods, 0),
        None
    );
}
