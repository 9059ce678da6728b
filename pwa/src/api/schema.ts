/**
 * The shapes of /api/v1, written by hand from the contract in the form openapi-typescript generates,
 * so that `npm run api` can replace this file by the generated one.
 */
export interface components {
  schemas: {
    Institution:
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
    Status:
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
    Verdict: 'done' | 'partly_done' | 'planned' | 'not_possible' | 'not_ours';
    Words: { sq: string; en: string };
    Point: { lat: number; lon: number };
    HelpLine: { number: string; name: components['schemas']['Words']; note?: components['schemas']['Words'] | null };
    Topic: {
      code: string;
      name: components['schemas']['Words'];
      hint: components['schemas']['Words'];
      class: 'public' | 'restricted' | 'referred';
      icon: string;
      goes_to: components['schemas']['Words'];
      help: components['schemas']['HelpLine'][];
      mechanism: { name: components['schemas']['Words']; how: components['schemas']['Words'] } | null;
    };
    Municipality: {
      slug: string;
      code: string;
      name: string;
      full_name: string;
      former_name: string | null;
      qark: string;
      seat: { name: string; lat: number; lon: number };
      council: 'none' | 'formal' | 'active';
      population: number;
    };
    Unit: { slug: string; name: string; lat: number; lon: number };
    MunicipalityPage: components['schemas']['Municipality'] & {
      label: components['schemas']['Point'];
      units: components['schemas']['Unit'][];
      topics: components['schemas']['Topic'][];
      answer_days: number;
      help_lines: components['schemas']['HelpLine'][];
      counts: { open: number; answered: number; done: number };
    };
    Photo: { id: string; width: number; height: number; alt: string | null };
    Support: { residents: number; visitors: number };
    Concern: {
      id: string;
      title: string;
      excerpt: string;
      topic: string;
      unit: { slug: string; name: string } | null;
      status: components['schemas']['Status'];
      received_on: string;
      published_on: string | null;
      updated_on: string;
      support: components['schemas']['Support'];
      /** The cell or unit a concern is shown at; never the exact point. */
      place: { cell: string | null; lat: number; lon: number } | null;
      photo: components['schemas']['Photo'] | null;
      author: { kind: 'named' | 'display' | 'anonymous'; name: string | null };
      lead: components['schemas']['Institution'] | null;
      verdict: components['schemas']['Verdict'] | null;
      /** The institutions that answered; absent from a copy kept by an older version. */
      answered_by?: components['schemas']['Institution'][];
      merged_into: string | null;
    };
    TimelineEntry: {
      on: string;
      kind: 'received' | 'move' | 'answer' | 'merge';
      institution: components['schemas']['Institution'] | null;
      to: components['schemas']['Status'] | null;
      text: string | null;
      verdict: components['schemas']['Verdict'] | null;
      lead: components['schemas']['Institution'] | null;
      due_on: string | null;
      legal_ground?: string | null;
      whose?: string | null;
    };
    ConcernDetail: components['schemas']['Concern'] & {
      municipality?: string;
      text: string;
      photos: components['schemas']['Photo'][];
      timeline: components['schemas']['TimelineEntry'][];
      merged: { id: string; title: string }[];
      mine: { supported: boolean; follows: boolean; author: boolean };
    };
    Message: {
      from: 'author' | 'council';
      institution: components['schemas']['Institution'] | null;
      text: string;
      on: string;
    };
    Thread: {
      concern: components['schemas']['ConcernDetail'];
      messages: components['schemas']['Message'][];
      can_reply: boolean;
      answer_due_on?: string | null;
    };
    Submission: {
      topic: string;
      unit: string | null;
      point: components['schemas']['Point'] | null;
      title: string;
      text: string;
      identity: 'named' | 'display' | 'anonymous';
      display_name?: string;
      receipt?: string;
      photos: { data: string; alt?: string }[];
    };
    Submitted: { id: string; status: components['schemas']['Status']; answer_due_on: string | null };
    Account: {
      email: string;
      display_name: string | null;
      home: { municipality: string; unit: string | null } | null;
      language: 'sq' | 'en';
      seats: {
        municipality: string;
        institution: components['schemas']['Institution'];
        role: 'member' | 'secretary' | 'administrator';
        title: string;
      }[];
    };
    InboxItem: {
      id: string;
      kind: string;
      title: string;
      concern: string | null;
      on: string;
      read: boolean;
    };
    DeskFacts: {
      due_on: string;
      overdue: boolean;
      age_days: number;
      assigned: components['schemas']['Institution'] | null;
      /** Accepted, and published with the next batch. */
      awaits_batch: boolean;
      class: 'public' | 'restricted' | 'referred';
    };
    DeskConcern: components['schemas']['Concern'] & components['schemas']['DeskFacts'] & { new_messages: boolean };
    AllowedMove: {
      to: components['schemas']['Status'];
      needs: ('reason' | 'legal_ground' | 'whose' | 'into' | 'lead' | 'due_on' | 'proof')[];
    };
    DeskDetail: components['schemas']['ConcernDetail'] &
      components['schemas']['DeskFacts'] & {
        notes: {
          on: string;
          institution: components['schemas']['Institution'];
          text: string;
          visibility: 'members' | 'secretariat';
        }[];
        messages: components['schemas']['Message'][];
        has_thread: boolean;
        may_answer: boolean;
        may_write_to_author: boolean;
        allowed_moves: components['schemas']['AllowedMove'][];
      };
    Preferences: {
      email: 'immediate' | 'daily' | 'off';
      push: boolean;
      quiet_from: number;
      quiet_until: number;
    };
    Template: { id: string; title: string; text: string };
    Problem: {
      type: string;
      title: string;
      status: number;
      code: string;
      detail?: string;
      fields?: { pointer: string; code: string; limit?: number | null }[];
    };
  };
}
