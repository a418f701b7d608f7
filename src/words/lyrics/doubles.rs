//! Lines that say another line again: spelt by ear, or translated.

use super::Script;
use super::romanised::Sound;
use std::collections::HashSet;

/// So many pairs of a line and its translation make a habit.
const LEAST_PAIRS: usize = 4;
/// The same beside romanised lines, which show that somebody explains the song.
const LEAST_PAIRS_EXPLAINED: usize = 2;
/// Of the lines that may be translations, all but so large a share must stand in pairs.
const MOST_STRAY: f32 = 0.15;
/// Comparing all lines with all others is for songs, not for books.
const MOST_COMPARED: usize = 200;

/// A line of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub text: &'a str,
    pub script: Script,
    pub start_secs: Option<f32>,
}

/// For each line whether it only says another one again.
pub(super) fn find(lines: &[Written<'_>]) -> Vec<bool> {
    let mut is_double = romanised(lines);
    let explained = is_double.iter().any(|double| *double);
    for at in at_the_same_time(lines, &is_double) {
        is_double[at] = true;
    }
    let left: Vec<usize> = (0..lines.len()).filter(|at| !is_double[*at]).collect();
    let scripts: Vec<Script> = left.iter().map(|at| lines[*at].script).collect();
    for place in translations(&scripts, explained) {
        is_double[left[place]] = true;
    }
    is_double
}

/// Latin lines that spell a Korean line of the song.
fn romanised(lines: &[Written<'_>]) -> Vec<bool> {
    let korean: HashSet<&str> = lines
        .iter()
        .filter(|line| line.script == Script::Korean)
        .map(|line| line.text)
        .take(MOST_COMPARED)
        .collect();
    let korean: Vec<Sound> = korean.into_iter().map(Sound::of_korean).collect();
    let spells = |line: &Written<'_>| {
        let sound = Sound::of_latin(line.text);
        korean.iter().any(|known| known.is_like(&sound))
    };
    let mut compared = 0;
    lines
        .iter()
        .map(|line| {
            compared += usize::from(line.script == Script::Latin);
            line.script == Script::Latin && compared <= MOST_COMPARED && spells(line)
        })
        .collect()
}

/// Of lines in different scripts with one time, all but the first that can be read.
fn at_the_same_time(lines: &[Written<'_>], is_double: &[bool]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let time = lines[start].start_secs;
        let same = |line: &Written<'_>| time.is_some() && line.start_secs == time;
        let end = start + 1 + lines[start + 1..].iter().take_while(|l| same(l)).count();
        // More than a line with two doubles is no habit but a missing time.
        if (2..=3).contains(&(end - start)) {
            let mut readable =
                (start..end).filter(|at| !is_double[*at] && lines[*at].script != Script::Other);
            if let Some(original) = readable.next() {
                let script = lines[original].script;
                found.extend(readable.filter(|at| lines[*at].script != script));
            }
        }
        start = end;
    }
    found
}

/// Places of lines that stand below a line in the other script again and again. Songs that
/// mix languages do not do so line by line throughout.
fn translations(scripts: &[Script], explained: bool) -> Vec<usize> {
    let least = if explained {
        LEAST_PAIRS_EXPLAINED
    } else {
        LEAST_PAIRS
    };
    let pairs_of = |original: Script, translation: Script| {
        let below: Vec<usize> = (1..scripts.len())
            .filter(|at| scripts[*at] == translation && scripts[*at - 1] == original)
            .collect();
        let stray = |script: Script| {
            let all = scripts.iter().filter(|other| **other == script).count();
            (all - below.len()) as f32 / all.max(1) as f32
        };
        let is_habit = below.len() >= least
            && stray(translation) <= MOST_STRAY
            && stray(original) <= 2.0 * MOST_STRAY;
        (is_habit, below)
    };
    let (korean_first, english) = pairs_of(Script::Korean, Script::Latin);
    let (latin_first, korean) = pairs_of(Script::Latin, Script::Korean);
    match (korean_first, latin_first) {
        // Both hold in a song that alternates throughout; the first line is an original.
        (true, true) if scripts.first() == Some(&Script::Latin) => korean,
        (true, _) => english,
        (false, true) => korean,
        (false, false) => Vec::new(),
    }
}
