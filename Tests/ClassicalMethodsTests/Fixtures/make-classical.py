#!/usr/bin/env python3
"""Makes classical.json: what scikit-learn 1.9 finds on a small made-up set, which ClassicalTests compares ours with.

Run it beside this file with numpy and scikit-learn installed: python3 make-classical.py
"""
import json
import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.cluster import KMeans
from sklearn.svm import SVC

# The same numbers as the tests make: a linear congruential generator, its upper bits.
state = 12345


def chance():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 40) / 2**24


def samples(count, width):
    """Around ten centres, each digit's own, with much noise."""
    pictures = np.zeros((count, width))
    labels = np.zeros(count, int)
    for i in range(count):
        labels[i] = i % 10
        for j in range(width):
            centre = ((labels[i] * 7 + j * 3) % 11) / 11
            pictures[i, j] = np.float32(0.4 * centre + 0.6 * chance())
    return pictures, labels


x, y = samples(400, 30)
tx, ty = samples(100, 30)
pca = PCA(8, svd_solver="covariance_eigh").fit(x)
components = [c * np.sign(c[np.argmax(np.abs(c))]) for c in pca.components_]
knn = KNeighborsClassifier(3, algorithm="brute").fit(x, y)
softmax = LogisticRegression(C=1.0, tol=1e-10, max_iter=10000).fit(x, y)
ridge = Ridge(alpha=2.0, solver="cholesky").fit(x, np.eye(10)[y])
means = KMeans(10, init=x[:10], n_init=1, max_iter=300, tol=1e-4, algorithm="lloyd").fit(x)
svc = SVC(C=2.0, gamma=0.5, tol=1e-3).fit(x, y)
json.dump({
    "pca_variances": pca.explained_variance_.tolist(),
    "pca_components": [v for c in components for v in c.tolist()],
    "knn": np.sort(knn.kneighbors(tx, return_distance=False)).ravel().tolist(),
    "softmax": softmax.predict(tx).tolist(),
    "softmax_loss": float(-np.mean(np.log(softmax.predict_proba(x)[np.arange(400), y]))
                          + np.sum(softmax.coef_ ** 2) / (2 * 400)),
    "least_squares": np.argmax(ridge.predict(tx), 1).tolist(),
    "k_means_inertia": float(means.inertia_),
    "k_means_centers": [v for c in means.cluster_centers_ for v in c.tolist()],
    "svm": svc.predict(tx).tolist(),
    "svm_vectors": int(len(svc.support_)),
    "svm_decisions": SVC(C=2.0, gamma=0.5, tol=1e-3, decision_function_shape="ovo").fit(x, y)
    .decision_function(tx[:20]).ravel().tolist(),
}, open("classical.json", "w"))
