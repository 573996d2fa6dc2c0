"""Where things lie, and the environment that the house's own programs are started with."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRIVATE = ROOT / ".postern"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
SYSTEM = PRIVATE / "system"
LIBRARIES = SYSTEM / "libraries"
PROGRAMS = PRIVATE / "bin"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def library_folders() -> list[Path]:
    """Folders of system libraries kept privately, where we had no right to install them."""
    try:
        return [Path(line) for line in LIBRARIES.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return []


def environment(**extra: str) -> dict[str, str]:
    """Our own programs and libraries first, then whatever the caller already had."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(PROGRAMS), str(VENV / "bin"), env.get("PATH", os.defpath)])
    env["PYTHONUNBUFFERED"] = "1"
    trusted = env.get("SSL_CERT_FILE") or (str(CERTIFICATES) if CERTIFICATES.exists() else "")
    if trusted:  # pip and Node would otherwise trust a list of their own, which lacks the network's authority
        env.setdefault("PIP_CERT", trusted)
        env.setdefault("NODE_EXTRA_CA_CERTS", trusted)
    libraries = [str(folder) for folder in library_folders()]
    if libraries:
        known = [env["LD_LIBRARY_PATH"]] if env.get("LD_LIBRARY_PATH") else []
        env["LD_LIBRARY_PATH"] = os.pathsep.join(libraries + known)
    return env | extra
