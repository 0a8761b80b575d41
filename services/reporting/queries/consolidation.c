/* All contracts, or those of a year or a territory: sums over the scopes that the question covers. */
#include "services/reporting/queries/consolidation.h"

#include <stdio.h>

#include "reporting/calls.h"
#include "services/reporting/queries/modality.h"

enum { HOURS_PER_FTE_HUNDREDTHS = 160000, TERRITORIES_MAX = 128 }; /* AVE: 25,124,684 h = 15,703 FTE in 2021 */

struct scope_figures {
        char territory[8];
        int64_t hundredths;
        uint32_t persons;
};

struct totals {
        const Reporting__ConsolidationRequest *request;
        struct demand demand;
        struct activity activity;
        struct modality_sum by_modality;
        struct told moments[MOMENTS];
        struct scope_figures territories[TERRITORIES_MAX];
        size_t territory_count;
};

static bool covers(const Reporting__ConsolidationRequest *request, struct slice key)
{
        return (request->year == 0 || scope_year(key) == request->year) &&
               (request->territory[0] == '\0' || strcmp(request->territory, scope_territory(key)) == 0);
}

static void add_demand(struct work *work, struct totals *totals)
{
        struct scan scan = scan_prefix(work->txn, T_DEMAND, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                struct demand one;
                if (!covers(totals->request, scan.key))
                        continue;
                memcpy(&one, scan.value.data, sizeof(one));
                totals->demand.contracts += one.contracts;
                totals->demand.with_clause += one.with_clause;
                totals->demand.obligations += one.obligations;
                totals->demand.needs += one.needs;
                totals->demand.positions += one.positions;
                totals->demand.due_hundredths += one.due_hundredths;
                totals->demand.remaining_hundredths += one.remaining_hundredths;
                totals->demand.surplus_hundredths += one.surplus_hundredths;
                totals->demand.waived_hundredths += one.waived_hundredths;
                for (size_t i = 0; i < CONSIDERATIONS; i++)
                        totals->demand.by_consideration[i] += one.by_consideration[i];
        }
        scan_end(&scan);
}

static struct scope_figures *territory_of(struct totals *totals, const char *territory)
{
        for (size_t i = 0; i < totals->territory_count; i++)
                if (strcmp(totals->territories[i].territory, territory) == 0)
                        return &totals->territories[i];
        if (totals->territory_count == TERRITORIES_MAX)
                return NULL; /* France has 109 departments and collectivities */
        struct scope_figures *figures = &totals->territories[totals->territory_count++];
        (void)snprintf(figures->territory, sizeof(figures->territory), "%s", territory);
        return figures;
}

/* Persons are counted once: those of the year asked for, or of year 0, which holds those of all years. */
static void add_persons(struct totals *totals, const struct activity *one, struct scope_figures *territory)
{
        totals->activity.persons += one->persons;
        for (size_t i = 0; i < MODALITIES; i++)
                totals->by_modality.persons[i] += one->persons_by_modality[i];
        if (territory != NULL)
                territory->persons += one->persons;
}

static void add_work(struct totals *totals, const struct activity *one, struct scope_figures *territory)
{
        totals->activity.converted_hundredths += one->converted_hundredths;
        if (territory != NULL)
                territory->hundredths += one->converted_hundredths;
        for (size_t i = 0; i < MODALITIES; i++) {
                totals->by_modality.hundredths[i] += one->hundredths[i];
                totals->by_modality.placements[i] += one->placements[i];
                if (territory != NULL)
                        territory->hundredths += one->hundredths[i];
        }
        for (size_t i = 0; i < OUTCOMES; i++)
                totals->activity.outcomes[i] += one->outcomes[i];
}

static void add_activity(struct work *work, struct totals *totals)
{
        struct scan scan = scan_prefix(work->txn, T_ACTIVITY, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                struct activity one;
                if (!covers(totals->request, scan.key))
                        continue;
                memcpy(&one, scan.value.data, sizeof(one));
                struct scope_figures *territory = territory_of(totals, scope_territory(scan.key));
                if (scope_year(scan.key) == totals->request->year)
                        add_persons(totals, &one, territory);
                add_work(totals, &one, territory);
        }
        scan_end(&scan);
}

static void add_told(struct work *work, struct totals *totals)
{
        struct scan scan = scan_prefix(work->txn, T_OUTCOMES, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                struct told one;
                uint32_t at = key_read_u32(scan.key, scan.key.size - sizeof(uint32_t));
                if (!covers(totals->request, scan.key) || at >= MOMENTS)
                        continue;
                memcpy(&one, scan.value.data, sizeof(one));
                totals->moments[at].not_reached += one.not_reached;
                for (size_t i = 0; i < OUTCOMES; i++)
                        totals->moments[at].outcomes[i] += one.outcomes[i];
        }
        scan_end(&scan);
}

/* Of all that ended: who told what became of her, who was not reached, and the rest. */
static void put_moments(struct work *work, const struct totals *totals, Reporting__ConsolidationReply *reply)
{
        uint32_t ended = 0;
        for (size_t i = 0; i < OUTCOMES; i++)
                ended += totals->activity.outcomes[i];
        reply->by_moment = arena_alloc(work->arena, MOMENTS * sizeof(*reply->by_moment));
        for (size_t at = 1; at < MOMENTS && ended > 0; at++) {
                const struct told *told = &totals->moments[at];
                Reporting__MomentFigures *line = pb_new(&reporting__moment_figures__descriptor, work->arena);
                line->at = (Tracking__OutcomeMoment)at;
                line->not_reached = told->not_reached;
                line->not_asked = ended - told->not_reached;
                line->by_outcome = arena_alloc(work->arena, OUTCOMES * sizeof(*line->by_outcome));
                for (size_t i = 0; i < OUTCOMES; i++) {
                        if (told->outcomes[i] == 0)
                                continue;
                        Reporting__OutcomeFigures *one = pb_new(&reporting__outcome_figures__descriptor, work->arena);
                        one->outcome = (Tracking__Outcome)i;
                        one->placements = told->outcomes[i];
                        line->not_asked -= told->outcomes[i];
                        line->by_outcome[line->n_by_outcome++] = one;
                }
                reply->by_moment[reply->n_by_moment++] = line;
        }
}

/* Months come in the order of (year, territory, month); the reply wants one line a month, ascending. */
static void put_months(struct work *work, const struct totals *totals, Reporting__ConsolidationReply *reply)
{
        struct scan scan = scan_prefix(work->txn, T_MONTH, slice_of(NULL, 0));
        size_t year_begins = 0; /* lines before this one are of earlier years */
        uint32_t year = 0;
        while (scan_next(&scan)) {
                struct month_hours sum;
                if (!covers(totals->request, scan.key))
                        continue;
                memcpy(&sum, scan.value.data, sizeof(sum));
                if (scope_year(scan.key) != year) {
                        year = scope_year(scan.key);
                        year_begins = reply->n_by_month;
                }
                int32_t month = (int32_t)key_read_u32(scan.key, scan.key.size - sizeof(uint32_t));
                size_t at = year_begins;
                while (at < reply->n_by_month && reply->by_month[at]->month->months < month)
                        at++;
                if (at < reply->n_by_month && reply->by_month[at]->month->months == month) {
                        reply->by_month[at]->hours->hundredths += sum.worked_hundredths;
                        reply->by_month[at]->converted->hundredths += sum.converted_hundredths;
                        continue;
                }
                Reporting__MonthFigures *line = pb_new(&reporting__month_figures__descriptor, work->arena);
                line->month = month_to(work->arena, month_of_number(month));
                line->hours = hours_to(work->arena, hours_of_hundredths(sum.worked_hundredths));
                line->converted = hours_to(work->arena, hours_of_hundredths(sum.converted_hundredths));
                reply->by_month = pb_append(reply->by_month, &reply->n_by_month, sizeof(*reply->by_month), work->arena);
                memmove(&reply->by_month[at + 1], &reply->by_month[at],
                        (reply->n_by_month - 1 - at) * sizeof(*reply->by_month));
                reply->by_month[at] = line;
        }
        scan_end(&scan);
}

static void put_lines(struct work *work, const struct totals *totals, Reporting__ConsolidationReply *reply)
{
        reply->by_modality = modality_figures(work->arena, &totals->by_modality, &reply->n_by_modality);
        reply->by_consideration = arena_alloc(work->arena, CONSIDERATIONS * sizeof(*reply->by_consideration));
        for (size_t i = 0; i < CONSIDERATIONS; i++) {
                if (totals->demand.by_consideration[i] == 0)
                        continue;
                Reporting__ConsiderationFigures *line =
                        pb_new(&reporting__consideration_figures__descriptor, work->arena);
                line->consideration = (Contracts__SocialConsideration)i;
                line->contracts = totals->demand.by_consideration[i];
                reply->by_consideration[reply->n_by_consideration++] = line;
        }
        reply->by_outcome = arena_alloc(work->arena, OUTCOMES * sizeof(*reply->by_outcome));
        for (size_t i = 0; i < OUTCOMES; i++) {
                if (totals->activity.outcomes[i] == 0)
                        continue;
                Reporting__OutcomeFigures *line = pb_new(&reporting__outcome_figures__descriptor, work->arena);
                line->outcome = (Tracking__Outcome)i;
                line->placements = totals->activity.outcomes[i];
                reply->by_outcome[reply->n_by_outcome++] = line;
        }
        reply->by_territory = arena_alloc(work->arena, (totals->territory_count + 1) * sizeof(*reply->by_territory));
        for (size_t i = 0; i < totals->territory_count; i++) {
                Reporting__TerritoryFigures *line = pb_new(&reporting__territory_figures__descriptor, work->arena);
                line->territory = arena_text(work->arena, totals->territories[i].territory);
                line->hours = hours_to(work->arena, hours_of_hundredths(totals->territories[i].hundredths));
                line->persons = totals->territories[i].persons;
                reply->by_territory[reply->n_by_territory++] = line;
        }
}

Reporting__ConsolidationReply *consolidation_reply(struct work *work, const Reporting__ConsolidationRequest *request)
{
        struct totals *totals = arena_zalloc(work->arena, sizeof(*totals));
        Reporting__ConsolidationReply *reply = pb_new(&reporting__consolidation_reply__descriptor, work->arena);
        int64_t done_hundredths = 0;

        totals->request = request;
        add_demand(work, totals);
        add_activity(work, totals);
        add_told(work, totals);
        for (size_t i = 0; i < MODALITIES; i++) {
                done_hundredths += totals->by_modality.hundredths[i];
                reply->placements += totals->by_modality.placements[i];
        }
        int64_t counted = done_hundredths + totals->activity.converted_hundredths;
        reply->contracts = totals->demand.contracts;
        reply->contracts_with_clause = totals->demand.with_clause;
        reply->obligations = totals->demand.obligations;
        reply->needs = totals->demand.needs;
        reply->positions_wanted = totals->demand.positions;
        reply->due = hours_to(work->arena, hours_of_hundredths(totals->demand.due_hundredths));
        reply->remaining = hours_to(work->arena, hours_of_hundredths(totals->demand.remaining_hundredths));
        reply->surplus = hours_to(work->arena, hours_of_hundredths(totals->demand.surplus_hundredths));
        reply->waived = hours_to(work->arena, hours_of_hundredths(totals->demand.waived_hundredths));
        reply->done = hours_to(work->arena, hours_of_hundredths(done_hundredths));
        reply->converted = hours_to(work->arena, hours_of_hundredths(totals->activity.converted_hundredths));
        reply->full_time_equivalents =
                decimal_to(work->arena, decimal_of_millionths(counted * 1000000 / HOURS_PER_FTE_HUNDREDTHS));
        reply->persons = totals->activity.persons;
        reply->organisations = (uint32_t)txn_count(work->txn, T_ORGANISATION);
        put_lines(work, totals, reply);
        put_moments(work, totals, reply);
        put_months(work, totals, reply);
        return reply;
}

struct reply handle_consolidation(struct work *work, const ProtobufCMessage *message)
{
        return reply_ok(work, consolidation_reply(work, (const void *)message));
}
