# Letrat që dërgon serveri. {$...} plotësohen nga serveri.
sign-in-code-subject = Kodi juaj për të hyrë: {$code}
sign-in-code-body =
    Kodi juaj për të hyrë në Trekëndësh është:

    {$code}

    Kodi vlen 10 minuta dhe përdoret vetëm një herë. Nëse nuk e kërkuat ju, mos bëni asgjë: pa kodin askush nuk hyn.

# Lajmet. Titulli është ai që shkroi autori.
news-desk-subject = Në tavolinë: {$title}
news-desk-body =
    Në tavolinën e këshillit ka punë të re:

    {$title}

    Shihni dhe vendosni: {$link}
news-moved-subject = Një hap i ri: {$title}
news-moved-body =
    Shqetësimi që ndiqni bëri një hap të ri:

    {$title}

    Shihni çfarë u vendos dhe pse: {$link}
news-published-subject = U publikua: {$title}
news-published-body =
    Shqetësimi që ndiqni tani është publik:

    {$title}

    Hapeni këtu: {$link}
news-answered-subject = Ka përgjigje: {$title}
news-answered-body =
    Një institucion iu përgjigj shqetësimit që ndiqni:

    {$title}

    Lexoni përgjigjen: {$link}
news-message-subject = Këshilli ju shkroi: {$title}
news-message-body =
    Këshilli ju ka shkruar për shqetësimin tuaj:

    {$title}

    Lexoni dhe përgjigjuni: {$link}
news-fixed-subject = A u rregullua? {$title}
news-fixed-body =
    Para katër javësh këshilli tha se ky shqetësim u zgjidh:

    {$title}

    A u rregullua vërtet? Nëse jo, na e thoni këtu: {$link}
news-referred-subject = Një shqetësim që ndiqnit iu kalua mekanizmit përkatës
news-referred-body =
    Një shqetësim që ndiqnit iu kalua mekanizmit që e trajton. Teksti i tij nuk ruhet më këtu; mbetet vetëm numri.

    Shqetësimet e tjera: {$link}
news-meeting_announced-subject = Një mbledhje ose takim: {$title}
news-meeting_announced-body =
    U shpall një mbledhje ose një takim i këshillit:

    {$title}

    Shihni rendin e ditës dhe thoni nëse vini: {$link}
news-meeting_changed-subject = Ndryshoi takimi: {$title}
news-meeting_changed-body =
    Një mbledhje ose një takim i këshillit u ndryshua:

    {$title}

    Shihni ditën, orën dhe vendin: {$link}
news-meeting_cancelled-subject = U anulua: {$title}
news-meeting_cancelled-body =
    Një mbledhje ose një takim i këshillit u anulua:

    {$title}

    Lexoni arsyen: {$link}
news-meeting_day-subject = Nesër: {$title}
news-meeting_day-body =
    Nesër mblidhet këshilli:

    {$title}

    Shihni rendin e ditës: {$link}
news-place_changed-subject = Ndryshoi takimi ku vini: {$title}
news-place_changed-body =
    Takimi për të cilin thatë se vini u ndryshua:

    {$title}

    Shihni ditën, orën dhe vendin. Nëse nuk vini dot, lëreni vendin për dikë tjetër: {$link}
news-place_cancelled-subject = U anulua takimi ku vini: {$title}
news-place_cancelled-body =
    Takimi për të cilin thatë se vini u anulua:

    {$title}

    Lexoni arsyen: {$link}
news-place_day-subject = Nesër është takimi ku vini: {$title}
news-place_day-body =
    Nesër është takimi për të cilin thatë se vini:

    {$title}

    Nëse nuk vini dot, lëreni vendin për dikë tjetër: {$link}
news-place_given-subject = Keni një vend: {$title}
news-place_given-body =
    U lirua një vend në takimin që prisnit, dhe tani është i juaji:

    {$title}

    Nëse nuk vini dot, lëreni vendin për dikë tjetër: {$link}
digest-subject = Çfarë ndodhi sot me shqetësimet që ndiqni
digest-body =
    Sot:

    {$lines}

    Hapni Trekëndëshin: {$link}

# Ç'pret në tavolinë: pjesë të një fjalie, të ndara me pikëpresje.
desk-received = { $count ->
    [one] 1 shqetësim i ri pret
   *[other] {$count} shqetësime të reja presin
}
desk-mended = { $count ->
    [one] 1 shqetësim i kthyer u plotësua nga autori
   *[other] {$count} shqetësime të kthyera u plotësuan nga autorët
}
desk-written = { $count ->
    [one] 1 shqetësim ka mesazh të ri nga autori
   *[other] {$count} shqetësime kanë mesazhe të reja nga autorët
}
desk-asked = { $count ->
    [one] 1 pyetje për një konsultim pret shqyrtim
   *[other] {$count} pyetje për konsultimet presin shqyrtim
}
desk-asked-meeting = { $count ->
    [one] 1 pyetje për një takim pret shqyrtim
   *[other] {$count} pyetje për takimet presin shqyrtim
}

# Çfarë publikon këshilli: raporti i vitit dhe buletini i tremujorit.
document-report = Raporti vjetor {$year}, {$name}
document-bulletin = Buletini informues, tremujori {$quarter} {$year}, {$name}
news-report_published-subject = Doli: {$title}
news-report_published-body =
    Këshilli publikoi çfarë u bë gjatë vitit:

    {$title}

    Lexojeni këtu: {$link}
news-bulletin_published-subject = Doli: {$title}
news-bulletin_published-body =
    Këshilli publikoi çfarë u bë gjatë tremujorit:

    {$title}

    Lexojeni këtu: {$link}

# Letra e shtypur me kodin e verifikimit. {$...} plotësohen nga serveri.
letter-code-title = Kodi juaj për të votuar
letter-code-body =
    Kjo letër ju jep të drejtën e votës në konsultimet e këshillit të sigurisë për vitin {$year}. Vlen për një banor të njësisë administrative: {$unit}.

    1. Hapni {$address} ose skanoni shenjën më poshtë me telefon.
    2. Hyni me adresën tuaj të e-mailit.
    3. Shkruani kodin:
letter-code-after =
    Kodi përdoret vetëm një herë. Askush, as bashkia, nuk sheh si votoni.
    Nëse nuk keni telefon, ejani në sportelin e bashkisë me një dokument: verifikimi bëhet aty.

# Institucionet, si emërtohen në tabela e dokumente.
institution-municipality = Bashkia
institution-police = Policia
institution-prosecution = Prokuroria
institution-school = Shkolla
institution-civil_society = Shoqëria civile
institution-religious = Bashkësia fetare
institution-business = Biznesi
institution-media = Media
institution-village_head = Kryetari i fshatit
institution-youth_council = Këshilli rinor
institution-health = Shëndetësia

# Çfarë pret një masë nga ata që e drejtojnë.
measure-fortnight = Pas dy javësh mbaron afati: {$title}
measure-days = Pas tri ditësh mbaron afati: {$title}
measure-due = Sot mbaron afati: {$title}
measure-chair = Kaloi afati: {$title}
measure-public = Shumë me vonesë, e lexojnë të gjithë: {$title}
measure-report = Pritet raporti: {$title}
news-measures-subject = {$title}
news-measures-body =
    Për një masë të planit:

    {$title}

    Hapeni dhe raportoni: {$link}

# Letrat e këshillit: rregullorja dhe mandatet.
papers-regulation = Rregullore e re për t'u lexuar: vendim nr. {$number}, datë {$day}
papers-term-ends = Mandati po mbaron: {$seat}, {$day}
papers-term-over = Mandati mbaroi: {$seat}, {$day}
news-papers-subject = {$title}
news-papers-body =
    Nga letrat e këshillit:

    {$title}

    Lexoni këtu: {$link}

news-measure-subject = Lajme nga masa për: {$title}
news-measure-body =
    Masa që i përgjigjet shqetësimit që ndiqni ka lajme:

    {$title}

    Shihni çfarë u bë: {$link}
news-measure_late-subject = Masa po vonohet: {$title}
news-measure_late-body =
    Masa që i përgjigjet shqetësimit që ndiqni e ka kaluar prej kohësh afatin:

    {$title}

    Shihni ku ka mbetur: {$link}

measure-state-draft = Draft
measure-state-planned = E planifikuar
measure-state-in_progress = Në zbatim
measure-state-done = E kryer
measure-state-partly_done = E kryer pjesërisht
measure-state-not_done = E pakryer

program-meeting = Takim
program-sitting_set = Takim i caktuar, ende i pashpallur
program-sitting_due = Këshilli duhet të jetë mbledhur, sipas rregullores
program-collection = Mblidhen shqetësimet
program-discussion = Diskutohet lista
program-vote = Votohet
program-planning = Hartohet plani
program-report = Këshilli jep llogari
program-measure_report = Raport i masës
program-measure_due = Afati i masës
program-bulletin = Buletini i tremujorit
