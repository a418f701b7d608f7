//! Prints the log-mel spectrum of pieces of audio files, computed as the player does, so that
//! the model learns from exactly what it will see. Reads lines `path<TAB>start_secs<TAB>secs`
//! (secs 0: to the end) and writes, for each, the number of frames (u32) and as many rows of
//! 128 bands in dB (f32), little-endian; no frames for a file that cannot be read.

use maeum::analysis::dsp::{FRAME_RATE_HZ, LogMel, MEL_BANDS};
use maeum::decode::AudioStream;
use std::io::{BufRead as _, Write as _};
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let &[path, start_secs, secs] = fields.as_slice() else {
            anyhow::bail!("not path, start and seconds: {line}");
        };
        let (start_secs, secs) = (start_secs.parse()?, secs.parse()?);
        let frames = log_mel(Path::new(path), start_secs, secs).unwrap_or_else(|error| {
            eprintln!("{path}: {error}");
            Vec::new()
        });
        out.write_all(&u32::try_from(frames.len())?.to_le_bytes())?;
        for db in frames.as_flattened() {
            out.write_all(&db.to_le_bytes())?;
        }
        out.flush()?;
    }
    Ok(())
}

fn log_mel(path: &Path, start_secs: f64, secs: f32) -> anyhow::Result<Vec<[f32; MEL_BANDS]>> {
    let mut stream = AudioStream::open(path)?;
    if start_secs > 0.0 {
        stream.seek(start_secs)?;
    }
    let wanted = match secs {
        0.0 => usize::MAX,
        secs => (secs * FRAME_RATE_HZ) as usize,
    };
    let mut mel = LogMel::new();
    let mut frames = Vec::new();
    while frames.len() < wanted {
        let Some(block) = stream.next_block()? else {
            mel.finish(|frame| frames.push(*frame));
            break;
        };
        mel.push(block, |frame| frames.push(*frame))
            .map_err(|rate_hz| anyhow::anyhow!("claims {rate_hz} samples a second"))?;
    }
    frames.truncate(wanted);
    Ok(frames)
}
