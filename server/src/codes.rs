//! Every code a problem can carry: a closed list, each with its status and its English title.
//! The app translates the codes; a contract test holds both lists together.

use actix_web::http::StatusCode;

macro_rules! codes {
    ($($name:ident = $status:ident $code:literal $title:literal,)*) => {
        /// A stable name for what went wrong, for people's languages and for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $(#[doc = $title] $name,)* }

        impl Code {
            /// All codes, in the order they are written.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str { match self { $(Self::$name => $code,)* } }

            /// What it means, in English.
            pub fn title(self) -> &'static str { match self { $(Self::$name => $title,)* } }

            /// The HTTP status it is answered with.
            pub fn status(self) -> StatusCode { match self { $(Self::$name => StatusCode::$status,)* } }
        }
    };
}

codes! {
    // What any route can answer.
    BodyInvalid = BAD_REQUEST "body_invalid" "The body cannot be read as this operation needs it",
    QueryInvalid = BAD_REQUEST "query_invalid" "A part of the address cannot be read",
    FieldsInvalid = UNPROCESSABLE_ENTITY "fields_invalid" "Some fields need another value",
    NotFound = NOT_FOUND "not_found" "There is nothing here",
    MethodNotAllowed = METHOD_NOT_ALLOWED "method_not_allowed" "This address does not take that method",
    HeadersTooLarge = REQUEST_HEADER_FIELDS_TOO_LARGE "headers_too_large" "The header fields are too large together",
    BodyTooLarge = PAYLOAD_TOO_LARGE "body_too_large" "What was sent is too large",
    BodyTooSlow = REQUEST_TIMEOUT "body_too_slow" "What was sent came too slowly",
    MediaTypeUnsupported = UNSUPPORTED_MEDIA_TYPE "media_type_unsupported" "Send JSON",
    OriginRefused = FORBIDDEN "origin_refused" "A write must come from this site",
    IdempotencyKeyInvalid = BAD_REQUEST "idempotency_key_invalid" "The Idempotency-Key must be 16 to 64 letters, digits or dashes",
    IdempotencyKeyReused = CONFLICT "idempotency_key_reused" "This Idempotency-Key was used for another request",
    TooManyRequests = TOO_MANY_REQUESTS "too_many_requests" "Too many requests, wait a little",
    ProofNeeded = TOO_MANY_REQUESTS "proof_needed" "Many are writing at once, send a proof of work along",
    Busy = SERVICE_UNAVAILABLE "busy" "Too many large bodies at once, try again soon",
    StorageUnavailable = SERVICE_UNAVAILABLE "storage_unavailable" "The storage does not answer, try again soon",
    Internal = INTERNAL_SERVER_ERROR "internal" "Something went wrong on our side",

    // Who somebody is and what they may.
    SignInNeeded = UNAUTHORIZED "sign_in_needed" "Sign in first",
    SessionExpired = UNAUTHORIZED "session_expired" "The session is over, refresh it or sign in again",
    CodeWrong = UNAUTHORIZED "code_wrong" "The code is wrong or no longer valid",
    NotAllowed = FORBIDDEN "not_allowed" "Your seat does not allow this",

    // Places.
    MunicipalityUnknown = NOT_FOUND "municipality_unknown" "There is no such municipality",
    MunicipalityWithoutCouncil = CONFLICT "municipality_without_council" "This municipality has no council yet",

    // Concerns.
    ConcernUnknown = NOT_FOUND "concern_unknown" "There is no such concern",
    TopicReferred = UNPROCESSABLE_ENTITY "topic_is_referred" "This topic is not taken here: call the help line shown",
    ReceiptUnknown = NOT_FOUND "receipt_unknown" "No concern belongs to this code",
    ReceiptTaken = CONFLICT "receipt_taken" "This code belongs to another concern already",
    PhotoRefused = UNPROCESSABLE_ENTITY "photo_refused" "A photo could not be read",
    DeviceNeeded = BAD_REQUEST "device_needed" "Send the device's credential or sign in",
    SupportNeeded = CONFLICT "support_needed" "Only residents who support this concern can do that",
    SupportClosed = CONFLICT "support_closed" "This concern takes no more support",
    MoveRefused = CONFLICT "move_refused" "The concern cannot move there now",
    ThreadClosed = CONFLICT "thread_closed" "This thread takes no more messages",

    // Consultations.
    ConsultationUnknown = NOT_FOUND "consultation_unknown" "There is no such consultation",
    ConsultationOver = CONFLICT "consultation_over" "This consultation has gone too far for that",
    ListFrozen = CONFLICT "list_frozen" "The list of candidates no longer changes",
    ListNotUsed = CONFLICT "list_not_used" "A question with choices has no list of candidates",

    // Meetings.
    MeetingUnknown = NOT_FOUND "meeting_unknown" "There is no such meeting",
    MeetingOver = CONFLICT "meeting_over" "This meeting has begun or was cancelled",
    MeetingClosed = CONFLICT "meeting_closed" "Only members of the council come to this meeting",

    MeetingNotHeld = CONFLICT "meeting_not_held" "This meeting has not begun, or was cancelled",
    MinutesMissing = CONFLICT "minutes_missing" "There are no minutes of this meeting yet",
    MinutesLocked = CONFLICT "minutes_locked" "The minutes are approved and change no more",
    MinutesNotApproved = CONFLICT "minutes_not_approved" "The minutes are not approved yet: change them instead",

    // Plans.
    ObjectiveUnknown = NOT_FOUND "objective_unknown" "There is no such objective",
    ObjectiveInUse = CONFLICT "objective_in_use" "There are measures for this objective",
    MeasureUnknown = NOT_FOUND "measure_unknown" "There is no such measure",
    MeasureApproved = CONFLICT "measure_approved" "The measure is approved: change its day with a reason, or report on it",
    MeasureNotOpen = CONFLICT "measure_not_open" "The measure is not approved yet, or it is closed",
    RegulationUnknown = NOT_FOUND "regulation_unknown" "There is no such regulation",
    RoleTextUnknown = NOT_FOUND "role_text_unknown" "Nobody has written what this seat is there for",
    TrainingUnknown = NOT_FOUND "training_unknown" "There is no such training",
    FigureUnknown = NOT_FOUND "figure_unknown" "There is no such figure",

    // Polls.
    PollUnknown = NOT_FOUND "poll_unknown" "There is no such poll",
    PollPublished = CONFLICT "poll_published" "This poll is published: its paper is fixed",
    PollNotOpen = CONFLICT "poll_not_open" "This has not been opened",
    PollNotClosed = CONFLICT "poll_not_closed" "There are results once this is closed",
    PollOver = CONFLICT "poll_over" "This is closed",
    PollSent = CONFLICT "poll_sent" "This was sent to the council already",
    PollRoomsOpen = CONFLICT "poll_rooms_open" "Answers are still coming in",
    PollRoomUnknown = NOT_FOUND "poll_room_unknown" "There is no class and no link with this code",
    PollRoomOpened = CONFLICT "poll_room_opened" "This was opened already",
    SheetMissing = CONFLICT "sheet_missing" "Print the slips first",
    SheetMade = CONFLICT "sheet_made" "These slips were made already: print new ones",
    SlipUnknown = NOT_FOUND "slip_unknown" "There is no such slip for this class",
    SlipUsed = CONFLICT "slip_used" "This slip was used already",
    DeviceAnswered = CONFLICT "device_answered" "This device has answered already",
    RightNeeded = FORBIDDEN "right_needed" "Verified residents answer here, with the right to vote on their phone",
    RightUsed = CONFLICT "right_used" "With this right to vote somebody has answered already",
    PollFull = CONFLICT "poll_full" "As many have answered as were to",
    TextUnknown = NOT_FOUND "text_unknown" "There is no such text",
    ReportUnknown = NOT_FOUND "report_unknown" "There is no report of this year",
    ReportPublished = CONFLICT "report_published" "The report of this year is published and does not change",
    YearNotOver = CONFLICT "year_not_over" "The year is not over yet",
    BulletinUnknown = NOT_FOUND "bulletin_unknown" "There is no bulletin of this quarter",
    BulletinUnwritten = CONFLICT "bulletin_unwritten" "Write the words of the bulletin first",
    BulletinPublished = CONFLICT "bulletin_published" "The bulletin of this quarter is published and does not change",
    QuarterNotOver = CONFLICT "quarter_not_over" "The quarter is not over yet",
    EvidenceUnknown = NOT_FOUND "evidence_unknown" "There is no such evidence",

    // Questions in a discussion.
    QuestionUnknown = NOT_FOUND "question_unknown" "There is no such question",
    QuestionsClosed = CONFLICT "questions_closed" "Questions are asked in the discussion, and answered until the vote is over",
    QuestionSettled = CONFLICT "question_settled" "The council has decided on this question before",

    // Who may vote.
    ActivationCodeUnknown = NOT_FOUND "activation_code_unknown" "This code is not known, was used or was revoked",
    LettersMade = CONFLICT "letters_made" "These letters were made before; their codes are not shown again",
    RollMissing = CONFLICT "roll_missing" "This municipality has handed in no roll: use a letter or come to the desk",
    RollUnmatched = NOT_FOUND "roll_unmatched" "Nothing unused on the roll fits this",
    VerifiedAlready = CONFLICT "verified_already" "This account is verified for that municipality and year already",

    // Votes.
    VoteUnknown = NOT_FOUND "vote_unknown" "Nothing is voted on here yet",
    NotVerified = FORBIDDEN "not_verified" "Only verified residents of this municipality can vote",
    TokensOther = CONFLICT "tokens_other" "This account was given its tokens on another device",
    IssuingOpen = CONFLICT "issuing_open" "Tokens are still given",
    IssuingOver = CONFLICT "issuing_over" "Tokens are no longer given",
    IssuersAway = SERVICE_UNAVAILABLE "issuers_away" "None of the institutions answers, try again soon",
    CastingNotOpen = CONFLICT "casting_not_open" "The vote is not open yet",
    CastingOver = CONFLICT "casting_over" "The vote is over",
    ItemForeign = UNPROCESSABLE_ENTITY "item_foreign" "This was not issued for this vote",
    ItemTampered = UNPROCESSABLE_ENTITY "item_tampered" "This was changed after it was signed",
    ItemOtherConcern = UNPROCESSABLE_ENTITY "item_other_concern" "This token rates another concern",
    ItemValue = UNPROCESSABLE_ENTITY "item_value" "This is not one of the answers",
    ItemRepeated = CONFLICT "item_repeated" "This was cast already",
    ItemOlder = CONFLICT "item_older" "A later one was cast already",
    ItemUnknown = NOT_FOUND "item_unknown" "There is no such item under the last published root",
    VoteNotCounted = CONFLICT "vote_not_counted" "The vote is not counted yet",
    BoxNotOpen = CONFLICT "box_not_open" "The box is opened once the vote is counted",

    // Being told.
    EndpointRefused = UNPROCESSABLE_ENTITY "endpoint_refused" "A push endpoint must be https at a public address",

    // The council's house.
    SeatUnknown = NOT_FOUND "seat_unknown" "There is no such seat",
    TemplateUnknown = NOT_FOUND "template_unknown" "There is no such template",
}
