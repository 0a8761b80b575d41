/* referrals.h: environmental matters handed to the guichet vert. referrals_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_REFERRALS_REFERRALS_H
#define SERVICES_CONTRACTS_REFERRALS_REFERRALS_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define REFERRALS_DATED(DATED) DATED(REFERRALS, "referrals", contracts__referral_rules__descriptor)
REFERRALS_DATED(DATED_NUMBER)

/* A row as queries show it, in the work's arena. */
Contracts__ReferralView *view_referral(const struct work *work, const Contracts__ReferralRow *row);

void referrals_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
