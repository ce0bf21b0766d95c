"""Figures drawn by Kaleido in one browser, which ends with all that it started whatever comes of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from report.charts.drawing.plotly_figure import Figure
from report.files.browser import NoBrowser, overdue
from report.files.patience import Patience, end_group

if TYPE_CHECKING:
    from choreographer.channels import Pipe
    from kaleido import Kaleido  # type: ignore[import-untyped]

# That a browser ended is told where it is known why.
logging.getLogger("choreographer").addHandler(logging.NullHandler())
_TABS = 2
# What waits for a browser learns of its end within a moment.
_LAST_SECONDS = 5.0


def rendered(
    figures: Sequence[Figure], options: Sequence[Mapping[str, Any]], program: str, patience: Patience
) -> list[bytes]:
    """Figures as image files, each with its options for Kaleido. Raises NoBrowser."""
    import kaleido
    from choreographer.channels import Pipe

    if not patience.left:
        raise overdue(program, patience)
    pipe = Pipe()
    tabs = min(_TABS, len(figures))
    files: Future[list[bytes]] = Future()
    try:
        # Without network: Plotly's own plotly.js, no MathJax. The pipe is ours, so that it can be closed here.
        browser = kaleido.Kaleido(n=tabs, timeout=None, mathjax=False, path=program, channel_cls=lambda: pipe)
        # A thread of its own: whoever calls may run an event loop already, and what hangs must not keep it.
        thread = Thread(target=_fulfil, args=(files, browser, figures, options), daemon=True)
        with patience.running():
            try:
                thread.start()
                if files not in wait([files], patience.left).done:
                    raise overdue(program, patience)
            finally:
                _end(thread, browser, pipe)
        return files.result()
    except NoBrowser:
        raise
    except (OSError, RuntimeError) as error:
        raise NoBrowser(f"{program} was found but did not draw the chart: {error}") from error


def _fulfil(
    files: Future[list[bytes]], browser: Kaleido, figures: Sequence[Figure], options: Sequence[Mapping[str, Any]]
) -> None:
    """Draw, and say what came of it: a browser that ends early cancels what waits for it."""
    try:
        files.set_result(asyncio.run(_drawn(browser, figures, options)))
    except asyncio.CancelledError:
        files.set_exception(RuntimeError("it ended before the chart was drawn"))
    except BaseException as error:
        files.set_exception(error)


async def _drawn(browser: Kaleido, figures: Sequence[Figure], options: Sequence[Mapping[str, Any]]) -> list[bytes]:
    async with browser:
        return list(
            await asyncio.gather(
                *(browser.calc_fig(figure, opts=own) for figure, own in zip(figures, options, strict=True))
            )
        )


def _end(thread: Thread, browser: Kaleido, pipe: Pipe) -> None:
    """End the browser, even one that is only just starting, and with it what waits for it in the thread."""
    until = monotonic() + _LAST_SECONDS
    while True:
        # Asked first: what the thread started before it ended is known by now.
        over = not thread.is_alive() or monotonic() > until
        if process := getattr(browser, "subprocess", None):
            end_group(process)
        pipe.close()
        if over:
            return
        thread.join(0.1)
