//! What can be heard in a track, as the audio model tells it: the tags that a listener would
//! name too.

use crate::language::Language;
use crate::library::{StyleTag, Track};

/// Named only when it is this likely.
const CLEAR: f32 = 0.7;
/// At most so many are named.
const MOST: usize = 2;

/// What is named, the most telling first.
const NAMES: [(StyleTag, &str, &str); 13] = [
    (StyleTag::Choir, "choir", "합창"),
    (StyleTag::Harp, "harp", "하프"),
    (StyleTag::Flute, "flute", "플루트"),
    (StyleTag::Violin, "violin", "바이올린"),
    (StyleTag::Piano, "piano", "피아노"),
    (StyleTag::AcousticGuitar, "acoustic guitar", "통기타"),
    (StyleTag::ElectricGuitar, "electric guitar", "전기 기타"),
    (StyleTag::Orchestral, "orchestra", "오케스트라"),
    (StyleTag::Strings, "strings", "현악"),
    (StyleTag::FemaleVocal, "a woman's voice", "여성 보컬"),
    (StyleTag::MaleVocal, "a man's voice", "남성 보컬"),
    (StyleTag::Guitar, "guitar", "기타"),
    (StyleTag::Synthesizer, "synthesizer", "신시사이저"),
];

/// The name a listener reads; `None` for tags that are not named.
pub(super) fn name(tag: StyleTag, language: Language) -> Option<&'static str> {
    let (_, english, korean) = NAMES.iter().find(|(named, ..)| *named == tag)?;
    Some(language.pick(english, korean))
}

/// What is clearly heard in a track, the most telling first.
pub(super) fn heard(track: &Track) -> Vec<StyleTag> {
    let Some(audio) = track.audio.as_deref() else {
        return Vec::new();
    };
    let named = NAMES.iter().map(|(tag, ..)| *tag);
    named.filter(|tag| audio.tag(*tag) >= CLEAR).collect()
}

/// What is heard in both; a kind of guitar says more than "guitar".
pub(super) fn common(own: &[StyleTag], other: &[StyleTag]) -> Vec<StyleTag> {
    let mut shared: Vec<StyleTag> = own
        .iter()
        .copied()
        .filter(|tag| other.contains(tag))
        .collect();
    let kinds = [StyleTag::AcousticGuitar, StyleTag::ElectricGuitar];
    if shared.iter().any(|tag| kinds.contains(tag)) {
        shared.retain(|tag| *tag != StyleTag::Guitar);
    }
    shared.truncate(MOST);
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_at_most_are_named_and_a_guitar_once() {
        use StyleTag::{AcousticGuitar, Guitar, Harp, Piano, Strings};
        assert_eq!(
            common(&[Harp, Piano, Strings], &[Strings, Piano, Harp]),
            [Harp, Piano]
        );
        assert_eq!(
            common(&[AcousticGuitar, Guitar], &[AcousticGuitar, Guitar]),
            [AcousticGuitar]
        );
        assert_eq!(common(&[AcousticGuitar, Guitar], &[Guitar]), [Guitar]);
        assert!(common(&[Harp], &[Piano]).is_empty());
    }
}
