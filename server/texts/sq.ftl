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
