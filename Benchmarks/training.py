"""The group `training`: whole trainings beside PyTorch's."""


def cases():
    return {}
