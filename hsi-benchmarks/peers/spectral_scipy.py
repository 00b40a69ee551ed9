"""The work of the comparison with Spectral Python and SciPy.

    /usr/bin/python3 spectral_scipy.py FOLDER OUT TASK...

FOLDER holds scene.hdr, window.hdr, endmembers.f64 and target.f64; OUT gets one TASK.f64 for each task, and times.txt with
the task, its pixels and the seconds of each run. All numbers are little-endian float64, pixel after pixel.
"""
import os
import sys
import time

import numpy as np
import scipy
import scipy.linalg.blas
import scipy.optimize
import spectral

# Debian's Spectral Python calls two names that its NumPy no longer has.
np.inv = np.linalg.inv
np.bool = bool

FEW = 2000  # pixels of the solvers that are called once a pixel
DELTA = 1e3  # weight of the row that asks for a sum of one
RUNS = 3
TILE = 320  # pixels whose scatter is computed, REPEATS times for one time
REPEATS = 100

folder, out, tasks = sys.argv[1], sys.argv[2], sys.argv[3:]


def load(name):
    # In float64, because from float32 Spectral Python takes the mean in float32, good to six digits.
    return np.asarray(spectral.open_image(os.path.join(folder, name)).load()).astype(float)


def numbers(name):
    return np.fromfile(os.path.join(folder, name), "<f8")


scene = load("scene.hdr")
window = load("window.hdr")
rows, columns, bands = scene.shape
members = numbers("endmembers.f64").reshape(-1, bands)
target = numbers("target.f64")
count = len(members)


tile = scene.reshape(-1, bands)[:TILE].T  # in Fortran's order, as BLAS likes it
products = np.zeros((bands, bands), order="F")


def scatter():
    for _ in range(REPEATS):
        upper = scipy.linalg.blas.dsyrk(1.0, tile, c=products, overwrite_c=1)
    return np.triu(upper)


def covariance():
    return spectral.calc_stats(scene).cov


def pca():
    components = spectral.principal_components(scene)
    components.reduce(num=10).transform(scene)
    return components.eigenvalues[:10]


def rx():
    return spectral.rx(scene)


def matched_filter():
    return spectral.matched_filter(scene, target)


def ace():
    return spectral.ace(scene, target)


def sam():
    return spectral.spectral_angles(scene, members)


def ucls():
    return spectral.unmix(scene, members)


def nnls_of(matrix, extra):
    pixels = scene.reshape(-1, bands)[:FEW]
    return np.array([scipy.optimize.nnls(matrix, np.append(y, extra))[0] for y in pixels])


def nnls():
    return nnls_of(members.T, [])


def fcls():
    return nnls_of(np.vstack([members.T, np.full(count, DELTA)]), [DELTA])


def vca():
    """Vertex component analysis with the projective projection, written for NumPy from the paper's description."""
    y = scene.reshape(-1, bands)
    values, vectors = np.linalg.eigh(y.T @ y / len(y))
    basis = vectors[:, ::-1][:, :count]
    x = y @ basis
    x /= (x @ x.mean(axis=0))[:, None]
    random = np.random.RandomState(1)
    corners = np.zeros((count, count))
    corners[-1, 0] = 1
    found = []
    for k in range(count):
        w = random.standard_normal(count)
        f = w - corners @ (np.linalg.pinv(corners) @ w)
        i = int(np.argmax(np.abs(x @ (f / np.linalg.norm(f)))))
        corners[:, k] = x[i]
        found.append(i)
    return y[found] @ basis @ basis.T


def local_rx():
    return spectral.rx(window, window=(5, 21))


PIXELS = {"scatter": REPEATS * tile.shape[1], "nnls": FEW, "fcls": FEW, "local_rx": window.shape[0] * window.shape[1]}

with open(os.path.join(out, "times.txt"), "w") as times:
    print("version", "Spectral Python %s, SciPy %s, NumPy %s" % (spectral.__version__, scipy.__version__, np.__version__), file=times)
    for task in tasks:
        seconds = []
        for run in range(1 + RUNS):
            start = time.perf_counter()
            answer = globals()[task]()
            seconds.append(time.perf_counter() - start)
        np.ascontiguousarray(answer, "<f8").tofile(os.path.join(out, task + ".f64"))
        print("time", task, PIXELS.get(task, rows * columns), *seconds[1:], file=times)
