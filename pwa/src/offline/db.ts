import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Failure } from '$/api/client';

/** Something the person did that still has to reach the server. */
export type Waiting = {
  /** Also the Idempotency-Key: however often it is sent, the server does it once. */
  id: string;
  kind: 'submit' | 'support' | 'place' | 'follow' | 'message' | 'question' | 'poll';
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** Sent without cookies, so that the server cannot know who it is even when the person is signed in. */
  anonymous: boolean;
  /** Under whose account it was done; nobody else's may send it. */
  whose?: string;
  /** A visitor's support or place carries the credential of the device. */
  device: boolean;
  /** What it is about, for the person's own eyes. */
  label: string;
  concern?: string;
  order: number;
  state: 'waiting' | 'refused';
  /** A try failed on the way; it goes out by itself when there is a way again. */
  tried?: boolean;
  failure?: Failure;
};

export type DraftPhoto = { blob: Blob; alt: string };
export type Draft = {
  id: 'composer';
  municipality: string;
  topic?: string;
  unit?: string | null;
  point?: { lat: number; lon: number } | null;
  title: string;
  text: string;
  photos: DraftPhoto[];
  identity?: 'anonymous' | 'display' | 'named';
  display_name: string;
  /** Of an earlier sending that was taken back: the person may have kept its code already. */
  receipt?: string;
  /** The key of that sending where nobody knows whether it arrived, so that it cannot become two. */
  key?: string;
};

/** An item of the ballot box as it goes over the wire, bytes as base64url. */
export type WireItem = {
  token: string;
  index: number;
  value: number;
  sequence: number;
  signatures: (string | null)[];
  signature: string;
};

/** What a token says on this device, finished and signed, until it lies under a published root and beyond. */
export type Ballot = {
  /** The token; what it says now takes the place of what it said before. */
  token: string;
  consultation: string;
  /** Whose it is, so that signing out takes it away; never sent. */
  whose: string;
  item: WireItem;
  /** What may have arrived before, as the tree may hold that still. */
  earlier: WireItem[];
  /** When the next step is due (ms): the sending, then the asking for the proof. */
  due: number;
  /** Within how many ms steps are taken at random. */
  delay: number;
  state: 'waiting' | 'cast' | 'proved' | 'refused';
  /** It may have arrived: an answer was never read. */
  tried?: boolean;
  /** Its time passed unseen and was drawn anew once. */
  late?: boolean;
  /** Another device may have cast with the same seed. */
  restored?: boolean;
  /** The code of the refusal, for the person's eyes. */
  refusal?: string;
  receipt?: { item: WireItem; root: WireRoot; inclusion: WireInclusion };
};
export type WireRoot = { size: number; hash: string };
export type WireInclusion = { index: number; size: number; path: string[] };

/** The right to vote in one consultation, as it lies on this device. */
export type Held = {
  /** `keyOf` whose it is and the consultation. */
  id: string;
  consultation: string;
  municipality: string;
  whose: string;
  /** The last day of casting. */
  until: string;
  /** Its own copy: another seed may be typed in later, for other consultations. */
  seed: Uint8Array<ArrayBuffer>;
  /** Of the issuers, in their order: another key later would be a trap. */
  fingerprints: string[];
  tokens: { token: string; signatures: (string | null)[] }[];
  /** Nothing is fetched any more: whoever did not answer leaves an empty place. */
  settled: boolean;
  /** Why there are none, where the server said so. */
  refusal?: string;
  /** What was chosen so far, by token. */
  chosen: Record<string, number>;
  restored: boolean;
};

/** Out of which all tokens of an account are made. */
export type Seeded = { whose: string; seed: Uint8Array<ArrayBuffer>; restored: boolean; written: boolean };

interface Schema extends DBSchema {
  outbox: { key: string; value: Waiting };
  drafts: { key: string; value: Draft };
  kept: { key: string; value: unknown };
  seeds: { key: string; value: Seeded };
  votes: { key: string; value: Held };
  ballots: { key: string; value: Ballot };
}

export const STORE = 'trekendesh';
/** Under which `kept` holds who is signed in. */
export const ACCOUNT = 'account';
let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function db(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(STORE, 2, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('outbox', { keyPath: 'id' });
        database.createObjectStore('drafts', { keyPath: 'id' });
        database.createObjectStore('kept');
      }
      database.createObjectStore('seeds', { keyPath: 'whose' });
      database.createObjectStore('votes', { keyPath: 'id' });
      database.createObjectStore('ballots', { keyPath: 'token' });
    },
    // Another tab wants to remove or upgrade the store: let go, and open again when needed.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated: () => void (opened = undefined),
  });
  return opened;
}
