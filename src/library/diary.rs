//! The mood diary: plays grouped into days and sittings. Pure: the local time is handed in.

use super::{Heard, Occasion, Play};

/// A day lasts until this hour of the next: the small hours belong to the evening before.
pub const DAY_BEGINS_HOUR: u8 = 5;
/// After so long without music it is another sitting.
const PAUSE_SECS: i64 = 2 * 3_600;

/// A moment on the listener's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// 0…23.
    pub hour: u8,
    /// 0…59.
    pub minute: u8,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: i16,
    /// 1…12.
    pub month: u8,
    /// 1…31.
    pub day: u8,
    /// 0 is Monday, 6 is Sunday.
    pub weekday: u8,
}

/// Part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// 5 to 12.
    Morning,
    /// 12 to 18.
    Afternoon,
    /// 18 to 22.
    Evening,
    /// 22 to 5.
    Night,
}

impl LocalTime {
    /// The part of the day.
    #[must_use]
    pub const fn part(self) -> DayPart {
        match self.hour {
            DAY_BEGINS_HOUR..12 => DayPart::Morning,
            12..18 => DayPart::Afternoon,
            18..22 => DayPart::Evening,
            _ => DayPart::Night,
        }
    }
}

/// What was heard, by days and sittings, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diary {
    /// Days with music, newest first.
    pub days: Vec<DiaryDay>,
    /// There are older plays.
    pub more: bool,
}

/// One day.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryDay {
    /// Which; it lasts until the small hours of the next.
    pub date: Date,
    /// Its sittings, newest first.
    pub sittings: Vec<DiarySitting>,
}

impl DiaryDay {
    /// When its first and last plays began, seconds since 1970.
    #[must_use]
    pub fn span_unix_secs(&self) -> (i64, i64) {
        let all = self.sittings.iter().flat_map(|sitting| &sitting.plays);
        all.fold((i64::MAX, i64::MIN), |(first, last), play| {
            (first.min(play.at_unix_secs), last.max(play.at_unix_secs))
        })
    }
}

/// Music heard together.
#[derive(Debug, Clone, PartialEq)]
pub struct DiarySitting {
    /// What led to it; `None` when that was not kept.
    pub occasion: Option<Occasion>,
    /// When its first track began.
    pub began: LocalTime,
    /// Its plays, oldest first; at least one.
    pub plays: Vec<Play>,
}

impl Diary {
    /// The diary of plays that stand newest first. `local` tells the listener's clock at a
    /// moment in seconds since 1970, `day` the date of the day it belongs to. With `more`,
    /// there are older plays: the last day may lack some of its own and is left out.
    #[must_use]
    pub fn of(
        heard: &[Heard],
        more: bool,
        local: &dyn Fn(i64) -> LocalTime,
        day: &dyn Fn(i64) -> Date,
    ) -> Self {
        let mut days: Vec<DiaryDay> = Vec::new();
        let mut last: Option<&Heard> = None;
        for each in heard.iter().rev() {
            let at = each.play.at_unix_secs;
            let date = day(at);
            let new_day = days.last().is_none_or(|day| day.date != date);
            if new_day {
                let sittings = Vec::new();
                days.push(DiaryDay { date, sittings });
            }
            let same = last.is_some_and(|last| {
                let ended = last.play.at_unix_secs + last.play.played_secs as i64;
                let led_by = |heard: &Heard| heard.sitting.as_ref().map(|s| s.began_unix_us);
                led_by(last) == led_by(each) && at - ended <= PAUSE_SECS
            });
            last = Some(each);
            let Some(day) = days.last_mut() else { continue };
            match day.sittings.last_mut() {
                Some(sitting) if same && !new_day => sitting.plays.push(each.play),
                _ => day.sittings.push(DiarySitting {
                    occasion: each
                        .sitting
                        .as_ref()
                        .map(|sitting| sitting.occasion.clone()),
                    began: local(at),
                    plays: vec![each.play],
                }),
            }
        }
        if more && days.len() > 1 {
            days.remove(0);
        }
        days.reverse();
        for day in &mut days {
            day.sittings.reverse();
        }
        Self { days, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{OccasionKind, Sitting, TrackId};
    use std::sync::Arc;

    const HOUR: i64 = 3_600;

    /// A calendar with months of 31 days that begins on day 1 of month 1.
    fn date(at: i64) -> Date {
        let day = (at - i64::from(DAY_BEGINS_HOUR) * HOUR).div_euclid(24 * HOUR);
        Date {
            year: 2_026,
            month: (day / 31 + 1) as u8,
            day: (day % 31 + 1) as u8,
            weekday: (day % 7) as u8,
        }
    }

    fn local(at: i64) -> LocalTime {
        LocalTime {
            date: date(at),
            hour: (at / HOUR % 24) as u8,
            minute: (at / 60 % 60) as u8,
        }
    }

    fn heard(track: i64, at_hours: f64, sitting: Option<i64>) -> Heard {
        Heard {
            play: Play {
                track: TrackId(track),
                at_unix_secs: (at_hours * HOUR as f64) as i64,
                played_secs: 200.0,
                finished: true,
            },
            sitting: sitting.map(|began_unix_us| {
                Arc::new(Sitting {
                    began_unix_us,
                    occasion: Occasion {
                        kind: OccasionKind::Feeling,
                        text: format!("wish {began_unix_us}"),
                        ..Occasion::default()
                    },
                })
            }),
        }
    }

    fn diary(mut plays: Vec<Heard>, more: bool) -> Diary {
        plays.reverse();
        Diary::of(&plays, more, &local, &date)
    }

    fn shape(diary: &Diary) -> Vec<(u8, Vec<usize>)> {
        let sittings = |day: &DiaryDay| day.sittings.iter().map(|s| s.plays.len()).collect();
        let days = diary.days.iter();
        days.map(|day| (day.date.day, sittings(day))).collect()
    }

    #[test]
    fn what_one_wish_led_to_stands_together() {
        let diary = diary(
            vec![
                heard(1, 20.0, Some(1)),
                heard(2, 20.1, Some(1)),
                heard(3, 20.2, Some(2)),
                heard(4, 20.3, None),
                heard(5, 20.4, None),
            ],
            false,
        );
        assert_eq!(shape(&diary), [(1, vec![2, 1, 2])]);
        let first = diary.days[0].sittings.last().unwrap();
        assert_eq!(first.occasion.as_ref().unwrap().text, "wish 1");
        assert_eq!(first.plays[0].track, TrackId(1));
        assert_eq!(first.began.part(), DayPart::Evening);
    }

    #[test]
    fn the_small_hours_belong_to_the_evening_before() {
        let plays = [22.0, 23.0, 24.5, 26.0, 29.5].map(|at| heard(1, at, Some(1)));
        let diary = diary(plays.to_vec(), false);
        assert_eq!(shape(&diary), [(2, vec![1]), (1, vec![4])]);
        let (first, last) = diary.days[1].span_unix_secs();
        assert_eq!((first, last), (22 * HOUR, 26 * HOUR));
    }

    #[test]
    fn a_long_pause_makes_another_sitting() {
        let plays = [8.0, 8.1, 12.0].map(|at| heard(1, at, Some(1)));
        assert_eq!(shape(&diary(plays.to_vec(), false)), [(1, vec![1, 2])]);
    }

    #[test]
    fn a_day_of_which_only_a_part_is_known_is_left_out() {
        let plays = || [10.0, 34.0, 58.0].map(|at| heard(1, at, None)).to_vec();
        assert_eq!(shape(&diary(plays(), true)).len(), 2);
        assert_eq!(shape(&diary(plays(), false)).len(), 3);
        assert_eq!(shape(&diary(plays()[..1].to_vec(), true)).len(), 1);
    }
}
