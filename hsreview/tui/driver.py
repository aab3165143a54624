"""Keys from a terminal that does not speak UTF-8: they are left out and told of, and the work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver


class Lenient:
    """Mixed into a driver of Textual that would end the application at the first byte that is not UTF-8."""

    _app: Any

    def run_input_thread(self) -> None:
        """Read keys until the application ends; a chunk of bytes that is no text is left out."""
        while True:
            try:
                super().run_input_thread()  # type: ignore[misc]
            except UnicodeDecodeError:
                self._app.call_later(self._app.bytes_left_out)
            else:
                return


def lenient(driver: type[Driver]) -> type[Driver]:
    """`driver`, going on after bytes that are not UTF-8; one that reads no bytes (Windows, tests) stays as it is."""
    return type("LenientDriver", (Lenient, driver), {}) if hasattr(driver, "run_input_thread") else driver
