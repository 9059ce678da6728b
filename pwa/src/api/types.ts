/**
 * Short names for the shapes the app uses. `schema.ts` is generated from the server's own OpenAPI (`npm run api`);
 * here its plain strings are narrowed to the words they can be. A field the server renames or drops no longer
 * compiles, because a refinement may only name fields the generated shape has.
 */
import type { components } from './schema';

type S = components['schemas'];
export type Refine<T, R extends { [K in keyof R]: K extends keyof T ? T[K] : never }> = Omit<T, keyof R> & R;

export type Institution =
  | 'municipality'
  | 'police'
  | 'prosecution'
  | 'school'
  | 'civil_society'
  | 'religious'
  | 'business'
  | 'media'
  | 'village_head'
  | 'youth_council'
  | 'health';
export type Status =
  | 'received'
  | 'in_review'
  | 'published'
  | 'prioritised'
  | 'planned'
  | 'in_progress'
  | 'done'
  | 'partly_done'
  | 'returned'
  | 'merged'
  | 'declined'
  | 'not_ours'
  | 'referred'
  | 'reopened';
export type Verdict = 'done' | 'partly_done' | 'planned' | 'not_possible' | 'not_ours';
type Class = 'public' | 'restricted' | 'referred';
type Need = 'reason' | 'legal_ground' | 'whose' | 'into' | 'lead' | 'due_on' | 'proof';

export type Words = S['Bilingual'];
export type Point = S['Point'];
export type HelpLine = S['HelpLine'];
export type Topic = Refine<S['Topic'], { class: Class; mechanism: S['Mechanism'] | null }>;
export type Municipality = Refine<
  S['MunicipalityView'],
  { council: 'none' | 'formal' | 'active'; former_name: string | null }
>;
export type Unit = S['UnitView'];
export type Phase = 'announced' | 'collect' | 'discuss' | 'vote' | 'result' | 'plan' | 'report' | 'withdrawn';
export type Asks = Refine<S['OpenConsultation'], { phase: 'announced' | 'collect' | 'discuss' | 'vote' }>;
export type MunicipalityPage = Refine<
  S['MunicipalityPage'],
  { council: Municipality['council']; former_name: string | null; topics: Topic[]; tiles: S['Tiles'] | null; asks: Asks[] }
>;
export type Photo = S['Photo'];

export type LastAnswer = Refine<S['LastAnswer'], { institution: Institution; verdict: Verdict | null }>;
type Card = {
  answered_by: Institution[];
  last_answer: LastAnswer | null;
  author: { kind: 'named' | 'display' | 'anonymous'; name: string | null };
  lead: Institution | null;
  merged_into: string | null;
  photo: Photo | null;
  published_on: string | null;
  status: Status;
  unit: S['UnitName'] | null;
  verdict: Verdict | null;
};
export type TimelineEntry = Refine<
  S['TimelineEntry'],
  {
    kind: 'received' | 'move' | 'answer' | 'merge';
    institution: Institution | null;
    to: Status | null;
    verdict: Verdict | null;
    lead: Institution | null;
    due_on: string | null;
    legal_ground: string | null;
    whose: string | null;
  }
>;
export type Concern = Refine<S['ConcernCard'], Card>;
export type Discussion = Refine<S['Discussion'], { kind: MeetingKind; outcome: Outcome | null }>;
export type ConcernDetail = Refine<
  S['ConcernPage'],
  Card & { timeline: TimelineEntry[]; contest: S['Contest'] | null; discussions: Discussion[]; measures: AnsweringMeasure[] }
>;
export type Contested = Refine<S['ContestView'], { contest: S['Contest'] | null }>;
export type Message = Refine<S['MessageView'], { from: 'author' | 'council'; institution: Institution | null }>;
export type Thread = Refine<S['Thread'], { concern: ConcernDetail; messages: Message[] }>;
export type Submission = S['SubmitConcern'] & { photos: { data: string; alt?: string }[] };
export type Submitted = S['Received'];
export type Account = Refine<
  S['AccountView'],
  {
    display_name: string | null;
    home: { municipality: string; unit: string | null } | null;
    language: 'sq' | 'en';
    seats: OwnSeat[];
  }
>;
export type Verification = S['VerificationView'];
export type ActivationBatch = S['ActivationBatch'];
export type RollYears = S['RollYears'];
export type InboxItem = Refine<S['NoticeView'], { concern: string | null; meeting: string | null; path: string | null }>;
export type Inbox = Refine<S['Inbox'], { items: InboxItem[] }>;
export type Preferences = Refine<S['PreferencesView'], { email: 'immediate' | 'daily' | 'off' }>;
export type Followed = Refine<
  S['FollowedView'],
  {
    kind: 'municipality' | 'unit' | 'topic' | 'concern' | 'thread';
    concern?: string | null;
    municipality?: string | null;
    unit?: string | null;
    topic?: string | null;
  }
>;
export type Subscription = Refine<S['SubscriptionView'], { follows: Followed[] }>;
export type Role = 'member' | 'secretary' | 'administrator';
export type Seat = Refine<S['SeatView'], { institution: Institution; role: Role; holder?: string | null; appointment: S['AppointmentView'] | null }>;
/** What whoever comes to a seat has to read. */
export type Paper = 'handover' | 'role' | 'regulation';
export type OwnSeat = Refine<S['OwnSeat'], { institution: Institution; role: Role; unread: Paper[] }>;
export type Settings = S['SettingsView'];
export type Holiday = S['HolidayView'];
export type Template = S['TemplateView'];
export type Problem = S['ProblemBody'];
export type Work = S['Work'];

type Facts = { assigned: Institution | null; class: Class };
export type AllowedMove = Refine<S['DeskMove'], { to: Status; needs: Need[] }>;
export type DeskConcern = Refine<S['DeskCard'], Card & Facts>;
export type DeskDetail = Refine<
  S['DeskPage'],
  Card &
    Facts & {
      contest: S['Contest'] | null;
      timeline: TimelineEntry[];
      measures: AnsweringMeasure[];
      discussions: Discussion[];
      messages: Message[];
      notes: Refine<S['NoteView'], { institution: Institution; visibility: 'members' | 'institution' | 'secretariat' }>[];
      allowed_moves: AllowedMove[];
    }
>;
export type DeskPage = Refine<S['DeskList'], { items: DeskConcern[]; counts: Partial<Record<Status, number>>; next: string | null }>;
export type ConcernPage = Refine<S['ConcernList'], { items: Concern[]; next: string | null }>;
export type Cell = Refine<S['CellView'], { concerns: Refine<S['CellConcern'], { status: Status }>[] }>;
export type ConsultationDates = Refine<S['ConsultationDates'], { discuss_until: string | null }>;
export type ConsultationMark = keyof ConsultationDates;
type Asked = { phase: Phase; method: 'prioritising' | 'question'; school: string | null; dates: ConsultationDates };
export type Consultation = Refine<S['ConsultationCard'], Asked>;
export type Candidate = Refine<S['CandidateView'], { concern: Concern; reason: string | null }>;
export type ConsultationDetail = Refine<
  S['ConsultationPage'],
  Asked & {
    list: Candidate[];
    left_out: Candidate[];
    weights: S['FormulaWeights'] | null;
    notices: Refine<S['ConsultationNotice'], { kind: 'announced' | 'extended' | 'withdrawn'; institution: Institution }>[];
  }
>;
export type Became =
  | 'accepted'
  | 'left_out'
  | 'merged'
  | 'declined'
  | 'not_ours'
  | 'planned'
  | 'in_progress'
  | 'done'
  | 'partly_done'
  | 'undecided';
export type SummedUp = Refine<
  S['SummedUp'],
  {
    became: Became;
    unit: S['UnitName'] | null;
    reason: string | null;
    legal_ground: string | null;
    whose: string | null;
    on: string | null;
    into: S['MergedConcern'] | null;
  }
>;
export type Summary = Refine<S['ConsultationSummary'], { phase: Phase; concerns: SummedUp[] }>;
export type Tiles = S['Tiles'];
export type Outlines = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;
export type Question = Refine<
  S['QuestionView'],
  { about: string | null; author: string | null; on: string | null; answers: Refine<S['QuestionAnswer'], { institution: Institution }>[] }
>;
export type QuestionList = Refine<S['QuestionList'], { items: Question[] }>;
export type WaitingQuestion = Refine<S['WaitingQuestion'], { about: string | null; about_title: string | null; author: string | null }>;
export type WaitingQuestionList = Refine<S['WaitingQuestionList'], { items: WaitingQuestion[] }>;
export type PriorityList = { priorities: null | (Omit<S['Priorities'], 'items'> & { items: { rank: number; score: number; concern: Concern }[] }) };

export type MeetingKind = 'council' | 'hearing' | 'youth_forum' | 'exchange';
type Met = {
  kind: MeetingKind;
  place: string | null;
  link: string | null;
  unit: S['UnitName'] | null;
  topic: string | null;
  answers_for: number | null;
  cancelled_on: string | null;
};
export type Meeting = Refine<S['MeetingCard'], Met>;
export type MeetingList = Refine<S['MeetingList'], { items: Meeting[]; last_sitting_on: string | null }>;
export type Attendance = Refine<S['Attendance'], { seats: Refine<S['AttendedSeat'], { institution: Institution }>[] }>;
export type Coming = 'coming' | 'remote' | 'substitute' | 'not_coming';
export type MeetingAnswer = Refine<S['MeetingAnswer'], { institution: Institution; answer: Coming | null }>;
export type Presence = 'present' | 'remote' | 'substitute' | 'excused' | 'absent';
export type OutcomeKind = 'commitment' | 'parked' | 'information';
export type Outcome = Refine<S['RecordedOutcome'], { kind: OutcomeKind; lead: Institution | null; due_on: string | null }>;
export type RecordedSeat = Refine<S['RecordedSeat'], { institution: Institution; presence: Presence }>;
export type MinutesRecord = Refine<
  S['MinutesRecord'],
  {
    place: string | null;
    items: Refine<S['RecordedItem'], { concern: string | null; outcome: Outcome | null }>[];
    attendance: RecordedSeat[];
    next_on: string | null;
    closed_on: string | null;
  }
>;
export type MinutesDraft = { record: MinutesRecord; approved_on: string | null };
export type Minutes = Refine<
  S['PublishedMinutes'],
  { record: MinutesRecord; corrections: Refine<S['MinutesCorrection'], { institution: Institution }>[] }
>;
export type ParkedItem = Refine<S['ParkedItem'], { concern: string | null; poll: string | null }>;
/** A poll as agendas name it. */
export type NamedPoll = Refine<S['NamedPoll'], { title: Refine<S['Said'], { en: string | null }> }>;
export type ParkedItems = Refine<S['ParkedItems'], { items: ParkedItem[]; polls: NamedPoll[] }>;
export type MeetingDetail = Refine<
  S['MeetingPage'],
  Met & {
    accessibility: string | null;
    agenda: Refine<S['AgendaItemView'], { concern: Concern | null; poll: NamedPoll | null; resumes: S['ResumedItem'] | null }>[];
    notices: Refine<S['MeetingNotice'], { kind: 'announced' | 'changed' | 'cancelled'; institution: Institution }>[];
    places: Places | null;
    minutes: Minutes | null;
    measures: AnsweringMeasure[];
  }
>;

export type YearVerdict =
  | 'unaddressed'
  | 'late'
  | 'contested'
  | 'under_way'
  | 'partly'
  | 'kept'
  | 'refused'
  | 'merged';
export type Totals = Refine<S['Totals'], { referred: number | null }>;
export type ReportedConcern = Refine<
  S['ReportedConcern'],
  {
    unit: string | null;
    verdict: YearVerdict;
    answer: Refine<S['LastWord'], { institution: Institution | null }> | null;
    merged_into: string | null;
  }
>;
export type ReportRecord = Refine<
  S['ReportRecord'],
  {
    priorities: ReportedConcern[];
    measures: Refine<S['ReportedMeasure'], { lead: Institution; indicators: Refine<S['ReportedIndicator'], { value: number | null }>[] }>[];
    seats: Refine<S['ReportedSeat'], { institution: Institution }>[];
    totals: Totals;
    before: Totals;
  }
>;
export type Report = { record: ReportRecord; published_on: string | null; hash: string | null };
type Told = Refine<S['BulletinConcern'], { unit: string | null; status: 'done' | 'partly_done' | 'planned' | 'in_progress' }>;
export type BulletinRecord = Refine<
  S['BulletinRecord'],
  {
    done: Told[];
    taken_up: Told[];
    measures: Refine<S['BulletinMeasure'], { lead: Institution; turn: 'done' | 'partly_done' | 'begun' | 'late' | 'not_done' }>[];
    held: Refine<S['BulletinMeeting'], { place: string | null }>[];
    to_come: Refine<S['BulletinMeeting'], { place: string | null }>[];
  }
>;
export type Bulletin = { record: BulletinRecord; published_on: string; hash: string };
export type ProgramItem = Refine<
  S['ProgramItem'],
  {
    kind:
      | 'meeting'
      | 'sitting_set'
      | 'sitting_due'
      | 'collection'
      | 'discussion'
      | 'vote'
      | 'planning'
      | 'report'
      | 'measure_report'
      | 'measure_due'
      | 'bulletin';
    until: string | null;
    from: string | null;
    title: string | null;
    about: string | null;
    lead: Institution | null;
    done: boolean | null;
  }
>;
export type Program = { year: number; items: ProgramItem[] };
export type BulletinList = S['BulletinList'];
export type DeskBulletin = { record: BulletinRecord; written: boolean; over: boolean; published_on: string | null };
export type DeskBulletinList = { items: { year: number; quarter: number; written: boolean; over: boolean; published_on: string | null }[] };
export type ReportList = { items: { year: number; published_on: string | null }[] };

export type MeasureState = 'draft' | 'planned' | 'in_progress' | 'done' | 'partly_done' | 'not_done';
type Led = {
  lead: Institution;
  supporters: Institution[];
  state: MeasureState;
  days_late: number | null;
  budget: number | null;
  spent: number | null;
  reached: number | null;
};
export type MeasureRow = Refine<S['MeasureRow'], Led>;
export type Objective = S['ObjectiveView'];
export type Plan = Omit<S['Plan'], 'objectives'> & { objectives: (Objective & { measures: MeasureRow[] })[] };
export type OpenCommitment = Refine<S['OpenCommitment'], { lead: Institution; concern: string | null }>;
export type DeskPlan = Plan & { commitments: OpenCommitment[] };
export type MeasureStep = Refine<
  S['StepView'],
  { kind: 'approved' | 'changed' | 'reported'; state: MeasureState; spent: number | null; institution: Institution; evidence: Refine<S['EvidenceView'], { kind: 'photo' | 'document' }>[] }
>;
export type Indicator = Refine<S['IndicatorView'], { value: number | null; reached: number | null }>;
export type MeasureDetail = Refine<
  S['MeasurePage'],
  Led & {
    report_due: string | null;
    source: string | null;
    overlap: string | null;
    indicators: Indicator[];
    concerns: Refine<S['AnsweredConcern'], { status: Status }>[];
    commitment: S['CommitmentView'] | null;
    steps: MeasureStep[];
  }
>;
export type DeskMeasure = MeasureDetail & { twins: { measure: string | null; plan: string | null; title: string }[] };
export type AnsweringMeasure = Refine<S['AnsweringMeasure'], { lead: Institution; state: MeasureState; last: MeasureStep | null; item: number | null }>;
export type OtherPlans = S['OtherMeasures'];
export type Places = Refine<S['Places'], { capacity: number | null }>;
export type OwnPlace = Refine<S['OwnPlace'], { standing: 'none' | 'place' | 'waiting'; turn: number | null }>;
export type OwnPart = { place: OwnPlace; supported: string[] };

export type RegulationRow = S['RegulationRow'];
export type Regulation = S['RegulationPage'];
export type Council = Refine<S['Council'], { seats: Refine<S['CouncilSeat'], { institution: Institution }>[]; regulation: RegulationRow | null }>;

type Read = { acknowledged_on: string | null };
export type Decision = Refine<S['Decision'], { kind: OutcomeKind; lead: Institution | null; due_on: string | null }>;
export type Handover = Refine<S['Handover'], Read & { measures: MeasureRow[]; commitments: Decision[]; decisions: Decision[]; referred: number | null }>;
export type PaperSeat = Refine<S['PaperSeat'], { institution: Institution; role: Role; letter_no: string | null; letter_on: string | null; term_until: string | null }>;
export type SeatPapers = Refine<
  S['SeatPapers'],
  { seat: PaperSeat; handover: Handover; role: Refine<S['RolePaper'], Read> | null; regulation: (RegulationRow & Read) | null }
>;
export type SeatState = Refine<
  S['SeatState'],
  {
    institution: Institution;
    role: Role;
    since: string | null;
    term_until: string | null;
    role_text: string | null;
    role_read_on: string | null;
    regulation_read_on: string | null;
    handover_read_on: string | null;
  }
>;
export type Training = S['TrainingView'];

export type AskedFigure = S['AskedFigure'];
export type TopicFigures = Refine<S['TopicFigures'], { counted: Refine<S['Series'], { institution: Institution }>[] }>;
export type FigureList = { items: TopicFigures[] };
