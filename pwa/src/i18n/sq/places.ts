/** Words of choosing where one lives. */
export const places = {
  'lead':
    'Zgjidhni bashkinë. Shqetësimet, përgjigjet dhe takimet që do të shihni janë të saj. E ndryshoni kur të doni.',
  'then_compose': 'Zgjidhni bashkinë dhe pastaj vazhdoni me shqetësimin.',
  'search': 'Kërkoni bashkinë',
  'search.hint': 'p.sh. Elbasan, ose emri i vjetër',
  'locate': 'Gjejeni nga vendndodhja ime',
  'locate.note': 'Vendndodhja krahasohet me kufijtë këtu, në pajisjen tuaj. Nuk dërgohet askund.',
  'locate.working': 'Po kërkojmë vendndodhjen…',
  'locate.failed': 'Pajisja nuk e dha vendndodhjen. Zgjidheni bashkinë nga lista.',
  'locate.outside': 'Kjo pikë nuk bie brenda asnjë bashkie. Zgjidheni nga lista.',
  'locate.found': 'Duket se jeni te {name}.',
  'found_none': 'Asnjë bashki nuk e ka këtë emër. Provoni me më pak shkronja.',
  'qark': 'Qarku {name}',
  'former': 'më parë {name}',
  'no_council': 'ende pa këshill',
  'unit.title': 'Cila njësi administrative?',
  'unit.lead': 'Kështu ju tregojmë më parë atë që ndodh afër jush. Mund ta lini bosh.',
  'unit.all': 'E gjithë bashkia',
} as const;
