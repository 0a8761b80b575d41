/* contract_pace: the hours of a contract month by month, and what was to be expected by the end of each.
 * Caller: facilitator, coordinator, auditor; its buyer; a company that owes hours of it: its own part. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/days.h"
#include "services/contracts/control/contract_pace.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/rows.h"

/* Ten years back, ten ahead: what lies further away is counted in the months at the ends, and said to be cut. */
enum { MONTHS_BACK = 120, MONTHS = 241, ROWS_LEFT_MIN = 64 };

struct months {
        int32_t begin; /* number of the first */
        int64_t done[MONTHS], converted[MONTHS];
        int32_t first, last; /* places that tell something; last < first: none */
        bool is_cut;
};

static int32_t place_of(struct months *months, struct month month)
{
        int32_t place = month_number(month) - months->begin;
        if (place >= 0 && place < MONTHS)
                return place;
        months->is_cut = true;
        return place < 0 ? 0 : MONTHS - 1;
}

static void reach(struct months *months, int32_t place)
{
        if (months->last < months->first)
                months->first = months->last = place;
        if (place < months->first)
                months->first = place;
        if (place > months->last)
                months->last = place;
}

static void count_entry(const Contracts__LedgerEntry *entry, struct months *months)
{
        bool to_done = entry->to == CONTRACTS__ACCOUNT__DONE, from_done = entry->from == CONTRACTS__ACCOUNT__DONE;
        bool to_other = entry->to == CONTRACTS__ACCOUNT__CONVERTED;
        bool from_other = entry->from == CONTRACTS__ACCOUNT__CONVERTED;
        if (!(to_done || from_done || to_other || from_other) || entry->month == NULL)
                return;
        int32_t place = place_of(months, month_of(entry->month));
        int64_t hundredths = hours_hundredths(hours_of(entry->hours));
        reach(months, place);
        months->done[place] += to_done ? hundredths : from_done ? -hundredths : 0;
        months->converted[place] += to_other ? hundredths : from_other ? -hundredths : 0;
}

static void count_obligation(const struct work *work, struct id id, struct months *months)
{
        const Contracts__LedgerEntry *entry;
        struct walk walk;

        txn_look_short(work->txn, true);
        contracts_walk_entries(work->txn, id, 0, &walk);
        while (txn_rows_left(work->txn) > ROWS_LEFT_MIN &&
               (entry = contracts_walk_next_entry(&walk, work->arena)) != NULL)
                count_entry(entry, months);
        walk_end(&walk);
        txn_look_short(work->txn, false);
        if (txn_rows_left(work->txn) <= ROWS_LEFT_MIN)
                months->is_cut = true;
}

static void tell_month(const struct work *work, const struct pace_obligations *obligations, const struct months *months,
                       int32_t place, Contracts__ContractPaceReply *reply)
{
        struct arena *arena = work->arena;
        struct month month = month_of_number(months->begin + place), next = month_of_number(months->begin + place + 1);
        Contracts__PaceMonth *line = pb_new(&contracts__pace_month__descriptor, arena);
        struct contract_pace pace = contract_pace_on(work, obligations, day_plus(month_first_day(next), -1));

        line->month = month_to(arena, month);
        line->done = hours_to(arena, hours_of_hundredths(months->done[place]));
        line->converted = hours_to(arena, hours_of_hundredths(months->converted[place]));
        line->expected = hours_to(arena, pace.expected);
        reply->months = pb_append(reply->months, &reply->n_months, sizeof(*reply->months), arena);
        reply->months[reply->n_months - 1] = line;
}

struct reply handle_contract_pace(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractPaceRequest *query = (const Contracts__ContractPaceRequest *)message;
        Contracts__ContractPaceReply *reply = pb_new(&contracts__contract_pace_reply__descriptor, work->arena);
        struct pace_obligations obligations = contract_pace_read(work, id_of(query->contract_id));
        struct contract_pace pace = contract_pace_on(work, &obligations, work->today);
        struct months months = {.begin = month_number(month_of_day(work->today)) - MONTHS_BACK, .first = 0, .last = -1};

        for (size_t i = 0; i < obligations.count; i++)
                count_obligation(work, obligations.of[i].id, &months);
        if (pace.has_span) {
                reach(&months, place_of(&months, month_of_day(pace.start)));
                reach(&months, place_of(&months, month_of_day(pace.end)));
                reply->starts_on = day_to(work->arena, pace.start);
                reply->ends_on = day_to(work->arena, pace.end);
        }
        for (int32_t place = months.first; place <= months.last; place++)
                tell_month(work, &obligations, &months, place, reply);
        reply->owed = hours_to(work->arena, pace.owed);
        reply->done = hours_to(work->arena, pace.done);
        reply->cut = months.is_cut;
        return reply_ok(work, reply);
}
