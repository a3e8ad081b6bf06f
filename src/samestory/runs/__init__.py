"""Running notebooks: plan what must run, execute it with papermill, publish only what is complete."""

from samestory.runs.execute import Outcome, execute
from samestory.runs.plan import Run, plan_runs

__all__ = ["Outcome", "Run", "execute", "plan_runs"]
