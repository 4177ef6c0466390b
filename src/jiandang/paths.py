"""What the calls of the library are given as paths, and how the files of a run are named."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from jiandang.errors import InvalidPath


def path_of(given: object) -> Path:
    """One path. Raises InvalidPath for what is none."""
    path = os.fspath(given) if isinstance(given, os.PathLike) else given
    if not isinstance(path, str):
        raise InvalidPath(f"应给出文件或文件夹的路径（文字或 Path），现在是 {type(given).__name__}")
    if not path:  # a name that was never filled in; Path("") would be the whole folder
        raise InvalidPath("给出的路径是空的；要用当前文件夹请写 .")
    if "\0" in path:
        raise InvalidPath(f"路径里有空字符（\\0），不能是文件名：{path!r}")
    return Path(path)


def names_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a folder: one that is there, or that ends in a separator."""
    return Path(path).is_dir() or os.fspath(path).endswith(("/", os.sep))


def paths_of(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Path]:
    """One path or several. Raises InvalidPath for what is none."""
    one = isinstance(paths, (str, bytes, os.PathLike, Mapping)) or hasattr(paths, "read")
    # The lines of an open file are no paths.
    return [path_of(paths)] if one or not isinstance(paths, Iterable) else [*map(path_of, paths)]


def names_apart(paths: Iterable[str | PurePath]) -> dict[str, str]:
    """By its path the name of each file: `官山镇.xlsx`.

    Of files of one name also the folders that tell it from the others: `甲镇/登记表.xlsx`.
    """
    given = [*paths]

    def pure() -> Iterator[PurePath]:
        return (path if isinstance(path, PurePath) else PurePath(path) for path in given)

    counts = Counter(path.name for path in pure())
    # Nearly all have a name of their own, which is in memory already.
    names = {str(path): path.name for path in pure() if path.name and counts[path.name] == 1}
    named: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
    for other in pure() if len(names) < len(given) else ():
        if str(other) not in names:
            parts = PurePath(other).parts
            named.setdefault(parts[-1:], []).append((str(other), parts))
    depth = 1
    while named:
        deeper: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
        depth += 1
        for name, files in named.items():
            for path, parts in files:
                if len(files) == 1 or len(parts) < depth:
                    names[path] = "/".join(name)
                else:
                    deeper.setdefault(parts[-depth:], []).append((path, parts))
        named = deeper
    return names
