"""The group `comparison`: the classical methods beside scikit-learn's, same settings, the whole of MNIST, two threads."""
import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time
import warnings

import pairs

data = os.environ.get("INKLING_DATA", os.path.expanduser("~/.local/share/inkling"))


def idx(name, header):
    import numpy
    for folder in (os.path.join(data, "mnist"), data):
        for path in (os.path.join(folder, name), os.path.join(folder, name + ".gz")):
            if os.path.exists(path):
                with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
                    return numpy.frombuffer(file.read()[header:], numpy.uint8)
    raise SystemExit(f"Benchmarks/run: no {name} in {data}; name the folder in INKLING_DATA")


def mnist():
    x = idx("train-images-idx3-ubyte", 16).reshape(-1, 784).astype("float32") / 255
    tx = idx("t10k-images-idx3-ubyte", 16).reshape(-1, 784).astype("float32") / 255
    return x, idx("train-labels-idx1-ubyte", 8), tx, idx("t10k-labels-idx1-ubyte", 8)


def ours(method, folder):
    """One run's figures, and the answers."""
    path = os.path.join(folder, "answers")
    run = subprocess.run(
        [pairs.bench, "classical", method, data, path, "--threads", "2"], check=True, capture_output=True, text=True)
    with open(path, "rb") as file:
        return json.loads(run.stdout), file.read()


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def row(case, ours, theirs, unit, ratio):
    return {"case": case, "rival": "scikit-learn", "ours": ours, "theirs": theirs, "unit": unit, "ratio": ratio,
            "threads": 2}


def method(name, make, times=1, label=None):
    """Rows for training and prediction together or apart, the accuracy, and how often both answer the same.

    Both run so many times in turn, and the medians of the seconds count. Neighbours' answers differ where votes are
    equal: ours go to the nearest one's digit, scikit-learn's to the lowest. Clusters begin elsewhere, so that theirs differ."""
    def measure():
        import numpy
        import threadpoolctl
        x, y, tx, ty = mnist()
        with tempfile.TemporaryDirectory() as folder, threadpoolctl.threadpool_limits(2):
            seconds = {"fit": ([], []), "predict": ([], [])}
            for _ in range(times):
                mine, answers = ours(name, folder)
                model, fit = timed(lambda: make().fit(x, y))
                theirs, predict = timed(lambda: model.predict(tx))
                for part, took in (("fit", fit), ("predict", predict)):
                    seconds[part][0].append(mine[part])
                    seconds[part][1].append(took)
            if label:
                theirs = label(model, y, theirs)
        medians = {part: [statistics.median(list) for list in both] for part, both in seconds.items()}
        answers = numpy.frombuffer(answers, numpy.uint8)
        accuracy = float((theirs == ty).mean())
        if name == "svm-rbf":
            for part, title in (("fit", "training"), ("predict", "prediction")):
                yield row(f"svm-rbf {title}", *medians[part], "s", medians[part][1] / medians[part][0])
            vectors = len(model.support_)
            yield row("svm-rbf vectors", mine["vectors"], vectors, "vectors", vectors / mine["vectors"])
        else:
            both = [sum(pair) for pair in zip(*medians.values())]
            yield row(name, *both, "s", both[1] / both[0])
        yield row(f"{name} accuracy", 100 * mine["accuracy"], 100 * accuracy, "%", mine["accuracy"] / accuracy)
        same = float((answers == theirs).mean())
        yield row(f"{name} same answers", 100 * same, 100, "%", same)
    return measure


def components():
    import numpy
    import threadpoolctl
    from sklearn.decomposition import PCA
    x, *_ = mnist()
    with tempfile.TemporaryDirectory() as folder, threadpoolctl.threadpool_limits(2):
        runs = [
            (ours("pca", folder), timed(lambda: PCA(50, svd_solver="covariance_eigh").fit(x))[1]) for _ in range(7)]
        mine, theirs = (statistics.median(list) for list in zip(*((a[0]["fit"], b) for a, b in runs)))
        found = runs[0][0][1]
        exact = PCA(50, svd_solver="covariance_eigh").fit(x.astype("float64")).components_
    found = numpy.frombuffer(found, numpy.float32).reshape(50, 784)
    apart = max(abs(numpy.sign((a * b).sum()) * a - b).max() for a, b in zip(found, exact))
    yield row("pca", mine, theirs, "s", theirs / mine)
    yield row("pca components apart", float(apart), 1e-4, "largest difference", 1e-4 / float(apart))


def majority(model, y, clusters):
    import numpy
    names = [numpy.bincount(y[model.labels_ == c], minlength=10).argmax() for c in range(model.n_clusters)]
    return numpy.array(names)[clusters]


def knn():
    from sklearn.neighbors import KNeighborsClassifier
    return KNeighborsClassifier(3, algorithm="brute", n_jobs=2)


def pca_knn():
    from sklearn.decomposition import PCA
    from sklearn.pipeline import make_pipeline
    return make_pipeline(PCA(50, svd_solver="covariance_eigh"), knn())


def k_means():
    from sklearn.cluster import KMeans
    return KMeans(256, n_init=1, max_iter=100, random_state=0)


def softmax():
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    warnings.simplefilter("ignore", ConvergenceWarning)  # both stop after the same hundred steps
    return LogisticRegression(C=1.0, max_iter=100)


def least_squares():
    from sklearn.linear_model import RidgeClassifier
    return RidgeClassifier(alpha=1.0, solver="cholesky")


def svm():
    from sklearn.svm import SVC
    return SVC(C=5, gamma=0.02)


def cases():
    return {
        "pca": components,
        "knn": method("knn", knn, 3),
        "pca-knn": method("pca-knn", pca_knn, 3),
        "k-means-256": method("k-means-256", k_means, 3, majority),
        "softmax": method("softmax", softmax, 3),
        "least-squares": method("least-squares", least_squares, 3),
        "svm-rbf": method("svm-rbf", svm),
    }
