"""Values of 与户主关系 that rules of several modules take together."""

CHILDREN = ("之子", "之女")
PARENTS = ("之父", "之母")
GRANDCHILDREN = ("之孙子", "之孙女", "之孙子或孙女", "之外孙子", "之外孙女")
GRANDPARENTS = ("之祖父", "之祖母", "之外祖父", "之外祖母")
MEN = (
    "之子", "之女婿", "之孙子", "之外孙子", "之父", "之岳父", "之公公", "之祖父", "之外祖父",
    "之叔伯", "之侄儿", "之曾孙子",
)  # fmt: skip
WOMEN = (
    "之女", "之儿媳", "之孙女", "之外孙女", "之母", "之岳母", "之婆婆", "之祖母", "之外祖母",
    "之兄弟媳妇", "之侄女", "之曾孙女",
)  # fmt: skip
HUSBANDS_PARENTS = ("之公公", "之婆婆")
WIFES_PARENTS = ("之岳父", "之岳母")
SONS_AND_DAUGHTERS_IN_LAW = ("之儿媳", "之女婿")
NEPHEWS = ("之侄儿", "之侄女")
GREAT_GRANDCHILDREN = ("之曾孙子", "之曾孙女")
COLLATERALS = ("之兄弟姐妹", "之兄弟媳妇", "之叔伯", *NEPHEWS, "其他")
