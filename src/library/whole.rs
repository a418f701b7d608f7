//! What only reading a track from end to end tells: made in `analysis`, kept by `store`,
//! asked for one track at a time, because it is too much to hold for all of them.

use std::fmt;

/// How loud a track is, for levelling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness (EBU R128) of the original channels, LUFS; −70 for silence.
    pub lufs: f32,
    /// Highest true peak of any channel, dBTP; −70 for silence.
    pub true_peak_dbtp: f32,
}

/// A track heard from end to end.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeTrack {
    /// How loud it is.
    pub loudness: Loudness,
    /// How it looks.
    pub waveform: Waveform,
    /// How its mood moves.
    pub arc: EmotionArc,
}

/// The outline of a track in a fixed number of columns of equal length, 1 KB.
#[derive(Clone, PartialEq, Eq)]
pub struct Waveform {
    /// Highest and root-mean-square level of each column, in 255ths of full scale.
    columns: Box<[[u8; 2]; Self::COLUMNS]>,
}

impl Waveform {
    /// Columns, whatever the length of the track.
    pub const COLUMNS: usize = 512;

    /// From (peak, root mean square) of each column, full scale 1; what is beyond is cut.
    #[must_use]
    pub fn new(levels: &[(f32, f32); Self::COLUMNS]) -> Self {
        let code = |level: f32| (255.0 * level.clamp(0.0, 1.0)).round() as u8;
        Self {
            columns: Box::new(levels.map(|(peak, rms)| [code(peak), code(rms)])),
        }
    }

    /// (Peak, root mean square) of each column, 0…1 of full scale.
    #[must_use]
    pub fn levels(&self) -> impl ExactSizeIterator<Item = (f32, f32)> {
        let level = |code: u8| f32::from(code) / 255.0;
        self.columns
            .iter()
            .map(move |[peak, rms]| (level(*peak), level(*rms)))
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.columns.as_flattened().to_vec()
    }

    /// From the stored form; `None` when it has another length.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (columns, rest) = bytes.as_chunks::<2>();
        let columns: Box<[[u8; 2]]> = columns.into();
        let columns = columns.try_into().ok().filter(|_| rest.is_empty())?;
        Some(Self { columns })
    }
}

impl fmt::Debug for Waveform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let highest = self.columns.iter().map(|[peak, _]| peak).max();
        f.debug_struct("Waveform")
            .field("highest", &highest)
            .finish_non_exhaustive()
    }
}

/// Valence and arousal along a track, two bytes every ten seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmotionArc {
    /// In 127ths; [`UNKNOWN`] twice where nothing sounds.
    points: Box<[[i8; 2]]>,
}

const UNKNOWN: i8 = i8::MIN;

impl EmotionArc {
    /// From one point to the next. The last covers what is left.
    pub const STEP_SECS: f32 = 10.0;

    /// From valence and arousal, −1…1, of each step; `None` where nothing sounds.
    #[must_use]
    pub fn new(points: &[Option<(f32, f32)>]) -> Self {
        let code = |value: f32| (127.0 * value.clamp(-1.0, 1.0)).round() as i8;
        let points = points.iter().map(|point| {
            point.map_or([UNKNOWN; 2], |(valence, arousal)| {
                [code(valence), code(arousal)]
            })
        });
        Self {
            points: points.collect(),
        }
    }

    /// Valence and arousal, −1…1, of each step of [`STEP_SECS`](Self::STEP_SECS).
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = Option<(f32, f32)>> {
        self.points.iter().map(|[valence, arousal]| {
            let value = |code: i8| f32::from(code) / 127.0;
            (*valence != UNKNOWN && *arousal != UNKNOWN).then(|| (value(*valence), value(*arousal)))
        })
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let codes = self.points.as_flattened().iter();
        codes.map(|code| code.cast_unsigned()).collect()
    }

    /// From the stored form. Any bytes make a valid arc.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (points, _) = bytes.as_chunks::<2>();
        Self {
            points: points
                .iter()
                .map(|point| point.map(u8::cast_signed))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_survives_its_bytes() {
        let mut levels = [(0.0, 0.0); Waveform::COLUMNS];
        levels[3] = (0.8, 0.25);
        levels[4] = (1.7, -0.1);
        let waveform = Waveform::new(&levels);
        let bytes = waveform.to_bytes();
        assert_eq!(bytes.len(), 2 * Waveform::COLUMNS);
        let read = Waveform::from_bytes(&bytes).expect("its own bytes");
        assert_eq!(read, waveform);
        let levels: Vec<(f32, f32)> = read.levels().collect();
        assert!((levels[3].0 - 0.8).abs() < 0.002 && (levels[3].1 - 0.25).abs() < 0.002);
        assert_eq!(levels[4], (1.0, 0.0));
        for wrong in [&bytes[1..], &bytes[2..], &[]] {
            assert_eq!(Waveform::from_bytes(wrong), None);
        }
    }

    #[test]
    fn an_arc_survives_its_bytes() {
        let points = [Some((0.5, -1.0)), None, Some((-2.0, 0.1))];
        let arc = EmotionArc::from_bytes(&EmotionArc::new(&points).to_bytes());
        let read: Vec<_> = arc.points().collect();
        assert_eq!((read.len(), read[1]), (3, None));
        let (valence, arousal) = read[0].expect("known");
        assert!((valence - 0.5).abs() < 0.005 && arousal == -1.0);
        assert_eq!(read[2].map(|(valence, _)| valence), Some(-1.0));
        assert_eq!(EmotionArc::from_bytes(&[]), EmotionArc::default());
    }
}
