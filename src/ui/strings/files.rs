//! What is said about files and their tags.

use super::reasons::reason as said;
use super::{clock, count};
use crate::language::Language;
use crate::library::EditError;
use crate::recommend::FileCopy;
use std::path::{Path, PathBuf};

/// "Changed 3 files", or that they are as before.
#[must_use]
pub fn edited(language: Language, files: usize, undone: bool) -> String {
    let number = count(files);
    match (language, undone) {
        (Language::English, false) if files == 1 => "Changed 1 file".to_owned(),
        (Language::English, false) => format!("Changed {number} files"),
        (Language::English, true) if files == 1 => "1 file is as before".to_owned(),
        (Language::English, true) => format!("{number} files are as before"),
        (Language::Korean, false) => format!("파일 {number}개를 고쳤어요"),
        (Language::Korean, true) => format!("파일 {number}개를 되돌렸어요"),
    }
}

/// "Left song.mp3 as it was: the file is read-only".
#[must_use]
pub fn edit_failed(language: Language, files: usize, first: &(PathBuf, EditError)) -> String {
    let (path, error) = first;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (number, reason) = (count(files), reason(language, error));
    match language {
        Language::English if files == 1 => format!("Left {name} as it was: {reason}"),
        Language::English => format!("Left {number} files as they were. {name}: {reason}"),
        Language::Korean if files == 1 => format!("{name} 파일은 그대로 두었어요: {reason}"),
        Language::Korean => format!("파일 {number}개는 그대로 두었어요. {name}: {reason}"),
    }
}

/// "No program here shows folders. The file is in /music".
#[must_use]
pub fn not_shown(language: Language, folder: &str) -> String {
    match language {
        Language::English => format!("No program here shows folders. The file is in {folder}"),
        Language::Korean => format!("폴더를 보여 줄 프로그램이 없어요. 파일은 {folder}에 있어요"),
    }
}

/// "2 files cannot be played. song.mp3: it is no audio file".
#[must_use]
pub fn not_played(language: Language, files: usize, first: &Path, cause: &str) -> String {
    let name = first.file_name().unwrap_or_default().to_string_lossy();
    let (number, cause) = (count(files), said(language, cause));
    match language {
        Language::English if files == 1 => format!("{name} cannot be played: {cause}"),
        Language::English => format!("{number} files cannot be played. {name}: {cause}"),
        Language::Korean if files == 1 => format!("{name} 파일은 재생할 수 없어요: {cause}"),
        Language::Korean => format!("파일 {number}개는 재생할 수 없어요. {name}: {cause}"),
    }
}

/// "There is a file rain.m3u8 already".
#[must_use]
pub fn in_the_way(language: Language, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match language {
        Language::English => format!("There is a file {name} already"),
        Language::Korean => format!("{name} 파일이 이미 있어요"),
    }
}

/// "Took 3 tracks out of the library", and when they come back.
#[must_use]
pub fn forgotten(language: Language, tracks: usize) -> String {
    let number = count(tracks);
    match language {
        Language::English if tracks == 1 => {
            "Took 1 track out of the library; it comes back with its file".to_owned()
        }
        Language::English => {
            format!("Took {number} tracks out of the library; they come back with their files")
        }
        Language::Korean => {
            format!("보관함에서 {number}곡을 지웠어요. 파일이 돌아오면 다시 나타나요")
        }
    }
}

/// "There is nothing at /music".
#[must_use]
pub fn not_there(language: Language, path: &str) -> String {
    match language {
        Language::English => format!("There is nothing at {path}"),
        Language::Korean => format!("{path} 경로를 찾지 못했어요"),
    }
}

/// "12 recordings · 340 MB in spare copies".
#[must_use]
pub fn duplicate_facts(language: Language, recordings: usize, spare_bytes: u64) -> String {
    let (number, spare) = (count(recordings), size(spare_bytes));
    match language {
        Language::English if recordings == 1 => format!("1 recording · {spare} in spare copies"),
        Language::English => format!("{number} recordings · {spare} in spare copies"),
        Language::Korean => format!("{number}곡 · 여분 {spare}"),
    }
}

/// "FLAC · 912 kb/s · 34.1 MB · 4:12".
#[must_use]
pub fn copy_facts(copy: &FileCopy, codec: &str, secs: f32) -> String {
    let (rate, size, time) = (copy.bit_rate_kbps, size(copy.size_bytes), clock(secs));
    format!("{codec} · {rate} kb/s · {size} · {time}")
}

/// "34.1 MB".
fn size(bytes: u64) -> String {
    let bytes = bytes as f64;
    if bytes < 1e9 {
        format!("{:.1} MB", bytes / 1e6)
    } else {
        format!("{:.1} GB", bytes / 1e9)
    }
}

/// "song.mp3 is in the trash".
#[must_use]
pub fn trashed(language: Language, file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match language {
        Language::English => format!("{name} is in the trash"),
        Language::Korean => format!("{name} 파일을 휴지통에 넣었어요"),
    }
}

/// "song.mp3 stays where it is: the trash cannot be reached".
#[must_use]
pub fn not_trashed(language: Language, file: &Path, cause: &str) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match language {
        Language::English => format!("{name} stays where it is: {cause}"),
        Language::Korean => format!("{name} 파일을 휴지통에 넣지 못해 그대로 두었어요 ({cause})"),
    }
}

fn reason(language: Language, error: &EditError) -> String {
    let korean = match error {
        EditError::Gone => "파일이 없어졌어요",
        EditError::ReadOnly => "읽기 전용 파일이에요",
        EditError::FolderReadOnly => "폴더가 읽기 전용이에요",
        EditError::DiskFull => "디스크가 가득 찼어요",
        EditError::Unsupported => "이 형식의 태그는 쓸 수 없어요",
        EditError::Tags(cause) => {
            let cause = said(language, cause);
            return match language {
                Language::English => format!("its tags cannot be read or written: {cause}"),
                Language::Korean => format!("태그를 읽거나 쓸 수 없어요 ({cause})"),
            };
        }
        EditError::Damaged => "고친 사본이 올바르지 않았어요",
        EditError::Changed => "그사이 다른 프로그램이 파일을 바꿨어요",
        EditError::NoPicture => "표지로 고른 파일은 읽을 수 있는 그림이 아니에요",
        EditError::LargePicture => "표지 그림이 15 MB보다 커요",
        EditError::Io(cause) => return said(language, cause),
    };
    match language {
        Language::English => error.to_string(),
        Language::Korean => korean.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_play_is_counted_and_its_first_named() {
        let first = Path::new("/m/밤.flac");
        let said = |language, files| not_played(language, files, first, "it ends too early");
        assert_eq!(
            said(Language::English, 1),
            "밤.flac cannot be played: it ends too early"
        );
        let korean = said(Language::Korean, 3);
        assert!(
            korean.starts_with("파일 3개는 재생할 수 없어요. 밤.flac: "),
            "{korean}"
        );
    }

    #[test]
    fn what_was_left_alone_is_said_with_its_reason() {
        let failed = (PathBuf::from("/m/밤.flac"), EditError::DiskFull);
        assert_eq!(
            edit_failed(Language::English, 1, &failed),
            "Left 밤.flac as it was: the disk is full"
        );
        assert_eq!(
            edit_failed(Language::Korean, 3, &failed),
            "파일 3개는 그대로 두었어요. 밤.flac: 디스크가 가득 찼어요"
        );
    }
}
