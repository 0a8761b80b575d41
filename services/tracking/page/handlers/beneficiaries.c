/* Beneficiaries: persons as lines without a name. The watchers of a territory see its persons, a prescriber those that
 * it referred. In the order of referral; by what is known of one: the end of her number, who referred her, how she
 * stands. For what public she is eligible is sealed, and no list looks for it. */
#include <string.h>
#include <strings.h>

#include "common/service/page.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/standing.h"
#include "services/tracking/page/replaced.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static bool may_read(const Wire__Passport *actor, const Tracking__BeneficiaryRow *row)
{
        if (scope_is_watcher(actor))
                return passport_covers(actor, row->territory);
        return actor->role == TYPES__ROLE__PRESCRIBER && passport_is_organisation(actor, id_of(row->prescriber));
}

/* Security: line by line, whatever list is walked. */
static bool may_see(const Wire__Passport *actor, const Tracking__BeneficiariesRequest *query,
                    const Tracking__BeneficiaryRow *row)
{
        return (query->territory[0] == '\0' || strcmp(query->territory, row->territory) == 0) && may_read(actor, row);
}

/* The end of the number, as a page shows it. */
static bool ends_with(struct id id, const char *end)
{
        char text[ID_TEXT_SIZE];
        size_t size = strlen(end);
        id_format(id, text);
        return size <= strlen(text) && strcasecmp(text + strlen(text) - size, end) == 0;
}

static bool is_asked(const Tracking__BeneficiariesRequest *query, struct id id, const Tracking__BeneficiaryRow *row)
{
        if (query->prescriber != NULL &&
            (row->prescriber == NULL || !id_equal(id_of(row->prescriber), id_of(query->prescriber))))
                return false;
        return ends_with(id, query->reference);
}

/* Security: as EligibilityById tells it: who is no facilitator, and who reads a restricted file, is told no more than
 * whether she is eligible. What is asked for goes by the same. */
static Tracking__EligibilityStanding standing_told(const struct work *work, struct id id,
                                                   const Tracking__BeneficiaryRow *row)
{
        struct period periods[PERSON_PERIODS_MAX];
        struct standing standing = standing_of(tracking_eligibility(work->txn, id, work->arena), work->today);
        bool reads_all = work->actor->role == TYPES__ROLE__FACILITATOR && row->restriction_code[0] == '\0';
        standing_join(&standing, periods, identity_periods(work->txn, id, periods, work->arena), work->today);
        return reads_all ? standing.standing : standing_for_others(standing.standing);
}

/* Security: that it is merged with a file which is not the reader's is told to nobody by its id. NULL: it goes on by
 * itself, or with such a one. */
static Types__Id *merged_into(const struct work *work, struct id id)
{
        struct id main = identity_main(work->txn, id);
        const Tracking__BeneficiaryRow *row =
                id_equal(main, id) ? NULL : tracking_beneficiary(work->txn, main, work->arena);
        return row != NULL && may_read(work->actor, row) ? id_to(work->arena, main) : NULL;
}

/* Security: a person's placements, without those under a private contract that is not the reader's. Her prescriber is
 * told of each of them. */
static uint32_t placements_told(const struct work *work, struct id beneficiary, const Tracking__BeneficiaryRow *row)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        uint32_t count = 0;

        if (row->placements == 0 || !scope_is_watcher(work->actor) || work->actor->role == TYPES__ROLE__COORDINATOR)
                return row->placements;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id))
                count += tracking_placement(work->txn, id, &placement) &&
                         scope_reads_obligation(work, placement.obligation);
        walk_end(&walk);
        return count;
}

static Tracking__BeneficiaryLine *line_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row)
{
        struct period periods[DECISIONS_MAX + 1];
        size_t count = periods_of(row, periods);
        Tracking__BeneficiaryLine *line = pb_new(&tracking__beneficiary_line__descriptor, work->arena);
        line->beneficiary_id = id_to(work->arena, id);
        line->territory = row->territory;
        line->prescriber = row->prescriber;
        line->referred_at = instant_to(work->arena, row->referred_at_ms);
        line->referred_on = row->referred_on;
        line->eligible_until = count > 0 ? day_to(work->arena, periods[count - 1].until) : NULL;
        line->eligibility_waits = standing_of(tracking_eligibility(work->txn, id, work->arena), work->today).waits;
        line->merged_into = merged_into(work, id);
        return line;
}

static void walk_by(const struct work *work, const Tracking__BeneficiariesRequest *query, struct slice after,
                    struct walk *ret)
{
        if (!scope_is_watcher(work->actor) || query->prescriber != NULL)
                persons_walk(work->txn, LIST_BENEFICIARIES_OF_PRESCRIBER,
                             key_of_id(scope_is_watcher(work->actor) ? id_of(query->prescriber)
                                                                     : id_of(work->actor->organisation)),
                             after, ret);
        else if (query->territory[0] != '\0')
                persons_walk(work->txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text(query->territory), after, ret);
        else
                persons_walk(work->txn, LIST_BENEFICIARIES, key_empty(), after, ret);
}

struct reply handle_beneficiaries(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__BeneficiariesRequest *query = (const Tracking__BeneficiariesRequest *)message;
        Tracking__BeneficiariesReply *reply = pb_new(&tracking__beneficiaries_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        walk_by(work, query, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
                if (row == NULL || !may_see(work->actor, query, row) || !is_asked(query, id, row))
                        continue;
                Tracking__EligibilityStanding standing = standing_told(work, id, row);
                if (query->standing != 0 && query->standing != standing)
                        continue;
                Tracking__BeneficiaryLine *line = line_of(work, id, row);
                line->standing = standing;
                line->placements = placements_told(work, id, row);
                page_add(&page, line);
        }
        return page_reply(&page);
}
