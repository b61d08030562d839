"""Writes numpy_nodes.npz and numpy_array.npz, which npz_test.cpp reads, and checks what Smidgen wrote.

    python3 numpy_files.py write .              # made the files beside this one, with NumPy 1.24.2
    python3 numpy_files.py check FILE.npz       # FILE.npz from npz_test's WritesWhatNumPyReads, kept by hand

Value i of every array, counted in C order, is (7 i mod 97) / 8 - 5: exact in every type used here but int16, where it is
(7 i mod 97) - 40.
"""
import sys

import numpy as np


def values(shape):
    i = np.arange(np.prod(shape), dtype=np.int64)
    return ((7 * i % 97) / 8 - 5).reshape(shape)


def write(folder):
    np.savez_compressed(
        folder + "/numpy_nodes.npz",
        size=np.array([3, 2, 2]),
        axes=np.array(["Bow", "Air", "Höhe"]),
        node_0_0_0=values((4, 6, 2)).astype("<f4"),
        node_1_0_0=values((4, 6, 2)).astype("<f8"),
        node_2_0_0=values((4, 6, 2)).astype(">f4"),
        node_0_1_0=values((4, 6, 2)).astype("<f2"),
        node_1_1_0=np.asfortranarray(values((4, 6, 2)).astype("<f4")),
        node_2_1_0=(values((8, 16)) * 8).astype("<i2"),
        node_0_0_1=values((100,)).astype("<f4"),
        metadata_0_0_0=np.array('{"name":"erste Übung"}'))
    np.savez(folder + "/numpy_array.npz", cube=values((2, 3, 1, 5, 8)).astype("<f4"))


def check(path):
    archive = np.load(path, allow_pickle=False)
    assert list(archive["size"]) == [2, 1, 2], archive["size"]
    assert list(archive["axes"]) == ["Bow", "Air", "Höhe"], archive["axes"]
    for name in ("node_0_0_0", "node_1_0_1"):
        node = archive[name]
        assert node.dtype == np.float32 and node.shape == (4, 6, 2), (node.dtype, node.shape)
        assert np.array_equal(node, values((4, 6, 2)).astype(np.float32))
    assert str(archive["metadata_1_0_1"]) == '{"name":"Ton 𝄞"}', archive["metadata_1_0_1"]
    print(path, "is what it should be:", sorted(archive.files))


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]](sys.argv[2])
