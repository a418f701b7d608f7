//! What a file holds, told by its bytes. Extensions lie; and symphonia's own search takes
//! any two bytes that look like an MPEG frame within a megabyte of garbage for music.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// What the content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A container whose magic bytes symphonia knows.
    Container,
    /// WAV.
    Riff,
    /// Ogg, with any codec.
    Ogg,
    /// ISO base media: M4A, MP4, MOV.
    Mp4,
    /// A bare run of MPEG audio or ADTS frames.
    Frames,
    /// A format known by its magic bytes for which there is no decoder.
    Unsupported(&'static str),
    /// Nothing we know.
    Unknown,
}

/// What was found, and which bytes of the file hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// What the content is.
    pub kind: Kind,
    /// First byte after leading tags.
    pub start: u64,
    /// End of the audio: the file's, or the first byte of trailing tags.
    pub end: u64,
    /// Whether the content says how long it is; bare frames do so in a Xing or VBRI header.
    pub tells_length: bool,
}

impl Sniffed {
    /// Length of the audio, bytes.
    pub fn len(&self) -> u64 {
        self.end - self.start
    }
}

/// How far into the content a run of MPEG frames is looked for, bytes; also the most
/// padding passed over behind a tag.
const HEAD_BYTES: u64 = 128 * 1024;

/// So many frames in a row are no coincidence (two are, once in ten million bytes).
const FRAMES_FOR_CERTAINTY: usize = 4;

/// Looks at the first bytes after any `ID3v2` tags, and at the last ones.
pub fn sniff(file: &mut File) -> io::Result<Sniffed> {
    let len = file.seek(SeekFrom::End(0))?;
    let start = after_id3v2(file, len)?;
    file.seek(SeekFrom::Start(start))?;
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head)?;
    let kind = by_magic(&head);
    if kind != Kind::Unknown {
        return Ok(Sniffed {
            kind,
            start,
            end: len,
            tells_length: true,
        });
    }
    // Some taggers leave zeros behind the tag; some streams were cut in mid-frame.
    let padding = head.iter().take_while(|&&byte| byte == 0).count();
    let kind = by_magic(&head[padding..]);
    if kind != Kind::Unknown {
        return Ok(Sniffed {
            kind,
            start: start + padding as u64,
            end: len,
            tells_length: true,
        });
    }
    let end = before_trailing_tags(file, len)?.max(start);
    let reaches_end = head.len() as u64 >= end - start;
    head.truncate(usize::try_from(end - start).unwrap_or(usize::MAX));
    Ok(match first_run_of_frames(&head, reaches_end) {
        Some(offset) => Sniffed {
            kind: Kind::Frames,
            start: start + offset as u64,
            end,
            tells_length: has_length_header(&head[offset..]),
        },
        None => Sniffed {
            kind: Kind::Unknown,
            start,
            end: len,
            tells_length: false,
        },
    })
}

/// Magic bytes of formats without a decoder here.
const UNSUPPORTED: [(&[u8], &str); 22] = [
    (b"MAC ", "APE"),
    (b"MAC\xff", "APE"),
    (b"wvpk", "WavPack"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"),
    (b"MPCK", "Musepack"),
    (b"MP+", "Musepack"),
    (b"tBaK", "TAK"),
    (b"TTA1", "TTA"),
    (b"TTA2", "TTA"),
    (b"OFR ", "OptimFROG"),
    (b"DSD ", "DSD"),
    (b"FRM8", "DSD"),
    (b"RF64", "RF64 WAV"),
    (b"BW64", "BW64 WAV"),
    (b"RIFX", "big-endian WAV"),
    (b"riff\x2e\x91\xcf\x11", "Wave64"),
    (b".RMF", "RealAudio"),
    (b".ra\xfd", "RealAudio"),
    (b"MThd", "MIDI"),
    (b"#!AMR", "AMR"),
    (b".snd", "AU"),
    (b"\x0b\x77", "AC-3"),
];

fn by_magic(head: &[u8]) -> Kind {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|h| h.starts_with(magic));
    if at(0, b"RIFF") && at(8, b"WAVE") {
        return Kind::Riff;
    }
    if (at(0, b"FORM") && (at(8, b"AIFF") || at(8, b"AIFC")))
        || at(0, b"fLaC")
        || at(0, b"caff")
        || at(0, b"\x1a\x45\xdf\xa3")
    {
        return Kind::Container;
    }
    if at(0, b"OggS") {
        return Kind::Ogg;
    }
    if at(4, b"ftyp") {
        return Kind::Mp4;
    }
    UNSUPPORTED
        .into_iter()
        .find(|(magic, _)| at(0, magic))
        .map_or(Kind::Unknown, |(_, name)| Kind::Unsupported(name))
}

/// First byte after all `ID3v2` tags at the start of the file.
fn after_id3v2(file: &mut File, len: u64) -> io::Result<u64> {
    let mut start = 0;
    loop {
        let header: [u8; 10] = read_at(file, start)?;
        if !header.starts_with(b"ID3") || header[6..].iter().any(|byte| byte & 0x80 != 0) {
            return Ok(start);
        }
        let size = header[6..]
            .iter()
            .fold(0_u64, |size, &byte| size << 7 | u64::from(byte));
        let footer = if header[5] & 0x10 == 0 { 0 } else { 10 };
        let next = start + 10 + size + footer;
        if next >= len {
            return Ok(start);
        }
        start = next;
    }
}

/// End of the audio before `ID3v1` and APE tags.
fn before_trailing_tags(file: &mut File, len: u64) -> io::Result<u64> {
    let mut end = len;
    if end >= 128 && read_at::<3>(file, end - 128)? == *b"TAG" {
        end -= 128;
    }
    if end >= 32 {
        let footer: [u8; 32] = read_at(file, end - 32)?;
        if footer.starts_with(b"APETAGEX") {
            let size = u32::from_le_bytes([footer[12], footer[13], footer[14], footer[15]]);
            let header = if footer[23] & 0x80 == 0 { 0 } else { 32 };
            end = end.saturating_sub(u64::from(size) + header);
        }
    }
    Ok(end)
}

/// Bytes at a position; zeros beyond the end of the file.
fn read_at<const N: usize>(file: &mut File, position: u64) -> io::Result<[u8; N]> {
    file.seek(SeekFrom::Start(position))?;
    let mut bytes = Vec::with_capacity(N);
    file.take(N as u64).read_to_end(&mut bytes)?;
    let mut whole = [0; N];
    whole[..bytes.len()].copy_from_slice(&bytes);
    Ok(whole)
}

/// Offset of the first of several frames that follow each other without a gap. When the
/// bytes reach the end of the audio, fewer frames will do if they come out exactly there.
fn first_run_of_frames(bytes: &[u8], reaches_end: bool) -> Option<usize> {
    (0..bytes.len()).find(|&offset| {
        let mut at = offset;
        let mut first = None;
        for count in 0.. {
            if count == FRAMES_FOR_CERTAINTY {
                return true;
            }
            if reaches_end && count > 0 && at == bytes.len() {
                return true;
            }
            let Some(frame) = bytes.get(at..).and_then(Frame::parse) else {
                return false;
            };
            if *first.get_or_insert(frame.family) != frame.family {
                return false;
            }
            at += frame.len;
        }
        false
    })
}

/// Whether the first MPEG frame is a header: it stands right behind the side information,
/// whose length depends on version and channels.
fn has_length_header(frame: &[u8]) -> bool {
    let behind_side_information = frame.get(4..48).unwrap_or_default();
    behind_side_information.windows(4).any(|name| {
        [b"Xing", b"Info", b"VBRI"]
            .iter()
            .any(|&known| name == known)
    })
}

/// The header of an MPEG audio or ADTS frame.
struct Frame {
    /// Header bits that stay the same in all frames of a stream.
    family: [u8; 2],
    /// Length with header, bytes.
    len: usize,
}

impl Frame {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let &[b0, b1, b2, b3, ref rest @ ..] = bytes else {
            return None;
        };
        if b0 != 0xff || b1 & 0xe0 != 0xe0 {
            return None;
        }
        if b1 & 0xf6 == 0xf0 {
            // ADTS: sync, layer 0; then rate and a 13-bit frame length.
            let len = usize::from(b3 & 3) << 11 | usize::from(*rest.first()?) << 3;
            let len = len | usize::from(*rest.get(1)? >> 5);
            let valid = (b2 >> 2) & 15 < 13 && len > 7;
            return valid.then_some(Self {
                family: [b1, b2 & 0xfc],
                len,
            });
        }
        let version = (b1 >> 3) & 3;
        let layer = (b1 >> 1) & 3;
        let bitrate = usize::from(b2 >> 4);
        let rate = usize::from((b2 >> 2) & 3);
        if version == 1 || layer == 0 || bitrate == 0 || bitrate == 15 || rate == 3 {
            return None;
        }
        let mpeg1 = version == 3;
        let kbps = KBPS[match (mpeg1, layer) {
            (true, 3) => 0,
            (true, 2) => 1,
            (true, _) => 2,
            (false, 3) => 3,
            (false, _) => 4,
        }][bitrate - 1];
        let halvings = match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
        let rate_hz = [44_100, 48_000, 32_000][rate] >> halvings;
        let padding = usize::from((b2 >> 1) & 1);
        let len = match layer {
            3 => (12 * kbps * 1000 / rate_hz + padding) * 4,
            1 if !mpeg1 => 72 * kbps * 1000 / rate_hz + padding,
            _ => 144 * kbps * 1000 / rate_hz + padding,
        };
        Some(Self {
            family: [b1 & 0xfe, b2 & 0x0c],
            len,
        })
    }
}

/// Bit rates, kbit/s, by header index 1…14 (ISO/IEC 11172-3 and 13818-3): MPEG-1 layers
/// I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
const KBPS: [[usize; 14]; 5] = [
    [
        32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
    ],
    [
        32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
    ],
    [
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ],
    [
        32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
    ],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
