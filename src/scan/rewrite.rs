//! Writes tags so that a crash, a full disk or a bug leaves the file as it was or as it
//! should be, never half of it.
//!
//! A copy in the same folder is changed, read back and compared: its audio must be the same
//! to the byte, what it says must be what was meant, and no picture and no star may be lost.
//! Only then it takes the file's place, in one step. Times of the file become those of the
//! change, by which every program knows that there was one; owner and permissions stay.

use super::ratings::Ratings;
use super::tags::{self, Embedded};
use crate::decode::{self, Probed};
use crate::library::{ContentId, EditError, Tags};
use lofty::config::{GlobalOptions, ParseOptions, WriteOptions, apply_global_options};
use lofty::file::{FileType, TaggedFile, TaggedFileExt};
use lofty::probe::Probe;
use lofty::tag::Tag;
use std::error::Error;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Largest single item kept, bytes: whatever a file holds, it must not be lost.
const MAX_ITEM_BYTES: usize = 256 * 1024 * 1024;
/// A copy older than this was left behind by a crash.
const ABANDONED: Duration = Duration::from_hours(1);

/// What a rewritten file must be like.
pub struct Wanted {
    /// Its tags, as reading gives them.
    pub tags: Tags,
    /// Whether it holds a cover.
    pub has_cover: bool,
    /// How many stars it says it has, 1…5 or 0 for none; `None` leaves what it says.
    pub stars: Option<u8>,
}

/// Changes the tags of the file at `path` and returns the name of its audio. `change` gets
/// what is embedded now, and says what there must be afterwards. A file that holds other
/// audio than `expected` is left alone.
pub fn rewrite(
    path: &Path,
    expected: Option<ContentId>,
    change: impl FnOnce(&Embedded, &mut TaggedFile) -> Wanted,
) -> Result<ContentId, EditError> {
    // Odd files have made tag libraries panic before.
    let work = AssertUnwindSafe(|| rewrite_copy(path, expected, change));
    catch_unwind(work).unwrap_or(Err(EditError::Damaged))
}

fn rewrite_copy(
    path: &Path,
    expected: Option<ContentId>,
    change: impl FnOnce(&Embedded, &mut TaggedFile) -> Wanted,
) -> Result<ContentId, EditError> {
    // A link stays one.
    let real = fs::canonicalize(path).map_err(|error| failed(&error))?;
    let before = fs::metadata(&real).map_err(|error| failed(&error))?;
    if before.permissions().readonly() {
        return Err(EditError::ReadOnly);
    }
    let probed = probe(&real)?;
    let content = probed.content;
    if expected.is_some_and(|expected| expected != content) {
        return Err(EditError::Changed);
    }
    let kind = parse(&real)?.file_type();
    let head = head(&real);
    if !agrees(kind, probed.codec, &head) {
        return Err(EditError::Unsupported);
    }
    let ratings = Ratings::read(&real, kind).map_err(|error| reason(&error))?;
    let now = tags::read(&real).map_err(|error| EditError::Tags(error.to_string()))?;
    let draft = Draft::of(&real, &before)?;
    let mut file = parse(&draft.path)?;
    let wanted = change(&now, &mut file);
    let pictures = pictures(&file);
    let mut options = WriteOptions::default();
    // Older programs know nothing newer.
    options.use_id3v23(head.starts_with(b"ID3\x03"));
    let ratings = match wanted.stars {
        Some(stars) => ratings.with_stars(kind, stars),
        None => ratings,
    };
    for tag in file.tags() {
        // Some formats hold tags that only others may have written there.
        if kind.tag_support(tag.tag_type()).is_writable() {
            ratings
                .save(tag.clone(), &draft.path, options)
                .map_err(|error| reason(&error))?;
        }
    }
    let written = tags::read(&draft.path).map_err(|_| EditError::Damaged)?;
    let right = probe(&draft.path).is_ok_and(|probed| probed.content == content)
        && written.tags == tags::as_read(wanted.tags)
        && written.has_cover == wanted.has_cover
        && written.lyrics.is_some() == now.lyrics.is_some()
        && Ratings::read(&draft.path, kind).is_ok_and(|read| read == ratings)
        && wanted.stars.is_none_or(|stars| written.stars == stars)
        && parse(&draft.path).is_ok_and(|file| self::pictures(&file) == pictures);
    if !right {
        return Err(EditError::Damaged);
    }
    if stamp(&fs::metadata(&real).map_err(|error| failed(&error))?) != stamp(&before) {
        return Err(EditError::Changed);
    }
    draft.replace(&real)?;
    Ok(content)
}

fn pictures(file: &TaggedFile) -> u32 {
    file.tags().iter().map(Tag::picture_count).sum()
}

fn stamp(metadata: &Metadata) -> (u64, Option<SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

fn probe(path: &Path) -> Result<Probed, EditError> {
    decode::probe(path).map_err(|error| EditError::Tags(error.reason()))
}

/// The first bytes of a file, as many as there are.
fn head(path: &Path) -> Vec<u8> {
    let mut head = Vec::new();
    // What cannot be read is known to nobody, and so is not written.
    let _ = File::open(path).and_then(|file| file.take(12).read_to_end(&mut head));
    head
}

/// Whether the tag library takes a file for what it is: it finds MPEG frames in anything,
/// and goes by the name where it finds nothing. Tags of the wrong kind would be read back
/// all right, and leave a file that other programs refuse.
fn agrees(kind: FileType, codec: &str, head: &[u8]) -> bool {
    let frames = head.starts_with(b"ID3") || matches!(head, [0xff, 0xe0..=0xff, ..]);
    match kind {
        FileType::Mpeg => frames && codec.starts_with("MP"),
        FileType::Aac => frames && codec == "AAC",
        FileType::Flac => (head.starts_with(b"fLaC") || frames) && codec == "FLAC",
        FileType::Vorbis => head.starts_with(b"OggS") && codec == "Vorbis",
        FileType::Opus => head.starts_with(b"OggS") && codec == "Opus",
        FileType::Mp4 => head.get(4..8) == Some(b"ftyp"),
        FileType::Wav => head.starts_with(b"RIFF"),
        FileType::Aiff => head.starts_with(b"FORM"),
        _ => false,
    }
}

fn parse(path: &Path) -> Result<TaggedFile, EditError> {
    // The options belong to the thread, and this may be any.
    apply_global_options(
        GlobalOptions::new()
            .use_custom_resolvers(false)
            .allocation_limit(MAX_ITEM_BYTES),
    );
    let probe = Probe::open(path)
        .map_err(|error| reason(&error))?
        .options(ParseOptions::new().read_properties(false))
        .guess_file_type()
        .map_err(|error| failed(&error))?;
    if probe.file_type().is_none() {
        return Err(EditError::Unsupported);
    }
    probe.read().map_err(|error| reason(&error))
}

/// What an error of the system means.
fn failed(error: &io::Error) -> EditError {
    match error.kind() {
        ErrorKind::NotFound => EditError::Gone,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => EditError::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => EditError::DiskFull,
        _ => EditError::Io(error.to_string()),
    }
}

/// What an error of the tag library means; its innermost cause says most.
fn reason(error: &(dyn Error + 'static)) -> EditError {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    match cause.downcast_ref::<io::Error>() {
        Some(error) if error.kind() != ErrorKind::Other => failed(error),
        _ => EditError::Tags(cause.to_string()),
    }
}

/// A copy beside the original, hidden from scans; removed unless it takes its place.
struct Draft {
    path: PathBuf,
}

impl Draft {
    const PREFIX: &str = ".maeum-";
    const SUFFIX: &str = ".tmp";

    fn of(real: &Path, metadata: &Metadata) -> Result<Self, EditError> {
        let folder = real.parent().unwrap_or(Path::new("."));
        Self::clear_away(folder);
        let name = format!("{}{:016x}{}", Self::PREFIX, fastrand::u64(..), Self::SUFFIX);
        let draft = Self {
            path: folder.join(name),
        };
        File::create_new(&draft.path).map_err(|error| match failed(&error) {
            EditError::ReadOnly => EditError::FolderReadOnly,
            other => other,
        })?;
        // Permissions are copied, too.
        fs::copy(real, &draft.path).map_err(|error| failed(&error))?;
        keep_owner(&draft.path, metadata);
        Ok(draft)
    }

    /// Removes the copies that a crash has left in this folder.
    fn clear_away(folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
            if name.starts_with(Self::PREFIX)
                && name.ends_with(Self::SUFFIX)
                && age().is_some_and(|age| age > ABANDONED)
            {
                // One that will not go is hidden, at least.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn replace(self, real: &Path) -> Result<(), EditError> {
        let written = OpenOptions::new().write(true).open(&self.path);
        written
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.path, real))
            .map_err(|error| failed(&error))?;
        // So that a power cut does not forget the new name. Where folders cannot be
        // synchronised, the system does it in its own time.
        #[cfg(unix)]
        if let Some(folder) = real.parent() {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// Gives the copy to the owner of the original, as far as that is allowed.
#[cfg(unix)]
fn keep_owner(copy: &Path, of: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let Ok(now) = fs::metadata(copy) else {
        return;
    };
    let (user, group) = (of.uid(), of.gid());
    let other_user = (now.uid() != user).then_some(user);
    let other_group = (now.gid() != group).then_some(group);
    if other_user.is_none() && other_group.is_none() {
        return;
    }
    // Only the system's administrator may give files away; the group alone is worth having.
    if chown(copy, other_user, other_group).is_err() {
        let _ = chown(copy, None, other_group);
    }
    let _ = fs::set_permissions(copy, of.permissions());
}

#[cfg(not(unix))]
fn keep_owner(_copy: &Path, _of: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_plain_words() {
        for (kind, meaning) in [
            (ErrorKind::NotFound, EditError::Gone),
            (ErrorKind::PermissionDenied, EditError::ReadOnly),
            (ErrorKind::ReadOnlyFilesystem, EditError::ReadOnly),
            (ErrorKind::StorageFull, EditError::DiskFull),
        ] {
            assert_eq!(failed(&io::Error::from(kind)), meaning);
            // Also from inside of the tag library's own errors.
            let wrapped = lofty::error::FileEncodingError::from(io::Error::from(kind));
            assert_eq!(reason(&wrapped), meaning);
        }
    }

    #[test]
    fn copies_that_a_crash_left_behind_go_when_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, age_secs| {
            let path = folder.path().join(name);
            let file = File::create(&path).unwrap();
            let at = SystemTime::now() - Duration::from_secs(age_secs);
            file.set_modified(at).unwrap();
            path
        };
        let old = make(".maeum-0123.tmp", 4_000);
        let new = make(".maeum-4567.tmp", 10);
        let other = make(".other.tmp", 4_000);
        Draft::clear_away(folder.path());
        assert!(!old.exists() && new.exists() && other.exists());
    }
}
