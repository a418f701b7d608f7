//! The shipped photo model, on pictures that are drawn rather than taken.

use crate::support::program::project;
use maeum::inference::photo::{PhotoReader, decode};
use maeum::inference::text::FeelingReader;
use maeum::language::Language;
use maeum::mood::Mood;

#[test]
fn a_drawn_sunset_is_seen_as_one_and_feels_peaceful() {
    let models = project().join("models");
    let mut reader = PhotoReader::open(&models);
    assert!(reader.problem().is_none(), "{:?}", reader.problem());
    let sunset = decode(&project().join("tests/fixtures/photo/sunset.png")).unwrap();
    let reading = reader.read(&sunset.pixels, &mut FeelingReader::open(&models));
    let line = reading.why(Language::English);
    assert!(
        line.starts_with("open sky at sunset, warm colours"),
        "{line}"
    );
    assert_eq!(reading.mood.top(), Mood::Peaceful, "{line}");
    assert!(
        reading
            .why(Language::Korean)
            .starts_with("노을 지는 하늘, 따뜻한 색")
    );
    assert!(reading.ranks.is_some());
}

#[test]
fn every_tag_of_the_shipped_model_has_words() {
    let models = project().join("models");
    let sunset = decode(&project().join("tests/fixtures/photo/sunset.png")).unwrap();
    let mut reading =
        PhotoReader::open(&models).read(&sunset.pixels, &mut FeelingReader::open(&models));
    let tags = reading.scene.tags.len();
    assert!(tags >= 30);
    for (_, probability) in &mut reading.scene.tags {
        *probability = 1.0;
    }
    assert_eq!(reading.scene.tag_names(Language::Korean).len(), tags);
}
