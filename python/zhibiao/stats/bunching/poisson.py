"""Poisson counts with a free level for each group, solved for many replicates at once.

With free levels a Poisson model of counts is, given the totals of the groups, a multinomial one:
the levels drop out of it, and some ten parameters are left. `refit` is the loop that a bootstrap
spends its time in; it is matrix products throughout, plain arrays in and out.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zhibiao.stats.bunching.grid import Bools, Floats

__all__ = ["ConvergenceWarning", "Shape", "refit", "shape_of"]

#: Cells of all replicates that are worked on at once: more would not stay in the caches.
_AT_ONCE = 1_000_000
_STEPS = 100
_HALVINGS = 30
_ENOUGH = 1e-6
#: Where the curvature is next to nothing, a step would go anywhere.
_FAR = 10.0
#: The logarithm of no mass, finite so that no count times it is undefined.
_NOTHING = -1e300
#: Small beside any count, so that a parameter that the data do not tell stays finite.
_RIDGE = 1e-6


class ConvergenceWarning(UserWarning):
    """A model of counts was not solved; its numbers are not to be used."""


@dataclass(frozen=True)
class Shape:
    """What the model knows of the cells, flattened once for all steps."""

    #: Cell by feature.
    flat: Floats
    #: Cell by pair of features: their products, for the second derivatives.
    products: Floats
    fitted: Bools

    @property
    def width(self) -> int:
        """Number of features."""
        return int(self.flat.shape[1])


def shape_of(features: Floats, fitted: Bools) -> Shape:
    """Prepare a model.

    Args:
        features: Group by gap by feature.
        fitted: Group by gap: the cells that count.

    """
    flat = np.ascontiguousarray(features.reshape(-1, features.shape[-1]))
    one, other = np.triu_indices(features.shape[-1])
    return Shape(flat, flat[:, one] * flat[:, other], fitted)


def refit(counts: Floats, shape: Shape, start: Floats) -> Floats:
    """Maximise the likelihood of the counts of each replicate, given the totals of the groups.

    Newton's method with steps of a bounded length; one that lowers the likelihood is halved until
    it does not.

    Args:
        counts: Replicate by group by gap.
        shape: The model.
        start: One value for each feature: the estimate on the data as they are.

    Returns:
        Replicate by feature.

    """
    at_once = max(1, _AT_ONCE // shape.fitted.size)
    parts = [
        _newton(counts[first : first + at_once] * shape.fitted, shape, start)
        for first in range(0, len(counts), at_once)
    ]
    return np.concatenate(parts)


def _newton(counts: Floats, shape: Shape, start: Floats) -> Floats:
    here = np.tile(start, (len(counts), 1))
    share, level = _shares(counts, shape, here)
    for _ in range(_STEPS):
        step = _step(counts, shape, share, here)
        if np.abs(step).max() < _ENOUGH:
            return here + step
        share, better = _shares(counts, shape, here + step)
        for _ in range(_HALVINGS):
            worse = better < level - 1e-9 * np.abs(level)
            if not worse.any():
                break
            step[worse] /= 2
            share[worse], better[worse] = _shares(counts[worse], shape, (here + step)[worse])
        here, level = here + step, better
    moving = int((np.abs(step).max(axis=1) >= _ENOUGH).sum())
    warnings.warn(
        f"{moving} of {len(counts)} fits of the counts have not come to rest; the gaps are too few "
        "or too narrow for the polynomial: take a lower degree, a smaller reach or more cells",
        ConvergenceWarning,
        stacklevel=2,
    )
    return here


def _shares(counts: Floats, shape: Shape, parameters: Floats) -> tuple[Floats, Floats]:
    """Give the share of each cell in its group, and the penalised likelihood."""
    height = (parameters @ shape.flat.T).reshape(counts.shape)
    height = np.where(shape.fitted, height, _NOTHING)
    height -= height.max(axis=2, keepdims=True)
    share = np.exp(height)
    total = share.sum(axis=2, keepdims=True)
    share /= total
    told = np.einsum("btg,btg->b", counts, height) - np.einsum(
        "bt,bt->b", counts.sum(axis=2), np.log(total[..., 0])
    )
    return share, told - 0.5 * _RIDGE * (parameters**2).sum(axis=1)


def _step(counts: Floats, shape: Shape, share: Floats, here: Floats) -> Floats:
    """Newton's step: the gradient by the second derivatives."""
    many, groups, gaps = counts.shape
    features = shape.flat.reshape(groups, gaps, shape.width)
    totals = counts.sum(axis=2)
    means = np.matmul(share.transpose(1, 0, 2), features).transpose(1, 0, 2)
    weighted = means * totals[..., None]
    gradient = counts.reshape(many, -1) @ shape.flat - weighted.sum(axis=1) - _RIDGE * here
    expected = (share * totals[..., None]).reshape(many, -1)
    curvature = _symmetric(expected @ shape.products, shape.width)
    curvature -= np.matmul(weighted.transpose(0, 2, 1), means)
    curvature += _RIDGE * np.eye(shape.width)
    step = np.linalg.solve(curvature, gradient[..., None])[..., 0]
    far = np.abs(step).max(axis=1, keepdims=True)
    return np.asarray(step * np.minimum(1, _FAR / np.maximum(far, _FAR)))


def _symmetric(upper: Floats, width: int) -> Floats:
    full = np.empty((len(upper), width, width))
    one, other = np.triu_indices(width)
    full[:, one, other] = upper
    full[:, other, one] = upper
    return full
