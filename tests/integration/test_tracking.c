/* Steps 5 to 7 of the journey in two territories at once: tracking as two processes with a store each, beside contracts
 * and the directory. Referred, eligible, placed, hours submitted, validated and posted in the ledger, invoice deducted,
 * ended; each in its own partition, and through a crash of one. Hours come by the list too, as people make them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "tests/lib/import_verb.h"
#include "tests/lib/network.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20 };

static const struct id prescriber = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 7}};
static const struct id company = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 8}};

/* What each of the two territories has. */
struct place {
        char *territory, *commune, *number;
        uint32_t partition;
        Types__Id *obligation, *person, *placement;
};

static struct place places[] = {
        {.territory = (char *)"31", .commune = (char *)"31555", .number = (char *)"2026-031", .partition = 1},
        {.territory = (char *)"66", .commune = (char *)"66136", .number = (char *)"2026-066", .partition = 2},
};

static struct network *network;
static struct arena arena;
static struct id structure;
static struct day today;

static void act_as(Types__Role role, const struct id *organisation, char *territory)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char *)"essai";
        passport.role = role;
        passport.organisation = organisation == NULL ? NULL : id_to(&arena, *organisation);
        passport.territories = &territory;
        passport.n_territories = 1;
        link_act_as(network_link(network), &passport);
}

static struct answer call(const char *method, const void *request)
{
        struct answer answer;
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(network_link(network), method, request, NULL, &arena, &answer, &info) != 0)
                fail_msg("%s: %s", method, info.text);
        return answer;
}

/* Asks for what must be granted. */
static const void *ask(const char *method, const void *request)
{
        struct answer answer = call(method, request);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

static void refused(const char *method, const void *request, Types__RefusalCode code)
{
        struct answer answer = call(method, request);
        assert_null(answer.body);
        if (answer.refusal->code != code)
                fail_msg("%s: refusal %d: %s", method, (int)answer.refusal->code, answer.refusal->text);
}

/* Asks again while what another daemon told has not come yet. */
static const void *ask_when_known(const char *method, const void *request)
{
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                struct answer answer = call(method, request);
                if (answer.body != NULL)
                        return answer.body;
                if (answer.refusal->code != TYPES__REFUSAL_CODE__NOT_FOUND &&
                    answer.refusal->code != TYPES__REFUSAL_CODE__INVALID_FIELD)
                        fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("%s: never known", method);
        return NULL;
}

static Types__Money *euros(int64_t amount)
{
        return money_to(&arena, money_of_cents(amount * 100));
}

static Types__Day *days_ago(int days)
{
        return day_to(&arena, day_of_number(day_number(today) - days));
}

/* The month of the first hours: the one of 40 days ago, wholly within placement and eligibility. */
static Types__Month *worked_month(void)
{
        return month_to(&arena, month_of_day(day_of_number(day_number(today) - 40)));
}

/* --- the others' part -------------------------------------------------------------------------------------------- */

static void owe_hours(struct place *place)
{
        Contracts__Place where = CONTRACTS__PLACE__INIT;
        where.kind = CONTRACTS__PLACE_KIND__COMMUNE;
        where.code = place->commune;
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record.number = place->number;
        record.buyer_siret = (char *)"13002526500013";
        record.object = (char *)"Réfection de l'école";
        record.place = &where;
        record.amount = euros(1000000);
        record.notified_on = days_ago(200);
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        import.record = &record;
        const Contracts__ImportContractReply *contract = ask("contracts.ImportContract", &import);

        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        calibration.amount = euros(1000000);
        calibration.labour_share = share_to(&arena, share_of_millionths(500000));
        calibration.insertion_rate = share_to(&arena, share_of_millionths(50000));
        calibration.hourly_cost = euros(30);
        Contracts__PutClause put = CONTRACTS__PUT_CLAUSE__INIT;
        put.contract_id = contract->contract_id;
        put.lot = 1;
        put.calibration = &calibration;
        put.territories = &place->territory;
        put.n_territories = 1;
        const Contracts__PutClauseReply *clause = ask("contracts.PutClause", &put);

        Contracts__RecordObligation owe = CONTRACTS__RECORD_OBLIGATION__INIT;
        owe.clause_id = clause->clause_id;
        owe.contractor_siret = (char *)"13002526500013";
        owe.contractor_name = (char *)"Bâtiment du Midi";
        const Contracts__RecordObligationReply *owed = ask("contracts.RecordObligation", &owe);
        place->obligation = owed->obligation_id;
}

static void put_structure(void)
{
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        organisation.siret = (char *)"35600000000048";
        organisation.kind = DIRECTORY__ORGANISATION_KIND__EI;
        organisation.name = (char *)"Entreprise d'insertion du Midi";
        organisation.territory = (char *)"31";
        organisation.source = (char *)"essai";
        Directory__PutOrganisation put = DIRECTORY__PUT_ORGANISATION__INIT;
        put.organisation = &organisation;
        const Directory__PutOrganisationReply *reply = ask("directory.PutOrganisation", &put);
        structure = id_of(reply->organisation_id);
}

/* Waits until the ledger shows these hours. */
static void wait_for_ledger(const struct place *place, int64_t done, int64_t converted)
{
        const Contracts__ObligationView *view = NULL;
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = place->obligation;
        act_as(TYPES__ROLE__FACILITATOR, NULL, place->territory);
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                view = ask("contracts.ObligationById", &query);
                if (hours_hundredths(hours_of(view->done)) == done &&
                    hours_hundredths(hours_of(view->converted)) == converted)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("ledger of %s: done %lld, converted %lld", place->territory,
                 (long long)hours_hundredths(hours_of(view->done)),
                 (long long)hours_hundredths(hours_of(view->converted)));
}

/* --- the journey ------------------------------------------------------------------------------------------------- */

static void refer(struct place *place)
{
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        identity.family_name = (char *)"Sansnom";
        identity.given_name = (char *)"Camille";
        identity.born_on = days_ago(30 * 365);
        Tracking__ReferBeneficiary command = TRACKING__REFER_BENEFICIARY__INIT;
        command.identity = &identity;
        command.territory = place->territory;
        act_as(TYPES__ROLE__PRESCRIBER, &prescriber, place->territory);
        const Tracking__ReferBeneficiaryReply *reply = ask("tracking.ReferBeneficiary", &command);
        place->person = reply->beneficiary_id;
        assert_int_equal(id_partition(id_of(place->person)), place->partition);
}

static void vouch(const struct place *place)
{
        Tracking__DecideEligibility command = TRACKING__DECIDE_ELIGIBILITY__INIT;
        command.beneficiary_id = place->person;
        command.public_code = (char *)"B_DELD";
        command.proof_code = (char *)"ATTESTATION_RECHERCHE";
        command.proof_dated = days_ago(120);
        command.valid_from = command.decided_on = days_ago(100);
        command.eligible = true;
        act_as(TYPES__ROLE__FACILITATOR, NULL, place->territory);
        (void)ask("tracking.DecideEligibility", &command);
}

static void place_person(struct place *place)
{
        Tracking__OpenPlacement command = TRACKING__OPEN_PLACEMENT__INIT;
        command.beneficiary_id = place->person;
        command.obligation_id = place->obligation;
        command.modality = TYPES__MODALITY__STAFF_PROVIDED;
        command.employer = id_to(&arena, structure);
        command.host_company = id_to(&arena, company);
        command.tutor = (char *)"M. Tuteur";
        command.referent = (char *)"Mme Référente";
        command.starts_on = days_ago(100);
        command.weekly_hours = hours_to(&arena, hours_of_hundredths(3500));
        command.rome_code = (char *)"F1703";
        command.work_contract = (char *)"CDDI";
        const Tracking__OpenPlacementReply *reply = ask_when_known("tracking.OpenPlacement", &command);
        place->placement = reply->placement_id;
        assert_int_equal(id_partition(id_of(place->placement)), place->partition);
}

static void submit(const struct place *place, int64_t hundredths)
{
        Tracking__SubmitHours command = TRACKING__SUBMIT_HOURS__INIT;
        command.placement_id = place->placement;
        command.month = worked_month();
        command.hours = hours_to(&arena, hours_of_hundredths(hundredths));
        act_as(TYPES__ROLE__COMPANY, &company, place->territory);
        (void)ask("tracking.SubmitHours", &command);
}

static Tracking__ValidateHours validation(const struct place *place)
{
        Tracking__ValidateHours command = TRACKING__VALIDATE_HOURS__INIT;
        command.placement_id = place->placement;
        command.month = worked_month();
        return command;
}

static void validate(const struct place *place)
{
        Tracking__ValidateHours command = validation(place);
        act_as(TYPES__ROLE__FACILITATOR, NULL, place->territory);
        (void)ask("tracking.ValidateHours", &command);
}

static void end(const struct place *place)
{
        Tracking__EndPlacement command = TRACKING__END_PLACEMENT__INIT;
        command.placement_id = place->placement;
        command.ended_on = days_ago(1);
        command.outcome = TRACKING__OUTCOME__TRANSITION_JOB;
        act_as(TYPES__ROLE__FACILITATOR, NULL, place->territory);
        (void)ask("tracking.EndPlacement", &command);
        refused("tracking.EndPlacement", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_each_territory_has_its_own(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                refer(&places[i]);
                vouch(&places[i]);
                place_person(&places[i]);
                submit(&places[i], 15167);
        }
        Tracking__ValidateHours foreign = validation(&places[1]);
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        refused("tracking.ValidateHours", &foreign, TYPES__REFUSAL_CODE__NOT_FOUND);
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                validate(&places[i]);
                wait_for_ledger(&places[i], 15167, 0);
        }
}

static Tracking__AmendPlacement amendment(const struct place *place)
{
        Tracking__AmendPlacement command = TRACKING__AMEND_PLACEMENT__INIT;
        command.placement_id = place->placement;
        command.amendment_code = (char *)"HOURS";
        command.changed_on = days_ago(10);
        command.weekly_hours = hours_to(&arena, hours_of_hundredths(2600));
        command.rome_code = (char *)"F1703";
        command.work_contract = (char *)"CDDI";
        return command;
}

static size_t terms_of(const struct place *place)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = place->placement;
        return ((const Tracking__PlacementView *)ask("tracking.PlacementById", &query))->n_terms;
}

/* Other terms are each partition's own, and outlive its death; the hours that were validated stay as they were. */
static void test_other_terms_in_each(void **state)
{
        (void)state;
        Tracking__AmendPlacement foreign = amendment(&places[1]);
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        refused("tracking.AmendPlacement", &foreign, TYPES__REFUSAL_CODE__NOT_FOUND);
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                Tracking__AmendPlacement command = amendment(&places[i]);
                act_as(TYPES__ROLE__FACILITATOR, NULL, places[i].territory);
                (void)ask("tracking.AmendPlacement", &command);
                assert_int_equal(terms_of(&places[i]), 2);
        }
        network_kill(network, "tracking-2", SIGKILL);
        network_restart(network, "tracking-2");
        assert_int_equal(terms_of(&places[1]), 2);
        wait_for_ledger(&places[1], 15167, 0);
}

/* A list query that names no territory is asked of both. */
static void test_a_list_over_both(void **state)
{
        (void)state;
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__HoursByMonth query = TRACKING__HOURS_BY_MONTH__INIT;
        query.month = worked_month();
        query.page = &page;
        size_t lines = 0, pages = 0;
        act_as(TYPES__ROLE__AUDITOR, NULL, (char *)"*");
        do {
                const Tracking__HoursByMonthReply *reply = ask("tracking.HoursByMonth", &query);
                lines += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 8);
        assert_int_equal(lines, ARRAY_SIZE(places));
}

/* What was answered is there after a kill -9; the other partition does not notice. */
static void test_through_a_crash(void **state)
{
        (void)state;
        Tracking__ValidateHours again = validation(&places[0]);
        again.hours = hours_to(&arena, hours_of_hundredths(15000));
        again.reason = (char *)"bulletin de paie corrigé";
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        (void)ask("tracking.ValidateHours", &again);
        network_kill(network, "tracking-1", SIGKILL);

        again = validation(&places[1]);
        again.hours = hours_to(&arena, hours_of_hundredths(14000));
        again.reason = (char *)"bulletin de paie corrigé";
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[1].territory);
        (void)ask("tracking.ValidateHours", &again);
        wait_for_ledger(&places[1], 14000, 0);

        network_restart(network, "tracking-1");
        wait_for_ledger(&places[0], 15000, 0);
}

/* --- lists of hours, through guichetctl --------------------------------------------------------------------------- */

/* Of the structure, for the first territory. Its exit code. */
static int ctl(const char *word, const char *what, const char *more)
{
        char sender[ID_TEXT_SIZE];
        id_format(structure, sender);
        return import_verb(network, word, what, arena_printf(&arena, "--sender %s --territory 31 %s", sender, more));
}

static int import_list(const char *path, const char *more)
{
        return ctl("hours", path, more);
}

static int undo_import(const char *batch)
{
        return ctl("undo", batch, "--as STRUCTURE --reason 'mauvais fichier'");
}

/* A month of the placement of which nothing is stated yet: the first, the second… */
static Types__Month *free_month(int32_t which)
{
        int32_t month = month_number(month_of_day(day_of_number(day_number(today) - 100))) + which;
        return month_to(&arena, month_of_number(month + (month >= worked_month()->months)));
}

static char *written(const Types__Month *month)
{
        struct civil civil = day_civil(month_first_day(month_of(month)));
        return arena_printf(&arena, "%02d/%d", civil.month, civil.year);
}

/* Hundredths stated of a month; -1: nothing is. */
static int64_t stated(const Types__Month *month)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = places[0].placement;
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        const Tracking__PlacementView *view = ask("tracking.PlacementById", &query);
        for (size_t i = 0; i < view->n_months; i++)
                if (view->months[i]->month->months == month->months)
                        return view->months[i]->submitted->hundredths;
        return -1;
}

static char *bad_list(void)
{
        const char *a = written(free_month(0)), *b = written(free_month(1)), *c = written(free_month(2));
        char id[ID_TEXT_SIZE];
        id_format(id_of(places[0].placement), id);
        return arena_printf(&arena,
                            "\xef\xbb\xbfParcours;Matricule;Mois;Heures;Remarque\r\n"
                            "%s;M-001;%s;6,67;\r\n"             /* 2 */
                            "%s;M-001;%s;12;\r\n"               /* 3: the same again */
                            "8,22E+13;M-002;%s;10;\r\n"         /* 4: what a spreadsheet makes of a number */
                            "%s;M-001;%s;35,5 h;\r\n"           /* 5 */
                            "%s;;%s;beaucoup;\"à\nrevoir\"\r\n" /* 6 */
                            ";;;;\r\n"                          /* 7 */
                            "Total;;;187,17;\r\n",              /* 8 */
                            id, a, id, a, b, id, b, id, c);
}

static char *first_batch;

static void test_a_bad_list(void **state)
{
        (void)state;
        char *path = import_file(network, &arena, "heures.csv", bad_list()),
             *rejects = import_file(network, &arena, "rejets.csv", "");
        assert_int_equal(import_list(path, "--preview"), 0);
        import_shows("rien n'est enregistré");
        assert_int_equal(stated(free_month(0)), -1);

        assert_int_equal(import_list(path, arena_printf(&arena, "--rejects %s", rejects)), 0);
        first_batch = import_batch_shown(&arena);
        import_shows("UTF-8, séparateur « ; »");
        import_shows("Remarque");
        import_shows("La ligne 2 dit déjà la même chose");
        import_shows("ligne 4, colonne « Parcours », « 8,22E+13 »");
        assert_int_equal(stated(free_month(0)), 667);
        assert_int_equal(stated(free_month(1)), 3550);
        assert_int_equal(stated(free_month(2)), -1);

        const char *back = import_file_text(rejects, &arena);
        static const char head[] = "\xef\xbb\xbfParcours;Matricule;Mois;Heures;Remarque;Motif du rejet\r\n";
        assert_int_equal(strncmp(back, head, sizeof(head) - 1), 0);
        assert_non_null(strstr(back, ";beaucoup;\"à\nrevoir\";"));
        assert_null(strstr(back, ";6,67;")); /* what was taken is not handed back */
}

/* What was handed back is corrected and given again; the same list again stops. */
static void test_corrected_and_again(void **state)
{
        (void)state;
        char *corrected = import_file(network, &arena, "corrige.csv",
                                      arena_printf(&arena,
                                                   "Matricule;Mois;Heures;Motif du rejet\n"
                                                   "m 001;%s;4h30;Heures non comprises\n",
                                                   written(free_month(2))));
        assert_int_equal(import_list(corrected, "--as STRUCTURE"), 0); /* the reference is known by now */
        assert_int_equal(stated(free_month(2)), 450);
        char *path = import_file(network, &arena, "encore.csv", bad_list());
        assert_int_equal(import_list(path, ""), 3);
        import_shows("a déjà été importée");
        assert_int_equal(import_list(path, "--only 2,5 --go-on"), 0);
        assert_int_equal(stated(free_month(0)), 667);
}

static struct answer call_by(const struct id *key, const Tracking__ImportHours *command)
{
        struct answer answer;
        struct err_info info = {0};
        if (link_call(network_link(network), "tracking.ImportHours", &command->base, key, &arena, &answer, &info) != 0)
                fail_msg("%s", info.text);
        return answer;
}

/* A batch told twice is done once, through a kill -9 between the two. */
static void test_a_batch_told_twice(void **state)
{
        (void)state;
        char *header[] = {(char *)"Matricule", (char *)"Mois", (char *)"Heures"};
        char *cells[] = {(char *)"M-001", written(free_month(2)), (char *)"5"};
        Types__ListRow row = TYPES__LIST_ROW__INIT, *rows[] = {&row};
        Types__SentList list = TYPES__SENT_LIST__INIT;
        Tracking__ImportHours command = TRACKING__IMPORT_HOURS__INIT;
        struct world world = world_real();
        struct id key = id_new(&world, world.now_ms(&world), 0);
        struct answer first, again;

        row.number = 2;
        row.cells = cells;
        list.header = header;
        row.n_cells = list.n_header = ARRAY_SIZE(header);
        list.rows = rows;
        list.n_rows = 1;
        list.is_last = true;
        command.territory = places[0].territory;
        command.list = &list;
        act_as(TYPES__ROLE__STRUCTURE, &structure, places[0].territory);
        first = call_by(&key, &command);
        network_kill(network, "tracking-1", SIGKILL);
        network_restart(network, "tracking-1");
        again = call_by(&key, &command);
        assert_non_null(first.body);
        assert_non_null(again.body);
        assert_int_equal(((const Tracking__ImportHoursReply *)first.body)->report->updated, 1);
        struct slice told = pb_encode(first.body, &arena), told_again = pb_encode(again.body, &arena);
        assert_int_equal(told.size, told_again.size);
        assert_memory_equal(told.data, told_again.data, told.size);
        assert_int_equal(stated(free_month(2)), 500);
}

static void test_an_import_is_undone(void **state)
{
        (void)state;
        Tracking__ValidateHours vouched = validation(&places[0]);
        vouched.month = free_month(0);
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        (void)ask("tracking.ValidateHours", &vouched);
        assert_int_equal(undo_import(first_batch), 0);
        import_shows("ligne 2 gardée : Ces heures ont été validées depuis");
        import_shows("1 ligne(s) reprise(s), 1 gardée(s)");
        assert_int_equal(stated(free_month(0)), 667);
        assert_int_equal(stated(free_month(1)), -1);
        assert_int_equal(undo_import(first_batch), 3);
        import_shows("déjà annulé");
        wait_for_ledger(&places[0], 15000 + 667, 0);
}

static Types__Id *recorded[ARRAY_SIZE(places)];

static void test_invoice_and_end(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                Tracking__RecordInvoice invoice = TRACKING__RECORD_INVOICE__INIT;
                invoice.obligation_id = places[i].obligation;
                invoice.subcontractor = id_to(&arena, structure);
                invoice.number = (char *)"F-2026-041";
                invoice.dated = days_ago(10);
                invoice.amount = euros(12000); /* x 0.5 / 30 = 200 h */
                invoice.territory = places[i].territory;
                act_as(TYPES__ROLE__FACILITATOR, NULL, places[i].territory);
                const Tracking__RecordInvoiceReply *reply = ask("tracking.RecordInvoice", &invoice);
                assert_int_equal(reply->hours->hundredths, 20000);
                refused("tracking.RecordInvoice", &invoice, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
                recorded[i] = reply->invoice_id;
                end(&places[i]);
        }
        wait_for_ledger(&places[0], 15000 + 667, 20000);
        wait_for_ledger(&places[1], 14000, 20000);
}

/* In one partition an invoice is set right into another month, in the other one cancelled; each reads its own. */
static void test_invoices_set_right(void **state)
{
        Tracking__CorrectInvoice correct = TRACKING__CORRECT_INVOICE__INIT;
        Tracking__CancelInvoice cancel = TRACKING__CANCEL_INVOICE__INIT;
        Tracking__InvoiceById by_id = TRACKING__INVOICE_BY_ID__INIT;
        Tracking__Invoices all = TRACKING__INVOICES__INIT;
        (void)state;
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[0].territory);
        correct.invoice_id = recorded[0];
        correct.number = (char *)"F-2026-041";
        correct.dated = days_ago(50);
        correct.amount = euros(9000); /* x 0.5 / 30 = 150 h */
        correct.corrected_on = days_ago(1);
        correct.reason = (char *)"le montant était TTC";
        correct.seen = VERSION_ANY;
        const Tracking__CorrectInvoiceReply *reply = ask("tracking.CorrectInvoice", &correct);
        assert_int_equal(reply->hours->hundredths, 15000);
        assert_int_equal(reply->replaced->hundredths, 20000);
        wait_for_ledger(&places[0], 15000 + 667, 15000);

        cancel.invoice_id = recorded[1];
        cancel.cancelled_on = days_ago(0);
        cancel.reason = (char *)"avoir";
        cancel.seen = VERSION_ANY;
        refused("tracking.CancelInvoice", &cancel, TYPES__REFUSAL_CODE__NOT_FOUND); /* of another territory */
        act_as(TYPES__ROLE__FACILITATOR, NULL, places[1].territory);
        (void)ask("tracking.CancelInvoice", &cancel);
        wait_for_ledger(&places[1], 14000, 0);

        act_as(TYPES__ROLE__STRUCTURE, &structure, "");
        Types__Page page = TYPES__PAGE__INIT;
        size_t lines = 0;
        all.page = &page;
        do { /* a partition after the other */
                const Tracking__InvoicesReply *told = ask("tracking.Invoices", &all);
                lines += told->n_lines;
                page.after = told->next;
        } while (page.after.len > 0);
        assert_int_equal(lines, 2);
        by_id.invoice_id = recorded[1];
        assert_true(((const Tracking__InvoiceByIdReply *)ask("tracking.InvoiceById", &by_id))->invoice->cancelled);
        by_id.invoice_id = recorded[0];
        assert_int_equal(((const Tracking__InvoiceByIdReply *)ask("tracking.InvoiceById", &by_id))->n_entries, 2);
}

static int start(void **state)
{
        (void)state;
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"directory-1", "directory", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\",\"81\"],"},
                {"tracking-2", "tracking", "\"partition\":2,\"territories\":[\"66\"],"},
        };
        struct world world = world_real();
        today = local_day("", world.now_ms(&world));
        network = network_start(parts, ARRAY_SIZE(parts));
        act_as(TYPES__ROLE__FACILITATOR, NULL, (char *)"*");
        put_structure();
        for (size_t i = 0; i < ARRAY_SIZE(places); i++)
                owe_hours(&places[i]);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_territory_has_its_own),
                cmocka_unit_test(test_other_terms_in_each),
                cmocka_unit_test(test_a_list_over_both),
                cmocka_unit_test(test_through_a_crash),
                cmocka_unit_test(test_a_bad_list),
                cmocka_unit_test(test_corrected_and_again),
                cmocka_unit_test(test_a_batch_told_twice),
                cmocka_unit_test(test_an_import_is_undone),
                cmocka_unit_test(test_invoice_and_end),
                cmocka_unit_test(test_invoices_set_right),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
