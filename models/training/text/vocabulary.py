"""The tokenizer: the English pieces of all-MiniLM-L6-v2 that are in use, and Korean pieces and
emoji of our own, each with a vector to start from."""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

LENGTH = 64
# BERT's pieces come roughly in order of frequency: so many are kept whether seen here or not.
KEPT_ENGLISH = 11_000
KOREAN_PIECES = 12_500
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
HANGUL = re.compile("[가-힣ㄱ-ㆎ]")
EMOJI = "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff]"
COMMON_EMOJI = (
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙😚🙂🤗🤩🤔🤨😐😑😶🙄😏😣😥😮🤐😯😪😫🥱😴😌😛😜😝🤤😒😓😔😕🙃🤑😲"
    "☹🙁😖😞😟😤😢😭😦😧😨😩🤯😬😰😱🥵🥶😳🤪😵😡😠🤬😷🤒🤕🤢🤮🤧😇🥳🥺🤠🤡🤥🤫🤭🧐🤓😈👿💀☠👻👽🤖💩"
    "😺😸😹😻😼😽🙀😿😾❤🧡💛💚💙💜🖤🤍🤎💔❣💕💞💓💗💖💘💝💟💋💌💐🌹🌷🌸🌺🌻🌼🌱🌿🍀🍁🍂🍃🌈☀🌤⛅☁🌧⛈🌩⚡❄☃⛄"
    "🔥💧🌊🌙🌛🌜⭐🌟✨💫☄🌌🌃🌆🌇🌅🌄🏖🏝🏔⛰🏕🏡🏠🚗🚙🚕🚌🚆✈🚀🚢⛵🚲🏍🎉🎊🎈🎂🎁🎄🎃🎆🎇🏆🥇⚽🏀⚾🎾🏐🎮🎲🎯🎤🎧🎵🎶🎼"
    "🎸🎹🎺🎻🥁🎷🎬🎨📷📱💻📚📖✏📝☕🍵🍺🍻🍷🥂🍸🍕🍔🍟🍜🍚🍣🍰🍫🍦🍎🍓🍉🐶🐱🐭🐰🦊🐻🐼🐯🦁🐮🐷🐸🐵🐔🐧🐦🦋🐝🐢🐳🐬🐟"
    "👍👎👊✊🤞✌🤟🤘👌👋🤝👏🙌🙏💪🖕👀👄🧠👶👧👦👩👨👵👴👫👭👬👪💃🕺🚶🏃🧘🛌🛁💤💢💥💦💨🕯⏰⌛🔔🔕🚨🛑⚠❌✅❓❗💯🆘♥♡★☆♪♫→←↑↓"
)


def pieces() -> Tokenizer:
    """A tokenizer without a vocabulary: how text is cut before words become pieces."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    # Accents stay: stripping them would take Hangul syllables apart.
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=True
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex("[ㄱ-ㆎ]+"), "isolated"),
        pre_tokenizers.Split(Regex(EMOJI), "isolated"),
        pre_tokenizers.BertPreTokenizer(),
    ])
    return tokenizer


def build(original: Path, english: list[str], korean: list[str], folder: Path) -> tuple[Tokenizer, list[int]]:
    """Writes tokenizer.json. Returns the tokenizer and, for its first pieces, which rows of the
    original's embeddings they are."""
    old = Tokenizer.from_file(str(original))
    old.no_truncation()
    old.no_padding()
    old_ids = old.get_vocab()
    seen = Counter()
    for encoding in old.encode_batch(english, add_special_tokens=False):
        seen.update(encoding.ids)
    plain = re.compile(r"^(##)?[\x21-\x7e‘’“”…–—]+$")
    kept = [
        token
        for token, index in sorted(old_ids.items(), key=lambda item: item[1])
        if plain.match(token) and not token.startswith("[unused") and token not in old_special
        and (index < KEPT_ENGLISH or seen[index] >= 2 or len(token.removeprefix("##")) == 1)
    ]
    trainer_side = pieces()
    hangul_words = Counter()
    for text in korean:
        normal = trainer_side.normalizer.normalize_str(text)
        for word, _ in trainer_side.pre_tokenizer.pre_tokenize_str(normal):
            if HANGUL.search(word):
                hangul_words["".join(c for c in word if HANGUL.match(c))] += 1
    trainer = trainers.WordPieceTrainer(vocab_size=KOREAN_PIECES, min_frequency=3, limit_alphabet=2_000, show_progress=False)
    side = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    side.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    side.train_from_iterator((" ".join([word] * count) for word, count in hangul_words.items()), trainer)
    own = sorted(side.get_vocab(), key=side.get_vocab().get)
    emoji = Counter(c for text in english + korean for c in text if re.match(EMOJI, c))
    emoji = list(dict.fromkeys([*COMMON_EMOJI, *(c for c, count in emoji.most_common() if count >= 3)]))
    vocabulary = SPECIAL + kept
    rows = [old_ids[token] for token in vocabulary]
    vocabulary = list(dict.fromkeys(vocabulary + own + emoji))
    tokenizer = pieces()
    tokenizer.model = models.WordPiece({token: i for i, token in enumerate(vocabulary)}, unk_token="[UNK]", max_input_chars_per_word=40)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.enable_truncation(LENGTH)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    return tokenizer, rows


old_special = set(SPECIAL) | {"[MASK]"}


def first_vectors(tokenizer: Tokenizer, english: np.ndarray, pairs: list[tuple[str, str]], rounds=5, seed=3) -> np.ndarray:
    """Vectors for the pieces that have none: the mean of the English pieces that each is found
    beside in parallel sentences, by the translation probabilities of IBM Model 1 (Brown et al.
    1993). A piece that is never seen there starts near the mean of all."""
    chance = np.random.default_rng(seed)
    known, total = len(english), tokenizer.get_vocab_size()
    codes = []
    for (en, ko) in zip(
        tokenizer.encode_batch([pair[0] for pair in pairs], add_special_tokens=False),
        tokenizer.encode_batch([pair[1] for pair in pairs], add_special_tokens=False),
    ):
        source = np.unique(ko.ids)
        target = np.array([*np.unique(en.ids), 1])  # [UNK] stands for "from nothing"
        codes.append((source, target))
    k = np.concatenate([np.repeat(source, len(target)) for source, target in codes])
    e = np.concatenate([np.tile(target, len(source)) for source, target in codes])
    # One group per (sentence, English piece): each English piece explains itself once.
    lengths = [(len(source), len(target)) for source, target in codes]
    starts = np.cumsum([0] + [target for _, target in lengths[:-1]])
    group = np.concatenate([np.tile(np.arange(t) + start, s) for (s, t), start in zip(lengths, starts)])
    unique, link = np.unique(k.astype(np.int64) * total + e, return_inverse=True)
    of_k, of_e = unique // total, unique % total
    share = np.full(len(unique), 1.0)
    for _ in range(rounds):
        # t(e | k): how likely the Korean piece is to bring forth the English one.
        share /= np.bincount(of_k, share, total)[of_k] + 1e-12
        part = share[link]
        part /= np.bincount(group, part)[group] + 1e-12
        share = np.bincount(link, part, len(unique))
    spread = english[4:].std(0)
    vectors = english[4:].mean(0) + 0.3 * spread * chance.standard_normal((total, english.shape[1]))
    usable = (of_e >= 4) & (of_e < known) & (of_k >= known)
    weight = np.bincount(of_k[usable], share[usable] ** 2, total)
    order = np.argsort(of_k[usable], kind="stable")
    rows, columns, parts = of_k[usable][order], of_e[usable][order], (share[usable] ** 2)[order]
    edges = np.flatnonzero(np.diff(rows, prepend=-1))
    sums = np.add.reduceat(english[columns] * parts[:, None], edges, axis=0)
    found = rows[edges]
    vectors[found] = sums / weight[found][:, None]
    vectors[:known] = english
    return vectors.astype(np.float32)


if __name__ == "__main__":
    import sys

    tokenizer = Tokenizer.from_file(sys.argv[1])
    print(tokenizer.get_vocab_size(), json.dumps([tokenizer.encode(line).tokens for line in sys.argv[2:]], ensure_ascii=False))
