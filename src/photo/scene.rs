//! What is to be seen on a photo, in words.

use super::phrases::{Phrase, Role, phrase};
use crate::language::Language;
use std::sync::Arc;

/// Tags less probable than this are not told.
const TOLD: f32 = 0.4;
/// Nobody is around when every tag of people is less probable than this.
const EMPTY: f32 = 0.15;
/// Faces that cover less of the picture than this may be none.
const FACES_SEEN: f32 = 0.004;
/// An expression that is less probable than this is not told.
const CLEAR_EXPRESSION: f32 = 0.6;
/// Of one kind so many tags are told at most.
const MOST_THINGS: usize = 2;

/// What a photo shows, as the photo model sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Every tag the model knows with its probability, 0…1, most probable first.
    pub tags: Vec<(Arc<str>, f32)>,
    /// The faces.
    pub faces: Faces,
}

/// The faces of a photo.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Faces {
    /// Share of the picture that they cover, 0…1.
    pub share: f32,
    /// Height of the largest, as a share of the picture's height, 0…1.
    pub largest: f32,
    /// Of the largest, the probability of each [`Expression`]; adds up to 1. Means something
    /// only when the face is large enough.
    pub expression: [f32; Expression::COUNT],
}

/// What a face says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression {
    /// Nothing in particular.
    Neutral,
    /// A smile.
    Happy,
    /// Sadness.
    Sad,
    /// Anger.
    Angry,
    /// Fear.
    Fearful,
    /// Disgust.
    Disgusted,
    /// Surprise.
    Surprised,
}

impl Expression {
    /// How many there are.
    pub const COUNT: usize = 7;

    /// All, in the order of the model.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Neutral,
        Self::Happy,
        Self::Sad,
        Self::Angry,
        Self::Fearful,
        Self::Disgusted,
        Self::Surprised,
    ];

    /// A face that says this.
    #[must_use]
    pub const fn face(self, language: Language) -> &'static str {
        let (english, korean) = match self {
            Self::Neutral => ("a calm face", "차분한 얼굴"),
            Self::Happy => ("a smiling face", "웃는 얼굴"),
            Self::Sad => ("a sad face", "슬픈 얼굴"),
            Self::Angry => ("an angry face", "화난 얼굴"),
            Self::Fearful => ("a frightened face", "겁먹은 얼굴"),
            Self::Disgusted => ("a disgusted face", "찡그린 얼굴"),
            Self::Surprised => ("a surprised face", "놀란 얼굴"),
        };
        match language {
            Language::English => english,
            Language::Korean => korean,
        }
    }
}

impl Faces {
    /// What the largest face says, if it says it clearly.
    #[must_use]
    pub fn expression(&self) -> Option<Expression> {
        let probable = Expression::ALL.into_iter().zip(self.expression);
        let (best, probability) = probable.max_by(|a, b| a.1.total_cmp(&b.1))?;
        (probability >= CLEAR_EXPRESSION).then_some(best)
    }
}

impl Scene {
    /// The tags that are told, most probable first.
    pub fn told(&self) -> impl Iterator<Item = (&str, f32)> {
        let tags = self
            .tags
            .iter()
            .map(|(key, probability)| (&**key, *probability));
        tags.filter(|(_, probability)| *probability >= TOLD)
    }

    /// The tags that are told, as they are called, most probable first.
    #[must_use]
    pub fn tag_names(&self, language: Language) -> Vec<(&'static str, f32)> {
        self.told()
            .filter_map(|(key, probability)| {
                let phrase = phrase(key)?;
                Some((language.pick(phrase.english, phrase.korean), probability))
            })
            .collect()
    }

    /// Whether certainly nobody is on the photo.
    #[must_use]
    pub fn is_empty_of_people(&self) -> bool {
        let people = self
            .tags
            .iter()
            .filter(|(key, _)| phrase(key).is_some_and(|p| p.role == Role::People));
        !self.tags.is_empty()
            && self.faces.share < FACES_SEEN
            && people
                .map(|(_, probability)| *probability)
                .fold(0.0, f32::max)
                < EMPTY
    }

    /// What is to be seen, in parts of a line: the place with its light and weather first,
    /// then who and what is there. Empty when nothing is sure.
    #[must_use]
    pub fn parts(&self, language: Language) -> Vec<String> {
        let of = |role: Role| -> Vec<&'static Phrase> {
            let told = self.told().filter_map(|(key, _)| phrase(key));
            told.filter(|phrase| phrase.role == role)
                .take(MOST_THINGS)
                .collect()
        };
        let (mut places, air, mut people, mut things) = (
            of(Role::Place),
            of(Role::Air),
            of(Role::People),
            of(Role::Thing),
        );
        // A sky is a place only where there is no other; people and an animal are told only
        // where nothing is known of who and which.
        if places.len() > 1 {
            places.retain(|place| place.key != "sky");
        }
        if people.len() > 1 {
            people.retain(|people| people.key != "people");
        }
        if things.len() > 1 {
            things.retain(|thing| thing.key != "animal");
        }
        let said = |phrase: &&'static Phrase| match language {
            Language::English => phrase.english.to_owned(),
            Language::Korean => phrase.korean.to_owned(),
        };
        let mut parts = Vec::new();
        if let Some(place) = places.first() {
            parts.push(bent(place, &air, language));
            parts.extend(places.iter().skip(1).map(said));
        } else {
            parts.extend(air.iter().map(said));
        }
        parts.extend(people.iter().map(said));
        parts.extend(things.iter().map(said));
        parts
    }

    /// One English sentence for a reader of words; `None` when nothing is sure. `face` is what
    /// a large face says.
    #[must_use]
    pub fn sentence(&self, face: Option<Expression>) -> Option<String> {
        let mut parts = self.parts(Language::English);
        parts.extend(face.map(|expression| expression.face(Language::English).to_owned()));
        if parts.is_empty() {
            return None;
        }
        if self.is_empty_of_people() {
            parts.push("nobody around".to_owned());
        }
        let mut sentence = parts.join(", ");
        sentence.push('.');
        let first = sentence.remove(0).to_uppercase();
        Some(first.to_string() + &sentence)
    }
}

/// A place with its light and weather.
fn bent(place: &Phrase, air: &[&Phrase], language: Language) -> String {
    match language {
        Language::English => {
            let bends = air.iter().map(|air| air.english_bend);
            std::iter::once(place.english)
                .chain(bends)
                .collect::<Vec<_>>()
                .join(" ")
        }
        Language::Korean => {
            // 밤의 stands next to its noun: 비 내리는 밤의 거리.
            let mut bends: Vec<&str> = air.iter().map(|air| air.korean_bend).collect();
            bends.sort_by_key(|bend| bend.ends_with('의'));
            bends.push(place.korean);
            bends.join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(tags: &[(&str, f32)]) -> Scene {
        Scene {
            tags: tags.iter().map(|(key, p)| (Arc::from(*key), *p)).collect(),
            faces: Faces::default(),
        }
    }

    fn line(scene: &Scene, language: Language) -> String {
        scene.parts(language).join(", ")
    }

    #[test]
    fn a_place_is_told_with_its_light_and_weather() {
        let sea = scene(&[("sea", 0.9), ("sunset", 0.8), ("sky", 0.7), ("people", 0.1)]);
        assert_eq!(line(&sea, Language::English), "sea at sunset");
        assert_eq!(line(&sea, Language::Korean), "노을 지는 바다");
        assert_eq!(sea.sentence(None).unwrap(), "Sea at sunset, nobody around.");
        let street = scene(&[
            ("street", 0.9),
            ("night", 0.8),
            ("rain", 0.7),
            ("couple", 0.6),
        ]);
        assert_eq!(
            line(&street, Language::English),
            "street at night in the rain, a couple"
        );
        assert_eq!(
            line(&street, Language::Korean),
            "비 내리는 밤의 거리, 두 사람"
        );
    }

    #[test]
    fn without_a_place_the_rest_is_told() {
        let snow = scene(&[("snow", 0.9), ("dog", 0.8)]);
        assert_eq!(line(&snow, Language::English), "snow, a dog");
        assert_eq!(line(&snow, Language::Korean), "눈, 개");
    }

    #[test]
    fn what_is_unsure_is_not_told() {
        let unsure = scene(&[("sea", 0.3), ("people", 0.3)]);
        assert!(unsure.parts(Language::English).is_empty());
        assert_eq!(unsure.sentence(None), None);
        assert!(!unsure.is_empty_of_people());
        assert!(!Scene::default().is_empty_of_people(), "nobody has looked");
    }

    #[test]
    fn a_face_says_something_only_when_it_says_it_clearly() {
        let mut faces = Faces {
            share: 0.2,
            largest: 0.4,
            expression: [0.1, 0.8, 0.1, 0.0, 0.0, 0.0, 0.0],
        };
        assert_eq!(faces.expression(), Some(Expression::Happy));
        faces.expression = [0.3, 0.3, 0.2, 0.1, 0.1, 0.0, 0.0];
        assert_eq!(faces.expression(), None);
        let smile = scene(&[]).sentence(Some(Expression::Happy));
        assert_eq!(smile.unwrap(), "A smiling face.");
    }
}
