#include "services/contracts/consultation/offer.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/types.h"

static const int64_t hundredths_max = INT64_C(600000000); /* what an obligation holds */

struct share offer_share(const Contracts__OfferMember *member)
{
        return member->share == NULL ? share_of_millionths(SHARE_ONE_MILLIONTHS) : share_of(member->share);
}

static bool is_twice(Contracts__OfferMember *const *members, size_t i)
{
        for (size_t j = 0; j < i; j++)
                if (strcmp(members[j]->siret, members[i]->siret) == 0)
                        return true;
        return false;
}

bool offer_check_members(Contracts__OfferMember *const *members, size_t count, const char *field,
                         struct refusal *ret_refusal)
{
        uint64_t sum = 0;

        if (count == 0 || count > OFFER_MEMBERS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "Nommez l'entreprise, ou les membres du groupement, mandataire en tête : %d au plus.",
                              OFFER_MEMBERS_MAX);
        for (size_t i = 0; i < count; i++) {
                if (is_twice(members, i))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                                      "Le SIRET du membre %zu est déjà celui d'un autre : ne le donnez qu'une fois.",
                                      i + 1);
                if (share_millionths(offer_share(members[i])) == 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                                      "Le membre %zu n'a pas de part : donnez-lui une part des heures, ou retirez-le.",
                                      i + 1);
                sum += share_millionths(offer_share(members[i]));
        }
        if (sum != SHARE_ONE_MILLIONTHS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "Les parts des membres ne font pas 100 %% des heures : donnez la part de chacun.");
        return true;
}

bool offer_check(const Contracts__Offer *offer, struct refusal *ret_refusal)
{
        return offer_check_members(offer->members, offer->n_members, "offer.members", ret_refusal);
}

bool offer_hours_owed(const Contracts__Offer *offer, struct hours clause_hours, struct offer_hours *ret,
                      struct refusal *ret_refusal)
{
        int64_t demanded = hours_hundredths(clause_hours), offered = hours_hundredths(hours_of(offer->hours));
        int64_t total = (offered > demanded ? offered : demanded) + hours_hundredths(hours_of(offer->extra_hours));

        if (total <= 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ni la clause du lot ni l'offre ne disent d'heures : posez d'abord la clause "
                              "(PutClause).");
        if (total > hundredths_max)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "offer_id",
                              "Les heures de l'offre dépassent 6 000 000 : corrigez l'offre.");
        ret->total = hours_of_hundredths(total);
        ret->extra =
                hours_of_hundredths(demanded > 0 ? total - demanded : hours_hundredths(hours_of(offer->extra_hours)));
        return true;
}

void offer_split(struct hours total, Contracts__OfferMember *const *members, size_t count, struct hours *ret_parts)
{
        int64_t left = hours_hundredths(total);
        for (size_t i = 0; i < count; i++) {
                /* at most 6 x 10^8 x 10^6 */
                int64_t part =
                        hours_hundredths(total) * share_millionths(offer_share(members[i])) / SHARE_ONE_MILLIONTHS;
                ret_parts[i] = hours_of_hundredths(part);
                left -= part;
        }
        require(left >= 0 && left < (int64_t)count + 1); /* the shares make one */
        for (size_t i = 0; left > 0; i++, left--)
                ret_parts[i] = hours_of_hundredths(hours_hundredths(ret_parts[i]) + 1);
}
