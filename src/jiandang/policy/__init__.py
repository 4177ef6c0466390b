"""The policy (政策参数): every threshold, date and list the rules need, as data.

``load_policy("xuzhou-2016")`` is the built-in one; a county names in a TOML file of its own only
what differs: ``extends = "xuzhou-2016"``.
"""

from jiandang.errors import PolicyError
from jiandang.policy.load import (
    DEFAULT_POLICY,
    builtin_policies,
    load_policy,
    policy_json_schema,
    policy_of,
)
from jiandang.policy.model import Deadlines, Policy, Range

__all__ = [
    "DEFAULT_POLICY",
    "Deadlines",
    "Policy",
    "PolicyError",
    "Range",
    "builtin_policies",
    "load_policy",
    "policy_json_schema",
    "policy_of",
]
