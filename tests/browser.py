"""Chromium for the journeys: where it is, and how it gets there (`python -m tests.browser --install`)."""

import os
import shutil
import subprocess
import sys

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def chromium() -> str | None:
    """The path of Chromium, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def install() -> None:
    """Install Chromium and the checkers of the catalogues from Debian where that is possible; say so where it isn't."""
    missing = [name for name in ("chromium", "msgfmt", "i18nspector") if not shutil.which(name)]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [{"msgfmt": "gettext"}.get(name, name) for name in missing]
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if chromium() is None:
        print("No Chromium here and no way to install it: the browser journeys are SKIPPED.")


if __name__ == "__main__" and "--install" in sys.argv:
    install()
