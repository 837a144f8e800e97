"""What each column holds about people. Keys are left out: they only tie rows together.

identifies: says who somebody is, a name or an id that people know
contact:    a way to reach somebody
private:    something about one person that is theirs to tell, or words written for them alone
none:       says nothing about one person by itself
"""

PERSONAL_DATA: dict[str, dict[str, str]] = {
    "accounts.User": {
        "identifies": "full_name given_name family_name",
        "contact": "email",
        "private": "password last_login time_zone",
        "none": "created_at roles is_active",
    },
    "accounts.Invitation": {
        "contact": "address",
        "private": "opened_at used_at",
        "none": "created_at token_digest made_at expires_at revoked_at",
    },
    "accounts.Session": {
        "private": "session_data device signed_in_at",
        "none": "session_key expire_date",
    },
    "accounts.BreakGlass": {
        "private": "reason used_at",
        "none": "created_at token_digest made_at expires_at revoked_at",
    },
    "socialaccount.SocialAccount": {
        "identifies": "uid",
        "private": "last_login extra_data",
        "none": "provider date_joined",
    },
    "socialaccount.SocialApp": {
        "none": "provider provider_id name client_id secret key settings",
    },
    "socialaccount.SocialToken": {"private": "token token_secret", "none": "expires_at"},
    "mfa.Authenticator": {"private": "type data created_at last_used_at"},
    "mail.OutgoingEmail": {
        "contact": "to_address reply_to",
        "private": "subject text_body html_body reason",
        "none": "created_at kind subject_ref occurrence_key message_id state due_at expires_at"
        " next_try_at claim_token lease_until data_started_at attempts ambiguous_count last_code"
        " last_reply sent_at",
    },
    "mail.Refusal": {"private": "kind", "none": "created_at"},
    "mail.Suppression": {
        "contact": "address",
        "private": "reason since until",
        "none": "created_at",
    },
    "mail.Bounce": {
        "contact": "address",
        "private": "severity status",
        "none": "created_at digest",
    },
    "mail.DomainPace": {"none": "domain taken last_at"},
    "mail.SendingPause": {"none": "id since"},
    "mail.Tick": {"none": "source at"},
    "students.Term": {"none": "created_at code name starts_on census_on ends_on closes_on"},
    "students.Cohort": {
        "none": "created_at name goal follow_up_policy most_attempts most_asks_a_week"
        " calls_people_known_well keep_in_touch_days usual_minutes weekly_mail_cap wants_debriefs"
    },
    "students.EffortWeek": {"private": "week_of applied_for", "none": "created_at"},
    "students.Milestone": {"none": "created_at conversations due_on"},
    "students.Substitution": {"none": "created_at starts_on ends_on"},
    "students.RecordVisit": {"private": "reason visited_at", "none": "created_at"},
    "students.Holiday": {"none": "created_at day name"},
    "students.Student": {
        "identifies": "student_id given_name family_name",
        "contact": "email",
        "none": "created_at",
    },
    "students.Enrolment": {
        "private": "program class_year enrolled_on withdrawn_on",
        "none": "created_at",
    },
    "students.Campaign": {
        "identifies": "target_people",
        "private": "purpose target_roles target_organizations",
        "none": "created_at saved_at",
    },
    "students.Accomplishment": {"private": "text", "none": "created_at"},
    "students.RosterImport": {
        "identifies": "file_name table result",  # who stands in the list, until it is decided on
        "none": "created_at source state choices saved_at undone_at",
    },
    "students.RosterChange": {"identifies": "before after", "none": "table key"},
    "students.RosterDrop": {
        "identifies": "words",  # a problem may name a student
        "none": "created_at path digest outcome looked_at",
    },
    "contacts.Contact": {
        "identifies": "name given_name family_name organization job_title search_text",
        "contact": "email more_emails flagged_emails phones links",
        "private": "closeness seniority source listed_on tags time_zone preferred_times how_known"
        " note introduction introduced_on archived_at data_source erased_at",
        "none": "created_at updated_at external_id",
    },
    "contacts.ImportBatch": {
        "identifies": "data file_name preview",  # the file, and what stands in it
        "private": "choices refusal",
        "none": "created_at kind dated_at state done total claim tries claimed_until saved_at"
        " undone_at",
    },
    "contacts.Merge": {"private": "dropped", "none": "created_at moved"},
    "contacts.ContactChange": {"identifies": "before after", "none": "contact_key"},
    "contacts.NotDuplicate": {"none": "created_at"},
    "contacts.Research": {
        "identifies": "title url note",  # who wrote or said it, mostly the contact themselves
        "private": "organization kind noted_on",
        "none": "created_at",
    },
    "contacts.Wish": {
        "identifies": "fingerprint",  # only to whoever holds the key and knows the address
        "private": "is_never paused_until most_per_term erased_at",
        "none": "created_at",
    },
    "meetings.Meeting": {
        "contact": "place",  # an address, a link or a number
        "private": "starts_at minutes status proposed_times mode mode_reason is_practice"
        " is_ready has_asked_referral thank_you_sent_at",
        "none": "created_at external_id calendar_uid calendar_sequence changed_at",
    },
    "meetings.PrepSheet": {
        "private": "goal_information goal_contacts research_person research_duties"
        " research_organization pitch is_pitch_rehearsed can_offer leave_behind"
        " is_leave_behind_requested etiquette",
        "none": "created_at revision saved_at",
    },
    "meetings.BankQuestion": {"private": "text", "none": "created_at group is_retired"},
    "meetings.PlannedQuestion": {"private": "text is_asked", "none": "created_at position"},
    "meetings.Jottings": {"private": "text", "none": "created_at revision saved_at"},
    "meetings.Debrief": {
        "identifies": "typed_names",
        "private": "referral_answer conclusion skills goals_met listened confidence_before"
        " confidence_after clarity change_next_time completed_at",
        "none": "created_at revision saved_at",
    },
    "meetings.Finding": {"private": "kind text uses is_private", "none": "created_at"},
    "meetings.Commitment": {"private": "promised_by what due_on done_at", "none": "created_at"},
    "meetings.Referral": {"private": "before", "none": "created_at made_contact written_at"},
    "meetings.Story": {
        "private": "kind title text shared_at names_contact is_signed",
        "none": "created_at",
    },
    "meetings.Telling": {"none": "created_at"},
    "meetings.CalendarFeed": {"private": "token", "none": "created_at rotated_at"},
    "outreach.Attempt": {
        "private": "sent_at channel kind subject text replied_at reply has_no_role ask_again_on"
        " reason",
        "none": "created_at",
    },
    "outreach.NoteTemplate": {"none": "created_at kind name for_whom is_retired"},
    "outreach.TemplateVersion": {"none": "created_at number subject slots"},
    "outreach.Draft": {"private": "kind subject parts", "none": "created_at revision saved_at"},
    "outreach.Touch": {"private": "kind channel happened_at subject text", "none": "created_at"},
    "outreach.Cadence": {"private": "tag days", "none": "created_at"},
    "outreach.CooldownLift": {"private": "reason", "none": "created_at lifted_at"},
    "outreach.ContactLink": {
        "none": "created_at token_digest expires_at used_at revoked_at",
    },
    "outreach.ContactAnswer": {
        "private": "answer times message answered_at",
        "none": "created_at",
    },
    "outcomes.Offer": {
        "identifies": "how_it_helped evidence",  # names stand in what people write
        "private": "kind organization received_on status accepted_on still_open_on starts_on"
        " is_apart confirmed_at",
        "none": "created_at external_id",
    },
    "outcomes.StatusChange": {"private": "status changed_on said_at", "none": "created_at"},
    "outcomes.NoOfferConfirmation": {"private": "confirmed_on", "none": "created_at"},
    "outcomes.FirstDestination": {
        "private": "source destination said_on is_primary is_held_before organization country state"
        " annual_salary institution institution_country institution_state field_of_study"
        " degree_sought school program degree_level",
        "none": "created_at",
    },
    "coaching.Rubric": {"none": "created_at name is_retired"},
    "coaching.RubricVersion": {"none": "created_at number levels criteria"},
    "coaching.Submission": {
        "identifies": "content word comment",  # names stand in what people write
        "private": "scores is_to_be_revised",
        "none": "created_at piece note_kind round handed_in_at withdrawn_at read_at returned_at"
        " seen_at",
    },
    "coaching.Question": {
        "identifies": "text answer",
        "none": "created_at page about asked_at answered_at seen_at",
    },
    "coaching.WordSpoken": {"private": "reasons", "none": "created_at spoken_at rests_until"},
    "coaching.NudgeTemplate": {"none": "created_at name subject body is_retired"},
    "coaching.Nudge": {"none": "created_at queued_at"},
    "coaching.Resource": {
        "none": "created_at shelf place title body link is_pinned is_retired",
    },
    "coaching.ResourceUse": {"none": "created_at day opened"},
    "coaching.Note": {"private": "text", "none": "created_at written_at shared_at"},
    "reminders.Preference": {
        "private": "hour days digest quiet_from quiet_until weekly_cap paused_until",
        "none": "created_at",
    },
    "reminders.Look": {"none": "looked_on next_at"},
    "metrics.ReportSnapshot": {
        "identifies": "report",  # the paths carry student ids
        "none": "created_at program class_year audience definitions requested_at computed_at",
    },
    "metrics.Release": {
        "identifies": "document waivers",  # the paths carry student ids, findings name students
        "private": "withdrawn_reason",
        "none": "created_at program class_year audience definitions threshold shown counted inputs"
        " published_at withdrawn_at",
    },
    "metrics.ReleaseFile": {
        "identifies": "content",  # the document once more
        "none": "created_at format sha256",
    },
    "metrics.Waiver": {"private": "reason", "none": "created_at finding waived_at"},
    "metrics.Publication": {
        "none": "created_at program class_year audience asked_at tries done_at problem"
    },
    "metrics.ReportFile": {
        "identifies": "content",  # the report, whose paths carry student ids
        "none": "created_at program class_year format asked_at tries done_at name problem",
    },
    "metrics.ReportOrder": {"none": "created_at ordered_at"},
    "exchange.ImportRun": {
        "identifies": "content problems file_name",  # the file, and the cells that problems quote
        "none": "created_at size state claim claimed_until tries step steps_done steps_total"
        " term_code counts problem_count finished_at",
    },
    # Tables of the packages that we build on
    "sessions.Session": {"private": "session_data", "none": "session_key expire_date"},
    "account.EmailAddress": {"contact": "email", "none": "verified primary"},
    "account.EmailConfirmation": {"private": "key", "none": "created sent"},
    "auth.Group": {"none": "name"},
    "auth.Permission": {"none": "name codename"},
    "contenttypes.ContentType": {"none": "app_label model"},
}
