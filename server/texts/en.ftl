# Letters the server sends. {$...} are filled in by the server.
sign-in-code-subject = Your code to sign in: {$code}
sign-in-code-body =
    Your code to sign in to Trekëndësh is:

    {$code}

    It works for 10 minutes and only once. If you did not ask for it, do nothing: nobody gets in without the code.

# News. The title is what the author wrote.
news-desk-subject = On the desk: {$title}
news-desk-body =
    There is new work on the council's desk:

    {$title}

    Look at it and decide: {$link}
news-moved-subject = A new step: {$title}
news-moved-body =
    The concern you follow has taken a new step:

    {$title}

    See what was decided and why: {$link}
news-published-subject = Published: {$title}
news-published-body =
    The concern you follow is now public:

    {$title}

    Open it here: {$link}
news-answered-subject = There is an answer: {$title}
news-answered-body =
    An institution has answered the concern you follow:

    {$title}

    Read the answer: {$link}
news-message-subject = The council wrote to you: {$title}
news-message-body =
    The council has written to you about your concern:

    {$title}

    Read it and reply: {$link}
news-fixed-subject = Was it fixed? {$title}
news-fixed-body =
    Four weeks ago the council said that this concern was solved:

    {$title}

    Was it really fixed? If not, tell us here: {$link}
news-referred-subject = A concern you followed was handed to the mechanism in charge
news-referred-body =
    A concern you followed was handed to the mechanism that deals with it. Its text is not kept here any more; only a count remains.

    Other concerns: {$link}
digest-subject = What happened today to the concerns you follow
digest-body =
    Today:

    {$lines}

    Open Trekëndësh: {$link}

# What waits at the desk: parts of a sentence, separated by semicolons.
desk-received = { $count ->
    [one] 1 new concern is waiting
   *[other] {$count} new concerns are waiting
}
desk-mended = { $count ->
    [one] 1 returned concern was mended by its author
   *[other] {$count} returned concerns were mended by their authors
}
desk-written = { $count ->
    [one] the author of 1 concern wrote
   *[other] the authors of {$count} concerns wrote
}
desk-asked = { $count ->
    [one] 1 question on a consultation is waiting
   *[other] {$count} questions on consultations are waiting
}

# The printed letter with the activation code.
letter-code-title = Your code to vote
letter-code-body =
    This letter gives you a vote in the consultations of the safety council for the year {$year}. It is good for one resident of the administrative unit: {$unit}.

    1. Open {$address} or scan the mark below with your phone.
    2. Sign in with your e-mail address.
    3. Type the code:
letter-code-after =
    The code works once. Nobody, not even the municipality, sees how you vote.
    If you have no phone, come to the desk of the municipality with a document: you are verified there.
