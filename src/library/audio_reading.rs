//! What the audio model hears in a track: read in `inference`, kept by `store`.

use crate::mood::{Mood, MoodVector};

/// A kind of music, or something that sounds in it. The order is that of stored readings:
/// new ones go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StyleTag {
    /// Somebody sings or speaks.
    Vocal,
    /// A woman sings.
    FemaleVocal,
    /// A man sings.
    MaleVocal,
    /// Many sing.
    Choir,
    /// Nobody sings.
    Instrumental,
    /// Made without electricity.
    Acoustic,
    /// Made by machines.
    Electronic,
    /// Piano.
    Piano,
    /// Organ, harpsichord, electric piano.
    Keyboard,
    /// Any guitar.
    Guitar,
    /// Acoustic guitar.
    AcousticGuitar,
    /// Electric guitar.
    ElectricGuitar,
    /// Bowed strings.
    Strings,
    /// Violin or cello.
    Violin,
    /// Flute.
    Flute,
    /// Harp.
    Harp,
    /// Synthesizer.
    Synthesizer,
    /// Drums.
    Drums,
    /// Bass.
    Bass,
    /// An orchestra.
    Orchestral,
    /// Classical music.
    Classical,
    /// Music for films and games.
    Soundtrack,
    /// Ambient and new age.
    Ambient,
    /// Chill-out, downtempo.
    Chillout,
    /// Easy listening, lounge.
    EasyListening,
    /// Rock.
    Rock,
    /// Indie, alternative.
    Indie,
    /// Metal.
    Metal,
    /// Punk.
    Punk,
    /// Pop.
    Pop,
    /// Dance music.
    Dance,
    /// Techno.
    Techno,
    /// Trance.
    Trance,
    /// House.
    House,
    /// Hip-hop.
    HipHop,
    /// Jazz.
    Jazz,
    /// Blues.
    Blues,
    /// Funk.
    Funk,
    /// Soul, rhythm and blues.
    Soul,
    /// Reggae.
    Reggae,
    /// Folk.
    Folk,
    /// Country.
    Country,
    /// Music of the world's traditions.
    World,
    /// Experimental.
    Experimental,
}

impl StyleTag {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// All tags with the keys that a model's manifest names them by, in stored order.
    pub const ALL: [(Self, &'static str); 44] = [
        (Self::Vocal, "vocal"),
        (Self::FemaleVocal, "female_vocal"),
        (Self::MaleVocal, "male_vocal"),
        (Self::Choir, "choir"),
        (Self::Instrumental, "instrumental"),
        (Self::Acoustic, "acoustic"),
        (Self::Electronic, "electronic"),
        (Self::Piano, "piano"),
        (Self::Keyboard, "keyboard"),
        (Self::Guitar, "guitar"),
        (Self::AcousticGuitar, "acoustic_guitar"),
        (Self::ElectricGuitar, "electric_guitar"),
        (Self::Strings, "strings"),
        (Self::Violin, "violin"),
        (Self::Flute, "flute"),
        (Self::Harp, "harp"),
        (Self::Synthesizer, "synthesizer"),
        (Self::Drums, "drums"),
        (Self::Bass, "bass"),
        (Self::Orchestral, "orchestral"),
        (Self::Classical, "classical"),
        (Self::Soundtrack, "soundtrack"),
        (Self::Ambient, "ambient"),
        (Self::Chillout, "chillout"),
        (Self::EasyListening, "easy_listening"),
        (Self::Rock, "rock"),
        (Self::Indie, "indie"),
        (Self::Metal, "metal"),
        (Self::Punk, "punk"),
        (Self::Pop, "pop"),
        (Self::Dance, "dance"),
        (Self::Techno, "techno"),
        (Self::Trance, "trance"),
        (Self::House, "house"),
        (Self::HipHop, "hip_hop"),
        (Self::Jazz, "jazz"),
        (Self::Blues, "blues"),
        (Self::Funk, "funk"),
        (Self::Soul, "soul"),
        (Self::Reggae, "reggae"),
        (Self::Folk, "folk"),
        (Self::Country, "country"),
        (Self::World, "world"),
        (Self::Experimental, "experimental"),
    ];

    /// The tag that a model's manifest names; `None` for one that this version does not know.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(tag, name)| (name == key).then_some(tag))
    }

    /// The key that a model's manifest names it by.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self.index()].1
    }

    /// Its place in [`ALL`](Self::ALL).
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Numbers that say how a track sounds: near for tracks that sound alike.
pub const EMBEDDING_LEN: usize = 128;

/// What the audio model hears in a track, in about 200 bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct AudioReading {
    /// The mood of its sound, the model's and the rule's together.
    pub mood: MoodVector,
    /// Probability of each style tag in 255ths; 0 also for what the model does not know.
    tags: [u8; StyleTag::COUNT],
    /// A unit vector times 127 over its largest number.
    embedding: [i8; EMBEDDING_LEN],
}

impl AudioReading {
    /// Length of the stored form: six numbers of the mood as 32-bit floats would be
    /// needlessly exact, ranks among a million tracks need more than eight bits.
    pub const BYTES: usize = 2 + 2 + 1 + Mood::COUNT + StyleTag::COUNT + EMBEDDING_LEN;

    /// From a mood, probabilities of the style tags (0…1) and an embedding of any length.
    #[must_use]
    pub fn new(
        mood: MoodVector,
        tags: [f32; StyleTag::COUNT],
        embedding: &[f32; EMBEDDING_LEN],
    ) -> Self {
        let largest = embedding.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        Self {
            mood,
            tags: tags.map(|share| (255.0 * share.clamp(0.0, 1.0)).round() as u8),
            embedding: embedding.map(|x| (x * scale).round() as i8),
        }
    }

    /// The probability that a style tag fits, 0…1.
    #[must_use]
    pub fn tag(&self, tag: StyleTag) -> f32 {
        f32::from(self.tags[tag.index()]) / 255.0
    }

    /// The probabilities of all style tags, 0…1, in the order of [`StyleTag::ALL`].
    #[must_use]
    pub fn tags(&self) -> [f32; StyleTag::COUNT] {
        self.tags.map(|share| f32::from(share) / 255.0)
    }

    /// How it sounds: a direction; all 0 when nothing was heard.
    #[must_use]
    pub fn embedding(&self) -> &[i8; EMBEDDING_LEN] {
        &self.embedding
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let fine = |value: f32| ((f32::from(i16::MAX) * value).round() as i16).to_le_bytes();
        let coarse = |share: f32| (255.0 * share).round() as u8;
        let mut bytes = Vec::with_capacity(Self::BYTES);
        bytes.extend(fine(self.mood.valence));
        bytes.extend(fine(self.mood.arousal));
        bytes.push(coarse(self.mood.confidence));
        bytes.extend(self.mood.moods.map(coarse));
        bytes.extend(self.tags);
        bytes.extend(self.embedding.map(i8::cast_unsigned));
        bytes
    }

    /// From the stored form; `None` when it has another length.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != Self::BYTES {
            return None;
        }
        let (&valence, rest) = bytes.split_first_chunk()?;
        let (&arousal, rest) = rest.split_first_chunk()?;
        let (&confidence, rest) = rest.split_first()?;
        let (moods, rest) = rest.split_first_chunk::<{ Mood::COUNT }>()?;
        let (tags, rest) = rest.split_first_chunk()?;
        let (embedding, _) = rest.split_first_chunk::<EMBEDDING_LEN>()?;
        let fine = |bytes: [u8; 2]| f32::from(i16::from_le_bytes(bytes)) / f32::from(i16::MAX);
        let coarse = |code: u8| f32::from(code) / 255.0;
        Some(Self {
            mood: MoodVector::new(
                fine(valence),
                fine(arousal),
                moods.map(coarse),
                coarse(confidence),
            ),
            tags: *tags,
            embedding: embedding.map(u8::cast_signed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_stands_at_its_place_and_is_found_by_its_key() {
        for (place, (tag, key)) in StyleTag::ALL.into_iter().enumerate() {
            assert_eq!((tag.index(), tag.key()), (place, key));
            assert_eq!(StyleTag::of_key(key), Some(tag));
        }
        assert_eq!(StyleTag::of_key("no such style"), None);
    }

    #[test]
    fn a_reading_survives_its_bytes() {
        let mut rng = fastrand::Rng::with_seed(5);
        let mut embedding = [0.0; EMBEDDING_LEN];
        embedding.fill_with(|| rng.f32() - 0.5);
        let mut tags = [0.0; StyleTag::COUNT];
        tags[StyleTag::Piano.index()] = 0.8;
        let mood = MoodVector::from_point(-0.4, 0.7, 0.6);
        let meant = AudioReading::new(mood, tags, &embedding);
        assert!((meant.tag(StyleTag::Piano) - 0.8).abs() < 0.01);
        let bytes = meant.to_bytes();
        assert_eq!(bytes.len(), AudioReading::BYTES);
        let read = AudioReading::from_bytes(&bytes).expect("its own bytes");
        assert_eq!((read.tags, read.embedding), (meant.tags, meant.embedding));
        assert!(read.mood.plane_distance(&mood) < 1e-4);
        assert!((read.mood.confidence - mood.confidence).abs() < 0.003);
        assert_eq!(read.mood.top(), mood.top());
        assert_eq!(AudioReading::from_bytes(&bytes[1..]), None);
    }

    #[test]
    fn nothing_heard_has_no_direction() {
        let silent = AudioReading::new(
            MoodVector::UNKNOWN,
            [f32::NAN; StyleTag::COUNT],
            &[0.0; EMBEDDING_LEN],
        );
        assert_eq!(silent.embedding(), &[0; EMBEDDING_LEN]);
        assert_eq!(silent.tag(StyleTag::Vocal), 0.0);
    }
}
