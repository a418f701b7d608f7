//! What the photo model's tags are called in a sentence.

/// What a tag does in a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Where it is: the head of the description.
    Place,
    /// A light, an hour or a weather that bends the place.
    Air,
    /// Who is there.
    People,
    /// What else there is.
    Thing,
}

/// How one tag is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub key: &'static str,
    pub role: Role,
    /// Standing alone.
    pub english: &'static str,
    /// Standing alone.
    pub korean: &'static str,
    /// After a place ("sea *at sunset*"); of air only.
    pub english_bend: &'static str,
    /// Before a place ("*노을 지는* 바다"); of air only.
    pub korean_bend: &'static str,
}

const fn plain(
    key: &'static str,
    role: Role,
    english: &'static str,
    korean: &'static str,
) -> Phrase {
    Phrase {
        key,
        role,
        english,
        korean,
        english_bend: "",
        korean_bend: "",
    }
}

const fn place(key: &'static str, english: &'static str, korean: &'static str) -> Phrase {
    plain(key, Role::Place, english, korean)
}

const fn people(key: &'static str, english: &'static str, korean: &'static str) -> Phrase {
    plain(key, Role::People, english, korean)
}

const fn thing(key: &'static str, english: &'static str, korean: &'static str) -> Phrase {
    plain(key, Role::Thing, english, korean)
}

const fn air(
    key: &'static str,
    (english, english_bend): (&'static str, &'static str),
    (korean, korean_bend): (&'static str, &'static str),
) -> Phrase {
    Phrase {
        key,
        role: Role::Air,
        english,
        korean,
        english_bend,
        korean_bend,
    }
}

/// The tags of the model.
const PHRASES: &[Phrase] = &[
    place("sea", "sea", "바다"),
    place("beach", "beach", "해변"),
    place("lake", "lake", "호수"),
    place("river", "river", "강"),
    place("sky", "open sky", "하늘"),
    place("forest", "forest", "숲"),
    place("mountain", "mountains", "산"),
    place("field", "field", "들판"),
    place("desert", "desert", "사막"),
    place("garden", "garden", "정원"),
    place("city", "city", "도시"),
    place("street", "street", "거리"),
    place("road", "road", "길"),
    place("building", "building", "건물"),
    place("bridge", "bridge", "다리"),
    place("church", "church", "성당"),
    place("ruin", "ruins", "폐허"),
    place("room", "room", "방"),
    place("stage", "concert stage", "공연 무대"),
    air("sunset", ("sunset", "at sunset"), ("노을", "노을 지는")),
    air("night", ("night", "at night"), ("밤", "밤의")),
    air("cloud", ("clouds", "under clouds"), ("구름", "구름 낀")),
    air("rain", ("rain", "in the rain"), ("비", "비 내리는")),
    air("snow", ("snow", "in the snow"), ("눈", "눈 덮인")),
    air("fog", ("fog", "in the fog"), ("안개", "안개 낀")),
    air("storm", ("storm", "in a storm"), ("폭풍", "폭풍 치는")),
    air("autumn", ("autumn", "in autumn"), ("가을", "가을")),
    people("people", "people", "사람들"),
    people("couple", "a couple", "두 사람"),
    people("wedding", "a wedding", "결혼식"),
    people("child", "a child", "아이"),
    people("baby", "a baby", "아기"),
    people("crowd", "a crowd", "많은 사람들"),
    people("portrait", "a face close up", "가까이 담은 얼굴"),
    people("party", "a party", "파티"),
    people("sport", "people at sport", "운동하는 사람들"),
    people("fight", "a fight", "싸움"),
    thing("flower", "flowers", "꽃"),
    thing("fire", "fire", "불"),
    thing("smoke", "smoke", "연기"),
    thing("food", "food", "음식"),
    thing("drink", "drinks", "마실 것"),
    thing("animal", "an animal", "동물"),
    thing("dog", "a dog", "개"),
    thing("cat", "a cat", "고양이"),
    thing("bird", "a bird", "새"),
    thing("insect", "an insect", "벌레"),
    thing("snake", "a snake", "뱀"),
    thing("bed", "a bed", "침대"),
    thing("book", "books", "책"),
    thing("instrument", "a musical instrument", "악기"),
    thing("vehicle", "a vehicle", "탈것"),
    thing("boat", "a boat", "배"),
    thing("airplane", "an aeroplane", "비행기"),
    thing("weapon", "a weapon", "무기"),
    thing("accident", "an accident", "사고"),
    thing("blood", "blood", "피"),
    thing("war", "war", "전쟁"),
    thing("garbage", "rubbish", "쓰레기"),
    thing("statue", "a statue", "조각상"),
];

/// How a tag of this key is said; `None` for one that has no words yet.
pub(super) fn phrase(key: &str) -> Option<&'static Phrase> {
    PHRASES.iter().find(|phrase| phrase.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_said_in_both_languages_and_once() {
        for (at, phrase) in PHRASES.iter().enumerate() {
            assert!(
                !phrase.english.is_empty() && !phrase.korean.is_empty(),
                "{}",
                phrase.key
            );
            let bends = !phrase.english_bend.is_empty() && !phrase.korean_bend.is_empty();
            assert_eq!(bends, phrase.role == Role::Air, "{}", phrase.key);
            assert!(
                PHRASES[..at].iter().all(|other| other.key != phrase.key),
                "{}",
                phrase.key
            );
        }
    }
}
