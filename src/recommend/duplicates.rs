//! Files that hold the same recording, and which of them is the better one.

use super::names::Recording;
use super::pick::SAME_RECORDING_SECS;
use crate::library::{FileFacts, Library, LyricsKind, Track, TrackFiles, TrackId, fold};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// A bit rate that is so much higher can be heard.
const NOTABLY_MORE: f32 = 1.15;

/// The same recording, more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicates {
    /// Whether the audio is the same to the byte, rather than the name and the length.
    pub same_audio: bool,
    /// The copies, the best first; two at least.
    pub copies: Vec<FileCopy>,
    /// What the first has over the second; `None` when there is nothing between them.
    pub better: Option<Better>,
}

/// One file of several with the same recording.
#[derive(Debug, Clone, PartialEq)]
pub struct FileCopy {
    /// Whose file.
    pub track: TrackId,
    /// Size.
    pub size_bytes: u64,
    /// Thousands of bits a second of music, tags and cover included; 0 when it is not known
    /// how long it plays.
    pub bit_rate_kbps: u32,
}

/// What makes a file the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Nothing was lost in it.
    Lossless,
    /// More was kept in it.
    BitRate,
    /// It says more about itself: tags, cover, lyrics.
    Tags,
}

impl Better {
    /// A name for machines.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lossless => "lossless",
            Self::BitRate => "bit_rate",
            Self::Tags => "tags",
        }
    }
}

/// All duplicates of a library, by artist and title: files with the same audio, and those of
/// one artist whose titles are those of one version of one recording, and whose lengths are
/// the same. O(n log n): some tenths of a
/// second for a hundred thousand tracks; not for the UI thread.
#[must_use]
pub fn duplicates(library: &Library, files: &TrackFiles) -> Vec<Duplicates> {
    let known: Vec<Known<'_>> = library
        .tracks()
        .iter()
        .filter(|track| !track.missing)
        .filter_map(|track| {
            let facts = files.get(&track.id)?;
            Some(Known { track, facts })
        })
        .collect();
    let mut sets = Sets::new(known.len());
    let mut by_content = HashMap::new();
    let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, file) in known.iter().enumerate() {
        let first = *by_content.entry(file.facts.content).or_insert(index);
        sets.join(first, index);
        let track = file.track;
        if !track.tags.title.is_empty() && !track.artist().is_empty() {
            let recording = Recording::of(&track.tags.title).exactly();
            let name = (fold(track.artist()), recording);
            by_name.entry(name).or_default().push(index);
        }
    }
    for mut namesakes in by_name.into_values() {
        namesakes.sort_by(|a, b| known[*a].secs().total_cmp(&known[*b].secs()));
        let mut first = namesakes[0];
        for index in namesakes {
            if known[index].secs() - known[first].secs() <= SAME_RECORDING_SECS {
                sets.join(first, index);
            } else {
                first = index;
            }
        }
    }
    let mut groups: HashMap<usize, Vec<&Known<'_>>> = HashMap::new();
    for (index, file) in known.iter().enumerate() {
        groups.entry(sets.of(index)).or_default().push(file);
    }
    let mut found: Vec<Vec<&Known<'_>>> = groups.into_values().collect();
    found.retain(|copies| copies.len() > 1);
    for copies in &mut found {
        sort(copies);
    }
    found.sort_by_cached_key(|copies| {
        let track = copies[0].track;
        (fold(track.artist()), fold(track.title()), track.id)
    });
    found.iter().map(|copies| told(copies)).collect()
}

/// A file that is there.
struct Known<'a> {
    track: &'a Arc<Track>,
    facts: &'a FileFacts,
}

impl Known<'_> {
    fn secs(&self) -> f32 {
        super::pick::length_secs(self.track)
    }

    fn lossless(&self) -> bool {
        matches!(self.track.codec.as_str(), "FLAC" | "ALAC" | "PCM")
    }

    fn bit_rate_kbps(&self) -> f32 {
        let secs = self.secs();
        if secs > 0.0 {
            self.facts.size_bytes as f32 * 8.0 / secs / 1_000.0
        } else {
            0.0
        }
    }

    /// The bit rate as an MP3, or among lossless files a FLAC, of the same quality has it.
    fn quality(&self) -> f32 {
        let worth = match self.track.codec.as_str() {
            "Opus" => 1.5,
            "AAC" | "Vorbis" => 1.25,
            "MP2" => 0.7,
            // Nothing is compressed in it.
            "PCM" => 0.6,
            _ => 1.0,
        };
        self.bit_rate_kbps() * worth
    }

    /// How much it says about itself.
    fn fullness(&self) -> usize {
        let tags = &self.track.tags;
        let texts = [
            &tags.title,
            &tags.artist,
            &tags.album_artist,
            &tags.album,
            &tags.genre,
        ];
        texts.iter().filter(|text| !text.is_empty()).count()
            + usize::from(tags.track_number.is_some())
            + usize::from(tags.year.is_some())
            + usize::from(self.track.has_cover)
            + usize::from(self.track.lyrics != LyricsKind::None)
    }
}

/// The best first.
fn sort(copies: &mut [&Known<'_>]) {
    let same_audio = same_audio(copies);
    copies.sort_by(|a, b| {
        let by_quality = b.quality().total_cmp(&a.quality());
        let by_sound = b.lossless().cmp(&a.lossless()).then(by_quality);
        let by_words = Reverse(a.fullness()).cmp(&Reverse(b.fullness()));
        let by_use = Reverse(a.track.play_count).cmp(&Reverse(b.track.play_count));
        let sound = if same_audio {
            std::cmp::Ordering::Equal
        } else {
            by_sound
        };
        sound
            .then(by_words)
            .then(by_use)
            .then(a.track.id.cmp(&b.track.id))
    });
}

fn same_audio(copies: &[&Known<'_>]) -> bool {
    copies
        .iter()
        .all(|copy| copy.facts.content == copies[0].facts.content)
}

fn told(copies: &[&Known<'_>]) -> Duplicates {
    let same_audio = same_audio(copies);
    let (best, second) = (copies[0], copies[1]);
    let better = if !same_audio && best.lossless() && !second.lossless() {
        Some(Better::Lossless)
    } else if !same_audio && best.quality() > second.quality() * NOTABLY_MORE {
        Some(Better::BitRate)
    } else {
        (best.fullness() > second.fullness()).then_some(Better::Tags)
    };
    Duplicates {
        same_audio,
        copies: copies
            .iter()
            .map(|copy| FileCopy {
                track: copy.track.id,
                size_bytes: copy.facts.size_bytes,
                bit_rate_kbps: copy.bit_rate_kbps().round() as u32,
            })
            .collect(),
        better,
    }
}

/// Disjoint sets of files.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
        }
    }

    fn of(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.parent[root] != root {
            // Halves the way for the next who walks it.
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.parent[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ContentId, Tags};

    /// Title, codec, length in seconds, size in megabytes, audio.
    type File = (&'static str, &'static str, f32, u64, u8);

    fn found(files: &[File]) -> Vec<Duplicates> {
        let mut facts = HashMap::new();
        let tracks = (1..)
            .zip(files)
            .map(|(id, (title, codec, secs, size, audio))| {
                facts.insert(
                    TrackId(id),
                    FileFacts {
                        content: ContentId([*audio; 16]),
                        size_bytes: size * 1_000_000,
                    },
                );
                Arc::new(Track {
                    id: TrackId(id),
                    tags: Tags {
                        title: (*title).to_owned(),
                        artist: if title.is_empty() { "" } else { "Both" }.to_owned(),
                        ..Tags::default()
                    },
                    codec: (*codec).to_owned(),
                    duration_secs: *secs,
                    ..Track::default()
                })
            });
        let library = Library::new(tracks.collect());
        duplicates(&library, &facts)
    }

    fn ids(group: &Duplicates) -> Vec<i64> {
        group.copies.iter().map(|copy| copy.track.0).collect()
    }

    #[test]
    fn lossless_comes_first_then_what_kept_more() {
        let groups = found(&[
            ("Sea", "MP3", 200.0, 3, 1),
            ("Sea", "FLAC", 201.0, 25, 2),
            ("sea", "Opus", 200.5, 4, 3),
            ("Hill", "MP3", 100.0, 4, 4),
            ("Hill", "MP3", 100.0, 2, 5),
            ("Other", "MP3", 100.0, 2, 6),
        ]);
        assert_eq!(groups.len(), 2);
        assert_eq!(
            (ids(&groups[0]), groups[0].better),
            (vec![4, 5], Some(Better::BitRate))
        );
        assert_eq!(
            (ids(&groups[1]), groups[1].better),
            (vec![2, 3, 1], Some(Better::Lossless))
        );
        assert_eq!(groups[1].copies[2].bit_rate_kbps, 120);
        assert!(!groups[0].same_audio && !groups[1].same_audio);
    }

    #[test]
    fn equal_audio_is_found_whatever_the_tags_say_and_the_fuller_tags_win() {
        let groups = found(&[("", "FLAC", 200.0, 25, 1), ("Sea", "FLAC", 200.0, 26, 1)]);
        assert_eq!(groups.len(), 1);
        assert!(groups[0].same_audio);
        assert_eq!(
            (ids(&groups[0]), groups[0].better),
            (vec![2, 1], Some(Better::Tags))
        );
        let equal = found(&[("Sea", "FLAC", 200.0, 25, 1), ("Sea", "FLAC", 200.0, 25, 1)]);
        assert_eq!((ids(&equal[0]), equal[0].better), (vec![1, 2], None));
    }

    #[test]
    fn versions_and_namesakes_of_other_length_are_no_duplicates() {
        let groups = found(&[
            ("Sea", "FLAC", 200.0, 25, 1),
            ("Sea (Live)", "FLAC", 200.5, 25, 2),
            ("Sea", "FLAC", 260.0, 25, 3),
            ("Song (Korean Ver.)", "FLAC", 180.0, 20, 8),
            ("Song (Japanese Ver.)", "FLAC", 180.0, 20, 9),
            ("Hill (Live in Seoul)", "FLAC", 180.0, 20, 10),
            ("Hill (Acoustic Version)", "FLAC", 180.0, 20, 11),
            ("Untitled", "MP3", 100.0, 3, 4),
            ("Untitled", "MP3", 104.0, 3, 5),
            ("", "MP3", 50.0, 1, 6),
            ("", "MP3", 50.0, 1, 7),
        ]);
        assert_eq!(groups, []);
    }

    #[test]
    fn files_that_are_gone_do_not_count() {
        let facts = [1, 2].map(|id| {
            let facts = FileFacts {
                content: ContentId([1; 16]),
                size_bytes: 1,
            };
            (TrackId(id), facts)
        });
        let tracks = [false, true].map(|missing| {
            Arc::new(Track {
                id: TrackId(1 + i64::from(missing)),
                missing,
                ..Track::default()
            })
        });
        let library = Library::new(tracks.to_vec());
        assert_eq!(duplicates(&library, &facts.into()), []);
    }
}
