"""A study as others may have it: its tables without text, with all that is needed to make them again and to compare."""

from samestory.release.verifying import Verification, verify_release
from samestory.release.writing import Release, ReleaseError, write_release

__all__ = ["Release", "ReleaseError", "Verification", "verify_release", "write_release"]
