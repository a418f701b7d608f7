//! Puts a file into the desktop's trash, from where the file manager brings it back
//! (<https://specifications.freedesktop.org/trash-spec/1.0/>).

use std::path::Path;

/// Whether this system has a trash that files can be put into here.
pub const HAS_TRASH: bool = cfg!(target_os = "linux");

/// Moves a file into the trash of its disk. `now` is the listener's local time as
/// `YYYY-MM-DDThh:mm:ss`. A file for which there is no trash stays where it is.
#[cfg(target_os = "linux")]
pub fn move_to_trash(file: &Path, now: &str) -> std::io::Result<()> {
    linux::move_to_trash(file, now)
}

/// Elsewhere files stay where they are.
#[cfg(not(target_os = "linux"))]
pub fn move_to_trash(_file: &Path, _now: &str) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::desktop::uri;
    use std::ffi::{OsStr, OsString};
    use std::fs::{self, File};
    use std::io::{self, ErrorKind, Write as _};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    use std::path::{Path, PathBuf};

    /// So many files of one name in a trash are enough.
    const MOST_NAMESAKES: usize = 10_000;

    pub(super) fn move_to_trash(file: &Path, now: &str) -> io::Result<()> {
        let home = directories::BaseDirs::new().map(|dirs| dirs.data_dir().join("Trash"));
        move_to(file, now, home)
    }

    /// `home` is the trash of the disk that the listener's own files are on.
    pub(super) fn move_to(file: &Path, now: &str, home: Option<PathBuf>) -> io::Result<()> {
        // The link itself, not what it leads to.
        let file = std::path::absolute(file)?;
        let disk = fs::symlink_metadata(&file)?.dev();
        if let Some(home) = home
            && make(&home).is_ok()
            && fs::metadata(&home)?.dev() == disk
        {
            return put(&file, &file, &home, now);
        }
        let top = top_of(&file, disk)?;
        // Without the folder of the disk, so that the trash may be carried elsewhere.
        let inside = file.strip_prefix(&top).unwrap_or(&file);
        put(&file, inside, &trash_of(&top)?, now)
    }

    /// The highest folder of the disk that a file is on.
    fn top_of(file: &Path, disk: u64) -> io::Result<PathBuf> {
        let mut top = file.parent().ok_or(ErrorKind::InvalidInput)?;
        while let Some(above) = top.parent()
            && fs::metadata(above)?.dev() == disk
        {
            top = above;
        }
        Ok(top.to_path_buf())
    }

    /// The listener's trash on a disk: in the one that all share, if there is one that is
    /// safe, or in one alone.
    fn trash_of(top: &Path) -> io::Result<PathBuf> {
        const STICKY: u32 = 0o1000;
        let user = fs::metadata("/proc/self")?.uid();
        let shared = top.join(".Trash");
        if let Ok(there) = fs::symlink_metadata(&shared)
            && there.is_dir()
            && there.mode() & STICKY != 0
        {
            let own = shared.join(user.to_string());
            if make(&own).is_ok() {
                return Ok(own);
            }
        }
        let own = top.join(format!(".Trash-{user}"));
        make(&own)?;
        Ok(own)
    }

    /// Makes a trash where there is none; nobody else may look into it.
    fn make(trash: &Path) -> io::Result<()> {
        for folder in [trash.to_path_buf(), trash.join("files"), trash.join("info")] {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        Ok(())
    }

    /// Moves a file into a trash, where it is known as having come from `from`.
    fn put(file: &Path, from: &Path, trash: &Path, now: &str) -> io::Result<()> {
        let name = file.file_name().ok_or(ErrorKind::InvalidInput)?;
        let (mut note, at, name) = note(name, &trash.join("info"))?;
        let from = uri::escaped(from);
        let text = format!("[Trash Info]\nPath={from}\nDeletionDate={now}\n");
        let moved = note
            .write_all(text.as_bytes())
            .and_then(|()| fs::rename(file, trash.join("files").join(name)));
        if moved.is_err() {
            // A note without its file says nothing.
            let _ = fs::remove_file(at);
        }
        moved
    }

    /// A new note, and the name in the trash that is thereby taken.
    fn note(name: &OsStr, notes: &Path) -> io::Result<(File, PathBuf, OsString)> {
        for number in 1..MOST_NAMESAKES {
            let mut free = OsString::new();
            let path = Path::new(name);
            free.push(path.file_stem().unwrap_or(name));
            if number > 1 {
                free.push(format!(" {number}"));
            }
            if let Some(extension) = path.extension() {
                free.push(".");
                free.push(extension);
            }
            let mut of_note = free.clone();
            of_note.push(".trashinfo");
            let at = notes.join(of_note);
            match File::create_new(&at) {
                Ok(note) => return Ok((note, at, free)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        const NOW: &str = "2026-05-12T21:04:05";

        #[test]
        fn files_go_to_the_trash_with_a_note_and_keep_their_namesakes_apart() {
            let folder = tempfile::tempdir().unwrap();
            let trash = folder.path().join("data/Trash");
            let file = folder.path().join("밤 비.flac");
            for text in ["one", "two"] {
                fs::write(&file, text).unwrap();
                move_to(&file, NOW, Some(trash.clone())).unwrap();
                assert!(!file.exists());
            }
            let read = |name: &str| fs::read_to_string(trash.join(name)).unwrap();
            assert_eq!(read("files/밤 비.flac"), "one");
            assert_eq!(read("files/밤 비 2.flac"), "two");
            let note = read("info/밤 비 2.flac.trashinfo");
            let path = uri::escaped(&file);
            assert!(path.ends_with("/%EB%B0%A4%20%EB%B9%84.flac"), "{path}");
            let wanted = format!("[Trash Info]\nPath={path}\nDeletionDate={NOW}\n");
            assert_eq!(note, wanted);
            assert_eq!(fs::metadata(&trash).unwrap().mode() & 0o777, 0o700);
        }

        #[test]
        fn what_cannot_be_moved_stays_and_leaves_no_note() {
            let folder = tempfile::tempdir().unwrap();
            let trash = folder.path().join("Trash");
            let gone = folder.path().join("gone.flac");
            assert!(move_to(&gone, NOW, Some(trash.clone())).is_err());
            make(&trash).unwrap();
            let file = folder.path().join("kept.flac");
            fs::write(&file, "kept").unwrap();
            // Nothing can be moved over a folder that is not empty.
            fs::create_dir_all(trash.join("files/kept.flac/full")).unwrap();
            assert!(move_to(&file, NOW, Some(trash.clone())).is_err());
            assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
            let notes = fs::read_dir(trash.join("info")).unwrap();
            assert_eq!(notes.count(), 0);
        }

        #[test]
        fn another_disk_has_a_trash_of_its_own() {
            let folder = tempfile::tempdir().unwrap();
            let disk = fs::metadata(folder.path()).unwrap().dev();
            fs::create_dir(folder.path().join("a")).unwrap();
            let top = top_of(&folder.path().join("a/b.flac"), disk).unwrap();
            assert!(folder.path().starts_with(&top));
            let trash = trash_of(folder.path()).unwrap();
            let name = trash.file_name().unwrap().to_str().unwrap();
            assert!(name.starts_with(".Trash-"), "{name}");
            assert!(trash.join("info").is_dir() && trash.join("files").is_dir());
        }
    }
}
