"""What a page with forms needs to know of the git host that keeps a handbook."""

from dataclasses import dataclass

from rolebook.forms.fields import Field

HOSTS = ("github", "gitlab", "gitea")
"""Git hosts that the page can sign in to; Forgejo and Codeberg are as Gitea."""
_ADDRESSES = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a handbook is kept, and how people sign in there."""

    host: str
    """One of `HOSTS`."""
    name: str
    """Owner and repository, as in `our-shop/handbook`."""
    branch: str = "main"
    address: str = ""
    """That of the host, if it is not the usual one."""
    sign_in: str = ""
    """The id of an application there; for GitHub, the address of a sign-in helper. Without, a token is asked
    for."""

    @property
    def backend(self) -> Field:
        """The same as Sveltia CMS has it in its configuration."""
        known: Field = {"name": self.host, "repo": self.name, "branch": self.branch}
        if not self.sign_in:
            known["auth_methods"] = ["token"]
        elif self.host == "github":
            known["base_url"] = self.sign_in
        else:
            known |= {"app_id": self.sign_in} | ({"auth_type": "pkce"} if self.host == "gitlab" else {})
        if self.address:
            known["api_root"] = f"{self._address}/api/{_API_VERSIONS[self.host]}"
        if self.address and self.host != "github":
            known["base_url"] = self._address
        return known

    @property
    def asked(self) -> str:
        """The address that the page asks for files and sends them to."""
        return "https://api.github.com" if self.host == "github" and not self.address else self._address

    @property
    def _address(self) -> str:
        return (self.address or _ADDRESSES[self.host]).rstrip("/")


_API_VERSIONS = {"github": "v3", "gitlab": "v4", "gitea": "v1"}
