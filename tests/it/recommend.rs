//! What every playlist must keep to, on seeded random libraries.

use crate::support::shelf::{Shelf, ids, mean_arousal, random_analysis, random_track};
use fastrand::Rng;
use maeum::language::Language;
use maeum::library::{Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{Filter, Mode, Options, Suggestion, Target};
use maeum::words;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

#[test]
fn every_list_keeps_its_promises() {
    for seed in 0..40 {
        let mut rng = Rng::with_seed(seed);
        let shelf = Shelf::random(seed, rng.i64(0..400), rng.usize(1..40));
        let seeds: Vec<TrackId> = (0..rng.usize(0..3))
            .map(|_| TrackId(rng.i64(0..400)))
            .collect();
        let target = shelf
            .like(&seeds)
            .unwrap_or_else(|| Target::from_point(rng.f32() * 2.0 - 1.0, rng.f32() * 2.0 - 1.0));
        let options = Options {
            max_tracks: rng.usize(0..60),
            max_minutes: rng.bool().then(|| rng.f32() * 120.0),
            per_artist: rng.usize(1..4),
            filter: Filter {
                genre: ["", "jazz", "발라"][rng.usize(0..3)].to_owned(),
                language: [None, Some(Language::English), Some(Language::Korean)][rng.usize(0..3)],
                instrumental: rng.u8(0..4) == 0,
                hidden_gems: rng.u8(0..3) == 0,
                any_length: rng.bool(),
                christmas: rng.bool(),
            },
            mode: [Mode::ScoreTotal, Mode::EachTop][rng.usize(0..2)],
            seed,
        };
        let filter = &options.filter;
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
            assert!(track.tags.genre.to_lowercase().contains(&filter.genre));
            let korean = track.tags.title.contains("노래");
            let wordless = track.tags.title.contains("(Inst.)");
            match filter.language {
                Some(Language::Korean) => assert!(korean && !wordless),
                Some(Language::English) => assert!(!korean && !wordless),
                None => {}
            }
            assert!(wordless || !filter.instrumental);
            assert!(track.play_count + track.skip_count <= 1 || !filter.hidden_gems);
            assert!(track.duration_secs < 5_000.0 || filter.any_length);
            assert!(!track.tags.title.contains("Christmas") || filter.christmas);
            assert!((0.0..=1.0).contains(&suggestion.match_score));
            assert!(!suggestion.why.line(Language::English).is_empty());
            assert!(!suggestion.why.line(Language::Korean).is_empty());
        }
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
        assert!(fitting >= 6, "{}: {fitting} of 10", mood.key());
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
        track.tags.title = format!("Sad {id}");
        track.missing = false;
        let mut analysis = random_analysis(id as u64);
        analysis.mood = MoodVector::from_point(-0.5, -0.2 - 0.1 * rng.f32(), 0.5);
        track.analysis = Some(Arc::new(analysis));
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
    let target = shelf.like(&[TrackId(0)]).expect("analyzed");
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
    let options = Options {
        filter: Filter {
            any_length: true,
            christmas: true,
            ..Filter::default()
        },
        ..Options::default()
    };
    let list = shelf.ask(&Target::from_point(0.3, -0.7), &options);
    let best = list.iter().map(|s| s.match_score).fold(0.0, f32::max);
    let stored: f32 = list
        .iter()
        .filter_map(|s| s.track.analysis.as_ref().map(|a| a.mood.arousal))
        .sum::<f32>()
        / list.len() as f32;
    assert!(stored < 0.45, "mean stored arousal {stored}");
    assert!(best > 0.6, "{best}");
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
