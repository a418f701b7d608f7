//! Which lines of lyrics are sung, and what in. Pure.
//!
//! Lyrics come with headings, credits, time tags, repeat marks, romanised and translated
//! lines. [`sung`] keeps each original line once where it is sung: `marks` knows what is
//! written around the words, `doubles` finds lines that say another line again, by ear
//! (`romanised`) or in another language.

mod doubles;
mod marks;
mod romanised;

use crate::language::Language;
use crate::library::Lyrics;
use marks::{Kind, Place};
use std::collections::HashMap;

/// Nobody sings a line more often in a row, whatever is written behind it.
const MOST_TIMES: u8 = 8;

/// A line that is sung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SungLine {
    /// Its words, without marks.
    pub text: String,
    /// Told by its script.
    pub language: Language,
    /// How often it is sung where it stands: "x2", or a heading that calls a chorus again.
    pub times: u8,
}

/// The lines of `lyrics` in their order: those that are sung, and `None` for the others:
/// headings, credits, pauses, calls without words, doubles, scripts that cannot be read.
#[must_use]
pub fn sung(lyrics: &Lyrics) -> Vec<Option<SungLine>> {
    let mut lines = unfolded(lyrics);
    let scripts: Vec<Option<Script>> = lines
        .iter()
        .map(|line| line.as_ref().and_then(|(text, _)| Script::of(text)))
        .collect();
    let written: Vec<doubles::Written<'_>> = lines
        .iter()
        .zip(&scripts)
        .zip(&lyrics.lines)
        .filter_map(|((line, script), lyric)| {
            Some(doubles::Written {
                text: line.as_ref()?.0.as_str(),
                script: (*script)?,
                start_secs: lyric.start_secs,
            })
        })
        .collect();
    let mut is_double = doubles::find(&written).into_iter();
    let kept: Vec<Option<Language>> = lines
        .iter()
        .zip(scripts)
        .map(|(line, script)| {
            let (text, _) = line.as_ref()?;
            let script = script?;
            let language = match script {
                Script::Korean => Language::Korean,
                Script::Latin => Language::English,
                Script::Other => {
                    is_double.next();
                    return None;
                }
            };
            let counts = !is_double.next()? && says_something(text);
            counts.then_some(language)
        })
        .collect();
    lines
        .iter_mut()
        .zip(kept)
        .map(|(line, language)| {
            let (text, times) = line.take()?;
            Some(SungLine {
                text,
                language: language?,
                times,
            })
        })
        .collect()
}

/// The words of each line, with how often they are sung; `None` where there are none.
fn unfolded(lyrics: &Lyrics) -> Vec<Option<(String, u8)>> {
    let count = lyrics.lines.len();
    let mut lines: Vec<Option<(String, u8)>> = vec![None; count];
    let mut sections = Sections::default();
    for (at, line) in lyrics.lines.iter().enumerate() {
        match marks::kind(&line.text, Place { at, count }) {
            Kind::Gap => sections.gap(&mut lines),
            Kind::Heading { name, times } => sections.begin(name, times, &mut lines),
            Kind::Repeat(times) => sections.repeat(times, &mut lines),
            Kind::Aside => {}
            Kind::Words { text, times } => {
                lines[at] = Some((text, times));
                sections.add(at);
            }
        }
    }
    sections.end(&mut lines);
    lines
}

/// The verses and choruses passed so far.
#[derive(Default)]
struct Sections {
    known: HashMap<String, Vec<usize>>,
    name: Option<String>,
    times: u8,
    lines: Vec<usize>,
}

impl Sections {
    fn add(&mut self, at: usize) {
        self.lines.push(at);
    }

    /// A gap ends a section; one right below a heading does not.
    fn gap(&mut self, lines: &mut [Option<(String, u8)>]) {
        if !self.lines.is_empty() {
            self.end(lines);
        }
    }

    fn begin(&mut self, name: String, times: u8, lines: &mut [Option<(String, u8)>]) {
        self.end(lines);
        self.name = Some(name);
        self.times = times;
    }

    /// A mark on a line of its own repeats what stands above it.
    fn repeat(&mut self, times: u8, lines: &mut [Option<(String, u8)>]) {
        multiply(&self.lines, times, lines);
    }

    /// Ends the section. A heading alone calls the section of its name again.
    fn end(&mut self, lines: &mut [Option<(String, u8)>]) {
        let here = std::mem::take(&mut self.lines);
        let times = std::mem::replace(&mut self.times, 1);
        let Some(name) = self.name.take() else {
            return;
        };
        if here.is_empty() {
            for at in self.known.get(&name).into_iter().flatten() {
                if let Some((_, sung)) = &mut lines[*at] {
                    *sung = sung.saturating_add(times).min(MOST_TIMES);
                }
            }
        } else {
            multiply(&here, times, lines);
            self.known.entry(name).or_insert(here);
        }
    }
}

fn multiply(which: &[usize], times: u8, lines: &mut [Option<(String, u8)>]) {
    for at in which {
        if let Some((_, sung)) = &mut lines[*at] {
            *sung = sung.saturating_mul(times).min(MOST_TIMES);
        }
    }
}

/// What a line is mostly written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Korean,
    Latin,
    Other,
}

impl Script {
    /// `None` without any letter.
    fn of(text: &str) -> Option<Self> {
        let (mut korean, mut latin, mut other) = (0, 0, 0);
        for character in text.chars() {
            if super::hangul::is_syllable(character) || super::hangul::is_letter(character) {
                // A syllable block is about two or three Latin letters' worth.
                korean += 2;
            } else if character.is_ascii_alphabetic() || ('À'..='ɏ').contains(&character) {
                latin += 1;
            } else if character.is_alphabetic() {
                other += 2;
            }
        }
        match (korean, latin, other) {
            (0, 0, 0) => None,
            _ if other > korean.max(latin) => Some(Self::Other),
            _ if korean > latin => Some(Self::Korean),
            _ => Some(Self::Latin),
        }
    }
}

/// Whether a line is more than a call: "oh yeah", "la la la", 예예, a single letter.
fn says_something(text: &str) -> bool {
    const CALLS: [&str; 40] = [
        "a", "ah", "aah", "ay", "ba", "bam", "da", "di", "doo", "du", "dum", "eh", "ey", "ha",
        "hey", "hm", "hmm", "hoo", "huh", "la", "mm", "mmm", "na", "nah", "o", "oh", "ooh", "oooh",
        "pa", "ra", "sha", "uh", "whoa", "wo", "woah", "woo", "wow", "ya", "yeah", "yo",
    ];
    const KOREAN_CALLS: &str = "오우아예야라나음워어에후하랄룰루두뚜빠밤헤이";
    let mut letters = 0;
    let mut calls_only = true;
    for word in text.split(|character: char| !character.is_alphanumeric()) {
        let word = word.to_lowercase();
        letters += word
            .chars()
            .map(|character| if character.is_ascii() { 1 } else { 2 })
            .sum::<usize>();
        calls_only &= word.is_empty()
            || CALLS.contains(&word.as_str())
            || word.chars().all(|syllable| KOREAN_CALLS.contains(syllable));
    }
    letters >= 3 && !calls_only
}

#[cfg(test)]
mod tests;
