#include "services/contracts/page/others.h"
#include "contracts/calls.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"
#include "common/codec/place.h"
#include "common/service/spec.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/contracts/agreements/agreement.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/page/events.h"
#include "services/contracts/programming/loaded_line.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/record/versions.h"

/* How each kind of thing is called, and whether the company that owes the hours decides on such things too: then it may
 * read what became of them. */
static const struct {
        const char *name;
        bool of_companies;
} things[THING_COUNT] = {
        [THING_CONTRACT] = {"la fiche du contrat", false},
        [THING_CLAUSE] = {"la clause", false},
        [THING_OBLIGATION] = {"l'obligation d'une entreprise", false},
        [THING_NEED] = {"un besoin", true},
        [THING_AGREEMENT] = {"une convention", false},
        [THING_LINE] = {"la décision sur une ligne de programme", false},
        [THING_DRAFT_ITEMS] = {"les éléments de rédaction", false},
        [THING_ASSOCIATION] = {"l'association du facilitateur", false},
        [THING_QUESTION] = {"une question de la consultation", false},
        [THING_GRID] = {"la grille d'appréciation", false},
        [THING_OFFER] = {"une offre", false},
        [THING_MARKS] = {"les notes d'une offre", false},
        [THING_RESERVED] = {"la réservation", false},
        [THING_PLAN] = {"le plan de contrôle", false},
        [THING_RESPONSIBLE] = {"le responsable de l'insertion d'une entreprise", true},
        [THING_CASE] = {"un dossier de contrôle", false},
        [THING_TRANSFER] = {"un transfert d'heures", true},
        [THING_DECLINE] = {"la décision de suivre ou non le contrat", false},
        [THING_CONSULTATION] = {"les dates de la consultation", false},
        [THING_RELIEF] = {"une difficulté et ses suites", true},
        [THING_LINK] = {"le lien avec la publication", false},
        [THING_DOUBLE] = {"la réunion de deux publications", false},
        [THING_REFERRAL] = {"une question transmise au guichet vert", false},
        [THING_DEROGATION] = {"une dérogation", false},
        [THING_AWARD] = {"l'attribution", false},
        [THING_BUYERS] = {"les acheteurs du contrat", false},
        [THING_SUBCONTRACT] = {"un sous-traitant", false},
        [THING_PARTS] = {"les tranches et reconductions", false},
};

/* ---- what an event says */

static const char *text_in(const ProtobufCMessage *body, const char *name)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
        if (field == NULL || field->type != PROTOBUF_C_TYPE_STRING || field->label == PROTOBUF_C_LABEL_REPEATED)
                return "";
        return *(const char *const *)(const void *)((const uint8_t *)body + field->offset);
}

static uint32_t lot_in(const ProtobufCMessage *body)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "lot");
        if (field == NULL || field->type != PROTOBUF_C_TYPE_UINT32)
                return 0;
        return *(const uint32_t *)(const void *)((const uint8_t *)body + field->offset);
}

/* No more than OTHERS_TEXT_MAX bytes, whole characters. */
static char *quoted(struct arena *arena, const char *text)
{
        size_t size = 0, left = strlen(text);
        while (left > 0) {
                size_t one = utf8_sequence(text + size, left);
                if (one == 0 || size + one > OTHERS_TEXT_MAX)
                        break;
                size += one;
                left -= one;
        }
        return arena_printf(arena, "%.*s%s", (int)size, text, left > 0 ? "…" : "");
}

static char *told(const struct work *work, const Contracts__Event *event, uint64_t number)
{
        return quoted(work->arena, event_told_in_public(work, event, number));
}

/* ---- who may read it */

static void put_buyer(struct work *work, Types__ChangedByAnother *change, const char *siret)
{
        if (*siret == '\0')
                return;
        change->buyer_sirets = pb_append(change->buyer_sirets, &change->n_buyer_sirets, sizeof(char *), work->arena);
        change->buyer_sirets[change->n_buyer_sirets - 1] = arena_text(work->arena, siret);
}

static void put_territory(struct work *work, Types__ChangedByAnother *change, const char *territory)
{
        if (*territory == '\0')
                return;
        change->territories = pb_append(change->territories, &change->n_territories, sizeof(char *), work->arena);
        change->territories[change->n_territories - 1] = arena_text(work->arena, territory);
}

/* The other contract's buyer has a word in hours that pass between two. */
static void put_contract(struct work *work, Types__ChangedByAnother *change, struct id contract, bool is_other)
{
        char territory[TERRITORY_TEXT_SIZE];
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);
        if (record == NULL)
                return;
        put_buyer(work, change, record->buyer_siret);
        if (is_other)
                return;
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        for (size_t i = 0; file != NULL && i < file->n_territories; i++)
                put_territory(work, change, file->territories[i]);
        if (change->n_territories == 0 && place_territory(record->place, territory))
                put_territory(work, change, territory);
        change->about_contract = id_to(work->arena, contract);
        change->thing = arena_printf(work->arena, "%s, contrat « %s »", change->thing,
                                     quoted(work->arena, *record->number == '\0' ? record->object : record->number));
}

/* Things of no contract: a buyer's agreement, a line of its programme. */
static void put_buyers_thing(struct work *work, Types__ChangedByAnother *change, const ProtobufCMessage *body)
{
        const Contracts__AgreementRow *agreement =
                agreement_row_find(work->txn, work->arena, id_of(event_id_named(body, "agreement_id")));
        const Contracts__ProgrammeLineRow *line =
                programme_line_find(work->txn, work->arena, id_of(event_id_named(body, "line_id")));
        if (agreement != NULL) {
                put_buyer(work, change, agreement->agreement->buyer_siret);
                for (size_t i = 0; i < agreement->agreement->n_territories; i++)
                        put_territory(work, change, agreement->agreement->territories[i]);
                change->is_local = agreement_is_private(agreement->agreement);
        } else if (line != NULL) {
                put_buyer(work, change, line->buyer_siret);
                put_territory(work, change, line_territory(work, line));
        }
}

/* The organisation that owes the hours, where the thing is one that it decides on. */
static void put_company(struct work *work, Types__ChangedByAnother *change, uint8_t thing, const ProtobufCMessage *body)
{
        if (!things[thing].of_companies)
                return;
        struct id obligation = id_of(event_id_named(body, "obligation_id"));
        const Contracts__NeedRow *need = needs_find(work->txn, work->arena, id_of(event_id_named(body, "need_id")));
        const Contracts__TransferView *transfer =
                obligations_transfer_find(work->txn, work->arena, id_of(event_id_named(body, "transfer_id")));
        if (need != NULL)
                obligation = id_of(need->need->obligation_id);
        else if (transfer != NULL)
                obligation = id_of(transfer->from_obligation_id);
        const Contracts__ObligationRecorded *row = contracts_obligation_find(work->txn, work->arena, obligation);
        struct id company = row == NULL ? (struct id){{0}} : obligation_company(work, row);
        if (id_is_zero(company))
                return;
        change->organisation_ids = arena_alloc(work->arena, sizeof(Types__Id *));
        change->organisation_ids[0] = id_to(work->arena, company);
        change->n_organisation_ids = 1;
}

/* ---- told */

/* What stood there. The roles that may read both events. */
static uint32_t put_before(struct work *work, Types__ChangedByAnother *change, uint64_t number, uint32_t readers)
{
        struct log_entry entry;
        if (number == 0 || !log_get(work->txn, number, &entry))
                return readers;
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(record != NULL);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);
        const struct event_row *row = event_row_of(event->body_case);
        change->before = told(work, event, number);
        change->before_at = instant_to(work->arena, record->at_ms);
        return readers & row->readers;
}

static void put_accounts(struct work *work, Types__ChangedByAnother *change, const struct version_change *what)
{
        change->n_accounts = what->count;
        change->accounts = arena_alloc(work->arena, what->count * sizeof(Types__Id *));
        for (size_t i = 0; i < what->count; i++)
                change->accounts[i] = id_to(work->arena, what->others[i]);
}

void contracts_tell_others(struct work *work, const struct version_change *what)
{
        const Contracts__Event *event = what->event;
        const struct event_row *row = event_row_of(event->body_case);
        const ProtobufCMessage *body = event_body(event);
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        struct id contract;
        uint32_t lot = lot_in(body);
        put_accounts(work, &change, what);
        change.thing = lot == 0 ? arena_text(work->arena, things[what->thing].name)
                                : arena_printf(work->arena, "%s du lot %u", things[what->thing].name, lot);
        change.after = told(work, event, 0);
        change.reason = quoted(work->arena, text_in(body, "reason"));
        uint32_t readers = put_before(work, &change, what->before, row->readers);
        if (event_contract(work->txn, work->arena, event, &contract)) {
                put_contract(work, &change, contract, false);
                if (event_id_named(body, "other_contract_id") != NULL)
                        put_contract(work, &change, id_of(event_id_named(body, "other_contract_id")), true);
        } else {
                put_buyers_thing(work, &change, body);
        }
        if ((readers & ROLE_BIT(BUYER)) == 0)
                change.n_buyer_sirets = 0;
        put_company(work, &change, what->thing, body);
        work_record(work, &change.base);
}

/* ---- the event among the others: it changes no row, and stands in no history */

void apply_contracts_changed_by_another(const struct change *change, const Types__ChangedByAnother *body)
{
        (void)change;
        (void)body;
}

void tell_contracts_changed_by_another(struct telling *telling, const Types__ChangedByAnother *body)
{
        tell(telling, "Dit à %s : %s a changé.", french_count(telling->arena, (int64_t)body->n_accounts, "compte"),
             body->thing);
}
