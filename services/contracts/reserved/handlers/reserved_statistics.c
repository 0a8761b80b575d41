/* reserved_statistics: reserved contracts of a year, or of all, counted by ground, by how the facilitator takes part,
 * and by buyer. Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret),
 * NOT_ALLOWED, TOO_LARGE (some 12,000 contracts: ask for a year, or for one buyer). */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include <stdlib.h>
#include <string.h>

#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/reserved/reserved_rows.h"
#include "services/contracts/reserved/reserved_views.h"

static void count_involvement(Contracts__ReservedCount *count, const struct reserved_lot *lot)
{
        switch (lot->involvement) {
        case CONTRACTS__INVOLVEMENT__NOT_INVOLVED: count->not_involved++; return;
        case CONTRACTS__INVOLVEMENT__SOURCING: count->sourcing++; return;
        case CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP:
                count->follow_up++;
                count->with_persons += lot->follows_persons;
                return;
        default: count->not_told++;
        }
}

static void count_one(Contracts__ReservedCount *count, const struct reserved_lot *lot, bool is_invalid)
{
        for (size_t i = 0; i < lot->reservation.n_grounds; i++) {
                count->handicap += lot->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_HANDICAP;
                count->iae += lot->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_IAE;
                count->prison += lot->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_PRISON;
                count->ess += lot->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_ESS;
        }
        count->contracts++;
        count->invalid += is_invalid;
        count_involvement(count, lot);
}

static bool is_ess(const struct reserved_lot *lot)
{
        for (size_t i = 0; i < lot->reservation.n_grounds; i++)
                if (lot->grounds[i] == CONTRACTS__RESERVATION_GROUND__RESERVED_ESS)
                        return true;
        return false;
}

/* By the rules of its day, as reserved_entry_findings() finds. */
static bool is_invalid(const struct work *work, const struct reserved_row *row, struct reserved_lot *lot)
{
        struct day on = lot->reservation.on == NULL ? work->today : day_of(lot->reservation.on), previous;
        const Contracts__ReservationRulesVersion *rules = rules_on(work, DATED_RESERVATIONS, on);
        struct award_before asked = {row->buyer_siret, lot->holder_siret, row->contract, on, rules->ess->years_between};
        Types__Day previous_on = TYPES__DAY__INIT;

        if (lot->reservation.on != NULL && lot->holder_siret[0] != '\0' && is_ess(lot) &&
            reserved_award_before(work->txn, &asked, &previous)) {
                previous_on.days = day_number(previous);
                lot->reservation.previous_award_on = &previous_on;
        }
        return reservation_verdict(&lot->reservation, rules, on) == CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID;
}

/* ---- by buyer. Within a year rows come by buyer, so that a new one begins a new count; those of several years are
 * added up at the end. */

static Contracts__ReservedCount *count_of(const struct work *work, const struct reserved_row *row,
                                          Contracts__ReservedStatisticsReply *reply)
{
        if (reply->n_buyers > 0 && strcmp(reply->buyers[reply->n_buyers - 1]->buyer_siret, row->buyer_siret) == 0)
                return reply->buyers[reply->n_buyers - 1];
        Contracts__ReservedCount *count = pb_new(&contracts__reserved_count__descriptor, work->arena);
        count->buyer_siret = arena_text(work->arena, row->buyer_siret);
        count->buyer_name = arena_text(work->arena, row->buyer_name);
        reply->buyers = pb_append(reply->buyers, &reply->n_buyers, sizeof(*reply->buyers), work->arena);
        reply->buyers[reply->n_buyers - 1] = count;
        return count;
}

static int by_buyer(const void *a, const void *b)
{
        const Contracts__ReservedCount *left = *(Contracts__ReservedCount *const *)a;
        const Contracts__ReservedCount *right = *(Contracts__ReservedCount *const *)b;
        int order = strcmp(left->buyer_siret, right->buyer_siret);
        return order != 0 ? order : strcmp(left->buyer_name, right->buyer_name);
}

static void add_counts(Contracts__ReservedCount *to, const Contracts__ReservedCount *more)
{
        to->contracts += more->contracts;
        to->handicap += more->handicap;
        to->iae += more->iae;
        to->prison += more->prison;
        to->ess += more->ess;
        to->not_told += more->not_told;
        to->not_involved += more->not_involved;
        to->sourcing += more->sourcing;
        to->follow_up += more->follow_up;
        to->with_persons += more->with_persons;
        to->invalid += more->invalid;
}

static void add_up(Contracts__ReservedStatisticsReply *reply)
{
        size_t kept = 0;
        if (reply->n_buyers > 1)
                qsort(reply->buyers, reply->n_buyers, sizeof(*reply->buyers), by_buyer);
        for (size_t i = 0; i < reply->n_buyers; i++)
                if (kept > 0 && strcmp(reply->buyers[kept - 1]->buyer_siret, reply->buyers[i]->buyer_siret) == 0)
                        add_counts(reply->buyers[kept - 1], reply->buyers[i]);
                else
                        reply->buyers[kept++] = reply->buyers[i];
        reply->n_buyers = kept;
}

static void count_all(const struct work *work, struct walk *walk, Contracts__ReservedStatisticsReply *reply)
{
        struct reserved_row row;
        struct reserved_lot lot;
        struct id id;

        txn_look_short(work->txn, true);
        while (walk_next(walk, &id)) {
                reserved_row_read(walk, &row);
                /* Security: a contract that has become private since is for its own. */
                if (!access_eyes(work, row.eyes))
                        continue;
                while (reserved_row_lot(&row, &lot)) {
                        bool is_wrong = is_invalid(work, &row, &lot);
                        count_one(count_of(work, &row, reply), &lot, is_wrong);
                        count_one(reply->total, &lot, is_wrong);
                }
        }
        walk_end(walk);
        txn_look_short(work->txn, false);
}

/* One buyer's rows lie apart by year: each year is looked for. */
static void count_years(const struct work *work, const char *siret, Contracts__ReservedStatisticsReply *reply)
{
        struct walk walk;
        for (uint32_t year = 0; reserved_next_year(work->txn, year, &year); year++) {
                reserved_walk_year(work->txn, year, siret, slice_of(NULL, 0), &walk);
                count_all(work, &walk, reply);
        }
}

struct reply handle_reserved_statistics(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReservedStatisticsRequest *query = (const Contracts__ReservedStatisticsRequest *)message;
        Contracts__ReservedStatisticsReply *reply =
                pb_new(&contracts__reserved_statistics_reply__descriptor, work->arena);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        if (!reserved_scope(work, query->buyer_siret, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->total = pb_new(&contracts__reserved_count__descriptor, work->arena);
        if (query->year == 0 && siret[0] != '\0') {
                count_years(work, siret, reply);
        } else {
                if (query->year == 0)
                        reserved_walk(work->txn, slice_of(NULL, 0), &walk);
                else
                        reserved_walk_year(work->txn, query->year, siret, slice_of(NULL, 0), &walk);
                count_all(work, &walk, reply);
        }
        add_up(reply);
        return reply_ok(work, reply);
}
