"""The networks that the student learns tags from, as torch modules that read the published
weights. Only learned from: none of them is shipped."""

from pathlib import Path

import h5py
import numpy as np
import torch
from torch import nn
from torch.nn import functional

RATE = 16_000
# musicnn's patches: 187 frames of 256 samples, 3 seconds.
PATCH_SAMPLES = 187 * 256
MSD = "rock,pop,alternative,indie,electronic,female vocalists,dance,00s,alternative rock,jazz,beautiful,metal,chillout,male vocalists,classic rock,soul,indie rock,mellow,electronica,80s,folk,90s,chill,instrumental,punk,oldies,blues,hard rock,ambient,acoustic,experimental,female vocalist,guitar,hip-hop,70s,party,country,easy listening,sexy,catchy,funk,electro,heavy metal,progressive rock,60s,rnb,indie pop,sad,house,happy".split(",")
MTT = "guitar,classical,slow,techno,strings,drums,electronic,rock,fast,piano,ambient,beat,violin,vocal,synth,female,indian,opera,male,singing,vocals,no vocals,harpsichord,loud,quiet,flute,woman,male vocal,no vocal,pop,soft,sitar,solo,man,classic,choir,voice,new age,dance,male voice,female vocal,beats,harp,cello,no voice,weird,country,metal,female voice,choral".split(",")
# The order in which the network was trained: by category and name.
JAMENDO = [
    *"alternative,ambient,atmospheric,chillout,classical,dance,downtempo,easylistening,electronic,experimental,folk,funk,hiphop,house,indie,instrumentalpop,jazz,lounge,metal,newage,orchestral,pop,popfolk,poprock,reggae,rock,soundtrack,techno,trance,triphop,world".split(","),
    *"acousticguitar,bass,computer,drummachine,drums,electricguitar,electricpiano,guitar,keyboard,piano,strings,synthesizer,violin,voice".split(","),
    *"emotional,energetic,film,happy,relaxing".split(","),
]


def triangles(rate: int, bands: int, fft=512) -> torch.Tensor:
    """Slaney's filters of equal area, [bins, bands]."""
    step = np.log(6.4) / 27
    to_mel = lambda hz: hz / (200 / 3) if hz < 1000 else 15 + np.log(hz / 1000) / step
    mels = np.linspace(0, to_mel(rate / 2), bands + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(step * (mels - 15)))
    bins = np.linspace(0, rate / 2, fft // 2 + 1)[:, None]
    low, centre, high = edges[:-2], edges[1:-1], edges[2:]
    slopes = np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre))
    return torch.tensor(np.maximum(slopes, 0) * 2 / (high - low), dtype=torch.float)


def powers(samples: torch.Tensor) -> torch.Tensor:
    """|STFT|² of [batch, samples]: [batch, frames, bins]."""
    return torch.stft(samples, 512, 256, window=torch.hann_window(512), return_complex=True).abs().square().transpose(1, 2)


class Musicnn(nn.Module):
    """Pons & Serra 2019, on the Million Song Dataset or MagnaTagATune. Samples at 16 kHz [batch,
    PATCH_SAMPLES] → tags and the 200 numbers before them."""

    def __init__(self, path: Path):
        super().__init__()
        self.mel = triangles(RATE, 96)
        with h5py.File(path) as file:
            self.weights = {}
            file["model_weights"].visititems(lambda name, item: self._keep(name, item))

    def _keep(self, name, item):
        if isinstance(item, h5py.Dataset):
            layer, weight = name.split("/")[0], name.split("/")[-1].split(":")[0].removesuffix("_1")
            self.weights[layer, weight] = torch.from_numpy(item[()])

    def normal(self, x, layer):
        w = lambda name: self.weights[layer, name]
        # Channels are the second axis here.
        shape = (1, -1) + (1,) * (x.dim() - 2)
        scale = w("gamma") / torch.sqrt(w("moving_variance") + 1e-3)
        return (x - w("moving_mean").view(shape)) * scale.view(shape) + w("beta").view(shape)

    def strongest(self, x, layer, norm):
        """[batch, 1, time, frequency] → [batch, filters, time]: convolved, rectified, normalised, and the
        largest over frequency. That comes first here, for both ends: the rest is monotonic."""
        found = functional.conv2d(x, self.weights[layer, "kernel"].permute(3, 2, 0, 1))
        rising = (self.weights[norm, "gamma"] > 0)[:, None]
        ends = torch.where(rising, found.amax(3), found.amin(3)) + self.weights[layer, "bias"][:, None]
        return self.normal(functional.relu(ends), norm)

    def dense(self, x, layer):
        return x @ self.weights[layer, "kernel"] + self.weights[layer, "bias"]

    def forward(self, samples):
        mel = torch.log10(1 + 10000 * (powers(samples)[:, :187] @ self.mel))
        x = self.normal(mel[:, None], "batch_normalization")
        # Timbre: filters wide in frequency; rhythm: filters long in time.
        front = []
        for number, layer in enumerate(["conv2d", "conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4"], 1):
            length = self.weights[layer, "kernel"].shape[0]
            padded = functional.pad(x, (0, 0, (length - 1) // 2, length // 2))
            front.append(self.strongest(padded, layer, f"batch_normalization_{number}"))
        front = torch.cat(front, 1)
        layers, last = [front], None
        for number in (1, 2, 3):
            into = front if last is None else last
            kernel = self.weights[f"midend_conv{number}", "kernel"].squeeze(2).permute(2, 1, 0)
            found = functional.relu(functional.conv1d(into, kernel, self.weights[f"midend_conv{number}", "bias"], padding=3))
            found = self.normal(found, f"bn_midend_conv{number}")
            last = found if last is None else last + found
            layers.append(last)
        every = torch.cat(layers, 1)
        # Largest and mean of each channel side by side, as Keras flattens them.
        pooled = torch.stack([every.amax(2), every.mean(2)], 2).flatten(1)
        hidden = functional.relu(self.dense(self.normal(pooled, "bn_flatpool"), "dense"))
        hidden = self.normal(hidden, "bn_dense")
        return torch.sigmoid(self.dense(hidden, "dense_1")), hidden


class JamendoMusicnn(nn.Module):
    """Won et al. 2020, trained on MTG-Jamendo. Samples at 16 kHz → tags and 200 numbers."""

    def __init__(self, path: Path):
        super().__init__()
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.window, self.mel = state.pop("spec.spectrogram.window"), state.pop("spec.mel_scale.fb")
        self.spec_bn = nn.BatchNorm2d(1)
        self.layers = nn.ModuleList([_vertical(67), _vertical(38), _along(1, 51, 129), _along(1, 51, 65), _along(1, 51, 33)])
        self.layer1, self.layer2, self.layer3 = _along(561, 64, 7), _along(64, 64, 7), _along(64, 64, 7)
        self.dense1, self.bn, self.dense2 = nn.Linear(1506, 200), nn.BatchNorm1d(200), nn.Linear(200, 50)
        self.load_state_dict(state)

    def forward(self, samples):
        db = 10 * torch.log10((powers(samples) @ self.mel).clamp_min(1e-10))
        x = self.spec_bn(db.transpose(1, 2)[:, None])
        found = [torch.relu(layer.bn(layer.conv(x))).amax(2) for layer in self.layers[:2]]
        found += [torch.relu(layer.bn(layer.conv(x.mean(2)))) for layer in self.layers[2:]]
        front = torch.cat(found, 1)
        step = lambda layer, x: torch.relu(layer.bn(layer.conv(x)))
        first = step(self.layer1, front)
        second = step(self.layer2, first) + first
        third = step(self.layer3, second) + second
        every = torch.cat([front, first, second, third], 1)
        hidden = torch.relu(self.bn(self.dense1(torch.cat([every.amax(2), every.mean(2)], 1))))
        return torch.sigmoid(self.dense2(hidden)), hidden


def _vertical(height: int) -> nn.Module:
    return _Layer(nn.Conv2d(1, 204, (height, 7), padding=(0, 3)), nn.BatchNorm2d(204))


def _along(inputs: int, outputs: int, length: int) -> nn.Module:
    return _Layer(nn.Conv1d(inputs, outputs, length, padding=length // 2), nn.BatchNorm1d(outputs))


class _Layer(nn.Module):
    def __init__(self, conv, bn):
        super().__init__()
        self.conv, self.bn = conv, bn


class JamendoMood(nn.Module):
    """The baseline of MTG-Jamendo (Bogdanov et al. 2019) on mood and theme: samples at 12 kHz, at
    least 29.2 seconds, → 56 tags."""

    RATE = 12_000
    FRAMES = 1366
    POOLS = [(2, 4), (2, 4), (2, 4), (3, 5), (4, 4)]

    def __init__(self, path: Path):
        super().__init__()
        widths = [1, 64, 128, 128, 128, 64]
        self.bn_init = nn.BatchNorm2d(1)
        for layer in range(1, 6):
            setattr(self, f"conv_{layer}", nn.Conv2d(widths[layer - 1], widths[layer], 3, padding=1))
            setattr(self, f"bn_{layer}", nn.BatchNorm2d(widths[layer]))
        self.dense = nn.Linear(64, 56)
        self.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        self.mel = triangles(self.RATE, 96)

    def levels(self, samples):
        return 10 * torch.log10((powers(samples)[:, : self.FRAMES] @ self.mel).clamp_min(1e-10)).transpose(1, 2)

    def forward(self, samples):
        x = self.bn_init(self.levels(samples)[:, None])
        for layer, pool in enumerate(self.POOLS, 1):
            conv, bn = getattr(self, f"conv_{layer}"), getattr(self, f"bn_{layer}")
            x = functional.max_pool2d(functional.elu(bn(conv(x))), pool)
        return torch.sigmoid(self.dense(x.flatten(1)))


def mood_tags(folder: Path) -> list[str]:
    """Names of JamendoMood's tags."""
    return [str(tag).split("---")[1] for tag in np.load(folder / "jamendo_mood_tags.npy", allow_pickle=True) if str(tag).startswith("mood/theme")]
