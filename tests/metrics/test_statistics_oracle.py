"""Independent programs give the same figures. Install `requirements/oracle.txt` to run these."""

import random

import pytest

from apps.metrics.statistics import difference, kaplan_meier, proportion

pytestmark = pytest.mark.oracle

stats = pytest.importorskip("scipy.stats", reason="the oracle group is not installed")
smp = pytest.importorskip("statsmodels.stats.proportion", reason="the oracle group is missing")
lifelines = pytest.importorskip("lifelines", reason="the oracle group is not installed")


def random_pairs(count):
    dice = random.Random(7)
    for _ in range(count):
        n = dice.randint(1, 500)
        yield dice.randint(0, n), n


def test_agrees_with_scipy_and_statsmodels_on_wilson():
    for k, n in random_pairs(1000):
        ours = proportion(k, n)
        theirs = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
        assert smp.proportion_confint(k, n, method="wilson") == pytest.approx(
            (ours.low, ours.high), abs=1e-12
        )


def test_agrees_with_statsmodels_on_newcombe():
    pairs = list(random_pairs(400))
    for (k1, n1), (k2, n2) in zip(pairs[::2], pairs[1::2], strict=True):
        ours = difference(proportion(k1, n1), proportion(k2, n2))
        theirs = smp.confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)


def test_agrees_with_lifelines_on_kaplan_meier():
    dice = random.Random(11)
    for _ in range(50):
        watched = [(dice.randint(1, 90), dice.random() < 0.4) for _ in range(dice.randint(2, 150))]
        ours = kaplan_meier(watched)
        fitter = lifelines.KaplanMeierFitter().fit(*zip(*watched, strict=True))
        theirs = fitter.survival_function_["KM_estimate"]
        band = fitter.confidence_interval_
        for step in ours.steps:
            assert step.survival == pytest.approx(theirs[step.day], abs=1e-12)
            if 0 < step.survival < 1:
                assert (step.low, step.high) == pytest.approx(tuple(band.loc[step.day]), abs=1e-9)
