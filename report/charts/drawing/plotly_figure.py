"""A figure as the plain data that Plotly draws, put together part by part and checked by nobody but the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Figure(dict[str, Any]):
    """A dictionary of `data`, the traces, and `layout`, in Plotly's schema; its methods are called as Plotly's own.

    Plotly's checks each property whenever one is set, which takes many times longer than all the rest of drawing.
    """

    def __init__(self, **layout: Any) -> None:
        super().__init__(data=[], layout=layout)

    @property
    def layout(self) -> dict[str, Any]:
        """Everything but the traces."""
        layout: dict[str, Any] = self["layout"]
        return layout

    def add_scatter(self, **properties: Any) -> None:
        """Add points, or lines between them."""
        self["data"].append({"type": "scatter", **properties})

    def add_bar(self, **properties: Any) -> None:
        """Add bars."""
        self["data"].append({"type": "bar", **properties})

    def add_heatmap(self, **properties: Any) -> None:
        """Add coloured cells."""
        self["data"].append({"type": "heatmap", **properties})

    def add_shape(self, **properties: Any) -> None:
        """Add a shape."""
        self.layout.setdefault("shapes", []).append(properties)

    def add_annotation(self, **properties: Any) -> None:
        """Add words."""
        self.layout.setdefault("annotations", []).append(properties)

    def annotations(self, name: str) -> Iterator[dict[str, Any]]:
        """The annotations of a name, to be read or changed."""
        return (note for note in self.layout.get("annotations", ()) if note.get("name") == name)

    def update_layout(self, **changes: Any) -> None:
        """Change the layout; what is a dictionary is changed part by part."""
        _update(self.layout, changes)


def _update(known: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if isinstance(value, Mapping) and name in known:
            _update(known[name], value)
        else:
            known[name] = value
