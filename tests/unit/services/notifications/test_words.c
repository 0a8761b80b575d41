/* What notices and mails say, word for word: every kind, with all that may be missing, as notices.json has it, which
 * was written when the sentences stood in C; and what no words can make them say. */
#include "tests/unit/services/notifications/fixture.h"

#include <jansson.h>
#include <stdio.h>

#include "services/notifications/deadlines/kinds.h"
#include "services/notifications/deadlines/wording.h"
#include "services/notifications/mail.h"
#include "services/notifications/account_mail.h"
#include "services/notifications/notice.h"
#include "services/notifications/told.h"
#include "services/notifications/words.h"

enum { SAID_BYTES_MAX = 128 * 1024 };

struct said {
        struct arena arena;
        const Texts__TextVersion *texts;
        char text[SAID_BYTES_MAX];
        size_t size;
};

static void add(struct said *said, const char *kind, const char *title, const char *text)
{
        int size = snprintf(said->text + said->size, sizeof(said->text) - said->size, "== %s: %s\n%s|\n", kind, title,
                            text);
        assert_true(size > 0 && (size_t)size < sizeof(said->text) - said->size);
        said->size += (size_t)size;
}

static Types__Id *id_made_at(struct said *said, const char *instant)
{
        struct id id = {{0}};
        int64_t at_ms = 0;
        assert_int_equal(instant_parse(instant, &at_ms), 0);
        for (int i = 0; i < 6; i++)
                id.b[i] = (uint8_t)(at_ms >> (8 * (5 - i)));
        id.b[6] = 0x70;
        id.b[15] = 9;
        return id_to(&said->arena, id);
}

static Types__Day *day_at(struct said *said, int year, int month, int day)
{
        return day_to(&said->arena, day_of_civil((struct civil){year, month, day}));
}

/* ---- a need */

static void add_need(struct said *said, const Contracts__NeedDeclared *need)
{
        Notifications__NoticePosted *notice = notice_of_need(said->texts, need, &said->arena);
        add(said, "need", notice->title, notice->text);
}

static void say_needs(struct said *said)
{
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        Contracts__NeedConditions conditions = CONTRACTS__NEED_CONDITIONS__INIT;
        Contracts__NeedPartner partner = CONTRACTS__NEED_PARTNER__INIT;
        need.need_id = id_made_at(said, "2026-10-12T08:00:00Z");
        add_need(said, &need); /* nothing else is known */
        need.rome_code = (char *)"F1703";
        need.title = (char *)"Maçon {{coffreur}}";
        need.territory = (char *)"31";
        need.commune = (char *)"31555";
        need.starts_on = day_at(said, 2026, 11, 2);
        for (int modality = 0; modality <= TYPES__MODALITY__SUBCONTRACTING + 1; modality++) {
                need.positions = (uint32_t)modality;
                need.modality = (Types__Modality)modality;
                add_need(said, &need);
        }
        need.ends_on = day_at(said, 2027, 2, 1);
        need.place = (char *)"École\nJean-Jaurès";
        need.conditions = &conditions;
        need.partner = &partner;
        partner.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        partner.name = (char *)"ETTI du Lauragais";
        conditions.weekly_hours = hours_to(&said->arena, hours_of_hundredths(3550));
        conditions.schedule = (char *)"6 h-13 h";
        conditions.driving_licence = (char *)"B";
        conditions.physical = true;
        conditions.other = (char *)"Chaussures de sécurité";
        add_need(said, &need); /* of a private contract: no name, no site, no partner */
        need.contractor_name = (char *)"Bâtiment du Midi";
        add_need(said, &need);
        conditions.physical = false;
        partner.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOICE_UNKNOWN;
        add_need(said, &need);
}

/* ---- what becomes of a person */

static void say_eligibility(struct said *said)
{
        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        decided.territory = (char *)"974";
        for (int i = 0; i < 8; i++) {
                decided.beneficiary_id = (i & 1) != 0 ? id_made_at(said, "2026-10-11T21:00:00Z")
                                                      : id_to(&said->arena, organisation(201));
                if ((i & 1) == 0)
                        memset(decided.beneficiary_id->value.data, 0xff, 16); /* it tells no day */
                decided.eligible = (i & 2) != 0;
                decided.valid_until = (i & 4) != 0 ? day_at(said, 2028, 10, 12) : NULL;
                Notifications__NoticePosted *notice = notice_of_eligibility(said->texts, &decided, &said->arena);
                add(said, "eligibility", notice->title, notice->text);
        }
}

static void say_evidence(struct said *said)
{
        char *evidence[] = {(char[]){"bulletins de paie"}, (char[]){"relevés d'heures"}};
        Tracking__EvidenceStep step = TRACKING__EVIDENCE_STEP__INIT;
        Tracking__EvidenceMoved moved = TRACKING__EVIDENCE_MOVED__INIT;
        Tracking__EvidenceTakenBack taken_back = TRACKING__EVIDENCE_TAKEN_BACK__INIT;
        moved.placement_id = taken_back.placement_id = id_to(&said->arena, organisation(201));
        moved.territory = taken_back.territory = (char *)"31";
        moved.step = &step;
        moved.evidence = evidence;
        step.happened_on = day_at(said, 2026, 11, 2);
        step.act_by = day_at(said, 2026, 12, 14);
        for (int i = 0; i < 2 * TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED; i++) {
                bool known = i < TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED;
                step.state = (Tracking__EvidenceState)(i % TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED);
                step.label = (char *)(known ? "la pièce est illisible" : "");
                moved.n_evidence = known ? ARRAY_SIZE(evidence) : 0;
                Notifications__NoticePosted *notice = notice_of_evidence(said->texts, &moved, &said->arena);
                if (notice != NULL)
                        add(said, "evidence", notice->title, notice->text);
                taken_back.before = TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED;
                taken_back.now = step.state;
                notice = notice_of_evidence_taken_back(said->texts, &taken_back, &said->arena);
                if (notice != NULL && known)
                        add(said, "evidence", notice->title, notice->text);
        }
}

static void say_terms(struct said *said)
{
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        Tracking__PlacementChanged changed = TRACKING__PLACEMENT_CHANGED__INIT;
        changed.territory = (char *)"31";
        changed.placement_id = changed.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        changed.terms = &terms;
        terms.changed_on = day_at(said, 2026, 11, 2);
        terms.work_contract = (char *)"CDDI";
        terms.weekly_hours = hours_to(&said->arena, hours_of_hundredths(3550));
        for (int i = 0; i < 4; i++) {
                terms.ends_on = (i & 1) != 0 ? day_at(said, 2027, 2, 1) : NULL;
                terms.is_correction = (i & 2) != 0;
                Notifications__NoticePosted *notice = notice_of_change(said->texts, &changed, &said->arena);
                add(said, "change", notice->title, notice->text);
        }
}

static void say_proposals(struct said *said)
{
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        struct proposal_told told = {.territory = "31", .step = &step};
        told.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        told.need_id = id_made_at(said, "2026-10-11T08:00:00Z");
        for (int i = 1; i < 2 * TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED; i++) {
                bool known = i < TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED;
                step.state = (Tracking__ProposalState)(i % TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED);
                told.need_title = known ? "Maçon {{coffreur}}" : "";
                step.happened_on = day_at(said, 2026, 11, 2);
                step.outcome_label = (char *)(known ? "le poste est pourvu" : "");
                step.until = known ? day_at(said, 2026, 12, 1) : NULL;
                told.is_corrected = !known && step.state == TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN;
                Notifications__NoticePosted *notice = notice_of_proposal(said->texts, &told, &said->arena);
                if (notice != NULL)
                        add(said, "proposal", notice->title, notice->text);
        }
        told.is_corrected = true;
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN;
        step.outcome_label = (char *)"le poste est pourvu";
        told.need_title = "Maçon";
        Notifications__NoticePosted *notice = notice_of_proposal(said->texts, &told, &said->arena);
        add(said, "proposal", notice->title, notice->text);
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED; /* its placement is told */
        assert_null(notice_of_proposal(said->texts, &told, &said->arena));
}

static void say_placements(struct said *said)
{
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        opened.placement_id = id_made_at(said, "2026-11-01T08:00:00Z");
        opened.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        opened.territory = (char *)"31";
        for (int modality = 0; modality <= TYPES__MODALITY__SUBCONTRACTING + 1; modality++) {
                bool known = modality > 0;
                opened.modality = (Types__Modality)modality;
                opened.employer_name = (char *)(known ? "Bâtiment du Midi" : "");
                opened.work_contract = (char *)(known ? "CDD" : "");
                opened.rome_code = (char *)(known ? "F1703" : "");
                opened.starts_on = known ? day_at(said, 2026, 11, 2) : NULL;
                opened.ends_on = modality > 1 ? day_at(said, 2027, 5, 1) : NULL;
                opened.weekly_hours = known ? hours_to(&said->arena, hours_of_hundredths(3550)) : NULL;
                Notifications__NoticePosted *notice = notice_of_placement(said->texts, &opened, &said->arena);
                add(said, "placement", notice->title, notice->text);
        }
}

static void say_outcomes(struct said *said)
{
        Tracking__PlacementEnded ended = TRACKING__PLACEMENT_ENDED__INIT;
        ended.placement_id = id_made_at(said, "2026-11-01T08:00:00Z");
        ended.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        ended.territory = (char *)"31";
        for (int outcome = 0; outcome <= TRACKING__OUTCOME__WITHDRAWN + 1; outcome++) {
                ended.outcome = (Tracking__Outcome)outcome;
                ended.ended_on = outcome > 0 ? day_at(said, 2027, 5, 1) : NULL;
                Notifications__NoticePosted *notice = notice_of_outcome(said->texts, &ended, &said->arena);
                add(said, "outcome", notice->title, notice->text);
        }
}

/* Ends that were set right or taken back, and what became of the persons afterwards. */
static void say_what_became(struct said *said)
{
        Tracking__PlacementEndCorrected corrected = TRACKING__PLACEMENT_END_CORRECTED__INIT;
        Tracking__PlacementReopened reopened = TRACKING__PLACEMENT_REOPENED__INIT;
        Tracking__OutcomeRecorded recorded = TRACKING__OUTCOME_RECORDED__INIT;
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        Types__Id *placement = id_made_at(said, "2026-11-01T08:00:00Z");
        Types__Id *person = id_made_at(said, "2026-10-12T08:00:00Z");
        Notifications__NoticePosted *notice;
        now.outcome = TRACKING__OUTCOME__TRANSITION_JOB;
        corrected.placement_id = reopened.placement_id = recorded.placement_id = placement;
        corrected.beneficiary_id = reopened.beneficiary_id = recorded.beneficiary_id = person;
        corrected.territory = reopened.territory = recorded.territory = (char *)"31";
        corrected.now = recorded.now = &now;
        corrected.ended_on = recorded.ended_on = day_at(said, 2027, 5, 1);
        for (int day = 1; day <= 2; day++) { /* the same, and another one */
                corrected.was_ended_on = reopened.was_ended_on = day_at(said, 2027, 5, day);
                notice = notice_of_corrected_end(said->texts, &corrected, &said->arena);
                add(said, "corrected", notice->title, notice->text);
        }
        notice = notice_of_reopening(said->texts, &reopened, &said->arena);
        add(said, "reopened", notice->title, notice->text);
        for (int at = TRACKING__OUTCOME_MOMENT__AT_EXIT; at <= TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS; at++) {
                now.at = (Tracking__OutcomeMoment)at;
                now.not_reached = false;
                notice = notice_of_told_outcome(said->texts, &recorded, &said->arena);
                add(said, "told", notice->title, notice->text);
                now.not_reached = true;
                notice = notice_of_told_outcome(said->texts, &recorded, &said->arena);
                add(said, "not reached", notice->title, notice->text);
        }
        recorded.goes_on = true; /* she will be tried again: nobody is told */
        assert_null(notice_of_told_outcome(said->texts, &recorded, &said->arena));
}

/* She lives elsewhere now. */
static void say_relocation(struct said *said)
{
        Tracking__BeneficiaryRelocated relocated = TRACKING__BENEFICIARY_RELOCATED__INIT;
        relocated.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        relocated.from_territory = (char *)"31";
        relocated.to_territory = (char *)"82";
        Notifications__NoticePosted *notice = notice_of_relocation(said->texts, &relocated, &said->arena);
        add(said, "relocated", notice->title, notice->text);
}

/* ---- a decision that was changed */

static void say_change(struct said *said, Types__Role role, Types__ChangedByAnother *change, const char *by_name)
{
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        Notifications__AccountNoticeRow row = NOTIFICATIONS__ACCOUNT_NOTICE_ROW__INIT;
        actor.role = role;
        struct work work = {.arena = &said->arena, .actor = &actor};
        row.change = change;
        row.at = instant_to(&said->arena, INT64_C(1792324800000));
        row.by_name = (char *)(uintptr_t)by_name;
        const Notifications__NoticeView *view = told_view(&work, said->texts, &row);
        add(said, "changed", view->title, view->text);
}

static void say_changes(struct said *said)
{
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        change.thing = (char *)"la clause du lot 1 du contrat 2026-17";
        say_change(said, TYPES__ROLE__COORDINATOR, &change, "");
        say_change(said, TYPES__ROLE__PRESCRIBER, &change, "camille"); /* may not read it */
        change.before = (char *)"Clause posée : 200 h.";
        change.after = (char *)"Clause posée : 10 h.";
        change.reason = (char *)"erreur de calcul";
        say_change(said, TYPES__ROLE__COORDINATOR, &change, "camille");
}

/* ---- mails */

static void say_mails(struct said *said)
{
        struct mail mail = {.at_ms = INT64_C(1792324800000),
                            .from = "guichet@exemple.fr",
                            .to = "ml.lauragais@exemple.org",
                            .subject = "Nouveau besoin",
                            .text = "Bonjour",
                            .foot = words_merge(said->texts, "mail_foot", NULL, 0, &said->arena).text};
        struct slice message;
        struct err_info info;
        assert_int_equal(mail_compose(&mail, &said->arena, &message, &info), 0);
        struct words words = address_mail(said->texts, "12345678", &said->arena);
        add(said, "code", words.title, words.text);
        add(said, "mail", "", arena_printf(&said->arena, "%.*s", (int)message.size, (const char *)message.data));
}

static void say_received(struct said *said)
{
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        struct received_proposal received = {
                .proposal_id = id_made_at(said, "2026-11-02T08:00:00Z"),
                .need_id = id_made_at(said, "2026-10-11T08:00:00Z"),
                .territory = "31",
                .step = &step,
        };
        step.state = TRACKING__PROPOSAL_STATE__PROPOSAL_SENT;
        for (int known = 0; known < 2; known++) {
                received.need_title = known == 1 ? "Maçon" : "";
                step.happened_on = known == 1 ? day_at(said, 2026, 11, 2) : NULL;
                step.act_by = known == 1 ? day_at(said, 2026, 11, 16) : NULL;
                Notifications__NoticePosted *notice = notice_of_received_proposal(said->texts, &received, &said->arena);
                add(said, "received", notice->title, notice->text);
        }
}

static void say_actions(struct said *said)
{
        struct action_told told = {.territory = "31"};
        told.beneficiary_id = id_made_at(said, "2026-10-12T08:00:00Z");
        for (int state = TRACKING__ACTION_STATE__ACTION_ASKED; state <= TRACKING__ACTION_STATE__ACTION_GIVEN_UP;
             state++) {
                told.state = (Tracking__ActionState)state;
                told.kind_label = "aide à la mobilité";
                told.day = day_at(said, 2026, 11, 2);
                Notifications__NoticePosted *notice = notice_of_action(said->texts, &told, &said->arena);
                add(said, "action", notice->title, notice->text);
        }
        told.kind_label = "";
        told.day = NULL;
        Notifications__NoticePosted *notice = notice_of_action(said->texts, &told, &said->arena);
        add(said, "action", notice->title, notice->text);
        told.state = TRACKING__ACTION_STATE__ACTION_UNKNOWN;
        assert_null(notice_of_action(said->texts, &told, &said->arena));
}

static void say_links(struct said *said)
{
        Accounts__Link link = ACCOUNTS__LINK__INIT;
        link.purpose = ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE;
        link.territory = (char[]){"31"};
        link.object_id = id_made_at(said, "2026-10-11T08:00:00Z");
        const Notifications__NoticePosted *asked = notice_of_link(said->texts, &link, &said->arena);
        add(said, "link", asked->title, asked->text);
        link.purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH;
        link.month = month_to(&said->arena, month_of_number(681));
        asked = notice_of_link(said->texts, &link, &said->arena);
        add(said, "link", asked->title, asked->text);
        asked = notice_of_disowned_link(said->texts, &link, &said->arena);
        add(said, "link", asked->title, asked->text);
        struct words words = link_mail(said->texts, "https://guichet.example/l/x", "1er mars 2027", &said->arena);
        add(said, "mail", words.title, words.text);
}

/* ---- what waits */

static void say_wait(struct said *said, const struct wait_kind *kind, const struct wait_face *face)
{
        Notifications__Wait wait = NOTIFICATIONS__WAIT__INIT;
        wait.kind = kind->number;
        wait.detail = face->detail;
        wait.since = day_at(said, 2026, 10, 1);
        wait.until = day_at(said, 2026, 11, 1);
        wait.label = (char[]){"Bâtiment du Midi"};
        wait.contract = (char[]){"2026-17"};
        wait.month = month_to(&said->arena, month_of_number(681));
        struct words words = wording_of_wait(said->texts, &wait, &said->arena);
        add(said, face->text, words.title, words.text);
        wait.label = wait.contract = (char[]){""};
        wait.month = NULL;
        words = wording_of_wait(said->texts, &wait, &said->arena);
        add(said, face->text, words.title, words.text);
        const Notifications__NoticePosted *near = notice_of_wait(said->texts, &wait, false, &said->arena);
        add(said, "near", near->title, near->text);
        const Notifications__NoticePosted *late = notice_of_wait(said->texts, &wait, true, &said->arena);
        add(said, "late", late->title, late->text);
}

static void say_waits(struct said *said)
{
        for (size_t i = 0; i < wait_kind_count; i++)
                for (size_t n = 0; n < wait_kinds[i].face_count; n++)
                        say_wait(said, &wait_kinds[i], &wait_kinds[i].faces[n]);
}

static void say_all(struct said *said)
{
        said->size = 0;
        say_needs(said);
        say_eligibility(said);
        say_proposals(said);
        say_placements(said);
        say_outcomes(said);
        say_what_became(said);
        say_relocation(said);
        say_received(said);
        say_actions(said);
        say_changes(said);
        say_mails(said);
        say_evidence(said);
        say_terms(said);
        say_links(said);
        say_waits(said);
}

/* notices.json: kind, title and lines of each. */
static void same_as_written(const char *said)
{
        json_t *list = json_load_file("tests/unit/services/notifications/notices.json", 0, NULL);
        assert_true(json_array_size(list) > 30);
        for (size_t i = 0; i < json_array_size(list); i++) {
                const json_t *notice = json_array_get(list, i), *lines = json_object_get(notice, "lines");
                struct arena arena = {0};
                char *wanted = arena_printf(&arena, "== %s: %s", json_string_value(json_object_get(notice, "kind")),
                                            json_string_value(json_object_get(notice, "title")));
                for (size_t j = 0; j < json_array_size(lines); j++)
                        wanted = arena_printf(&arena, "%s\n%s", wanted, json_string_value(json_array_get(lines, j)));
                wanted = arena_printf(&arena, "%s|\n", wanted);
                if (strncmp(said, wanted, strlen(wanted)) != 0)
                        fail_msg("wanted:\n%sin place of:\n%.1000s", wanted, said);
                said += strlen(wanted);
                arena_fini(&arena);
        }
        assert_string_equal(said, "");
        json_decref(list);
}

static void test_word_for_word(void **state)
{
        static struct said said;
        struct dated texts;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(words_load("deploy/rules", &texts, &info), 0);
        said.texts = dated_on(&texts, day_of_civil((struct civil){2026, 11, 28}));
        say_all(&said);
        same_as_written(said.text);
        arena_fini(&said.arena);
        dated_fini(&texts);
}

/* ---- what a text may say */

/* A library whose texts say every field that the table gives them, "[site=…]", "?" for those without a value. */
static Texts__TextVersion *telling_all(struct arena *arena)
{
        Texts__TextVersion *version = pb_new(&texts__text_version__descriptor, arena);
        version->texts = arena_alloc(arena, words_wanted_count * sizeof(*version->texts));
        version->n_texts = words_wanted_count;
        for (size_t i = 0; i < words_wanted_count; i++) {
                Texts__Text *text = version->texts[i] = pb_new(&texts__text__descriptor, arena);
                char *all = arena_printf(arena, "%s %s", words_wanted[i].always, words_wanted[i].perhaps);
                char *line = arena_text(arena, "all:");
                for (char *rest = NULL, *name = strtok_r(all, " ", &rest); name != NULL;
                     name = strtok_r(NULL, " ", &rest))
                        line = arena_printf(arena, "%s[%s={{%s|?}}]", line, name, name);
                text->name = arena_text(arena, words_wanted[i].name);
                text->title = arena_text(arena, "x");
                text->lines = arena_alloc(arena, sizeof(char *));
                text->lines[0] = line;
                text->n_lines = 1;
        }
        return version;
}

static void say_account_mails(struct said *said)
{
        Accounts__MailToSendReply told = ACCOUNTS__MAIL_TO_SEND_REPLY__INIT;
        Accounts__DrawMailReply drawn = ACCOUNTS__DRAW_MAIL_REPLY__INIT;
        Types__Instant at = TYPES__INSTANT__INIT;
        told.name = told.browser = told.place = told.label = told.by = (char *)"x";
        told.role = TYPES__ROLE__COMPANY;
        told.at = drawn.ends = &at;
        drawn.token = (char *)"x";
        const struct account_mail mail = {&told, &drawn, "Peintures du Lauragais", "https://guichet.example"};
        for (int kind = 1; kind <= ACCOUNTS__MAIL_KIND__MAIL_ROLE_GIVEN; kind++) {
                told.kind = (Accounts__MailKind)kind;
                struct words words = account_mail_words(said->texts, &mail, &said->arena);
                add(said, "account", words.title, words.text);
        }
}

/* The code gives each field that the table names, at least where all is known. */
static void test_every_field_is_given(void **state)
{
        static struct said said;
        (void)state;
        said.texts = telling_all(&said.arena);
        say_all(&said);
        say_account_mails(&said);
        for (size_t i = 0; i < words_wanted_count; i++) {
                char *all = arena_printf(&said.arena, "%s %s", words_wanted[i].always, words_wanted[i].perhaps);
                for (char *rest = NULL, *name = strtok_r(all, " ", &rest); name != NULL;
                     name = strtok_r(NULL, " ", &rest)) {
                        bool given = false;
                        const char *mark = arena_printf(&said.arena, "[%s=", name);
                        for (const char *at = said.text; (at = strstr(at, mark)) != NULL && !given; at++)
                                given = at[strlen(mark)] != '?';
                        if (!given)
                                fail_msg("%s: nothing ever gives {{%s}}", words_wanted[i].name, name);
                }
        }
        arena_fini(&said.arena);
}

/* Whatever the words are, a private contract's company, site and partner are not among them. */
static void test_a_private_contract_is_not_told(void **state)
{
        static struct said said;
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        Contracts__NeedPartner partner = CONTRACTS__NEED_PARTNER__INIT;
        (void)state;
        said.texts = telling_all(&said.arena);
        need.need_id = id_made_at(&said, "2026-10-12T08:00:00Z");
        need.place = (char *)"École Jean-Jaurès";
        need.partner = &partner;
        partner.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        partner.name = (char *)"ETTI du Lauragais";
        const char *text = notice_of_need(said.texts, &need, &said.arena)->text;
        static const char *const silent[] = {"[company=?]", "[site=?]", "[partner=?]"};
        for (size_t i = 0; i < ARRAY_SIZE(silent); i++)
                assert_non_null(strstr(text, silent[i]));
        assert_null(strstr(text, "Lauragais"));
        assert_null(strstr(text, "Jaurès"));
        arena_fini(&said.arena);
}

/* ---- what is refused at start */

static int load_of(const json_t *library, struct err_info *info)
{
        char directory[] = "/tmp/guichet-words-XXXXXX", path[64];
        struct dated texts = {0};
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s/notice_texts.json", directory);
        assert_int_equal(json_dump_file(library, path, 0), 0);
        int err = words_load(directory, &texts, info);
        (void)unlink(path);
        (void)rmdir(directory);
        dated_fini(&texts);
        return err;
}

static json_t *delivered(json_t **ret_texts)
{
        json_t *library = json_load_file("deploy/rules/notice_texts.json", 0, NULL);
        assert_non_null(library);
        *ret_texts = json_object_get(json_array_get(json_object_get(library, "versions"), 0), "texts");
        return library;
}

/* The first text is need_opened. */
static void test_what_is_refused(void **state)
{
        static const struct {
                const char *line, *says[3];
        } cases[] = {
                {"La personne : {{name}}", {"need_opened, line 1", "{{name}} is no field", "positions need several"}},
                {"Dossier {{file}}", {"need_opened, line 1", "{{file}} is no field of this text", "site"}},
                {"Site : {{site}}", {"need_opened, line 1", "{{site}} may have no value", "section"}},
                {"{{#ends}}Site : {{site}}{{/ends}}", {"need_opened, line 1", "{{site}} may have no value", ""}},
                {"{{#site}}Site : {{site}}", {"need_opened, line 1", "{{site}} is not ended", ""}},
                {"{{/site}}", {"need_opened, line 1", "did not begin", ""}},
                {"{{#site}}{{#ends}}{{/ends}}{{/site}}", {"need_opened, line 1", "inside another", ""}},
                {"Un\r\nBcc: x@y.fr", {"need_opened, line 1", "control character", ""}},
                {"{{}}", {"need_opened, line 1", "without a name", ""}},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct err_info info = {0};
                json_t *texts, *library = delivered(&texts);
                json_array_set_new(json_object_get(json_array_get(texts, 0), "lines"), 0, json_string(cases[i].line));
                assert_int_equal(load_of(library, &info), ERR_CONFIG);
                for (size_t j = 0; j < 3; j++)
                        if (strstr(info.text, cases[i].says[j]) == NULL)
                                fail_msg("%s: not in: %s", cases[i].says[j], info.text);
                json_decref(library);
        }
}

static void test_each_text_is_there_once(void **state)
{
        struct err_info info = {0};
        json_t *texts, *library = delivered(&texts);
        (void)state;
        for (size_t i = 0; i < words_wanted_count; i++) {
                json_t *taken = json_incref(json_array_get(texts, 0));
                json_array_remove(texts, 0);
                assert_int_equal(load_of(library, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, "needs the text "));
                assert_non_null(strstr(info.text, json_string_value(json_object_get(taken, "name"))));
                json_array_append_new(texts, taken);
        }
        assert_int_equal(load_of(library, &info), 0);
        json_array_append_new(texts, json_deep_copy(json_array_get(texts, 0)));
        assert_int_equal(load_of(library, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "twice"));
        json_object_set_new(json_array_get(texts, words_wanted_count), "name", json_string("need_openned"));
        assert_int_equal(load_of(library, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "text need_openned: nothing asks for it"));
        json_decref(library);
}

/* A version of a later day changes the words from that day on. */
static void test_dated(void **state)
{
        struct dated texts;
        struct err_info info = {0};
        char directory[] = "/tmp/guichet-words-XXXXXX", path[64];
        json_t *list, *library = delivered(&list), *versions = json_object_get(library, "versions");
        (void)state;
        json_array_append_new(versions, json_deep_copy(json_array_get(versions, 0)));
        json_t *later = json_array_get(versions, 1);
        json_object_set_new(later, "valid_from", json_string("2027-01-01"));
        json_object_set_new(json_array_get(json_object_get(later, "texts"), 0), "title", json_string("Besoin"));
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s/notice_texts.json", directory);
        assert_int_equal(json_dump_file(library, path, 0), 0);
        assert_int_equal(words_load(directory, &texts, &info), 0);
        struct arena arena = {0};
        static const char *const titles[] = {"Nouveau besoin :  poste « métier non précisé » à pourvoir", "Besoin"};
        for (int i = 0; i < 2; i++) {
                const Texts__TextVersion *version = dated_on(&texts, day_of_civil((struct civil){2026 + i, 12, 1}));
                assert_string_equal(words_merge(version, "need_opened", NULL, 0, &arena).title, titles[i]);
        }
        arena_fini(&arena);
        dated_fini(&texts);
        json_decref(library);
        (void)unlink(path);
        (void)rmdir(directory);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_word_for_word),
                cmocka_unit_test(test_every_field_is_given),
                cmocka_unit_test(test_a_private_contract_is_not_told),
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_each_text_is_there_once),
                cmocka_unit_test(test_dated),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
