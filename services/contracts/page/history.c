#include "services/contracts/page/history.h"
#include "contracts/calls.h"

#include "common/service/spec.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/contracts/page/events.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

Contracts__HistoryLine *history_line(const struct work *work, uint64_t number)
{
        struct log_entry entry;
        if (!log_get(work->txn, number, &entry))
                return NULL;
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(record != NULL);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);
        const struct event_row *row = event_row_of(event->body_case);
        /* Security: the table of events says who may read each. */
        if ((row->readers & (1u << work->actor->role)) == 0)
                return NULL;

        struct telling telling = {work->txn, work->arena, entry.sealed, work->actor, NULL, number};
        contracts_tell_event(&telling, event);
        Contracts__HistoryLine *line = pb_new(&contracts__history_line__descriptor, work->arena);
        line->number = number;
        line->at = instant_to(work->arena, record->at_ms);
        line->user = record->user;
        if (record->account.len == sizeof(struct id)) {
                line->account = pb_new(&types__id__descriptor, work->arena);
                line->account->value = record->account;
        }
        line->event = (char *)(uintptr_t)event_name(event);
        line->text = telling.text;
        line->withdrawn_by = contracts_withdrawn_by(work->txn, number);
        line->may_be_withdrawn = row->remedy == NULL && line->withdrawn_by == 0;
        return line;
}
