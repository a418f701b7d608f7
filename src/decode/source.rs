//! The part of a file that holds the audio, as symphonia's input.

use super::sniff::{Kind, Sniffed};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use symphonia::core::io::MediaSource;

/// A window onto a file that leaves out the tags before and after the audio. What is
/// decoded, measured and named is then the same however the file is tagged.
pub struct AudioWindow {
    file: File,
    /// First byte of the audio in the file.
    start: u64,
    /// Length of the audio, bytes.
    len: u64,
    /// Whether the length of the whole is to be shown as unknown, as WAV writes it.
    hide_riff_length: bool,
    /// Whether symphonia may jump about.
    seekable: bool,
    /// Reading position within the audio, bytes.
    position: u64,
}

/// Where a RIFF header tells the length of the whole: bytes 4 to 7.
const RIFF_LENGTH: std::ops::Range<u64> = 4..8;

impl AudioWindow {
    /// The audio of a file.
    pub fn open(path: &Path, sniffed: Sniffed, seekable: bool) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(sniffed.start))?;
        Ok(Self {
            file,
            start: sniffed.start,
            len: sniffed.len(),
            // Crashed recorders leave it wrong, and symphonia insists on it.
            hide_riff_length: sniffed.kind == Kind::Riff,
            seekable,
            position: 0,
        })
    }
}

impl Read for AudioWindow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.len.saturating_sub(self.position);
        let wanted = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.file.read(&mut buffer[..wanted])?;
        if self.hide_riff_length && self.position < RIFF_LENGTH.end {
            for (position, byte) in (self.position..).zip(&mut buffer[..read]) {
                if RIFF_LENGTH.contains(&position) {
                    *byte = 0xff;
                }
            }
        }
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for AudioWindow {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.len.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        let target = target.ok_or(io::ErrorKind::InvalidInput)?;
        let absolute = self.start.checked_add(target);
        let absolute = absolute.ok_or(io::ErrorKind::InvalidInput)?;
        self.file.seek(SeekFrom::Start(absolute))?;
        self.position = target;
        Ok(target)
    }
}

impl MediaSource for AudioWindow {
    fn is_seekable(&self) -> bool {
        self.seekable
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.len)
    }
}
