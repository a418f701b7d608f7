//! Stars in tags. Every program has a scale of its own, which the tag library would turn into
//! whole stars and back: so what others wrote is carried along as it is.

use crate::library::Track;
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
/// Who means the same step with every star.
const EVEN_OWNERS: [&str; 2] = ["users@musicbrainz.org", "quodlibet@lists.sacredchao.net"];
const EVEN_STEP: u8 = 51;
/// Whose `POPM` it is where nobody has rated the file before: the scale is theirs.
const POPM_OWNER: &str = "MusicBee";
const POPM: FrameId<'static> = FrameId::Valid(Cow::Borrowed("POPM"));
/// In Vorbis comments: up to 100, or up to 5.
const RATING: &str = "RATING";
/// The same for Strawberry, Clementine and Amarok, which have it in every format: up to 1.
const FMPS_RATING: &str = "FMPS_RATING";
/// Before the name of who rates, in Quod Libet: up to 1.
const RATING_BY: &str = "RATING:";
/// Whose the named items of MP4 are said to be.
const MEAN: &str = "com.apple.iTunes";
/// In MP4: up to 100, as text.
const RATE: AtomIdent<'static> = AtomIdent::Fourcc(*b"rate");

/// All that a file says about how good it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ratings {
    /// Of `ID3v2`: whose, how good, how often heard.
    popm: Vec<(String, u8, u64)>,
    /// Vorbis comments, texts of `ID3v2` or items of MP4, by their names.
    texts: Vec<(String, String)>,
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
                ratings.of_mp4(Mp4File::read_from(file, options)?.ilst());
            }
            _ => {}
        }
        Ok(ratings)
    }

    fn of_id3v2(&mut self, tag: Option<&Id3v2Tag>) {
        for frame in tag.into_iter().flatten() {
            match frame {
                Frame::Popularimeter(frame) => {
                    let owner = frame.email.clone().into_owned();
                    self.popm.push((owner, frame.rating, frame.counter));
                }
                Frame::UserText(frame) if is_rating(&frame.description) => {
                    let name = frame.description.clone().into_owned();
                    self.texts.push((name, frame.content.clone().into_owned()));
                }
                _ => {}
            }
        }
        self.popm.sort();
        self.texts.sort();
    }

    fn of_comments(&mut self, tag: Option<&VorbisComments>) {
        for (name, text) in tag.into_iter().flat_map(VorbisComments::items) {
            if is_rating(name) {
                self.texts.push((name.to_owned(), text.to_owned()));
            }
        }
        self.texts.sort();
    }

    fn of_mp4(&mut self, tag: Option<&Ilst>) {
        for atom in tag.into_iter().flatten() {
            match atom.ident() {
                ident if *ident == RATE => self.rate.extend(atom.data().cloned()),
                AtomIdent::Freeform { mean, name } if mean == MEAN && is_rating(name) => {
                    for data in atom.data() {
                        if let AtomData::UTF8(text) = data {
                            self.texts.push((name.clone().into_owned(), text.clone()));
                        }
                    }
                }
                _ => {}
            }
        }
        self.texts.sort();
    }

    /// Stars, 1…5, halves rounded up; 0 where nobody has rated the file. Of several opinions
    /// the one with the plainest scale counts.
    pub fn stars(&self) -> u8 {
        let named = |wanted: &str, read: fn(&str) -> Option<u8>| {
            let texts = self.texts.iter();
            let mut texts = texts.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
            texts.find_map(|(_, text)| read(text))
        };
        let by_popm = || {
            let popm = self.popm.iter();
            let stars = popm.map(|(owner, value, _)| stars_of_popm(owner, *value));
            stars.max().filter(|stars| *stars > 0)
        };
        let by_rate = || {
            self.rate.iter().find_map(|data| match data {
                AtomData::UTF8(text) | AtomData::UTF16(text) => stars_of_hundred(text),
                _ => None,
            })
        };
        let by_somebody = || {
            let of_somebody = self.texts.iter().filter(|(name, _)| is_by_somebody(name));
            of_somebody.filter_map(|(_, text)| stars_of_one(text)).max()
        };
        named(FMPS_RATING, stars_of_one)
            .or_else(|| named(RATING, stars_of_hundred))
            .or_else(by_popm)
            .or_else(by_rate)
            .or_else(by_somebody)
            .unwrap_or(0)
    }

    /// The same with so many stars, 1…5, or none (0), in a file of this kind. How often
    /// others have played it stays.
    pub fn with_stars(mut self, kind: FileType, stars: u8) -> Self {
        let stars = stars.min(Track::MOST_STARS);
        let comments = matches!(kind, FileType::Flac | FileType::Vorbis | FileType::Opus);
        let of_one = format!("{:.1}", f32::from(stars) / f32::from(Track::MOST_STARS));
        let of_hundred = (stars * 20).to_string();
        // What somebody has said would count once nothing else does.
        self.texts
            .retain(|(name, _)| stars > 0 || !is_by_somebody(name));
        for (name, text) in &mut self.texts {
            if is_by_somebody(name) {
                text.clone_from(&of_one);
            }
        }
        for (name, text) in [(RATING, &of_hundred), (FMPS_RATING, &of_one)] {
            // Programs that read only one must not find another opinion.
            let before = self.texts.len();
            self.texts
                .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
            if stars > 0 && (comments || self.texts.len() < before) {
                self.texts.push((name.to_owned(), text.clone()));
            }
        }
        self.texts.sort();
        if kind == FileType::Mp4 {
            let text = (stars > 0).then_some(AtomData::UTF8(of_hundred));
            self.rate = text.into_iter().collect();
        } else if !comments {
            for (owner, value, _) in &mut self.popm {
                *value = popm_of_stars(owner, stars);
            }
            self.popm
                .retain(|(_, value, heard)| *value > 0 || *heard > 0);
            if stars > 0 && self.popm.is_empty() {
                let value = popm_of_stars(POPM_OWNER, stars);
                self.popm.push((POPM_OWNER.to_owned(), value, 0));
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
                let names: Vec<String> = (&tag)
                    .into_iter()
                    .filter_map(|frame| match frame {
                        Frame::UserText(frame) => Some(frame.description.clone().into_owned()),
                        _ => None,
                    })
                    .filter(|name| is_rating(name))
                    .collect();
                for name in names {
                    tag.remove_user_text(&name);
                }
                for (name, text) in &self.texts {
                    tag.insert_user_text(name.clone(), text.clone());
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
                for (name, text) in &self.texts {
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
                tag.retain(|atom| match atom.ident() {
                    AtomIdent::Freeform { mean, name } => mean != MEAN || !is_rating(name),
                    AtomIdent::Fourcc(_) => true,
                });
                for (name, text) in &self.texts {
                    let ident = AtomIdent::Freeform {
                        mean: Cow::Borrowed(MEAN),
                        name: Cow::Owned(name.clone()),
                    };
                    tag.insert(Atom::new(ident, AtomData::UTF8(text.clone())));
                }
                tag.save_to_path(path, options)
            }
            _ => tag.save_to_path(path, options),
        }
    }
}

fn is_rating(name: &str) -> bool {
    let plain = [RATING, FMPS_RATING];
    plain.iter().any(|plain| name.eq_ignore_ascii_case(plain)) || is_by_somebody(name)
}

fn is_by_somebody(name: &str) -> bool {
    let start = name.get(..RATING_BY.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(RATING_BY))
}

/// Stars of a number up to 1, as text.
fn stars_of_one(text: &str) -> Option<u8> {
    let value = number(text).filter(|value| *value <= 1.0)?;
    Some(of_five(value * 5.0))
}

/// Stars of a number up to 100, as text, or of one up to 5, which already tells stars.
fn stars_of_hundred(text: &str) -> Option<u8> {
    let value = number(text).filter(|value| *value <= 100.0)?;
    Some(of_five(if value > 5.0 { value / 20.0 } else { value }))
}

/// A number above 0.
fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value| *value > 0.0)
}

/// A share of five stars in whole ones, at least one: halves, which some programs have, are
/// rounded up.
fn of_five(stars: f64) -> u8 {
    let halves = (stars * 2.0).round();
    ((halves / 2.0).round() as u8).clamp(1, Track::MOST_STARS)
}

/// The star whose value is nearest. So the halves of some (13, 54, 118, 186, 242) are rounded
/// up, too.
fn stars_of_popm(owner: &str, value: u8) -> u8 {
    if value == 0 {
        0
    } else if EVEN_OWNERS.contains(&owner) {
        of_five(f64::from(value) / f64::from(EVEN_STEP))
    } else {
        ((u16::from(value) + 32) / 64) as u8 + 1
    }
}

fn popm_of_stars(owner: &str, stars: u8) -> u8 {
    if EVEN_OWNERS.contains(&owner) {
        return stars * EVEN_STEP;
    }
    match stars {
        0 => 0,
        stars => POPM_STARS[usize::from(stars) - 1],
    }
}
