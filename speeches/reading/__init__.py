"""From the bytes of a file to clean text, and what the text says of itself. Pure Python.

reading = read_document(data, name="讲话.docx")
reading.body    the text every later span indexes
reading.meta    title, speaker, meeting, day and kind, as far as the text says so
reading.notes   what cleaning took out, for the clerk
"""

from .document import read_document, read_text
from .errors import UnreadableFile
from .metadata import propose_metadata
from .model import READER_VERSION, Metadata, Reading

__all__ = [
    "READER_VERSION",
    "Metadata",
    "Reading",
    "UnreadableFile",
    "propose_metadata",
    "read_document",
    "read_text",
]
