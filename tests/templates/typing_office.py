"""Types into a workbook in LibreOffice: run by a Python that has `uno`, with no window.

    python typing_office.py PROFILE FILE TARGET < entries.json

`entries` are [sheet, cell, text]. Each text is entered as from the keyboard, so that the cell's
format decides what becomes of it; then all is reckoned again and saved as TARGET (.xlsx).
"""

import json
import subprocess
import sys
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]


def of_name(name: str, given: Any) -> Any:
    own = PropertyValue()
    own.Name, own.Value = name, given
    return own


def connected(office: "subprocess.Popen[bytes]", pipe: str) -> Any:
    """The office's context, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    while office.poll() is None:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            try:
                office.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise SystemExit("LibreOffice has ended")


def enter(book: Any, dispatcher: Any) -> None:
    controller = book.CurrentController
    for name, cell, text in json.load(sys.stdin):
        sheet = book.Sheets.getByName(name)
        controller.setActiveSheet(sheet)
        controller.select(sheet.getCellRangeByName(cell))
        dispatcher.executeDispatch(
            controller.Frame, ".uno:EnterString", "", 0, (of_name("StringName", text),)
        )
    book.calculateAll()


def main(profile: str, file: str, target: str) -> None:
    pipe = f"typing{abs(hash(target))}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}", "--headless",
         "--norestore", f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    context = connected(office, pipe)
    of_office = context.ServiceManager.createInstanceWithContext
    desktop = of_office("com.sun.star.frame.Desktop", context)
    url = uno.systemPathToFileUrl(file)
    book = desktop.loadComponentFromURL(url, "_blank", 0, (of_name("Hidden", True),))
    enter(book, of_office("com.sun.star.frame.DispatchHelper", context))
    kind = (of_name("FilterName", "Calc MS Excel 2007 XML"),)
    book.storeToURL(uno.systemPathToFileUrl(target), kind)
    book.close(True)
    desktop.terminate()
    office.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
