/* What the room puts on a contract's page of facts: what was published beside our own truth, and until when the law
 * wants the data published (two months after notification, R2196-1: deploy/rules/publication.json). */
#include "services/contracts/publication/publication.h"

#include "common/base/french.h"
#include "services/contracts/clauses/considerations.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

struct differences publication_compare(const struct work *work, struct id contract,
                                       const Contracts__ContractRecord *record,
                                       const Contracts__ContractRecord *published)
{
        struct differences found = {.arena = work->arena};
        const Contracts__ContractRecord *ours = contracts_record_is_ours(record) ? record : published;
        differences_find(ours, published, considerations_known(work, contract, ours), &found);
        return found;
}

/* One line for something that was notified on that day. `published_on`: NULL: not yet. */
static void put_deadline(const struct work *work, Contracts__ContractFactsReply *reply, const Types__Day *notified_on,
                         const Types__Day *published_on, const char *what)
{
        const Contracts__PublicationVersion *rules = rules_on(work, DATED_PUBLICATION, day_of(notified_on));
        struct day deadline = day_add_months(day_of(notified_on), (int)rules->delay_months);
        Contracts__CalendarLine *line = facts_calendar(work, reply, deadline);
        if (published_on != NULL)
                line->state = CONTRACTS__CALENDAR_STATE__KEPT;
        line->what = arena_printf(work->arena, "Publication des données essentielles : %s notifié%s le %s%s", what,
                                  what[0] == 'm' ? "e" : "", french_day(work->arena, day_of(notified_on)),
                                  published_on != NULL ? ", publié" : "");
        line->source = rules->source;
}

static const Contracts__Modification *modification_of(const Contracts__ContractRecord *record, uint32_t number)
{
        for (size_t i = 0; record != NULL && i < record->n_modifications; i++)
                if (record->modifications[i]->number == number)
                        return record->modifications[i];
        return NULL;
}

static void put_deadlines(const struct work *work, const Contracts__ContractRecord *ours,
                          const Contracts__ContractRecord *published, Contracts__ContractFactsReply *reply)
{
        const Contracts__PublicationVersion *rules = rules_on(work, DATED_PUBLICATION, work->today);
        if (ours->kind == CONTRACTS__CONTRACT_KIND__PRIVATE || ours->amount == NULL ||
            ours->amount->cents < rules->threshold->cents)
                return;
        if (ours->notified_on != NULL)
                put_deadline(work, reply, ours->notified_on, published == NULL ? NULL : published->published_on,
                             "contrat");
        for (size_t i = 0; i < ours->n_modifications; i++) {
                const Contracts__Modification *own = ours->modifications[i];
                const Contracts__Modification *theirs = modification_of(published, own->number);
                if (own->notified_on != NULL)
                        put_deadline(work, reply, own->notified_on, theirs == NULL ? NULL : theirs->published_on,
                                     arena_printf(work->arena, "modification n° %u", own->number));
        }
}

void add_publication_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct id published_id;
        /* Security: nor does a contractor read the dates of publications in the calendar. */
        if (work->actor->role == TYPES__ROLE__COMPANY)
                return;
        Contracts__ContractRecord *published = publication_find(work, of->contract, of->record, &published_id);
        if (contracts_record_is_ours(of->record))
                put_deadlines(work, of->record, published, reply);
        if (published == NULL)
                return;
        struct differences found = publication_compare(work, of->contract, of->record, published);
        reply->differences = found.at;
        reply->n_differences = found.count;
        if (!id_equal(published_id, of->contract)) {
                reply->published = published;
                reply->published_contract_id = id_to(work->arena, published_id);
        }
}
