//! Why something did not work, in the language shown. The rooms below tell it in English; their
//! sentences are known here, and so are the errors of the system, whatever their number.

use crate::language::Language;
use std::io::{Error, ErrorKind};

/// What the rooms below say, and its Korean. `{}` stands for what is told along with it, in the
/// same order in both.
const KNOWN: [(&str, &str); 40] = [
    // Files that hold no music.
    ("cannot be read: {}", "읽지 못했어요: {}"),
    ("the file is empty", "빈 파일이에요"),
    ("not an audio file", "음악 파일이 아니에요"),
    ("{} is not supported yet", "{} 형식은 아직 재생할 수 없어요"),
    ("the file claims {}", "파일에 적힌 값을 믿을 수 없어요 ({})"),
    (
        "the file is damaged beyond reading",
        "읽을 수 없을 만큼 손상된 파일이에요",
    ),
    ("the file is damaged: {}", "손상된 파일이에요 ({})"),
    (
        "nothing in the file could be decoded",
        "파일에서 소리를 찾지 못했어요",
    ),
    (
        "{} is shorter than 0.1 s: nothing to analyze",
        "{}: 0.1초보다 짧아 분석할 것이 없어요",
    ),
    (
        "{} claims {} samples a second: not audio",
        "{}: 1초에 샘플이 {}개라고 적혀 있어 음악이 아니에요",
    ),
    (
        "analyzing {} failed inside: {}",
        "{}: 분석하다 문제가 생겼어요 ({})",
    ),
    ("the tags cannot be read: {}", "태그를 읽지 못했어요: {}"),
    (
        "the tags are damaged beyond reading",
        "태그가 읽을 수 없을 만큼 손상됐어요",
    ),
    ("the tags are damaged: {}", "태그가 손상됐어요 ({})"),
    // Files to read and write.
    ("cannot write {}: {}", "{} 파일에 저장하지 못했어요: {}"),
    ("cannot read {}: {}", "{} 파일을 읽지 못했어요: {}"),
    (
        "cannot keep settings in {}: {}",
        "설정을 {}에 저장하지 못했어요: {}",
    ),
    (
        "{} is not a valid settings file: {}",
        "설정 파일 {}에 잘못된 내용이 있어요 ({})",
    ),
    // The library.
    (
        "the data folder {} cannot be used: {}",
        "데이터 폴더({})를 쓸 수 없어요: {}",
    ),
    (
        "the library {} cannot be read: {}",
        "보관함({})을 읽지 못했어요: {}",
    ),
    (
        "the library {} cannot be saved: {}; it is tried again",
        "보관함({})에 저장하지 못했어요: {}. 다시 해 볼게요",
    ),
    (
        "the library {} cannot be saved: {}",
        "보관함({})에 저장하지 못했어요: {}",
    ),
    (
        "the library {} was made by a later version of Maeum",
        "더 새로운 마음에서 만든 보관함이에요 ({})",
    ),
    (
        "the library {} is damaged and cannot be set aside: {}",
        "보관함({})이 손상됐는데 옮겨 두지 못했어요: {}",
    ),
    (
        "the library {} is in use by another running Maeum; it can only be read here",
        "다른 마음 창에서 쓰고 있는 보관함({})이라 여기서는 보기만 할 수 있어요",
    ),
    (
        "the library was damaged; it is kept as {} and a new one was begun",
        "보관함이 손상되어 {}에 옮겨 두고 새로 시작했어요",
    ),
    ("the library has been closed", "보관함이 닫혔어요"),
    (
        "the store thread cannot be started: {}",
        "보관함을 열지 못했어요: {}",
    ),
    ("cannot start a thread: {}", "작업을 시작하지 못했어요: {}"),
    // SQLite's own words.
    ("database or disk is full", "디스크가 가득 찼어요"),
    ("disk I/O error", "디스크를 읽거나 쓰지 못했어요"),
    (
        "attempt to write a readonly database",
        "읽기 전용이라 저장할 수 없어요",
    ),
    ("database is locked", "다른 프로그램이 쓰고 있어요"),
    (
        "unable to open database file: {}",
        "보관함 파일을 열 수 없어요 ({})",
    ),
    // Sound.
    (
        "No sound device was found",
        "소리를 낼 장치를 찾지 못했어요",
    ),
    (
        "The chosen sound device is not connected",
        "고른 출력 장치가 연결되어 있지 않아요",
    ),
    (
        "The sound device cannot be opened: {}",
        "소리 장치를 열지 못했어요: {}",
    ),
    (
        "The sound device takes no known sample format",
        "소리 장치가 받는 형식을 알 수 없어요",
    ),
    (
        "The sound device went away: {}",
        "소리 장치가 사라졌어요: {}",
    ),
    ("failed to fill whole buffer", "파일이 중간에서 끊겼어요"),
];

/// A reason in the language shown. What is not known here stays in its own words.
#[must_use]
pub fn reason(language: Language, english: &str) -> String {
    told(language, english).unwrap_or_else(|| english.to_owned())
}

fn told(language: Language, english: &str) -> Option<String> {
    let known = KNOWN.iter().find_map(|(pattern, korean)| {
        let told = parts(pattern, english)?;
        Some((language.pick(*pattern, *korean), told))
    });
    if let Some((pattern, told)) = known {
        let told = told.into_iter().map(|part| reason(language, part));
        return Some(fill(pattern, told));
    }
    if let Some(system) = of_system(language, english) {
        return Some(system);
    }
    // A name before it: "song.mp3: the file is empty".
    english.match_indices(": ").find_map(|(at, colon)| {
        let (name, rest) = (&english[..at], &english[at + colon.len()..]);
        Some(format!("{name}: {}", told(language, rest)?))
    })
}

/// What stands at the places of `{}` when `text` is made after `pattern`.
fn parts<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let end = if pieces.peek().is_none() {
            rest.strip_suffix(piece)?.len()
        } else {
            rest.find(piece)?
        };
        parts.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(parts)
}

fn fill(pattern: &str, mut parts: impl Iterator<Item = String>) -> String {
    let mut pieces = pattern.split("{}");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text += &parts.next().unwrap_or_default();
        text += piece;
    }
    text
}

/// An error of the system, which ends in its number.
fn of_system(language: Language, english: &str) -> Option<String> {
    let (words, number) = english.rsplit_once(" (os error ")?;
    if words.contains(": ") {
        return None;
    }
    let number = number.strip_suffix(')')?.parse().ok()?;
    let (plain, korean) = match Error::from_raw_os_error(number).kind() {
        ErrorKind::NotFound => (
            "there is no such file or folder",
            "그런 파일이나 폴더가 없어요",
        ),
        ErrorKind::PermissionDenied => ("permission denied", "권한이 없어요"),
        ErrorKind::ReadOnlyFilesystem => ("the drive is read-only", "읽기 전용 드라이브예요"),
        ErrorKind::StorageFull => ("the disk is full", "디스크가 가득 찼어요"),
        ErrorKind::QuotaExceeded => ("the quota is used up", "쓸 수 있는 용량을 다 썼어요"),
        ErrorKind::FileTooLarge => ("the file would be too large", "파일이 너무 커요"),
        ErrorKind::AlreadyExists => ("it exists already", "이미 있어요"),
        ErrorKind::IsADirectory => ("it is a folder", "폴더예요"),
        ErrorKind::NotADirectory => ("it is no folder", "폴더가 아니에요"),
        ErrorKind::InvalidFilename => (
            "the name is not allowed or too long",
            "쓸 수 없거나 너무 긴 이름이에요",
        ),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            ("another program is using it", "다른 프로그램이 쓰고 있어요")
        }
        ErrorKind::TimedOut => ("it took too long to answer", "응답이 너무 늦어요"),
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::StaleNetworkFileHandle => (
            "the network drive cannot be reached",
            "네트워크 드라이브에 연결할 수 없어요",
        ),
        ErrorKind::OutOfMemory => ("out of memory", "메모리가 부족해요"),
        _ => match language {
            Language::English => return Some(words.to_owned()),
            Language::Korean => return Some(format!("시스템 오류 {number} ({words})")),
        },
    };
    Some(language.pick(plain, korean).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::DecodeError;
    use crate::playback::OutputError;
    use crate::store::StoreError;
    use std::path::PathBuf;

    fn is_korean(text: &str) -> bool {
        text.chars().any(|c| ('가'..='힣').contains(&c))
    }

    #[test]
    fn every_sentence_takes_along_in_korean_what_it_tells_in_english() {
        for (english, korean) in KNOWN {
            assert_eq!(english.matches("{}").count(), korean.matches("{}").count());
            assert_eq!(reason(Language::English, english), english);
            assert_eq!(reason(Language::Korean, english), korean);
        }
    }

    #[test]
    fn what_a_file_or_the_library_lacks_is_said_in_both_languages() {
        let path = || PathBuf::from("/음악/a: b.flac");
        let denied = || Error::from_raw_os_error(13);
        let files = [
            DecodeError::Io {
                path: path(),
                source: denied(),
            },
            DecodeError::Empty { path: path() },
            DecodeError::NotAudio { path: path() },
            DecodeError::Unsupported {
                path: path(),
                format: "APE".to_owned(),
            },
            DecodeError::Implausible {
                path: path(),
                claim: "9 channels".to_owned(),
            },
            DecodeError::Damaged {
                path: path(),
                reason: "no frame".to_owned(),
            },
            DecodeError::NothingDecoded { path: path() },
        ];
        for error in files {
            let alone = told(Language::Korean, &error.reason());
            assert!(alone.is_some_and(|alone| is_korean(&alone)), "{error}");
            let named = reason(Language::Korean, &error.to_string());
            assert!(named.starts_with("/음악/a: b.flac: "), "{named}");
        }
        let data = [
            StoreError::Folder {
                path: path(),
                source: denied(),
            },
            StoreError::Newer { path: path() },
            StoreError::SetAside {
                path: path(),
                source: denied(),
            },
            StoreError::InUse { path: path() },
            StoreError::Closed,
            StoreError::Thread(denied()),
        ];
        for error in data {
            assert!(
                told(Language::Korean, &error.to_string()).is_some(),
                "{error}"
            );
        }
        for error in [
            OutputError::NoDevice,
            OutputError::ChosenAway,
            OutputError::Format,
        ] {
            assert!(
                told(Language::Korean, &error.to_string()).is_some(),
                "{error}"
            );
        }
    }

    #[test]
    fn errors_of_the_system_lose_their_numbers_and_gain_words() {
        let written = format!("cannot write /m/a.m3u8: {}", Error::from_raw_os_error(13));
        assert_eq!(
            reason(Language::English, &written),
            "cannot write /m/a.m3u8: permission denied"
        );
        assert_eq!(
            reason(Language::Korean, &written),
            "/m/a.m3u8 파일에 저장하지 못했어요: 권한이 없어요"
        );
        assert_eq!(
            reason(Language::Korean, "no words for this"),
            "no words for this"
        );
    }
}
