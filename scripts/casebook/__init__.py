"""The Nuclear Security Casebook: from checked Markdown to a searchable site.

The rooms of this package, and who may look at whom, are described in `docs/about/architecture.md`.
"""

from importlib.metadata import version

__version__ = version("nuclear-security-casebook")
