"""The grounds of marked cells, and of the headings of our own sheets."""

from jiandang.formats.xlsx.styles import Fill
from jiandang.report.model import Severity

# Light enough for black text. In black-and-white print the patterns tell them apart; LibreOffice,
# which has no patterns, mixes pattern and ground: there a denser pattern is a darker grey.
SEVERITY_FILLS = {
    Severity.ERROR: Fill("FFFFC7CE", "lightTrellis"),
    Severity.WARNING: Fill("FFFFDFA6", "lightUp"),
    Severity.SUSPECT: Fill("FFE4D3F5", "gray0625"),
    Severity.INFO: Fill("FFD3E6F8"),
}
# What an accepted answer explains: nothing has to be done there.
VERIFIED_FILL = Fill("FFEAEAEA")
HEAD_FILL = Fill("FF1F4E79")
