"""SJ 时间节点关."""


from family_changes import *  # noqa: F403
