//! Sentences about playlists that hold a name or a number.

use super::{count, tracks};
use crate::language::Language;

/// "3 tracks added to Rain".
#[must_use]
pub fn added_to(language: Language, number: usize, name: &str) -> String {
    let number = tracks(language, number);
    match language {
        Language::English => format!("{number} added to {name}"),
        Language::Korean => format!("‘{name}’에 {number}을 넣었어요"),
    }
}

/// "Saved as the playlist Rain".
#[must_use]
pub fn saved_as(language: Language, name: &str) -> String {
    match language {
        Language::English => format!("Saved as the playlist {name}"),
        Language::Korean => format!("재생목록 ‘{name}’에 저장했어요"),
    }
}

/// "Rain was deleted".
#[must_use]
pub fn deleted(language: Language, name: &str) -> String {
    match language {
        Language::English => format!("{name} was deleted"),
        Language::Korean => format!("‘{name}’ 재생목록을 지웠어요"),
    }
}

/// "Nocturne was taken out".
#[must_use]
pub fn taken_out(language: Language, title: &str) -> String {
    match language {
        Language::English => format!("{title} was taken out"),
        Language::Korean => format!("‘{title}’을(를) 뺐어요"),
    }
}

/// "3 not found".
#[must_use]
pub fn unmatched(language: Language, number: usize) -> String {
    let number = count(number);
    match language {
        Language::English => format!("{number} not found"),
        Language::Korean => format!("{number}곡은 못 찾음"),
    }
}

/// "Rain: 20 tracks found, 3 not".
#[must_use]
pub fn imported(language: Language, name: &str, matched: usize, missing: usize) -> String {
    let found = tracks(language, matched);
    let missing_shown = count(missing);
    match (language, missing) {
        (Language::English, 0) => format!("{name}: {found}"),
        (Language::English, _) => format!("{name}: {found} found, {missing_shown} not found"),
        (Language::Korean, 0) => format!("‘{name}’: {found}을 가져왔어요"),
        (Language::Korean, _) => {
            format!("‘{name}’: {found}을 찾았고 {missing_shown}곡은 찾지 못했어요")
        }
    }
}

/// "Mood is peaceful".
#[must_use]
pub fn rule_mood(language: Language, mood: &str, not: bool) -> String {
    match (language, not) {
        (Language::English, false) => format!("Mood is {mood}"),
        (Language::English, true) => format!("Mood is not {mood}"),
        (Language::Korean, false) => format!("기분: {mood}"),
        (Language::Korean, true) => format!("기분: {mood} 빼고"),
    }
}

/// "2010–2019".
#[must_use]
pub fn rule_years(language: Language, from: Option<i32>, to: Option<i32>) -> String {
    let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
    let (from, to) = (year(from), year(to));
    match language {
        Language::English => format!("Released {from}–{to}"),
        Language::Korean => format!("발매 {from}–{to}년"),
    }
}

/// "4 stars or more".
#[must_use]
pub fn rule_stars(language: Language, at_least: u8) -> String {
    match (language, at_least) {
        (Language::English, 5) => "5 stars".to_owned(),
        (Language::English, 1) => "Rated".to_owned(),
        (Language::English, _) => format!("{at_least} stars or more"),
        (Language::Korean, 5) => "별 5개".to_owned(),
        (Language::Korean, _) => format!("별 {at_least}개 이상"),
    }
}

/// "Heard 3 times or more".
#[must_use]
pub fn rule_plays(language: Language, at_least: Option<u32>, at_most: Option<u32>) -> String {
    match (language, at_least, at_most) {
        (Language::English, _, Some(0)) => "Never heard to the end".to_owned(),
        (Language::Korean, _, Some(0)) => "끝까지 들은 적 없음".to_owned(),
        (Language::English, Some(1), None) => "Heard to the end".to_owned(),
        (Language::Korean, Some(1), None) => "끝까지 들은 적 있음".to_owned(),
        (Language::English, Some(least), None) => format!("Heard {least} times or more"),
        (Language::Korean, Some(least), None) => format!("{least}번 이상 들음"),
        (Language::English, None, Some(most)) => format!("Heard {most} times or less"),
        (Language::Korean, None, Some(most)) => format!("{most}번 이하로 들음"),
        (Language::English, Some(least), Some(most)) => format!("Heard {least} to {most} times"),
        (Language::Korean, Some(least), Some(most)) => format!("{least}–{most}번 들음"),
        (Language::English, None, None) => "Heard or not".to_owned(),
        (Language::Korean, None, None) => "들은 횟수 상관없음".to_owned(),
    }
}

/// "Heard within 30 days".
#[must_use]
pub fn rule_heard(language: Language, days: u32, not: bool) -> String {
    let span = span(language, days);
    match (language, not) {
        (Language::English, false) => format!("Heard within {span}"),
        (Language::English, true) => format!("Not heard for {span}"),
        (Language::Korean, false) => format!("최근 {span} 안에 들음"),
        (Language::Korean, true) => format!("{span} 동안 듣지 않음"),
    }
}

/// "Added within 30 days".
#[must_use]
pub fn rule_added(language: Language, days: u32, not: bool) -> String {
    let span = span(language, days);
    match (language, not) {
        (Language::English, false) => format!("Added within {span}"),
        (Language::English, true) => format!("Added more than {span} ago"),
        (Language::Korean, false) => format!("최근 {span} 안에 들어옴"),
        (Language::Korean, true) => format!("{span}보다 전에 들어옴"),
    }
}

fn span(language: Language, days: u32) -> String {
    match (language, days) {
        (Language::English, 365) => "a year".to_owned(),
        (Language::Korean, 365) => "1년".to_owned(),
        (Language::English, 1) => "a day".to_owned(),
        (Language::English, _) => format!("{days} days"),
        (Language::Korean, _) => format!("{days}일"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_like_sentences() {
        let (en, ko) = (Language::English, Language::Korean);
        assert_eq!(rule_heard(en, 30, true), "Not heard for 30 days");
        assert_eq!(rule_heard(ko, 365, true), "1년 동안 듣지 않음");
        assert_eq!(rule_plays(en, None, Some(0)), "Never heard to the end");
        assert_eq!(rule_years(ko, Some(2010), Some(2019)), "발매 2010–2019년");
        assert_eq!(
            imported(en, "Rain", 2, 1),
            "Rain: 2 tracks found, 1 not found"
        );
    }
}
