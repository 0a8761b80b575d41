#include "services/contracts/control/calendar.h"

#include "common/base/days.h"
#include "common/codec/types.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/suspension.h"

/* ---- the span */

static uint32_t duration_months(const Contracts__ObligationRecorded *obligation,
                                const Contracts__ContractRecord *contract, const Contracts__ContractFile *file)
{
        for (size_t i = 0; file != NULL && i < file->n_lots; i++)
                if (file->lots[i]->number == obligation->lot && file->lots[i]->duration_months > 0)
                        return file->lots[i]->duration_months;
        return contract_current(contract).duration_months;
}

static void add_pauses(const Contracts__ObligationRecorded *obligation, const Contracts__ContractFile *file,
                       struct span *span)
{
        const struct stopped own = {obligation->lot, id_of(obligation->obligation_id)};
        struct day last = span->end; /* with all renewals that may come */
        for (size_t i = 0; i < span->renewal_count; i++)
                last = day_later(last, span->renewals[i].end);
        for (size_t i = 0; i < file->n_suspensions && span->pause_count < PAUSES_MAX; i++) {
                const Contracts__Suspension *one = file->suspensions[i];
                struct stopped stopped = stopped_by(one);
                if (!stopped_covers(&stopped, &own))
                        continue;
                struct pause pause = {day_of(one->from), one->to == NULL ? last : day_of(one->to)};
                pause.from = day_later(pause.from, span->start);
                pause.to = day_earlier(pause.to, last);
                if (day_number(pause.from) <= day_number(pause.to))
                        span->pauses[span->pause_count++] = pause;
        }
}

static void add_renewals(const Contracts__ObligationRecorded *obligation, const Contracts__ContractFile *file,
                         struct span *span)
{
        struct day from;
        for (size_t i = 0; i < file->n_parts && span->renewal_count < PARTS_RENEWALS_MAX; i++) {
                const Contracts__ContractPart *part = file->parts[i];
                if (!parts_is_renewal(part->kind) || !parts_begins(file, part, &from))
                        continue;
                struct day end = day_of(part->ends_on);
                if (file->ended_on != NULL)
                        end = day_earlier(end, day_of(file->ended_on));
                if (obligation->left != NULL)
                        end = day_earlier(end, day_of(obligation->left->left_on));
                span->renewals[span->renewal_count++] = (struct renewal){from, end};
        }
}

bool span_of(const Contracts__ObligationRecorded *obligation, const Contracts__ContractRecord *contract,
             const Contracts__ContractFile *file, const Contracts__ControlPlan *plan, struct span *ret)
{
        const Types__Day *start = plan != NULL && plan->starts_on != NULL ? plan->starts_on
                                  : contract->starts_on != NULL           ? contract->starts_on
                                                                          : contract->notified_on;
        uint32_t months = duration_months(obligation, contract, file);
        struct span span = {.pause_count = 0};

        if (start == NULL)
                return false;
        span.start = day_of(start);
        if (plan != NULL && plan->ends_on != NULL)
                span.end = day_of(plan->ends_on);
        else if (months > 0 && months < INT16_MAX)
                span.end = day_plus(day_add_months(span.start, (int)months), -1);
        else if (file == NULL || file->ended_on == NULL)
                return false;
        else
                span.end = day_of(file->ended_on);
        if (file != NULL && file->ended_on != NULL)
                span.end = day_earlier(span.end, day_of(file->ended_on));
        if (obligation->left != NULL) /* from then on nothing is asked of it */
                span.end = day_earlier(span.end, day_of(obligation->left->left_on));
        if (day_number(span.end) < day_number(span.start))
                return false;
        span.first_end = span.end;
        if (file != NULL) {
                add_renewals(obligation, file, &span);
                add_pauses(obligation, file, &span);
        }
        *ret = span;
        return true;
}
