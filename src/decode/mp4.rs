//! Where the music starts and ends inside an MP4 audio track. Encoders put priming frames
//! before it and note their number in an edit list, or in Apple's `iTunSMPB` text;
//! symphonia reads neither.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// The frames to present.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Presented {
    /// Frames to drop at the start, in units of the track's time scale.
    pub skip: u64,
    /// Length to present, seconds; `None` is all the rest.
    pub duration_secs: Option<f64>,
}

/// Reads the first sound track's edit. Any oddity means there is none to respect.
pub fn presented(file: &mut File, start: u64) -> Option<Presented> {
    read(file, start).ok().flatten()
}

/// No real file has more boxes side by side where we look.
const MAX_BOXES: usize = 4096;

#[derive(Clone, Copy)]
struct Atom {
    name: [u8; 4],
    body: u64,
    end: u64,
}

fn read(file: &mut File, start: u64) -> io::Result<Option<Presented>> {
    let end = file.seek(SeekFrom::End(0))?;
    let Some(moov) = child(file, start, end, *b"moov")? else {
        return Ok(None);
    };
    let movie_scale = match child(file, moov.body, moov.end, *b"mvhd")? {
        Some(mvhd) => time_scale(&content(file, mvhd)?),
        None => None,
    };
    for track in children(file, moov.body, moov.end)? {
        if track.name == *b"trak" && is_sound(file, track)? {
            if let Some(edit) = edit(file, track, movie_scale)? {
                return Ok(Some(edit));
            }
            break;
        }
    }
    let path = [*b"udta", *b"meta", *b"ilst"];
    let mut at = moov;
    for name in path {
        // `meta` carries four bytes of version and flags before its children.
        let skip = if at.name == *b"meta" { 4 } else { 0 };
        match child(file, at.body + skip, at.end, name)? {
            Some(next) => at = next,
            None => return Ok(None),
        }
    }
    for item in children(file, at.body, at.end)? {
        if item.name == *b"----"
            && let Some(presented) = itun_smpb(&content(file, item)?)
        {
            return Ok(Some(presented));
        }
    }
    Ok(None)
}

fn is_sound(file: &mut File, track: Atom) -> io::Result<bool> {
    let Some(mdia) = child(file, track.body, track.end, *b"mdia")? else {
        return Ok(false);
    };
    let Some(hdlr) = child(file, mdia.body, mdia.end, *b"hdlr")? else {
        return Ok(false);
    };
    Ok(content(file, hdlr)?.get(8..12) == Some(b"soun"))
}

/// The one edit of a track that starts later than its media; several edits are a montage
/// that we play as it is stored.
fn edit(file: &mut File, track: Atom, movie_scale: Option<u32>) -> io::Result<Option<Presented>> {
    let Some(list_box) = child(file, track.body, track.end, *b"edts")? else {
        return Ok(None);
    };
    let Some(elst) = child(file, list_box.body, list_box.end, *b"elst")? else {
        return Ok(None);
    };
    let bytes = content(file, elst)?;
    let wide = bytes.first() == Some(&1);
    let entry_len = if wide { 20 } else { 12 };
    let entries = bytes.get(8..).unwrap_or_default().chunks_exact(entry_len);
    let mut edits = entries.filter_map(|entry| {
        let (duration, start) = if wide {
            (number(entry, 0, 8), number(entry, 8, 8).cast_signed())
        } else {
            let start = number(entry, 4, 4) as u32;
            (number(entry, 0, 4), i64::from(start.cast_signed()))
        };
        Some((duration, u64::try_from(start).ok()?))
    });
    Ok(match (edits.next(), edits.next()) {
        (Some((duration, skip)), None) if skip > 0 => Some(Presented {
            skip,
            duration_secs: movie_scale
                .filter(|_| duration > 0)
                .map(|scale| duration as f64 / f64::from(scale)),
        }),
        _ => None,
    })
}

/// ` 00000000 00000840 000001CA 00000000003F31F6 …`: zero, priming, padding, length.
fn itun_smpb(item: &[u8]) -> Option<Presented> {
    let text = String::from_utf8_lossy(item);
    let (_, value) = text.split_once("iTunSMPB")?;
    let (_, value) = value.split_once("data")?;
    let mut fields = value
        .split(|c: char| !c.is_ascii_hexdigit())
        .filter(|field| field.len() >= 8)
        .map(|field| u64::from_str_radix(field, 16).ok());
    fields.next()??;
    let skip = fields.next()??;
    (skip > 0 && skip < 1 << 16).then_some(Presented {
        skip,
        duration_secs: None,
    })
}

/// The time scale in the content of an `mvhd` box, ticks a second.
fn time_scale(bytes: &[u8]) -> Option<u32> {
    let at = if bytes.first() == Some(&1) { 20 } else { 12 };
    let scale = number(bytes.get(at..at + 4)?, 0, 4) as u32;
    (scale > 0).then_some(scale)
}

/// A big-endian number; the caller has checked the length.
fn number(bytes: &[u8], at: usize, len: usize) -> u64 {
    bytes[at..at + len]
        .iter()
        .fold(0, |number, &byte| number << 8 | u64::from(byte))
}

fn child(file: &mut File, start: u64, end: u64, name: [u8; 4]) -> io::Result<Option<Atom>> {
    let found = children(file, start, end)?;
    Ok(found.into_iter().find(|atom| atom.name == name))
}

fn children(file: &mut File, start: u64, end: u64) -> io::Result<Vec<Atom>> {
    let mut atoms = Vec::new();
    let mut at = start;
    while at + 8 <= end && atoms.len() < MAX_BOXES {
        let mut header = [0; 16];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut header[..8])?;
        let mut header_len = 8;
        let size = match number(&header, 0, 4) {
            0 => end - at,
            1 => {
                file.read_exact(&mut header[8..])?;
                header_len = 16;
                number(&header, 8, 8)
            }
            size => size,
        };
        let Some(next) = at.checked_add(size).filter(|&next| next <= end) else {
            break;
        };
        if size < header_len {
            break;
        }
        atoms.push(Atom {
            name: [header[4], header[5], header[6], header[7]],
            body: at + header_len,
            end: next,
        });
        at = next;
    }
    Ok(atoms)
}

/// The first kilobyte of a small box.
fn content(file: &mut File, atom: Atom) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(atom.body))?;
    let mut bytes = Vec::new();
    file.take((atom.end - atom.body).min(1024))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_apples_priming_text() {
        let item = b"....name....iTunSMPB....data\0\0\0\x01\0\0\0\0 00000000 00000840 000001CA 00000000003F31F6 00000000";
        assert_eq!(itun_smpb(item).map(|found| found.skip), Some(0x840));
        assert_eq!(itun_smpb(b"nothing of the kind"), None);
    }
}
