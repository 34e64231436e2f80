"""How much a file may ask of us. Passed as parameters, so that a test or a site can choose others."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes unless said otherwise."""

    file_size: int = 20 * MEGABYTE
    zip_entries: int = 5_000
    unzipped_size: int = 300 * MEGABYTE  # all parts together, pictures included
    part_size: int = 30 * MEGABYTE  # one XML part: in memory it takes about ten times as much
    zip_ratio: int = 200  # text packs 10-20 times; only counted above RATIO_FLOOR
    pages: int = 500
    characters: int = 500_000  # of text; the longest work report has about 20,000


RATIO_FLOOR = 5 * MEGABYTE
"""Below this unzipped size a high ratio does no harm (an empty template packs very well)."""

DEFAULT = Limits()
