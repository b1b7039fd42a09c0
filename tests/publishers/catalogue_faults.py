"""What can go wrong with a package of a catalogue, one small frozen class each, beside the faults of any publisher."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tests.publishers.datasets import AS_DOCUMENTED, Dataset, Written
from tests.publishers.faults import Fault
from tests.publishers.reply import Reply


@dataclass(frozen=True)
class OfPackage(Fault):
    """A fault of one package, or of all whose slug holds a text."""

    package: str = ""

    def rewrite(self, dataset: Dataset) -> None:
        """Change the copy of the package when it is the one."""
        if self.package in dataset.slug:
            self.spoil_package(dataset)

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""


@dataclass(frozen=True)
class RenamedSlug(OfPackage):
    """Publish under another slug."""

    slug: str = "uusi-nimi"

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.slug = self.slug


@dataclass(frozen=True)
class RenamedColumn(OfPackage):
    """Call a column by another name."""

    old: str = ""
    new: str = ""

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._renamed)

    def _renamed(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.rename(columns={self.old: self.new})


@dataclass(frozen=True)
class FurtherColumn(OfPackage):
    """Publish one more column."""

    name: str = "uusi_sarake"
    value: Any = "x"

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._widened)

    def _widened(self, frame: pd.DataFrame) -> pd.DataFrame:
        wider = frame.copy()
        wider.insert(len(wider.columns), self.name, self.value, allow_duplicates=True)
        return wider


@dataclass(frozen=True)
class LostColumn(OfPackage):
    """Publish without a column, and only the rows where it had a value, if one is named."""

    name: str = ""
    kept: Any = None

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._narrowed)

    def _narrowed(self, frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame if self.kept is None else frame[frame[self.name] == self.kept]
        return rows.drop(columns=self.name)


@dataclass(frozen=True)
class RenamedLabel(OfPackage):
    """Call a value of a column by another label."""

    column: str = ""
    old: str = ""
    new: str = ""

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._renamed)

    def _renamed(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{self.column: frame[self.column].replace({self.old: self.new})})


@dataclass(frozen=True)
class KeptRows(OfPackage):
    """Keep the rows where a column lies between two values, both included."""

    column: str = "vuosikuukausi"
    first: Any = 0
    last: Any = 999_999

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._kept)

    def _kept(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame[self.column].between(self.first, self.last)]


@dataclass(frozen=True)
class LostRows(OfPackage):
    """Leave out the rows where a column has a value."""

    column: str = "vuosikuukausi"
    value: Any = 0

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._kept)

    def _kept(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.query(f"{self.column} != @self.value")


@dataclass(frozen=True)
class DoubledRow(OfPackage):
    """Publish the first row twice."""

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._doubled)

    def _doubled(self, frame: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([frame.iloc[:1], frame], ignore_index=True)


@dataclass(frozen=True)
class Cell(OfPackage):
    """Put something into one cell of the first row."""

    column: str = "maksettu_eur"
    value: Any = "abc"

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._spoiled)

    def _spoiled(self, frame: pd.DataFrame) -> pd.DataFrame:
        spoiled = frame.reset_index(drop=True).astype({self.column: object})
        spoiled.loc[0, self.column] = self.value
        return spoiled


@dataclass(frozen=True)
class Multiplied(OfPackage):
    """Give a column in another unit."""

    column: str = "maksettu_eur"
    by: float = 0.001

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.changes.append(self._multiplied)

    def _multiplied(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{self.column: (frame[self.column] * self.by).round(5)})


@dataclass(frozen=True)
class OtherwiseWritten(OfPackage):
    """Write the file in another way."""

    written: Written = AS_DOCUMENTED

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.written = self.written


@dataclass(frozen=True)
class NotDescribed(OfPackage):
    """Publish without a description of the columns."""

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.described = False


@dataclass(frozen=True)
class WrongChecksum(OfPackage):
    """Tell the checksum of other bytes; '' tells none."""

    checksum: str = "0" * 64

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.checksum = self.checksum


@dataclass(frozen=True)
class NothingTold(OfPackage):
    """Tell neither checksum nor size."""

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.checksum, dataset.told_size = "", False


@dataclass(frozen=True)
class FilesElsewhere(OfPackage):
    """Say that the files lie on another host."""

    root: str = "http://elsewhere.test/data"

    def spoil_package(self, dataset: Dataset) -> None:
        """Change the copy of the package."""
        dataset.downloads = self.root


@dataclass(frozen=True)
class Redirected(Fault):
    """Answer that the file has moved; it leads there only."""

    to: str = ""

    def instead(self) -> Reply:
        """Give the reply in place of the answer."""
        return Reply(302, b"", headers={"Location": self.to})


@dataclass(frozen=True)
class CutShort(Fault):
    """Send only the first bytes, as if they were all."""

    share: float = 0.5

    def damage(self, reply: Reply) -> Reply:
        """Give the damaged reply."""
        return replace(reply, body=reply.body[: int(len(reply.body) * self.share)])
