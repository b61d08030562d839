#!/usr/bin/env python3
"""Writes vectors/spectra.json: what NumPy and SciPy make of the definitions in engine/analysis.

The signals are formulas (see signal() here and test_signals.h), so only results are stored.
"""
import json
import pathlib

import numpy as np
from scipy.signal import get_window

RATE = 48000
FLOOR = 1e-5


def noise(count, seed):
    """Numerical Recipes' 32-bit congruential generator, as [-1, 1)."""
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        out[i] = state / 2**31 - 1.0
    return out


def signal(kind, count):
    n = np.arange(count)
    if kind == "rich":  # a decaying chord over a soft noise, with an attack in the middle
        x = 0.4 * np.sin(2 * np.pi * 440.0 * n / RATE) + 0.2 * np.sin(2 * np.pi * 3520.5 * n / RATE)
        x = x * np.exp(-n / 9000.0) + 0.02 * noise(count, 1)
        x[count // 2:] += 0.5 * noise(count - count // 2, 2) * np.exp(-np.arange(count - count // 2) / 400.0)
    elif kind == "chirp":
        x = 0.3 * np.sin(2 * np.pi * (100.0 * n / RATE + 4000.0 * (n / RATE) ** 2)) + 0.003 * noise(count, 3)
    elif kind == "noise":
        x = 0.1 * noise(count, 4)
    elif kind == "silence":
        x = np.zeros(count)
    return x.astype(np.float32).astype(np.float64)


def spectrogram(x, size, hop):
    window = get_window("hann", size, fftbins=True)
    mode = "reflect" if len(x) > size // 2 else "constant"
    padded = np.pad(x, size // 2, mode=mode)
    frames = 1 + len(x) // hop
    return np.abs(np.stack([np.fft.rfft(padded[t * hop:t * hop + size] * window) for t in range(frames)]))


def bank(size, bands, scale=1.0):
    def mel(hz):
        return 2595.0 * np.log10(1.0 + hz / 700.0)

    edges = 700.0 * (10.0 ** (np.linspace(0.0, mel(24000.0), bands + 2) / 2595.0) - 1.0) / scale
    hz = np.arange(size // 2 + 1) * RATE / size
    rows = []
    for left, centre, right in zip(edges, edges[1:], edges[2:]):
        row = np.interp(hz, [left, centre, right], [0.0, 1.0, 0.0])
        area = (right - left) * size / RATE / 2
        if row.sum() < area / 2 and right <= RATE / 2:  # too narrow: between the two bins around the centre
            position = centre * size / RATE
            row[:] = 0.0
            row[int(position)] = (1.0 - position % 1.0) * area
            row[int(position) + 1] = position % 1.0 * area
        rows.append(row)
    return np.array(rows)


def floored(x):
    return np.maximum(x, FLOOR)


def lsd(a, b, sizes):
    values = []
    for size in sizes:
        difference = np.log10(floored(spectrogram(a, size, size // 4))) - np.log10(
            floored(spectrogram(b, size, size // 4)))
        values.append(np.mean(np.sqrt(np.mean(difference ** 2, axis=1))))
    return float(np.mean(values))


def mel_l1(a, b, size, hop, bands):
    weights = bank(size, bands).T
    return float(np.mean(np.abs(np.log10(floored(spectrogram(a, size, hop) @ weights)) -
                                np.log10(floored(spectrogram(b, size, hop) @ weights)))))


def mr_stft(a, b):
    values = []
    for size in (512, 1024, 2048):
        p, q = (floored(spectrogram(v, size, size // 4)) for v in (a, b))
        values.append(np.linalg.norm(p - q) / np.linalg.norm(p) + np.mean(np.abs(np.log(p) - np.log(q))))
    return float(np.mean(values))


def metrics_of(first, second, count):
    a, b = signal(first, count), signal(second, count)
    return {
        "first": first, "second": second, "count": count,
        "melL1": mel_l1(a, b, 2048, 512, 128),
        "lsd": lsd(a, b, (512, 1024, 2048)),
        "lsdShort": lsd(a, b, (128, 256)),
        "melDistance": sum(mel_l1(a, b, 32 << s, 8 << s, 5 << s) for s in range(7)),
        "mrStft": mr_stft(a, b),
    }


def rounded(values):
    return [float(f"{v:.7g}") for v in np.ravel(values)]


def spectrum_case(kind, count, size, hop):
    values = spectrogram(signal(kind, count), size, hop)
    frames = sorted({0, 1, len(values) // 2, len(values) - 1} & set(range(len(values))))
    step = max(1, size // 2 // 16)
    return {"kind": kind, "count": count, "size": size, "hop": hop, "frames": len(values), "rows": frames,
            "step": step, "values": rounded(values[frames, ::step]), "sum": float(values.sum())}


def bank_case(size, bands, scale):
    weights = bank(size, bands, scale)
    places = [(b, int(k)) for b in range(0, bands, max(1, bands // 16)) for k in np.flatnonzero(weights[b])[:3]]
    return {"size": size, "bands": bands, "scale": scale, "rowSums": rounded(weights.sum(1)),
            "places": places, "weights": rounded([weights[p] for p in places])}


def log_mel_case(kind, count):
    values = np.log(floored(spectrogram(signal(kind, count), 2048, 512) @ bank(2048, 128).T))
    frames = [0, len(values) // 2, len(values) - 1]
    return {"kind": kind, "count": count, "frames": len(values), "rows": frames,
            "values": rounded(values[frames])}


def main():
    result = {
        "spectra": [spectrum_case("rich", 6000, 2048, 512), spectrum_case("rich", 6000, 512, 128),
                    spectrum_case("rich", 1000, 32, 8), spectrum_case("chirp", 6000, 1024, 300),
                    spectrum_case("rich", 700, 2048, 512), spectrum_case("rich", 1025, 2048, 512),
                    spectrum_case("rich", 1024, 2048, 512), spectrum_case("rich", 1, 512, 128)],
        "banks": [bank_case(2048, 128, 1.0), bank_case(2048, 128, 1.5), bank_case(2048, 128, 2.0),
                  bank_case(2048, 128, 0.5), bank_case(2048, 320, 1.0), bank_case(32, 5, 1.0)],
        "logMels": [log_mel_case("rich", 6000), log_mel_case("silence", 3000)],
        "metrics": [metrics_of("rich", "noise", 12000), metrics_of("rich", "chirp", 12000),
                    metrics_of("chirp", "silence", 6000), metrics_of("rich", "noise", 700)],
    }
    target = pathlib.Path(__file__).parent / "vectors" / "spectra.json"
    target.write_text(json.dumps(result, separators=(",", ":")) + "\n")
    print(target, target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
