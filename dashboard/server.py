"""What the server does beside drawing the page: it says whether it is well, and by which id an error is found."""

from __future__ import annotations

import asyncio
import logging
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route

from model.operation import log

if TYPE_CHECKING:
    from starlette.requests import Request

HEALTH = "/health"
# Seconds until the server that is starting listens.
_STARTING = 0.5


def begin() -> list[Route]:
    """Begin the log, if there is one; the addresses beside the page. Ends the program where there can be no log."""
    try:
        log.begin()
    except log.LogError as error:
        raise SystemExit(str(error)) from None
    # It would tell each error a second time, with what a person typed.
    logging.getLogger("streamlit.error_util").disabled = True
    return [Route(HEALTH, health)]


@asynccontextmanager
async def started(_app: st.App) -> AsyncIterator[None]:
    """What is done while the server runs: it opens the page for whoever started it, unless nobody sits before it."""
    if not st.get_option("server.headless"):
        # In a thread: a browser that was not running yet may be waited for until it ends.
        loop = asyncio.get_running_loop()
        loop.call_later(_STARTING, loop.run_in_executor, None, open_page)
    yield


def open_page() -> None:
    """Show the page in the browser of this machine."""
    webbrowser.open(f"http://localhost:{st.get_option('server.port')}/{st.get_option('server.baseUrlPath')}")


def health(_request: Request) -> JSONResponse:
    """Whether this process serves visitors and its library answers: 200, else 503; why not stands in the log."""
    # What the first visitor needs is loaded by this as well, and not before the server listens.
    from dashboard.session import compute
    from library.errors import LibraryError
    from library.health import ask
    from library.store import Library

    try:
        ask(Library(compute.engine()))
    except LibraryError as error:
        log.failed("health", error)
        return _told(503, "does not answer")
    return _told(200, "answers")


def tell(error: Exception) -> bool:
    """Show the visitor by what id who runs the program finds an error that nobody foresaw."""
    name = log.unforeseen("page", error)
    st.error(f"Error {name}: tell your administrator. The page could not be drawn to its end; reload it to go on.")
    return True


def _told(status: int, library: str) -> JSONResponse:
    return JSONResponse({"library": library}, status, {"Cache-Control": "no-store"})
