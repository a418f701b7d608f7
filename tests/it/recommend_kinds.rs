//! Kinds of playlists, and what the listener's reactions do to them.

use crate::support::shelf::{Shelf, ids, mean_arousal, random_analysis, random_track};
use fastrand::Rng;
use maeum::language::Language;
use maeum::library::{Library, LineMood, LyricMood, Play, Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{
    Fact, Feedback, Filter, ListenerModel, Mode, Options, Reaction, Signal, Suggestion, Target,
    suggest,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// One finished or skipped play.
fn play(track: i64, days_ago: i64, finished: bool) -> Play {
    Play {
        track: TrackId(track),
        at_unix_secs: (1_000 - days_ago) * 86_400,
        played_secs: if finished { 180.0 } else { 5.0 },
        finished,
    }
}

#[test]
fn lately_follows_what_was_heard_last_and_not_what_was_skipped() {
    let mut rng = Rng::with_seed(41);
    let tracks: Vec<Track> = (0..300)
        .map(|id| {
            let mut track = random_track(&mut rng, id, 60);
            let mut analysis = random_analysis(id as u64);
            let arousal = if id < 150 { -0.5 } else { 0.5 };
            analysis.mood = MoodVector::from_point(0.3, arousal, 0.5);
            track.analysis = Some(Arc::new(analysis));
            track
        })
        .collect();
    let shelf = Shelf::new(tracks);
    let lately = |plays: &[Play]| {
        let (library, moods) = (shelf.index.library(), shelf.index.moods());
        Target::lately(library, moods, plays, 1_000 * 86_400)
    };
    // The calm half was heard this week, the wild half a year ago.
    let calm_week: Vec<Play> = (0..20)
        .map(|n| play(n, 1, true))
        .chain((0..20).map(|n| play(150 + n, 365, true)))
        .collect();
    let target = lately(&calm_week).expect("heard");
    assert!(target.mood.arousal < -0.1, "{:?}", target.mood);
    let list = shelf.ask(&target, &Options::default());
    assert!(mean_arousal(&list) < -0.1);
    // The same week, but the calm tracks were skipped over and over.
    let mut skipped = calm_week;
    for _ in 0..3 {
        skipped.extend((0..20).map(|n| play(n, 1, false)));
    }
    let target = lately(&skipped).expect("heard");
    assert!(target.mood.arousal > 0.1, "{:?}", target.mood);
    assert_eq!(lately(&[]), None);
    assert_eq!(lately(&[play(3, 1, false)]), None);
}

#[test]
fn lately_has_the_moods_of_what_was_heard_in_their_shares() {
    let shelf = Shelf::random(43, 2_000, 300);
    let rows = |mood: Mood| -> Vec<i64> {
        let tracks = shelf.index.library().tracks().iter();
        tracks
            .zip(shelf.index.moods().iter())
            .filter(|(_, own)| own.is_some_and(|own| own.top() == mood))
            .map(|(track, _)| track.id.0)
            .collect()
    };
    // Two thirds peaceful, one third angry.
    let plays: Vec<Play> = rows(Mood::Peaceful)[..20]
        .iter()
        .chain(&rows(Mood::Angry)[..10])
        .map(|id| play(*id, 1, true))
        .collect();
    let (library, moods) = (shelf.index.library(), shelf.index.moods());
    let target = Target::lately(library, moods, &plays, 1_000 * 86_400).expect("heard");
    let list = shelf.ask(&target, &Options::default());
    let count = |mood| list.iter().filter(|s| s.mood.top() == mood).count();
    assert_eq!(list.len(), 30);
    let (peaceful, angry) = (count(Mood::Peaceful), count(Mood::Angry));
    assert!((15..=22).contains(&peaceful), "{peaceful} of 30");
    assert!((7..=12).contains(&angry), "{angry} of 30");
}

fn said(id: TrackId, reaction: Reaction) -> Feedback {
    Feedback {
        track: id,
        reaction,
        at_unix_secs: 0,
        setting: None,
    }
}

#[test]
fn three_thumbs_down_on_an_artist_leave_visibly_fewer_of_it_and_say_so() {
    let mut shelf = Shelf::random(51, 400, 12);
    let target = Target::from_mood(Mood::Happy);
    let options = Options {
        per_artist: 10,
        ..Options::default()
    };
    let before = suggest(&shelf.index, &shelf.listener, &target, &options);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for suggestion in &before.tracks {
        *counts
            .entry(suggestion.track.artist().to_owned())
            .or_default() += 1;
    }
    let (artist, had) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap();
    assert!(before.lessons.is_empty());
    let of_artist = |list: &[Suggestion]| -> Vec<Suggestion> {
        let by = list.iter().filter(|s| s.track.artist() == artist);
        by.cloned().collect()
    };
    for suggestion in of_artist(&before.tracks).iter().take(3) {
        let feedback = said(suggestion.track.id, Reaction::ThumbDown);
        let name = artist.to_lowercase();
        shelf.listener.learn(&feedback, &name, Mood::Happy);
    }
    let after = suggest(&shelf.index, &shelf.listener, &target, &options);
    let has = of_artist(&after.tracks).len();
    assert!(2 * has < had, "{had} before, {has} after");
    let lesson = after.lessons.first().expect("the list says what changed");
    assert_eq!(
        (lesson.artist.as_str(), lesson.more, lesson.downs),
        (artist.as_str(), false, 3)
    );
    // Asked for much of it, what is left says it of itself.
    let many = Options {
        max_tracks: 200,
        ..options.clone()
    };
    let all = suggest(&shelf.index, &shelf.listener, &target, &many).tracks;
    let left = of_artist(&all);
    assert!(!left.is_empty());
    assert!(
        left.iter()
            .all(|s| s.why.facts.contains(&Fact::FewerOfArtist(3)))
    );
    shelf.listener = ListenerModel::default();
    let reset = suggest(&shelf.index, &shelf.listener, &target, &options);
    assert_eq!(reset, before, "a reset brings everything back");
}

#[test]
fn what_should_never_be_suggested_never_is() {
    let mut shelf = Shelf::random(53, 300, 30);
    let target = Target::from_mood(Mood::Sad);
    let long = Options {
        max_tracks: 300,
        per_artist: 300,
        ..Options::default()
    };
    let is_elsewhere = |shelf: &Shelf, track: &Track| {
        let elsewhere = Mood::ALL.into_iter().filter(|mood| *mood != Mood::Sad);
        elsewhere
            .flat_map(|mood| shelf.ask(&Target::from_mood(mood), &long))
            .any(|s| s.track.id == track.id)
    };
    let list = shelf.ask(&target, &Options::default());
    let (track, artist) = (&list[0].track, &list[1].track);
    let mut others = list[2..].iter().map(|s| &s.track);
    let in_mood = others
        .find(|other| other.artist() != artist.artist() && is_elsewhere(&shelf, other))
        .expect("a track of two moods");
    for (track, reaction) in [
        (track, Reaction::NeverTrack),
        (artist, Reaction::NeverArtist),
        (in_mood, Reaction::NeverInMood),
    ] {
        let name = track.artist().to_lowercase();
        shelf
            .listener
            .learn(&said(track.id, reaction), &name, Mood::Sad);
    }
    let after = shelf.ask(&target, &long);
    assert!(after.iter().all(|s| s.track.id != track.id
        && s.track.id != in_mood.id
        && s.track.artist() != artist.artist()));
    let elsewhere = shelf.ask(&Target::from_point(-0.6, -0.2), &long);
    assert!(elsewhere.iter().all(|s| s.track.id != track.id));
    assert!(is_elsewhere(&shelf, in_mood), "only this mood is barred");
}

#[test]
fn a_journey_goes_evenly_from_one_mood_to_the_other() {
    for seed in 0..10 {
        let shelf = Shelf::random(seed, 1_500, 300);
        let (from, to) = ((-0.6, -0.4), (0.6, 0.5));
        let target = Target::journey(&[from, to], Vec::new()).expect("two points");
        let options = Options {
            max_tracks: 12,
            seed,
            ..Options::default()
        };
        let list = shelf.ask(&target, &options);
        assert_eq!(list, shelf.ask(&target, &options));
        assert!(list.len() >= 11, "{}", list.len());
        let along = |mood: &MoodVector| {
            let (x, y) = (mood.valence - from.0, mood.arousal - from.1);
            (x * (to.0 - from.0) + y * (to.1 - from.1)) / (1.2_f32.powi(2) + 0.9_f32.powi(2))
        };
        let ways: Vec<f32> = list.iter().map(|s| along(&s.mood)).collect();
        assert!(
            ways.windows(2).all(|pair| pair[1] >= pair[0] - 0.03),
            "{ways:?}"
        );
        assert!(ways[0] < 0.12 && ways[ways.len() - 1] > 0.88, "{ways:?}");
        let largest = ways.windows(2).map(|w| w[1] - w[0]).fold(0.0, f32::max);
        assert!(largest < 0.25, "steps are even: {ways:?}");
        let unique: HashSet<TrackId> = ids(&list).into_iter().collect();
        assert_eq!(unique.len(), list.len());
    }
}

#[test]
fn a_hand_drawn_way_is_followed_round_its_corner() {
    let shelf = Shelf::random(5, 3_000, 600);
    let corner = [(-0.6, -0.5), (-0.6, 0.5), (0.6, 0.5)];
    let target = Target::journey(&corner, Vec::new()).expect("three points");
    let options = Options {
        max_tracks: 11,
        ..Options::default()
    };
    let list = shelf.ask(&target, &options);
    let middle = &list[list.len() / 2].mood;
    assert!(middle.valence < -0.35 && middle.arousal > 0.2, "{middle:?}");
    assert_eq!(Target::journey(&corner[..1], Vec::new()), None);
}

fn across(from: (f32, f32), to: (f32, f32)) -> Target {
    Target::journey(&[from, to], Vec::new()).expect("two points")
}

#[test]
fn a_journey_through_one_artists_music_is_as_long_as_asked() {
    let target = across((-0.5, -0.4), (0.5, 0.4));
    let options = Options {
        max_tracks: 12,
        per_artist: 1,
        ..Options::default()
    };
    let list = Shelf::random(3, 400, 1).ask(&target, &options);
    assert!(list.len() >= 10, "{}", list.len());
    // Where there are others, the limit holds.
    let list = Shelf::random(3, 4_000, 500).ask(&target, &options);
    assert!(list.len() >= 11, "{}", list.len());
    for window in list.windows(10) {
        let artists: HashSet<&str> = window.iter().map(|s| s.track.artist()).collect();
        assert_eq!(artists.len(), window.len());
    }
}

#[test]
fn a_second_copy_leaves_no_gap_in_a_journey() {
    let mut rng = Rng::with_seed(67);
    let mut tracks: Vec<Track> = (0..600).map(|id| random_track(&mut rng, id, 200)).collect();
    for id in 0..600 {
        let mut copy = tracks[id].clone();
        copy.id = TrackId(1_000 + id as i64);
        tracks.push(copy);
    }
    let options = Options {
        max_tracks: 30,
        ..Options::default()
    };
    let list = Shelf::new(tracks).ask(&across((-0.5, -0.4), (0.5, 0.4)), &options);
    assert!(list.len() >= 28, "{}", list.len());
    let recordings: HashSet<i64> = ids(&list).iter().map(|id| id.0 % 1_000).collect();
    assert_eq!(recordings.len(), list.len());
}

#[test]
fn a_journey_lasts_about_as_long_as_asked_whatever_else_the_library_holds() {
    for seed in 0..10 {
        let mut rng = Rng::with_seed(seed);
        let mut tracks: Vec<Track> = (0..1_500)
            .map(|id| random_track(&mut rng, id, 300))
            .collect();
        // Mixes of hours, and what is gone, are no part of it.
        for track in &mut tracks[..400] {
            track.duration_secs = 7_200.0;
            track.missing = track.id.0 % 2 == 0;
        }
        let options = Options {
            max_tracks: Options::MOST_TRACKS,
            max_minutes: Some(60.0),
            seed,
            ..Options::default()
        };
        let list = Shelf::new(tracks).ask(&across((-0.5, -0.4), (0.5, 0.4)), &options);
        let lengths: Vec<f32> = list.iter().map(|s| s.track.duration_secs).collect();
        let minutes = lengths.iter().sum::<f32>() / 60.0;
        let longest = lengths.iter().copied().fold(0.0, f32::max) / 60.0;
        assert!(
            minutes > 54.0 && minutes <= 60.0 + longest / 2.0,
            "{minutes}"
        );
    }
}

#[test]
fn live_and_remastered_versions_count_as_the_recording_they_are_of() {
    let mut rng = Rng::with_seed(61);
    let mut tracks: Vec<Track> = (0..20).map(|id| random_track(&mut rng, id, 20)).collect();
    for (id, suffix) in (0..20).zip([" (Live)", " - 2011 Remaster"].iter().cycle()) {
        let mut version = tracks[id].clone();
        version.id = TrackId(100 + id as i64);
        version.tags.title += suffix;
        version.duration_secs += 40.0;
        version.analysis = Some(Arc::new(random_analysis(id as u64)));
        tracks.push(version);
    }
    let shelf = Shelf::new(tracks);
    let options = Options {
        max_tracks: 40,
        per_artist: 40,
        ..Options::default()
    };
    for mood in Mood::ALL {
        let list = shelf.ask(&Target::from_mood(mood), &options);
        let names: HashSet<i64> = ids(&list).iter().map(|id| id.0 % 100).collect();
        assert_eq!(names.len(), list.len());
    }
}

#[test]
fn in_a_small_library_what_fits_comes_before_what_hardly_does() {
    for seed in 0..20 {
        // By many artists, and by so few that the limits on them cannot hold.
        let shelf = Shelf::random(seed, 16, if seed % 2 == 0 { 200 } else { 3 });
        for mood in Mood::ALL {
            let list = shelf.ask(&Target::from_mood(mood), &Options::default());
            let matches: Vec<f32> = list.iter().map(|s| s.match_score).collect();
            let best = matches.iter().copied().fold(0.0, f32::max);
            assert!(matches[0] > best - 0.1, "{mood:?} begins well: {matches:?}");
            let half = matches.len() / 2;
            let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len().max(1) as f32;
            assert!(
                mean(&matches[..half]) + 0.02 > mean(&matches[half..]),
                "{mood:?} {matches:?}"
            );
        }
    }
}

#[test]
fn the_order_takes_smaller_steps_than_the_ranking() {
    let (mut by_order, mut by_score) = (0.0, 0.0);
    for seed in 0..10 {
        let shelf = Shelf::random(seed, 600, 200);
        let list = shelf.ask(&Target::from_mood(Mood::Tense), &Options::default());
        let mut ranked = list.clone();
        ranked.sort_by(|a, b| b.match_score.total_cmp(&a.match_score));
        let tempo = |s: &Suggestion| s.track.analysis.as_ref().unwrap().features.tempo_bpm;
        let steps = |list: &[Suggestion]| -> f32 {
            let step = |pair: &[Suggestion]| (tempo(&pair[0]) / tempo(&pair[1])).log2().abs();
            list.windows(2).map(step).sum::<f32>()
        };
        by_order += steps(&list);
        by_score += steps(&ranked);
    }
    assert!(by_order < 0.85 * by_score, "{by_order} {by_score}");
}

#[test]
fn each_signals_top_lets_every_kind_of_likeness_be_heard() {
    let shelf = Shelf::random(71, 1_500, 300);
    let target = shelf.like(&[TrackId(3), TrackId(4)]).expect("analyzed");
    let nearest = |mode| {
        let options = Options {
            mode,
            max_tracks: 12,
            ..Options::default()
        };
        let list = shelf.ask(&target, &options);
        Signal::ALL.map(|signal| {
            let near = list.iter().map(|s| s.why.closeness[signal.index()]);
            near.fold(0.0, f32::max)
        })
    };
    let (each, total) = (nearest(Mode::EachTop), nearest(Mode::ScoreTotal));
    // But for chance, nobody is nearer by any signal than the first of its own list.
    let gains: Vec<f32> = each.iter().zip(total).map(|(e, t)| e - t).collect();
    assert!(gains.iter().all(|gain| *gain >= -0.02), "{gains:?}");
    assert!(gains.iter().any(|gain| *gain > 0.03), "{gains:?}");
}

#[test]
fn a_surprise_is_the_same_for_the_same_seed_only() {
    let shelf = Shelf::random(81, 300, 50);
    let any = Filter::default();
    let draw = |seed| Target::surprise(&shelf.index, &shelf.listener, &any, seed).expect("a track");
    assert_eq!(draw(1), draw(1));
    let seeds: HashSet<TrackId> = (0..30).map(|seed| draw(seed).seeds[0]).collect();
    assert!(seeds.len() > 20, "{}", seeds.len());
    let empty = Shelf::new(Vec::new());
    assert_eq!(
        Target::surprise(&empty.index, &empty.listener, &any, 1),
        None
    );
}

#[test]
fn a_surprise_is_drawn_from_what_may_be_suggested() {
    let mut shelf = Shelf::random(83, 60, 10);
    let korean = Filter {
        language: Some(Language::Korean),
        ..Filter::default()
    };
    let wanted = Options {
        max_tracks: 60,
        per_artist: 60,
        filter: korean.clone(),
        ..Options::default()
    };
    let lists = Mood::ALL.map(|mood| shelf.ask(&Target::from_mood(mood), &wanted));
    let left: Vec<TrackId> = lists.iter().flat_map(|list| ids(list)).collect();
    // But for one of the tracks that fit, everything is banned.
    let all: Vec<Arc<Track>> = shelf.index.library().tracks().to_vec();
    for track in all.iter().filter(|track| track.id != left[0]) {
        let name = track.artist().to_lowercase();
        let never = said(track.id, Reaction::NeverTrack);
        shelf.listener.learn(&never, &name, Mood::Sad);
    }
    for seed in 0..20 {
        let drawn = Target::surprise(&shelf.index, &shelf.listener, &korean, seed);
        assert_eq!(drawn.expect("a track").seeds, left[..1]);
    }
    let english = Filter {
        language: Some(Language::English),
        ..Filter::default()
    };
    let none = Target::surprise(&shelf.index, &shelf.listener, &english, 1);
    assert_eq!(none, None);
}

#[test]
fn the_details_of_a_reason_add_up() {
    let shelf = Shelf::random(91, 500, 100);
    let target = shelf
        .like(&[TrackId(3), TrackId(4), TrackId(5)])
        .expect("analyzed");
    for suggestion in shelf.ask(&target, &Options::default()) {
        let why = &suggestion.why;
        let sum: f32 = why.signals().iter().map(|(_, share)| share).sum();
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        for language in [Language::English, Language::Korean] {
            assert_eq!(why.details(language).len(), why.signals().len());
        }
    }
}

#[test]
fn play_counts_alone_need_no_new_index() {
    let mut shelf = Shelf::random(95, 50, 10);
    let change = |edit: fn(&mut Track)| {
        let mut tracks = shelf.index.library().tracks().to_vec();
        edit(Arc::make_mut(&mut tracks[0]));
        Arc::new(Library::new(tracks))
    };
    let played = change(|track| track.play_count += 5);
    let renamed = change(|track| track.tags.title.push('!'));
    assert!(shelf.index.follow(&played));
    assert!(Arc::ptr_eq(shelf.index.library(), &played));
    let gems = Options {
        filter: Filter {
            hidden_gems: true,
            ..Filter::default()
        },
        max_tracks: 50,
        ..Options::default()
    };
    let heard = played.tracks()[0].id;
    let list = shelf.ask(&Target::from_mood(Mood::Happy), &gems);
    assert!(!ids(&list).contains(&heard));
    assert!(!shelf.index.follow(&renamed));
}

#[test]
fn the_words_of_a_song_count_where_they_were_read() {
    let mut rng = Rng::with_seed(97);
    let sung = |mood: Mood| {
        let line = LineMood::new(&MoodVector::of_mood(mood), 1);
        Some(Arc::new(LyricMood::new(
            vec![line; 12],
            Some(Language::Korean),
        )))
    };
    // One sound throughout; only the words differ, and half of the songs have none.
    let analysis = Arc::new(random_analysis(3));
    let tracks: Vec<Track> = (0..800)
        .map(|id| {
            let mut track = random_track(&mut rng, id, 400);
            track.missing = false;
            track.tags.title = format!("Song {id}");
            track.duration_secs = 180.0 + id as f32;
            track.analysis = Some(Arc::clone(&analysis));
            track.lyric_mood = match id % 4 {
                0 => sung(Mood::Sad),
                1 => sung(Mood::Happy),
                _ => None,
            };
            track
        })
        .collect();
    let shelf = Shelf::new(tracks);
    let options = Options {
        max_tracks: 10,
        ..Options::default()
    };
    for (mood, kind) in [(Mood::Sad, 0), (Mood::Happy, 1)] {
        let list = shelf.ask(&Target::from_mood(mood), &options);
        let count = |kind| ids(&list).iter().filter(|id| id.0 % 4 == kind).count();
        assert!(count(kind) >= 7, "{:?}", ids(&list));
        assert_eq!(count(1 - kind), 0, "{:?}", ids(&list));
    }
    let korean = Options {
        filter: Filter {
            language: Some(Language::Korean),
            ..Filter::default()
        },
        ..Options::default()
    };
    let list = shelf.ask(&Target::from_mood(Mood::Sad), &korean);
    assert!(!list.is_empty() && ids(&list).iter().all(|id| id.0 % 4 < 2));
}
