/* reserved.c: reserved contracts: recorded, withdrawn, read, and whether one may be. */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/reserved/reserved_entry.h"
#include "services/contracts/reserved/reserved_rows.h"
#include "services/contracts/reserved/reserved_views.h"

/* record_reserved: a reserved contract, or a reserved lot of one, with how the facilitator takes part.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ReservedRecorded, or nothing where nothing
 * changes. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (entry), WRONG_STATE (a private contract). */
static bool is_known(const struct work *work, const struct loaded_contract *loaded,
                     const Contracts__ReservedEntry *entry)
{
        const Contracts__ReservedState *state = loaded->file == NULL ? NULL : loaded->file->reserved;
        for (size_t i = 0; state != NULL && i < state->n_entries; i++)
                if (state->entries[i]->lot == entry->lot)
                        return slice_equal(pb_encode(state->entries[i], work->arena), pb_encode(entry, work->arena));
        return false;
}

struct reply handle_record_reserved(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordReserved *command = (const Contracts__RecordReserved *)message;
        Contracts__ReservedEntry *entry = command->entry;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !reserved_entry_check(entry, "entry.", &refusal))
                return reply_refusal(work, &refusal);
        if (loaded.record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                    "Un contrat privé n'est pas réservé au sens du code : suivez-le comme les autres.");
        if (entry->notified_on == NULL)
                entry->notified_on = loaded.record->notified_on;
        if (!is_known(work, &loaded, entry)) {
                Contracts__ReservedRecorded body = CONTRACTS__RESERVED_RECORDED__INIT;
                body.contract_id = command->contract_id;
                body.entry = entry;
                body.buyer_siret = loaded.record->buyer_siret;
                work_record(work, &body.base);
        }
        Contracts__RecordReservedReply *reply = pb_new(&contracts__record_reserved_reply__descriptor, work->arena);
        reply->check = reserved_entry_findings(work, &loaded, entry);
        return reply_ok(work, reply);
}

/* withdraw_reserved: a reserved lot was entered by error.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ReservedWithdrawn.
 * Refuses: NOT_FOUND (contract, lot), NOT_ALLOWED, INVALID_FIELD (reason). */
static bool is_entered(const struct loaded_contract *loaded, uint32_t lot)
{
        const Contracts__ReservedState *state = loaded->file == NULL ? NULL : loaded->file->reserved;
        for (size_t i = 0; state != NULL && i < state->n_entries; i++)
                if (state->entries[i]->lot == lot)
                        return true;
        return false;
}

struct reply handle_withdraw_reserved(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WithdrawReserved *command = (const Contracts__WithdrawReserved *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        if (!is_entered(&loaded, command->lot))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__NOT_FOUND, "lot",
                        "Ce lot n'est pas saisi comme réservé : vérifiez son numéro (0 : le contrat entier).");

        Contracts__ReservedWithdrawn body = CONTRACTS__RESERVED_WITHDRAWN__INIT;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__WithdrawReservedReply *reply = pb_new(&contracts__withdraw_reserved_reply__descriptor, work->arena);
        reply->left = (uint32_t)loaded.file->reserved->n_entries - 1;
        return reply_ok(work, reply);
}

/* reserved_contracts: a page of reserved contracts and lots, by year and buyer, each with its check as it stands now.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
static bool passes(const Contracts__ReservedContractsRequest *query, const Contracts__ReservedEntry *entry)
{
        bool has_ground = query->ground == CONTRACTS__RESERVATION_GROUND__RESERVATION_GROUND_UNKNOWN;
        for (size_t i = 0; i < entry->n_grounds; i++)
                has_ground = has_ground || entry->grounds[i] == query->ground;
        return has_ground && (query->involvement == CONTRACTS__INVOLVEMENT__INVOLVEMENT_UNKNOWN ||
                              query->involvement == entry->involvement);
}

static Contracts__ReservedLine *line_of(const struct work *work, const struct loaded_contract *loaded,
                                        Contracts__ReservedEntry *entry)
{
        Contracts__ReservedLine *line = pb_new(&contracts__reserved_line__descriptor, work->arena);
        line->contract_id = id_to(work->arena, loaded->id);
        line->kind = loaded->record->kind;
        line->number = loaded->record->number;
        line->object = loaded->record->object;
        line->buyer_siret = loaded->record->buyer_siret;
        line->buyer_name = loaded->record->buyer_name;
        line->entry = entry;
        line->check = reserved_entry_findings(work, loaded, entry);
        return line;
}

/* The lots of one contract that belong to the year of the row. */
static void add_lines(const Contracts__ReservedContractsRequest *query, const struct loaded_contract *loaded,
                      uint32_t year, struct page *page)
{
        const Contracts__ReservedState *state = reserved_state_known(loaded->file, page->work->arena);
        for (size_t i = 0; i < state->n_entries; i++)
                if (reserved_year(state->entries[i]) == year && passes(query, state->entries[i]))
                        page_add(page, line_of(page->work, loaded, state->entries[i]));
}

struct reply handle_reserved_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReservedContractsRequest *query = (const Contracts__ReservedContractsRequest *)message;
        Contracts__ReservedContractsReply *reply =
                pb_new(&contracts__reserved_contracts_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct loaded_contract loaded;
        struct walk walk;
        struct id id;

        if (!reserved_scope(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (query->year == 0)
                reserved_walk(work->txn, page.after, &walk);
        else
                reserved_walk_year(work->txn, query->year, siret, page.after, &walk);
        while (page_next(&page, &walk, &id)) /* a contract is not cut */
                if (reserved_subject(work, id, &loaded) &&
                    (siret[0] == '\0' || strcmp(siret, loaded.record->buyer_siret) == 0))
                        add_lines(query, &loaded, reserved_walk_year_of(&walk), &page);
        return page_reply(&page);
}

/* reservation_check: whether a contract may be reserved, on which article, and what to mend. Nothing is stored.
 * Caller: facilitator, coordinator, auditor, buyer.  Refuses: INVALID_FIELD (kind, grounds). */
struct reply handle_reservation_check(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReservationCheckRequest *query = (const Contracts__ReservationCheckRequest *)message;
        const Contracts__Reservation *reservation = query->reservation;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        struct refusal refusal;

        if (reservation == NULL || (reservation->kind != CONTRACTS__CONTRACT_KIND__MARKET &&
                                    reservation->kind != CONTRACTS__CONTRACT_KIND__CONCESSION))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__INVALID_FIELD, "reservation.kind",
                        "Dites s'il s'agit d'un marché (MARKET) ou d'une concession (CONCESSION) : les règles "
                        "diffèrent.");
        entry.grounds = reservation->grounds;
        entry.n_grounds = reservation->n_grounds;
        if (!reserved_entry_check(&entry, "reservation.", &refusal))
                return reply_refusal(work, &refusal);
        struct day on = reservation->on == NULL ? work->today : day_of(reservation->on);
        return reply_ok(work, reservation_check(reservation, rules_on(work, DATED_RESERVATIONS, on), on, work->arena));
}
