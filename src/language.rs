//! The two languages Maeum speaks. A leaf: imports nothing of ours.

use serde::{Deserialize, Serialize};

/// A language of the interface and of the reasons shown beside a playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 한국어.
    Korean,
}

impl Language {
    /// The language a POSIX locale name (`ko_KR.UTF-8`) asks for; English when it is neither.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        if locale.starts_with("ko") {
            Self::Korean
        } else {
            Self::English
        }
    }

    /// The language of this process's environment (`LC_ALL`, `LC_MESSAGES`, `LANG`, in POSIX's
    /// order); without one, that of the desktop, where it has its own way of saying that.
    #[must_use]
    pub fn of_system() -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .or_else(of_desktop)
            .map_or(Self::English, |locale| Self::from_locale(&locale))
    }

    /// `english` or `korean`, whichever this language is: for texts short enough to stand in place.
    #[must_use]
    pub const fn pick<T: Copy>(self, english: T, korean: T) -> T {
        match self {
            Self::English => english,
            Self::Korean => korean,
        }
    }
}

#[cfg(any(windows, target_os = "macos"))]
fn of_desktop() -> Option<String> {
    sys_locale::get_locale()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn of_desktop() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_korean_locale_asks_for_korean_and_anything_else_for_english() {
        assert_eq!(Language::from_locale("ko_KR.UTF-8"), Language::Korean);
        assert_eq!(Language::from_locale("de_DE.UTF-8"), Language::English);
        assert_eq!(Language::from_locale("C"), Language::English);
    }
}
