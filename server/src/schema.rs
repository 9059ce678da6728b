//! The tables, as both stores have them.
#![expect(missing_docs, reason = "columns are described in the migrations")]

diesel::table! {
    idempotency (mark) {
        mark -> Text,
        fingerprint -> Text,
        status -> Integer,
        body -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    counters (mark) {
        mark -> Text,
        used -> Integer,
        until_at -> Timestamp,
    }
}

diesel::table! {
    used_proofs (mark) {
        mark -> Text,
        until_at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        dedup -> Text,
        due_at -> Timestamp,
        attempts -> Integer,
    }
}

diesel::table! {
    municipalities (code) {
        code -> Text,
        slug -> Text,
        name -> Text,
        full_name -> Text,
        former_name -> Nullable<Text>,
        qark -> Text,
        seat_name -> Text,
        seat_lat -> Double,
        seat_lon -> Double,
        label_lat -> Double,
        label_lon -> Double,
        population -> Integer,
        council -> Text,
        answer_days -> Integer,
        publication_batch -> Integer,
        position -> Integer,
        weight_votes -> Integer,
        weight_severity -> Integer,
        weight_frequency -> Integer,
        weight_harm -> Integer,
        meeting_days -> Integer,
        late_chair_days -> Integer,
        late_public_days -> Integer,
    }
}

diesel::table! {
    units (municipality_code, slug) {
        municipality_code -> Text,
        slug -> Text,
        name -> Text,
        lat -> Double,
        lon -> Double,
        position -> Integer,
    }
}

diesel::table! {
    holidays (id) {
        id -> Text,
        municipality_code -> Nullable<Text>,
        on_day -> Date,
        name_sq -> Text,
        name_en -> Text,
        estimated -> Bool,
    }
}

diesel::table! {
    working_days (municipality_code, on_day) {
        municipality_code -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        display_name -> Nullable<Text>,
        language -> Text,
        home_municipality -> Nullable<Text>,
        home_unit -> Nullable<Text>,
        created_on -> Date,
    }
}

diesel::table! {
    sign_in_codes (code_mark) {
        code_mark -> Text,
        email_mark -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_tickets (ticket_mark) {
        ticket_mark -> Text,
        email_mark -> Text,
        wrong_tries -> Integer,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        refresh_mark -> Text,
        before_mark -> Nullable<Text>,
        created_at -> Timestamp,
        refreshed_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    seats (id) {
        id -> Text,
        municipality_code -> Text,
        institution -> Text,
        role -> Text,
        title -> Text,
        chairs -> Bool,
    }
}

diesel::table! {
    holders (id) {
        id -> Text,
        seat_id -> Text,
        account_id -> Nullable<Text>,
        from_on -> Date,
        to_on -> Nullable<Date>,
        substitute -> Bool,
        letter_no -> Nullable<Text>,
        letter_on -> Nullable<Date>,
        term_until -> Nullable<Date>,
    }
}

diesel::table! {
    role_texts (seat_id, version) {
        seat_id -> Text,
        version -> Integer,
        text -> Text,
        written_on -> Date,
    }
}

diesel::table! {
    regulations (municipality_code, version) {
        municipality_code -> Text,
        version -> Integer,
        decision_no -> Text,
        decided_on -> Date,
        text -> Text,
    }
}

diesel::table! {
    acknowledgements (holder_id, paper, version) {
        holder_id -> Text,
        paper -> Text,
        version -> Integer,
        on_day -> Date,
    }
}

diesel::table! {
    trainings (id) {
        id -> Text,
        municipality_code -> Text,
        topic -> Text,
        provider -> Text,
        held_on -> Date,
    }
}

diesel::table! {
    trained (training_id, holder_id) {
        training_id -> Text,
        holder_id -> Text,
    }
}

diesel::table! {
    answer_templates (id) {
        id -> Text,
        municipality_code -> Text,
        title -> Text,
        text -> Text,
    }
}

diesel::table! {
    audit_log (position) {
        position -> Integer,
        municipality_code -> Nullable<Text>,
        on_day -> Date,
        seat_id -> Nullable<Text>,
        action -> Text,
        subject -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_head (id) {
        id -> Integer,
        position -> Integer,
        hash -> Text,
        mac -> Text,
    }
}

diesel::table! {
    concerns (id) {
        id -> Text,
        municipality_code -> Text,
        unit -> Nullable<Text>,
        topic -> Text,
        title -> Text,
        text -> Text,
        author_kind -> Text,
        author_name -> Nullable<Text>,
        account_id -> Nullable<Text>,
        receipt_mark -> Nullable<Text>,
        cell -> Nullable<Text>,
        lat -> Double,
        lon -> Double,
        state -> Text,
        verdict -> Nullable<Text>,
        assigned -> Nullable<Text>,
        lead -> Nullable<Text>,
        merged_into -> Nullable<Text>,
        received_on -> Date,
        due_on -> Date,
        updated_on -> Date,
        public_on -> Nullable<Date>,
        awaits_batch -> Bool,
        contested -> Bool,
        residents -> Integer,
        visitors -> Integer,
        shuffle -> Integer,
    }
}

diesel::table! {
    photos (id) {
        id -> Text,
        concern_id -> Text,
        position -> Integer,
        width -> Integer,
        height -> Integer,
        alt -> Text,
        full -> Binary,
        thumb -> Binary,
    }
}

diesel::table! {
    events (concern_id, position) {
        concern_id -> Text,
        position -> Integer,
        kind -> Text,
        seat_id -> Nullable<Text>,
        institution -> Nullable<Text>,
        to_state -> Nullable<Text>,
        verdict -> Nullable<Text>,
        text -> Text,
        ground -> Nullable<Text>,
        whose -> Nullable<Text>,
        lead -> Nullable<Text>,
        due_on -> Nullable<Date>,
        on_day -> Date,
    }
}

diesel::table! {
    notes (concern_id, position) {
        concern_id -> Text,
        position -> Integer,
        seat_id -> Text,
        institution -> Text,
        visibility -> Text,
        text -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    messages (concern_id, position) {
        concern_id -> Text,
        position -> Integer,
        side -> Text,
        institution -> Nullable<Text>,
        text -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    supports (concern_id, supporter) {
        concern_id -> Text,
        supporter -> Text,
        sealed -> Text,
        resident -> Bool,
        contests -> Bool,
    }
}

diesel::table! {
    imported_requests (municipality_code, source, request) {
        municipality_code -> Text,
        source -> Text,
        request -> Text,
    }
}

diesel::table! {
    follows (concern_id, account_id) {
        account_id -> Text,
        concern_id -> Text,
    }
}

diesel::table! {
    preferences (account_id) {
        account_id -> Text,
        email -> Text,
        push -> Bool,
        quiet_from -> Integer,
        quiet_until -> Integer,
        muted -> Text,
    }
}

diesel::table! {
    inbox (id) {
        id -> Text,
        account_id -> Text,
        position -> Integer,
        kind -> Text,
        concern_id -> Nullable<Text>,
        title -> Text,
        on_day -> Date,
        seen -> Bool,
        mailed -> Bool,
        meeting_id -> Nullable<Text>,
        path -> Nullable<Text>,
    }
}

diesel::table! {
    push_subscriptions (id) {
        id -> Text,
        endpoint -> Text,
        p256dh -> Text,
        auth -> Text,
        language -> Text,
        session_id -> Nullable<Text>,
    }
}

diesel::table! {
    push_follows (kind, subject, subscription_id) {
        subscription_id -> Text,
        kind -> Text,
        subject -> Text,
    }
}

diesel::joinable!(push_follows -> push_subscriptions (subscription_id));
diesel::joinable!(push_subscriptions -> sessions (session_id));

diesel::table! {
    consultations (id) {
        id -> Text,
        municipality_code -> Text,
        question -> Text,
        objective -> Text,
        explanation -> Text,
        school -> Nullable<Text>,
        announced_on -> Date,
        collect_from -> Date,
        collect_until -> Date,
        discuss_until -> Nullable<Date>,
        vote_until -> Date,
        result_until -> Date,
        plan_until -> Date,
        report_on -> Date,
        withdrawn_on -> Nullable<Date>,
    }
}

diesel::table! {
    consultation_units (consultation_id, unit) {
        consultation_id -> Text,
        unit -> Text,
    }
}

diesel::table! {
    consultation_documents (consultation_id, position) {
        consultation_id -> Text,
        position -> Integer,
        title -> Text,
        address -> Text,
    }
}

diesel::table! {
    consultation_notices (consultation_id, position) {
        consultation_id -> Text,
        position -> Integer,
        kind -> Text,
        text -> Text,
        seat_id -> Text,
        institution -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    candidates (consultation_id, concern_id) {
        consultation_id -> Text,
        concern_id -> Text,
        included -> Bool,
        reason -> Text,
        on_day -> Date,
        severity -> Integer,
        frequency -> Integer,
        harm -> Integer,
    }
}

diesel::table! {
    consultation_choices (consultation_id, position) {
        consultation_id -> Text,
        position -> Integer,
        text -> Text,
    }
}

diesel::table! {
    votes (consultation_id) {
        consultation_id -> Text,
        threshold -> Integer,
        year -> Integer,
        announced -> Nullable<Text>,
        sealed -> Nullable<Text>,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    vote_issuers (consultation_id, position) {
        consultation_id -> Text,
        position -> Integer,
        institution -> Text,
        name -> Text,
        key_modulus -> Text,
        identity -> Text,
        commitment -> Text,
        reveal -> Nullable<Text>,
    }
}

diesel::table! {
    token_requests (consultation_id, account_id) {
        consultation_id -> Text,
        account_id -> Text,
        unit -> Text,
        messages_hash -> Text,
    }
}

diesel::table! {
    token_answers (consultation_id, account_id, institution) {
        consultation_id -> Text,
        account_id -> Text,
        institution -> Text,
        signatures -> Text,
    }
}

diesel::table! {
    ballots (consultation_id, token) {
        consultation_id -> Text,
        token -> Text,
        concern_index -> Integer,
        value -> Integer,
        sequence -> Integer,
        signatures -> Text,
        signature -> Text,
        rooted_leaf -> Nullable<Text>,
    }
}

diesel::table! {
    box_roots (consultation_id, on_day) {
        consultation_id -> Text,
        on_day -> Date,
        size -> Integer,
        hash -> Text,
    }
}

diesel::table! {
    activation_batches (id) {
        id -> Text,
        municipality_code -> Text,
        unit -> Text,
        year -> Integer,
        amount -> Integer,
        used -> Integer,
        made_on -> Date,
        revoked -> Bool,
    }
}

diesel::table! {
    activation_codes (code_mark) {
        code_mark -> Text,
        batch_id -> Text,
    }
}

diesel::table! {
    verifications (account_id, municipality_code, year) {
        account_id -> Text,
        municipality_code -> Text,
        year -> Integer,
        unit -> Text,
    }
}

diesel::table! {
    questions (id) {
        id -> Text,
        consultation_id -> Nullable<Text>,
        concern_id -> Nullable<Text>,
        text -> Text,
        author_name -> Nullable<Text>,
        account_id -> Nullable<Text>,
        state -> Text,
        reason -> Text,
        asked_on -> Date,
        public_on -> Nullable<Date>,
        meeting_id -> Nullable<Text>,
        residents -> Integer,
        visitors -> Integer,
    }
}

diesel::table! {
    question_supports (question_id, mark) {
        question_id -> Text,
        mark -> Text,
        resident -> Bool,
    }
}

diesel::table! {
    question_answers (question_id, institution) {
        question_id -> Text,
        institution -> Text,
        seat_id -> Text,
        text -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    rolls (municipality_code, year) {
        municipality_code -> Text,
        year -> Integer,
        amount -> Integer,
        used -> Integer,
    }
}

diesel::table! {
    roll_marks (mark) {
        mark -> Text,
        municipality_code -> Text,
        year -> Integer,
        unit -> Text,
    }
}

diesel::table! {
    meetings (id) {
        id -> Text,
        municipality_code -> Text,
        kind -> Text,
        title -> Text,
        objective -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        place -> Nullable<Text>,
        link -> Nullable<Text>,
        unit -> Nullable<Text>,
        topic -> Nullable<Text>,
        accessibility -> Nullable<Text>,
        announced_on -> Date,
        cancelled_on -> Nullable<Date>,
        version -> Integer,
        capacity -> Nullable<Integer>,
        taken -> Integer,
        waiting -> Integer,
        answers_for -> Nullable<Integer>,
    }
}

diesel::table! {
    meeting_places (meeting_id, mark) {
        meeting_id -> Text,
        mark -> Text,
        sealed -> Text,
        turn -> Nullable<Integer>,
        untold -> Bool,
    }
}

diesel::table! {
    agenda_items (meeting_id, position) {
        meeting_id -> Text,
        position -> Integer,
        title -> Text,
        text -> Text,
        concern_id -> Nullable<Text>,
        parked_meeting -> Nullable<Text>,
        parked_position -> Nullable<Integer>,
        poll_id -> Nullable<Text>,
    }
}

diesel::table! {
    meeting_notices (meeting_id, position) {
        meeting_id -> Text,
        position -> Integer,
        kind -> Text,
        text -> Text,
        seat_id -> Text,
        institution -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    outcomes (meeting_id, position) {
        meeting_id -> Text,
        position -> Integer,
        kind -> Text,
        text -> Text,
        lead -> Nullable<Text>,
        due_on -> Nullable<Date>,
    }
}

diesel::table! {
    attendance (meeting_id, seat_id) {
        meeting_id -> Text,
        seat_id -> Text,
        presence -> Text,
    }
}

diesel::table! {
    minutes (meeting_id) {
        meeting_id -> Text,
        text -> Text,
        next_on -> Nullable<Date>,
        closed_on -> Date,
        approved_on -> Nullable<Date>,
        record -> Nullable<Text>,
    }
}

diesel::table! {
    minutes_corrections (meeting_id, position) {
        meeting_id -> Text,
        position -> Integer,
        text -> Text,
        seat_id -> Text,
        institution -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    meeting_answers (meeting_id, seat_id) {
        meeting_id -> Text,
        seat_id -> Text,
        answer -> Text,
    }
}

diesel::table! {
    objectives (id) {
        id -> Text,
        municipality_code -> Text,
        year -> Integer,
        position -> Integer,
        title -> Text,
        text -> Text,
    }
}

diesel::table! {
    measures (id) {
        id -> Text,
        municipality_code -> Text,
        objective_id -> Text,
        title -> Text,
        text -> Text,
        lead -> Text,
        starts_on -> Date,
        due_on -> Date,
        report_days -> Integer,
        budget -> Nullable<BigInt>,
        source -> Nullable<Text>,
        overlap -> Nullable<Text>,
        meeting_id -> Nullable<Text>,
        meeting_position -> Nullable<Integer>,
        state -> Text,
        approved_on -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        version -> Integer,
    }
}

diesel::table! {
    measure_supporters (measure_id, institution) {
        measure_id -> Text,
        institution -> Text,
    }
}

diesel::table! {
    indicators (measure_id, position) {
        measure_id -> Text,
        position -> Integer,
        name -> Text,
        unit -> Text,
        baseline -> Double,
        target -> Double,
        source -> Text,
    }
}

diesel::table! {
    measure_concerns (measure_id, concern_id) {
        measure_id -> Text,
        concern_id -> Text,
    }
}

diesel::table! {
    measure_steps (measure_id, position) {
        measure_id -> Text,
        position -> Integer,
        kind -> Text,
        state -> Text,
        text -> Text,
        due_on -> Date,
        spent -> Nullable<BigInt>,
        seat_id -> Text,
        institution -> Text,
        on_day -> Date,
    }
}

diesel::table! {
    measure_values (measure_id, step, indicator) {
        measure_id -> Text,
        step -> Integer,
        indicator -> Integer,
        value -> Double,
    }
}

diesel::table! {
    evidence (id) {
        id -> Text,
        measure_id -> Text,
        step -> Integer,
        kind -> Text,
        name -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    other_measures (id) {
        id -> Text,
        municipality_code -> Text,
        plan -> Text,
        title -> Text,
    }
}

diesel::table! {
    reports (municipality_code, year) {
        municipality_code -> Text,
        year -> Integer,
        record -> Text,
        pdf -> Binary,
        published_on -> Date,
    }
}

diesel::table! {
    bulletins (municipality_code, year, quarter) {
        municipality_code -> Text,
        year -> Integer,
        quarter -> Integer,
        opening -> Text,
        closing -> Text,
        record -> Nullable<Text>,
        pdf -> Nullable<Binary>,
        published_on -> Nullable<Date>,
    }
}

diesel::table! {
    figures (id) {
        id -> Text,
        municipality_code -> Text,
        topic -> Text,
        institution -> Text,
        name -> Text,
        year -> Integer,
        value -> Double,
        source -> Text,
        published_on -> Date,
    }
}

diesel::table! {
    polls (id) {
        id -> Text,
        municipality_code -> Text,
        audience -> Text,
        year -> Integer,
        series -> Text,
        state -> Text,
        institution -> Text,
        paper -> Text,
        published_on -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        results -> Nullable<Text>,
        answered -> Nullable<Integer>,
        source -> Nullable<Text>,
        sent_on -> Nullable<Date>,
    }
}

diesel::table! {
    poll_rooms (code) {
        code -> Text,
        poll_id -> Text,
        way -> Text,
        school -> Nullable<Text>,
        class -> Nullable<Text>,
        invited -> Nullable<Integer>,
        grace_minutes -> Integer,
        closes_at -> Nullable<Timestamp>,
        answered -> Integer,
        consultation_id -> Nullable<Text>,
    }
}

diesel::table! {
    poll_marks (room, mark) {
        room -> Text,
        mark -> Text,
        used -> Bool,
    }
}

diesel::table! {
    poll_sums (room, cell) {
        room -> Text,
        cell -> Text,
        amount -> Integer,
    }
}

diesel::table! {
    poll_group_sums (poll_id, choice, cell) {
        poll_id -> Text,
        choice -> Text,
        cell -> Text,
        amount -> Integer,
    }
}

diesel::table! {
    poll_texts (id) {
        id -> Text,
        poll_id -> Text,
        question -> Text,
        text -> Text,
        state -> Text,
    }
}

diesel::table! {
    poll_pictures (id) {
        id -> Text,
        poll_id -> Text,
        bytes -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    idempotency,
    counters,
    used_proofs,
    outbox,
    municipalities,
    units,
    holidays,
    working_days,
    accounts,
    sign_in_codes,
    sign_in_tickets,
    sessions,
    seats,
    holders,
    role_texts,
    regulations,
    acknowledgements,
    trainings,
    trained,
    answer_templates,
    audit_log,
    audit_head,
    concerns,
    photos,
    events,
    notes,
    messages,
    supports,
    imported_requests,
    follows,
    preferences,
    inbox,
    push_subscriptions,
    push_follows,
    consultations,
    consultation_units,
    consultation_documents,
    consultation_notices,
    candidates,
    consultation_choices,
    votes,
    vote_issuers,
    token_requests,
    token_answers,
    ballots,
    box_roots,
    activation_batches,
    activation_codes,
    verifications,
    questions,
    question_answers,
    question_supports,
    rolls,
    roll_marks,
    meetings,
    meeting_places,
    agenda_items,
    meeting_notices,
    outcomes,
    attendance,
    minutes,
    minutes_corrections,
    meeting_answers,
    objectives,
    measures,
    measure_supporters,
    indicators,
    measure_concerns,
    measure_steps,
    measure_values,
    evidence,
    other_measures,
    reports,
    bulletins,
    figures,
    polls,
    poll_rooms,
    poll_marks,
    poll_sums,
    poll_group_sums,
    poll_texts,
    poll_pictures,
);
