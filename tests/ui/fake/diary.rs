//! The diary of the made-up engine.

use super::Fake;
use maeum::engine::{Command, Event, Notice};
use maeum::library::{
    DAY_BEGINS_HOUR, Date, Diary, Heard, LocalTime, Occasion, OccasionKind, Play, Sitting,
};
use maeum::mood::Mood;
use std::sync::Arc;

const HOUR: i64 = 3_600;
/// Ten in the evening of Tuesday, 12 May 2026, on a clock that shows UTC.
const EVENING: i64 = 1_778_623_200;

impl Fake {
    pub fn answer_about_diary(&mut self, command: &Command) -> Vec<Event> {
        match command {
            Command::Diary { .. } => vec![Event::Diary(Arc::new(self.diary()))],
            Command::EraseHistory { first, last } => {
                self.heard
                    .retain(|heard| !(*first..=*last).contains(&heard.play.at_unix_secs));
                vec![Event::Notice(Notice::HistoryErased)]
            }
            Command::ExportHistory { path, .. } => {
                vec![Event::Notice(Notice::Exported(path.clone()))]
            }
            _ => Vec::new(),
        }
    }

    fn diary(&self) -> Diary {
        let newest: Vec<Heard> = self.heard.iter().rev().cloned().collect();
        let day = |at| date(at - i64::from(DAY_BEGINS_HOUR) * HOUR);
        Diary::of(&newest, false, &local, &day)
    }

    /// Two evenings and a morning, each with its wish.
    pub fn hear(&mut self) {
        let wishes = [
            (
                -2 * 24 * HOUR,
                OccasionKind::Feeling,
                "비 오는 밤, 혼자라 슬프다",
                Mood::Sad,
                7,
            ),
            (
                -13 * HOUR,
                OccasionKind::Playlist,
                "Sunday breakfast",
                Mood::Happy,
                5,
            ),
            (-3 * HOUR, OccasionKind::Journey, "calm", Mood::Peaceful, 9),
            (
                0,
                OccasionKind::Feeling,
                "calm evening by the sea",
                Mood::Peaceful,
                6,
            ),
        ];
        let mut number = 0;
        for (offset, kind, text, mood, tracks) in wishes {
            let mut at = EVENING + offset;
            let sitting = Arc::new(Sitting {
                began_unix_us: at * 1_000_000,
                occasion: Occasion {
                    kind,
                    text: text.to_owned(),
                    mood: Some(mood),
                    picture: None,
                },
            });
            for _ in 0..tracks {
                let all = self.library.tracks();
                let track = &all[(number * 7) % all.len()];
                let finished = number % 5 != 4;
                let played_secs = if finished { track.duration_secs } else { 31.0 };
                self.heard.push(Heard {
                    play: Play {
                        track: track.id,
                        at_unix_secs: at,
                        played_secs,
                        finished,
                    },
                    sitting: Some(Arc::clone(&sitting)),
                });
                at += played_secs as i64;
                number += 1;
            }
        }
    }
}

/// The calendar: Howard Hinnant's `civil_from_days`.
fn date(at: i64) -> Date {
    let days = at.div_euclid(24 * HOUR);
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    Date {
        year: (year + era * 400 + i64::from(month <= 2)) as i16,
        month: month as u8,
        day: day as u8,
        weekday: (days + 3).rem_euclid(7) as u8,
    }
}

fn local(at: i64) -> LocalTime {
    LocalTime {
        date: date(at),
        hour: at.div_euclid(HOUR).rem_euclid(24) as u8,
        minute: at.div_euclid(60).rem_euclid(60) as u8,
    }
}
