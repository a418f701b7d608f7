//! What a file is, without decoding all of it.

use super::error::DecodeError;
use super::stream::AudioStream;
use crate::library::ContentId;
use std::path::Path;

/// What the container tells without decoding the whole file.
#[derive(Debug, Clone, PartialEq)]
pub struct Probed {
    /// Length.
    pub duration_secs: f64,
    /// Short name of the codec.
    pub codec: &'static str,
    /// Frames a second.
    pub sample_rate_hz: u32,
    /// Channels.
    pub channels: usize,
    /// The audio's name.
    pub content: ContentId,
}

/// Compressed audio from the start that goes into the name, bytes: more than the silence
/// that tracks begin with, little enough for thousands of files on a network drive.
const HASHED_BYTES: usize = 192 * 1024;

/// Uncompressed audio may begin with more silence than that, and be cut to equal lengths
/// (the voices of one recording); so much is hashed at each of [`MORE_PLACES`] too.
const HASHED_BYTES_THERE: usize = 32 * 1024;

/// Shares of the whole length.
const MORE_PLACES: [f64; 3] = [0.25, 0.5, 0.75];

/// Opens a file, decodes its first block to see that it really is audio, and names its
/// content by hashing compressed packets from the start and the length, so that a moved,
/// renamed or re-tagged file is recognised. Reads at most a few hundred kilobytes.
pub fn probe(path: &Path) -> Result<Probed, DecodeError> {
    let mut stream = AudioStream::open(path)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(stream.codec().as_bytes());
    let mut hashed_bytes = 0;
    let mut framing_bytes = 0;
    let mut packets = 0_u32;
    let mut first_secs = None;
    let mut last_secs = 0.0;
    let mut decoded = false;
    let mut complete = false;
    while hashed_bytes < HASHED_BYTES {
        let Some(packet) = stream.next_packet()? else {
            complete = true;
            break;
        };
        hasher.update(&packet.data);
        hashed_bytes += packet.data.len();
        framing_bytes += stream.framing_bytes();
        packets += 1;
        first_secs.get_or_insert(stream.packet_start_secs(&packet));
        last_secs = stream.packet_start_secs(&packet);
        if !decoded {
            decoded = stream.decode(&packet)?.is_some();
        }
    }
    if !decoded {
        // Damage at the start: see whether anything decodes further on.
        AudioStream::open(path)?.next_block()?;
    }
    let declared = stream.duration_secs();
    if let Some(secs) = declared {
        hasher.update(&((secs * 1000.0).round() as u64).to_le_bytes());
    }
    if let Some(secs) = declared.filter(|_| stream.codec() == "PCM" && !complete) {
        for place in MORE_PLACES {
            stream.seek(secs * place)?;
            let mut bytes_here = 0;
            while bytes_here < HASHED_BYTES_THERE
                && let Some(packet) = stream.next_packet()?
            {
                hasher.update(&packet.data);
                bytes_here += packet.data.len();
            }
        }
    }
    // From the start of the first packet to that of the last, and once more the average.
    let span_secs = last_secs - first_secs.unwrap_or(0.0);
    let hashed_secs = span_secs * f64::from(packets) / f64::from(packets.max(2) - 1);
    let estimated = if complete || hashed_bytes == 0 {
        hashed_secs
    } else {
        hashed_secs * stream.audio_bytes() as f64 / (hashed_bytes + framing_bytes) as f64
    };
    let mut content = [0; 16];
    content.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Ok(Probed {
        duration_secs: declared.unwrap_or(estimated),
        codec: stream.codec(),
        sample_rate_hz: stream.sample_rate_hz(),
        channels: stream.channels(),
        content: ContentId(content),
    })
}
