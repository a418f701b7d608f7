"""What is done to a text before the tokenizer sees it. Mirrored in src/inference/text/normalise.rs;
tests/fixtures/words/normalise.tsv holds both to the same answers."""

import re
import unicodedata

LONGEST_RUN = 3
# Variation selectors and joiners say how to draw a character, skin tones whose hand it is.
_DRAWN = re.compile("[\ufe0e\ufe0f\u200b-\u200f\u2060\ufeff\U0001f3fb-\U0001f3ff]")
_RUN = re.compile(r"(.)\1{%d,}" % LONGEST_RUN, re.S)


def normalise(text: str) -> str:
    """NFC, nothing invisible, no character more than three times in a row, single spaces."""
    text = _DRAWN.sub("", unicodedata.normalize("NFC", text))
    text = "".join(" " if c.isspace() or unicodedata.category(c) == "Cc" else c for c in text)
    text = " ".join(text.split())
    return _RUN.sub(lambda run: run.group(1) * LONGEST_RUN, text)
