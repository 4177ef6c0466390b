"""Words that mean what their row says: headings among others, 户主 among a person's values."""

from collections.abc import Sequence

from jiandang.headings.vocabulary import Meaning
from jiandang.intake.forms.vocabulary import Field, FormVocabulary, Label
from jiandang.intake.row_texts import PERSONS_NUMBER
from jiandang.register.cells import Raw
from jiandang.register.text import solid

_WORDS: dict[Field, str] = {
    ("member", "name"): "家庭成员 家庭成员姓名 成员 成员姓名",
    ("member", "sex"): "男/女 男女 男、女 男或女",
    ("member", "labour"): "劳动力 劳力",
}
_MEANS = {word: name for name, text in _WORDS.items() for word in text.split()}
_LEAST_HEADINGS = 3
_HEAD = "户主"  # a label, or what a person is


def labels_of(raws: Sequence[Raw], words: FormVocabulary) -> list[tuple[Label, ...]]:
    """The labels of each cell of a row."""
    found = [words.labels(raw) for raw in raws]
    texts = [solid(raw) if isinstance(raw, str) else "" for raw in raws]
    if _HEAD in texts[1:] and _are_values(texts, found):
        return [() for _ in found]
    if _MEANS.keys().isdisjoint(texts):
        return found
    known = {own.column for each in found for own in each if own.table == "member"}
    if len(known) < _LEAST_HEADINGS or any(own.rest for each in found for own in each):
        return found
    for i, text in enumerate(texts):
        name = _MEANS.get(text)
        if name is not None and name[1] not in known:
            known.add(name[1])
            found[i] = (Label(Meaning(*name), str(raws[i])),)
    return found


def _are_values(texts: Sequence[str], labels: Sequence[tuple[Label, ...]]) -> bool:
    """Whether the cells of a row are a person's values: 张三 | 户主 | 男 | 320324…"""
    are_labels = any(own for own, text in zip(labels, texts, strict=True) if text != _HEAD)
    return not are_labels and any(map(PERSONS_NUMBER.search, texts))
