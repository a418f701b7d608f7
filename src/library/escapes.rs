//! Percent escapes, as addresses have them.

/// The bytes that a part of an address stands for; `None` where an escape is no such.
#[must_use]
pub fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (high, low) = (digit(left.next()?)?, digit(left.next()?)?);
            (high * 16 + low) as u8
        } else {
            byte
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back_and_nonsense_is_none() {
        let rain = "%EB%B9%84 %41%2f".to_owned();
        assert_eq!(unescaped(&rain), Some("비 A/".into()));
        assert_eq!(unescaped("plain"), Some("plain".into()));
        assert_eq!(unescaped("100%"), None);
        assert_eq!(unescaped("%zz"), None);
    }
}
