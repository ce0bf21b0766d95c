"""A visitor of a running Streamlit app without a browser: opens the page, moves levers, waits for what is drawn."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from websockets.sync.client import connect

_PATIENCE = 120


class Visitor:
    """One session with an app at an address such as "127.0.0.1:8501"."""

    def __init__(self, address: str, cookie: str = "") -> None:
        self._open = ExitStack()
        stream = connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None,
        )
        self._socket = self._open.enter_context(stream)
        self.sliders: dict[str, Slider] = {}
        self.elements: Counter[str] = Counter()
        self.buttons: dict[str, str] = {}
        self.texts: list[str] = []
        self.alerts: list[str] = []
        self._page, self._pages = "", {}

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def open(self) -> float:
        """Open the page; seconds until all is drawn."""
        return self._run(BackMsg())

    def go(self, title: str) -> float:
        """Go to another page of the app by its title; seconds until all is drawn."""
        self._page = self._pages[title]
        return self._run(BackMsg())

    def move(self, label: str, value: float) -> float:
        """Move the slider whose label holds these words; seconds until all is drawn."""
        return self._run(self._moved(label, value))

    def press(self, label: str) -> float:
        """Press the button of that label; seconds until all is drawn."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.add(id=self.buttons[label], trigger_value=True)
        return self._run(message)

    def send(self, label: str, value: float) -> None:
        """Move a slider and wait for nothing."""
        self._socket.send(self._moved(label, value).SerializeToString())

    def finish(self) -> None:
        """Wait until a run of the script is finished."""
        deadline = time.perf_counter() + _PATIENCE
        while not self._take(deadline):
            pass

    def _moved(self, label: str, value: float) -> BackMsg:
        slider = next(slider for words, slider in self.sliders.items() if label in words)
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        widget = message.rerun_script.widget_states.widgets.add(id=slider.id)
        if slider.type == Slider.SELECT_SLIDER:
            widget.string_array_value.data.append(f"{value:g}")
        else:
            widget.double_array_value.data.append(value)
        return message

    def _run(self, message: BackMsg) -> float:
        message.rerun_script.page_script_hash = self._page
        start = time.perf_counter()
        self._socket.send(message.SerializeToString())
        self.finish()
        return time.perf_counter() - start

    def _take(self, deadline: float) -> bool:
        """Take one message; whether it says that the script is finished."""
        message = ForwardMsg.FromString(self._socket.recv(max(0.001, deadline - time.perf_counter())))
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self.elements.clear()
            self.texts.clear()
            self.alerts.clear()
        elif kind == "navigation":
            self._pages = {page.page_name: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self.elements[element.WhichOneof("type")] += 1
            if element.HasField("markdown"):
                self.texts.append(element.markdown.body)
            if element.HasField("slider"):
                self.sliders[element.slider.label] = element.slider
            if element.HasField("button"):
                self.buttons[element.button.label] = element.button.id
            if element.HasField("alert"):
                self.alerts.append(element.alert.body)
            assert not element.HasField("exception"), element.exception.message
        # A run that a newer one has overtaken ends early.
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
