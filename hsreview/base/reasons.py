"""Why the operating system refused something, in the user's language (its own words are English)."""

from __future__ import annotations

import errno

from hsreview.base.messages import N_, _

_REASONS = {
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EFBIG: N_("the file would be too large for this disk"),
    errno.EIO: N_("the disk reported an error"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it exists already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EBUSY: N_("another program uses it"),
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = N_("the disk is full")


def os_reason(error: OSError) -> str:
    """The reason of `error` as a clause without a full stop; the system's own words for a rare one."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__
