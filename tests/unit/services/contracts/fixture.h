/* fixture.h: a contracts daemon under test, and the first steps of the journey: a contract, a clause on it, somebody
 * who owes its hours, a need. Each step is a message to the engine; change what the test is about before sending it. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_FIXTURE_H

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "tests/lib/engine_fixture.h"

#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/contracts/dispatch.h"
#include "services/contracts/record/record_rows.h"
#include "tracking/events.pb-c.h"

#define BUYER_SIRET      "21310555400017"
#define CONTRACTOR_SIRET "13002526500013"

static inline int setup(void **state)
{
        return fixture_open(state, &contracts_spec, NULL);
}

static inline struct id id_numbered(uint8_t number)
{
        return (struct id){{[0] = 1, [15] = number}};
}

static inline Wire__Passport *facilitator(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31 09");
}

static inline Wire__Passport *coordinator(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*");
}

static inline Wire__Passport *of_organisation(struct fixture *f, Types__Role role, uint8_t number)
{
        struct id organisation = id_numbered(number);
        return fixture_actor(f, role, &organisation, "31");
}

static inline Types__Day *a_day(struct fixture *f, int year, int month, int day)
{
        return day_to(&f->arena, day_of_civil((struct civil){year, month, day}));
}

static inline Types__Money *euros(struct fixture *f, int64_t amount)
{
        return money_to(&f->arena, money_of_cents(amount * 100));
}

static inline Types__Hours *whole_hours(struct fixture *f, int64_t count)
{
        return hours_to(&f->arena, hours_of_hundredths(count * 100));
}

/* ---- a contract */

static inline Contracts__ContractRecord *a_record(struct fixture *f)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, &f->arena);
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->number = arena_text(&f->arena, "2026-031");
        record->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        record->object = arena_text(&f->arena, "Réfection de l'école Jean-Jaurès, lot peinture");
        record->cpv = arena_text(&f->arena, "45442100-8");
        record->place = pb_new(&contracts__place__descriptor, &f->arena);
        record->place->kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record->place->code = arena_text(&f->arena, "31555");
        record->duration_months = 12;
        record->notified_on = a_day(f, 2026, 3, 2);
        record->published_on = a_day(f, 2026, 4, 1);
        record->amount = euros(f, 1000000);
        return record;
}

static inline Contracts__Modification *add_modification(struct fixture *f, Contracts__ContractRecord *record,
                                                        uint32_t number, Types__Day *notified_on, int64_t amount)
{
        Contracts__Modification *modification = pb_new(&contracts__modification__descriptor, &f->arena);
        modification->number = number;
        modification->notified_on = notified_on;
        modification->published_on = notified_on;
        modification->amount = euros(f, amount);
        record->modifications =
                pb_append(record->modifications, &record->n_modifications, sizeof(*record->modifications), &f->arena);
        record->modifications[record->n_modifications - 1] = modification;
        return modification;
}

static inline const Contracts__ImportContractReply *import(struct fixture *f, Contracts__ContractRecord *record)
{
        Contracts__ImportContract command = CONTRACTS__IMPORT_CONTRACT__INIT;
        command.record = record;
        return fixture_get(f, coordinator(f), "ImportContract", &command);
}

static inline Types__Id *a_contract(struct fixture *f)
{
        return import(f, a_record(f))->contract_id;
}

/* ---- a clause: 1,000,000 € x 50 % x 5 % / 30 €/h = 833 h */

static inline Contracts__Calibration *a_calibration(struct fixture *f)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, &f->arena);
        calibration->amount = euros(f, 1000000);
        calibration->labour_share = share_to(&f->arena, share_of_millionths(500000));
        calibration->insertion_rate = share_to(&f->arena, share_of_millionths(50000));
        calibration->hourly_cost = euros(f, 30);
        return calibration;
}

static inline Contracts__PutClause *clause_on(struct fixture *f, Types__Id *contract)
{
        Contracts__PutClause *command = pb_new(&contracts__put_clause__descriptor, &f->arena);
        command->contract_id = contract;
        command->lot = 1;
        command->calibration = a_calibration(f);
        return command;
}

static inline void in_territories(struct fixture *f, Contracts__PutClause *command, const char *codes)
{
        char *rest = arena_text(&f->arena, codes);
        command->n_territories = 0;
        for (char *save = NULL, *one = strtok_r(rest, " ", &save); one != NULL; one = strtok_r(NULL, " ", &save)) {
                command->territories = pb_append(command->territories, &command->n_territories, sizeof(one), &f->arena);
                command->territories[command->n_territories - 1] = one;
        }
}

static inline const Contracts__PutClauseReply *put_clause(struct fixture *f, Contracts__PutClause *command)
{
        return fixture_get(f, facilitator(f), "PutClause", command);
}

static inline Types__Id *a_clause(struct fixture *f)
{
        return put_clause(f, clause_on(f, a_contract(f)))->clause_id;
}

/* ---- an obligation, of organisation 1 */

static inline Contracts__RecordObligation *obligation_on(struct fixture *f, Types__Id *clause)
{
        Contracts__RecordObligation *command = pb_new(&contracts__record_obligation__descriptor, &f->arena);
        command->clause_id = clause;
        command->contractor_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        command->contractor_name = arena_text(&f->arena, "Peintures du Lauragais");
        command->contractor_organisation = id_to(&f->arena, id_numbered(1));
        return command;
}

static inline const Contracts__RecordObligationReply *record_obligation(struct fixture *f,
                                                                        Contracts__RecordObligation *command)
{
        return fixture_get(f, facilitator(f), "RecordObligation", command);
}

static inline Types__Id *an_obligation(struct fixture *f)
{
        return record_obligation(f, obligation_on(f, a_clause(f)))->obligation_id;
}

static inline const Contracts__ObligationView *see_obligation(struct fixture *f, Types__Id *obligation)
{
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = obligation;
        return fixture_get(f, coordinator(f), "ObligationById", &query);
}

/* ---- a need */

static inline Contracts__DeclareNeed *need_for(struct fixture *f, Types__Id *obligation)
{
        Contracts__DeclareNeed *command = pb_new(&contracts__declare_need__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->rome_code = arena_text(&f->arena, "F1606");
        command->title = arena_text(&f->arena, "Peintre en bâtiment");
        command->positions = 2;
        command->starts_on = a_day(f, 2026, 11, 2);
        command->commune = arena_text(&f->arena, "31555");
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        return command;
}

static inline const Contracts__DeclareNeedReply *declare(struct fixture *f, const Wire__Passport *actor,
                                                         Contracts__DeclareNeed *command)
{
        return fixture_get(f, actor, "DeclareNeed", command);
}

/* ---- what other daemons tell */

static inline void directory_puts(struct fixture *f, uint64_t number, uint8_t id, Directory__Organisation *organisation)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = id_to(&f->arena, id_numbered(id));
        put.organisation = organisation;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory", number, &event.base), 0);
}

static inline void directory_names(struct fixture *f, uint64_t number, uint8_t id, const char *siret, const char *name)
{
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, &f->arena);
        organisation->siret = arena_text(&f->arena, siret);
        organisation->name = arena_text(&f->arena, name);
        directory_puts(f, number, id, organisation);
}

static inline void directory_tells(struct fixture *f, uint64_t number, uint8_t organisation, const char *siret)
{
        directory_names(f, number, organisation, siret, "");
}

/* Hundredths of an hour of one placement, in 2026-10. */
static inline void hours_validated(struct fixture *f, uint64_t number, Types__Id *obligation, uint8_t placement,
                                   int64_t hundredths)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursValidated validated = TRACKING__HOURS_VALIDATED__INIT;
        validated.placement_id = id_to(&f->arena, id_numbered(placement));
        validated.obligation_id = obligation;
        validated.month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, 10, 1})));
        validated.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        event.body_case = TRACKING__EVENT__BODY_HOURS_VALIDATED;
        event.hours_validated = &validated;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static inline void invoice_converted(struct fixture *f, uint64_t number, Types__Id *obligation, uint8_t invoice,
                                     int64_t hundredths)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.invoice_id = id_to(&f->arena, id_numbered(invoice));
        converted.obligation_id = obligation;
        converted.number = arena_text(&f->arena, "FA-2026-118");
        converted.dated = a_day(f, 2026, 10, 9);
        converted.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CONVERTED;
        event.invoice_converted = &converted;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

/* ---- what is in the store */

/* The sum over all accounts, of one obligation (NULL: of all). */
static inline int64_t ledger_sum(struct fixture *f, Types__Id *obligation)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        struct ledger ledger = obligation == NULL ? contracts_ledger_of_all(txn, &f->arena)
                                                  : contracts_ledger(txn, &f->arena, id_of(obligation));
        int64_t sum = 0;
        for (size_t i = 0; i < ACCOUNT_COUNT; i++)
                sum += hours_hundredths(ledger.balance[i]);
        txn_end_read(txn);
        return sum;
}

#endif
