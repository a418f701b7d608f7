//! What titles, albums and genres tell beyond themselves: versions of one recording,
//! Christmas, interludes, music without words.

use crate::library::{LyricsKind, StyleTag, Track, fold};

/// From this difference on, the audio model is sure whether anybody sings.
const CLEAR_VOICE: f32 = 0.3;

/// Words that make a title another version of the same recording, whatever stands beside
/// them. A remix or an acoustic version is other music and not among them.
const VERSIONS: [&str; 14] = [
    "live",
    "remaster",
    "remastered",
    "mono",
    "stereo",
    "demo",
    "bonus",
    "deluxe",
    "anniversary",
    "session",
    "sessions",
    "라이브",
    "리마스터",
    "데모",
];

/// These are parts of sentences, too, or are told more closely by the words beside them:
/// they count where nothing but [plain words](PLAIN) and numbers is.
const MAYBE_VERSIONS: [&str; 6] = ["version", "ver", "edit", "take", "버전", "에디트"];

/// What leaves a version the same music. Sung in another language it is the same to who
/// listens through a list.
const PLAIN: [&str; 33] = [
    "the",
    "original",
    "album",
    "single",
    "radio",
    "tv",
    "video",
    "full",
    "long",
    "short",
    "extended",
    "explicit",
    "clean",
    "alternate",
    "alternative",
    "early",
    "first",
    "second",
    "korean",
    "kor",
    "kr",
    "japanese",
    "jpn",
    "jp",
    "english",
    "eng",
    "chinese",
    "chn",
    "mandarin",
    "spanish",
    "한국어",
    "일본어",
    "영어",
];

/// Where a recording was issued says nothing on the recording.
const ISSUES: [&str; 4] = ["bonus", "track", "deluxe", "edition"];

const CHRISTMAS: [&str; 14] = [
    "christmas",
    "xmas",
    "x-mas",
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
    "고요한 밤",
];

/// What may follow 산타 in a word; 산타나 is a band.
const AFTER_SANTA: [&str; 12] = [
    "",
    "가",
    "는",
    "의",
    "를",
    "도",
    "와",
    "랑",
    "에게",
    "님",
    "클로스",
    "할아버지",
];

/// A saint's name rather than Santa's, when it follows as a word of its own.
const SAINTS: [&str; 7] = [
    "바바라",
    "바르바라",
    "모니카",
    "루치아",
    "마리아",
    "크루즈",
    "페",
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

/// What a title says of the recording.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Recording {
    /// The title without what marks it as a version of itself, folded: `Sea (Live at Home)`,
    /// `Sea - 2011 Remaster` and `바다 (라이브)` are `sea` and `바다`.
    pub name: String,
    /// The words of those marks, in no order of the title; none in a plain title.
    pub marks: Vec<String>,
}

impl Recording {
    /// Reads a title.
    pub(super) fn of(title: &str) -> Self {
        let mut rest = fold(title);
        let mut marks = Vec::new();
        loop {
            let trimmed = rest.trim_end();
            let cut = bracket(trimmed).or_else(|| trimmed.rfind(" - "));
            match cut {
                Some(at) if at > 0 && names_version(&trimmed[at..]) => {
                    marks.extend(words(&trimmed[at..]).map(str::to_owned));
                    rest.truncate(at);
                }
                _ => {
                    let name = trimmed.to_owned();
                    marks.sort_unstable();
                    return Self { name, marks };
                }
            }
        }
    }

    /// The same for titles of the very same recording only: two versions are two, and so
    /// are a song's Korean and its Japanese one. However the version is written: `(Live
    /// Ver.)` is `[Live]`.
    pub(super) fn exactly(mut self) -> Self {
        self.marks.retain(|mark| !ISSUES.contains(&mark.as_str()));
        for mark in &mut self.marks {
            let usual = match mark.as_str() {
                "remastered" | "리마스터" => "remaster",
                "라이브" => "live",
                "ver" | "버전" => "version",
                _ => continue,
            };
            usual.clone_into(mark);
        }
        if self.marks.iter().any(|mark| mark != "version") {
            self.marks.retain(|mark| mark != "version");
        }
        self.marks.sort_unstable();
        self.marks.dedup();
        self
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
    let is_maybe = |word: &str| MAYBE_VERSIONS.contains(&word);
    let is_plain = |word: &str| {
        is_maybe(word) || PLAIN.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
    };
    words(text).any(|word| VERSIONS.contains(&word))
        || (words(text).any(is_maybe) && words(text).all(is_plain))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether it is music of Christmas.
pub(super) fn is_christmas(track: &Track) -> bool {
    let tags = &track.tags;
    // Albums are named after musicians, and Noël is a name.
    says_christmas(&fold(&format!("{}\n{}", tags.title, tags.genre)))
        || speaks_of_it(&fold(&tags.album))
}

/// Whether a text, [folded](fold), speaks of Christmas.
#[must_use]
pub fn says_christmas(folded: &str) -> bool {
    speaks_of_it(folded) || words(folded).any(|word| matches!(word, "noel" | "noël"))
}

fn speaks_of_it(folded: &str) -> bool {
    CHRISTMAS.iter().any(|word| folded.contains(word)) || names_santa(folded)
}

/// Whether 산타 is said of Santa Claus.
fn names_santa(folded: &str) -> bool {
    let next = words(folded).skip(1).map(Some).chain([None]);
    words(folded).zip(next).any(|(word, next)| {
        let after = word.strip_prefix("산타");
        after.is_some_and(|after| AFTER_SANTA.contains(&after))
            && !next.is_some_and(|next| SAINTS.contains(&next))
    })
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
            "Sea (Take 2)",
            "Sea (Radio Edit)",
            "Sea (Korean Ver.)",
        ] {
            assert_eq!(Recording::of(title).name, "sea", "{title}");
        }
        let korean = Recording::of("바다 (라이브)");
        assert_eq!((korean.name.as_str(), korean.marks.len()), ("바다", 1));
        assert!(Recording::of("Sea").marks.is_empty());
        for title in [
            "Sea (Night Remix)",
            "Sea - Part 2",
            "(Live)",
            "Live and Learn",
            "Sea (Acoustic Version)",
            "바다 (피아노 버전)",
            "Country Roads (Take Me Home)",
        ] {
            assert_eq!(Recording::of(title).name, fold(title), "{title}");
        }
    }

    #[test]
    fn only_the_same_version_is_exactly_the_same() {
        let same = |a, b| Recording::of(a).exactly() == Recording::of(b).exactly();
        for (a, b) in [
            ("Sea (Live Ver.)", "Sea [live]"),
            ("바다 (라이브)", "바다 (Live)"),
            ("Sea - 2011 Remaster", "Sea (Remastered 2011)"),
            ("Sea", "Sea (Bonus Track)"),
            ("Sea (Korean Ver.)", "Sea (Korean Version)"),
        ] {
            assert!(same(a, b), "{a}, {b}");
        }
        for (a, b) in [
            ("Sea (Korean Ver.)", "Sea (Japanese Ver.)"),
            ("Sea (Live in Seoul)", "Sea (Live at Home)"),
            ("Sea (Live)", "Sea (Acoustic Version)"),
            ("Sea", "Sea (Remastered)"),
            ("Sea (Mono)", "Sea (Stereo)"),
        ] {
            assert!(!same(a, b), "{a}, {b}");
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
        for title in [
            "The First Noel",
            "산타가 오는 밤",
            "산타 할아버지",
            "MerryChristmas",
        ] {
            assert!(is_christmas(&track(title, "", 200.0)), "{title}");
        }
        for title in [
            "Silent Rooms",
            "Noelle",
            "산타나",
            "산타 루치아",
            "블랙산타페",
        ] {
            assert!(!is_christmas(&track(title, "", 200.0)), "{title}");
        }
        let mut own_name = track("Sea", "Rock", 200.0);
        own_name.tags.album = "Noel Somebody's Flying Birds".to_owned();
        assert!(!is_christmas(&own_name));
        own_name.tags.album = "Christmas with Noel".to_owned();
        assert!(is_christmas(&own_name));
        assert!(is_instrumental(&track("바다 (Inst.)", "발라드", 200.0)));
        assert!(is_instrumental(&track("Opus 3", "Classical", 200.0)));
        assert!(!is_instrumental(&track("Opus 3", "Rock", 200.0)));
    }
}
