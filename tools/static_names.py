"""How built files are named: with their hash, also where one script imports another. Used when building only."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which leaves the names inside `import … from` alone unless told otherwise."""

    support_js_module_import_aggregation = True
