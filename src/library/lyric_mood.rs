//! How the words of a track feel, line by line: read in `inference`, kept by `store`.

use crate::language::Language;
use crate::mood::{Mood, MoodVector};

/// A line read with less confidence than this does not count: it is too short, or means
/// nothing to the model.
pub const LEAST_CONFIDENCE: f32 = 0.3;

/// So many lines make half of what can be known from many.
const HALF_KNOWN_LINES: f32 = 3.0;

/// The mood of one line of lyrics, in ten bytes.
///
/// The shares are those the model gave before they are normalised: what is missing to 1 is
/// the chance that the line means nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineMood {
    /// Share of each mood in 255ths, in the order of [`Mood::ALL`].
    shares: [u8; Mood::COUNT],
    /// In 127ths.
    valence: i8,
    /// In 127ths.
    arousal: i8,
    /// How often the line is sung where it stands; 0 when it does not count.
    times: u8,
}

impl LineMood {
    /// Length of a line in the stored form.
    pub const BYTES: usize = Mood::COUNT + 3;

    /// A line that was not read: a heading, a translation, a pause.
    pub const NOT_SUNG: Self = Self {
        shares: [0; Mood::COUNT],
        valence: 0,
        arousal: 0,
        times: 0,
    };

    /// A line with its reading, sung `times` times. It does not count when the reading has
    /// too little confidence.
    #[must_use]
    pub fn new(mood: &MoodVector, times: u8) -> Self {
        // The reading's confidence is the largest share that the model gave; that scale is
        // what normalising took away.
        let scale = mood.confidence / mood.share(mood.top()).max(f32::MIN_POSITIVE);
        let counts = mood.confidence >= LEAST_CONFIDENCE;
        Self {
            shares: mood
                .moods
                .map(|share| (255.0 * (share * scale).clamp(0.0, 1.0)).round() as u8),
            valence: (127.0 * mood.valence).round() as i8,
            arousal: (127.0 * mood.arousal).round() as i8,
            times: if counts { times } else { 0 },
        }
    }

    /// The line's mood; [`MoodVector::UNKNOWN`] for a line that was not read.
    #[must_use]
    pub fn mood(&self) -> MoodVector {
        let largest = self.shares.into_iter().max().unwrap_or(0);
        if largest == 0 {
            return MoodVector::UNKNOWN;
        }
        MoodVector::new(
            f32::from(self.valence) / 127.0,
            f32::from(self.arousal) / 127.0,
            self.shares.map(f32::from),
            f32::from(largest) / 255.0,
        )
    }

    /// How often the line is sung where it stands; 0 when it does not count.
    #[must_use]
    pub fn times(&self) -> u8 {
        self.times
    }

    /// The same line sung `times` as often.
    #[must_use]
    pub fn sung(self, times: u8) -> Self {
        Self {
            times: self.times.saturating_mul(times),
            ..self
        }
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..Mood::COUNT].copy_from_slice(&self.shares);
        bytes[Mood::COUNT] = self.valence.cast_unsigned();
        bytes[Mood::COUNT + 1] = self.arousal.cast_unsigned();
        bytes[Mood::COUNT + 2] = self.times;
        bytes
    }

    /// From the stored form. Any bytes make a valid line.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let mut shares = [0; Mood::COUNT];
        shares.copy_from_slice(&bytes[..Mood::COUNT]);
        Self {
            shares,
            valence: bytes[Mood::COUNT].cast_signed(),
            arousal: bytes[Mood::COUNT + 1].cast_signed(),
            times: bytes[Mood::COUNT + 2],
        }
    }
}

/// The mood of a track's lyrics. Lines are read one by one and summed, rather than the
/// text as a whole: a song moves through several feelings.
#[derive(Debug, Clone, PartialEq)]
pub struct LyricMood {
    /// The counted lines together: the sum of their distributions, their point weighted by
    /// confidence. Its confidence grows with their number and with how far they agree;
    /// [`MoodVector::UNKNOWN`] when none counts.
    pub mood: MoodVector,
    /// How many lines count, a chorus as often as it is sung.
    pub counted_lines: u32,
    /// What most counted lines are written in; `None` when none counts.
    pub language: Option<Language>,
    /// One for each line of the track's lyrics, in their order.
    pub lines: Box<[LineMood]>,
}

impl LyricMood {
    /// Sums lines up. `language` is that of most of them.
    #[must_use]
    pub fn new(lines: Vec<LineMood>, language: Option<Language>) -> Self {
        let counted_lines: u32 = lines.iter().map(|line| u32::from(line.times)).sum();
        Self {
            mood: sum(&lines),
            counted_lines,
            language: language.filter(|_| counted_lines > 0),
            lines: lines.into(),
        }
    }

    /// The share of the counted lines whose strongest mood is `mood`, 0…1.
    #[must_use]
    pub fn share_of_lines(&self, mood: Mood) -> f32 {
        let of_mood: u32 = counted(&self.lines)
            .filter(|(line, _)| line.top() == mood)
            .map(|(_, times)| times as u32)
            .sum();
        of_mood as f32 / self.counted_lines.max(1) as f32
    }
}

/// The lines that count with their moods, and how often each is sung.
fn counted(lines: &[LineMood]) -> impl Iterator<Item = (MoodVector, f32)> {
    let sung = lines.iter().filter(|line| line.times > 0);
    sung.map(|line| (line.mood(), f32::from(line.times)))
}

fn sum(lines: &[LineMood]) -> MoodVector {
    let (mut count, mut trust) = (0.0, 0.0);
    let (mut valence, mut arousal) = (0.0, 0.0);
    let mut moods = [0.0; Mood::COUNT];
    for (line, times) in counted(lines) {
        count += times;
        trust += times * line.confidence;
        valence += times * line.confidence * line.valence;
        arousal += times * line.confidence * line.arousal;
        for (sum, share) in moods.iter_mut().zip(line.moods) {
            *sum += times * share;
        }
    }
    if trust <= 0.0 {
        return MoodVector::UNKNOWN;
    }
    let together = MoodVector::new(valence / trust, arousal / trust, moods, 1.0);
    let agreement = counted(lines)
        .map(|(line, times)| times * line.mood_cosine(&together))
        .sum::<f32>()
        / count;
    MoodVector {
        confidence: agreement * trust / (count + HALF_KNOWN_LINES),
        ..together
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(mood: Mood, confidence: f32, times: u8) -> LineMood {
        let mut vector = MoodVector::of_mood(mood);
        vector.confidence = confidence;
        LineMood::new(&vector, times)
    }

    fn of(lines: &[LineMood]) -> LyricMood {
        LyricMood::new(lines.to_vec(), Some(Language::Korean))
    }

    #[test]
    fn a_line_survives_its_ten_bytes() {
        for mood in Mood::ALL {
            let meant = MoodVector {
                confidence: 0.62,
                ..MoodVector::of_mood(mood)
            };
            let line = LineMood::from_bytes(LineMood::new(&meant, 2).to_bytes());
            let read = line.mood();
            assert_eq!((line.times(), read.top()), (2, mood));
            assert!((read.confidence - meant.confidence).abs() < 0.003);
            assert!(read.plane_distance(&meant) < 0.01);
            for (read, meant) in read.moods.iter().zip(meant.moods) {
                assert!((read - meant).abs() < 0.01, "{read} {meant}");
            }
        }
        assert_eq!(LineMood::NOT_SUNG.mood(), MoodVector::UNKNOWN);
    }

    #[test]
    fn any_stored_bytes_make_a_valid_mood() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..1000 {
            let lines = std::array::from_fn::<_, 5, _>(|_| {
                LineMood::from_bytes(std::array::from_fn(|_| random.u8(..)))
            });
            for mood in lines.iter().map(LineMood::mood).chain([of(&lines).mood]) {
                assert!((mood.moods.iter().sum::<f32>() - 1.0).abs() < 1e-3);
                assert!((0.0..=1.0).contains(&mood.confidence), "{mood:?}");
                assert!(mood.valence.abs() <= 1.0 && mood.arousal.abs() <= 1.0);
            }
        }
    }

    #[test]
    fn a_song_is_the_sum_of_its_lines_a_chorus_as_often_as_it_is_sung() {
        let song = of(&[
            line(Mood::Sad, 0.8, 1),
            line(Mood::Happy, 0.8, 3),
            LineMood::NOT_SUNG,
        ]);
        assert_eq!((song.counted_lines, song.lines.len()), (4, 3));
        assert_eq!(song.mood.top(), Mood::Happy);
        assert!((song.share_of_lines(Mood::Happy) - 0.75).abs() < 1e-6);
        assert!((song.share_of_lines(Mood::Sad) - 0.25).abs() < 1e-6);
        assert_eq!(song.language, Some(Language::Korean));
    }

    #[test]
    fn doubtful_lines_do_not_count() {
        let doubtful = line(Mood::Angry, LEAST_CONFIDENCE / 2.0, 1);
        let song = of(&[line(Mood::Sad, 0.7, 1), doubtful]);
        assert_eq!((song.counted_lines, song.mood.top()), (1, Mood::Sad));
        let nothing = of(&[doubtful]);
        assert_eq!(nothing.mood, MoodVector::UNKNOWN);
        assert_eq!(nothing.language, None);
        assert_eq!(nothing.share_of_lines(Mood::Angry), 0.0);
    }

    #[test]
    fn confidence_grows_with_lines_and_with_their_agreement() {
        let sad = line(Mood::Sad, 0.8, 1);
        let angry = line(Mood::Angry, 0.8, 1);
        let confidence = |lines: &[LineMood]| of(lines).mood.confidence;
        assert!(confidence(&[sad; 20]) > confidence(&[sad; 2]));
        assert!(confidence(&[sad; 4]) > confidence(&[sad, angry, sad, angry]));
        assert!(confidence(&[sad; 1000]) <= 0.8);
    }
}
