"""Where the files are that are read and never imported: templates, migrations, static, catalogues.

An installed wheel carries `templates/` and `migrations/` inside the package (setup.cfg maps them
there as `_templates` and `_migrations`); a checkout has them beside it. Asked for is always the
package first, so that an installed copy never picks up a stranger's folder of the same name.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _in_package_or_beside(name: str) -> Path:
    inside, beside = PACKAGE / f"_{name}", PACKAGE.parent / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The folder of {name} is neither at {inside} nor at {beside}: the installation is "
        "incomplete. Install the wheel again, or run from a whole checkout."
    )


def templates() -> Path:
    """The folder of the Jinja templates."""
    return _in_package_or_beside("templates")


def migrations() -> Path:
    """The folder with Alembic's env.py and versions/."""
    return _in_package_or_beside("migrations")


def static() -> Path:
    """The folder of our own style sheets, scripts and pictures."""
    return PACKAGE / "static"


def translations() -> Path:
    """The folder of the gettext catalogues."""
    return PACKAGE / "translations"
