"""From clean text to candidate tasks. Pure Python: no Django, no database, no clock, no settings.

extract(text, spoken_on=day, directory=Directory())    every sentence with its role, every task with its reasons
"""

from speeches.extraction.extract import ENGINE_VERSION, extract
from speeches.extraction.jsonform import to_json
from speeches.extraction.model import Directory, Extraction

__all__ = ["ENGINE_VERSION", "Directory", "Extraction", "extract", "to_json"]
