"""What the ceremony's own pages say in English. `spanish.py` has the same keys; the form's text is the wording's."""

ENGLISH = {
    # every screen
    "skip": "Skip to the page",
    "number_of": "{number} of {of}",
    "no_thanks": "No thanks",
    "continue": "Continue",
    "back": "Back",
    "larger_text": "Larger text",
    "usual_text": "Usual text size",
    "read_aloud": "Read aloud",
    "stop_reading": "Stop reading",
    "still_there": "Are you still there?",
    "closes_soon": "This page closes in half a minute, so that nobody else sees it.",
    "still_here": "I am still here",
    "no_connection": "There is no connection just now. What you marked is still here. Please try again "
    "in a moment.",
    # the steps
    "hello": "Hello {signer}. You can say no: nothing changes in your care.",
    "hello_for": "Hello {signer}. This is about {person}. You can say no: nothing changes in the "
    "care you get here.",
    "screen_or_paper": "On this screen, or on paper?",
    "yes_screen": "Yes, on this screen",
    "rather_paper": "I would rather have it on paper",
    "disclosure_1": "You can sign here, on this screen. Then the form and your copy are kept on a computer.",
    "disclosure_2": "You can have it all on paper instead. Paper is free, and saying so changes "
    "nothing in your care.",
    "disclosure_3": "This yes is only for this form. You can take it back at any time: tell the front "
    "desk or write to us.",
    "disclosure_4": "You can ask for a paper copy of what you sign at any time. It is free.",
    "disclosure_5": "To see your copy you need a phone or computer with a web browser that can show a "
    "PDF, like this screen does.",
    "ends_on_day": "It ends on this day",
    "earlier_day": "On an earlier day",
    "which_day": "Which day",
    "or_sooner": "Or sooner, when this happens",
    "only_the_day": "Only the day counts",
    "when_it_ends": "When it ends, we stop using your story and start taking down our own posts. You "
    "can stop it sooner at any time.",
    "read_once_more": "Please read it once more",
    "exactly_this": "This is exactly what you sign, with what you marked.",
    "whole_form": "The whole form",
    "i_read_it": "I read this form, or someone read it to me.",
    "your_signature": "Your signature",
    "sign_in_box": "{signer}, please sign in the box with a finger, a pen or the mouse.",
    "box": "Box for your signature",
    "undo": "Undo",
    "clear": "Clear",
    "type_instead": "Type my name instead",
    "type_your_name": "Type your name: {signer}",
    "draw_instead": "Draw it instead",
    "sign": "Sign",
    # the endings
    "thank_you": "Thank you",
    "done_tablet": "Done: give the tablet back",
    "done_own": "Done: close this page",
    "declined": "That is fine. Nothing was signed and nothing of what you marked was kept.",
    "go_on_with_visit": "Nothing changes in your care. Please go on with your visit.",
    "nothing_changes": "Nothing changes in your care.",
    "paper_at_desk": "That is fine. The front desk prints the form for you. It is free, and nothing "
    "changes in your care.",
    "paper_nothing_kept": "Nothing of what you marked here was kept.",
    "signed_tablet": "You signed, and this is your copy. Scan the code with your phone, or write the "
    "address down. It leads to your own page: what you allowed, where you appear, and "
    "“Stop sharing”.",
    "signed_own": "You signed, and this is the way to your copy. Keep this address. It leads to your "
    "own page: what you allowed, where you appear, and “Stop sharing”.",
    "code_of_own_page": "Code with the address of your own page",
    "keep_it_secret": "Keep it to yourself: who has this address can withdraw for you.",
    "print_copy": "Print my copy",
    "open_copy": "Open my copy",
    "mail_own_page": "E-mail me this address",
    "own_page_mailed": "The address of your own page is on its way to your e-mail.",
    "one_more": "One more paper",
    "one_more_health": "It is a paper of its own, with a signature of its own: your permission about your health. Only "
    "with it may a post say or show that you come to us. You can say no to it, and nothing changes in your care.",
    "one_more_other": "It is a paper of its own, with a signature of its own. You can say no to it.",
    "one_more_copy": "Your copy of what you signed just now comes by e-mail as well.",
    "open_next": "Go on to the next paper",
    "copy_coming": "You signed. Your copy is being made and appears here in a moment. You need not w"
    "ait for it: the front desk can print it for you.",
    "copy_coming_own": "You signed. Your copy is being made and appears here in a moment.",
    "give_back": "Please give the tablet back to the front desk",
    "nothing_more": "Thank you. There is nothing more to do here.",
    "not_kept": "That could not be kept just now",
    "not_kept_lead": "Please try again in a minute. What you marked before is still there. H"
    "owever often you press Sign, you sign once.",
    "try_again": "Try again",
    # on one's own phone or computer
    "request_from": "A form from {practice}",
    "who_asks": "{asker} at {practice} asks you to read a form, and to say yes or no.",
    "you_can_say_no": "You can say no, now or later, and need no reason. Nothing changes for you.",
    "takes_minutes": "It takes about five minutes. Nobody at {practice} can answer it for you.",
    "code_first": "First we send a code to your e-mail, so that nobody else can open it.",
    "send_code": "Continue",
    "code_sent": "We sent you a code",
    "code_where": "Look at your e-mail: six digits, good for ten minutes.",
    "code": "The six digits",
    "open_form": "Open the form",
    "new_code": "Send a new code",
    "opening": "The form is opening",
    "open_it": "Open the form",
    "elsewhere": "The form was opened on another device",
    "elsewhere_lead": "It can be answered on one device at a time. What was marked is kept.",
    "elsewhere_phone": "Ask the front desk to show the code again if you want to go on here.",
    "here_instead": "Go on here instead",
    "was_away": "The page was closed after a while without a touch",
    "was_away_lead": "What you marked is kept.",
    "was_away_phone": "Ask the front desk to show the code again, and scan it with this phone.",
    "already_signed": "This form is already signed",
    "already_signed_lead": "It was signed on {day}. There is nothing more to do.",
    "copy_how": "Your copy is on your own page. We can send its address to your e-mail once more.",
    "copy_at_desk": "For your copy, use the address you were shown, or ask the front desk.",
    "send_own_page": "E-mail me the way to my copy",
    "answered": "Nothing more is asked of you here",
    "link_closed": "This link does not open a form",
    "link_closed_1": "It may be cut off or old, or a newer message replaced it. Look for the newest "
    "message, and open its link.",
    "link_closed_2": "If that does not help, call the practice that asked you, or its front desk. They "
    "send a new one.",
    "link_closed_3": "You do not have to do anything. Without your yes, nothing is shared.",
    "staff_here": "A member of staff is signed in here",
    "staff_here_lead": "Only the person who was asked can open this form, on their own phone or computer. "
    "Nobody at the practice can answer for them. This was noted.",
    "staff_here_how": "If it is your own form: sign out first, and open the link on your own phone.",
    # what is shown
    "hello_work": "Hello {signer}. You can say no, and nobody needs a reason.",
    "work_is_shown": "This is what you made",
    "work_lead": "The form is about exactly this picture, and about nothing else.",
    "story_number": "{work} (our number {number})",
    "reposted_is_shown": "This is how it would look",
    "reposted_lead": "Here you see what was made of it. With your yes it may go out exactly like this.",
    "exactly_post": "“{title}”, exactly as it was shown to me (SHA-256 {digests})",
    "what_is_shown": "This is the post",
    "what_was_shown": "What was shown",
    "shown_lead": "If you say yes to only this one post, it may go out exactly like this. If a letter or a "
    "picture changes, we have to ask you again.",
    "shown_format": "Kind of post",
    "shown_disclosure": "It says who pays",
    "shown_no_words": "No words.",
    "shown_described": "Described as",
    "shown_captions": "Words for those who cannot hear it",
    "shown_video": "A video",
    "shown_elsewhere": "The picture itself is not in this file. It is the one with this SHA-256.",
    # what is refused
    "press_a_button": "Please press one of the buttons.",
    "mark_read": "Please mark that you read the form, or that someone read it to you.",
    "mark_elements": "Mark at least one thing that may be shared, or press No thanks.",
    "mark_platforms": "Mark at least one place where it may go, or press No thanks.",
    "mark_formats": "Mark at least one kind of post, or press No thanks.",
    "mark_only_this_post": "Mark the line about one post or more, or press No thanks.",
    "mark_purposes": "Mark at least one reason, or press No thanks.",
    "mark_edits": "Mark whether it may be cut to fit, or press No thanks.",
    "alone_edits": "Either only a link to it, or it may be shared itself. Please take one mark away.",
    "mark_ties": "Please mark what is so, or that it is nothing of this.",
    "alone_ties": "You marked that it is nothing of this, and something beside it. Please take one mark away.",
    "mark_assent": "Please ask your child, and mark yes or no.",
    "line_unknown": "One of the marked lines is not on this form. Please mark again what you agree to.",
    "write_beside": "{label}: please write it beside the mark, in a few words.",
    "cannot_print": "{label}: our documents cannot print {characters}. Please write it in Latin letters, or "
    "ask for the form on paper.",
    "cannot_print_name": "Our documents cannot print {characters}. Please type your name in Latin letters, as "
    "on your ID, or ask for the form on paper.",
    "cannot_print_form": "Our documents cannot print {characters}, which this form holds. Please ask the "
    "practice for a form on paper.",
    "mark_end": "Please mark when this permission ends, or press No thanks.",
    "end_between": "Please choose a day after today and not after {day}.",
    "choose_end": "Please choose the day on which it ends.",
    "too_large": "That drawing is too large to keep. Please clear it and sign once more, more simply.",
    "not_whole": "The drawing did not arrive whole. Please clear it and sign again.",
    "box_empty": "The box is still empty. Please sign in it, or type your name instead.",
    "only_a_dot": "That is only a dot so far. Please sign as you do on paper, or type your name instead.",
    "only_a_line": "That is only a straight line so far. Please sign as you do on paper, or type your "
    "name instead.",
    "type_name": "Please type your name: {name}.",
    "name_as_on_form": "Please type your name as it stands on the form: {name}.",
    "signer_changed": "The right to sign has changed meanwhile. Please give the tablet back to the front "
    "desk.",
    "signer_changed_own": "The right to sign has changed meanwhile. Please call the practice that asked you.",
    "text_changed": "Something on the form has changed. Please go back and read it once more.",
    "incomplete": "This cannot be signed yet. Missing: {missing}",
    "no_copy": "You signed, but your copy cannot be opened just now. Please ask the front desk "
    "for it on paper.",
    "code_wrong": "That is not the code. Look at the newest message. You have {left} more.",
    "code_tries_over": "Five wrong codes. Ask for a new one.",
    "code_over": "That code is too old. Ask for a new one.",
    "code_wait": "A code was sent just now. Wait a minute, and look into the spam folder too.",
    "code_enough": "Many codes were sent in the last hour. Wait an hour, or call the practice.",
    # messages
    "mail_subject": "{practice} asks you to read a form",
    "mail_body": "{asker} at {practice} asks you to read a form, and to say yes or no.\n\nOpen it "
    "here, on your own phone or computer:\n{address}\n\nThe link is yours alone: "
    "please do not pass it on. It works until {day}. You can say no, and need no "
    "reason. If you did not expect this, call {practice}: {phone}.\n",
    "mail_again_subject": "{practice} still waits for your yes or no",
    "code_subject": "Your code for {practice}",
    "code_body": "Your code is {code}.\n\nType it on the page that you opened. It is good for ten "
    "minutes. Nobody at {practice} will ask you for it. If you did not ask for a code, "
    "you need to do nothing.\n",
    "own_page_subject": "Your own page at {practice}",
    "own_page_body": "This leads to your own page, and to your copy of what you "
    "signed:\n{address}\n\nKeep it to yourself: who has this address can withdraw for "
    "you.\n",
}
