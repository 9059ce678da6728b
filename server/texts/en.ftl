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
news-meeting_announced-subject = A sitting or a meeting: {$title}
news-meeting_announced-body =
    A sitting or a meeting of the council was announced:

    {$title}

    See the agenda and say whether you come: {$link}
news-meeting_changed-subject = A meeting was changed: {$title}
news-meeting_changed-body =
    A sitting or a meeting of the council was changed:

    {$title}

    See the day, the hour and the venue: {$link}
news-meeting_cancelled-subject = Cancelled: {$title}
news-meeting_cancelled-body =
    A sitting or a meeting of the council was cancelled:

    {$title}

    Read why: {$link}
news-meeting_day-subject = Tomorrow: {$title}
news-meeting_day-body =
    The council meets tomorrow:

    {$title}

    See the agenda: {$link}
news-place_changed-subject = The meeting you come to was changed: {$title}
news-place_changed-body =
    The meeting you said you come to was changed:

    {$title}

    See the day, the hour and the venue. If you cannot come, leave your place to somebody else: {$link}
news-place_cancelled-subject = The meeting you come to was cancelled: {$title}
news-place_cancelled-body =
    The meeting you said you come to was cancelled:

    {$title}

    Read why: {$link}
news-place_day-subject = Tomorrow is the meeting you come to: {$title}
news-place_day-body =
    Tomorrow is the meeting you said you come to:

    {$title}

    If you cannot come, leave your place to somebody else: {$link}
news-place_given-subject = You have a place: {$title}
news-place_given-body =
    A place at the meeting you were waiting for became free, and it is yours now:

    {$title}

    If you cannot come, leave it to somebody else: {$link}
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
desk-asked-meeting = { $count ->
    [one] 1 question before a meeting is waiting
   *[other] {$count} questions before meetings are waiting
}

# What a council publishes: the year's report and the quarter's bulletin.
document-report = Yearly report {$year}, {$name}
document-bulletin = Bulletin, quarter {$quarter} {$year}, {$name}
news-report_published-subject = It is out: {$title}
news-report_published-body =
    The council published what was done in the year:

    {$title}

    Read it here: {$link}
news-bulletin_published-subject = It is out: {$title}
news-bulletin_published-body =
    The council published what was done in the quarter:

    {$title}

    Read it here: {$link}

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

# The institutions, as tables and documents name them.
institution-municipality = Municipality
institution-police = Police
institution-prosecution = Prosecution
institution-school = School
institution-civil_society = Civil society
institution-religious = Religious community
institution-business = Business
institution-media = Media
institution-village_head = Village head
institution-youth_council = Youth council
institution-health = Health service

# What a measure asks of those who lead it.
measure-fortnight = Due in two weeks: {$title}
measure-days = Due in three days: {$title}
measure-due = Due today: {$title}
measure-chair = Past its day: {$title}
measure-public = Long late, and everybody reads it: {$title}
measure-report = A report is due: {$title}
news-measures-subject = {$title}
news-measures-body =
    About a measure of the plan:

    {$title}

    Open it and report: {$link}

# The council's papers: its regulation and terms.
papers-regulation = A new regulation to read: decision no. {$number} of {$day}
papers-term-ends = A term ends soon: {$seat}, {$day}
papers-term-over = A term has ended: {$seat}, {$day}
news-papers-subject = {$title}
news-papers-body =
    From the council's papers:

    {$title}

    Read on here: {$link}

news-measure-subject = News of the measure for: {$title}
news-measure-body =
    The measure that answers the concern you follow has news:

    {$title}

    See what was done: {$link}
news-measure_late-subject = The measure is late: {$title}
news-measure_late-body =
    The measure that answers the concern you follow is long past its day:

    {$title}

    See where it stands: {$link}

measure-state-draft = Draft
measure-state-planned = Planned
measure-state-in_progress = Under way
measure-state-done = Done
measure-state-partly_done = Partly done
measure-state-not_done = Not done

program-meeting = Meeting
program-sitting_set = Meeting set, not announced yet
program-sitting_due = The council must have met, as its regulation says
program-collection = Concerns are collected
program-discussion = The list is discussed
program-vote = The vote
program-planning = The plan is written
program-report = The council answers for it
program-measure_report = Report of a measure
program-measure_due = A measure is due
program-bulletin = Bulletin of the quarter
