//! What is written around the words: headings, credits, time tags, repeat marks.

use unicode_normalization::UnicodeNormalization;

/// "(repeat)" without a number.
const AGAIN: u8 = 2;

/// Nobody sings lines that begin so.
const CREDITS: [&str; 16] = [
    "작사",
    "작곡",
    "편곡",
    "가사 출처",
    "가사출처",
    "作词",
    "作詞",
    "作曲",
    "编曲",
    "編曲",
    "©",
    "ⓒ",
    "http://",
    "https://",
    "www.",
    "all rights reserved",
];
/// These can be sung, in the middle of a song.
const EDGE_CREDITS: [&str; 18] = [
    "lyrics by",
    "lyric by",
    "words by",
    "words and music by",
    "lyrics and music by",
    "music by",
    "written by",
    "composed by",
    "produced by",
    "arranged by",
    "performed by",
    "sung by",
    "mixed by",
    "translated by",
    "transcribed by",
    "synced by",
    "lrc by",
    "copyright",
];
/// What may stand before a colon.
const CREDIT_KEYS: [&str; 58] = [
    "title",
    "artist",
    "artists",
    "album",
    "singer",
    "vocal",
    "vocals",
    "lyrics",
    "lyric",
    "lyricist",
    "words",
    "music",
    "composer",
    "composers",
    "composition",
    "writer",
    "writers",
    "songwriter",
    "songwriters",
    "producer",
    "producers",
    "arranger",
    "arrangement",
    "source",
    "by",
    "label",
    "genre",
    "released",
    "translation",
    "transcription",
    "제목",
    "가수",
    "노래",
    "곡명",
    "곡",
    "앨범",
    "가사",
    "출처",
    "발매",
    "발매일",
    "장르",
    "보컬",
    "기타",
    "드럼",
    "베이스",
    "피아노",
    "프로듀서",
    "믹싱",
    "작사",
    "작곡",
    "편곡",
    "작사가",
    "작곡가",
    "번역",
    "词",
    "曲",
    "歌手",
    "专辑",
];

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing is written.
    Gap,
    /// The name of what follows, and how often that is sung.
    Heading { name: String, times: u8 },
    /// A repeat mark on a line of its own.
    Repeat(u8),
    /// Credits, "instrumental", a symbol.
    Aside,
    /// Words, and how often they are sung.
    Words { text: String, times: u8 },
}

/// Where in the lyrics a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its number, from 0.
    pub at: usize,
    /// How many lines there are.
    pub count: usize,
}

impl Place {
    /// Whether credits are to be expected here.
    fn is_edge(self) -> bool {
        const LINES: usize = 6;
        self.at < LINES || self.at + LINES >= self.count
    }
}

/// Sorts a line.
pub(super) fn kind(line: &str, place: Place) -> Kind {
    let line: String = without_times(line).nfc().collect();
    let line = line.trim();
    if line.is_empty() {
        return Kind::Gap;
    }
    if let Some(times) = repeat_of(inside(line).unwrap_or(line)) {
        return Kind::Repeat(times);
    }
    let (text, times) = without_repeat(line);
    let folded = text.to_lowercase();
    if !folded.contains(char::is_alphanumeric) || is_pause(&folded) || is_credit(&folded, place) {
        return Kind::Aside;
    }
    let is_tagged = text.starts_with(['[', '【', '〔', '［', '{']) && inside(text).is_some();
    let heading = inside(&folded).unwrap_or(&folded);
    let (heading, inner_times) = without_repeat(heading);
    if is_tagged || is_heading(heading) {
        if is_pause(heading) || is_credit(heading, place) {
            return Kind::Aside;
        }
        let letters = heading.split(|c: char| !c.is_alphanumeric());
        return Kind::Heading {
            name: letters
                .filter(|word| !matches!(*word, "repeat" | "반복"))
                .collect(),
            times: times.max(inner_times),
        };
    }
    // "Chorus: the first line of it"
    let words = match text.split_once([':', '：']) {
        Some((name, words)) if is_heading(&name.to_lowercase()) => words.trim(),
        _ => text,
    };
    Kind::Words {
        text: words.to_owned(),
        times,
    }
}

/// Without `[01:02.30]`, `<01:02>` or `(1:02)`, wherever it stands.
fn without_times(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['[', '<', '(']) {
        kept.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end = tag.find([']', '>', ')']);
        let is_time = |inside: &str| {
            let valid = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
            inside.contains(':') && inside.len() <= 12 && inside.chars().all(valid)
        };
        if let Some(end) = end.filter(|end| is_time(&tag[1..*end])) {
            rest = &tag[end + 1..];
        } else {
            kept.push_str(&tag[..1]);
            rest = &tag[1..];
        }
    }
    kept.push_str(rest);
    kept
}

/// The inside of brackets around the whole line.
fn inside(line: &str) -> Option<&str> {
    const PAIRS: [(char, char); 8] = [
        ('[', ']'),
        ('(', ')'),
        ('{', '}'),
        ('<', '>'),
        ('（', '）'),
        ('［', '］'),
        ('【', '】'),
        ('〔', '〕'),
    ];
    PAIRS.into_iter().find_map(|(open, close)| {
        let inner = line.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then(|| inner.trim())
    })
}

/// The line without a repeat mark at its end, and how often it says: `love you (x2)`.
fn without_repeat(line: &str) -> (&str, u8) {
    let cut = |at: usize| {
        let (words, mark) = line.split_at(at);
        let mark = mark.trim();
        let bracketed = inside(mark);
        let times = repeat_of(bracketed.unwrap_or(mark))?;
        let words = words.trim_end();
        // "Think twice", "on repeat": a bare word is sung but behind a heading.
        let is_word = bracketed.is_none() && mark.chars().all(char::is_alphabetic);
        if is_word && !is_heading(&words.to_lowercase()) {
            return None;
        }
        (!words.is_empty()).then_some((words, times))
    };
    let bracket = line.rfind(['(', '[', '（', '［']);
    let word = line.rfind(char::is_whitespace);
    bracket
        .and_then(cut)
        .or_else(|| word.and_then(cut))
        .unwrap_or((line, 1))
}

/// `x2`, `×2`, `*2`, `2x`, `2번`, `repeat`, `2번 반복`, `repeat x3`, `twice`; never a bare
/// number.
fn repeat_of(mark: &str) -> Option<u8> {
    let mark = mark.to_lowercase();
    if mark == "twice" {
        return Some(AGAIN);
    }
    let mut digits = String::new();
    let mut says_so = false;
    let words = mark.split_whitespace().collect::<Vec<_>>();
    let mut rest = words.concat();
    for word in ["repeat", "반복", "times", "번", "회"] {
        if let Some(shorter) = rest.strip_suffix(word).or_else(|| rest.strip_prefix(word)) {
            says_so = true;
            rest = shorter.to_owned();
        }
    }
    for character in rest.chars() {
        match character {
            'x' | '×' | '*' if !says_so || digits.is_empty() => says_so = true,
            digit if digit.is_ascii_digit() && digits.len() < 2 => digits.push(digit),
            _ => return None,
        }
    }
    if !says_so {
        return None;
    }
    if digits.is_empty() {
        // A lone "x" or "*" is a sign, no mark.
        return (words.len() == 1 && (mark == "repeat" || mark == "반복")).then_some(AGAIN);
    }
    digits
        .parse()
        .ok()
        .filter(|times| (2..=20).contains(times))
        .map(|times: u8| times.min(super::MOST_TIMES))
}

/// Whether this names a part of a song: "verse 2", "pre-chorus:", "후렴", "1절".
fn is_heading(folded: &str) -> bool {
    const NAMES: [&str; 33] = [
        "verse",
        "chorus",
        "prechorus",
        "postchorus",
        "bridge",
        "intro",
        "outro",
        "hook",
        "refrain",
        "interlude",
        "breakdown",
        "coda",
        "후렴",
        "후렴구",
        "후렴반복",
        "브릿지",
        "브리지",
        "코러스",
        "벌스",
        "인트로",
        "아웃트로",
        "싸비",
        "훅",
        "절",
        "도입부",
        "1절",
        "2절",
        "3절",
        "4절",
        "verse1",
        "verse2",
        "verse3",
        "도입",
    ];
    // Words that go with a name and may be sung when they stand alone.
    const WITH_NAMES: [&str; 14] = [
        "pre",
        "post",
        "repeat",
        "반복",
        "rap",
        "랩",
        "final",
        "last",
        "마지막",
        "first",
        "second",
        "third",
        "the",
        "to",
    ];
    let mut named = false;
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        let is_number = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
        if NAMES.contains(&word) {
            named = true;
        } else if !(is_number
            || matches!(word, "i" | "ii" | "iii" | "iv")
            || WITH_NAMES.contains(&word))
        {
            return false;
        }
    }
    named
}

/// A pause that someone wrote down.
fn is_pause(folded: &str) -> bool {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    matches!(
        words.join(" ").as_str(),
        "instrumental"
            | "inst"
            | "instrumental break"
            | "instrumental interlude"
            | "music"
            | "guitar solo"
            | "piano solo"
            | "sax solo"
            | "drum solo"
            | "solo"
            | "no lyrics"
            | "pause"
            | "silence"
            | "간주"
            | "간주 중"
            | "간주중"
            | "전주"
            | "전주 중"
            | "전주중"
            | "후주"
            | "반주"
            | "연주"
            | "연주곡"
            | "기타 솔로"
            | "가사 없음"
            | "you might also like"
    )
}

/// Who wrote, played, copied or sells it.
fn is_credit(folded: &str, place: Place) -> bool {
    if CREDITS.iter().any(|start| folded.starts_with(start)) {
        return true;
    }
    let is_genius_scrap = || {
        let digits = folded.strip_suffix("embed");
        digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()))
    };
    if place.is_edge()
        && (EDGE_CREDITS.iter().any(|start| folded.starts_with(start)) || is_genius_scrap())
    {
        return true;
    }
    let Some((keys, _)) = folded.split_once([':', '：']) else {
        return false;
    };
    let mut keys = keys
        .split(|c: char| !c.is_alphanumeric())
        .filter(|key| !key.is_empty() && *key != "and" && *key != "및")
        .peekable();
    keys.peek().is_some() && keys.all(|key| CREDIT_KEYS.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(line: &str) -> Kind {
        kind(line, Place { at: 50, count: 100 })
    }

    fn words(text: &str, times: u8) -> Kind {
        Kind::Words {
            text: text.to_owned(),
            times,
        }
    }

    #[test]
    fn headings_of_all_kinds_are_known() {
        for line in [
            "[Chorus]",
            "[Verse 2: Somebody & Another]",
            "(Verse 1)",
            "Chorus:",
            "Pre-Chorus",
            "PRE CHORUS",
            "후렴",
            "(후렴)",
            "* 후렴 반복",
            "1절",
            "[브릿지]",
            "【후렴】",
            "[아이유]",
            "Final Chorus",
            "[Chorus x2]",
        ] {
            assert!(matches!(sorted(line), Kind::Heading { .. }), "{line}");
        }
        let Kind::Heading { name, times } = sorted("[Repeat Chorus x3]") else {
            panic!("a heading");
        };
        assert_eq!((name.as_str(), times), ("chorus", 3));
    }

    #[test]
    fn credits_and_pauses_are_set_aside() {
        for line in [
            "작사: 누구",
            "작사/작곡 : 누구",
            "작곡 누구, 누구",
            "Lyrics & Music: Somebody",
            "Composer: Somebody",
            "作词 : 某人",
            "http://example.org/lyrics",
            "♪",
            "♪♪ ~",
            "...",
            "(간주중)",
            "[Instrumental]",
            "- 간주 -",
            "Guitar Solo",
        ] {
            assert_eq!(sorted(line), Kind::Aside, "{line}");
        }
        let first = Place { at: 0, count: 100 };
        assert_eq!(kind("Written by Somebody", first), Kind::Aside);
        assert_eq!(
            sorted("Written by the hand of the rain"),
            words("Written by the hand of the rain", 1)
        );
    }

    #[test]
    fn words_stay_words() {
        for line in [
            "(oh, you)",
            "노래를 불러줘",
            "My last chorus was for you",
            "I said: stay",
            "가수가 되고 싶어",
            "2 hearts",
            "24",
            "Break",
            "the music by the sea",
            "Think twice",
            "your song is on repeat",
            "끝없이 반복",
        ] {
            assert_eq!(sorted(line), words(line, 1), "{line}");
        }
    }

    #[test]
    fn times_are_taken_out_and_repeats_counted() {
        assert_eq!(sorted("[01:02.30]밤하늘"), words("밤하늘", 1));
        assert_eq!(sorted("밤 <00:12.1>하늘"), words("밤 하늘", 1));
        assert_eq!(sorted("[00:12.00]"), Kind::Gap);
        for line in [
            "stay with me (x2)",
            "stay with me x2",
            "stay with me ×2",
            "stay with me [2x]",
            "stay with me (2번 반복)",
            "stay with me (repeat)",
            "stay with me (twice)",
            "stay with me *2",
        ] {
            assert_eq!(sorted(line), words("stay with me", 2), "{line}");
        }
        assert_eq!(sorted("(x3)"), Kind::Repeat(3));
        assert_eq!(sorted("반복"), Kind::Repeat(2));
        assert_eq!(sorted("twice"), Kind::Repeat(2));
        assert_eq!(sorted("x99"), words("x99", 1));
        assert_eq!(sorted("stay (2)"), words("stay (2)", 1));
        assert_eq!(sorted("solve for x"), words("solve for x", 1));
    }
}
