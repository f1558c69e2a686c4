#!/usr/bin/env bash
# What opens the decks that the long tests make, and shows them as pictures. Does nothing where it is, or where nobody may
# install it.
set -euo pipefail
if command -v soffice >/dev/null && command -v pdftotext >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo 'no LibreOffice, and no apt-get to install it: its tests are skipped' >&2
  exit 0
fi
SUDO=()
if [ "$(id -u)" != 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo 'no LibreOffice, and no right to install it: its tests are skipped' >&2
    exit 0
  fi
  SUDO=(sudo -n)
fi
"${SUDO[@]}" apt-get update -qq || true
if ! DEBIAN_FRONTEND=noninteractive "${SUDO[@]}" apt-get install -y -qq --no-install-recommends \
  libreoffice-impress-nogui poppler-utils fonts-liberation; then
  echo 'LibreOffice could not be installed: its tests are skipped' >&2
fi
