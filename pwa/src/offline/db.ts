import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Failure } from '$/api/client';

/** Something the person did that still has to reach the server. */
export type Waiting = {
  /** Also the Idempotency-Key: however often it is sent, the server does it once. */
  id: string;
  kind: 'submit' | 'support' | 'follow' | 'message' | 'question';
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** Sent without cookies, so that the server cannot know who it is even when the person is signed in. */
  anonymous: boolean;
  /** Under whose account it was done; nobody else's may send it. */
  whose?: string;
  /** A visitor's support carries the credential of the device. */
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

interface Schema extends DBSchema {
  outbox: { key: string; value: Waiting };
  drafts: { key: string; value: Draft };
  kept: { key: string; value: unknown };
}

export const STORE = 'trekendesh';
/** Under which `kept` holds who is signed in. */
export const ACCOUNT = 'account';
let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function db(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(STORE, 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'id' });
      database.createObjectStore('drafts', { keyPath: 'id' });
      database.createObjectStore('kept');
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
