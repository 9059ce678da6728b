declare const self: ServiceWorkerGlobalScope;

/** Where a push leads that names nothing to open. */
const ROOMS: Record<string, string> = { thread: '/kodi', desk: '/tavolina' };

type Payload = { kind?: string; concern?: string; consultation?: string; meeting?: string; language?: string };

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
    meeting_announced: 'U shpall një takim që mund t’ju interesojë.',
    meeting_changed: 'Një takim u ndryshua: shikoni ditën, orën dhe vendin.',
    meeting_cancelled: 'Një takim u anulua.',
    meeting_minutes: 'U publikua procesverbali i një takimi.',
    meeting_week: 'Pas një jave është një takim që mund t’ju interesojë.',
    meeting_day: 'Nesër është një takim që mund t’ju interesojë.',
    meeting_hours: 'Pas dy orësh nis një takim që mund t’ju interesojë.',
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
    meeting_announced: 'A meeting that may interest you was announced.',
    meeting_changed: 'A meeting was changed: see the day, the hour and the venue.',
    meeting_cancelled: 'A meeting was cancelled.',
    meeting_minutes: 'The minutes of a meeting were published.',
    meeting_week: 'A meeting that may interest you is in a week.',
    meeting_day: 'A meeting that may interest you is tomorrow.',
    meeting_hours: 'A meeting that may interest you begins in two hours.',
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

function room({ concern, consultation, meeting }: Payload): string | undefined {
  if (concern) return `/shqetesime/${concern}`;
  if (meeting) return `/takime/${meeting}`;
  return consultation && `/konsultime/${consultation}`;
}

export async function showPush(data: PushMessageData | null): Promise<void> {
  const payload = read(data);
  const words = WORDS[payload.language === 'en' ? 'en' : 'sq'];
  const kind = payload.kind ?? 'other';
  const target = room(payload) ?? ROOMS[kind] ?? '/une';
  await self.registration.showNotification(words.title, {
    body: kind in words && kind !== 'title' ? words[kind as keyof typeof words] : words.other,
    lang: payload.language === 'en' ? 'en' : 'sq',
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    tag: payload.concern ?? payload.consultation ?? payload.meeting ?? kind,
    data: { target },
  });
}

export async function openFrom(notification: Notification): Promise<void> {
  const target = (notification.data as { target?: string } | null)?.target ?? '/';
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows[0];
  if (!open) {
    await self.clients.openWindow(target);
    return;
  }
  await open.focus().catch(() => undefined);
  open.postMessage({ type: 'go', target });
}
