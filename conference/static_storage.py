"""Static files under names that change with their content, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # Else a browser could run the new half of a script with the old other half that it still keeps.
    support_js_module_import_aggregation = True
