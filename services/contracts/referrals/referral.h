/* referral.h: what handing an environmental matter over, and closing it, must say. Pure. Called by the handlers. */
#ifndef SERVICES_CONTRACTS_REFERRALS_REFERRAL_H
#define SERVICES_CONTRACTS_REFERRALS_REFERRAL_H

#include "common/base/day.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "contracts/referrals.pb-c.h"

/* At start: every version names the desk and the days. 0 or ERR_CONFIG. */
int referral_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

bool referral_check_close(const Contracts__ReferralRow *row, const Contracts__CloseReferral *command,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
