//! Paths as addresses write them.

/// The bytes that a part of an address stands for. A `%` that begins no escape is one itself.
#[must_use]
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let Some(byte) = escape(rest) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    bytes
}

/// Whether every `%` begins an escape, as it must in an address by the book.
#[must_use]
pub fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).all(|at| bytes[at] != b'%' || escape(&bytes[at..]).is_some())
}

fn escape(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(*high)? * 16 + digit(*low)?) as u8)
}

/// The path of an address: on Windows the slash before `C:` is not the path's.
#[must_use]
pub fn path_of_address(path: &str) -> &str {
    let drive = path.starts_with('/') && path.get(2..3) == Some(":") && cfg!(windows);
    &path[usize::from(drive)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back_and_what_is_not_stays() {
        assert_eq!(unescaped("%EB%B9%84 %41%2f"), "비 A/".as_bytes());
        assert_eq!(unescaped("plain"), b"plain");
        assert_eq!(unescaped("100%"), b"100%");
        assert_eq!(unescaped("%zz%20%+f"), b"%zz %+f");
        assert!(is_escaped("%EB%B9%84 %41%2f") && is_escaped("plain"));
        assert!(!is_escaped("100%") && !is_escaped("%zz") && !is_escaped("%2"));
    }
}
