/** Short names for the shapes the app uses; the only place that knows how the schema file is laid out. */
import type { components } from './schema';

type S = components['schemas'];
export type Institution = S['Institution'];
export type Status = S['Status'];
export type Verdict = S['Verdict'];
export type Words = S['Words'];
export type Point = S['Point'];
export type HelpLine = S['HelpLine'];
export type Topic = S['Topic'];
export type Municipality = S['Municipality'];
export type Unit = S['Unit'];
export type MunicipalityPage = S['MunicipalityPage'];
export type Photo = S['Photo'];
export type Concern = S['Concern'];
export type ConcernDetail = S['ConcernDetail'];
export type TimelineEntry = S['TimelineEntry'];
export type Message = S['Message'];
export type Thread = S['Thread'];
export type Submission = S['Submission'];
export type Submitted = S['Submitted'];
export type Account = S['Account'];
export type InboxItem = S['InboxItem'];
export type DeskConcern = S['DeskConcern'];
export type DeskDetail = S['DeskDetail'];
export type AllowedMove = S['AllowedMove'];
export type Preferences = S['Preferences'];
export type Template = S['Template'];
export type Problem = S['Problem'];

export type ConcernPage = { items: Concern[]; next: string | null; total: number };
export type DeskPage = { items: DeskConcern[]; next: string | null; counts: Partial<Record<Status, number>> };
export type Inbox = { items: InboxItem[]; unread: number };
export type Outlines = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;
