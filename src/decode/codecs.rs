//! Which track of a file is decoded, and with what.

use super::error::DecodeError;
use super::guard::Failure;
use std::path::Path;
use std::sync::LazyLock;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_AAC, CODEC_ID_AC3, CODEC_ID_AC4, CODEC_ID_DCA, CODEC_ID_EAC3, CODEC_ID_OPUS,
    CODEC_ID_SPEEX, CODEC_ID_TRUEHD, CODEC_ID_TTA, CODEC_ID_WAVPACK, CODEC_ID_WMA,
};
use symphonia::core::codecs::audio::{
    AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions,
};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, Track, TrackType};

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    codecs
});

/// The track to decode and how it is encoded.
pub fn audio_track(reader: &dyn FormatReader) -> Result<(&Track, &AudioCodecParameters), Failure> {
    let track = reader
        .default_track(TrackType::Audio)
        .or_else(|| reader.first_track(TrackType::Audio))
        .ok_or(Error::DecodeError("it has no audio track"))?;
    match &track.codec_params {
        Some(CodecParameters::Audio(params)) => Ok((track, params)),
        _ => Err(Error::DecodeError("it has no audio track").into()),
    }
}

/// Rate and channels, before anything is allocated for them.
pub fn plausible(path: &Path, params: &AudioCodecParameters) -> Result<(u32, usize), Failure> {
    let implausible = |claim| DecodeError::Implausible {
        path: path.to_owned(),
        claim,
    };
    let rate = params.sample_rate.unwrap_or(44_100);
    if !(100..=1_536_000).contains(&rate) {
        return Err(implausible(format!("a sample rate of {rate} Hz")).into());
    }
    let channels = params
        .channels
        .as_ref()
        .map_or(1, symphonia::core::audio::Channels::count);
    if !(1..=64).contains(&channels) {
        return Err(implausible(format!("{channels} channels")).into());
    }
    Ok((rate, channels))
}

/// A decoder for a track; every frame it holds comes out, priming included, where
/// [`Timing`](super::timing::Timing) counts it out.
pub fn make_decoder(
    path: &Path,
    params: &AudioCodecParameters,
) -> Result<Box<dyn AudioDecoder>, Failure> {
    let unsupported = |format: &str| DecodeError::Unsupported {
        path: path.to_owned(),
        format: format.to_owned(),
    };
    let mut params = params.clone();
    if params.codec == CODEC_ID_OPUS
        && let Some(head) = params.extra_data.as_mut()
        && head.len() >= 12
    {
        // Left in, the adapter would drop it from the first packet only, and again where
        // the container counts it out already. `Timing` takes care of it.
        head[10..12].fill(0);
    }
    let decoder = CODECS.make_audio_decoder(&params, &AudioDecoderOptions::default());
    decoder.map_err(|error| match error {
        Error::Unsupported(_) if params.codec == CODEC_ID_AAC => {
            unsupported("HE-AAC or multichannel AAC").into()
        }
        Error::Unsupported(_) if params.codec == CODEC_ID_OPUS => {
            unsupported("multichannel Opus").into()
        }
        Error::Unsupported(_) => unsupported(name_of_undecodable(params.codec)).into(),
        other => other.into(),
    })
}

/// Codecs that containers may hold but that have no decoder here.
fn name_of_undecodable(codec: AudioCodecId) -> &'static str {
    match codec {
        CODEC_ID_AC3 => "AC-3",
        CODEC_ID_EAC3 => "E-AC-3",
        CODEC_ID_AC4 => "AC-4",
        CODEC_ID_DCA => "DTS",
        CODEC_ID_SPEEX => "Speex",
        CODEC_ID_WMA => "WMA",
        CODEC_ID_WAVPACK => "WavPack",
        CODEC_ID_TTA => "TTA",
        CODEC_ID_TRUEHD => "TrueHD",
        _ => "this codec",
    }
}

/// Short name to show.
pub fn codec_name(short_name: &str) -> &'static str {
    match short_name {
        "mp1" => "MP1",
        "mp2" => "MP2",
        "mp3" => "MP3",
        "aac" => "AAC",
        "alac" => "ALAC",
        "flac" => "FLAC",
        "vorbis" => "Vorbis",
        "opus" => "Opus",
        name if name.starts_with("pcm") => "PCM",
        name if name.starts_with("adpcm") => "ADPCM",
        _ => "other",
    }
}
