"""The one field that takes a file, and the one way a file comes in: held in memory, and kept nowhere.

A view that has such a field sets the handler itself, before anything reads what was sent (`take_one`);
everywhere else what comes as a file is read past. It must not look into a file.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class SmallFile(FileUploadHandler):
    """Keeps the first `most` bytes of a file and one more, so that a longer one can be told."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self._most = most
        self._kept = bytearray()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._kept = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django names it
        """Keep what there is room for."""
        self._kept += raw_data[: self._most + 1 - len(self._kept)]

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:  # noqa: ARG002 - Django names it
        """The file, as far as it was kept."""
        return InMemoryUploadedFile(
            BytesIO(bytes(self._kept)), self.field_name, self.file_name or "", self.content_type,
            len(self._kept), self.charset, self.content_type_extra,
        )  # fmt: skip


def take_one(request: HttpRequest, most: int) -> None:
    """Let this request bring a file of at most `most` bytes. Before `request.POST` is first read."""
    request.upload_handlers = [SmallFile(request, most)]


class TextFileField(forms.Field):
    """A file of text. Cleans to its bytes; says `missing` where there is none or it is empty.

    Where it may be left out (`required` False), one that is not there cleans to b"".
    """

    look = "file"

    def __init__(
        self, label: str, *, missing: str, most: int, hint: str = "", required: bool = True
    ) -> None:
        self.most = most
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages={"required": missing},
            widget=forms.FileInput,
        )

    def clean(self, value: Any) -> bytes:
        content = value.read() if isinstance(value, UploadedFile) else b""
        if not content and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(content) > self.most:
            raise ValidationError(
                f"The file must be smaller than {self.most // 1024} KB. Choose a smaller one.",
                code="too_long",
            )
        return bytes(content)
