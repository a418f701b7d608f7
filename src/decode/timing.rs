//! How packet times translate into frames of the music, and how long it is.

use super::mp4;
use super::opus::OpusHead;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::formats::well_known::{FORMAT_ID_MKV, FORMAT_ID_OGG};
use symphonia::core::formats::{FormatReader, Track};
use symphonia::core::units::TimeBase;

/// How packet times of a track translate into frames of the music.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    pub time_base: TimeBase,
    /// Whether one tick is one frame.
    pub exact: bool,
    /// Ticks before the first frame to present.
    pub offset: i64,
    /// First tick that can be sought to.
    pub earliest: i64,
    /// Frame at which the music ends, when the decoder cannot know.
    pub end: Option<i64>,
    /// Frames to decode before a wanted one, until overlaps and predictions have settled.
    pub preroll: i64,
    /// Whether trimming at the end follows an estimated length and must not happen.
    pub keep_tail: bool,
}

impl Timing {
    pub fn of(
        reader: &dyn FormatReader,
        track: &Track,
        params: &AudioCodecParameters,
        rate: u32,
        codec: &str,
        edit: Option<mp4::Presented>,
    ) -> Self {
        let format = reader.format_info().format;
        let time_base = track
            .time_base
            .or_else(|| TimeBase::try_from_recip(rate))
            .unwrap_or_else(|| TimeBase::from_recip(std::num::NonZero::<u32>::MIN));
        let exact = time_base.numer.get() == 1 && time_base.denom.get() == rate;
        let mpeg = codec.starts_with("MP");
        // Matroska counts from the first frame to present already.
        let skip = if params.codec == CODEC_ID_OPUS && format != FORMAT_ID_MKV {
            OpusHead::of(params).map_or(0, |head| i64::from(head.pre_skip))
        } else {
            edit.map_or(0, |edit| edit.skip as i64)
        };
        // Recordings of a running Ogg stream start at any time.
        let origin = match format {
            FORMAT_ID_OGG => track.start_ts.get().max(0),
            _ => 0,
        };
        let end = edit.filter(|_| exact).and_then(|edit| {
            let stored = i64::try_from(track.num_frames?).ok()? - skip;
            let edited = edit
                .duration_secs
                .map(|secs| (secs * f64::from(rate)).round() as i64);
            // Edits are often told in milliseconds; the stored length is exact.
            let tolerance = i64::from(rate / 500);
            let end = edited
                .filter(|edited| edited + tolerance < stored)
                .unwrap_or(stored);
            (end > 0).then_some(end)
        });
        Self {
            time_base,
            exact,
            offset: origin + skip,
            earliest: if mpeg {
                -i64::from(track.delay.unwrap_or(0))
            } else {
                origin
            },
            end,
            preroll: match codec {
                "MP3" | "MP2" => 4 * 1152,
                "AAC" => 2 * 1024,
                "Vorbis" => 4096,
                // The format asks for 80 ms; steady tones take longer to settle.
                "Opus" => 48 * 240,
                _ => 0,
            },
            keep_tail: mpeg && track.padding.is_none(),
        }
    }

    /// Frame of the music at a tick of the track.
    pub fn frame_at(&self, tick: i64, rate: u32) -> i64 {
        let ticks = tick.saturating_sub(self.offset);
        if self.exact {
            return ticks;
        }
        let numerator = i128::from(self.time_base.numer.get()) * i128::from(rate);
        let frame = i128::from(ticks) * numerator / i128::from(self.time_base.denom.get());
        i64::try_from(frame).unwrap_or(i64::MAX)
    }

    /// Tick of the track at a frame of the music.
    pub fn tick_of(&self, frame: i64, rate: u32) -> i64 {
        if self.exact {
            return frame.saturating_add(self.offset);
        }
        let denominator = i128::from(self.time_base.numer.get()) * i128::from(rate);
        let tick = i128::from(frame) * i128::from(self.time_base.denom.get()) / denominator;
        i64::try_from(tick)
            .unwrap_or(i64::MAX)
            .saturating_add(self.offset)
    }
}

/// Length as the container tells it.
pub fn declared_secs(
    reader: &dyn FormatReader,
    track: &Track,
    timing: &Timing,
    rate: u32,
    edit: Option<mp4::Presented>,
) -> Option<f64> {
    if let Some(end) = timing.end {
        return Some(end as f64 / f64::from(rate));
    }
    if let Some(secs) = edit.and_then(|edit| edit.duration_secs) {
        return Some(secs);
    }
    if let Some(frames) = track.num_frames {
        let offset = if timing.exact { timing.offset } else { 0 };
        let frames = frames.saturating_sub(offset.cast_unsigned());
        return Some(frames as f64 / f64::from(rate));
    }
    let (base, ticks) = match (track.duration, reader.media_info()) {
        (Some(ticks), _) => (timing.time_base, ticks),
        (None, media) => (media.time_base?, media.duration?),
    };
    Some(base.calc_duration(ticks)?.as_secs_f64())
}

/// A claimed length, checked against the size of the file: PCM cannot hold more than its
/// bytes, and no codec is thriftier than a tenth of a second a byte.
pub fn believable(
    claimed_secs: f64,
    params: &AudioCodecParameters,
    codec: &str,
    bytes: u64,
    rate: u32,
    channels: usize,
) -> Option<f64> {
    match params.bits_per_coded_sample.or(params.bits_per_sample) {
        Some(bits) if codec == "PCM" && bits >= 8 => {
            let frame_bits = f64::from(bits) * channels as f64;
            Some(claimed_secs.min(bytes as f64 * 8.0 / frame_bits / f64::from(rate)))
        }
        _ => (claimed_secs <= bytes as f64 * 0.1).then_some(claimed_secs),
    }
}
