//! What titles, albums and genres tell beyond themselves: versions of one recording,
//! Christmas, interludes, music without words.

use crate::library::{LyricsKind, StyleTag, Track, fold};

/// From this difference on, the audio model is sure whether anybody sings.
const CLEAR_VOICE: f32 = 0.3;

/// Words that make a title another version of the same recording. A remix or an acoustic
/// version is other music and not among them.
const VERSIONS: [&str; 18] = [
    "live",
    "remaster",
    "remastered",
    "mono",
    "stereo",
    "version",
    "ver",
    "edit",
    "demo",
    "bonus",
    "deluxe",
    "anniversary",
    "session",
    "sessions",
    "take",
    "라이브",
    "리마스터",
    "버전",
];

const CHRISTMAS: [&str; 17] = [
    "christmas",
    "xmas",
    "x-mas",
    "noel",
    "noël",
    "navidad",
    "weihnacht",
    "jingle bell",
    "santa claus",
    "silent night",
    "holy night",
    "let it snow",
    "크리스마스",
    "성탄",
    "징글벨",
    "산타",
    "고요한 밤",
];

const INTERLUDES: [&str; 12] = [
    "interlude",
    "skit",
    "intro",
    "outro",
    "prelude (spoken)",
    "spoken word",
    "commentary",
    "인터루드",
    "스킷",
    "인트로",
    "아웃트로",
    "간주",
];

const MIXES: [&str; 7] = [
    "continuous mix",
    "dj mix",
    "dj set",
    "megamix",
    "full album",
    "mixtape",
    "믹스셋",
];

const WITHOUT_WORDS: [&str; 8] = [
    "instrumental",
    "(inst.)",
    "(inst)",
    "[inst.]",
    "karaoke",
    "연주곡",
    "반주",
    "(mr)",
];

const WORDLESS_GENRES: [&str; 17] = [
    "classical",
    "ambient",
    "instrumental",
    "soundtrack",
    "score",
    "chamber",
    "orchestral",
    "symphony",
    "piano",
    "new age",
    "lo-fi",
    "lofi",
    "idm",
    "클래식",
    "연주",
    "뉴에이지",
    "피아노",
];

/// A title without what marks it as a version of itself, and whether there was such a mark:
/// `Sea (Live at Home)`, `Sea - 2011 Remaster` and `바다 (라이브)` are `sea` and `바다`.
pub(super) fn recording(title: &str) -> (String, bool) {
    let mut rest = fold(title);
    let mut marked = false;
    loop {
        let trimmed = rest.trim_end();
        let cut = bracket(trimmed).or_else(|| trimmed.rfind(" - "));
        match cut {
            Some(at) if at > 0 && names_version(&trimmed[at..]) => {
                rest.truncate(at);
                marked = true;
            }
            _ => return (trimmed.to_owned(), marked),
        }
    }
}

/// Where the bracket that ends a title opens.
fn bracket(title: &str) -> Option<usize> {
    match title.chars().next_back()? {
        ')' => title.rfind('('),
        ']' => title.rfind('['),
        _ => None,
    }
}

fn names_version(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| VERSIONS.contains(&word))
}

/// Whether it is music of Christmas.
pub(super) fn is_christmas(track: &Track) -> bool {
    let text = fold(&format!(
        "{}\n{}\n{}",
        track.tags.title, track.tags.album, track.tags.genre
    ));
    says_christmas(&text)
}

/// Whether a text, [folded](fold), speaks of Christmas.
#[must_use]
pub fn says_christmas(folded: &str) -> bool {
    CHRISTMAS.iter().any(|word| folded.contains(word))
}

/// Whether it is an interlude or a mix of hours rather than a track, in a library whose
/// middle length is `usual_secs`. Lengths are held against what is usual, so that a library
/// of miniatures or of symphonies is not emptied.
pub(super) fn is_odd_length(track: &Track, usual_secs: f32) -> bool {
    let secs = track.duration_secs;
    let short = secs < 0.5 * usual_secs;
    let long = secs > 3.0 * usual_secs;
    if !short && !long {
        return false;
    }
    let title = fold(&track.tags.title);
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    (short && (secs < 45.0 || (secs < 120.0 && says(&INTERLUDES))))
        || (long && (secs > 2_700.0 || (secs > 1_200.0 && says(&MIXES))))
}

/// Whether nobody sings, as far as one can tell: the title says so; or no lyrics were found
/// and that is how it sounds or, where that is not clear, what its genre usually is.
pub(super) fn is_instrumental(track: &Track) -> bool {
    let title = fold(&track.tags.title);
    if WITHOUT_WORDS.iter().any(|word| title.contains(word)) {
        return true;
    }
    if track.lyrics != LyricsKind::None {
        return false;
    }
    if let Some(audio) = track.audio.as_deref() {
        let voice = audio.tag(StyleTag::Vocal) - audio.tag(StyleTag::Instrumental);
        if voice.abs() >= CLEAR_VOICE {
            return voice < 0.0;
        }
    }
    let genre = fold(&track.tags.genre);
    WORDLESS_GENRES.iter().any(|word| genre.contains(word))
}

/// Whether a text has Korean letters.
pub(super) fn has_hangul(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Tags, TrackId};

    fn track(title: &str, genre: &str, secs: f32) -> Track {
        Track {
            id: TrackId(1),
            tags: Tags {
                title: title.to_owned(),
                genre: genre.to_owned(),
                ..Tags::default()
            },
            duration_secs: secs,
            ..Track::default()
        }
    }

    #[test]
    fn versions_of_a_recording_have_one_name_and_other_music_keeps_its_own() {
        for title in [
            "Sea",
            "Sea (Live at Home)",
            "Sea - 2011 Remaster",
            "SEA [Remastered] (Live)",
        ] {
            assert_eq!(recording(title).0, "sea", "{title}");
        }
        assert_eq!(recording("바다 (라이브)"), ("바다".to_owned(), true));
        assert!(!recording("Sea").1);
        for title in [
            "Sea (Night Remix)",
            "Sea - Part 2",
            "(Live)",
            "Live and Learn",
        ] {
            assert_eq!(recording(title).0, fold(title), "{title}");
        }
    }

    #[test]
    fn odd_lengths_are_odd_for_their_library() {
        let odd = |title, secs, usual| is_odd_length(&track(title, "", secs), usual);
        assert!(odd("Interlude II", 70.0, 220.0));
        assert!(odd("Noise", 20.0, 220.0));
        assert!(!odd("Miniature", 20.0, 25.0));
        assert!(!odd("Short Song", 80.0, 220.0));
        assert!(odd("Summer", 7_200.0, 220.0));
        assert!(odd("DJ Set in May", 1_500.0, 220.0));
        assert!(!odd("Adagio", 1_500.0, 220.0));
        assert!(!odd("Symphony", 4_000.0, 2_400.0));
    }

    #[test]
    fn christmas_and_wordless_music_are_known_in_both_languages() {
        assert!(is_christmas(&track("메리 크리스마스", "", 200.0)));
        assert!(is_christmas(&track("Silent Night", "", 200.0)));
        assert!(!is_christmas(&track("Silent Rooms", "", 200.0)));
        assert!(is_instrumental(&track("바다 (Inst.)", "발라드", 200.0)));
        assert!(is_instrumental(&track("Opus 3", "Classical", 200.0)));
        assert!(!is_instrumental(&track("Opus 3", "Rock", 200.0)));
    }
}
