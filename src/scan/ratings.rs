//! Stars in tags. Every program has a scale of its own, which the tag library would turn into
//! whole stars and back: so what others wrote is carried along as it is.

use lofty::aac::AacFile;
use lofty::config::{ParseOptions, WriteOptions};
use lofty::error::{FileEncodingError, FileParseError};
use lofty::file::{AudioFile, FileType};
use lofty::flac::FlacFile;
use lofty::id3::v2::{Frame, FrameId, Id3v2Tag, PopularimeterFrame};
use lofty::iff::aiff::AiffFile;
use lofty::iff::wav::WavFile;
use lofty::mp4::{Atom, AtomData, AtomIdent, Ilst, Mp4File};
use lofty::mpeg::MpegFile;
use lofty::ogg::tag::VorbisComments;
use lofty::ogg::{OpusFile, VorbisFile};
use lofty::tag::{Tag, TagExt, TagType};
use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

/// What `POPM` says of one to five stars in most programs.
const POPM_STARS: [u8; 5] = [1, 64, 128, 196, 255];
/// Whose `POPM` it is where nobody has rated the file before: the scale is theirs.
const POPM_OWNER: &str = "MusicBee";
const POPM: FrameId<'static> = FrameId::Valid(Cow::Borrowed("POPM"));
/// In Vorbis comments: up to 100.
const RATING: &str = "RATING";
/// The same for Strawberry, Clementine and Amarok: up to 1.
const FMPS_RATING: &str = "FMPS_RATING";
/// In MP4: up to 100, as text.
const RATE: AtomIdent<'static> = AtomIdent::Fourcc(*b"rate");

/// All that a file says about how good it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ratings {
    /// Of `ID3v2`: whose, how good, how often heard.
    popm: Vec<(String, u8, u64)>,
    /// Of Vorbis comments, by their names.
    comments: Vec<(String, String)>,
    /// Of MP4.
    rate: Vec<AtomData>,
}

impl Ratings {
    /// What a file of this kind says.
    pub fn read(path: &Path, kind: FileType) -> Result<Self, FileParseError> {
        let options = ParseOptions::new()
            .read_properties(false)
            .read_cover_art(false);
        let file = &mut File::open(path)?;
        let mut ratings = Self::default();
        match kind {
            FileType::Mpeg => ratings.of_id3v2(MpegFile::read_from(file, options)?.id3v2()),
            FileType::Aac => ratings.of_id3v2(AacFile::read_from(file, options)?.id3v2()),
            FileType::Wav => ratings.of_id3v2(WavFile::read_from(file, options)?.id3v2()),
            FileType::Aiff => ratings.of_id3v2(AiffFile::read_from(file, options)?.id3v2()),
            FileType::Flac => {
                let read = FlacFile::read_from(file, options)?;
                ratings.of_comments(read.vorbis_comments());
            }
            FileType::Vorbis => {
                let read = VorbisFile::read_from(file, options)?;
                ratings.of_comments(Some(read.vorbis_comments()));
            }
            FileType::Opus => {
                let read = OpusFile::read_from(file, options)?;
                ratings.of_comments(Some(read.vorbis_comments()));
            }
            FileType::Mp4 => {
                let read = Mp4File::read_from(file, options)?;
                let rate = read.ilst().and_then(|tag| tag.get(&RATE));
                ratings.rate = rate.into_iter().flat_map(Atom::data).cloned().collect();
            }
            _ => {}
        }
        Ok(ratings)
    }

    fn of_id3v2(&mut self, tag: Option<&Id3v2Tag>) {
        for frame in tag.into_iter().flatten() {
            if let Frame::Popularimeter(frame) = frame {
                let owner = frame.email.clone().into_owned();
                self.popm.push((owner, frame.rating, frame.counter));
            }
        }
        self.popm.sort();
    }

    fn of_comments(&mut self, tag: Option<&VorbisComments>) {
        for (name, text) in tag.into_iter().flat_map(VorbisComments::items) {
            if is_rating(name) {
                self.comments.push((name.to_owned(), text.to_owned()));
            }
        }
        self.comments.sort();
    }

    /// The same with so many stars, 1…5, or none (0), in a file of this kind. How often
    /// others have played it stays.
    pub fn with_stars(mut self, kind: FileType, stars: u8) -> Self {
        let stars = usize::from(stars).min(POPM_STARS.len());
        let rated = stars > 0;
        match kind {
            FileType::Flac | FileType::Vorbis | FileType::Opus => {
                let ours = |name: &str| [RATING, FMPS_RATING].contains(&&*name.to_uppercase());
                self.comments.retain(|(name, _)| !ours(name));
                if rated {
                    let of_one = format!("{:.1}", stars as f32 / POPM_STARS.len() as f32);
                    let of_hundred = (stars * 20).to_string();
                    self.comments.push((RATING.to_owned(), of_hundred));
                    self.comments.push((FMPS_RATING.to_owned(), of_one));
                    self.comments.sort();
                }
            }
            FileType::Mp4 => {
                let text = rated.then(|| AtomData::UTF8((stars * 20).to_string()));
                self.rate = text.into_iter().collect();
            }
            _ => {
                let value = if rated { POPM_STARS[stars - 1] } else { 0 };
                // Programs that read only one must not find another opinion.
                for (_, rating, _) in &mut self.popm {
                    *rating = value;
                }
                self.popm
                    .retain(|(_, rating, heard)| *rating > 0 || *heard > 0);
                if rated && self.popm.is_empty() {
                    self.popm.push((POPM_OWNER.to_owned(), value, 0));
                }
            }
        }
        self
    }

    /// Writes a tag into a file, with these in place of what it says.
    pub fn save(
        &self,
        tag: Tag,
        path: &Path,
        options: WriteOptions,
    ) -> Result<(), FileEncodingError> {
        match tag.tag_type() {
            TagType::Id3v2 => {
                let mut tag = Id3v2Tag::from(tag);
                tag.remove(&POPM).for_each(drop);
                for (owner, rating, heard) in &self.popm {
                    let frame = PopularimeterFrame::new(owner.clone(), *rating, *heard);
                    tag.insert(Frame::Popularimeter(frame));
                }
                tag.save_to_path(path, options)
            }
            TagType::VorbisComments => {
                let mut tag = VorbisComments::from(tag);
                let names = tag.items().map(|(name, _)| name.to_owned());
                let names: Vec<String> = names.filter(|name| is_rating(name)).collect();
                for name in names {
                    tag.remove(&name).for_each(drop);
                }
                for (name, text) in &self.comments {
                    tag.push(name.clone(), text.clone());
                }
                tag.save_to_path(path, options)
            }
            TagType::Mp4Ilst => {
                let mut tag = Ilst::from(tag);
                tag.remove(&RATE).for_each(drop);
                if let Some(atom) = Atom::from_collection(RATE, self.rate.clone()) {
                    tag.insert(atom);
                }
                tag.save_to_path(path, options)
            }
            _ => tag.save_to_path(path, options),
        }
    }
}

fn is_rating(name: &str) -> bool {
    let name = name.to_uppercase();
    [RATING, FMPS_RATING].contains(&name.as_str()) || name.starts_with("RATING:")
}
