//! Photos as wishes: where they are, what is told about them, and the readings kept so that
//! asking again reads nothing anew.

use super::{CoverImage, CoverSize};
use crate::inference::InferenceError;
use crate::inference::photo::{Photo, PhotoReader, decode, from_premultiplied, shown};
use crate::inference::text::FeelingReader;
use crate::photo::{PhotoProblem, PhotoReading};
use crate::scan::photo_files;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// At most so many photos are read for one playlist; of more, evenly chosen ones.
pub(super) const MOST_PHOTOS: usize = 60;
/// Readings kept; their thumbnails take half a megabyte each.
const MOST_KEPT: usize = 2 * MOST_PHOTOS;

/// Where a photo is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoSource {
    /// A file, or a folder of files.
    File(PathBuf),
    /// Pasted from the clipboard.
    Pasted(Arc<PastedPicture>),
}

/// A picture from the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedPicture {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// `width × height × 4` bytes, RGBA, premultiplied, as windows hold pictures.
    pub rgba: Vec<u8>,
}

/// What was understood of the photos of a wish.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PhotoAnswer {
    /// Those that were read, in the order in which the playlist follows them.
    pub photos: Vec<Arc<ReadPhoto>>,
    /// Those that could not be read: name and reason.
    pub unread: Vec<(String, PhotoProblem)>,
}

/// One photo as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPhoto {
    /// Where it is.
    pub source: PhotoSource,
    /// The file's name; empty for a pasted picture.
    pub name: String,
    /// When it was taken, if it says so: `2026:05:01 18:30:00`.
    pub taken: Option<String>,
    /// How it was read.
    pub reading: PhotoReading,
    /// To show: 320 × 320 pixels at most.
    pub card: CoverImage,
    /// To stand behind everything: 64 × 64 pixels at most, blurred.
    pub backdrop: CoverImage,
}

impl PhotoSource {
    /// The name to show; empty for a pasted picture.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned(),
            Self::Pasted(_) => String::new(),
        }
    }
}

/// What a photo was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    File {
        path: PathBuf,
        size_bytes: u64,
        modified: Option<SystemTime>,
    },
    /// The picture's place in memory, which its entry keeps alive.
    Pasted(usize),
}

struct Kept {
    read: Arc<ReadPhoto>,
    last_used: u64,
}

/// Reads photos and keeps what was read.
pub(super) struct Photos {
    models: PathBuf,
    reader: Option<PhotoReader>,
    kept: HashMap<Key, Kept>,
    clock: u64,
}

impl Photos {
    /// Will load the photo model of this models folder.
    pub(super) fn new(models: PathBuf) -> Self {
        Self {
            models,
            reader: None,
            kept: HashMap::new(),
            clock: 0,
        }
    }

    /// Loads the model, if that was not done yet.
    pub(super) fn load(&mut self) -> &mut PhotoReader {
        self.reader
            .get_or_insert_with(|| PhotoReader::open(&self.models))
    }

    /// Why photos are read by their colours alone, if they are.
    pub(super) fn problem(&mut self) -> Option<&InferenceError> {
        self.load().problem()
    }

    /// Reads a photo, or remembers how it was read.
    pub(super) fn read(
        &mut self,
        source: &PhotoSource,
        words: &mut FeelingReader,
    ) -> Result<Arc<ReadPhoto>, PhotoProblem> {
        self.clock += 1;
        let key = key(source);
        if let Some(kept) = self.kept.get_mut(&key) {
            kept.last_used = self.clock;
            return Ok(Arc::clone(&kept.read));
        }
        let Photo { pixels, taken } = match source {
            PhotoSource::File(path) => decode(path)?,
            PhotoSource::Pasted(picture) => {
                from_premultiplied(picture.width, picture.height, picture.rgba.clone())?
            }
        };
        let reading = self.load().read(&pixels, words);
        let show = |size| shown(&pixels, &reading.colours, size);
        let read = Arc::new(ReadPhoto {
            source: source.clone(),
            name: source.name(),
            taken,
            card: show(CoverSize::Card),
            backdrop: show(CoverSize::Backdrop),
            reading,
        });
        self.keep(key, Arc::clone(&read));
        Ok(read)
    }

    fn keep(&mut self, key: Key, read: Arc<ReadPhoto>) {
        if self.kept.len() >= MOST_KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.last_used);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.kept.remove(&oldest);
            }
        }
        let last_used = self.clock;
        self.kept.insert(key, Kept { read, last_used });
    }
}

fn key(source: &PhotoSource) -> Key {
    match source {
        PhotoSource::File(path) => {
            let about = fs::metadata(path).ok();
            Key::File {
                path: path.clone(),
                size_bytes: about.as_ref().map_or(0, fs::Metadata::len),
                modified: about.and_then(|about| about.modified().ok()),
            }
        }
        PhotoSource::Pasted(picture) => Key::Pasted(Arc::as_ptr(picture).addr()),
    }
}

/// The photos of a wish, one by one: folders become the pictures inside.
pub(super) fn expanded(sources: &[PhotoSource]) -> Vec<PhotoSource> {
    let mut all = Vec::new();
    for source in sources {
        match source {
            PhotoSource::File(path) if path.is_dir() => {
                all.extend(photo_files(path).into_iter().map(PhotoSource::File));
            }
            other => all.push(other.clone()),
        }
    }
    evenly(&all, MOST_PHOTOS)
}

/// At most so many of a list, evenly chosen, the first and the last among them.
fn evenly<T: Clone>(all: &[T], most: usize) -> Vec<T> {
    if all.len() <= most {
        return all.to_vec();
    }
    let last = all.len() - 1;
    (0..most)
        .map(|number| all[number * last / (most - 1)].clone())
        .collect()
}

/// Photos in the order of a day: by when they were taken if all of them say so, else by name.
pub(super) fn in_time(photos: &mut [Arc<ReadPhoto>]) {
    if photos.iter().all(|photo| photo.taken.is_some()) {
        photos.sort_by(|a, b| a.taken.cmp(&b.taken).then_with(|| a.name.cmp(&b.name)));
    } else {
        photos.sort_by(|a, b| by_name(&a.name, &b.name));
    }
}

/// `IMG_9` comes before `IMG_10`.
fn by_name(a: &str, b: &str) -> std::cmp::Ordering {
    /// Letters as they are, and runs of digits as numbers among them.
    fn parts(name: &str) -> Vec<(char, u64)> {
        let mut parts: Vec<(char, u64)> = Vec::new();
        let mut in_number = false;
        for letter in name.chars().flat_map(char::to_lowercase) {
            let digit = letter.to_digit(10).map(u64::from);
            match (digit, parts.last_mut().filter(|_| in_number)) {
                (Some(digit), Some((_, number))) => {
                    *number = number.saturating_mul(10).saturating_add(digit);
                }
                (Some(digit), None) => parts.push(('0', digit)),
                (None, _) => parts.push((letter, 0)),
            }
            in_number = digit.is_some();
        }
        parts
    }
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

/// What dropped paths are: photos, or music for the library.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dropped {
    pub photos: Vec<PathBuf>,
    pub music: Vec<PathBuf>,
}

/// Sorts dropped paths: pictures and folders that hold pictures but no audio are photos, all
/// else is music. Walks folders; not for a thread that anyone waits for.
pub(super) fn sorted(paths: Vec<PathBuf>) -> Dropped {
    let mut dropped = Dropped::default();
    for path in paths {
        let photos = if path.is_dir() {
            crate::scan::audio_files(&path).is_empty() && !photo_files(&path).is_empty()
        } else {
            is_photo(&path)
        };
        if photos {
            dropped.photos.push(path);
        } else {
            dropped.music.push(path);
        }
    }
    dropped
}

/// By its name, or by what it begins with when the name says nothing.
fn is_photo(path: &Path) -> bool {
    crate::scan::is_photo_name(path)
        || (!crate::scan::is_audio_name(path) && crate::inference::photo::is_picture(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_people_count() {
        let mut names = [
            "IMG_10.jpg",
            "img_9.jpg",
            "IMG_9b.jpg",
            "IMG_.jpg",
            "Abend.jpg",
        ];
        names.sort_by(|a, b| by_name(a, b));
        let ordered = [
            "Abend.jpg",
            "IMG_.jpg",
            "img_9.jpg",
            "IMG_9b.jpg",
            "IMG_10.jpg",
        ];
        assert_eq!(names, ordered);
    }

    #[test]
    fn of_many_photos_evenly_chosen_ones_are_read() {
        let all: Vec<u32> = (0..1_000).collect();
        let some = evenly(&all, MOST_PHOTOS);
        assert_eq!(
            (some.len(), some[0], some[MOST_PHOTOS - 1]),
            (MOST_PHOTOS, 0, 999)
        );
        assert!(some.windows(2).all(|pair| pair[1] - pair[0] >= 16));
        assert_eq!(evenly(&all[..3], MOST_PHOTOS), [0, 1, 2]);
    }

    #[test]
    fn what_is_dropped_is_told_apart_by_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for inside in ["day", "album", "empty"] {
            fs::create_dir(at(inside)).unwrap();
        }
        for file in [
            "day/a.jpg",
            "album/cover.jpg",
            "album/song.mp3",
            "sea.png",
            "b.flac",
        ] {
            fs::write(at(file), b"x").unwrap();
        }
        fs::write(at("no-name"), b"GIF89a").unwrap();
        let names = ["day", "album", "empty", "sea.png", "b.flac", "no-name"];
        let dropped = sorted(names.map(at).to_vec());
        assert_eq!(dropped.photos, ["day", "sea.png", "no-name"].map(at));
        assert_eq!(dropped.music, ["album", "empty", "b.flac"].map(at));
    }
}
