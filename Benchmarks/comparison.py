"""The group `comparison`: the classical methods beside scikit-learn's."""


def cases():
    return {}
