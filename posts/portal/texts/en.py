"""The own page in English."""

from datetime import date

from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NEAR = {0: "today", -1: "yesterday", 1: "tomorrow"}
WORDS = {"elements": ELEMENTS, "platforms": PLATFORMS, "formats": FORMATS, "purposes": PURPOSES}
RESIDUALS: dict[str, str] = {}  # the adapters say them in English


def before_last(word: str, _following: str) -> str:
    """The word as it is."""
    return word


def day(moment: date, *, with_year: bool) -> str:
    """3 December 2026."""
    return f"{moment.day} {MONTHS[moment.month - 1]}{f' {moment.year}' if with_year else ''}"


def on_day(said: str) -> str:
    """A day after a verb: "sent 3 December"."""
    return said


def at_time(near: str, hour: int, minute: int) -> str:
    """Today at 3:30 pm."""
    return f"{near} at {hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"


TEXTS = {
    # Every page
    "skip": "Skip to the page",
    "language": "Language",
    "questions_call": "Questions? Call {practice}:",
    "ask_link": "Ask a question here",
    "leave": "Close my page on this screen",
    "back": "Back to my page",
    # Coming in
    "enter.title": "Your page is opening",
    "enter.button": "Open my page",
    "left.title": "Your page is closed",
    "left.body": "Nobody can open it on this screen without your link. The link on your copy stays good.",
    "closed.title": "This link does not open a page",
    "closed.why": "It may be cut off, it may be an old one, or the page was open for too long.",
    "closed.again": "Open the link on your copy once more, or scan its code again.",
    "closed.lost": "If that does not help, ask the front desk of your practice for a new link.",
    "closed.by_mail": "Get a new link by e-mail",
    "closed.stop": "To stop everything now, call your practice or tell the front desk. What you say counts at once.",
    "over.majority.title": "This page has passed on",
    "over.majority.why": "The person you signed for is 18 now and decides alone. Your link has ended, and so has what you allowed.",
    "over.majority.what": "They can ask the front desk for a link of their own. It shows what is out, and they can stop it.",
    "over.authority.title": "This link has ended",
    "over.authority.why": "Our record says that you no longer sign for this person. What you allowed has ended with it.",
    "over.authority.what": "If that is wrong, bring the paper that shows your right to sign to the front desk.",
    "over.call": "Something has to stop now? Call {practice}: what you say counts at once.",
    # Before the birth date
    "unknown.title": "Your own page",
    "unknown.title_other": "The page of the person you signed for",
    "unknown.permissions.one": "1 permission now",
    "unknown.permissions.other": "{count} permissions now",
    "unknown.places.one": "1 place on our list",
    "unknown.places.other": "{count} places on our list",
    "unknown.cannot": "We cannot show names or pictures here.",
    "unknown.no_birth_date": "We have no birth date on file, and anyone could hold this link.",
    "unknown.desk": "The front desk can show you everything.",
    "unknown.no_tries": "The birth date was wrong five times, so this link shows no more. Ask the front desk for a new link. You can still stop everything here.",
    "unknown.see": "See what is shared",
    "unknown.give": "Give your birth date. That way nobody else who finds this link sees names or pictures.",
    "unknown.give_other": "Give the birth date of the person you signed for. That way nobody else who finds this link sees names or pictures.",
    "unknown.stop": "You can stop everything now, without a birth date.",
    "unknown.nothing": "Nothing is allowed now, so there is nothing to stop.",
    "unknown.happened": "What happened",
    "birth.legend": "Birth date",
    "birth.month": "Month",
    "birth.day": "Day",
    "birth.year": "Year",
    "birth.show": "Show me",
    "birth.wrong": "That is not the birth date we have.",
    "birth.no_such_day": "There is no such day. Look at the day and the month again.",
    "birth.numbers": "Give month, day and year in numbers.",
    "birth.left.one": "1 try left.",
    "birth.left.other": "{count} tries left.",
    # The page
    "page.title": "What you allowed",
    "page.allowed": "{name}, this is what you allowed.",
    "page.allowed_other": "This is what you allowed for {name}.",
    "page.nothing": "{name}, nothing of you may be shared now.",
    "page.nothing_other": "Nothing of {name} may be shared now.",
    "page.held": "We were asked to stop {when}. Since then nothing new is shared. To make it final, stop everything here.",
    "page.signed_on": "Signed {plain_date}",
    "page.signed": "Signed {date}",
    "page.what": "What",
    "page.made": "The post, photo or video that you made, as your copy names it",
    "page.where": "Where",
    "page.until": "Until",
    "page.why": "to {why}",
    "page.paid": "paid posts too",
    "page.or": "or",
    "page.copy": "your signed form (PDF)",
    "page.something": "Something here should go? Call {practice}: what you say counts at once.",
    "page.before": "Before",
    "page.past": "Signed {date}: {standing}.",
    "page.past_since": "Signed {date}: {standing}, {day}.",
    "page.past_copy": "The form (PDF)",
    "page.past_copy_of": "The form (PDF), signed {plain_date}",
    "standing.withdrawn": "withdrawn",
    "standing.expired": "expired",
    "standing.hold": "on hold",
    "standing.conflict": "in conflict",
    "standing.incomplete": "incomplete",
    "standing.on_file": "on file",
    "standing.soon": "ends soon",
    "standing.none": "nothing on file",
    "ends.end_of_treatment": "when treatment here ends",
    "ends.end_of_employment": "when employment here ends",
    "ends.end_of_campaign": "when the campaign ends",
    # Places
    "places.title": "Where you appear",
    "places.title_other": "Where {name} appears",
    "places.none": "Nowhere. Nothing with you has gone out, and nothing is planned.",
    "places.none_other": "Nowhere. Nothing with {name} has gone out, and nothing is planned.",
    "places.picture": "Picture in this post",
    "places.no_picture": "no picture",
    "places.look": "Look at it",
    "places.look_where": "on {place}, {day}",
    "place.coming": "Planned {when}.",
    "place.live": "Out since {day}.",
    "place.unknown": "We do not know yet if this went out. Somebody is looking.",
    "place.leaving": "Being taken down, by {day}.",
    "place.leaving_soon": "Being taken down.",
    "place.removed": "Removed {when}.",
    "place.stopped": "Stopped. It does not go out.",
    # Stop
    "stop.title": "Stop sharing",
    "stop.any_time": "You can stop at any time, for any reason. Nothing changes in your care.",
    "stop.all": "Stop sharing everything",
    "stop.one_place": "Only in one place",
    "stop.one_thing": "Only one thing",
    "stop.one_picture": "Only one picture",
    "stop.place": "Stop on {label}",
    "stop.thing": "Stop sharing: {label}",
    "stop.picture": "Stop showing {label}",
    "stop.numbered": "picture {number}",
    "stop.a_picture": "a picture",
    "revoke.all": "Stop sharing everything?",
    "revoke.place": "Stop sharing on {label}?",
    "revoke.thing": "Stop sharing this: {label}?",
    "revoke.picture": "Stop showing this picture?",
    "revoke.all_new": "Nothing new goes out.",
    "revoke.all_out": "What is out now is taken down.",
    "revoke.all_forms": "Your signed forms stay on file; they allow nothing any more.",
    "revoke.place_new": "Nothing new goes to {label}.",
    "revoke.place_out": "What is out there now is taken down.",
    "revoke.thing_new": "Nothing new uses this: {label}.",
    "revoke.thing_out": "What is out with it now is taken down.",
    "revoke.picture_new": "Nothing new uses this picture.",
    "revoke.picture_out": "Every post with it is taken down.",
    "revoke.rest": "The rest of what you allowed stays as it is.",
    "revoke.care": "Nothing changes in your care. You need no reason.",
    "revoke.copies": "Copies that other people made cannot be called back.",
    "revoke.yes": "Yes, stop",
    "revoke.no": "No, go back",
    # What followed
    "revoked.title": "What stopped",
    "revoked.all": "Everything stops.",
    "revoked.part": "This stops: {parts}.",
    "revoked.a_part": "A part stops.",
    "revoked.promise": "Nothing new starts from now. Anything already on its way is removed, and you will be told.",
    "revoked.received": "Received {when}.",
    "revoked.effective": "Nothing is on its way any more.",
    "revoked.looking": "We are looking through what is on its way.",
    "revoked.look_again": "Look again",
    "revoked.leaving": "What is being taken down",
    "revoked.count.one": "1 post, by {day}.",
    "revoked.count.other": "{count} posts, the last by {day}.",
    "revoked.removed": "What is gone",
    "revoked.removed_count.one": "1 post, removed {when}.",
    "revoked.removed_count.other": "{count} posts, the last removed {when}.",
    "revoked.nothing_out": "Nothing of yours that it covers is out.",
    "revoked.recall": "What nobody can call back",
    "revoked.recall_body": "Prints, screenshots and copies that other people made, and what search engines kept for a while.",
    "revoked.nothing": "There is nothing to stop",
    "revoked.nothing_body": "Nothing is allowed now, so nothing new goes out.",
    "history.title": "What you stopped",
    "history.all": "Everything, {when}.",
    "history.part": "{parts}, {when}.",
    "history.since": "What has happened since",
    "no_copy.title": "Your form cannot be shown now",
    "no_copy.body": "Our copy is missing or is not exactly what was signed, so we show none. Please tell the front desk. Your own copy and what you stopped stay as they are.",
    # Questions
    "ask.title": "Ask a question",
    "ask.lead": "The front desk of {practice} reads it. The answer comes to this page; if we have a checked e-mail address of yours, a message says that it is there.",
    "ask.not_urgent": "Something should stop now? Do not wait for an answer: stop it on your page, or call.",
    "ask.label": "Your question",
    "ask.send": "Send my question",
    "ask.empty": "Write your question first.",
    "ask.too_long": "Please make it shorter: at most 2,000 characters.",
    "ask.too_many": "Five questions of yours are still open. Please call, or wait for an answer.",
    "ask.sent": "Your question is with the front desk.",
    "questions.title": "Your questions",
    "questions.asked": "You asked {when}:",
    "questions.answered": "{practice} answered {when}:",
    "questions.open": "Not answered yet.",
    # Printed at the front desk
    "slip.title": "Your own page",
    "slip.body": "Scan the code with your phone, or type the address. It shows what you allowed and where you appear, and there you can stop it at any time.",
    "slip.code": "Code with the address of your own page",
    "slip.keep": "Keep it to yourself: who has this address can stop everything for you. Names and pictures show only after the birth date.",
    # A lost link
    "lost.title": "Get a new link to your page",
    "lost.lead": "Give the e-mail address that {practice} has for you. If we know it and have checked it, we send a new link there.",
    "lost.email": "E-mail address",
    "lost.send": "Send me a link",
    "lost.invalid": "That is no complete e-mail address. It looks like ana@example.org.",
    "lost.sent_title": "Look into your mail",
    "lost.sent": "If we know that address and have checked it, a message with a new link is on its way. It can take a few minutes.",
    "lost.silent": "We say the same whether we know the address or not, so that nobody can find out here who comes to us.",
    "lost.nothing": "Nothing came? Call {practice}, or ask at the front desk: they can print a new link.",
    "lost.old": "Your old link works until you use the new one.",
    "lost.which_title": "Which practice?",
    "lost.which": "The link is on the page of your practice. Look on your copy or on the practice’s own website, or ask at the front desk.",
    # Mail. No names, nothing about care.
    "mail.link.subject": "{practice}: your link",
    "mail.link.body": "Here is the link that was asked for:\n\n{addresses}\n\nIt opens a page of yours. Keep it to yourself.\nYour old link works until you use this one. If you did not ask for it, you need do nothing.\n\nQuestions: {phone}\n\n{practice}",
    "mail.answer.subject": "{practice}: there is an answer for you",
    "mail.answer.body": "You asked us a question. The answer is on your page: open your link again.\n\nNo link at hand? Get a new one here:\n{lost}\n\nQuestions: {phone}\n\n{practice}",
}
