"""What a post claims: declared once for all channels, live in the gate, kept through every step and every refusal."""

from dataclasses import replace

import pytest

from consent.access.actions.recipients import add_recipient
from posts.content.actions import Shown, change_post
from posts.content.models import Post
from posts.content.queries import claims_of, whole_version
from posts.content.rules import Claims
from posts.planning.rules import STEPS
from tests.cast import NOW, by
from tests.desk import as_, at, typed, words
from tests.drafts import a_channel, a_post, a_version
from tests.pictures import given_picture

SAID = "It was hard.\nThen I could walk again."


def everything(cast):
    """Each field of the section, filled in."""
    return {
        "origin_url": "https://social.example/ana/1",
        "origin_author": str(cast.ana.pk),
        "connection": "gift",
        "quote_source": SAID,
        "atypical_result": "on",
        "typical_result": "Most people walk again within three months.",
        "procedures": "Knee replacement",
        "results_notice": "on",
        "unretouched": "on",
        "sensitive_category": "hiv",
        "sale": "on",
    }


def declared(cast):
    return Claims(
        "https://social.example/ana/1",
        cast.ana.pk,
        "gift",
        SAID,
        atypical_result=True,
        typical_result="Most people walk again within three months.",
        procedures="Knee replacement",
        results_notice=True,
        unretouched=True,
        sensitive_category="hiv",
        sale=True,
    )


def composer(user, post):
    return words(as_(user).get(at("planning:compose", post.pk)))


def is_open(page):
    """Whether the section of claims lies open."""
    return 'id="claims" tabindex="-1" open>' in page


class TestTheSection:
    def test_is_folded_until_something_in_it_is_filled(self, cast):
        version = a_version(cast)
        assert not is_open(composer(cast.dan, version.post))

        as_(cast.dan).post(at("planning:compose", version.post_id), typed(version.post, sale="on"))
        assert is_open(composer(cast.dan, Post.objects.get()))

    def test_is_open_when_a_reason_points_there(self, cast):
        version = a_version(cast, a_post(cast, purpose="before_after"))
        cast.location.facts.update(state="CA")

        page = composer(cast.dan, version.post)

        assert is_open(page)
        assert 'data-focus="procedures"' in page

    def test_keeps_everything_that_is_declared(self, cast):
        version = a_version(cast)

        data = typed(version.post, **everything(cast))
        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302

        assert claims_of(Post.objects.get()) == declared(cast)
        page = composer(cast.dan, Post.objects.get())
        assert f'name="origin_author" value="{cast.ana.pk}"' in page
        assert "Then I could walk again.</textarea>" in page
        assert '<option value="gift" selected>' in page
        assert '<option value="hiv" selected>' in page
        for ticked in ("atypical_result", "results_notice", "unretouched", "sale"):
            assert f'name="{ticked}" checked>' in page

    def test_says_no_other_story_than_the_post_repeats(self, cast):
        """Which story it is decides whose licence counts, so no page sent to us can change it (R96)."""
        version = a_version(cast)
        Post.objects.update(story=7)
        data = typed(Post.objects.get(), **everything(cast), story="8")
        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302
        assert claims_of(Post.objects.get()) == replace(
            declared(cast), story=7, origin_url="", origin_author=None, quote_source=""
        )

    @pytest.mark.parametrize(
        "forged",
        [
            {"quote_source": "They are the best."},
            {"quote_source": ""},
            {"origin_author": ""},
            {"origin_url": ""},
        ],
    )
    def test_says_nothing_else_of_whose_words_a_story_s_post_repeats_and_which(self, cast, forged):
        """A licence for a story would cover words that its author never said, or whoever else licensed (R84, R96)."""
        version = a_version(cast)
        change_post(
            post=version.post, title="A", purpose="testimonial", location=cast.location,
            claims=replace(declared(cast), story=7), by=by(cast.dan), at=NOW,
        )  # fmt: skip
        data = typed(Post.objects.get(), **everything(cast) | forged)
        page = as_(cast.dan).post(at("planning:compose", version.post_id), data)
        assert page.status_code == 302
        assert claims_of(Post.objects.get()) == replace(declared(cast), story=7)
        assert "Then I could walk again.</textarea>" in composer(cast.dan, Post.objects.get())

    @pytest.mark.parametrize(
        "do", ["", *(f"{name}:1:1:1"[: len(name) + 2 * n] for name, (_, n) in STEPS.items())]
    )
    def test_survives_every_step(self, cast, do):
        version = a_version(cast)
        data = typed(version.post, do=do, **everything(cast))

        desk = words(
            as_(cast.dan).post(at("planning:arrange", version.post_id), data, headers={"HX-Request": "true"})
        )

        assert "https://social.example/ana/1" in desk
        assert "Then I could walk again.</textarea>" in desk
        assert '<option value="gift" selected>' in desk
        assert 'name="sale" checked>' in desk

    def test_survives_a_refused_save(self, cast):
        version = a_version(cast)
        data = typed(version.post, **everything(cast) | {"origin_url": "social.example"})

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)

        assert response.status_code == 422
        assert "Give the whole address of the original" in words(response)
        assert 'value="social.example"' in words(response)
        assert "Then I could walk again.</textarea>" in words(response)
        assert claims_of(Post.objects.get()) == Claims()

    @pytest.mark.parametrize("field", ["origin_url", "quote_source", "typical_result", "procedures"])
    def test_names_the_field_that_is_too_long(self, cast, field):
        version = a_version(cast)
        data = typed(version.post, **{field: "https://" + "long " * 2_000})

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)

        assert response.status_code == 422
        assert "Shorten it by" in words(response)
        assert 'aria-invalid="true"' in words(response)

    def test_takes_no_author_of_another_practice_and_no_tie_of_its_own_making(self, cast):
        from tests.posts.planning.test_compose import a_stranger

        version = a_version(cast)
        data = typed(
            version.post, origin_author=str(a_stranger(cast).pk), connection="a tie we never heard of"
        )

        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302
        assert claims_of(Post.objects.get()) == Claims()


class TestTheGate:
    def test_answers_what_is_claimed_at_once(self, cast):
        version = a_version(cast)

        def panel(**claimed):
            data = typed(version.post, **claimed)
            return words(as_(cast.dan).post(at("planning:preview", version.post_id), data))

        assert "without saying what people can usually expect" in panel(atypical_result="on")
        assert "not what was said, word for word" in panel(quote_source=SAID)
        assert "It is about HIV, which never goes out from here." in panel(sensitive_category="hiv")
        assert "the post does not say so" in panel(connection="gift")
        unknown = panel(origin_url="https://social.example/1")
        assert 'data-focus="origin_author"' in unknown
        assert "Say who made it" in unknown
        assert "Ana made the original and has not allowed us to use it." in panel(
            origin_author=str(cast.ana.pk)
        )

    def test_leads_to_the_field_that_mends_it(self, cast):
        version = a_version(cast)
        data = typed(version.post, atypical_result="on", quote_source=SAID)

        panel = words(as_(cast.dan).post(at("planning:preview", version.post_id), data))

        assert 'data-focus="typical_result"' in panel
        assert 'data-focus="quote_source"' in panel


class TestTheAuthorOfARepost:
    def test_is_found_by_alias_named_and_taken_out_again(self, cast):
        version = a_version(cast)
        client = as_(cast.dan)
        assert cast.ana.alias == "Ana"

        found = words(
            client.post(
                at("planning:find_person") + f"?author=1&post={version.post_id}", {"person-author": "an"}
            )
        )
        assert f'value="name_author:{cast.ana.pk}"' in found
        assert "Ruiz" not in found

        def stepped(do, **instead):
            data = typed(version.post, do=do, **instead)
            return words(client.post(at("planning:arrange", version.post_id), data))

        named = stepped(f"name_author:{cast.ana.pk}")
        assert "Made by <strong>Ana</strong>" in named
        assert is_open(named)
        assert "Made by" not in stepped("no_author", origin_author=str(cast.ana.pk))


class TestThirdParties:
    def test_are_not_asked_about_where_there_are_none(self, cast):
        assert "Who else is given it" not in composer(cast.dan, a_version(cast).post)

    def test_are_ticked_for_one_channel_and_kept(self, cast):
        agency = add_recipient(
            practice=cast.practice, name="Bright Agency", acts_for_us=True, by=by(cast.olga), at=NOW
        )
        gone = add_recipient(
            practice=cast.practice, name="Old Agency", acts_for_us=True, by=by(cast.olga), at=NOW
        )
        gone.ended_at = NOW
        gone.save()
        post = a_post(cast)
        wall, instagram = (
            a_version(cast, post),
            a_version(cast, post, a_channel(cast, "instagram", "@riverbend")),
        )

        page = composer(cast.dan, post)
        assert "Bright Agency" in page
        assert "Old Agency" not in page

        data = typed(post, **{f"recipient-{wall.account_id}": [str(agency.pk), str(gone.pk)]})
        as_(cast.dan).post(at("planning:compose", post.pk), data)
        assert [*whole_version(wall.pk).recipients.all()] == [agency]
        assert not whole_version(instagram.pk).recipients.exists()
        assert f'name="recipient-{wall.account_id}" value="{agency.pk}" checked>' in composer(
            cast.dan, Post.objects.get()
        )


class TestCaptionsOfAVideo:
    def test_are_asked_for_and_kept(self, cast):
        asset = given_picture(cast)
        asset.kind = "video"
        asset.save()
        rendition = asset.renditions.get()
        version = a_version(cast, media=[Shown(rendition, "Ana walks")])
        field = f"captions-{version.account_id}-{rendition.pk}"
        assert f'data-focus="{field}"' in composer(cast.dan, version.post)

        as_(cast.dan).post(
            at("planning:compose", version.post_id), typed(version.post, **{field: "I can walk."})
        )

        assert whole_version(version.pk).media.get().captions == "I can walk."
        page = composer(cast.dan, Post.objects.get())
        assert "I can walk.</textarea>" in page
        assert "has no captions" not in page

    def test_are_not_asked_for_under_a_picture(self, cast):
        version = a_version(cast, media=[Shown(given_picture(cast).renditions.get(), "A garden")])
        assert "Captions:" not in composer(cast.dan, version.post)
