//! Smart playlists: rules in, tracks out. Looks at every track, so it is run on the query
//! thread, never in a frame.

use crate::library::{Date, Library, Track, TrackId, fold};
use crate::mood::{Mood, MoodVector};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

const DAY_SECS: i64 = 24 * 3_600;

/// What a smart playlist holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SmartRules {
    /// All rules must hold rather than any one.
    pub all: bool,
    /// Without any, everything fits.
    pub rules: Vec<Rule>,
    /// In which order, and which are the first when there is a limit.
    pub order: SmartOrder,
    /// How much at most.
    pub limit: Option<SmartLimit>,
}

impl Default for SmartRules {
    fn default() -> Self {
        Self {
            all: true,
            rules: Vec::new(),
            order: SmartOrder::default(),
            limit: Some(SmartLimit::Tracks(100)),
        }
    }
}

/// One rule. `not` turns it around.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The track's strongest mood; holds for no track that is not analyzed, either way.
    Mood {
        /// Which.
        mood: Mood,
        /// Any other.
        not: bool,
    },
    /// The genre contains this; case does not matter.
    Genre {
        /// What.
        contains: String,
        /// It does not.
        not: bool,
    },
    /// The artist or album artist contains this.
    Artist {
        /// What.
        contains: String,
        /// Neither does.
        not: bool,
    },
    /// The year of release; holds for no track without one.
    Year {
        /// From this one on.
        from: Option<i32>,
        /// Up to this one.
        to: Option<i32>,
    },
    /// Rated by the listener.
    Stars {
        /// With so many or more, 1…5.
        at_least: u8,
    },
    /// How often it was heard to the end.
    Plays {
        /// So often or more.
        at_least: Option<u32>,
        /// So often or less.
        at_most: Option<u32>,
    },
    /// Heard in the last days.
    HeardWithin {
        /// So many.
        days: u32,
        /// Not in these days, or never.
        not: bool,
    },
    /// Came into the library in the last days.
    AddedWithin {
        /// So many.
        days: u32,
        /// Before that.
        not: bool,
    },
}

/// The order of a smart playlist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmartOrder {
    /// As in the library: artist, album, number.
    #[default]
    Album,
    /// By title.
    Title,
    /// Last added first.
    AddedLast,
    /// Heard most often first.
    MostPlayed,
    /// Most stars first.
    MostStars,
    /// Not heard for longest first; never comes before all.
    HeardFirst,
    /// Newest first.
    Newest,
    /// Lowest arousal first.
    Calmest,
    /// Highest arousal first.
    Liveliest,
    /// Another order each day.
    Shuffled,
}

impl SmartOrder {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Album,
        Self::Title,
        Self::AddedLast,
        Self::MostPlayed,
        Self::MostStars,
        Self::HeardFirst,
        Self::Newest,
        Self::Calmest,
        Self::Liveliest,
        Self::Shuffled,
    ];
}

/// How much of what fits is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmartLimit {
    /// So many tracks.
    Tracks(u32),
    /// So many minutes.
    Minutes(u32),
}

impl SmartRules {
    /// The tracks that fit, in order. `moods` stand beside the library's tracks, `today` is
    /// the listener's day. A missing file fits nothing.
    #[must_use]
    pub fn tracks(
        &self,
        library: &Library,
        moods: &[Option<MoodVector>],
        now_unix_secs: i64,
        today: Date,
    ) -> Vec<TrackId> {
        let rules: Vec<Folded<'_>> = self.rules.iter().map(Folded::of).collect();
        let mut found: Vec<(usize, &Track)> = library
            .tracks()
            .iter()
            .map(AsRef::as_ref)
            .enumerate()
            .filter(|(_, track)| !track.missing)
            .filter(|(position, track)| {
                let mood = moods.get(*position).and_then(Option::as_ref);
                let mut holding = rules
                    .iter()
                    .map(|rule| rule.holds(track, mood, now_unix_secs));
                if self.all || rules.is_empty() {
                    holding.all(|holds| holds)
                } else {
                    holding.any(|holds| holds)
                }
            })
            .collect();
        self.sort(&mut found, moods, today);
        let tracks = found.into_iter().map(|(_, track)| track);
        match self.limit {
            None => tracks.map(|track| track.id).collect(),
            Some(SmartLimit::Tracks(most)) => {
                tracks.take(most as usize).map(|track| track.id).collect()
            }
            Some(SmartLimit::Minutes(most)) => {
                let mut left_secs = f64::from(most) * 60.0;
                // What is too long is passed over: shorter tracks behind it may fit.
                let fits = tracks.filter(|track| {
                    let fits = f64::from(track.duration_secs) <= left_secs;
                    if fits {
                        left_secs -= f64::from(track.duration_secs);
                    }
                    fits
                });
                fits.map(|track| track.id).collect()
            }
        }
    }

    /// Sorts; what is equal stays in the library's order.
    fn sort(&self, found: &mut [(usize, &Track)], moods: &[Option<MoodVector>], today: Date) {
        let arousal = |position: usize| {
            let mood = moods.get(position).and_then(Option::as_ref);
            mood.map_or(f32::MAX, |mood| mood.arousal)
        };
        match self.order {
            SmartOrder::Album => {}
            SmartOrder::Title => found.sort_by_cached_key(|(_, track)| fold(track.title())),
            SmartOrder::AddedLast => {
                found.sort_by_key(|(_, track)| std::cmp::Reverse(track.added_unix_secs));
            }
            SmartOrder::MostPlayed => {
                found.sort_by_key(|(_, track)| std::cmp::Reverse(track.play_count));
            }
            SmartOrder::MostStars => {
                found.sort_by_key(|(_, track)| std::cmp::Reverse(track.rating));
            }
            SmartOrder::HeardFirst => found.sort_by_key(|(_, track)| track.last_played_unix_secs),
            SmartOrder::Newest => {
                found.sort_by_key(|(_, track)| std::cmp::Reverse(track.tags.year));
            }
            SmartOrder::Calmest => {
                found.sort_by(|(a, _), (b, _)| arousal(*a).total_cmp(&arousal(*b)));
            }
            SmartOrder::Liveliest => found.sort_by(|(a, _), (b, _)| {
                let lively = |position| -arousal(position);
                let (a, b) = (lively(*a), lively(*b));
                // What has no mood comes last here too.
                let unknown = |value: f32| value == -f32::MAX;
                unknown(a).cmp(&unknown(b)).then(a.total_cmp(&b))
            }),
            SmartOrder::Shuffled => {
                // Each track has a place of its own each day: others that come or go do not
                // move it.
                found.sort_by_cached_key(|(_, track)| {
                    let mut hasher = DefaultHasher::new();
                    (today, track.id).hash(&mut hasher);
                    hasher.finish()
                });
            }
        }
    }
}

/// A rule with its words made ready to be compared.
struct Folded<'a> {
    rule: &'a Rule,
    words: String,
}

impl<'a> Folded<'a> {
    fn of(rule: &'a Rule) -> Self {
        let words = match rule {
            Rule::Genre { contains, .. } | Rule::Artist { contains, .. } => fold(contains.trim()),
            _ => String::new(),
        };
        Self { rule, words }
    }

    fn holds(&self, track: &Track, mood: Option<&MoodVector>, now_unix_secs: i64) -> bool {
        let has = |text: &str| fold(text).contains(&self.words);
        let since = |at: i64, days: u32| now_unix_secs - at <= i64::from(days) * DAY_SECS;
        match self.rule {
            Rule::Mood { mood: wanted, not } => {
                mood.is_some_and(|mood| (mood.top() == *wanted) != *not)
            }
            Rule::Genre { not, .. } => has(&track.tags.genre) != *not,
            Rule::Artist { not, .. } => {
                (has(&track.tags.artist) || has(&track.tags.album_artist)) != *not
            }
            Rule::Year { from, to } => track.tags.year.is_some_and(|year| {
                from.is_none_or(|from| year >= from) && to.is_none_or(|to| year <= to)
            }),
            Rule::Stars { at_least } => track.rating >= *at_least,
            Rule::Plays { at_least, at_most } => {
                let plays = track.play_count;
                at_least.is_none_or(|least| plays >= least)
                    && at_most.is_none_or(|most| plays <= most)
            }
            Rule::HeardWithin { days, not } => {
                let heard = track.last_played_unix_secs;
                heard.is_some_and(|at| since(at, *days)) != *not
            }
            Rule::AddedWithin { days, not } => since(track.added_unix_secs, *days) != *not,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Tags;
    use std::path::PathBuf;
    use std::sync::Arc;

    const NOW: i64 = 1_700_000_000;
    const TODAY: Date = Date {
        year: 2023,
        month: 11,
        day: 14,
        weekday: 1,
    };

    fn track(id: i64, edit: impl FnOnce(&mut Track)) -> Arc<Track> {
        let mut track = Track {
            id: TrackId(id),
            path: PathBuf::from(format!("/m/{id}.flac")),
            tags: Tags::default(),
            duration_secs: 180.0,
            added_unix_secs: NOW - 100 * DAY_SECS,
            ..Track::default()
        };
        edit(&mut track);
        Arc::new(track)
    }

    /// Five tracks whose order in the library is that of their ids.
    fn library() -> (Library, Vec<Option<MoodVector>>) {
        let library = Library::new(vec![
            track(1, |track| {
                track.tags.genre = "Jazz".to_owned();
                track.tags.year = Some(1999);
                track.play_count = 9;
                track.last_played_unix_secs = Some(NOW - 400 * DAY_SECS);
            }),
            track(2, |track| {
                track.tags.genre = "Acid jazz".to_owned();
                track.tags.artist = "Élan".to_owned();
                track.play_count = 2;
                track.rating = 4;
                track.last_played_unix_secs = Some(NOW - DAY_SECS);
            }),
            track(3, |track| {
                track.tags.year = Some(2020);
                track.added_unix_secs = NOW - DAY_SECS;
            }),
            track(4, |track| track.missing = true),
            track(5, |track| track.tags.artist = "오월".to_owned()),
        ]);
        let positions = library.tracks().iter();
        let moods = positions
            .map(|track| match track.id.0 {
                1 => Some(MoodVector::of_mood(Mood::Peaceful)),
                2 => Some(MoodVector::of_mood(Mood::Angry)),
                5 => Some(MoodVector::of_mood(Mood::Romantic)),
                _ => None,
            })
            .collect();
        (library, moods)
    }

    fn found(rules: &SmartRules) -> Vec<i64> {
        let (library, moods) = library();
        let mut ids: Vec<i64> = rules
            .tracks(&library, &moods, NOW, TODAY)
            .into_iter()
            .map(|id| id.0)
            .collect();
        if rules.order == SmartOrder::Album {
            ids.sort_unstable();
        }
        ids
    }

    fn one(rule: Rule) -> Vec<i64> {
        found(&SmartRules {
            rules: vec![rule],
            ..SmartRules::default()
        })
    }

    #[test]
    fn each_rule_finds_what_it_says() {
        let genre = |contains: &str, not| Rule::Genre {
            contains: contains.to_owned(),
            not,
        };
        assert_eq!(one(genre(" JAZZ ", false)), [1, 2]);
        assert_eq!(one(genre("jazz", true)), [3, 5]);
        let artist = |contains: &str| Rule::Artist {
            contains: contains.to_owned(),
            not: false,
        };
        assert_eq!(one(artist("élan")), [2]);
        assert_eq!(one(artist("오월")), [5]);
        let year = |from, to| Rule::Year { from, to };
        assert_eq!(one(year(Some(2000), None)), [3]);
        assert_eq!(one(year(None, Some(2000))), [1]);
        let plays = |at_least, at_most| Rule::Plays { at_least, at_most };
        assert_eq!(one(plays(Some(2), Some(8))), [2]);
        assert_eq!(one(plays(None, Some(0))), [3, 5]);
        assert_eq!(one(Rule::Stars { at_least: 4 }), [2]);
        assert!(one(Rule::Stars { at_least: 5 }).is_empty());
        let heard = |not| Rule::HeardWithin { days: 30, not };
        assert_eq!(one(heard(false)), [2]);
        assert_eq!(one(heard(true)), [1, 3, 5]);
        let added = |not| Rule::AddedWithin { days: 30, not };
        assert_eq!(one(added(false)), [3]);
        assert_eq!(one(added(true)), [1, 2, 5]);
        let mood = |not| Rule::Mood {
            mood: Mood::Peaceful,
            not,
        };
        assert_eq!(one(mood(false)), [1]);
        assert_eq!(one(mood(true)), [2, 5]);
    }

    #[test]
    fn all_rules_or_any_and_without_rules_everything() {
        let rules = |all| SmartRules {
            all,
            rules: vec![
                Rule::Plays {
                    at_least: Some(1),
                    at_most: None,
                },
                Rule::Mood {
                    mood: Mood::Romantic,
                    not: false,
                },
            ],
            ..SmartRules::default()
        };
        assert!(found(&rules(true)).is_empty());
        assert_eq!(found(&rules(false)), [1, 2, 5]);
        for all in [true, false] {
            let none = SmartRules {
                all,
                ..SmartRules::default()
            };
            assert_eq!(found(&none), [1, 2, 3, 5]);
        }
    }

    #[test]
    fn the_order_decides_what_a_limit_leaves() {
        let first = |order, limit| {
            found(&SmartRules {
                order,
                limit: Some(limit),
                ..SmartRules::default()
            })
        };
        let two = SmartLimit::Tracks(2);
        assert_eq!(first(SmartOrder::MostPlayed, two), [1, 2]);
        assert_eq!(first(SmartOrder::MostStars, SmartLimit::Tracks(1)), [2]);
        assert_eq!(first(SmartOrder::AddedLast, SmartLimit::Tracks(1)), [3]);
        assert_eq!(first(SmartOrder::Newest, two), [3, 1]);
        let by_arousal = first(SmartOrder::Calmest, SmartLimit::Tracks(9));
        assert_eq!((by_arousal[0], by_arousal[3]), (1, 3));
        let lively = first(SmartOrder::Liveliest, SmartLimit::Tracks(9));
        assert_eq!((lively[0], lively[3]), (2, 3));
        let heard = first(SmartOrder::HeardFirst, SmartLimit::Tracks(9));
        assert_eq!(heard[2..], [1, 2]);
        // Three minutes each.
        assert_eq!(
            first(SmartOrder::MostPlayed, SmartLimit::Minutes(7)).len(),
            2
        );
        let shuffled = first(SmartOrder::Shuffled, SmartLimit::Tracks(9));
        assert_eq!(shuffled, first(SmartOrder::Shuffled, SmartLimit::Tracks(9)));
        assert_eq!(shuffled.len(), 4);
    }

    #[test]
    fn a_track_that_is_too_long_does_not_end_the_list() {
        let lengths = [(1, 4_200.0), (2, 600.0), (3, 3_100.0), (4, 1_200.0)];
        let tracks = lengths.map(|(id, secs)| track(id, |track| track.duration_secs = secs));
        let library = Library::new(tracks.to_vec());
        let rules = SmartRules {
            limit: Some(SmartLimit::Minutes(60)),
            ..SmartRules::default()
        };
        let ids = rules.tracks(&library, &[], NOW, TODAY);
        assert_eq!(ids, [TrackId(2), TrackId(4)]);
    }

    #[test]
    fn a_days_order_is_its_own_and_newcomers_do_not_disturb_it() {
        let library =
            |ids: std::ops::Range<i64>| Library::new(ids.map(|id| track(id, |_| {})).collect());
        let order = |library: &Library, today| {
            let rules = SmartRules {
                order: SmartOrder::Shuffled,
                ..SmartRules::default()
            };
            rules.tracks(library, &[], NOW, today)
        };
        let (few, more) = (library(0..40), library(0..50));
        let before = order(&few, TODAY);
        let mut after = order(&more, TODAY);
        after.retain(|id| id.0 < 40);
        assert_eq!(before, after);
        assert!(!before.is_sorted());
        let tomorrow = Date { day: 15, ..TODAY };
        assert_ne!(order(&few, tomorrow), before);
    }

    #[test]
    fn what_comes_along_finds_what_its_names_say() {
        use crate::library::Playlists;
        let of = |index: usize| found(Playlists::builtin().0[index].rules().unwrap());
        assert_eq!(of(0), [3]);
        assert_eq!(of(1), [1, 2]);
        assert_eq!(of(2), [1]);
        assert_eq!(of(3), [1, 5]);
    }

    #[test]
    fn rules_come_back_from_text_and_unknown_fields_do_no_harm() {
        let rules = SmartRules {
            rules: vec![Rule::Year {
                from: Some(1990),
                to: None,
            }],
            ..SmartRules::default()
        };
        let text = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<SmartRules>(&text).unwrap(), rules);
        let newer = r#"{"all":false,"rules":[],"order":"title","limit":null,"colour":3}"#;
        assert!(!serde_json::from_str::<SmartRules>(newer).unwrap().all);
    }
}
