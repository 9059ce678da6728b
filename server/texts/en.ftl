# Letters the server sends. {$...} are filled in by the server.
sign-in-code-subject = Your code to sign in: {$code}
sign-in-code-body =
    Your code to sign in to Trekëndësh is:

    {$code}

    It works for 10 minutes and only once. If you did not ask for it, do nothing: nobody gets in without the code.
