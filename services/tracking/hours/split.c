#include "services/tracking/hours/split.h"

#include "common/base/french.h"
#include "services/tracking/hours/hours_rows.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

enum { WHOLE = 1000000 };

static bool by_hours(const Tracking__SplitHours *command, int64_t total, int64_t *ret_parts, struct refusal *ret)
{
        int64_t sum = 0;
        for (size_t i = 0; i < command->n_parts; i++) {
                ret_parts[i] = hours_hundredths(hours_of(command->parts[i]->hours));
                sum += ret_parts[i];
        }
        return sum == total ||
               refuse(ret, INVALID, "parts",
                      "Les heures des parcours font ensemble celles qui ont été travaillées, au centième "
                      "près : corrigez-les, ou dites des parts.");
}

/* What is cut off goes, hundredth by hundredth, to the parts that lost most. */
static void give_remainders(int64_t left, size_t count, int64_t *remainders, int64_t *parts)
{
        for (; left > 0; left--) {
                size_t most = 0;
                for (size_t i = 1; i < count; i++)
                        if (remainders[i] > remainders[most])
                                most = i;
                parts[most]++;
                remainders[most] = -1;
        }
}

static bool by_share(const Tracking__SplitHours *command, int64_t total, int64_t *ret_parts, struct refusal *ret)
{
        int64_t remainders[SPLIT_PARTS_MAX], left = total, sum = 0;
        for (size_t i = 0; i < command->n_parts; i++) {
                int64_t share = share_millionths(share_of(command->parts[i]->share));
                sum += share;
                ret_parts[i] = total * share / WHOLE;
                remainders[i] = total * share % WHOLE;
                left -= ret_parts[i];
        }
        if (sum != WHOLE)
                return refuse(ret, INVALID, "parts",
                              "Les parts font ensemble 1 exactement : 0,6 et 0,4 pour deux clauses, par exemple.");
        give_remainders(left, command->n_parts, remainders, ret_parts);
        return true;
}

bool split_hours(const Tracking__SplitHours *command, int64_t ret_parts[SPLIT_PARTS_MAX], struct refusal *ret)
{
        int64_t total = hours_hundredths(hours_of(command->hours));
        size_t shares = 0, hours = 0;
        if (command->n_parts < 2 || command->n_parts > SPLIT_PARTS_MAX)
                return refuse(ret, INVALID, "parts", "Dites de 2 à %d parcours, un par clause.", SPLIT_PARTS_MAX);
        for (size_t i = 0; i < command->n_parts; i++) {
                shares += command->parts[i]->share != NULL;
                hours += command->parts[i]->hours != NULL;
        }
        if (hours == command->n_parts && shares == 0)
                return by_hours(command, total, ret_parts, ret);
        if (shares == command->n_parts && hours == 0)
                return by_share(command, total, ret_parts, ret);
        return refuse(ret, INVALID, "parts",
                      "Dites de chaque parcours sa part, ou de chaque parcours ses heures : pas les deux.");
}

bool split_allows(const struct work *work, struct id placement, struct month month, int64_t hundredths,
                  struct refusal *ret)
{
        const Tracking__HoursSplitRow *row = tracking_hours_split(work->txn, month, placement, work->arena);
        for (size_t i = 0; row != NULL && i < row->n_parts; i++) {
                struct hours part = hours_of(row->parts[i]->hours);
                if (!id_equal(id_of(row->parts[i]->placement_id), placement) || hundredths <= hours_hundredths(part))
                        continue;
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "hours",
                              "Ce mois est réparti entre plusieurs clauses, et ce parcours en a %s : au-delà, la somme "
                              "dépasserait les heures travaillées. Corrigez la répartition (guichetctl split).",
                              french_hours(work->arena, part));
        }
        return true;
}
