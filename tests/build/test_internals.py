"""What leans on the insides of other programs is off in untested versions of them; the site is the same."""

import re
from importlib.metadata import requires
from pathlib import Path

import jinja2
import material
import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.nav import Navigation

from projects import write
from rolebook.mkdocs_plugin import internals, preview
from rolebook.mkdocs_plugin.atomic_site_dir import AtomicSiteDir
from rolebook.mkdocs_plugin.incremental import partial_cache, site_fingerprint
from rolebook.mkdocs_plugin.incremental.template_cache import TemplateCache
from sites import HOME, MKDOCS_YML, build_site, refused_build

ROLES = {
    "roles/owner.md": "---\ntitle: Owner\nowner: Ada\ntags: [top]\n---\n\n## Notes\n\n[below](ppc.md#done)\n",
    "roles/ppc.md": "---\ntitle: PPC\nparent: owner\n---\n\n## Done\n\nText\n",
}
CONFIG = MKDOCS_YML.replace(
    "[search, rolebook]", "[search, tags, mermaid2, rolebook: {cache_dir: .cache/pages}]"
)
PACKAGES = (internals.MKDOCS, internals.MATERIAL, internals.MERMAID2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "book", HOME | ROLES | {"mkdocs.yml": CONFIG})


def pretend(patch: pytest.MonkeyPatch, package: str, version: str = "99.0") -> None:
    """Have another version of `package` be installed."""
    real = internals.version
    patch.setattr(internals, "version", lambda name: version if name == package else real(name))


def pages(site: Path) -> dict[str, bytes]:
    files = (path for path in site.rglob("*") if path.is_file() and path.parent.name != "workers")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("package", PACKAGES)
def test_with_an_untested_version_the_site_is_the_same_and_the_log_says_so(
    package: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")
    monkeypatch.setenv("ROLEBOOK_CACHE_KEY", "secret")
    site, said = build_site(root, strict=True)
    usual = pages(site)
    assert not [line for line in said if "not a version that was tested" in line]
    assert (root / ".cache/pages/pages.list").exists()
    pretend(monkeypatch, package)
    site, said = build_site(root, strict=True)
    assert pages(site) == usual
    assert [line.partition("(")[0] for line in said if "not a version that was tested" in line] == [
        f"INFO rolebook: {package} 99.0 is not a version that was tested "
    ]


@pytest.mark.parametrize("package", PACKAGES[:2])
def test_pages_of_an_untested_version_are_neither_left_nor_reused(
    package: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, package)
    build_site(root)
    assert not (root / ".cache").exists()
    assert site_fingerprint.uncacheable_reason(load_config(str(root / "mkdocs.yml"))) == (
        f"this version of {package}"
    )


@pytest.mark.parametrize(
    ("package", "version", "tested"),
    [
        ("mkdocs", "1.5.3", False),
        ("mkdocs", "1.6.0", True),
        ("mkdocs", "1.6.9", True),
        ("mkdocs", "1.7", False),
        ("mkdocs-material", "9.6.0", False),
        ("mkdocs-material", "9.6.1", True),
        ("mkdocs-material", "9.99b1", True),
        ("mkdocs-material", "10.0", False),
        ("mkdocs-mermaid2-plugin", "1.1", False),
        ("mkdocs-mermaid2-plugin", "1.9", True),
        ("mkdocs-mermaid2-plugin", "2.0", False),
    ],
)
def test_the_tested_versions_are_those_that_are_declared(
    package: str, version: str, tested: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, package, version)
    assert internals.untested(package) == ([] if tested else [package])


def test_a_package_that_is_not_installed_is_untested_but_for_mermaid2(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(name: str) -> str:
        raise internals.PackageNotFoundError(name)

    monkeypatch.setattr(internals, "version", nothing)
    assert internals.untested(*PACKAGES) == [internals.MKDOCS, internals.MATERIAL]


def test_a_program_that_was_never_installed_has_no_tested_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> list[str]:
        raise internals.PackageNotFoundError(name)

    monkeypatch.setattr(internals, "requires", nothing)
    assert internals.untested(*PACKAGES) == list(PACKAGES)


def test_every_package_whose_insides_matter_has_an_upper_bound() -> None:
    bounded = {
        re.split(r"[^\w-]", each, maxsplit=1)[0]
        for each in requires(internals.OWN_PACKAGE) or []
        if "<" in each
    }
    assert bounded >= {*PACKAGES, "msgspec", "nh3", "markdown", "pymdown-extensions"}


@pytest.mark.parametrize("version", ["9.6.1", "10.0.0"])
@pytest.mark.parametrize("more", ["", ", offline"])
def test_the_theme_s_search_worker_is_moved_where_it_is_known(
    version: str, more: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(internals, "untested", lambda *names: [*names] if version == "10.0.0" else [])
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(root, {"mkdocs.yml": settings.replace("[search", f"[search{more}")})
    workers = sorted(build_site(root)[0].glob("assets/javascripts/workers/*.js"))
    whole = [each for each in workers if each.name.endswith(".whole.js")]
    assert len(workers) - len(whole) == 1
    assert len(whole) == (version == "9.6.1" and not more)
    text = workers[0].read_text(encoding="utf-8")
    assert ("lunr" in text) == (not whole)


def test_mermaid2_takes_the_script_that_is_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def script(**more: str) -> tuple[object, object]:
        config = load_config(str(root / "mkdocs.yml"))
        mermaid2 = config.plugins["mermaid2"]
        mermaid2.config.update(more)
        internals.use_local_mermaid(config, "assets/x.js")
        return mermaid2.config["javascript"], getattr(mermaid2, "_javascript", None)

    assert script() == ("assets/x.js", "assets/x.js")
    assert script(javascript="own.js") == ("own.js", None)
    pretend(monkeypatch, internals.MERMAID2)
    assert script() == ("assets/x.js", None)


def test_a_chart_that_an_author_wrote_as_html_asks_no_other_host(root: Path) -> None:
    """Only then does mermaid2 look for its script."""
    write(
        root,
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": '# Home\n\n<pre><code class="mermaid">graph TD\n</code></pre>\n',
        },
    )
    site, _ = build_site(root)
    assert 'src="assets/rolebook/mermaid.min.js"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["", internals.MKDOCS])
def test_a_refused_strict_build_keeps_the_last_site_with_any_version(
    package: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = build_site(root)
    before = pages(site)
    write(root, {"mkdocs.yml": CONFIG, "roles/ppc.md": ROLES["roles/ppc.md"] + "\n[gone](gone.md)\n"})
    if package:
        pretend(monkeypatch, package)
    refused_build(root, strict=True)
    assert pages(site) == before
    assert AtomicSiteDir.begin(load_config(str(root / "mkdocs.yml"))).staging is not None


def test_the_preview_is_left_alone_in_untested_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    def build() -> None:
        pass

    server = LiveReloadServer(build, "127.0.0.1", 0, "/site")
    preview.keep_answering(server)
    server.server_close()
    assert server.builder is not build
    other = LiveReloadServer(build, "127.0.0.1", 0, "/site")
    pretend(monkeypatch, internals.MKDOCS)
    preview.keep_answering(other)
    other.server_close()
    assert other.builder is build and "_inject_js_into_html" not in vars(other)


def test_templates_are_compiled_and_listed_once_in_tested_versions(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listings: list[str] = []
    original = jinja2.FileSystemLoader.list_templates

    def listed(loader: jinja2.FileSystemLoader) -> list[str]:
        listings.append("")
        return original(loader)

    monkeypatch.setattr(jinja2.FileSystemLoader, "list_templates", listed)
    compiled: list[str | None] = []
    compile_one = jinja2.Environment.compile

    def noted(
        env: jinja2.Environment, source: str, name: str | None = None, *more: object, **named: object
    ) -> object:
        compiled.append(name)
        return compile_one(env, source, name, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    cache = TemplateCache()

    def environment() -> jinja2.Environment:
        config = load_config(str(root / "mkdocs.yml"))
        cache.install(config)
        return config.theme.get_env()

    first, second = environment(), environment()
    assert first.list_templates() == second.list_templates() and len(listings) == 1
    for env in (first, second):
        env.get_template("partials/footer.html")
    assert compiled == ["partials/footer.html"]
    own = jinja2.DictLoader({"partials/footer.html": "another text"})
    assert second.loader is not None
    second.loader = jinja2.ChoiceLoader([own, second.loader])
    second.cache.clear()
    assert second.get_template("partials/footer.html").render() == "another text"
    pretend(monkeypatch, internals.MKDOCS)
    assert environment().bytecode_cache is None


def test_a_changed_theme_is_listed_each_time(root: Path) -> None:
    (root / "own").mkdir()
    write(root, {"mkdocs.yml": CONFIG.replace("font: false", "font: false, custom_dir: own")})
    cache = TemplateCache()
    config = load_config(str(root / "mkdocs.yml"))
    cache.install(config)
    env = config.theme.get_env()
    assert "partials/new.html" not in env.list_templates()
    (root / "own/partials").mkdir()
    (root / "own/partials/new.html").write_text("new", encoding="utf-8")
    assert "partials/new.html" in env.list_templates()


def environment_of_material(**texts: str) -> jinja2.Environment:
    """The theme's templates, with other texts for some, which are called by the last part of their names."""
    folder = Path(material.__file__).parent / "templates"
    others = {f"partials/{name.replace('_', '-')}.html": text for name, text in texts.items()}
    loaders = [jinja2.DictLoader(others), jinja2.FileSystemLoader(folder)]
    return jinja2.Environment(loader=jinja2.ChoiceLoader(loaders))


PARTIALS = ["partials/nav.html", "partials/palette.html", "partials/search.html"]


@pytest.mark.parametrize("changed", ["nav", "nav_item", "logo", "source", "toc", "toc_item"])
def test_a_navigation_of_another_text_is_not_shared(changed: str) -> None:
    assert internals.known_partials(environment_of_material()) == PARTIALS
    assert internals.known_partials(environment_of_material(**{changed: "{{ page.meta }}"})) == PARTIALS[1:]


@pytest.mark.parametrize("changed", ["palette", "search"])
def test_another_partial_of_another_text_is_not_shared(changed: str) -> None:
    found = internals.known_partials(environment_of_material(**{changed: "{{ page.meta }}"}))
    assert found == [name for name in PARTIALS if changed not in name]


def test_without_known_partials_nothing_is_shared(root: Path) -> None:
    env = jinja2.Environment(loader=jinja2.DictLoader({}))
    loader = env.loader
    partial_cache.install(env, Navigation([], []), load_config(str(root / "mkdocs.yml")))
    assert env.loader is loader and "rolebook_partials" not in env.globals
