"""A secret key of its own for a site that only this machine sees."""

import secrets
from pathlib import Path


def generated_secret_key(data_dir: Path) -> str:
    """The key kept in the data folder; made at the first start, readable by its owner only."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        # A hard link fails if another process was first, so all processes read the same key.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
