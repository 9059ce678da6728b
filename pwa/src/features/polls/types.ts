import type { components } from '$/api/schema';
import type { Institution, OutcomeKind, Refine } from '$/api/types';

/** Shapes of polls, for those who answer and read and for those who make them. */
type S = components['schemas'];

/** Words of a poll in both languages; where there are none in English, the Albanian ones stand. */
export type Text = Refine<S['Said'], { en: string | null }>;
export type QuestionKind = 'single' | 'multiple' | 'matrix' | 'ranking' | 'number' | 'text' | 'sentiment';
export type Scale = 'agreement' | 'importance' | 'suitability';
export type Option = Refine<S['PollOption'], { text: Text }>;
/** An earlier question of one choice, several or a sentiment, and the answers to it that bring another one up. */
export type OnlyIf = S['PollCondition'];
export type Question = Refine<
  S['PollQuestion'],
  {
    text: Text;
    help: Text | null;
    picture: Refine<S['PollPicture'], { alt: Text }> | null;
    only_if: OnlyIf | null;
    kind: QuestionKind;
    options: Option[];
    rows: Option[];
    scale: Scale | null;
    most: number | null;
    min: number | null;
    max: number | null;
  }
>;
export type Paper = Refine<S['PollPaper'], { title: Text; intro: Text | null; questions: Question[]; group_by: string | null }>;

export type Sentiment = { value: 1 | 2 | 3; text: string | null };
export type Value = string | string[] | Record<string, number> | number | Sentiment;
export type Answers = Record<string, Value>;

export type PollKind = 'school' | 'survey';
export type PollState = 'draft' | 'open' | 'closed';
type Row = {
  kind: PollKind;
  title: Text;
  state: PollState;
  institution: Institution;
  published_on: string | null;
  closed_on: string | null;
  source: string | null;
  answered: number | null;
  open_link: string | null;
};
export type PollRow = Refine<S['PollCard'], Row>;
export type PollOutcome = Refine<S['PollOutcome'], { kind: OutcomeKind; lead: Institution | null; due_on: string | null }>;
/** Where a poll that was sent to the council stands on an agenda, and what became of it there. */
export type CouncilItem = Refine<S['PollItem'], { outcome: PollOutcome | null }>;
export type Poll = Refine<S['PollPage'], Row & { paper: Paper; council: Refine<S['PollAtCouncil'], { sent_on: string | null; items: CouncilItem[] }> }>;
export type PollTemplate = Refine<S['PollTemplate'], { kind: PollKind; paper: Paper }>;
/** A poll as it is written; a draft may be incomplete. */
export type AskedPoll = Refine<S['ChangePoll'], { kind: PollKind; paper: Paper }>;

export type Way = 'slips' | 'hands' | 'link' | 'verified';
export type RoomState = 'ready' | 'open' | 'grace' | 'closed';
type Place = {
  kind: PollKind;
  way: Way;
  /** Of `verified`: the vote on one question whose tokens answer. */
  consultation: string | null;
  school: string | null;
  class: string | null;
  state: RoomState;
  closes_at: string | null;
  /** When bars come: at closing, and as late as what is still on its way may take. */
  shown_at: string | null;
  invited: number | null;
};
/** A class or a link, for those who made it. */
export type PollRoom = Refine<S['RoomView'], Place>;
/** The same with what is asked in it, for those who answer. */
export type RoomPage = Refine<S['RoomPage'], Place & { paper: Paper }>;
export type AskedRoom = Refine<S['AddRoom'], Pick<Place, 'way' | 'school' | 'class' | 'invited'>>;
export type Count = Pick<PollRoom, 'answered' | 'state' | 'closes_at'>;

export type ScopeKind = 'all' | 'school' | 'class' | 'group';
/** Whose answers; of a class `name` is its school, of a group the option. */
export type Scope = Refine<S['PollScope'], { kind: ScopeKind; class: string | null; answered: number | null }>;
/** A line of a result, with the 95 % interval of its mean. */
export type Part = Refine<S['PartResults'], { mean: number | null; low: number | null; high: number | null }>;
/** Who skipped is known only of what everybody was asked; where some were not asked or did not answer, `n` is about how many did. */
export type Result = Refine<S['ScopeResults'], { skipped: number | null; parts: Part[] }>;
export type QuestionResults = Refine<S['QuestionResults'], { results: Result[] }>;
export type Results = Refine<S['PollResults'], { source: string | null; invited: number | null; scopes: Scope[]; questions: QuestionResults[] }>;

export type PollText = Refine<S['PollText'], { state: 'waiting' | 'published' | 'declined' }>;
export type PollTexts = Refine<S['PollTextList'], { items: PollText[] }>;
