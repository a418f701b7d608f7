//! Finds the words of a track: beside the file or inside it.

use super::walk::Beside;
use super::{encoding, lrc};
use crate::library::{Lyrics, LyricsKind};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Longest lyrics file read, bytes. The longest opera libretto is smaller.
const MAX_LYRICS_BYTES: u64 = 256 * 1024;

/// The best lyrics there are: timed before plain, and among equals a file that someone
/// put beside the music before what is embedded. A `.txt` comes last; it may be anything.
#[must_use]
pub fn choose(beside: &Beside, embedded: Option<Lyrics>) -> Option<Lyrics> {
    let lrc = beside.lrc.as_deref().and_then(read_text);
    let lrc = lrc.as_deref().and_then(lrc::parse);
    let timed = |lyrics: &Lyrics| lyrics.kind() == LyricsKind::Synced;
    let best = match (lrc, embedded) {
        (Some(lrc), Some(embedded)) if timed(&embedded) && !timed(&lrc) => Some(embedded),
        (lrc, embedded) => lrc.or(embedded),
    };
    best.or_else(|| {
        let text = beside.txt.as_deref().and_then(read_text)?;
        let lyrics = lrc::parse(&text)?;
        looks_like_lyrics(&lyrics).then_some(lyrics)
    })
}

fn read_text(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MAX_LYRICS_BYTES + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    (bytes.len() as u64 <= MAX_LYRICS_BYTES).then(|| encoding::decode(&bytes))
}

/// Several short lines, and no log, list of addresses or binary data.
fn looks_like_lyrics(lyrics: &Lyrics) -> bool {
    let lines = || lyrics.lines.iter().filter(|line| !line.text.is_empty());
    let count = lines().count();
    let long = lines()
        .filter(|line| line.text.chars().count() > 120)
        .count();
    let foreign = lines()
        .filter(|line| {
            line.text.contains("://")
                || line
                    .text
                    .chars()
                    .any(|char| char.is_control() && char != '\t')
        })
        .count();
    count >= 2 && long * 10 <= count && foreign * 10 <= count
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn beside(folder: &Path, lrc: Option<&str>, txt: Option<&str>) -> Beside {
        let write = |name: &str, text: Option<&str>| {
            text.map(|text| {
                let path = folder.join(name);
                fs::write(&path, text).unwrap();
                path
            })
        };
        Beside {
            lrc: write("a.lrc", lrc),
            txt: write("a.txt", txt),
            cover: None,
        }
    }

    fn first_line(lyrics: Option<Lyrics>) -> Option<String> {
        lyrics.map(|lyrics| lyrics.lines[0].text.clone())
    }

    #[test]
    fn timed_lyrics_win_then_what_lies_beside_then_what_is_embedded() {
        let folder = tempfile::tempdir().unwrap();
        let timed = lrc::parse("[00:01.00]embedded timed");
        let plain = lrc::parse("embedded plain");
        let words = Some("text\nbeside");
        let lrc = beside(folder.path(), Some("[00:01.00]beside timed"), words);
        assert_eq!(
            first_line(choose(&lrc, timed.clone())).unwrap(),
            "beside timed"
        );
        let untimed = beside(folder.path(), Some("beside plain"), words);
        assert_eq!(
            first_line(choose(&untimed, timed)).unwrap(),
            "embedded timed"
        );
        assert_eq!(
            first_line(choose(&untimed, plain.clone())).unwrap(),
            "beside plain"
        );
        let text = beside(folder.path(), None, words);
        assert_eq!(first_line(choose(&text, plain)).unwrap(), "embedded plain");
        assert_eq!(first_line(choose(&text, None)).unwrap(), "text");
        assert_eq!(choose(&Beside::default(), None), None);
    }

    #[test]
    fn texts_that_are_no_lyrics_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for text in [
            "one line only",
            "Visit http://example.org\nand http://example.com\nnow",
            "\u{1}\u{2}\u{3}\nGIF89a\u{0}\n\u{4}",
            &"a log line that goes on and on ".repeat(40),
        ] {
            assert_eq!(
                choose(&beside(folder.path(), None, Some(text)), None),
                None,
                "{text}"
            );
        }
        let huge = "la la la\n".repeat(40_000);
        assert_eq!(
            choose(&beside(folder.path(), Some(&huge), None), None),
            None
        );
    }
}
