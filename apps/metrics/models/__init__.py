from apps.metrics.models.publication import Publication, ReportOrder
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
    "Publication",
    "Release",
    "ReleaseFile",
    "ReportOrder",
    "ReportSnapshot",
    "Waiver",
]
