/* reserved_contracts: a page of reserved contracts and lots, by year and buyer, each with its check as it stands now.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/reserved/reserved_rows.h"
#include "services/contracts/reserved/reserved_views.h"

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
        const Contracts__ReservedState *state = loaded->file->reserved;
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
