"""Other departments' lists (部门名单), against which a register is checked: one model a kind.

They are tables like those of a register, but no part of it: what they are recognised by does not
disturb how registers are.
"""
