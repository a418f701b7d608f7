//! What the header of an Opus stream leaves to whoever plays it
//! ([RFC 7845](https://www.rfc-editor.org/rfc/rfc7845#section-5.1); in MP4 as in
//! [its encapsulation](https://opus-codec.org/docs/opus_in_isobmff.html#4.3.2)).

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;

/// The header, as far as its decoder does not act on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpusHead {
    /// Frames at 48 kHz that the decoder takes to warm up.
    pub pre_skip: u16,
    /// What every sample is to be multiplied by.
    pub gain: f32,
}

impl OpusHead {
    /// The header of an Opus stream; `None` for others.
    pub fn of(params: &AudioCodecParameters) -> Option<Self> {
        let opus = params.codec == CODEC_ID_OPUS;
        let head = params.extra_data.as_deref().filter(|_| opus)?;
        let bytes = |at: usize| Some([*head.get(at)?, *head.get(at + 1)?]);
        let (pre_skip, gain) = (bytes(10)?, bytes(16)?);
        // Version 0 is that of MP4, which counts the other way round.
        let (pre_skip, gain) = match head.get(8)? {
            0 => (u16::from_be_bytes(pre_skip), i16::from_be_bytes(gain)),
            _ => (u16::from_le_bytes(pre_skip), i16::from_le_bytes(gain)),
        };
        let gain_db = f32::from(gain) / 256.0;
        Some(Self {
            pre_skip,
            gain: 10_f32.powf(gain_db / 20.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use symphonia::core::codecs::audio::well_known::CODEC_ID_VORBIS;

    fn params(version: u8, pre_skip: [u8; 2], gain: [u8; 2]) -> AudioCodecParameters {
        let mut head = b"OpusHead".to_vec();
        head.extend([version, 2]);
        head.extend(pre_skip);
        head.extend([0x80, 0xbb, 0, 0]);
        head.extend(gain);
        head.push(0);
        let mut params = AudioCodecParameters::new();
        params.for_codec(CODEC_ID_OPUS).with_extra_data(head.into());
        params
    }

    #[test]
    fn the_header_is_read_in_the_order_of_its_container() {
        // 312 frames, and -6 dB as -1536 of 256 a decibel.
        let ogg = OpusHead::of(&params(1, [0x38, 0x01], [0x00, 0xfa])).unwrap();
        let mp4 = OpusHead::of(&params(0, [0x01, 0x38], [0xfa, 0x00])).unwrap();
        assert_eq!(ogg, mp4);
        assert_eq!(ogg.pre_skip, 312);
        assert!((ogg.gain - 0.501).abs() < 1e-3, "{ogg:?}");
    }

    #[test]
    fn no_gain_leaves_every_bit_and_other_codecs_have_no_header() {
        let mut params = params(1, [0, 0], [0, 0]);
        assert_eq!(OpusHead::of(&params).map(|head| head.gain), Some(1.0));
        params.for_codec(CODEC_ID_VORBIS);
        assert_eq!(OpusHead::of(&params), None);
    }
}
