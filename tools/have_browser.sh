#!/bin/sh
# Finds a Chromium and a Chinese font for the browser tests, or installs them where root and apt allow; 1 when there is none.
set -eu
found() { command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
if found && fc-list :lang=zh 2>/dev/null | grep -q .; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
  echo "installing Chromium and a Chinese font …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null || true
fi
found
