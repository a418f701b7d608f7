//! Tags, through lofty.

use super::ratings::Ratings;
use super::{encoding, lrc, riff};
use crate::library::{LyricLine, Lyrics, ReplayGain, Tags, WordTime};
use lofty::config::{GlobalOptions, ParseOptions, ParsingMode, apply_global_options};
use lofty::file::{FileType, TaggedFileExt};
use lofty::id3::v1::GENRES;
use lofty::id3::v2::{
    Frame, Id3v2Tag, SyncTextContentType, SynchronizedTextFrame, TimestampFormat,
};
use lofty::picture::PictureType;
use lofty::probe::Probe;
use lofty::tag::{ItemKey, Tag, TagType};
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Largest single tag item read, bytes: a generous cover. Declared sizes beyond it are lies.
const MAX_ITEM_BYTES: usize = 24 * 1024 * 1024;

/// Longest title, name or genre kept, characters.
const MAX_FIELD_CHARS: usize = 500;

/// Longest embedded lyrics kept, bytes.
const MAX_LYRICS_BYTES: usize = 256 * 1024;

/// R128 gains aim at −23 LUFS, ReplayGain at −18.
const R128_TO_REPLAY_GAIN_DB: f32 = 5.0;

/// Why tags could not be read. The audio may be fine all the same.
#[derive(Debug, thiserror::Error)]
pub enum TagsError {
    /// The file cannot be read.
    #[error("the tags cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// The tags break the rules of their format.
    #[error("the tags are damaged: {0}")]
    Damaged(#[from] lofty::error::FileParseError),
    /// The tag reader stumbled.
    #[error("the tags are damaged beyond reading")]
    Panicked,
}

/// What is embedded in a file beside its audio.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Embedded {
    /// The tags.
    pub tags: Tags,
    /// Lyrics.
    pub lyrics: Option<Lyrics>,
    /// Whether there is a picture.
    pub has_cover: bool,
    /// Stars that another program has given, 1…5; 0 for none.
    pub stars: u8,
}

/// Reads what is embedded in a file.
pub fn read(path: &Path) -> Result<Embedded, TagsError> {
    guarded(|| {
        let (file_type, tags) = parse(path)?;
        // Stars that cannot be read are none.
        let ratings = Ratings::read(path, file_type).unwrap_or_default();
        let mut embedded = Embedded {
            has_cover: tags.iter().any(|tag| !tag.pictures().is_empty()),
            stars: ratings.stars(),
            ..Embedded::default()
        };
        let texts = Texts {
            info: if file_type == FileType::Wav {
                riff::info_texts(&mut BufReader::new(File::open(path)?)).unwrap_or_default()
            } else {
                Vec::new()
            },
            tags: &tags,
        };
        embedded.tags = texts.tags();
        embedded.lyrics = texts.lyrics(&mut embedded.tags);
        // Synchronised frames are no common item; they come last because it eats the tags.
        if let Some(synced) = tags.into_iter().find_map(synchronised) {
            embedded.lyrics = Some(synced);
        }
        Ok(embedded)
    })
}

/// These tags as reading them back from a file gives them.
pub fn as_read(mut tags: Tags) -> Tags {
    for text in texts(&mut tags) {
        *text = field(text);
    }
    tags.genre = genre_names(&tags.genre);
    encoding::repair(&mut texts(&mut tags));
    tags
}

fn texts(tags: &mut Tags) -> [&mut String; 5] {
    [
        &mut tags.title,
        &mut tags.artist,
        &mut tags.album_artist,
        &mut tags.album,
        &mut tags.genre,
    ]
}

/// The bytes of the embedded front cover, or of any embedded picture.
pub fn picture(path: &Path) -> Result<Option<Vec<u8>>, TagsError> {
    guarded(|| {
        let (_, tags) = parse(path)?;
        let pictures = || tags.iter().flat_map(Tag::pictures);
        let front = pictures().find(|picture| picture.pic_type() == PictureType::CoverFront);
        Ok(front
            .or_else(|| pictures().next())
            .map(|picture| picture.data().to_vec()))
    })
}

/// Odd files have made tag readers panic before; one file is not worth a scan.
fn guarded<T>(read: impl FnOnce() -> Result<T, TagsError>) -> Result<T, TagsError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(TagsError::Panicked))
}

/// All tags of a file, the most telling first.
fn parse(path: &Path) -> Result<(FileType, Vec<Tag>), TagsError> {
    let options = ParseOptions::new().read_properties(false);
    parse_with(path, options).or_else(|_| {
        // One item too odd or too large should not cost the title.
        let lenient = ParseOptions::new()
            .read_properties(false)
            .read_cover_art(false)
            .parsing_mode(ParsingMode::Relaxed);
        parse_with(path, lenient)
    })
}

fn parse_with(path: &Path, options: ParseOptions) -> Result<(FileType, Vec<Tag>), TagsError> {
    // The options belong to the thread, and this may be any.
    apply_global_options(
        GlobalOptions::new()
            .use_custom_resolvers(false)
            .allocation_limit(MAX_ITEM_BYTES),
    );
    let mut file = Probe::open(path)?
        .options(options)
        .guess_file_type()?
        .read()?;
    let primary = file.primary_tag_type();
    let mut types: Vec<TagType> = file.tags().iter().map(Tag::tag_type).collect();
    // ID3v1 cuts everything after 30 bytes.
    types.sort_by_key(|kind| (*kind == TagType::Id3v1, *kind != primary));
    let tags = types
        .into_iter()
        .filter_map(|kind| file.remove(kind))
        .collect();
    Ok((file.file_type(), tags))
}

/// The text items of a file's tags.
struct Texts<'a> {
    tags: &'a [Tag],
    /// RIFF INFO, raw.
    info: Vec<([u8; 4], Vec<u8>)>,
}

impl Texts<'_> {
    fn tags(&self) -> Tags {
        let info = |keys: &[&[u8; 4]]| {
            let found = self.info.iter().find(|(key, _)| keys.contains(&key));
            found.map(|(_, bytes)| as_latin1(bytes))
        };
        let text = |key: ItemKey, info_keys: &[&[u8; 4]]| {
            self.joined(key)
                .or_else(|| info(info_keys))
                .map(|text| field(&text))
                .unwrap_or_default()
        };
        let number = |key: ItemKey, info_keys: &[&[u8; 4]]| {
            let text = self.first(key).map(str::to_owned);
            leading_number(&text.or_else(|| info(info_keys))?)
        };
        let date = [
            ItemKey::RecordingDate,
            ItemKey::Year,
            ItemKey::ReleaseDate,
            ItemKey::OriginalReleaseDate,
        ]
        .into_iter()
        .find_map(|key| self.first(key).and_then(year));
        let mut tags = Tags {
            title: text(ItemKey::TrackTitle, &[b"INAM"]),
            artist: text(ItemKey::TrackArtist, &[b"IART"]),
            album_artist: text(ItemKey::AlbumArtist, &[]),
            album: text(ItemKey::AlbumTitle, &[b"IPRD"]),
            genre: text(ItemKey::Genre, &[b"IGNR"]),
            track_number: number(ItemKey::TrackNumber, &[b"ITRK", b"IPRT"]),
            disc_number: number(ItemKey::DiscNumber, &[]),
            year: date.or_else(|| year(&info(&[b"ICRD"])?)),
            replay_gain: self.replay_gain(),
        };
        tags.genre = genre_names(&tags.genre);
        tags
    }

    fn replay_gain(&self) -> ReplayGain {
        let gain = |key, r128| {
            let r128 = || {
                let steps: f32 = self.first(r128)?.trim().parse().ok()?;
                Some(steps / 256.0 + R128_TO_REPLAY_GAIN_DB)
            };
            let tagged = self.first(key).and_then(decimal).or_else(r128);
            tagged.filter(|db| db.abs() <= 60.0)
        };
        let peak = |key| {
            let tagged = self.first(key).and_then(decimal);
            tagged.filter(|peak| (0.0..=100.0).contains(peak))
        };
        ReplayGain {
            track_gain_db: gain(ItemKey::ReplayGainTrackGain, ItemKey::R128TrackGain),
            track_peak: peak(ItemKey::ReplayGainTrackPeak),
            album_gain_db: gain(ItemKey::ReplayGainAlbumGain, ItemKey::R128AlbumGain),
            album_peak: peak(ItemKey::ReplayGainAlbumPeak),
        }
    }

    /// Embedded lyrics; repairs the tags' encoding together with theirs.
    fn lyrics(&self, tags: &mut Tags) -> Option<Lyrics> {
        let mut words = [ItemKey::Lyrics, ItemKey::UnsyncLyrics]
            .into_iter()
            .find_map(|key| self.first(key))
            .filter(|words| words.len() <= MAX_LYRICS_BYTES)
            .unwrap_or_default()
            .to_owned();
        encoding::repair(&mut [
            &mut tags.title,
            &mut tags.artist,
            &mut tags.album_artist,
            &mut tags.album,
            &mut tags.genre,
            &mut words,
        ]);
        lrc::parse(&words)
    }

    fn first(&self, key: ItemKey) -> Option<&str> {
        self.tags
            .iter()
            .find_map(|tag| tag.get_strings(key).find(|text| !text.trim().is_empty()))
    }

    /// All values of the first tag that has any: several artists, several genres.
    fn joined(&self, key: ItemKey) -> Option<String> {
        self.tags.iter().find_map(|tag| {
            let mut values: Vec<&str> = Vec::new();
            for value in tag.get_strings(key).flat_map(|text| text.split('\0')) {
                let value = value.trim();
                if !value.is_empty() && !values.contains(&value) {
                    values.push(value);
                }
            }
            (!values.is_empty()).then(|| values.join(", "))
        })
    }
}

/// Lines of an ID3v2 `SYLT` frame.
fn synchronised(tag: Tag) -> Option<Lyrics> {
    if tag.tag_type() != TagType::Id3v2 || !tag.has_format_specific_items() {
        return None;
    }
    let tag = Id3v2Tag::from(tag);
    let frame = tag.into_iter().find_map(|frame| match frame {
        Frame::Binary(frame) if frame.id().as_str() == "SYLT" => {
            SynchronizedTextFrame::parse(&frame.data, frame.flags()).ok()
        }
        _ => None,
    })?;
    let sung = matches!(
        frame.content_type,
        SyncTextContentType::Lyrics | SyncTextContentType::TextTranscription
    );
    if !sung || frame.timestamp_format != TimestampFormat::MS {
        return None;
    }
    let mut sung_texts: Vec<String> = frame.content.iter().map(|(_, text)| text.clone()).collect();
    encoding::repair(&mut sung_texts.iter_mut().collect::<Vec<_>>());
    // Some writers time words and mark lines with a line break before the first.
    let by_word = sung_texts
        .iter()
        .skip(1)
        .any(|text| !text.starts_with('\n'))
        && sung_texts.iter().skip(1).any(|text| text.starts_with('\n'));
    let mut lines: Vec<LyricLine> = Vec::new();
    for ((ms, _), text) in frame.content.iter().zip(sung_texts) {
        let start_secs = (f64::from(*ms) / 1000.0) as f32;
        match lines.last_mut() {
            Some(line) if by_word && !text.starts_with('\n') => {
                // The word, not the blank before it.
                let at = line.text.len() + (text.len() - text.trim_start().len());
                line.words.push(WordTime { start_secs, at });
                line.text.push_str(&text);
            }
            _ => {
                let text = text.trim_start_matches('\n').trim_start().to_owned();
                let mut line = LyricLine::new(Some(start_secs), text);
                if by_word {
                    line.words.push(WordTime { start_secs, at: 0 });
                }
                lines.push(line);
            }
        }
    }
    for line in &mut lines {
        line.text = field(&line.text);
        line.words.retain(|word| word.at < line.text.len());
    }
    lines.sort_by_key(|line| line.start_secs.map(f32::to_bits));
    let words = lines.iter().any(|line| !line.text.is_empty());
    words.then_some(Lyrics { lines })
}

/// UTF-8 as such; anything else as Latin-1, for [`encoding::repair`] to judge.
fn as_latin1(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().copied().map(char::from).collect(),
        str::to_owned,
    )
}

/// One line of bounded length.
fn field(text: &str) -> String {
    // C1 control characters stay: they are Windows-1252 or CP949 under a false flag.
    let line: String = text
        .chars()
        .take(MAX_FIELD_CHARS)
        .map(|char| if char.is_ascii_control() { ' ' } else { char })
        .collect();
    line.trim().to_owned()
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text
        .trim()
        .split(|char: char| !char.is_ascii_digit())
        .next()?;
    digits.parse().ok().filter(|number| *number > 0)
}

/// The first four-digit number that can be a year.
fn year(text: &str) -> Option<i32> {
    text.split(|char: char| !char.is_ascii_digit())
        .filter_map(|digits| digits.get(..4))
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1000..=2999).contains(year))
}

/// `-6.51 dB`, `+3,2`, `0.987`.
fn decimal(text: &str) -> Option<f32> {
    let text = text.trim().replace(',', ".");
    let number = text.trim_end_matches(|char: char| char.is_alphabetic() || char == ' ');
    number.parse().ok().filter(|value: &f32| value.is_finite())
}

/// Numbers of the ID3v1 genre list as names: `(17)`, `17` and `(17)Rock` are all Rock.
fn genre_names(text: &str) -> String {
    let name = |number: &str| -> Option<&str> {
        let number: usize = number.trim().parse().ok()?;
        GENRES.get(number).copied()
    };
    let mut genres: Vec<&str> = Vec::new();
    for genre in text.split(", ") {
        let (numbered, named) = genre
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .map_or((name(genre), genre), |(number, rest)| (name(number), rest));
        let found = match numbered {
            Some(known) if named.is_empty() || named == genre => known,
            Some(_) => named,
            None => genre,
        };
        if !genres.contains(&found) {
            genres.push(found);
        }
    }
    genres.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genre_numbers_become_names() {
        for (tag, name) in [
            ("(17)", "Rock"),
            ("17", "Rock"),
            ("(17)Rock", "Rock"),
            ("(4)Eurodisco", "Eurodisco"),
            ("Rock, 17", "Rock"),
            ("K-Pop", "K-Pop"),
            ("(999)", "(999)"),
            ("(live)", "(live)"),
            ("1980s", "1980s"),
            ("", ""),
        ] {
            assert_eq!(genre_names(tag), name);
        }
    }

    #[test]
    fn years_numbers_and_gains_are_read_from_what_people_write() {
        assert_eq!(year("2003-05-01"), Some(2003));
        assert_eq!(year("01.05.1998"), Some(1998));
        assert_eq!(year("20030501"), Some(2003));
        assert_eq!(year("99"), None);
        assert_eq!(leading_number("3/12"), Some(3));
        assert_eq!(leading_number("007"), Some(7));
        assert_eq!(leading_number("0"), None);
        assert_eq!(leading_number("A1"), None);
        assert_eq!(decimal("-6.51 dB"), Some(-6.51));
        assert_eq!(decimal("+3,25 dB"), Some(3.25));
        assert_eq!(decimal("0.987654"), Some(0.987_654));
        assert_eq!(decimal("nan"), None);
        assert_eq!(decimal("1e99"), None);
    }

    #[test]
    fn fields_are_single_lines_of_bounded_length() {
        assert_eq!(field(" a\r\nb\0 "), "a  b");
        assert_eq!(field(&"x".repeat(10_000)).len(), MAX_FIELD_CHARS);
    }
}
