"""The table of data keys, each wrapped. It holds no plain key and no words."""

from django.db import models


class StreamKey(models.Model):
    """The data key of one stream, wrapped by the wrapping key whose id is `wrapping`.

    A row is never replaced or removed (see `journal.guard`); rotation changes `wrapping` and
    `wrapped`.
    """

    stream = models.CharField(max_length=64, primary_key=True)
    wrapping = models.CharField(max_length=16, db_index=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return self.stream
