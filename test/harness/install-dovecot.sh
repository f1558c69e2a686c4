#!/usr/bin/env bash
# The mail server that the tests of e-mail run against. Does nothing where it is, or where nobody may install it.
set -euo pipefail
if command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ]; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo 'no dovecot, and no apt-get to install it: its tests are skipped' >&2
  exit 0
fi
SUDO=()
if [ "$(id -u)" != 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo 'no dovecot, and no right to install it: its tests are skipped' >&2
    exit 0
  fi
  SUDO=(sudo -n)
fi
"${SUDO[@]}" apt-get update -qq || true
if ! DEBIAN_FRONTEND=noninteractive "${SUDO[@]}" apt-get install -y -qq --no-install-recommends dovecot-imapd; then
  echo 'dovecot could not be installed: its tests are skipped' >&2
fi
