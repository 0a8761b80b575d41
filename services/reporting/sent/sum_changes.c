#include "services/reporting/sent/changes.h"
#include "services/reporting/sent/figures.h"

/* `territory` as in the table. */
static void add_sums(struct work *work, size_t table, struct key scope, Reporting__ReportSent *sent)
{
        struct scan scan = scan_prefix(work->txn, table, key_slice(&scope));
        while (scan_next(&scan)) {
                struct counted counted;
                Reporting__MonthSum *sum = pb_new(&reporting__month_sum__descriptor, work->arena);
                memcpy(&counted, scan.value.data, sizeof(counted));
                sum->month = month_to(work->arena, month_of_number(key_read_i32(scan.key, scope.size)));
                sum->cause = (Reporting__ChangeCause)key_read_u32(scan.key, scope.size + sizeof(int32_t));
                sum->figures = figures_of_counted(work->arena, &counted);
                if (figures_are_zero(sum->figures))
                        continue;
                sent->sums = pb_append(sent->sums, &sent->n_sums, sizeof(*sent->sums), work->arena);
                sent->sums[sent->n_sums - 1] = sum;
        }
        scan_end(&scan);
}

void changes_sums(struct work *work, Reporting__ReportSent *sent)
{
        struct key scope = scope_key(sent->year, sent->territory[0] == '\0' ? EVERYWHERE : sent->territory);
        txn_look_short(work->txn, true);
        add_sums(work, T_DEMAND_MONTH, scope, sent);
        add_sums(work, T_ACTIVITY_MONTH, scope, sent);
        txn_look_short(work->txn, false);
}

static bool is_before(const Reporting__MonthSum *sum, const Reporting__ReportChange *line)
{
        if (sum->month->months != line->recorded_in->months)
                return sum->month->months < line->recorded_in->months;
        return sum->cause < line->cause;
}

/* The line of that month and cause, made where it is missing; they stay ascending. */
static Reporting__ReportChange *line_of(struct work *work, Reporting__FrozenReportReply *reply,
                                        const Reporting__MonthSum *sum)
{
        size_t at = reply->n_changes;
        while (at > 0 && is_before(sum, reply->changes[at - 1]))
                at--;
        if (at > 0 && reply->changes[at - 1]->recorded_in->months == sum->month->months &&
            reply->changes[at - 1]->cause == sum->cause)
                return reply->changes[at - 1];
        Reporting__ReportChange *line = pb_new(&reporting__report_change__descriptor, work->arena);
        line->cause = sum->cause;
        line->recorded_in = sum->month;
        line->figures = figures_none(work->arena);
        reply->changes = pb_append(reply->changes, &reply->n_changes, sizeof(*reply->changes), work->arena);
        memmove(&reply->changes[at + 1], &reply->changes[at], (reply->n_changes - 1 - at) * sizeof(*reply->changes));
        reply->changes[at] = line;
        return line;
}

/* Who counts once counts by no event of her own: other months, departments and files of hers count too. */
static void tell_persons(struct work *work, Reporting__FrozenReportReply *reply)
{
        if (reply->today->persons == reply->sent->persons)
                return;
        Reporting__ReportChange *line = pb_new(&reporting__report_change__descriptor, work->arena);
        line->cause = REPORTING__CHANGE_CAUSE__PERSONS_COUNTED;
        line->figures = figures_none(work->arena);
        line->figures->persons = reply->today->persons - reply->sent->persons;
        reply->changes = pb_append(reply->changes, &reply->n_changes, sizeof(*reply->changes), work->arena);
        reply->changes[reply->n_changes - 1] = line;
}

void changes_of_consolidation(struct work *work, const Reporting__ReportSent *sent, Reporting__FrozenReportReply *reply)
{
        Reporting__ReportSent now = REPORTING__REPORT_SENT__INIT;
        size_t kept = 0;
        now.year = sent->year;
        now.territory = sent->territory;
        changes_sums(work, &now);
        for (size_t i = 0; i < now.n_sums; i++)
                figures_add(line_of(work, reply, now.sums[i])->figures, now.sums[i]->figures, 1);
        for (size_t i = 0; i < sent->n_sums; i++)
                figures_add(line_of(work, reply, sent->sums[i])->figures, sent->sums[i]->figures, -1);
        for (size_t i = 0; i < reply->n_changes; i++)
                if (!figures_are_zero(reply->changes[i]->figures))
                        reply->changes[kept++] = reply->changes[i];
        reply->n_changes = kept;
        tell_persons(work, reply);
}
