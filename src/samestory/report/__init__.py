"""Executed notebooks and tables to static pages that open without a server and ask no other host for anything."""

from samestory.report.site import build_report

__all__ = ["build_report"]
