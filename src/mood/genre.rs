//! What a genre's name lets one expect.

use super::MoodVector;

/// Names of genres with the valence and arousal of what is usual in them, by our own
/// judgement: coarse, and only of genres whose music mostly agrees. Rock, indie, classical or
/// film music can feel like anything and are not here. A name that stands inside a longer one
/// ("metal" in "doom metal") comes after it.
const GENRES: &[(&[&str], f32, f32)] = &[
    (&["dark ambient", "drone", "다크 앰비언트"], -0.45, -0.4),
    (&["doom metal", "gothic", "doom"], -0.45, 0.2),
    (&["metal", "metalcore", "deathcore", "메탈"], -0.35, 0.7),
    (
        &["hardcore", "grindcore", "screamo", "하드코어"],
        -0.35,
        0.75,
    ),
    (&["industrial", "noise"], -0.35, 0.5),
    (&["punk", "펑크록"], -0.1, 0.7),
    (&["grunge", "emo"], -0.35, 0.4),
    (&["blues", "블루스"], -0.15, -0.1),
    (&["ballad", "ballads", "발라드"], -0.1, -0.35),
    (&["requiem", "funeral", "장송곡"], -0.55, -0.3),
    (&["trap", "drill"], -0.15, 0.4),
    (&["horror"], -0.55, 0.3),
    (&["ambient", "meditation", "앰비언트", "명상"], 0.25, -0.65),
    (&["new age", "뉴에이지", "healing", "힐링"], 0.35, -0.6),
    (&["lullaby", "lullabies", "자장가"], 0.45, -0.7),
    (&["lo fi", "lofi", "로파이"], 0.2, -0.5),
    (
        &[
            "chillout",
            "chill",
            "lounge",
            "downtempo",
            "칠아웃",
            "라운지",
        ],
        0.35,
        -0.45,
    ),
    (&["easy listening", "이지 리스닝"], 0.4, -0.4),
    (&["bossa nova", "보사노바"], 0.5, -0.25),
    (&["folk", "acoustic", "포크", "어쿠스틱"], 0.15, -0.25),
    (&["smooth jazz", "cool jazz"], 0.3, -0.3),
    (&["gospel", "가스펠", "ccm"], 0.5, 0.15),
    (&["reggae", "레게"], 0.5, 0.1),
    (&["ska", "polka", "surf", "스카"], 0.55, 0.55),
    (&["swing", "스윙", "rockabilly", "rock n roll"], 0.5, 0.45),
    (&["disco", "funk", "디스코"], 0.6, 0.55),
    (
        &["salsa", "samba", "mambo", "latin", "라틴", "삼바"],
        0.55,
        0.5,
    ),
    (
        &["dance", "house", "edm", "eurodance", "trance", "댄스"],
        0.4,
        0.65,
    ),
    (
        &["techno", "drum and bass", "drum n bass", "dnb", "테크노"],
        0.1,
        0.7,
    ),
    (&["k pop", "kpop", "케이팝"], 0.35, 0.45),
    (&["children s music", "children", "kids", "동요"], 0.6, 0.3),
    (&["christmas", "carol", "carols", "캐럴", "캐롤"], 0.55, 0.1),
    (&["trot", "트로트"], 0.2, 0.2),
    (&["march", "행진곡"], 0.3, 0.55),
];

/// How sure a genre makes: files are labelled by many hands.
const CONFIDENCE: f32 = 0.3;

/// The mood that the genre of a tag suggests, a weak prior; `None` when its name says
/// nothing. Of several genres in one tag the mean.
#[must_use]
pub fn genre_mood(tag: &str) -> Option<MoodVector> {
    // Words with one space around each, so that a name is only found whole.
    let mut rest = String::from(" ");
    for word in tag
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        rest.push_str(word);
        rest.push(' ');
    }
    let (mut valence, mut arousal, mut found) = (0.0, 0.0, 0.0);
    for (names, at_valence, at_arousal) in GENRES {
        for name in *names {
            if take_out(&mut rest, name) {
                valence += at_valence;
                arousal += at_arousal;
                found += 1.0;
            }
        }
    }
    (found > 0.0).then(|| MoodVector::from_point(valence / found, arousal / found, CONFIDENCE))
}

/// Takes all places where a name stands whole out of the words; whether there was any.
fn take_out(words: &mut String, name: &str) -> bool {
    let mut from = 0;
    let mut found = false;
    while let Some(at) = words[from..].find(name).map(|at| from + at) {
        let end = at + name.len();
        if words[..at].ends_with(' ') && words[end..].starts_with(' ') {
            words.replace_range(at..=end, "");
            (from, found) = (at, true);
        } else {
            from = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genre_is_found_whole_in_both_languages() {
        for tag in ["Black Metal", "메탈", "metal; rock", "METAL/Industrial"] {
            let mood = genre_mood(tag).expect(tag);
            assert!(mood.valence < 0.0 && mood.arousal > 0.4, "{tag}: {mood:?}");
        }
        for tag in ["Ambient", "뉴에이지", "Lo-Fi", "자장가"] {
            let mood = genre_mood(tag).expect(tag);
            assert!(mood.valence > 0.0 && mood.arousal < -0.4, "{tag}: {mood:?}");
        }
        for tag in ["", "Rock", "Housewives", "Trapani", "???", "클래식"] {
            assert_eq!(genre_mood(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_longer_name_speaks_and_several_genres_meet_in_the_middle() {
        let dark = genre_mood("Dark Ambient").expect("known");
        assert!(dark.valence < 0.0, "not as ambient");
        let both = genre_mood("Disco, Blues").expect("known");
        let (disco, blues) = (genre_mood("Disco"), genre_mood("Blues"));
        let middle = f32::midpoint(disco.expect("known").valence, blues.expect("known").valence);
        assert!((both.valence - middle).abs() < 1e-6);
    }

    #[test]
    fn longer_names_come_before_those_inside_them() {
        let names: Vec<&str> = GENRES
            .iter()
            .flat_map(|(names, ..)| *names)
            .copied()
            .collect();
        for (place, name) in names.iter().enumerate() {
            for later in &names[place + 1..] {
                let inside = format!(" {later} ").contains(&format!(" {name} "));
                assert!(!inside || name == later, "{name} hides {later}");
                assert_ne!(name, later, "twice");
            }
        }
    }
}
