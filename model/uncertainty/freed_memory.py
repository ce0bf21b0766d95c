"""What becomes of memory that arrays have left: kept for the next ones, up to a bound, where that can be told.

By default each array of a block of draws is fetched from the system and given back at once, page by page, which
takes as long as the computing.
"""

from __future__ import annotations

import ctypes
from functools import cache

# By their numbers in glibc's malloc.h: what an arena keeps at most when it is freed, from which size on an array is
# fetched from the system by itself, and how many arenas all threads share.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT, _LARGE, _ARENAS = 64 * 2**20, 32 * 2**20, 4


@cache
def keep_freed_memory() -> bool:
    """Let this process keep what arrays have left, for arrays to come; whether its C library can be told so.

    For programs, as it is about the whole process.
    """
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    settings = ((_TRIM_THRESHOLD, _KEPT), (_MMAP_THRESHOLD, _LARGE), (_ARENA_MAX, _ARENAS))
    taken = [tell(name, value) for name, value in settings]
    return all(taken)
