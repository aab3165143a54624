"""Names of a project's shared settings, in a module of their own so that who needs a name loads nothing else."""

from __future__ import annotations

KEY_SETTING = "key."
"""What the id of the setting with a coder's public keys begins with; the coder's id follows."""
DRAW_SETTING = "draw:"
"""What the name of the setting with a random draw of transcripts begins with; its id follows."""
RETENTION = "privacy.retention"
"""The setting that says until when data are kept: `{"date": ISO date, "because": …}`."""
KEY_DESTROYED = "privacy.key_destroyed"
"""The setting that says that the key file is gone: `{"at": …, "digest": …, "because": …}`."""
