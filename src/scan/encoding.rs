//! Text whose encoding is not told, or told wrongly.
//!
//! Korean tags of the Windows years hold CP949 bytes in fields that claim to be Latin-1,
//! so that 사랑 is read as "»ç¶û". Nothing in the file says so; the bytes must. What keeps
//! this apart from real Latin-1 ("Beyoncé", "Motörhead") is that CP949 writes a syllable as
//! two high bytes, while European words hold single high letters between ASCII ones, which
//! is mostly not even valid CP949. What stays undecided is settled by the other fields of
//! the same file.

use encoding_rs::{EUC_KR, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What some bytes of unknown encoding say.
enum Reading {
    /// Only one reading makes sense.
    Sure(String),
    /// Certainly Korean; the file's undecided texts are then Korean too.
    Korean(String),
    /// Could be either.
    Undecided { korean: String, latin: String },
}

impl Reading {
    fn choose(self, korean_file: bool) -> String {
        match self {
            Self::Sure(text) | Self::Korean(text) => text,
            Self::Undecided { korean, latin } => {
                if korean_file {
                    korean
                } else {
                    latin
                }
            }
        }
    }
}

/// Repairs the texts of one file that were read as Latin-1 although they are CP949 or
/// UTF-8. Texts with characters beyond Latin-1 were read rightly and stay as they are.
pub fn repair(texts: &mut [&mut String]) {
    let readings: Vec<Option<Reading>> = texts
        .iter()
        .map(|text| latin1_bytes(text).map(|bytes| read(&bytes)))
        .collect();
    let korean_file = readings
        .iter()
        .flatten()
        .any(|reading| matches!(reading, Reading::Korean(_)))
        || texts.iter().any(|text| text.chars().any(is_hangul));
    for (text, reading) in texts.iter_mut().zip(readings) {
        if let Some(reading) = reading {
            **text = reading.choose(korean_file);
        }
    }
}

/// Text from raw bytes: a byte order mark decides, then valid UTF-8, then CP949 or
/// Windows-1252 line by line. Never fails.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return UTF_16LE.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let readings: Vec<Reading> = bytes.split(|byte| *byte == b'\n').map(read).collect();
    let korean_file = readings
        .iter()
        .any(|reading| matches!(reading, Reading::Korean(_)));
    let lines: Vec<String> = readings
        .into_iter()
        .map(|reading| reading.choose(korean_file))
        .collect();
    lines.join("\n")
}

/// The bytes a Latin-1 (or Windows-1252) reading was made from; `None` for text that is
/// plain ASCII or holds anything else.
fn latin1_bytes(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    text.chars()
        .map(|char| match u8::try_from(u32::from(char)) {
            Ok(byte) => Some(byte),
            Err(_) => windows_1252_byte(char),
        })
        .collect()
}

/// The byte of the few characters (curly quotes, dashes, €) that Windows-1252 puts where
/// Latin-1 has control characters.
fn windows_1252_byte(char: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
    match *bytes {
        [byte] if !unmappable => Some(byte),
        _ => None,
    }
}

fn read(bytes: &[u8]) -> Reading {
    let latin = || {
        WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
    };
    let korean = Korean::read(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Three-byte sequences do not come about by chance. Two-byte ones ("Ã©") may be
        // Hangul (첫 is a valid "ù"), unless they stand inside a Latin word, or a capital
        // before a hard space ("É :").
        let certain = text.is_ascii() || text.chars().any(|char| char >= '\u{800}');
        let own_words = korean.as_ref().is_some_and(|korean| korean.own_words);
        if certain || (!own_words && text.chars().all(is_of_a_known_alphabet)) {
            return Reading::Sure(text.to_owned());
        }
    }
    match korean {
        Some(korean) if korean.certain => Reading::Korean(korean.text),
        Some(korean) => Reading::Undecided {
            korean: korean.text,
            latin: latin(),
        },
        None => Reading::Sure(latin()),
    }
}

/// Bytes read as CP949.
struct Korean {
    text: String,
    /// Nothing but Korean makes sense, short of UTF-8.
    certain: bool,
    /// Certain, and not by single characters inside a Latin word.
    own_words: bool,
}

impl Korean {
    /// `None` when the bytes are not valid CP949 or hold nothing Korean.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (bytes, cut) = without_cut_character(bytes);
        let text = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes)?;
        let mut hangul = 0;
        let mut rare = 0;
        let mut hanja = 0;
        let mut evidence = false;
        let mut own_words = false;
        for run in (HighRuns { bytes, at: 0 }) {
            let mut telling = 0;
            for pair in run.bytes.chunks(2) {
                match *pair {
                    [0xB0..=0xC8 | 0xA4, 0xA1..=0xFF] => {
                        hangul += 1;
                        // "ÄÄ" is valid CP949 too; few syllables repeat a letter's byte.
                        telling += u32::from(pair[0] != pair[1] || odd_latin(pair[0]));
                    }
                    [0xCA..=0xFD, 0xA1..=0xFF] => hanja += 1,
                    [0xA1..=0xAF, 0xA1..=0xFF] => {}
                    // Syllables outside KS X 1001, half of them with an ASCII second byte.
                    _ => rare += 1,
                }
            }
            let own_word = !run.in_word || telling >= 2;
            let shape = own_word || run.bytes.iter().copied().any(odd_latin);
            evidence |= telling > 0 && shape;
            own_words |= telling > 0 && own_word;
        }
        if hangul + hanja == 0 {
            return None;
        }
        let certain =
            evidence && hangul >= rare && hangul >= hanja && (!cut || hangul + hanja >= 2);
        (certain || !cut).then(|| Self {
            text: text.into_owned(),
            certain,
            own_words: certain && own_words,
        })
    }
}

/// ID3v1 fields end after 30 bytes, be it in the middle of a syllable: the half one goes.
fn without_cut_character(bytes: &[u8]) -> (&[u8], bool) {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
        } else if at + 1 < bytes.len() {
            at += 2;
        } else {
            return (&bytes[..at], true);
        }
    }
    (bytes, false)
}

/// Characters that Latin-1 has but words and names do not: fractions, currency, marks.
fn odd_latin(byte: u8) -> bool {
    matches!(byte, 0xA2..=0xA9 | 0xAC..=0xAF | 0xB1..=0xB3 | 0xB5..=0xB9 | 0xBC..=0xBE)
}

/// A stretch of two-byte characters.
struct HighRun<'a> {
    bytes: &'a [u8],
    /// An ASCII letter stands right before or after it.
    in_word: bool,
}

struct HighRuns<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for HighRuns<'a> {
    type Item = HighRun<'a>;

    fn next(&mut self) -> Option<HighRun<'a>> {
        let rest = &self.bytes[self.at..];
        let start = self.at + rest.iter().position(|byte| *byte >= 0x80)?;
        let mut end = start;
        while end < self.bytes.len() && self.bytes[end] >= 0x80 {
            end = (end + 2).min(self.bytes.len());
        }
        self.at = end;
        let letter = |at: Option<usize>| {
            at.and_then(|at| self.bytes.get(at))
                .is_some_and(u8::is_ascii_alphabetic)
        };
        Some(HighRun {
            bytes: &self.bytes[start..end],
            in_word: letter(start.checked_sub(1)) || letter(Some(end)),
        })
    }
}

/// Characters that UTF-8 writes in two bytes and people write at all: Latin, Greek,
/// Cyrillic, Hebrew, Arabic.
fn is_of_a_known_alphabet(char: char) -> bool {
    matches!(char, '\0'..='\u{17F}' | '\u{218}'..='\u{21B}' | '\u{370}'..='\u{6FF}')
}

fn is_hangul(char: char) -> bool {
    matches!(char, '\u{AC00}'..='\u{D7A3}' | '\u{3131}'..='\u{318E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a tag reader that believes in Latin-1 makes of CP949 bytes.
    fn mangled(korean: &str) -> String {
        let (bytes, _, unmappable) = EUC_KR.encode(korean);
        assert!(!unmappable, "{korean} is CP949 text");
        bytes.iter().copied().map(char::from).collect()
    }

    fn repaired(text: &str) -> String {
        let mut text = text.to_owned();
        repair(&mut [&mut text]);
        text
    }

    #[test]
    fn korean_titles_come_back() {
        for korean in [
            "사랑",
            "비",
            "봄",
            "별",
            "꽃",
            "달",
            "밤편지",
            "하늘",
            "첫눈",
            "첫",
            "세",
            "만약",
            "친구",
            "가시나무",
            "비 오는 거리",
            "거리에서 (Live)",
            "너의 의미 feat. 김창완",
            "Dreams 꿈",
            "사랑해요 OST Part.3",
            "2집 - 하하",
            "ㅋㅋㅋ",
            "똠방각하",
            "애(愛)",
            "그대안의 블루",
            "걱정말아요 그대",
            "아리랑 · 진도",
            "왜... 떠나가",
        ] {
            assert_eq!(repaired(&mangled(korean)), korean);
        }
    }

    #[test]
    fn european_names_stay() {
        for name in [
            "Beyoncé",
            "Motörhead",
            "Sigur Rós",
            "Ágætis byrjun",
            "Björk",
            "Mötley Crüe",
            "Blue Öyster Cult",
            "Für Elise",
            "Señorita",
            "São Paulo",
            "SÃO PAULO",
            "CORAÇÃO",
            "canção do mar",
            "Ça plane pour moi",
            "À la claire fontaine",
            "L'Été indien",
            "Été",
            "É",
            "Ásgeir Trausti",
            "Ása",
            "Ænima",
            "Straße",
            "ÄÄNI",
            "PÄÄ",
            "JÄÄÄÄR",
            "EI MITÄÄN TEHTÄVÄÄ",
            "LA VÉRITÉ\u{A0}: OÙ\u{A0}?",
            "Jäääär",
            "ÅNGSTRÖM",
            "Ólafur Arnalds",
            "Café Tacvba",
            "¿Qué?",
            "¡Olé!",
            "Naïve",
            "Dvořák",
            "Noël Coward",
            "Où",
            "9½ Weeks",
            "Å",
            "Røyksopp",
            "Mø",
            "Þú ert jörðin",
            "Françoise Hardy",
        ] {
            assert_eq!(repaired(name), name);
        }
    }

    #[test]
    fn other_fields_of_the_file_settle_an_undecided_one() {
        let mut artist = mangled("DJ하");
        let mut title = mangled("밤편지");
        assert_eq!(repaired(&artist), artist, "undecided when alone");
        repair(&mut [&mut artist, &mut title]);
        assert_eq!((artist.as_str(), title.as_str()), ("DJ하", "밤편지"));
    }

    #[test]
    fn utf8_under_a_latin1_flag_is_read_as_utf8() {
        for text in ["사랑", "Beyoncé", "夜に駆ける", "Motörhead"] {
            let mangled: String = text.bytes().map(char::from).collect();
            assert_eq!(repaired(&mangled), text);
        }
    }

    #[test]
    fn windows_quotes_are_not_control_characters() {
        assert_eq!(repaired("Don\u{92}t Stop"), "Don’t Stop");
        assert_eq!(repaired("\u{93}Heroes\u{94}"), "“Heroes”");
    }

    #[test]
    fn text_beyond_latin1_is_left_alone() {
        for text in ["사랑 é", "夜", "ascii", "", "Ж"] {
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn a_syllable_cut_by_a_short_field_is_dropped() {
        let mut bytes = EUC_KR.encode("사랑했지만").0.into_owned();
        bytes.pop();
        let mangled: String = bytes.into_iter().map(char::from).collect();
        assert_eq!(repaired(&mangled), "사랑했지");
    }

    #[test]
    fn files_are_read_by_mark_then_utf8_then_cp949() {
        assert_eq!(decode("\u{FEFF}봄".as_bytes()), "봄");
        assert_eq!(decode("봄날".as_bytes()), "봄날");
        let utf16: Vec<u8> = "\u{FEFF}봄날\n가네"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&utf16), "봄날\n가네");
        let big_endian: Vec<u8> = "\u{FEFF}봄"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(&big_endian), "봄");
        let song = "[00:01.00]봄날은 간다\n[00:05.00]I love 너\n\n끝";
        assert_eq!(decode(&EUC_KR.encode(song).0), song);
        assert_eq!(decode(b"Beyonc\xE9\nna\xEFve"), "Beyoncé\nnaïve");
    }

    #[test]
    fn no_bytes_make_it_stumble() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..20_000 {
            let len = random.usize(..24);
            // Mostly the bytes that matter, with some ASCII between.
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    if random.u8(..4) == 0 {
                        random.u8(..)
                    } else {
                        random.u8(0x80..)
                    }
                })
                .collect();
            let _ = decode(&bytes);
            let mut text: String = bytes.iter().copied().map(char::from).collect();
            let mut other = "사랑".to_owned();
            repair(&mut [&mut text, &mut other]);
            assert_eq!(other, "사랑");
            // What was repaired stays as it is.
            let once = text.clone();
            if once.chars().any(|char| char > '\u{FF}') {
                repair(&mut [&mut text]);
                assert_eq!(text, once);
            }
        }
    }
}
