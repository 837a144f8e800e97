from apps.metrics.models.publication import Publication, ReportOrder
from apps.metrics.models.release import (
    Audience,
    FileFormat,
    Release,
    ReleaseFile,
    Waiver,
)
from apps.metrics.models.report_file import ReportFile
from apps.metrics.models.snapshot import ReportSnapshot

__all__ = [
    "Audience",
    "FileFormat",
    "Publication",
    "Release",
    "ReleaseFile",
    "ReportFile",
    "ReportOrder",
    "ReportSnapshot",
    "Waiver",
]
