//! [`AudioStream`]: symphonia's demuxer and decoder behind one plain interface.

use super::codecs::{audio_track, codec_name, make_decoder, plausible};
use super::damage::mend;
use super::error::DecodeError;
use super::guard::{Failure, caught, guarded};
use super::mp4;
use super::opus::OpusHead;
use super::sniff::{Kind, Sniffed, sniff};
use super::source::AudioWindow;
use super::timing::{Timing, believable, declared_secs};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder};
use symphonia::core::common::Limit;
use symphonia::core::errors::{Error, SeekErrorKind};
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};

/// One block of decoded audio.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Interleaved samples, full scale ±1: always numbers, and never far beyond it.
    pub samples: &'a [f32],
    /// Channels interleaved in `samples`.
    pub channels: usize,
    /// Frames a second.
    pub sample_rate_hz: u32,
}

impl Block<'_> {
    /// How long it sounds, seconds.
    #[must_use]
    pub fn secs(&self) -> f64 {
        let frames = self.samples.len().checked_div(self.channels).unwrap_or(0);
        frames as f64 / f64::from(self.sample_rate_hz.max(1))
    }
}

/// A file being decoded, block by block.
pub struct AudioStream {
    path: PathBuf,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    timing: Timing,
    /// What the stream itself says that its samples are to be multiplied by.
    gain: f32,
    track_id: u32,
    codec: &'static str,
    sample_rate_hz: u32,
    channels: usize,
    duration_secs: Option<f64>,
    /// Frame, counted from the start of the music, that the next packet starts with.
    position: i64,
    /// Whether `position` has to be taken from the next packet.
    resync: bool,
    /// Frames before this one are dropped: priming, and what a seek decodes on the way.
    present_from: i64,
    /// Bad packets since the last good one.
    bad_packets: usize,
    /// Whether any frame came out since the file was opened.
    decoded_any: bool,
    ended: bool,
    /// Length of the file without leading and trailing tags.
    audio_bytes: u64,
    /// Decoded frames, interleaved; kept between blocks.
    samples: Vec<f32>,
}

/// So many bad packets in a row are no scratch but the end of what can be played. At some
/// 20 ms a packet this passes over half a minute of damage.
const MAX_BAD_PACKETS: usize = 1500;

impl AudioStream {
    /// Opens a file by its content; the extension is not looked at.
    pub fn open(path: &Path) -> Result<Self, DecodeError> {
        let io_error = |source| DecodeError::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = File::open(path).map_err(io_error)?;
        let metadata = file.metadata().map_err(io_error)?;
        if !metadata.is_file() {
            return Err(io_error(io::Error::other("it is not a regular file")));
        }
        if metadata.len() == 0 {
            return Err(DecodeError::Empty {
                path: path.to_owned(),
            });
        }
        let sniffed = sniff(&mut file).map_err(io_error)?;
        let edit = match sniffed.kind {
            Kind::Unknown => {
                return Err(DecodeError::NotAudio {
                    path: path.to_owned(),
                });
            }
            Kind::Unsupported(format) => {
                return Err(DecodeError::Unsupported {
                    path: path.to_owned(),
                    format: format.to_owned(),
                });
            }
            Kind::Mp4 => mp4::presented(&mut file, sniffed.start),
            Kind::Container | Kind::Riff | Kind::Ogg | Kind::Frames => None,
        };
        match Self::demux(path, sniffed, edit, true) {
            // Finding the last page fails on a scratch near the end; without looking for it,
            // all the rest still plays.
            Err(DecodeError::Damaged { .. }) if sniffed.kind == Kind::Ogg => {
                Self::demux(path, sniffed, edit, false)
            }
            opened => opened,
        }
    }

    fn demux(
        path: &Path,
        sniffed: Sniffed,
        edit: Option<mp4::Presented>,
        seekable: bool,
    ) -> Result<Self, DecodeError> {
        let window = AudioWindow::open(path, sniffed, seekable);
        let window = window.map_err(|source| DecodeError::Io {
            path: path.to_owned(),
            source,
        })?;
        let input = MediaSourceStream::new(Box::new(window), MediaSourceStreamOptions::default());
        guarded(path, || {
            // Pictures are the scanner's business; keeping megabytes of them here is not.
            let metadata = MetadataOptions::default()
                .limit_visual_bytes(Limit::Maximum(0))
                .limit_tag_bytes(Limit::Maximum(1 << 16));
            let reader = symphonia::default::get_probe().probe(
                &Hint::new(),
                input,
                FormatOptions::default(),
                metadata,
            )?;
            Self::from_reader(path, reader, sniffed, edit)
        })
    }

    fn from_reader(
        path: &Path,
        reader: Box<dyn FormatReader>,
        sniffed: Sniffed,
        edit: Option<mp4::Presented>,
    ) -> Result<Self, Failure> {
        let (track, params) = audio_track(&*reader)?;
        let (rate, channels) = plausible(path, params)?;
        let decoder = make_decoder(path, params)?;
        let codec = codec_name(decoder.codec_info().short_name);
        let timing = Timing::of(&*reader, track, params, rate, codec, edit);
        let gain = output_gain(params);
        let track_id = track.id;
        let duration_secs = declared_secs(&*reader, track, &timing, rate, edit)
            .filter(|_| sniffed.tells_length)
            .and_then(|secs| believable(secs, params, codec, sniffed.len(), rate, channels));
        Ok(Self {
            path: path.to_owned(),
            position: 0,
            resync: true,
            present_from: 0,
            reader,
            decoder,
            timing,
            gain,
            track_id,
            codec,
            sample_rate_hz: rate,
            channels,
            duration_secs,
            bad_packets: 0,
            decoded_any: false,
            ended: false,
            audio_bytes: sniffed.len(),
            samples: Vec::new(),
        })
    }

    /// Frames a second.
    #[must_use]
    pub fn sample_rate_hz(&self) -> u32 {
        self.sample_rate_hz
    }

    /// Channels.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Length, if the container tells; encoder delay and padding are not counted.
    #[must_use]
    pub fn duration_secs(&self) -> Option<f64> {
        self.duration_secs
    }

    /// Short name of the codec, such as `FLAC`.
    #[must_use]
    pub fn codec(&self) -> &'static str {
        self.codec
    }

    /// The next block, `None` at the end. Single damaged packets are passed over; a file
    /// of which nothing decodes is an error.
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>, DecodeError> {
        while let Some(packet) = self.next_packet()? {
            if let Some((from, to)) = self.decode(&packet)? {
                return Ok(Some(Block {
                    samples: &self.samples[from..to],
                    channels: self.channels,
                    sample_rate_hz: self.sample_rate_hz,
                }));
            }
        }
        if self.decoded_any {
            Ok(None)
        } else {
            Err(DecodeError::NothingDecoded {
                path: self.path.clone(),
            })
        }
    }

    /// The next compressed packet of the audio track; `None` at the end.
    pub(super) fn next_packet(&mut self) -> Result<Option<Packet>, DecodeError> {
        while !self.ended {
            if self.bad_packets > MAX_BAD_PACKETS {
                tracing::debug!(path = %self.path.display(), "gave up after damaged packets");
                break;
            }
            let reader = &mut self.reader;
            let packet = match caught(|| reader.next_packet()) {
                Ok(packet) => packet,
                Err(panic) => return Err(self.broken(panic)),
            };
            match packet {
                Ok(Some(packet)) if packet.track_id == self.track_id => return Ok(Some(packet)),
                Ok(Some(_)) => {}
                Ok(None) => break,
                // A file cut short ends where it was cut.
                Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(Error::IoError(source)) => {
                    self.ended = true;
                    return Err(DecodeError::Io {
                        path: self.path.clone(),
                        source,
                    });
                }
                Err(Error::ResetRequired) => self.next_chain()?,
                Err(_) => {
                    self.bad_packets += 1;
                    self.resync = true;
                }
            }
        }
        self.ended = true;
        Ok(None)
    }

    /// Decodes into `self.samples`; the range of samples to present, `None` if there are none.
    pub(super) fn decode(
        &mut self,
        packet: &Packet,
    ) -> Result<Option<(usize, usize)>, DecodeError> {
        let mut packet = packet.as_packet_ref();
        if self.timing.keep_tail {
            packet.trim_end = Duration::ZERO;
        }
        let first_tick = packet
            .pts
            .get()
            .saturating_add_unsigned(packet.trim_start.get());
        if self.resync || self.timing.exact {
            self.position = self.timing.frame_at(first_tick, self.sample_rate_hz);
        }
        let decoder = &mut self.decoder;
        let samples = &mut self.samples;
        let gain = self.gain;
        let outcome = caught(|| {
            decoder.decode_ref(&packet).map(|buffer| {
                buffer.copy_to_vec_interleaved(samples);
                if gain != 1.0 {
                    for sample in &mut *samples {
                        *sample *= gain;
                    }
                }
                mend(samples);
                (buffer.spec().rate(), buffer.spec().channels().count())
            })
        });
        let (rate, channels) = match outcome {
            Ok(Ok(spec)) => spec,
            Ok(Err(_)) => {
                self.bad_packets += 1;
                self.resync = true;
                return Ok(None);
            }
            Err(panic) => return Err(self.broken(panic)),
        };
        self.bad_packets = 0;
        if rate == 0 || channels == 0 || self.samples.is_empty() {
            return Ok(None);
        }
        self.resync = false;
        self.decoded_any = true;
        self.sample_rate_hz = rate;
        self.channels = channels;
        let frames = (self.samples.len() / channels) as i64;
        let start = self.position;
        self.position += frames;
        let from = self.present_from.saturating_sub(start).clamp(0, frames);
        let to = match self.timing.end {
            Some(end) => end.saturating_sub(start).clamp(0, frames),
            None => frames,
        };
        let sample = |frame: i64| frame as usize * channels;
        Ok((from < to).then(|| (sample(from), sample(to))))
    }

    /// Jumps so that the next block starts at this position; sample-exact where the
    /// container allows. Beyond the end there is no next block.
    pub fn seek(&mut self, position_secs: f64) -> Result<(), DecodeError> {
        self.jump(position_secs, SeekMode::Accurate)
    }

    /// Jumps to about this position by the quickest way: without a table of contents, where
    /// that is in the file is guessed from its length.
    pub fn seek_near(&mut self, position_secs: f64) -> Result<(), DecodeError> {
        self.jump(position_secs, SeekMode::Coarse)
    }

    fn jump(&mut self, position_secs: f64, mode: SeekMode) -> Result<(), DecodeError> {
        let rate = f64::from(self.sample_rate_hz);
        let position_secs = if position_secs.is_finite() {
            position_secs
        } else {
            0.0
        };
        let frame = (position_secs.clamp(0.0, 1e9) * rate).round() as i64;
        let past_end = self
            .duration_secs
            .is_some_and(|secs| frame as f64 >= secs * rate);
        if past_end {
            self.end_by_seek();
            return Ok(());
        }
        let at_start = frame <= self.timing.preroll;
        if self.ended || at_start {
            // Not every demuxer finds back from the end, or to the priming before the start.
            *self = Self::open(&self.path)?;
        }
        if at_start {
            self.present_from = frame;
            return Ok(());
        }
        let tick = self
            .timing
            .tick_of(frame - self.timing.preroll, self.sample_rate_hz);
        let to = SeekTo::Timestamp {
            ts: Timestamp::new(tick.max(self.timing.earliest)),
            track_id: self.track_id,
        };
        let reader = &mut self.reader;
        let sought = match caught(|| reader.seek(mode, to)) {
            Ok(sought) => sought,
            Err(panic) => return Err(self.broken(panic)),
        };
        match sought {
            Ok(_) => self.decoder.reset(),
            // Unless that is only beyond where symphonia believes the end of bare MPEG frames.
            Err(Error::SeekError(SeekErrorKind::OutOfRange))
                if self.duration_secs.is_some() || !self.codec.starts_with("MP") =>
            {
                self.end_by_seek();
                return Ok(());
            }
            // What cannot jump can still be played up to there.
            Err(_) => *self = Self::open(&self.path)?,
        }
        self.resync = true;
        self.bad_packets = 0;
        self.present_from = frame;
        Ok(())
    }

    /// Seeking beyond the end is no failure to decode.
    fn end_by_seek(&mut self) {
        self.ended = true;
        self.decoded_any = true;
    }

    /// When a packet starts, seconds on the file's own clock.
    pub(super) fn packet_start_secs(&self, packet: &Packet) -> f64 {
        let base = self.timing.time_base;
        packet.pts.get() as f64 * f64::from(base.numer.get()) / f64::from(base.denom.get())
    }

    /// Bytes around each packet in the file that are not part of it, as far as they matter.
    pub(super) fn framing_bytes(&self) -> usize {
        // ADTS headers; containers tell their length and need no estimate.
        if self.codec == "AAC" { 7 } else { 0 }
    }

    /// Length of the file without leading and trailing tags, bytes.
    pub(super) fn audio_bytes(&self) -> u64 {
        self.audio_bytes
    }

    /// Goes on with the next of several recordings chained in one file.
    fn next_chain(&mut self) -> Result<(), DecodeError> {
        let path = self.path.clone();
        let (decoder, timing, gain, track_id) = guarded(&path, || {
            let (track, params) = audio_track(&*self.reader)?;
            let (rate, _) = plausible(&path, params)?;
            let timing = Timing::of(&*self.reader, track, params, rate, self.codec, None);
            let decoder = make_decoder(&path, params)?;
            Ok((decoder, timing, output_gain(params), track.id))
        })?;
        self.decoder = decoder;
        self.timing = timing;
        self.gain = gain;
        self.track_id = track_id;
        self.present_from = 0;
        self.resync = true;
        Ok(())
    }

    /// Ends the stream because a decoder panicked; its state is not to be trusted.
    fn broken(&mut self, reason: String) -> DecodeError {
        self.ended = true;
        DecodeError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }
}

/// Only Opus streams have one.
fn output_gain(params: &AudioCodecParameters) -> f32 {
    OpusHead::of(params).map_or(1.0, |head| head.gain)
}
