//! Finds audio files under folders: every real folder once, whatever the links.

use super::ScanRequest;
use crate::library::{FileStamp, ScanFailure};
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use unicode_normalization::UnicodeNormalization;

/// Extensions of formats we play.
const SUPPORTED: &[&str] = &[
    "mp3", "mp2", "m4a", "m4b", "aac", "flac", "ogg", "oga", "opus", "wav", "wave", "aif", "aiff",
    "aifc", "caf", "mka", "weba", "webm",
];

/// Extensions of audio formats we only report, with their names.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("ape", "APE"),
    ("wv", "WavPack"),
    ("wma", "WMA"),
    ("asf", "WMA"),
    ("mpc", "Musepack"),
    ("mpp", "Musepack"),
    ("mp+", "Musepack"),
    ("tta", "TTA"),
    ("tak", "TAK"),
    ("ofr", "OptimFROG"),
    ("dsf", "DSD"),
    ("dff", "DSD"),
    ("ra", "RealAudio"),
    ("ram", "RealAudio"),
    ("ac3", "AC-3"),
    ("dts", "DTS"),
    ("amr", "AMR"),
    ("au", "AU"),
    ("snd", "AU"),
    ("spx", "Speex"),
    ("shn", "Shorten"),
    ("m4p", "protected AAC"),
];

/// Folders in which systems keep deleted files, thumbnails and indexes.
const SKIPPED_FOLDERS: &[&str] = &[
    "@eadir",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "recycler",
    "system volume information",
    "lost+found",
    "__macosx",
];

/// Stems of folder covers, best first.
const COVER_STEMS: &[&str] = &["cover", "folder", "front", "album", "albumart"];

const IMAGES: &[&str] = &["jpg", "jpeg", "png", "webp"];

/// Deepest nesting followed; deeper is a mistake or an attack.
const MAX_DEPTH: usize = 64;

/// An audio file found, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// How it looks from outside.
    pub stamp: FileStamp,
    /// What stands beside it.
    pub beside: Beside,
}

/// Files beside an audio file that belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Lyrics with times, same stem.
    pub lrc: Option<PathBuf>,
    /// Text, same stem.
    pub txt: Option<PathBuf>,
    /// The folder's cover.
    pub cover: Option<Arc<Path>>,
}

impl Beside {
    /// What stands beside this file now.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new("."));
        Listing::read(folder).map_or_else(|_| Self::default(), |listing| listing.beside(path).0)
    }
}

/// Everything walking found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Folders asked for, and whether each could be opened.
    pub folders: Vec<(PathBuf, bool)>,
    /// Audio files, supported or not, sorted by path within each folder.
    pub files: Vec<Found>,
    /// Folders and links that could not be read.
    pub failures: Vec<ScanFailure>,
}

/// Whether the name is that of an audio file, supported or not.
#[must_use]
pub fn is_audio(path: &Path) -> bool {
    let extension = extension(path);
    SUPPORTED.contains(&extension.as_str()) || unsupported_format(path).is_some()
}

/// The name of the format when the extension is one of those that are only reported.
#[must_use]
pub fn unsupported_format(path: &Path) -> Option<&'static str> {
    let extension = extension(path);
    UNSUPPORTED
        .iter()
        .find(|(known, _)| *known == extension)
        .map(|(_, name)| *name)
}

/// Whether a change at `path` under the music folder `root` can change what a scan finds:
/// nothing hidden, and music, a folder, or what may lie beside music.
#[must_use]
pub fn concerns(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let mut names = inside.components().map(Component::as_os_str);
    if names.any(|name| is_hidden(name) || is_skipped_folder(name)) {
        return false;
    }
    // What is gone may have been a folder, whatever its name.
    is_audio(path) || is_beside(path) || !path.is_file()
}

/// Whether the name is that of lyrics, a text or a picture.
fn is_beside(path: &Path) -> bool {
    let extension = extension(path);
    ["lrc", "txt"].contains(&extension.as_str()) || IMAGES.contains(&extension.as_str())
}

/// What a scan has to look at after something has changed at these places.
#[must_use]
pub fn after_changes(places: &[PathBuf]) -> ScanRequest {
    let mut request = ScanRequest::default();
    for place in places {
        match fs::metadata(place) {
            Ok(file) if file.is_file() && is_audio(place) => request.files.push(place.clone()),
            Ok(file) if file.is_file() => {}
            // A folder; or what is gone, and with it whatever lay below.
            _ => request.folders.push(place.clone()),
        }
        if is_beside(place) {
            request.files.extend(music_beside(place));
        }
    }
    request.folders.sort();
    // One walk goes to the bottom; a folder comes right before what lies below it.
    request
        .folders
        .dedup_by(|inner, outer| inner.starts_with(outer));
    request.files.sort();
    request.files.dedup();
    request
}

/// The music whose lyrics or cover a file may be.
fn music_beside(path: &Path) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let Ok(listing) = Listing::read(folder) else {
        return Vec::new();
    };
    let is_cover = IMAGES.contains(&extension(path).as_str());
    let name = stem(path);
    let entries = listing.entries.into_iter().map(|(entry, _)| entry);
    entries
        .filter(|entry| {
            is_audio(entry)
                && !is_hidden(entry.file_name().unwrap_or_default())
                && (is_cover || stem(entry) == name)
        })
        .collect()
}

/// Walks `folders`, then looks at `files`; `go_on` is asked between folders. Files that
/// `files` names but that are gone are simply not found.
pub fn walk(
    folders: &[PathBuf],
    files: &[PathBuf],
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Walked {
    let mut walker = Walker {
        visited: HashSet::new(),
        found: HashSet::new(),
        walked: Walked::default(),
    };
    for root in folders {
        let opened = fs::read_dir(root);
        walker.walked.folders.push((root.clone(), opened.is_ok()));
        if let Err(error) = opened {
            // One that is not there is an unplugged drive, not a problem.
            if error.kind() != std::io::ErrorKind::NotFound {
                walker.fail(root, format!("the folder cannot be opened: {error}"));
            }
            continue;
        }
        let mut pending = vec![(root.clone(), 0)];
        while let Some((folder, depth)) = pending.pop() {
            if !go_on(walker.walked.files.len()) {
                return walker.walked;
            }
            let mut inner = walker.folder(&folder, depth);
            // The stack gives the last first.
            inner.reverse();
            pending.extend(inner.into_iter().map(|folder| (folder, depth + 1)));
        }
    }
    let mut listings: HashMap<PathBuf, Listing> = HashMap::new();
    for path in files {
        let Ok(metadata) = fs::metadata(path) else {
            continue;
        };
        let folder = path.parent().unwrap_or(Path::new(".")).to_path_buf();
        let listing = listings
            .entry(folder)
            .or_insert_with_key(|folder| Listing::read(folder).unwrap_or_default());
        if metadata.is_file() {
            walker.file(path.clone(), &metadata, listing);
        }
    }
    walker.walked
}

struct Walker {
    /// Real paths of folders already walked: links may lead anywhere, also in circles.
    visited: HashSet<PathBuf>,
    found: HashSet<PathBuf>,
    walked: Walked,
}

impl Walker {
    /// Takes in one folder's files and returns the folders inside it, sorted.
    fn folder(&mut self, folder: &Path, depth: usize) -> Vec<PathBuf> {
        let real = match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(error) => {
                self.fail(folder, format!("the folder cannot be opened: {error}"));
                return Vec::new();
            }
        };
        if !self.visited.insert(real) {
            return Vec::new();
        }
        if depth >= MAX_DEPTH {
            self.fail(folder, format!("folders nested more than {MAX_DEPTH} deep"));
            return Vec::new();
        }
        let listing = match Listing::read(folder) {
            Ok(listing) => listing,
            Err(error) => {
                self.fail(folder, format!("the folder cannot be read: {error}"));
                return Vec::new();
            }
        };
        for (path, reason) in &listing.failures {
            self.fail(path, reason.clone());
        }
        let mut inner = Vec::new();
        for (path, kind) in &listing.entries {
            let name = path.file_name().unwrap_or_default();
            if is_hidden(name) || (*kind == EntryKind::File && !is_audio(path)) {
                continue;
            }
            let link = *kind == EntryKind::Link;
            let metadata = match fs::metadata(path) {
                Ok(metadata) => metadata,
                Err(error) => {
                    if link {
                        self.link_failure(path, &error);
                    } else if is_audio(path) {
                        self.fail(path, format!("cannot be read: {error}"));
                    }
                    continue;
                }
            };
            if metadata.is_dir() {
                if link && Self::leads_up(path, folder) {
                    self.fail(path, "the link leads back to a folder it is in".to_owned());
                } else if !is_skipped_folder(name) {
                    inner.push(path.clone());
                }
            } else if metadata.is_file() && is_audio(path) {
                self.file(path.clone(), &metadata, &listing);
            }
        }
        inner
    }

    fn file(&mut self, path: PathBuf, metadata: &Metadata, listing: &Listing) {
        if !self.found.insert(path.clone()) {
            return;
        }
        let (beside, hash) = listing.beside(&path);
        self.walked.files.push(Found {
            stamp: FileStamp {
                size_bytes: metadata.len(),
                mtime_unix_ns: mtime_unix_ns(metadata),
                beside: hash,
            },
            beside,
            path,
        });
    }

    fn leads_up(link: &Path, folder: &Path) -> bool {
        match (fs::canonicalize(link), fs::canonicalize(folder)) {
            (Ok(target), Ok(folder)) => folder.starts_with(target),
            _ => false,
        }
    }

    fn link_failure(&mut self, link: &Path, error: &std::io::Error) {
        // A dangling link of another kind of file is none of our business.
        let to_audio = is_audio(link) || fs::read_link(link).is_ok_and(|target| is_audio(&target));
        if to_audio || error.kind() != std::io::ErrorKind::NotFound {
            self.fail(link, format!("the link leads nowhere: {error}"));
        }
    }

    fn fail(&mut self, path: &Path, reason: String) {
        self.walked.failures.push(ScanFailure {
            path: path.to_path_buf(),
            stamp: None,
            reason,
            unsupported: false,
        });
    }
}

/// What a folder says of an entry, without looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EntryKind {
    File,
    Link,
    /// A folder, or not told.
    Other,
}

/// The entries of one folder.
#[derive(Default)]
struct Listing {
    entries: Vec<(PathBuf, EntryKind)>,
    failures: Vec<(PathBuf, String)>,
    /// Lyrics and texts by folded stem: `.lrc`, `.txt`.
    texts: HashMap<String, (Option<PathBuf>, Option<PathBuf>)>,
    cover: Option<Arc<Path>>,
    cover_hash: i64,
}

impl Listing {
    fn read(folder: &Path) -> std::io::Result<Self> {
        let mut listing = Self::default();
        let mut images = Vec::new();
        for entry in fs::read_dir(folder)? {
            let (path, kind) = match entry {
                Ok(entry) => {
                    let kind = match entry.file_type() {
                        Ok(kind) if kind.is_file() => EntryKind::File,
                        Ok(kind) if kind.is_symlink() => EntryKind::Link,
                        _ => EntryKind::Other,
                    };
                    (entry.path(), kind)
                }
                Err(error) => {
                    let reason = format!("an entry of the folder cannot be read: {error}");
                    listing.failures.push((folder.to_path_buf(), reason));
                    // A failing disk may give the same error for ever.
                    break;
                }
            };
            let extension = extension(&path);
            match extension.as_str() {
                // A folder may be called anything.
                _ if kind == EntryKind::Other => listing.entries.push((path, kind)),
                "lrc" => {
                    let texts = listing.texts.entry(stem(&path)).or_default();
                    texts.0 = Some(path);
                }
                "txt" => {
                    let texts = listing.texts.entry(stem(&path)).or_default();
                    texts.1 = Some(path);
                }
                image if IMAGES.contains(&image) => images.push(path),
                _ => listing.entries.push((path, kind)),
            }
        }
        listing.entries.sort();
        images.retain(|image| !is_hidden(image.file_name().unwrap_or_default()));
        images.sort();
        let rank = |image: &PathBuf| COVER_STEMS.iter().position(|known| *known == stem(image));
        let named = images.iter().filter(|image| rank(image).is_some());
        let only = || (images.len() == 1).then(|| &images[0]);
        if let Some(cover) = named.min_by_key(|image| rank(image)).or_else(only) {
            listing.cover_hash = file_hash(cover);
            listing.cover = Some(Arc::from(cover.as_path()));
        }
        Ok(listing)
    }

    fn beside(&self, path: &Path) -> (Beside, i64) {
        let (lrc, txt) = self.texts.get(&stem(path)).cloned().unwrap_or_default();
        let mut hash = self.cover_hash;
        for text in lrc.iter().chain(&txt) {
            hash = hash.rotate_left(7) ^ file_hash(text);
        }
        let beside = Beside {
            lrc,
            txt,
            cover: self.cover.clone(),
        };
        (beside, hash)
    }
}

/// Names, size and time of a file in one number (FNV-1a, the same in every version).
fn file_hash(path: &Path) -> i64 {
    let (size, mtime) = fs::metadata(path).map_or((0, 0), |metadata| {
        (metadata.len(), mtime_unix_ns(&metadata))
    });
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in name
        .iter()
        .copied()
        .chain(size.to_le_bytes())
        .chain(mtime.to_le_bytes())
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    i64::from_ne_bytes(hash.to_ne_bytes())
}

fn mtime_unix_ns(metadata: &Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else {
        return 0;
    };
    match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}

/// Names that start with a dot, but not with two: "...And Justice" is an album.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && !name.starts_with(b"..")
}

fn is_skipped_folder(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    SKIPPED_FOLDERS.contains(&name.as_str())
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().to_ascii_lowercase()
}

/// The stem in one spelling: some systems decompose Hangul and accents in file names.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.nfc().flat_map(char::to_lowercase).collect()
}
