//! Sentences of the diary: dates, times and what led to music.

use super::count;
use crate::language::Language;
use crate::library::{Date, DayPart, LocalTime, Occasion, OccasionKind};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [(&str, &str); 7] = [
    ("Monday", "월요일"),
    ("Tuesday", "화요일"),
    ("Wednesday", "수요일"),
    ("Thursday", "목요일"),
    ("Friday", "금요일"),
    ("Saturday", "토요일"),
    ("Sunday", "일요일"),
];

/// "Tuesday, 12 May 2026".
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    let Date {
        year, month, day, ..
    } = date;
    let names = WEEKDAYS.get(usize::from(date.weekday));
    let (english, korean) = names.copied().unwrap_or_default();
    match language {
        Language::English => {
            let month = MONTHS.get(usize::from(month).wrapping_sub(1));
            format!("{english}, {day} {} {year}", month.unwrap_or(&""))
        }
        Language::Korean => format!("{year}년 {month}월 {day}일 {korean}"),
    }
}

/// "21:03", on a clock of 24 hours.
#[must_use]
pub fn time_of_day(time: LocalTime) -> String {
    format!("{}:{:02}", time.hour, time.minute)
}

/// "Evening".
#[must_use]
pub const fn day_part(language: Language, part: DayPart) -> &'static str {
    let (english, korean) = match part {
        DayPart::Morning => ("Morning", "아침"),
        DayPart::Afternoon => ("Afternoon", "오후"),
        DayPart::Evening => ("Evening", "저녁"),
        DayPart::Night => ("Night", "밤"),
    };
    language.pick(english, korean)
}

/// What led to music: "‘rainy day’", "More like Nocturne", "The playlist Rain".
#[must_use]
pub fn occasion(language: Language, occasion: Option<&Occasion>) -> String {
    let Some(occasion) = occasion else {
        return language.pick("Music", "음악").to_owned();
    };
    let text = occasion.text.as_str();
    let mood = occasion.mood.map(|mood| mood.name(language));
    let pick = |english: &str, korean: &str| language.pick(english, korean).to_owned();
    match (occasion.kind, text.is_empty()) {
        (OccasionKind::Feeling, false) => format!("‘{text}’"),
        (OccasionKind::Like, false) => super::like(language, text),
        (OccasionKind::Playlist, false) => match language {
            Language::English => format!("The playlist {text}"),
            Language::Korean => format!("재생목록 ‘{text}’"),
        },
        (OccasionKind::Journey, false) => match language {
            Language::English => format!("A journey to ‘{text}’"),
            Language::Korean => format!("‘{text}’까지 가는 여정"),
        },
        (OccasionKind::Feeling | OccasionKind::Mood | OccasionKind::Point, _) => {
            let name = mood.unwrap_or_else(|| language.pick("a feeling", "어떤 기분"));
            match language {
                Language::English => format!("Feeling {name}"),
                Language::Korean => format!("기분: {name}"),
            }
        }
        (OccasionKind::Photo, false) => text.to_owned(),
        (OccasionKind::Photo, true) => pick("A photo", "사진"),
        (OccasionKind::Like, true) => pick("More like a track", "비슷한 곡"),
        (OccasionKind::Lately, _) => pick("Like what you heard lately", "요즘 듣는 음악처럼"),
        (OccasionKind::Surprise, _) => pick("A surprise", "깜짝 추천"),
        (OccasionKind::Journey, true) => pick("A journey", "기분 여정"),
        (OccasionKind::Playlist, true) => pick("A playlist", "재생목록"),
        (OccasionKind::Files, _) => pick("Opened files", "직접 연 파일"),
        (OccasionKind::Library, _) => pick("From the library", "보관함에서"),
    }
}

/// "left after 0:31".
#[must_use]
pub fn left_after(language: Language, clock: &str) -> String {
    match language {
        Language::English => format!("left after {clock}"),
        Language::Korean => format!("{clock}에 넘김"),
    }
}

/// "Erase 1,234 plays? This cannot be undone."
#[must_use]
pub fn really_erase(language: Language, plays: Option<usize>) -> String {
    match (language, plays) {
        (Language::English, Some(1)) => "Erase this play? This cannot be undone.".to_owned(),
        (Language::English, Some(plays)) => {
            format!("Erase {} plays? This cannot be undone.", count(plays))
        }
        (Language::Korean, Some(plays)) => {
            format!("{}번 들은 기록을 지울까요? 되돌릴 수 없어요.", count(plays))
        }
        (Language::English, None) => "Erase the whole diary? This cannot be undone.".to_owned(),
        (Language::Korean, None) => "일기를 모두 지울까요? 되돌릴 수 없어요.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mood::Mood;

    #[test]
    fn days_and_occasions_read_naturally() {
        let day = Date {
            year: 2_026,
            month: 5,
            day: 12,
            weekday: 1,
        };
        assert_eq!(date(Language::English, day), "Tuesday, 12 May 2026");
        assert_eq!(date(Language::Korean, day), "2026년 5월 12일 화요일");
        let mut wish = Occasion {
            kind: OccasionKind::Feeling,
            text: "rain".to_owned(),
            mood: Some(Mood::Sad),
            picture: None,
        };
        assert_eq!(occasion(Language::English, Some(&wish)), "‘rain’");
        wish.text.clear();
        assert_eq!(occasion(Language::English, Some(&wish)), "Feeling sad");
        assert_eq!(occasion(Language::Korean, None), "음악");
    }
}
