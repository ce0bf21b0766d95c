"""Finding texts by words that a person typed."""

from __future__ import annotations

from model.reading.texts import alike


def has_words(words: str, *texts: str) -> bool:
    """Whether every one of the words stands somewhere in the texts, in any case; so it is where there is no word."""
    text = "\n".join(map(alike, texts))
    return all(word in text for word in alike(words).split())
