import { enqueue, flush, signedIn } from '../offline/outbox';
import { listSupported } from '../offline/supported';

declare const self: ServiceWorkerGlobalScope;

/** Where a push leads that names nothing to open. */
const ROOMS: Record<string, string> = { thread: '/kodi', desk: '/tavolina' };

type Payload = { kind?: string; concern?: string; consultation?: string; meeting?: string; measure?: string; path?: string; place?: boolean; language?: string };

/**
 * A push says only that there is news; the words stay on the server, and a thread of an anonymous author
 * is not even named, since a notification is read by whoever holds the phone.
 */
const WORDS = {
  sq: {
    title: 'Trekëndësh',
    thread: 'Ka një lajm në një bisedë që ndiqni.',
    answered: 'Një institucion u përgjigj për një shqetësim që ndiqni.',
    fixed: 'A u rregullua një shqetësim që ndiqni? Na e thoni.',
    moved: 'Një shqetësim që ndiqni bëri një hap.',
    message: 'Këshilli ju shkroi për një shqetësim tuajin.',
    desk: 'Në tavolinën e këshillit ka punë të re.',
    published: 'U publikua një shqetësim që mund t’ju interesojë.',
    consultation_announced: 'Një bashki që ndiqni nisi një konsultim.',
    consultation_opened: 'Votimi u hap në një bashki që ndiqni.',
    consultation_closing: 'Sot është dita e fundit për të votuar në një bashki që ndiqni.',
    consultation_counted: 'Doli rezultati i votimit në një bashki që ndiqni.',
    consultation_withdrawn: 'Një bashki që ndiqni e tërhoqi një konsultim.',
    measure: 'Masa për një shqetësim që ndiqni ka lajme.',
    measure_late: 'Masa për një shqetësim që ndiqni u vonua.',
    measures: 'Një masë që drejtoni pret ju.',
    meeting_announced: 'U shpall një takim që mund t’ju interesojë.',
    meeting_changed: 'Një takim u ndryshua: shikoni ditën, orën dhe vendin.',
    meeting_cancelled: 'Një takim u anulua.',
    meeting_minutes: 'U publikua procesverbali i një takimi.',
    meeting_week: 'Pas një jave është një takim që mund t’ju interesojë.',
    meeting_day: 'Nesër është një takim që mund t’ju interesojë.',
    meeting_hours: 'Pas dy orësh nis një takim që mund t’ju interesojë.',
    report_published: 'Doli raporti vjetor i një bashkie që ndiqni.',
    bulletin_published: 'Doli buletini i një bashkie që ndiqni.',
    place_given: 'U lirua një vend në takimin që prisnit: tani është i juaji.',
    come: 'Vij',
    has_place: 'U shënua: keni një vend në takim.',
    waits: 'Vendet janë zënë: jeni në listën e pritjes.',
    other: 'Ka një lajm për ju.',
  },
  en: {
    title: 'Trekëndësh',
    thread: 'There is news in a conversation you follow.',
    answered: 'An institution answered a concern you follow.',
    fixed: 'Was a concern you follow fixed? Tell us.',
    moved: 'A concern you follow moved a step.',
    message: 'The council wrote to you about a concern of yours.',
    desk: 'There is new work on the council’s desk.',
    published: 'A concern that may interest you was published.',
    consultation_announced: 'A municipality you follow began a consultation.',
    consultation_opened: 'Voting has opened in a municipality you follow.',
    consultation_closing: 'Today is the last day to vote in a municipality you follow.',
    consultation_counted: 'The result of the vote is out in a municipality you follow.',
    consultation_withdrawn: 'A municipality you follow took a consultation back.',
    measure: 'The measure for a concern you follow has news.',
    measure_late: 'The measure for a concern you follow is late.',
    measures: 'A measure you lead waits for you.',
    meeting_announced: 'A meeting that may interest you was announced.',
    meeting_changed: 'A meeting was changed: see the day, the hour and the venue.',
    meeting_cancelled: 'A meeting was cancelled.',
    meeting_minutes: 'The minutes of a meeting were published.',
    meeting_week: 'A meeting that may interest you is in a week.',
    meeting_day: 'A meeting that may interest you is tomorrow.',
    meeting_hours: 'A meeting that may interest you begins in two hours.',
    report_published: 'The yearly report of a municipality you follow is out.',
    bulletin_published: 'The bulletin of a municipality you follow is out.',
    place_given: 'A place at the meeting you wait for is yours now.',
    come: 'I’m coming',
    has_place: 'Noted: you have a place at the meeting.',
    waits: 'There are no more places: you are on the waiting list.',
    other: 'There is news for you.',
  },
} as const;

function read(data: PushMessageData | null): Payload {
  try {
    return (data?.json() ?? {}) as Payload;
  } catch {
    return {};
  }
}

function room({ concern, consultation, meeting, measure, path }: Payload): string | undefined {
  if (concern) return `/shqetesime/${concern}`;
  if (meeting) return `/takime/${meeting}`;
  if (measure) return `/masat/${measure}`;
  return consultation ? `/konsultime/${consultation}` : path;
}

/** What a notification keeps for when it is touched. */
type Kept = { target: string; language?: string; meeting?: string };

const wordsOf = (language?: string) => WORDS[language === 'en' ? 'en' : 'sq'];

function show(body: string, tag: string, kept: Kept, actions: { action: string; title: string }[] = []): Promise<void> {
  const { title } = wordsOf(kept.language);
  return self.registration.showNotification(title, {
    body,
    lang: kept.language === 'en' ? 'en' : 'sq',
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    tag,
    data: kept,
    actions,
  } as NotificationOptions);
}

export async function showPush(data: PushMessageData | null): Promise<void> {
  const payload = read(data);
  const { kind = 'other', meeting, language } = payload;
  const words = wordsOf(language);
  // Whoever said so already, and whoever has no place to take, is not asked.
  const asks = payload.place && meeting && !(await listSupported()).includes(meeting);
  const target = (room(payload) ?? ROOMS[kind] ?? '/une') + (asks ? '#vij' : '');
  await show(
    kind in words && kind !== 'title' ? words[kind as keyof typeof words] : words.other,
    // That one has a place stands beside what is told of the meeting.
    kind === 'place_given' ? kind + meeting : (payload.concern ?? payload.consultation ?? meeting ?? payload.measure ?? payload.path ?? kind),
    { target, language, meeting },
    asks ? [{ action: 'come', title: words.come }] : [],
  );
}

/** Says that one comes, as the page would, and what came of it; what cannot be said is for the page. */
export async function comeFrom(notification: Notification): Promise<void> {
  const { meeting = '', ...kept } = notification.data as Kept;
  const anonymous = !(await signedIn());
  let standing: string | undefined;
  const item = await enqueue({
    kind: 'place',
    method: 'PUT',
    path: `/meetings/${meeting}/place`,
    anonymous,
    device: anonymous,
    label: notification.body,
    concern: meeting,
  });
  await flush(({ id }, answer) => {
    if (id === item.id) ({ standing } = (answer as { place: { standing: string } }).place);
  });
  if (standing) await show(wordsOf(kept.language)[standing === 'place' ? 'has_place' : 'waits'], meeting, kept);
  else await openFrom(notification);
}

export async function openFrom(notification: Notification): Promise<void> {
  const target = (notification.data as Kept | null)?.target ?? '/';
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows[0];
  if (!open) {
    await self.clients.openWindow(target);
    return;
  }
  await open.focus().catch(() => undefined);
  open.postMessage({ type: 'go', target });
}
