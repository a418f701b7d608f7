//! Lyrics text, with or without LRC times, as lines. Pure.

use crate::library::{LyricLine, Lyrics, WordTime};

/// Longest time believed, seconds: nobody sings for a day.
const MAX_SECS: f64 = 86_400.0;

/// Parses lyrics: LRC when any line has a time, plain text otherwise. `None` when there
/// are no words.
#[must_use]
pub fn parse(text: &str) -> Option<Lyrics> {
    let mut timed = Vec::new();
    let mut plain = Vec::new();
    let mut offset_secs = 0.0;
    for line in text.lines().flat_map(|line| line.split('\r')) {
        let mut rest = line.trim().trim_start_matches('\u{FEFF}');
        let mut starts = Vec::new();
        let mut header = false;
        while let Some((tag, after)) = bracketed(rest) {
            if let Some(secs) = time(tag) {
                starts.push(secs);
            } else if let Some((key, value)) = metadata(tag) {
                header = true;
                if key.eq_ignore_ascii_case("offset") {
                    offset_secs = value.parse::<f64>().map_or(0.0, |ms| ms / 1000.0);
                }
            } else {
                break;
            }
            rest = after.trim_start();
        }
        let (words, word_times) = split_word_times(rest);
        if starts.is_empty() {
            if !(header && words.is_empty()) {
                plain.push(LyricLine::new(None, words));
            }
        } else {
            // The times of words are those of one singing; a line that comes again has none.
            let once = starts.len() == 1;
            timed.extend(starts.into_iter().map(|secs| {
                let words_at = if once { word_times.clone() } else { Vec::new() };
                (secs, words.clone(), words_at)
            }));
        }
    }
    let lines = if timed.is_empty() {
        trimmed(plain)
    } else {
        // By the convention of players, a positive offset shows the lines sooner.
        let offset_secs = if offset_secs.is_finite() {
            offset_secs
        } else {
            0.0
        };
        let shifted = |secs: f64| (secs - offset_secs).clamp(0.0, MAX_SECS) as f32;
        let mut lines: Vec<LyricLine> = timed
            .into_iter()
            .map(|(secs, text, words)| LyricLine {
                start_secs: Some(shifted(secs)),
                text,
                words: words
                    .into_iter()
                    .map(|(secs, at)| WordTime {
                        start_secs: shifted(secs),
                        at,
                    })
                    .collect(),
            })
            .collect();
        lines.sort_by(|a, b| {
            a.start_secs
                .partial_cmp(&b.start_secs)
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        lines
    };
    lines
        .iter()
        .any(|line| !line.text.is_empty())
        .then_some(Lyrics { lines })
}

/// The inside of a bracket at the start, and what follows it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('[')?.split_once(']')
}

/// `mm:ss`, `mm:ss.xx`, `mm:ss:xx` or `hh:mm:ss.xx`.
fn time(tag: &str) -> Option<f64> {
    let mut parts: Vec<&str> = tag.trim().split(':').collect();
    let fraction_after_colon = parts.len() == 3 && parts[2].len() == 2 && !parts[2].contains('.');
    let hundredths = if fraction_after_colon {
        parts.pop()
    } else {
        None
    };
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let digits = |text: &str| -> Option<f64> {
        let valid = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| text.parse().ok()).flatten()
    };
    let (whole, fraction) = parts.pop()?.split_once(['.', ',']).map_or_else(
        || {
            (
                tag.trim()
                    .rsplit(':')
                    .nth(usize::from(fraction_after_colon)),
                hundredths,
            )
        },
        |(whole, fraction)| (Some(whole), Some(fraction)),
    );
    let mut secs = digits(whole?)?;
    if let Some(fraction) = fraction {
        secs += digits(fraction)? / 10_f64.powi(fraction.len() as i32);
    }
    let mut unit = 60.0;
    for part in parts.iter().rev() {
        secs += digits(part)? * unit;
        unit *= 60.0;
    }
    Some(secs)
}

/// `ar:Someone`, `offset:+250`: a word, a colon, anything.
fn metadata(tag: &str) -> Option<(&str, &str)> {
    let (key, value) = tag.split_once(':')?;
    let is_word = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic() || b == b'#');
    is_word.then(|| (key, value.trim()))
}

/// A line without `<mm:ss.xx>` before its words, and those times with the places of their
/// words, bytes.
fn split_word_times(line: &str) -> (String, Vec<(f64, usize)>) {
    let mut words = String::with_capacity(line.len());
    let mut times = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        words.push_str(before);
        match tag[1..].split_once('>') {
            Some((inside, after)) if let Some(secs) = time(inside) => {
                // The blanks around a time belong to one gap.
                let gap = words.ends_with(' ') || words.is_empty();
                rest = if gap { after.trim_start() } else { after };
                times.push((secs, words.len()));
            }
            _ => {
                words.push('<');
                rest = &tag[1..];
            }
        }
    }
    words.push_str(rest);
    let text = words.trim_end().to_owned();
    // A time at the end says when the last word is over.
    times.retain(|(_, at)| *at < text.len());
    (text, times)
}

/// Without empty lines at both ends, and with one between verses at most.
fn trimmed(lines: Vec<LyricLine>) -> Vec<LyricLine> {
    let mut kept: Vec<LyricLine> = Vec::with_capacity(lines.len());
    for line in lines {
        let after_gap = kept.last().is_none_or(|last| last.text.is_empty());
        if !(line.text.is_empty() && after_gap) {
            kept.push(line);
        }
    }
    if kept.last().is_some_and(|line| line.text.is_empty()) {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::LyricsKind;

    fn lines(text: &str) -> Vec<(Option<f32>, String)> {
        parse(text)
            .map(|lyrics| lyrics.lines)
            .unwrap_or_default()
            .into_iter()
            .map(|line| (line.start_secs, line.text))
            .collect()
    }

    #[test]
    fn times_headers_and_repeats_are_read() {
        let text = "[ar:Someone]\n[ti:Night]\n[length:03:10]\n\n[00:12.50]first\n[01:02.5][00:20]again\n[00:15]\n";
        assert_eq!(
            lines(text),
            [
                (Some(12.5), "first".to_owned()),
                (Some(15.0), String::new()),
                (Some(20.0), "again".to_owned()),
                (Some(62.5), "again".to_owned()),
            ]
        );
        assert_eq!(parse(text).unwrap().kind(), LyricsKind::Synced);
    }

    #[test]
    fn every_way_to_write_a_time_is_understood() {
        for (tag, secs) in [
            ("01:02", Some(62.0)),
            ("01:02.3", Some(62.3)),
            ("01:02.34", Some(62.34)),
            ("01:02.345", Some(62.345)),
            ("01:02:34", Some(62.34)),
            ("1:02,5", Some(62.5)),
            ("01:00:02.00", Some(3602.0)),
            ("ar:x", None),
            ("1", None),
            (":", None),
            ("::", None),
            ("-1:00", None),
            ("1e9:00", None),
            ("00:0x", None),
        ] {
            let read = time(tag);
            assert!(
                match (read, secs) {
                    (Some(read), Some(secs)) => (read - secs).abs() < 1e-9,
                    (None, None) => true,
                    _ => false,
                },
                "{tag} read as {read:?}"
            );
        }
    }

    #[test]
    fn a_positive_offset_shows_lines_sooner_and_never_before_the_start() {
        let text = "[offset:+500]\n[00:00.20]a\n[00:02.00]b";
        assert_eq!(lines(text)[0].0, Some(0.0));
        assert_eq!(lines(text)[1].0, Some(1.5));
        assert_eq!(lines("[offset:-1000]\n[00:01]a")[0].0, Some(2.0));
    }

    #[test]
    fn word_times_leave_the_words() {
        assert_eq!(
            lines("[00:01.00]<00:01.00> I <00:01.40> see <00:02.00>you")[0].1,
            "I see you"
        );
        assert_eq!(lines("[00:01.00]사<00:01.40>랑 <3")[0].1, "사랑 <3");
    }

    #[test]
    fn word_times_follow_the_offset_and_point_at_their_words() {
        let text = "[offset:500]\n[00:01.00]<00:01.00> I <00:01.40> see <00:02.00>you<00:03.00>";
        let lyrics = parse(text).unwrap();
        let line = &lyrics.lines[0];
        let words: Vec<(f32, &str)> = line
            .words
            .iter()
            .map(|word| (word.start_secs, &line.text[word.at..]))
            .collect();
        assert_eq!(words, [(0.5, "I see you"), (0.9, "see you"), (1.5, "you")]);
        let again = parse("[00:01.00][00:09.00]<00:01.00>I <00:01.40>see").unwrap();
        assert!(again.lines.iter().all(|line| line.words.is_empty()));
    }

    #[test]
    fn plain_text_keeps_its_verses() {
        assert_eq!(
            lines("\n\nOne\r\nTwo\n\n\n[Chorus]\nThree\n\n"),
            ["One", "Two", "", "[Chorus]", "Three"].map(|text| (None, text.to_owned()))
        );
        assert!(parse(" \n\n").is_none());
        assert!(parse("[ar:Nobody]\n[00:01.00]").is_none());
    }

    #[test]
    fn mutilated_lyrics_never_panic() {
        let mut random = fastrand::Rng::with_seed(7);
        let seed = "[ar:가수]\n[offset:-20]\n[00:12.50][01:00]첫 눈 <00:13.00>오는\n[00:99:99]é\n";
        for _ in 0..4000 {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..random.usize(1..12) {
                let at = random.usize(..bytes.len());
                match random.u8(0..3) {
                    0 => bytes[at] = random.u8(..),
                    1 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, *b"[]<>:.-9\n\r\0\xC7".get(random.usize(..12)).unwrap()),
                }
            }
            let text = crate::scan::encoding::decode(&bytes);
            if let Some(lyrics) = parse(&text) {
                assert!(
                    lyrics
                        .lines
                        .iter()
                        .all(|line| line.start_secs.is_none_or(f32::is_finite))
                );
            }
        }
    }
}
