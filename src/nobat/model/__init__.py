"""How the world moves: one file per mechanism, pure scalar functions, compiled by numba.

The step that ties the mechanisms together is in `campaign`; what a replication leaves behind is
in `outcome`. Importing this package is light: numba is loaded by the mechanisms' own files.
"""

from nobat.model.sources import source_hash

__all__ = ["source_hash"]
