"""What is said of equal faulty cells is in memory once: a bad file has hundreds of thousands."""

from pathlib import Path

import jiandang


def test_equal_faulty_cells_share_their_words_and_others_do_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["户编号,姓名,性别,与户主关系,民族"]
    lines += [f"32032410100100{n},王大,{sex},户主,汉族" for n, sex in enumerate("甲甲乙", 1)]
    path.write_text("\n".join(lines), "utf-8")
    seen = [each for each in jiandang.load(path).observations if each.column == "sex"]
    assert [each.value for each in seen] == ["甲", "甲", "乙"]
    assert len({each.ref for each in seen}) == 3
    assert seen[0].seen is seen[1].seen
    assert seen[1].seen is not seen[2].seen
