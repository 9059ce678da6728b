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
  Card & { timeline: TimelineEntry[]; contest: S['Contest'] | null; discussions: Discussion[] }
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
    seats: Refine<S['OwnSeat'], { institution: Institution; role: Role }>[];
  }
>;
export type Verification = S['VerificationView'];
export type ActivationBatch = S['ActivationBatch'];
export type RollYears = S['RollYears'];
export type InboxItem = Refine<S['NoticeView'], { concern: string | null }>;
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
export type Seat = Refine<S['SeatView'], { institution: Institution; role: Role; holder?: string | null }>;
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
export type ParkedItem = Refine<S['ParkedItem'], { concern: string | null }>;
export type MeetingDetail = Refine<
  S['MeetingPage'],
  Met & {
    accessibility: string | null;
    agenda: Refine<S['AgendaItemView'], { concern: Concern | null; resumes: S['ResumedItem'] | null }>[];
    notices: Refine<S['MeetingNotice'], { kind: 'announced' | 'changed' | 'cancelled'; institution: Institution }>[];
    minutes: Minutes | null;
  }
>;
