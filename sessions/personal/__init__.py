"""What the register says of the tables of the programme, the presentations and the library."""

from sessions.personal import files, others, stage

__all__ = ["files", "others", "stage"]
