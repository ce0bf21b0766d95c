"""A chart as Plotly's own figure, which refuses every property that is not in its schema."""

import plotly.graph_objects as go


def checked(figure):
    """The figure as Plotly's. Raises ValueError for a property or a value that Plotly does not know."""
    return go.Figure(**figure)
