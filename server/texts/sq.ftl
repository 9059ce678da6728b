# Letrat që dërgon serveri. {$...} plotësohen nga serveri.
sign-in-code-subject = Kodi juaj për të hyrë: {$code}
sign-in-code-body =
    Kodi juaj për të hyrë në Trekëndësh është:

    {$code}

    Kodi vlen 10 minuta dhe përdoret vetëm një herë. Nëse nuk e kërkuat ju, mos bëni asgjë: pa kodin askush nuk hyn.
