"""Workbooks with an open password: decrypted in memory.

Only for an .xls msoffcrypto uses a temporary file, which has no name and is gone when it is done.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from jiandang.formats.grid import Unreadable

# Excel encrypts a file with it that is only protected against changes: it opens without asking.
_UNASKED = "VelvetSweatshop"
_REMEDY = "请用 Excel 或 WPS 打开后去掉密码，另存为 .xlsx 再检查"
_NO_PASSWORD = f"文件设有打开密码。请用 --password 给出密码，或{_REMEDY}。"
# Where there is no option for one.
REMOVE_PASSWORD = "文件设有打开密码。请用 Excel 或 WPS 打开后去掉密码，另存后再用。"
_WRONG = f"打开密码不对。请核对密码（注意大小写、全角半角），或{_REMEDY}。"
_UNSUPPORTED = f"文件的加密方式无法解开（如单位的文档加密或权限管理软件）。{_REMEDY}。"


def is_encrypted_ooxml(data: bytes) -> bool:
    """Whether an OLE file is the envelope of an encrypted .xlsx."""
    return "EncryptedPackage".encode("utf-16-le") in data


def decrypt(
    data: bytes,
    path: Path,
    password: str | None,
    ask_password: Callable[[Path], str | None] | None,
) -> bytes:
    """The workbook inside; tries the password, then Excel's own, then asks."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import InvalidKeyError

    def candidates() -> Iterator[str]:
        if password:
            yield password
        yield _UNASKED
        if ask_password and (answer := ask_password(path)):
            yield answer

    # The old formats always verify; the new one would go on and decrypt with a wrong password.
    verify = {"verify_password": True} if is_encrypted_ooxml(data) else {}
    was_given = False
    for candidate in candidates():
        was_given = was_given or candidate != _UNASKED
        target = io.BytesIO()
        try:
            # A new object for each: a failed one keeps the key. It refers to itself, and would
            # hold the file where nothing collects cycles.
            with io.BytesIO(data) as file:
                office = OfficeFile(file)
                office.load_key(password=candidate, **verify)
                office.decrypt(target)
        except InvalidKeyError:
            continue
        except Exception as error:  # broken headers raise whatever they meet
            raise Unreadable("password", _UNSUPPORTED) from error
        return target.getvalue()
    raise (
        Unreadable("wrong_password", _WRONG) if was_given else Unreadable("password", _NO_PASSWORD)
    )
