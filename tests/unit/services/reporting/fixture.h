/* fixture.h: reporting under test: what the three sources tell, in few words, and what is asked. Things are named by
 * small numbers (contract 1, person 7), made into ids by id_n(). A source's events are numbered as they come. */
#ifndef TESTS_UNIT_SERVICES_REPORTING_FIXTURE_H
#define TESTS_UNIT_SERVICES_REPORTING_FIXTURE_H

#include "tests/lib/engine_fixture.h"

#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/reporting/dispatch.h"
#include "reporting/calls.h"
#include "services/reporting/queries/modality.h"
#include "services/reporting/store.h"
#include "tracking/events.pb-c.h"

#define SOCIAL(name)   CONTRACTS__SOCIAL_CONSIDERATION__##name
#define MODALITY(name) TYPES__MODALITY__##name
#define OUTCOME(name)  TRACKING__OUTCOME__##name
#define BUYER_SIRET    "21310555400017"

static inline int setup(void **state)
{
        return fixture_open(state, &reporting_spec, NULL);
}

enum numbered { CONTRACT = 1, OBLIGATION, PERSON, PLACEMENT, ORGANISATION, CLAUSE };

static inline struct id id_n(enum numbered thing, uint32_t n)
{
        struct id id = {{0}};
        id.b[0] = (uint8_t)thing;
        for (size_t i = 0; i < sizeof(n); i++)
                id.b[15 - i] = (uint8_t)(n >> (8 * i));
        return id;
}

static inline Types__Id *id_message(struct fixture *f, enum numbered thing, uint32_t n)
{
        return id_to(&f->arena, id_n(thing, n));
}

static inline struct day date(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

/* The next event of a source. */
static inline void tell(struct fixture *f, const char *source, const void *event)
{
        assert_int_equal(engine_feed(f->engine, source, engine_source_position(f->engine, source) + 1, event), 0);
}

/* The next event is of a kind that no program of today knows: it is not taken in, and not passed over. */
static inline void tell_unknown(struct fixture *f, const char *source, const void *event)
{
        uint64_t before = engine_source_position(f->engine, source);
        assert_int_equal(engine_feed(f->engine, source, before + 1, event), ERR_NOT_FOUND);
        assert_int_equal(engine_source_position(f->engine, source), before);
}

/* --- contracts ------------------------------------------------------------------------------------------------------
 */

struct published {
        uint32_t contract;
        int year; /* of notification; 0: not told */
        const char *department;
        int32_t social[2]; /* SOCIAL_UNKNOWN: none told */
        bool again;        /* an update of what was imported before */
};

static inline Contracts__ContractRecord *record_of(struct fixture *f, const struct published *published)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, &f->arena);
        record->number = arena_printf(&f->arena, "M-%u", published->contract);
        record->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        record->object = arena_text(&f->arena, "Réfection de l'école");
        if (published->year != 0)
                record->notified_on = day_to(&f->arena, date(published->year, 5, 2));
        if (published->department != NULL) {
                record->place = pb_new(&contracts__place__descriptor, &f->arena);
                record->place->kind = CONTRACTS__PLACE_KIND__DEPARTMENT;
                record->place->code = arena_text(&f->arena, published->department);
        }
        record->social = arena_zalloc(&f->arena, sizeof(published->social));
        for (size_t i = 0; i < ARRAY_SIZE(published->social); i++)
                if (published->social[i] != SOCIAL(SOCIAL_UNKNOWN))
                        record->social[record->n_social++] = (Contracts__SocialConsideration)published->social[i];
        return record;
}

static inline void tell_contract(struct fixture *f, struct published published)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractImported imported = CONTRACTS__CONTRACT_IMPORTED__INIT;
        Contracts__ContractUpdated updated = CONTRACTS__CONTRACT_UPDATED__INIT;
        imported.contract_id = updated.contract_id = id_message(f, CONTRACT, published.contract);
        imported.record = updated.record = record_of(f, &published);
        event.body_case =
                published.again ? CONTRACTS__EVENT__BODY_CONTRACT_UPDATED : CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED;
        if (published.again)
                event.contract_updated = &updated;
        else
                event.contract_imported = &imported;
        tell(f, "contracts-1", &event);
}

/* Its kind is set right. */
static inline void tell_kind(struct fixture *f, uint32_t contract, Contracts__ContractKind kind)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractAmended amended = CONTRACTS__CONTRACT_AMENDED__INIT;
        struct published published = {.contract = contract, .year = 2026, .department = "31"};
        amended.contract_id = id_message(f, CONTRACT, contract);
        amended.record = record_of(f, &published);
        amended.record->kind = kind;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_AMENDED;
        event.contract_amended = &amended;
        tell(f, "contracts-1", &event);
}

/* A private contract of ours, of 2026 in department 31; `territory` where the persons are to be found, NULL: the same.
 */
static inline void tell_private(struct fixture *f, uint32_t contract, const char *territory)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        struct published published = {.contract = contract, .year = 2026, .department = "31"};
        char *territories[] = {(char *)(uintptr_t)territory};
        opened.contract_id = id_message(f, CONTRACT, contract);
        opened.record = record_of(f, &published);
        opened.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        opened.territories = territories;
        opened.n_territories = territory == NULL ? 0 : 1;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        event.contract_opened = &opened;
        tell(f, "contracts-1", &event);
}

static inline void tell_clause_of(struct fixture *f, uint32_t contract, uint32_t clause)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ClausePut put = CONTRACTS__CLAUSE_PUT__INIT;
        put.contract_id = id_message(f, CONTRACT, contract);
        put.clause_id = id_message(f, CLAUSE, clause);
        event.body_case = CONTRACTS__EVENT__BODY_CLAUSE_PUT;
        event.clause_put = &put;
        tell(f, "contracts-1", &event);
}

/* The first clause of a contract. */
static inline void tell_clause(struct fixture *f, uint32_t contract)
{
        tell_clause_of(f, contract, contract);
}

/* An act is withdrawn: what it told is `act`. */
static inline void tell_withdrawn(struct fixture *f, const Contracts__Event *act, const char *reason)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ActWithdrawn withdrawn = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__WithdrawnAct one = CONTRACTS__WITHDRAWN_ACT__INIT, *acts[] = {&one};
        one.event = pb_bytes(pb_encode(act, &f->arena));
        withdrawn.acts = acts;
        withdrawn.n_acts = 1;
        withdrawn.reason = (char *)(uintptr_t)reason;
        withdrawn.withdrawn_on = day_to(&f->arena, date(2026, 10, 1));
        event.body_case = CONTRACTS__EVENT__BODY_ACT_WITHDRAWN;
        event.act_withdrawn = &withdrawn;
        tell(f, "contracts-1", &event);
}

static inline void tell_reserved(struct fixture *f, uint32_t contract, uint32_t lot, bool is_reserved)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ReservedRecorded recorded = CONTRACTS__RESERVED_RECORDED__INIT;
        Contracts__ReservedWithdrawn withdrawn = CONTRACTS__RESERVED_WITHDRAWN__INIT;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        recorded.contract_id = withdrawn.contract_id = id_message(f, CONTRACT, contract);
        recorded.entry = &entry;
        entry.lot = withdrawn.lot = lot;
        event.body_case =
                is_reserved ? CONTRACTS__EVENT__BODY_RESERVED_RECORDED : CONTRACTS__EVENT__BODY_RESERVED_WITHDRAWN;
        if (is_reserved)
                event.reserved_recorded = &recorded;
        else
                event.reserved_withdrawn = &withdrawn;
        tell(f, "contracts-1", &event);
}

static inline void tell_drafted(struct fixture *f, uint32_t contract, bool is_reserved)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__DraftItemsPut put = CONTRACTS__DRAFT_ITEMS_PUT__INIT;
        Contracts__DraftItems items = CONTRACTS__DRAFT_ITEMS__INIT;
        put.contract_id = id_message(f, CONTRACT, contract);
        put.items = &items;
        if (is_reserved)
                items.reservation = CONTRACTS__DRAFT_RESERVATION__TO_INTEGRATION;
        event.body_case = CONTRACTS__EVENT__BODY_DRAFT_ITEMS_PUT;
        event.draft_items_put = &put;
        tell(f, "contracts-1", &event);
}

struct obliged {
        uint32_t contract, obligation;
        int64_t hundredths;
        const char *territory; /* NULL: none */
};

static inline void tell_obligation(struct fixture *f, struct obliged obliged)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        char *territories[] = {(char *)(uintptr_t)obliged.territory};
        recorded.contract_id = id_message(f, CONTRACT, obliged.contract);
        recorded.obligation_id = id_message(f, OBLIGATION, obliged.obligation);
        recorded.hours = hours_to(&f->arena, hours_of_hundredths(obliged.hundredths));
        recorded.territories = territories;
        recorded.n_territories = obliged.territory == NULL ? 0 : 1;
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        event.obligation_recorded = &recorded;
        tell(f, "contracts-1", &event);
}

/* The ledger moves hours of an obligation of 31: an amendment, a transfer, a waiver. */
static inline void tell_posted(struct fixture *f, uint32_t obligation, int64_t hundredths)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__LedgerPosted posted = CONTRACTS__LEDGER_POSTED__INIT;
        posted.obligation_id = id_message(f, OBLIGATION, obligation);
        posted.from = CONTRACTS__ACCOUNT__DUE;
        posted.to = CONTRACTS__ACCOUNT__DONE;
        posted.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        event.body_case = CONTRACTS__EVENT__BODY_LEDGER_POSTED;
        event.ledger_posted = &posted;
        tell(f, "contracts-1", &event);
}

struct moved {
        uint32_t contract, obligation;
        Contracts__Account from, to;
        int64_t hundredths;
};

static inline void tell_moved(struct fixture *f, struct moved moved)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ObligationAmended amended = CONTRACTS__OBLIGATION_AMENDED__INIT;
        Contracts__TransferAgreed agreed = CONTRACTS__TRANSFER_AGREED__INIT;
        Contracts__Posting posting = CONTRACTS__POSTING__INIT, *postings[] = {&posting};
        posting.contract_id = id_message(f, CONTRACT, moved.contract);
        posting.obligation_id = id_message(f, OBLIGATION, moved.obligation);
        posting.from = moved.from;
        posting.to = moved.to;
        posting.hours = hours_to(&f->arena, hours_of_hundredths(moved.hundredths));
        posting.territory = (char *)"31";
        amended.postings = agreed.postings = postings;
        amended.n_postings = agreed.n_postings = 1;
        if (moved.from == CONTRACTS__ACCOUNT__CLAUSE) {
                event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED;
                event.obligation_amended = &amended;
        } else {
                event.body_case = CONTRACTS__EVENT__BODY_TRANSFER_AGREED;
                event.transfer_agreed = &agreed;
        }
        tell(f, "contracts-1", &event);
}

/* A tranche is affirmed, and later a renewal begins: each adds as many hours. */
static inline void tell_parts(struct fixture *f, uint32_t contract, uint32_t obligation, int64_t hundredths)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractPartPut put = CONTRACTS__CONTRACT_PART_PUT__INIT;
        Contracts__ContractPartDecided decided = CONTRACTS__CONTRACT_PART_DECIDED__INIT;
        Contracts__ContractPartsBegan began = CONTRACTS__CONTRACT_PARTS_BEGAN__INIT;
        Contracts__Posting posting = CONTRACTS__POSTING__INIT, *postings[] = {&posting};
        posting.contract_id = put.contract_id = id_message(f, CONTRACT, contract);
        decided.contract_id = began.contract_id = put.contract_id;
        posting.obligation_id = id_message(f, OBLIGATION, obligation);
        posting.from = CONTRACTS__ACCOUNT__CLAUSE;
        posting.to = CONTRACTS__ACCOUNT__DUE;
        posting.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        posting.territory = (char *)"31";
        put.postings = decided.postings = began.postings = postings;
        put.n_postings = decided.n_postings = began.n_postings = 1;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT;
        event.contract_part_put = &put;
        tell(f, "contracts-1", &event);
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED;
        event.contract_part_decided = &decided;
        tell(f, "contracts-1", &event);
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN;
        event.contract_parts_began = &began;
        tell(f, "contracts-1", &event);
}

static inline void tell_need(struct fixture *f, const char *territory, uint32_t positions)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__NeedDeclared declared = CONTRACTS__NEED_DECLARED__INIT;
        declared.need_id = id_to(&f->arena, id_derived(FIXTURE_NOW_MS, slice_of("need", 4)));
        declared.contract_id = id_message(f, CONTRACT, 1);
        declared.territory = (char *)(uintptr_t)territory;
        declared.positions = positions;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &declared;
        tell(f, "contracts-1", &event);
}

/* --- tracking -------------------------------------------------------------------------------------------------------
 */

struct placed {
        const char *source; /* NULL: tracking-1 */
        uint32_t person, obligation;
        int32_t modality;
        const char *territory; /* NULL: 31 */
        struct day starts_on;
        bool is_private;
};

static inline char *territory_text(const char *territory)
{
        return (char *)(uintptr_t)(territory == NULL ? "31" : territory);
}

static inline const char *source_name(const char *source)
{
        return source == NULL ? "tracking-1" : source;
}

static inline void tell_placement(struct fixture *f, struct placed placed)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        opened.beneficiary_id = id_message(f, PERSON, placed.person);
        opened.obligation_id = id_message(f, OBLIGATION, placed.obligation);
        opened.modality = (Types__Modality)placed.modality;
        opened.territory = territory_text(placed.territory);
        opened.is_private = placed.is_private;
        opened.starts_on = day_to(&f->arena, placed.starts_on);
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_OPENED;
        event.placement_opened = &opened;
        tell(f, source_name(placed.source), &event);
}

struct validated {
        const char *source; /* NULL: tracking-1 */
        uint32_t person, obligation;
        int32_t modality;
        const char *territory; /* NULL: 31 */
        int year, month;
        int64_t hundredths;
        int64_t replaced; /* 0: validated for the first time */
        bool is_private;
};

static inline void tell_hours(struct fixture *f, struct validated validated)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursValidated told = TRACKING__HOURS_VALIDATED__INIT;
        told.beneficiary_id = id_message(f, PERSON, validated.person);
        told.obligation_id = id_message(f, OBLIGATION, validated.obligation);
        told.modality = (Types__Modality)validated.modality;
        told.territory = territory_text(validated.territory);
        told.is_private = validated.is_private;
        told.month = month_to(&f->arena, month_of_day(date(validated.year, validated.month, 1)));
        told.hours = hours_to(&f->arena, hours_of_hundredths(validated.hundredths));
        if (validated.replaced != 0)
                told.replaced = hours_to(&f->arena, hours_of_hundredths(validated.replaced));
        event.body_case = TRACKING__EVENT__BODY_HOURS_VALIDATED;
        event.hours_validated = &told;
        tell(f, source_name(validated.source), &event);
}

/* Two files are of one person; -1: they are not after all. */
static inline void tell_same(struct fixture *f, const char *source, uint32_t person, uint32_t into, int by)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PersonsMerged merged = TRACKING__PERSONS_MERGED__INIT;
        Tracking__PersonsUnmerged unmerged = TRACKING__PERSONS_UNMERGED__INIT;
        merged.beneficiary_id = unmerged.beneficiary_id = id_message(f, PERSON, person);
        merged.into = unmerged.from = id_message(f, PERSON, into);
        event.body_case = by > 0 ? TRACKING__EVENT__BODY_PERSONS_MERGED : TRACKING__EVENT__BODY_PERSONS_UNMERGED;
        if (by > 0)
                event.persons_merged = &merged;
        else
                event.persons_unmerged = &unmerged;
        tell(f, source_name(source), &event);
}

struct invoiced {
        const char *source; /* NULL: tracking-1 */
        uint32_t obligation;
        const char *territory; /* NULL: 31 */
        struct day dated;
        int64_t hundredths;
        bool is_private;
};

static inline void tell_invoice(struct fixture *f, struct invoiced invoiced)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.obligation_id = id_message(f, OBLIGATION, invoiced.obligation);
        converted.territory = territory_text(invoiced.territory);
        converted.is_private = invoiced.is_private;
        converted.dated = day_to(&f->arena, invoiced.dated);
        converted.hours = hours_to(&f->arena, hours_of_hundredths(invoiced.hundredths));
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CONVERTED;
        event.invoice_converted = &converted;
        tell(f, source_name(invoiced.source), &event);
}

struct ended {
        const char *source; /* NULL: tracking-1 */
        int32_t outcome;
        const char *territory; /* NULL: 31 */
        struct day on;
        bool is_private;
};

static inline void tell_end(struct fixture *f, struct ended ended)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PlacementEnded told = TRACKING__PLACEMENT_ENDED__INIT;
        told.outcome = (Tracking__Outcome)ended.outcome;
        told.territory = territory_text(ended.territory);
        told.is_private = ended.is_private;
        told.ended_on = day_to(&f->arena, ended.on);
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_ENDED;
        event.placement_ended = &told;
        tell(f, source_name(ended.source), &event);
}

/* --- directory ------------------------------------------------------------------------------------------------------
 */

static inline void tell_organisation(struct fixture *f, uint32_t n, const char *siret)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        organisation.siret = (char *)(uintptr_t)siret;
        put.organisation_id = id_message(f, ORGANISATION, n);
        put.organisation = &organisation;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        tell(f, "directory-1", &event);
}

static inline void tell_closed(struct fixture *f, uint32_t n)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = id_message(f, ORGANISATION, n);
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED;
        event.organisation_closed = &closed;
        tell(f, "directory-1", &event);
}

static inline void tell_taken_back(struct fixture *f, uint32_t n)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationTakenBack taken_back = DIRECTORY__ORGANISATION_TAKEN_BACK__INIT;
        taken_back.organisation_id = id_message(f, ORGANISATION, n);
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK;
        event.organisation_taken_back = &taken_back;
        tell(f, "directory-1", &event);
}

/* --- questions ------------------------------------------------------------------------------------------------------
 */

static inline Wire__Passport *coordinator(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*");
}

static inline const Reporting__ConsolidationReply *consolidation(struct fixture *f, uint32_t year,
                                                                 const char *territory)
{
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        request.year = year;
        request.territory = (char *)(uintptr_t)territory;
        return fixture_get(f, coordinator(f), "Consolidation", &request);
}

static inline const Reporting__ContractStatementReply *statement(struct fixture *f, uint32_t contract)
{
        Reporting__ContractStatementRequest request = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        request.contract_id = id_message(f, CONTRACT, contract);
        return fixture_get(f, coordinator(f), "ContractStatement", &request);
}

/* How many contracts of a consolidation carry this consideration. */
static inline uint32_t considered(const Reporting__ConsolidationReply *reply, int32_t consideration)
{
        for (size_t i = 0; i < reply->n_by_consideration; i++)
                if ((int32_t)reply->by_consideration[i]->consideration == consideration)
                        return reply->by_consideration[i]->contracts;
        return 0;
}

static inline int64_t hundredths_of(const Types__Hours *hours)
{
        return hours_hundredths(hours_of(hours));
}

/* A row of a table of numbers, zeros where there is none. */
static inline void read_row(struct fixture *f, size_t table, const struct key *key, void *ret, size_t size)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        row_get(txn, table, key, ret, size);
        txn_end_read(txn);
}

static inline struct activity activity_of(struct fixture *f, uint32_t year, const char *territory)
{
        struct activity activity;
        struct key key = scope_key(year, territory);
        read_row(f, T_ACTIVITY, &key, &activity, sizeof(activity));
        return activity;
}

static inline struct demand demand_of(struct fixture *f, uint32_t year, const char *territory)
{
        struct demand demand;
        struct key key = scope_key(year, territory);
        read_row(f, T_DEMAND, &key, &demand, sizeof(demand));
        return demand;
}

#endif
