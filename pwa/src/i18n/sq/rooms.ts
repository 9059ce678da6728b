/** Words of the rooms that are looked at now and then: the council, the data and decisions. */
export const rooms = {
  'decide.lead': 'Këtu banorët vendosin hapur çfarë vjen e para.',
  'decide.empty.title': 'Nuk ka konsultim të hapur',
  'decide.empty.text':
    'Kur këshilli të hapë përcaktimin e prioriteteve ose një konsultim publik, e gjeni këtu bashkë me afatin dhe mënyrën e numërimit.',
  'decide.place': 'Zgjidhni bashkinë tuaj që të shihni çfarë pyet këshilli i saj.',
  'decide.past': 'Konsultimet e mëparshme',
  'decide.how.title': 'Si do të vendoset',
  'decide.how.1': 'Banorët tregojnë çfarë i shqetëson, gjatë gjithë vitit.',
  'decide.how.2': 'Çdo banor i verifikuar vlerëson disa shqetësime. Askush nuk e sheh votën e tij.',
  'decide.how.3': 'Rezultati dhe mënyra e llogaritjes publikohen; kushdo mund t’i numërojë vetë.',
  'decide.until': 'Deri atëherë: mbështetni atë që ju shqetëson edhe ju, ose thoni diçka të re.',

  'council.lead':
    'Këshilli Vendor i Sigurisë Publike (KVSP) mbledh në një tryezë ata që mund ta bëjnë bashkinë më të sigurt.',
  'council.who': 'Kush është në këshill',
  'council.who.others':
    'Rreth tyre: shkolla, shoqëria civile, bashkësitë fetare, kryetarët e fshatrave, këshilli rinor, shëndetësia, biznesi dhe media.',
  'council.does': 'Çfarë ndodh me një shqetësim',
  'council.none.title': 'Kjo bashki nuk ka ende këshill',
  'council.none.text':
    'Në Shqipëri këshillat janë ngritur në 58 nga 61 bashki. Këtu mund të lexoni, por shqetësimet nuk merren. Për një problem të ngutshëm telefononi 112 ose 129, ose drejtojuni bashkisë suaj.',

  'data.lead': 'Nga vijnë emrat, kufijtë dhe shifrat që shihni këtu.',
  'data.study':
    'Ideja dhe kërkesat vijnë nga studimi i IDM për Këshillat Vendorë të Sigurisë Publike (Xhaho, Bllaca; Tiranë 2024).',
  'data.codes': 'Kodet dhe popullsia e bashkive (censusi 2011): Eurostat. Qendrat: GeoNames, CC BY 4.0.',
  'data.outlines': 'Kufijtë e bashkive: të dhëna nga Who’s On First, CC0.',
  'data.units':
    'Njësitë administrative: © kontribuesit e OpenStreetMap, ODbL; nëpërmjet albaniaelectiondata, CC BY-SA 4.0.',
  'data.font': 'Shkronjat: Bricolage Grotesque nga Mathieu Triay, SIL Open Font License 1.1.',
  'data.code': 'Programi është i hapur, me licencën AGPL 3.0.',
  'data.note': 'Gjetët një gabim te një emër a kufi? Na e thoni me një shqetësim ose te bashkia juaj.',
  'council.who.municipality': 'Ndriçimi, rrugët, parqet, inspektimet, shërbimet sociale.',
  'council.who.police': 'Rendi, qarkullimi rrugor, parandalimi dhe hetimi i krimit.',
  'council.who.prosecution': 'Ndjekja penale dhe drejtimi i hetimit. Tregon tendencat, jo çështjet.',
  'council.does.1.title': 'Lexohet',
  'council.does.1.text': 'Sekretariati e lexon, heq emrat e personave dhe e publikon, ose ju tregon pse jo.',
  'council.does.2.title': 'Mbështetet',
  'council.does.2.text': 'Të tjerët thonë “edhe unë”. Numri nuk e ndryshon renditjen vetvetiu.',
  'council.does.3.title': 'Merr një përgjigje',
  'council.does.3.text':
    'E bërë, e bërë pjesërisht, e planifikuar (me afat dhe institucion përgjegjës), e pamundur (pse) ose jo në kompetencë (e kujt).',
  'council.does.4.title': 'Nuk zhduket',
  'council.does.4.text': 'Çdo hap mbetet i dukshëm, edhe kur përgjigjja vonohet.',
} as const;
