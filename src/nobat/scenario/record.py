"""Where the numbers come from, and where the accounts differ (MODEL 18)."""

from __future__ import annotations

from pydantic import Field

from nobat.scenario.parts import Id, Part, Text, Title


class Source(Part):
    """Something that numbers and findings refer to by its id."""

    title: Title = Field(description="What it is.")
    where: Text = Field(default="", description="Where to find it: an address or a reference.")
    stance: Text = Field(default="", description="Whose side it tells, if it takes one.")
    note: Text = Field(default="", description="Limits, and what of it could be read.")


class Contested(Part):
    """A matter on which the told account and the public record differ. Both are kept."""

    id: Id = Field(description="A short id for the matter.")
    matter: Title = Field(description="What is contested.")
    account: Text = Field(description="What the told account says.")
    record: Text = Field(description="What the public record says.")
    finding: Text = Field(default="", description="What can be said, if anything.")
    sources: tuple[Id, ...] = Field(default=(), description="Ids in `sources`.")
    bears_on: tuple[Text, ...] = Field(
        default=(),
        description="Paths of this scenario that the matter bears on, like contact.frontage.",
    )
