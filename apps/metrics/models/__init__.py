from apps.metrics.models.release import (
    Audience,
    FileFormat,
    Release,
    ReleaseFile,
    Waiver,
)
from apps.metrics.models.snapshot import ReportSnapshot

__all__ = [
    "Audience",
    "FileFormat",
    "Release",
    "ReleaseFile",
    "ReportSnapshot",
    "Waiver",
]
