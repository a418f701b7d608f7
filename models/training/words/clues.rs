//! Prints the clues of each line of standard input, so that the norms are fitted on exactly
//! what the reader will look up: `factor:key|key` separated by tabs, one line for each line.

use std::io::{BufRead as _, Write as _};
use unicode_normalization::UnicodeNormalization as _;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let text: String = line?.nfc().collect();
        let clues: Vec<String> = maeum::words::clues(&text)
            .into_iter()
            .map(|clue| format!("{}:{}", clue.factor, clue.keys.join("|")))
            .collect();
        writeln!(out, "{}", clues.join("\t"))?;
    }
    out.flush()
}
