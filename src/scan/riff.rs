//! RIFF INFO: the tags of WAV files. They tell no encoding, and the tag reader drops what
//! is not UTF-8, so Korean ones are read here.

use std::io::{self, Read, Seek, SeekFrom};

/// Longest text believed, bytes.
const MAX_TEXT_BYTES: u32 = 64 * 1024;

/// Chunks looked at before giving up on a file that is nothing but chunks.
const MAX_CHUNKS: usize = 4096;

/// The raw INFO texts of a WAV file with their four-letter keys; empty for other files.
pub fn info_texts<R: Read + Seek>(reader: &mut R) -> io::Result<Vec<([u8; 4], Vec<u8>)>> {
    let mut texts = Vec::new();
    let mut header = [0; 12];
    reader.seek(SeekFrom::Start(0))?;
    if reader.read_exact(&mut header).is_err() || &header[..4] != b"RIFF" || &header[8..] != b"WAVE"
    {
        return Ok(texts);
    }
    for _ in 0..MAX_CHUNKS {
        let Some((key, size)) = chunk_header(reader)? else {
            break;
        };
        let mut inner = [0; 4];
        let list = &key == b"LIST" && size >= 4;
        if list {
            reader.read_exact(&mut inner)?;
        }
        if &inner == b"INFO" {
            read_info(reader, size - 4, &mut texts)?;
            break;
        }
        let skip = i64::from(size) + i64::from(size % 2) - if list { 4 } else { 0 };
        reader.seek(SeekFrom::Current(skip))?;
    }
    Ok(texts)
}

fn read_info<R: Read + Seek>(
    reader: &mut R,
    mut left: u32,
    texts: &mut Vec<([u8; 4], Vec<u8>)>,
) -> io::Result<()> {
    while left >= 8 && texts.len() < MAX_CHUNKS {
        let Some((key, size)) = chunk_header(reader)? else {
            break;
        };
        left -= 8;
        if size > left || size > MAX_TEXT_BYTES {
            break;
        }
        let mut text = vec![0; size as usize];
        if reader.read_exact(&mut text).is_err() {
            break;
        }
        let end = text
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(text.len());
        text.truncate(end);
        texts.push((key, text));
        let padding = size % 2;
        reader.seek(SeekFrom::Current(i64::from(padding)))?;
        left = left.saturating_sub(size + padding);
    }
    Ok(())
}

fn chunk_header<R: Read>(reader: &mut R) -> io::Result<Option<([u8; 4], u32)>> {
    let mut header = [0; 8];
    match reader.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [a, b, c, d, size @ ..] = header;
    Ok(Some(([a, b, c, d], u32::from_le_bytes(size))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn chunk(key: &[u8], body: &[u8]) -> Vec<u8> {
        let mut chunk = key.to_vec();
        chunk.extend((body.len() as u32).to_le_bytes());
        chunk.extend(body);
        chunk.resize(chunk.len().next_multiple_of(2), 0);
        chunk
    }

    fn wav() -> Vec<u8> {
        let info = [
            b"INFO".to_vec(),
            chunk(b"INAM", b"odd\0"),
            chunk(b"IART", b"even"),
        ]
        .concat();
        let body = [
            b"WAVE".to_vec(),
            chunk(b"LIST", b"adtlwhatever"),
            chunk(b"data", &[1, 2, 3]),
            chunk(b"LIST", &info),
        ];
        chunk(b"RIFF", &body.concat())
    }

    #[test]
    fn texts_are_found_behind_the_sound_and_end_at_their_zero() {
        let texts = info_texts(&mut Cursor::new(wav())).unwrap();
        assert_eq!(
            texts,
            [(*b"INAM", b"odd".to_vec()), (*b"IART", b"even".to_vec())]
        );
        assert!(
            info_texts(&mut Cursor::new(b"no wav at all"))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn damaged_chunks_neither_panic_nor_hang() {
        let mut random = fastrand::Rng::with_seed(2);
        for _ in 0..5000 {
            let mut bytes = wav();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(12..bytes.len());
                bytes[at] = random.u8(..);
            }
            bytes.truncate(random.usize(12..=bytes.len()));
            // Reading may fail; it must return.
            let _ = info_texts(&mut Cursor::new(bytes));
        }
    }
}
