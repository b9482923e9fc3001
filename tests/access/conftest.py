"""Tests of who may do what: Django configured on one published home, and a database of its own for each test."""

from __future__ import annotations

import web_home

web_home.configure()
