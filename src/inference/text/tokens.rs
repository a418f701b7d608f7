//! Texts as the numbers that the model reads.

use super::super::InferenceError;
use tokenizers::Tokenizer;

/// Most tokens the model takes at once, with those that mark the ends.
pub(super) const MOST_TOKENS: usize = 64;

/// Cuts texts into tokens as in training.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    start: i64,
    end: i64,
}

impl Tokens {
    pub(super) fn from_bytes(json: &[u8]) -> Result<Self, InferenceError> {
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(InferenceError::Tokenizer)?;
        // Long texts are cut here, where sentences end.
        tokenizer
            .with_truncation(None)
            .map_err(InferenceError::Tokenizer)?;
        tokenizer.with_padding(None);
        let mark = |token: &'static str| {
            let id = tokenizer.token_to_id(token).map(i64::from);
            id.ok_or_else(|| InferenceError::Tokenizer(format!("it has no {token}").into()))
        };
        Ok(Self {
            start: mark("[CLS]")?,
            end: mark("[SEP]")?,
            tokenizer,
        })
    }

    /// The tokens of a normal text, those that mark its ends included; of a longer text,
    /// the first [`MOST_TOKENS`].
    pub(super) fn of(&self, text: &str) -> Result<Vec<i64>, InferenceError> {
        let encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(InferenceError::Tokenizer)?;
        let ids = encoding.get_ids().iter().take(MOST_TOKENS - 2);
        let mut marked = vec![self.start];
        marked.extend(ids.map(|id| i64::from(*id)));
        marked.push(self.end);
        Ok(marked)
    }

    /// A normal text in pieces that the model can take: whole sentences where that is
    /// possible, else whole words, else what fits.
    pub(super) fn pieces<'a>(&self, text: &'a str) -> Result<Vec<&'a str>, InferenceError> {
        let encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(InferenceError::Tokenizer)?;
        let ends: Vec<usize> = encoding.get_offsets().iter().map(|(_, end)| *end).collect();
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut first = 0;
        while first < ends.len() {
            let last = (first + MOST_TOKENS - 2).min(ends.len());
            let full = ends[last - 1];
            let end = if last == ends.len() {
                text.len()
            } else {
                cut(text, start, full)
            };
            pieces.push(text[start..end].trim());
            start = end;
            // At least one token has gone, or this would never end.
            first = (first + 1).max(ends.partition_point(|token_end| *token_end <= end));
        }
        pieces.retain(|piece| !piece.is_empty());
        Ok(pieces)
    }
}

/// Where to cut `text[start..full]`: after its last sentence if that leaves at least a third
/// of it, else after its last word.
fn cut(text: &str, start: usize, full: usize) -> usize {
    // A token's end may lie inside a character that the tokenizer takes apart.
    let full = text.ceil_char_boundary(full);
    let window = &text[start..full];
    let sentence = window
        .char_indices()
        .rev()
        .find(|(_, character)| matches!(character, '.' | '!' | '?' | '…' | '。' | '！' | '？'))
        .map(|(at, character)| at + character.len_utf8())
        .filter(|end| 3 * end >= window.len());
    let word = || window.rfind(' ').filter(|at| *at > 0);
    start + sentence.or_else(word).unwrap_or(window.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_cut_after_a_sentence_or_a_word() {
        assert_eq!(cut("one two. three four", 0, 14), 8);
        assert_eq!(cut("one two three four", 0, 15), 13);
        assert_eq!(cut("oneword", 0, 4), 4);
        // A full stop near the beginning would leave next to nothing.
        assert_eq!(cut("a. bcdefghij klm no", 0, 18), 16);
        assert_eq!(cut("가나다", 0, 4), 6, "never inside a character");
    }
}
