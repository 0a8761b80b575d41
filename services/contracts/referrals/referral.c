#include "services/contracts/referrals/referral.h"

#include "common/base/text.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

int referral_rules_check(const struct dated *dated, struct err_info *info)
{
        const Contracts__ReferralRules *rules = (const Contracts__ReferralRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (text_is_empty(rules->versions[i]->desk) || rules->versions[i]->reminder_days == 0)
                        return err_set(info, ERR_CONFIG, "referrals.json: version %s: needs desk and reminder_days",
                                       rules->versions[i]->version);
        return 0;
}

bool referral_check_close(const Contracts__ReferralRow *row, const Contracts__CloseReferral *command,
                          struct refusal *ret_refusal)
{
        if (row->closed != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "referral_id",
                              "Cette transmission est déjà close : transmettez une nouvelle question s'il y a lieu.");
        if (command->closed_on->days < row->referred->referred_on->days)
                return refuse(ret_refusal, INVALID, "closed_on",
                              "Indiquez le jour de la réponse : il ne précède pas celui de la transmission.");
        return true;
}
