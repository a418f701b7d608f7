//! What is said of albums, artists and folders.

use super::{count, strings, tracks_and_time};
use crate::language::Language;
use crate::library::{By, Group, GroupKey, GroupKind};

/// "12 albums".
#[must_use]
pub fn groups(language: Language, kind: GroupKind, number: usize) -> String {
    let shown = count(number);
    let (one, many, korean) = match kind {
        GroupKind::Albums => ("album", "albums", ("앨범", "장")),
        GroupKind::Artists => ("artist", "artists", ("아티스트", "명")),
        GroupKind::Folders => ("folder", "folders", ("폴더", "개")),
    };
    match language {
        Language::English => format!("{shown} {}", if number == 1 { one } else { many }),
        Language::Korean => format!("{} {shown}{}", korean.0, korean.1),
    }
}

/// What is said of a group in a line: "Nina · 1999 · 12 tracks · 48 min".
#[must_use]
pub fn group_facts(language: Language, group: &Group) -> String {
    let mut facts = Vec::new();
    match &group.key {
        GroupKey::Album { .. } => {
            facts.push(by(language, group));
            facts.extend(group.year.map(|year| year.to_string()));
            if group.discs > 1 {
                facts.push(match language {
                    Language::English => format!("{} discs", group.discs),
                    Language::Korean => format!("디스크 {}장", group.discs),
                });
            }
        }
        GroupKey::Artist(_) if group.albums > 0 => {
            facts.push(groups(language, GroupKind::Albums, group.albums));
        }
        GroupKey::Artist(_) | GroupKey::Folder(_) => {}
    }
    let (number, secs) = (group.tracks.len(), group.duration_secs);
    facts.push(tracks_and_time(language, number, secs));
    facts.join(" · ")
}

/// Whose album it is.
#[must_use]
pub fn by(language: Language, group: &Group) -> String {
    let text = strings(language);
    match &group.by {
        By::Artist(artist) => artist.clone(),
        By::Various => text.various_artists.to_owned(),
        By::Nobody => text.unknown_artist.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted_in_each_languages_way() {
        let said = |number| groups(Language::English, GroupKind::Albums, number);
        assert_eq!(
            (said(1), said(1_200)),
            ("1 album".into(), "1,200 albums".into())
        );
        assert_eq!(
            groups(Language::Korean, GroupKind::Artists, 3),
            "아티스트 3명"
        );
    }
}
