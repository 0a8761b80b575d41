#include <stdlib.h>

#include "common/store/position.h"
#include "services/reporting/sent/changes.h"
#include "services/reporting/sent/figures.h"

/* One row of T_OWED_CHANGE or T_WORK_CHANGE, in the order of the records. */
struct later {
        int64_t at_ms;
        size_t place; /* as it was read: those of one event follow each other */
        const char *source;
        uint64_t number;
        struct id obligation;
        const Reporting__OwedChange *owed; /* NULL: work */
        struct work_change work;
};

struct later_list {
        const Reporting__ReportSent *sent;
        Reporting__ReportSent now; /* where the sources stand */
        struct later *at;
        size_t count;
};

/* ---- where the sources stand */

void changes_positions(struct work *work, Reporting__ReportSent *sent)
{
        struct scan scan = scan_prefix(work->txn, RUNTIME_POSITIONS, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                Reporting__SourcePosition *one = pb_new(&reporting__source_position__descriptor, work->arena);
                one->source = arena_text(work->arena, (const char *)scan.key.data);
                one->number = position_get(work->txn, one->source).copied.number;
                sent->positions = pb_append(sent->positions, &sent->n_positions, sizeof(*sent->positions), work->arena);
                sent->positions[sent->n_positions - 1] = one;
        }
        scan_end(&scan);
}

/* 0: a source that there was not yet. */
static uint64_t position_then(const Reporting__ReportSent *sent, const char *source)
{
        for (size_t i = 0; i < sent->n_positions; i++)
                if (strcmp(sent->positions[i]->source, source) == 0)
                        return sent->positions[i]->number;
        return 0;
}

/* ---- what came behind */

static struct later later_of(struct work *work, size_t table, const struct scan *scan)
{
        struct later later = {.number = key_read_u64(scan->key, scan->key.size - sizeof(uint64_t) - sizeof(uint32_t))};
        if (table == T_WORK_CHANGE) {
                memcpy(&later.work, scan->value.data, sizeof(later.work));
                later.obligation = key_read_id(scan->key, 0);
                later.at_ms = later.work.recorded_at_ms;
                return later;
        }
        later.owed = pb_decode(&reporting__owed_change__descriptor, scan->value, work->arena);
        later.obligation = id_of(later.owed->obligation_id);
        later.at_ms = later.owed->recorded_at->ms;
        return later;
}

static void read_later(struct work *work, size_t table, struct id of, struct later_list *list)
{
        for (size_t i = 0; i < list->now.n_positions; i++) {
                const char *source = list->now.positions[i]->source;
                struct key prefix = key_of_id(of), from = change_key(of, source, position_then(list->sent, source) + 1);
                key_text(&prefix, source);
                struct scan scan = scan_from(work->txn, table, key_slice(&prefix), key_slice(&from));
                while (scan_next(&scan)) {
                        struct later later = later_of(work, table, &scan);
                        later.source = source;
                        later.place = list->count;
                        list->at = pb_append(list->at, &list->count, sizeof(*list->at), work->arena);
                        list->at[list->count - 1] = later;
                }
                scan_end(&scan);
        }
}

static int by_record(const void *a, const void *b)
{
        const struct later *one = a, *other = b;
        if (one->at_ms != other->at_ms)
                return one->at_ms < other->at_ms ? -1 : 1;
        return one->place < other->place ? -1 : one->place > other->place;
}

/* ---- reckoned back to what was sent, and forward again */

static void apply_work(struct statement_obligation *obligation, const struct work_change *work, int32_t sign)
{
        obligation->done.hundredths[work->modality] += sign * work->hundredths;
        obligation->done.converted_hundredths += sign * work->converted_hundredths;
        obligation->done.placements[work->modality] += (uint32_t)(sign * work->placements);
}

static void apply_placement(struct statement *statement, const struct later *later, int32_t sign)
{
        for (size_t i = 0; i < statement->worker_count; i++) {
                struct statement_worker *worker = &statement->workers[i];
                if (id_equal(worker->file, later->work.beneficiary) && id_equal(worker->obligation, later->obligation))
                        worker->worker.placements[later->work.modality] +=
                                (uint32_t)(sign * (later->work.placements + later->work.lines));
        }
}

static bool is_placement(const struct later *later)
{
        return later->owed == NULL && (later->work.placements != 0 || later->work.lines != 0);
}

static void apply(struct statement *statement, const struct later *later, int32_t sign)
{
        struct statement_obligation *obligation = statement_obligation(statement, later->obligation);
        const Reporting__OwedChange *owed = later->owed;
        if (obligation == NULL)
                return; /* the other side of a transfer that was told of before its obligation was: it counts nowhere */
        if (is_placement(later))
                apply_placement(statement, later, sign);
        if (owed == NULL) {
                apply_work(obligation, &later->work, sign);
                return;
        }
        obligation->due_hundredths += sign * owed->due_hundredths;
        obligation->passed_on.transferred_hundredths += sign * owed->transferred_hundredths;
        obligation->passed_on.waived_hundredths += sign * owed->waived_hundredths;
        obligation->stands += sign * owed->obligations;
}

/* ---- lines */

static Reporting__ReportChange *new_line(struct work *work, Reporting__FrozenReportReply *reply,
                                         Reporting__ChangeCause cause)
{
        Reporting__ReportChange *line = pb_new(&reporting__report_change__descriptor, work->arena);
        line->cause = cause;
        line->figures = figures_none(work->arena);
        reply->changes = pb_append(reply->changes, &reply->n_changes, sizeof(*reply->changes), work->arena);
        reply->changes[reply->n_changes - 1] = line;
        return line;
}

static Reporting__ReportChange *line_of(struct work *work, Reporting__FrozenReportReply *reply,
                                        const struct later *later)
{
        Reporting__ReportChange *line = new_line(
                work, reply, later->owed != NULL ? later->owed->cause : (Reporting__ChangeCause)later->work.cause);
        line->recorded_on = day_to(work->arena, work_today(work->engine, work->actor, later->at_ms));
        if (later->owed != NULL) {
                line->happened_on = later->owed->happened_on;
                line->reason = later->owed->reason;
                return line;
        }
        line->happened_on = day_to(work->arena, day_of_number(later->work.day));
        if (later->work.month != 0)
                line->month = month_to(work->arena, month_of_number(later->work.month));
        return line;
}

static bool is_of_the_same_event(const struct later *one, const struct later *other)
{
        return one->number == other->number && strcmp(one->source, other->source) == 0;
}

static void drop_empty_lines(Reporting__FrozenReportReply *reply)
{
        size_t kept = 0;
        for (size_t i = 0; i < reply->n_changes; i++)
                if (!figures_are_zero(reply->changes[i]->figures))
                        reply->changes[kept++] = reply->changes[i];
        reply->n_changes = kept;
}

/* What a line makes of `before`, which becomes what is now. */
static void tell_difference(struct work *work, Reporting__ReportChange *line, struct statement_figures *before,
                            const struct statement_figures *after)
{
        figures_add(line->figures, figures_of_statement(work->arena, after), 1);
        figures_add(line->figures, figures_of_statement(work->arena, before), -1);
        *before = *after;
}

/* All but placements, event by event. Persons are others only where obligations come or go. */
static void tell_events(struct work *work, struct statement *statement, const struct later_list *list,
                        struct statement_figures *figures, Reporting__FrozenReportReply *reply)
{
        const struct later *last = NULL;
        Reporting__ReportChange *line = NULL;
        for (size_t i = 0; i < list->count; i++) {
                const struct later *later = &list->at[i];
                struct statement_figures after;
                if (is_placement(later))
                        continue;
                if (last == NULL || !is_of_the_same_event(later, last))
                        line = line_of(work, reply, later);
                apply(statement, later, 1);
                if (later->owed != NULL && later->owed->obligations != 0) {
                        statement_figures(statement, &after);
                } else {
                        statement_hours(statement, &after);
                        after.persons = figures->persons;
                }
                tell_difference(work, line, figures, &after);
                last = later;
        }
}

/* Each tells of one person: they are told together, and on no day. */
static void tell_placements(struct work *work, struct statement *statement, const struct later_list *list,
                            struct statement_figures *figures, Reporting__FrozenReportReply *reply)
{
        struct statement_figures after;
        for (size_t i = 0; i < list->count; i++)
                if (is_placement(&list->at[i]))
                        apply(statement, &list->at[i], 1);
        statement_figures(statement, &after);
        tell_difference(work, new_line(work, reply, REPORTING__CHANGE_CAUSE__PLACEMENT_COUNTED), figures, &after);
}

/* Files that were joined or separated since change who counts once, of what was sent too. */
static void tell_files(struct work *work, const struct statement_figures *then, const Reporting__ReportSent *sent,
                       Reporting__FrozenReportReply *reply)
{
        int32_t persons = (int32_t)then->persons - (int32_t)sent->statement->persons;
        new_line(work, reply, REPORTING__CHANGE_CAUSE__FILES_JOINED)->figures->persons = persons;
}

void changes_of_statement(struct work *work, const Reporting__ReportSent *sent, Reporting__FrozenReportReply *reply)
{
        struct id contract = id_of(sent->contract_id);
        struct later_list list = {.sent = sent, .now = REPORTING__REPORT_SENT__INIT};
        struct statement statement;
        struct statement_figures figures;
        statement_load(work, contract, &statement);
        changes_positions(work, &list.now);
        read_later(work, T_OWED_CHANGE, contract, &list);
        txn_look_short(work->txn, true);
        for (size_t i = 0; i < statement.obligation_count; i++)
                read_later(work, T_WORK_CHANGE, statement.obligations[i].id, &list);
        txn_look_short(work->txn, false);
        if (list.count > 0)
                qsort(list.at, list.count, sizeof(*list.at), by_record);
        for (size_t i = list.count; i > 0; i--)
                apply(&statement, &list.at[i - 1], -1);
        statement_figures(&statement, &figures);
        tell_files(work, &figures, sent, reply);
        tell_events(work, &statement, &list, &figures, reply);
        tell_placements(work, &statement, &list, &figures, reply);
        drop_empty_lines(reply);
}
