"""Tells slips of the keyboard from other words and other people's names."""

import re
from collections.abc import Iterable
from functools import cache, cached_property

from rolebook.language import gettext
from rolebook.library.role import role_texts
from rolebook.organisation import Organisation, name_key, words_of

_SHORT = 6
"""A word with so many letters is one letter away from many others."""
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        acceptable accessed admit aid amounted arent ate automatic automating automaton bags bass bate bead
        beam beats bends billed bind bole bone bust came cass caused channeled closed closer closest closet
        closure closures cone constructor contract contracted contraction contracts cools costing cours
        crate current currently currents custom customary customs dame date dead deliverance deporting dice
        dine dole dome don dope dose dour dove downer doze drone dune dust eats embers emote employ employed
        employer employers employs fame fate faxed feats felled fictions filed fille filler fillet filmed
        find fined fired fist fixer fixes fools ford fork form formal fort founded foundered four fours
        functional functioned funder game gate gone grate gust hate head heats hind hole hone hosting how
        ice irate junctions just kid killed kills king knit lace lactation lad laid lame late leaf leak lean
        leap lear led lend lends lewd lice lind load locating lone loses lotion lust maid mail main mass
        mast mate mead measured meats mein mice milled mince mind mine ming mini mino mint mist mixed mole
        mone most moth mount mouth musty named nave neat nest net nicer niche nine none officers omen omens
        one our ours oust oven ovens owned oxen pace pacs pad pads pail pain pair palace pals panned pans
        parental pars parsed parson passed past pasting pasts pate patent pause pauses paws pays peace pear
        peer pen pens perm personal personas pert pier placed placer plane planed planner planners planted
        plate plead plotting pointing pole pools porting posing posturing potting pour pours pouting premise
        premised premises priced pricey pride prime prince prise prize promised proto purposed purposely
        questioned questioner race rage rags raid rake rare rat rated raze read ream reasoned receive
        received receives recording recover reforming rehired remotely remove repaired repeating repose
        reposting required restored retained retire retires retorted retried returned rice rile rite robe
        rode roll rope rose rove rule rust said same seals seam seams seas season sends sets shoe shoo shop
        shot shown showy sills skulls slats slow smarts snow sole sour sours sow spats spills stags stares
        stars starters startups states stats statue statues statutes steam stills stools stow sweats tabs
        tam tame tans taps tarts tate tea teak teal tear teas teat tends term text titled tolls tone tour
        tours tram treason tugs unfit unite unity unlit untie vice vocation volunteered willed wince wind
        your yours zone
        """,
    )
)
"""Words in use that are a slip away from a field or a choice: `status: filed` may be just that."""


class Slips:
    """Says why a word in a handbook may be no slip of another; nothing where it is one."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def why_another_person(self, word: str, meant: str) -> str:
        """Why `word` may be somebody else than `meant`: Jan is not Jana, and Anna Wiese not Anna Weise.

        Whatever letters make a name, somebody may be called so; only capitals and marks tell nobody apart.
        """
        return "" if _letters(word) == _letters(meant) else gettext("it may be somebody else's name")

    def why_another_role(self, word: str, meant: str) -> str:
        """Why `word` may be something else than the role `meant`."""
        return (
            gettext("it is somebody's name")
            if self._organisation.named(word)
            else self.why_another_word(word, meant)
        )

    def why_another_word(self, word: str, meant: str) -> str:
        """Why `word` may be a word, as parking is, and no slip of `meant`.

        Slips swap two letters, or leave one out; of a short word, this leaves a vowel's sound out, as in
        ownr. What they make cannot be a word: consonants meet in it as in no word that the handbook's
        fields or the library's roles use. Conservation can be one, and is no slip of conversation.
        """
        is_word = _is_another_word(word, meant) or self._can_be_a_word(word, meant)
        return gettext("correct it yourself if '%(meant)s' is meant", meant=meant) if is_word else ""

    def _can_be_a_word(self, word: str, meant: str) -> bool:
        """Whether what `word` has in place of parts of `meant` can be words."""
        if "".join(words_of(word)) == "".join(words_of(meant)):
            return False
        new = [each for each in words_of(word) if each not in words_of(meant)]
        return all(_consonants(each) <= self._in_use | _of_the_library() for each in new)

    @cached_property
    def _in_use(self) -> frozenset[str]:
        roles = self._organisation.roles.values()
        outcomes = (each.outcome for role in roles for each in role.fields.deliverable)
        return _all_consonants(
            (*outcomes, *(text for role in roles for text in (role.title, role.fields.purpose)))
        )


@cache
def _of_the_library() -> frozenset[str]:
    return _all_consonants(role_texts())


def _all_consonants(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(group for text in texts for word in set(words_of(text)) for group in _consonants(word))


def _consonants(word: str) -> frozenset[str]:
    """The groups of consonants in a word; a blank is where it begins or ends."""
    return frozenset(re.findall("[^aeiouy]{2,}", f" {word} "))


def _is_another_word(word: str, meant: str) -> bool:
    one, other = ("".join(words_of(each)) for each in (word, meant))
    if len(one) == len(other) or max(len(one), len(other)) <= _SHORT:
        return not _is_slip(one, other)
    return _begins(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether a word has another's letters in another order, or a vowel's sound too many or too few."""
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return not _begins(one, other) and _sounds(one) != _sounds(other)


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _sounds(word: str) -> int:
    """The number of vowels; several in a row are one."""
    return len(re.findall("[aeiouy]+", word))


def _letters(name: str) -> str:
    """The letters of a name, accents and all."""
    return re.sub(r"[\W_]+", "", name_key(name))


def why_a_word(word: str) -> str:
    """Why `word`, in place of a field's name or of a choice, may be no slip of one; empty where it is one."""
    return gettext("'%(word)s' is a word of its own", word=word) if word.casefold() in _WORDS else ""
