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
FILE_ACT = "privacy.file."
"""What the name of a setting begins with that says what was done to the project's files; a word, a dot and an id
follow. Its value is `{"at": …, "files": how many}`."""


def file_act(setting: str) -> str:
    """The word of a setting that says what was done to the project's files."""
    return setting.removeprefix(FILE_ACT).partition(".")[0]
