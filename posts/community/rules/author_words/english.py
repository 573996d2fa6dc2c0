"""What the author's pages say in English; `spanish.py` has the same keys."""

ENGLISH = {
    # every page
    "skip": "Skip to the page",
    "other_language": "Español",
    "practice": "{practice}",
    "no_thanks": "No thanks",
    "go_on": "Go on",
    "back": "Back",
    # what we ask
    "asks": "{practice} asks: may we share your post?",
    "who": "{asker} at {practice} saw your post of {day} and would love to share it. You decide, line by "
    "line. Without your signed yes we share nothing.",
    "no_duty": "No is fine, and needs no reason. Then nobody asks you again for this post.",
    "your_post": "Your post, as we saw it",
    "picture": "The picture in the post by {handle}",
    "seen_on": "By {handle}, posted on {day}.",
    "what_for": "What we ask for",
    "where": "Where",
    "kinds": "In which form",
    "edits": "Changes to it",
    "paid": "Paid ads",
    "paid_yes": "We also ask to show it as a paid ad. You can leave that out.",
    "paid_no": "No. It would not be shown as a paid ad.",
    "until": "Until",
    "until_day": "{ends_on}, or sooner if you say so",
    "line_by_line": "You mark yourself what of this you allow.",
    "next": "What comes next",
    "next_1": "You go on, and give your e-mail address. A code goes there, so that nobody else answers for "
    "you.",
    "next_2": "You see exactly how it would look, read the form, mark what you allow, and sign it or not.",
    "next_3": "You can take it all back later, at any time.",
    "good_until": "This page is good until {lapses_on}.",
    "answered": "Your answer is with us",
    "answered_lead": "Thank you. What you signed is on your own page, whose address is on your copy. There "
    "you can take it back at any time.",
    "answered_more": "Did you not finish? Go on here.",
    # the address and its code
    "address": "Where can a code reach you?",
    "address_lead": "Type your e-mail address. We send six digits there, so that nobody who found this link "
    "can answer for you. If you once showed us your address in person, use that one.",
    "email": "E-mail",
    "email_why": "Only for this request: for the code, and for your copy.",
    "send_code": "Send me the code",
    "code": "Look into your e-mail",
    "code_lead": "We sent six digits to {address}. They are good for ten minutes.",
    "digits": "The six digits",
    "type_code": "Go on",
    "other_address": "Another address, or a new code",
    "write_email": "This is no complete e-mail address. It looks like ana@example.org.",
    "busy": "That was often in a short time. Please wait a while, and try again.",
    "being_proved": "Somebody is showing just now that the account is theirs. If it was you, look into your "
    "e-mail: the form comes there.",
    # who it is
    "name": "Who are you?",
    "name_lead": "Your licence needs your name as you sign, and that you are of age.",
    "given": "First name",
    "family": "Last name",
    "born": "Birth date",
    "born_why": "Under 18, a parent or guardian decides.",
    "write_name": "Please write your first and your last name, with letters.",
    "long_name": "That name is too long for our form.",
    "cannot_print": "Our documents cannot print {characters}. Please write your name in Latin letters.",
    "write_born": "Please choose your birth date; look at the year once more.",
    "child": "Thank you. Under 18, a parent decides",
    "child_lead": "A parent or guardian gives the licence for somebody under 18. If we can reach one of "
    "yours, they are asked in a message of their own. Show them this page if you like. Nothing that you "
    "typed here was kept.",
    # the words from the account
    "phrase": "One more step: show that the account is yours",
    "phrase_lead": "Send us these three words from {handle}, as an answer to our message:",
    "phrase_then": "Two people of our team look at it, mostly on the next working day. Then the form comes "
    "to {address}.",
    "phrase_why": "So nobody else can give away what you made. Send nothing else, above all nothing about "
    "your health.",
    "phrase_confirmed": "We saw your words",
    "phrase_confirmed_lead": "Thank you. The form is on its way to {address}. You can read it there, and "
    "sign it or not.",
    # the papers
    "papers": "Your papers",
    "papers_lead": "Each is a paper of its own, with a signature of its own. You can sign one and say no to "
    "the other.",
    "look": "This is how it would look",
    "look_not": "You see it in the form.",
    "licence": "Your licence",
    "licence_what": "What you made: where we may share it, in which form, with which changes, until when.",
    "health": "Your permission about your health",
    "health_what": "What may be said or shown of you as somebody who comes to us.",
    "state_now": "Now",
    "state_then": "Afterwards",
    "state_signed": "Signed",
    "state_declined": "No thanks",
    "state_desk": "At our front desk",
    "state_ended": "Ended",
    "read": "Read the form",
    "read_next": "Go on to the next paper",
    "all_done": "There is nothing more to sign.",
    # the endings
    "declined": "That is fine",
    "declined_lead": "We share nothing of it, and nobody here asks you again for this post. You can close "
    "this page.",
    "nothing_here": "There is nothing to sign with this address",
    "nothing_here_lead": "If you are the one we asked: use the address where your copy came, or that you "
    "once showed us in person. Or call {practice}: {phone}.",
    "staff": "A member of staff is signed in here",
    "staff_lead": "Only the author can answer, on their own phone or computer; nobody of the practice can "
    "answer for them. If the post is your own, use a browser in which you are not signed in.",
    "closed": "This link does not open a page",
    "closed_1": "It may be cut off or old, or a newer message replaced it. Look for the newest message.",
    "closed_2": "You do not have to do anything. Without your yes, nothing is shared.",
}
