/* What was sent stays as it was sent; it and the changes since make the figures of today. */
#include "tests/lib/fill.h"
#include "tests/unit/services/reporting/sent/noted.h"
#include "tests/unit/services/reporting/taken_over.h"

enum { HIRE = MODALITY(DIRECT_HIRE) };

static void tell_month(struct fixture *f, uint32_t person, int month, int64_t hundredths, int64_t replaced)
{
        tell_hours(f, (struct validated){.person = person,
                                         .obligation = 1,
                                         .modality = HIRE,
                                         .year = 2026,
                                         .month = month,
                                         .hundredths = hundredths,
                                         .replaced = replaced});
}

static void tell_one_contract(struct fixture *f)
{
        tell_contract(f, (struct published){.contract = 1, .year = 2026, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        tell_placement(f,
                       (struct placed){.person = 1, .obligation = 1, .modality = HIRE, .starts_on = date(2026, 1, 5)});
        tell_month(f, 1, 1, 12000, 0);
}

static void test_a_late_month_and_a_corrected_one(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        const Types__Id *report = noted(f, &note);
        assert_int_equal(frozen(f, report)->n_changes, 0);
        assert_non_null(strstr(frozen(f, report)->text, "Aucun : les chiffres d'aujourd'hui"));
        tell_month(f, 1, 2, 10000, 0);
        tell_month(f, 1, 1, 11000, 12000);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        assert_int_equal(hundredths_of(reply->statement->done), 12000);
        assert_int_equal(hundredths_of(reply->statement_today->done), 21000);
        assert_int_equal(reply->n_changes, 2);
        const Reporting__ReportChange *late = change_of(reply, CAUSE(MONTH_VALIDATED)),
                                      *corrected = change_of(reply, CAUSE(MONTH_CORRECTED));
        assert_int_equal(hundredths_of(late->figures->done), 10000);
        assert_int_equal(hundredths_of(late->figures->remaining), -10000);
        assert_int_equal(late->month->months, month_number(month_of_day(date(2026, 2, 1))));
        assert_int_equal(late->recorded_on->days, day_number(date(2026, 10, 18)));
        assert_int_equal(hundredths_of(corrected->figures->done), -1000);
        assert_non_null(strstr(reply->text, "mois validé après l'envoi, février 2026"));
        assert_non_null(strstr(reply->text, "Heures réalisées : 120"));
}

static void test_the_reason_of_the_contract_stands_beside_it(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        const Types__Id *report = noted(f, &note);
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        recorded.contract_id = id_message(f, CONTRACT, 1);
        recorded.obligation_id = id_message(f, OBLIGATION, 1);
        act.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        act.obligation_recorded = &recorded;
        tell_withdrawn(f, &act, "autre titulaire");
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        const Reporting__ReportChange *gone = change_of(reply, CAUSE(ACT_TAKEN_BACK));
        assert_int_equal(reply->n_changes, 1);
        assert_string_equal(gone->reason, "autre titulaire");
        assert_int_equal(gone->happened_on->days, day_number(date(2026, 10, 1)));
        assert_int_equal(hundredths_of(gone->figures->due), -50000);
        assert_int_equal(hundredths_of(gone->figures->done), -12000); /* what was worked counts for nobody */
        assert_int_equal(gone->figures->persons, -1);
        assert_non_null(strstr(reply->text, "acte retiré, du 1er octobre 2026 (autre titulaire)"));
}

/* What was taken over before the note is sent; what is after it, a month more or one set right, is a change. */
static void test_hours_that_were_taken_over(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        tell_taken_over(f, (struct taken){.person = 2, .month = 2, .modality = HIRE, .hundredths = 8000});
        Reporting__NoteReportSent of_contract = note_of_contract(f, 1), of_year = note_of_year(2026, "31");
        const Types__Id *contract = noted(f, &of_contract), *year = noted(f, &of_year);
        assert_int_equal(frozen(f, contract)->n_changes + frozen(f, year)->n_changes, 0);
        tell_taken_over(f, (struct taken){.person = 2, .month = 3, .modality = HIRE, .hundredths = 1000});
        tell_taken_over(f,
                        (struct taken){.person = 2, .month = 2, .modality = HIRE, .hundredths = 7500, .former = 8000});
        const Reporting__FrozenReportReply *reply = frozen(f, contract);
        assert_int_equal(hundredths_of(reply->statement->done), 20000);
        assert_int_equal(reply->statement->persons, 2);
        assert_int_equal(hundredths_of(reply->statement_today->done), 20500);
        assert_int_equal(reply->n_changes, 2);
        assert_int_equal(reply->changes[0]->cause, CAUSE(HOURS_TAKEN_UP));
        assert_int_equal(hundredths_of(reply->changes[0]->figures->done), 1000);
        assert_int_equal(reply->changes[1]->cause, CAUSE(HOURS_TAKEN_UP));
        assert_int_equal(hundredths_of(reply->changes[1]->figures->done), -500);
        reply = frozen(f, year);
        assert_int_equal(hundredths_of(reply->consolidation->done), 20000);
        assert_int_equal(hundredths_of(reply->consolidation_today->done), 20500);
        assert_int_equal(hundredths_of(change_of(reply, CAUSE(HOURS_TAKEN_UP))->figures->done), 500);
}

/* What tells of one person each has no day, and is told as one. */
static void test_placements_are_told_together(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        const Types__Id *report = noted(f, &note);
        for (uint32_t person = 2; person <= 4; person++)
                tell_placement(
                        f, (struct placed){
                                   .person = person, .obligation = 1, .modality = HIRE, .starts_on = date(2026, 3, 1)});
        tell_same(f, NULL, 2, 1, 1);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        const Reporting__ReportChange *placements = change_of(reply, CAUSE(PLACEMENT_COUNTED));
        assert_int_equal(reply->n_changes, 1);
        assert_int_equal(placements->figures->placements, 3);
        assert_int_equal(placements->figures->persons, 2); /* the second is the first */
        assert_null(placements->recorded_on);
        assert_null(placements->happened_on);
}

static void test_files_that_were_joined_since(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        tell_placement(f,
                       (struct placed){.person = 2, .obligation = 1, .modality = HIRE, .starts_on = date(2026, 3, 1)});
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        const Types__Id *report = noted(f, &note);
        tell_same(f, NULL, 2, 1, 1);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        assert_int_equal(reply->n_changes, 1);
        assert_int_equal(change_of(reply, CAUSE(FILES_JOINED))->figures->persons, -1);
        assert_int_equal(reply->statement->persons, 2);
        assert_int_equal(reply->statement_today->persons, 1);
}

static void test_a_year_by_month_and_cause(void **state)
{
        struct fixture *f = *state;
        tell_one_contract(f);
        Reporting__NoteReportSent note = note_of_year(2026, "31");
        const Types__Id *report = noted(f, &note);
        tell_month(f, 1, 2, 10000, 0);
        tell_month(f, 1, 3, 500, 0);
        tell_clause(f, 1);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        assert_int_equal(hundredths_of(reply->consolidation->done), 12000);
        assert_int_equal(hundredths_of(reply->consolidation_today->done), 22500);
        assert_int_equal(reply->n_changes, 2);
        const Reporting__ReportChange *late = change_of(reply, CAUSE(MONTH_VALIDATED));
        assert_int_equal(hundredths_of(late->figures->done), 10500);
        assert_int_equal(late->recorded_in->months, month_number(month_of_day(date(2026, 10, 1))));
        assert_int_equal(change_of(reply, CAUSE(CLAUSE_COUNTED))->figures->contracts_with_clause, 1);
        assert_non_null(strstr(reply->text, "Consolidation de l'année 2026, département 31"));
}

static void test_a_stranger_reads_nothing(void **state)
{
        struct fixture *f = *state;
        struct id other = id_n(ORGANISATION, 2);
        tell_one_contract(f);
        tell_organisation(f, 2, "13002526500013");
        Reporting__NoteReportSent of_contract = note_of_contract(f, 1), of_year = note_of_year(2026, "31");
        Reporting__FrozenReportRequest request = REPORTING__FROZEN_REPORT_REQUEST__INIT;
        const Types__Id *reports[] = {noted(f, &of_contract), noted(f, &of_year)};
        for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
                request.report_id = (Types__Id *)(uintptr_t)reports[i];
                (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, &other, "31"), "FrozenReport", &request,
                                      TYPES__REFUSAL_CODE__NOT_FOUND);
        }
        request.report_id = NULL;
        (void)fixture_refused(f, coordinator(f), "FrozenReport", &request, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* ---- random histories */

enum {
        HISTORIES = 100,
        EVENTS = 160,
        CONTRACTS = 3,
        OBLIGATIONS = 5, /* of contract n % CONTRACTS + 1 */
        PERSONS = 6,
        MONTHS = 4,
        NOTES = 12
};

struct history {
        struct fixture *f;
        uint64_t seed;
        bool placed[OBLIGATIONS + 1];
        int32_t stands[OBLIGATIONS + 1]; /* 0: not recorded yet, 1, -1: withdrawn */
        int64_t hours[PERSONS + 1][MONTHS + 1];
        const Types__Id *reports[NOTES];
        Reporting__ChangeFigures *at_once[NOTES]; /* as they were told on that moment */
        size_t reports_count;
};

static uint32_t drawn(struct history *history, uint32_t below)
{
        return (uint32_t)(fill_random(&history->seed) % below);
}

static uint32_t contract_of(uint32_t obligation)
{
        return obligation % CONTRACTS + 1;
}

static const char *partition_of(uint32_t person)
{
        return person % 2 == 0 ? "tracking-1" : "tracking-2";
}

static void draw_contract(struct history *history)
{
        static const char *const departments[] = {"31", "09", NULL};
        uint32_t contract = 1 + drawn(history, CONTRACTS);
        tell_contract(history->f, (struct published){.contract = contract,
                                                     .year = 2025 + (int)drawn(history, 2),
                                                     .department = departments[drawn(history, 3)],
                                                     .again = true});
}

static void draw_obligation(struct history *history)
{
        uint32_t n = 1 + drawn(history, OBLIGATIONS);
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        if (history->stands[n] == 0) {
                tell_obligation(history->f, (struct obliged){contract_of(n), n, 10000 + drawn(history, 90000), "31"});
                history->stands[n] = 1;
        } else if (history->stands[n] == 1 && drawn(history, 4) == 0) {
                recorded.contract_id = id_message(history->f, CONTRACT, contract_of(n));
                recorded.obligation_id = id_message(history->f, OBLIGATION, n);
                act.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
                act.obligation_recorded = &recorded;
                tell_withdrawn(history->f, &act, "erreur");
                history->stands[n] = -1;
        }
}

static void draw_posting(struct history *history)
{
        static const int32_t accounts[][2] = {{CONTRACTS__ACCOUNT__CLAUSE, CONTRACTS__ACCOUNT__DUE},
                                              {CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__TRANSFERRED},
                                              {CONTRACTS__ACCOUNT__TRANSFERRED, CONTRACTS__ACCOUNT__DUE},
                                              {CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__WAIVED}};
        uint32_t n = 1 + drawn(history, OBLIGATIONS), which = drawn(history, ARRAY_SIZE(accounts));
        if (history->stands[n] != 1)
                return;
        tell_moved(history->f,
                   (struct moved){contract_of(n), n, (Contracts__Account)accounts[which][0],
                                  (Contracts__Account)accounts[which][1], (int64_t)drawn(history, 9000) - 3000});
}

static void draw_month(struct history *history)
{
        uint32_t person = 1 + drawn(history, PERSONS), month = 1 + drawn(history, MONTHS);
        int64_t hundredths = 1 + drawn(history, 15000), before = history->hours[person][month];
        tell_hours(history->f, (struct validated){.source = partition_of(person),
                                                  .person = person,
                                                  .obligation = 1 + person % OBLIGATIONS,
                                                  .modality = 1 + (int32_t)person % 3,
                                                  .year = 2026,
                                                  .month = (int)month,
                                                  .hundredths = hundredths,
                                                  .replaced = before});
        history->hours[person][month] = hundredths;
}

static void draw_work(struct history *history)
{
        uint32_t person = 1 + drawn(history, PERSONS), obligation = 1 + person % OBLIGATIONS;
        switch (drawn(history, 4)) {
        case 0:
                tell_placement(history->f, (struct placed){.source = partition_of(person),
                                                           .person = person,
                                                           .obligation = obligation,
                                                           .modality = 1 + (int32_t)person % 3,
                                                           .starts_on = date(2025 + (int)drawn(history, 2), 3, 1)});
                return;
        case 1:
                tell_invoice(history->f, (struct invoiced){.source = partition_of(person),
                                                           .obligation = obligation,
                                                           .dated = date(2025 + (int)drawn(history, 2), 6, 30),
                                                           .hundredths = drawn(history, 3000)});
                return;
        case 2:
                tell_same(history->f, partition_of(person), person, 1 + drawn(history, PERSONS),
                          drawn(history, 3) == 0 ? -1 : 1);
                return;
        default: draw_month(history); return;
        }
}

static void draw_note(struct history *history)
{
        static const char *const territories[] = {"31", "09", ""};
        struct fixture *f = history->f;
        if (history->reports_count == NOTES)
                return;
        Reporting__NoteReportSent note =
                drawn(history, 2) == 0 ? note_of_contract(f, 1 + drawn(history, CONTRACTS))
                                       : note_of_year(2025 + drawn(history, 2), territories[drawn(history, 3)]);
        note.recipient = arena_printf(&f->arena, "destinataire %zu", history->reports_count);
        const Types__Id *report = noted(f, &note);
        const Reporting__FrozenReportReply *reply = frozen(f, report);
        assert_int_equal(reply->n_changes, 0);
        history->at_once[history->reports_count] = reply->today;
        history->reports[history->reports_count++] = report;
}

static void draw(struct history *history)
{
        switch (drawn(history, 12)) {
        case 0: draw_contract(history); return;
        case 1:
        case 2: draw_obligation(history); return;
        case 3:
        case 4: draw_posting(history); return;
        case 5: tell_clause_of(history->f, 1 + drawn(history, CONTRACTS), 1 + drawn(history, 4)); return;
        case 6: draw_note(history); return;
        case 7:
                tell_kind(history->f, 1 + drawn(history, CONTRACTS),
                          drawn(history, 3) == 0 ? CONTRACTS__CONTRACT_KIND__PRIVATE
                                                 : CONTRACTS__CONTRACT_KIND__MARKET);
                return;
        default: draw_work(history); return;
        }
}

/* Of what was sent and its changes, field by field. */
static void assert_sum(const Reporting__FrozenReportReply *reply)
{
        int64_t sums[14] = {0};
        const Reporting__ChangeFigures *of[] = {reply->sent, reply->today};
        for (size_t i = 0; i < 2 + reply->n_changes; i++) {
                const Reporting__ChangeFigures *one = i < 2 ? of[i] : reply->changes[i - 2]->figures;
                const int64_t values[] = {hundredths_of(one->due),
                                          hundredths_of(one->done),
                                          hundredths_of(one->converted),
                                          hundredths_of(one->transferred),
                                          hundredths_of(one->waived),
                                          hundredths_of(one->remaining),
                                          hundredths_of(one->surplus),
                                          one->persons,
                                          one->placements,
                                          one->contracts,
                                          one->contracts_with_clause,
                                          one->obligations,
                                          one->needs,
                                          one->positions_wanted};
                for (size_t n = 0; n < ARRAY_SIZE(values); n++)
                        sums[n] += i == 1 ? -values[n] : values[n];
        }
        for (size_t n = 0; n < ARRAY_SIZE(sums); n++)
                if (sums[n] != 0)
                        fail_msg("figure %zu: what was sent and its changes are %lld more than today", n,
                                 (long long)sums[n]);
}

static void test_what_was_sent_and_its_changes_make_today(void **state)
{
        size_t changes = 0;
        for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
                struct history history = {.seed = seed};
                assert_int_equal(fixture_open_in_memory(state, &reporting_spec, NULL), 0);
                history.f = *state;
                for (uint32_t contract = 1; contract <= CONTRACTS; contract++)
                        tell_contract(history.f,
                                      (struct published){.contract = contract, .year = 2026, .department = "31"});
                for (size_t i = 0; i < EVENTS; i++)
                        draw(&history);
                for (size_t i = 0; i < history.reports_count; i++) {
                        const Reporting__FrozenReportReply *reply = frozen(history.f, history.reports[i]);
                        assert_sum(reply);
                        assert_int_equal(hundredths_of(reply->sent->done), hundredths_of(history.at_once[i]->done));
                        assert_int_equal(reply->sent->persons, history.at_once[i]->persons);
                        changes += reply->n_changes;
                }
                (void)fixture_close(state);
        }
        assert_true(changes > 2000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_late_month_and_a_corrected_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_reason_of_the_contract_stands_beside_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_that_were_taken_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_placements_are_told_together, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_files_that_were_joined_since, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_year_by_month_and_cause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_stranger_reads_nothing, setup, fixture_close),
                cmocka_unit_test(test_what_was_sent_and_its_changes_make_today),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
