//! What the listener's reactions changed about a playlist as a whole: who is missing from a
//! list cannot say so itself.

use super::feedback::ListenerModel;
use super::fuse::Candidate;
use super::index::Index;
use crate::language::Language;
use std::collections::HashMap;

/// At most so many are told.
const MOST_LESSONS: usize = 3;
/// A factor this far from 1, up or down, is worth telling.
const NOTABLE_FACTOR: f32 = 1.2;

/// One thing that the listener's reactions changed about a playlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The artist that there is more or less of, as written in the files.
    pub artist: String,
    /// More, or less.
    pub more: bool,
    /// Thumbs up given to the artist's tracks.
    pub ups: u32,
    /// Thumbs down given to the artist's tracks.
    pub downs: u32,
    /// Times one was heard to the end.
    pub finished: u32,
    /// Times one was skipped.
    pub skipped: u32,
    /// Times one was moved up in a list.
    pub moved_up: u32,
    /// Times one was taken out of a list.
    pub taken_out: u32,
}

impl Lesson {
    /// One line in the listener's language.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let artist = &self.artist;
        let because = self.because(language);
        match (language, self.more) {
            (Language::English, true) => format!("More of {artist}: {because}"),
            (Language::English, false) => format!("Less of {artist}: {because}"),
            (Language::Korean, true) => format!("{artist}: {because} 더 골랐어요"),
            (Language::Korean, false) => format!("{artist}: {because} 줄였어요"),
        }
    }

    /// What the listener did most plainly.
    fn because(&self, language: Language) -> String {
        let times = |count: u32, english: &str| format!("{english} {count}×");
        let thumbs = |count: u32, side: &str| match count {
            1 => format!("1 thumb {side}"),
            more => format!("{more} thumbs {side}"),
        };
        let english = language == Language::English;
        match (self.more, english) {
            (true, true) if self.ups > 0 => thumbs(self.ups, "up"),
            (true, false) if self.ups > 0 => format!("좋아요 {}번이라", self.ups),
            (true, true) if self.moved_up > self.finished => times(self.moved_up, "moved up"),
            (true, false) if self.moved_up > self.finished => {
                format!("위로 {}번 옮겨서", self.moved_up)
            }
            (true, true) => times(self.finished, "heard to the end"),
            (true, false) => format!("끝까지 {}번 들어서", self.finished),
            (false, true) if self.downs > 0 => thumbs(self.downs, "down"),
            (false, false) if self.downs > 0 => format!("싫어요 {}번이라", self.downs),
            (false, true) if self.taken_out > self.skipped => times(self.taken_out, "taken out"),
            (false, false) if self.taken_out > self.skipped => {
                format!("목록에서 {}번 빼서", self.taken_out)
            }
            (false, true) => times(self.skipped, "skipped"),
            (false, false) => format!("{}번 건너뛰어서", self.skipped),
        }
    }
}

/// Compares the tracks chosen with those that would have come first without reactions.
pub(super) fn lessons(
    index: &Index,
    listener: &ListenerModel,
    candidates: &[Candidate],
    chosen: &[u32],
) -> Vec<Lesson> {
    let factor = |candidate: &Candidate| candidate.leaning.factor();
    let notable = |candidate: &&Candidate| {
        let factor = factor(candidate);
        factor.max(1.0 / factor) >= NOTABLE_FACTOR
    };
    if !candidates.iter().any(|candidate| notable(&candidate)) {
        return Vec::new();
    }
    let mut plain: Vec<&Candidate> = candidates.iter().collect();
    plain.sort_by(|a, b| b.plain_score().total_cmp(&a.plain_score()));
    plain.truncate(chosen.len());
    let artist = |row: u32| index.artist[row as usize];
    let mut change: HashMap<u32, i32> = HashMap::new();
    for candidate in plain {
        *change.entry(artist(candidate.row)).or_default() -= 1;
    }
    for row in chosen {
        *change.entry(artist(*row)).or_default() += 1;
    }
    let mut lessons: Vec<(i32, u32, Lesson)> = candidates
        .iter()
        .filter(notable)
        .filter_map(|candidate| {
            let number = artist(candidate.row);
            let change = change.remove(&number)?;
            let more = factor(candidate) > 1.0;
            let opinion = listener.artist(&index.artists[number as usize])?;
            (change != 0 && (change > 0) == more).then(|| {
                let lesson = Lesson {
                    artist: index.track(candidate.row).artist().to_owned(),
                    more,
                    ups: opinion.ups,
                    downs: opinion.downs,
                    finished: opinion.finished,
                    skipped: opinion.skipped,
                    moved_up: opinion.moved_up,
                    taken_out: opinion.taken_out,
                };
                (change.abs(), number, lesson)
            })
        })
        .collect();
    lessons.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    lessons
        .into_iter()
        .take(MOST_LESSONS)
        .map(|(.., lesson)| lesson)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_reads_well_in_both_languages() {
        let mut lesson = Lesson {
            artist: "하나".to_owned(),
            more: false,
            ups: 0,
            downs: 3,
            finished: 0,
            skipped: 2,
            moved_up: 0,
            taken_out: 1,
        };
        assert_eq!(
            lesson.line(Language::English),
            "Less of 하나: 3 thumbs down"
        );
        assert_eq!(
            lesson.line(Language::Korean),
            "하나: 싫어요 3번이라 줄였어요"
        );
        lesson.downs = 0;
        assert_eq!(lesson.line(Language::English), "Less of 하나: skipped 2×");
        lesson.more = true;
        lesson.ups = 1;
        assert_eq!(lesson.line(Language::English), "More of 하나: 1 thumb up");
        (lesson.ups, lesson.moved_up) = (0, 1);
        assert_eq!(lesson.line(Language::English), "More of 하나: moved up 1×");
        assert_eq!(
            lesson.line(Language::Korean),
            "하나: 위로 1번 옮겨서 더 골랐어요"
        );
        (lesson.more, lesson.taken_out) = (false, 3);
        assert_eq!(
            lesson.line(Language::Korean),
            "하나: 목록에서 3번 빼서 줄였어요"
        );
    }
}
