/** Who can learn what of a formal vote, and from whom nothing protects. */
export const safety = {
  'title': 'Si mbrohet vota',
  'lead': 'Askush nuk e di si votuat, veç po ta tregoni ju ose telefoni juaj. Ja si, dhe ku mbaron kjo mbrojtje.',
  'how': 'Si funksionon',
  'how.blind': 'Telefoni bën vetë fletët e votimit. Institucionet i nënshkruajnë pa i parë, si një zarf me letër kopjuese brenda.',
  'how.two': 'Fletët merren para se të hapet votimi; votat nisen më vonë, një nga një, në kohë të rastit, pa emër dhe pa llogari.',
  'how.draw': 'Shqetësimet që vlerësoni i cakton shorti. Numrat e shortit zbulohen pasi janë marrë fletët, ndaj askush nuk i zgjedh dot.',
  'how.box': 'Në fund kutia është publike. Kushdo i numëron votat sërish, edhe në telefonin e vet.',
  'who': 'Kush mëson çfarë',
  'operator': 'Kush mban serverin',
  'operator.text':
    'Sheh që llogaria juaj mori fletë, jo cilat janë. Në bazën e të dhënave vota nuk ka emër, adresë dhe orë. Po të ndryshonte programin fshehurazi, mund të shihte nga cila adresë interneti vjen çdo votë, dhe ta krahasonte me atë nga e cila hyni në llogari.',
  'one': 'Një institucion',
  'one.text': 'Nuk sheh çfarë nënshkruan dhe nuk fut dot vota vetëm: duhen të paktën dy nënshkrime. Në një votim me një institucion të vetëm kjo mbrojtje mungon, dhe faqja e thotë.',
  'two': 'Dy institucione bashkë',
  'two.text':
    'As ato nuk shohin si votoi njeriu. Por mund të lëshojnë fletë për banorë që nuk i morën dhe të votojnë me to, deri sa kanë deklaruar. Numri i deklaruar dhe pjesëmarrja janë publike; krahasojini.',
  'three': 'Të tre bashkë',
  'three.text': 'Si dy, dhe e dinë shortin para të tjerëve, ndaj mund të zgjedhin cilat shqetësime u bien fletëve të tyre. Votën tuaj nuk e shohin as ata.',
  'net': 'Rrjeti',
  'net.text':
    'Kush ju jep internetin sheh që përdorni aplikacionin dhe kur, jo çfarë dërgoni. Adresën tuaj të internetit nuk e fshehim dot: serveri nuk e shkruan askund, por e merr. Kush do ta fshehë, voton nga një rrjet tjetër, ose me Tor.',
  'neighbour': 'Kush ju rri mbi sup',
  'neighbour.text': 'Sheh çfarë shihni ju. Votoni vetëm; nuk ka nxitim, votimi zgjat ditë të tëra.',
  'coercer': 'Kush ju detyron',
  'coercer.text':
    'Mund t’ju kërkojë ta tregoni votën ose çelësin. Shqetësimet i zgjedh shorti, ndaj s’ka shumë ç’të porosisë, dhe votën mund ta ndryshoni deri në mbyllje: e fundit vlen. Nëse ju merr telefonin ose çelësin, kjo nuk ju ndihmon.',
  'thief': 'Kush ju vjedh telefonin',
  'thief.text': 'Nëse e hap, sheh si votuat dhe mund të votojë në vend tuajin deri në mbyllje. Kyçeni ekranin. Me çelësin e shkruar në letër votoni nga një telefon tjetër dhe e ndryshoni çfarë hodhi ai.',
  'not': 'Nga çfarë nuk mbron',
  'not.program': 'Nga një program i ndryshuar që ju jep serveri. Kodi është i hapur dhe kutia numërohet edhe pa ne, por telefoni beson atë që merr.',
  'not.few': 'Nga numrat e vegjël: kur votojnë pak veta, rezultati vetë tregon diçka për ta.',
  'not.time': 'Nga dikush që i sheh të gjitha lidhjet njëkohësisht. Koha e rastit ia vështirëson, nuk ia ndalon.',
  'not.people': 'Nuk është për zgjedhje njerëzish. Shërben për të thënë çfarë ju shqetëson dhe çfarë doni.',
  'more': 'Sa janë këto mundësi në shifra, e tregon simulimi në kodin e hapur (docs/SIMULATION.md); protokolli i plotë është te server/ballot.',
} as const;
