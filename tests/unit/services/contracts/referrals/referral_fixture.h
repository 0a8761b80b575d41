/* referral_fixture.h: an environmental matter handed to the guichet vert. Today is 18 October 2026. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_REFERRALS_REFERRAL_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_REFERRALS_REFERRAL_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

static inline Contracts__ReferMatter *a_matter(struct fixture *f, Types__Id *contract)
{
        Contracts__ReferMatter *command = pb_new(&contracts__refer_matter__descriptor, &f->arena);
        command->contract_id = contract;
        command->subject = arena_text(&f->arena, "Réemploi des menuiseries déposées");
        command->referred_on = a_day(f, 2026, 9, 1);
        return command;
}

static inline Types__Id *refer(struct fixture *f, const Contracts__ReferMatter *command)
{
        const Contracts__ReferMatterReply *reply = fixture_get(f, facilitator(f), "ReferMatter", command);
        return reply->referral_id;
}

static inline Contracts__CloseReferral *an_answer(struct fixture *f, Types__Id *referral)
{
        Contracts__CloseReferral *command = pb_new(&contracts__close_referral__descriptor, &f->arena);
        command->referral_id = referral;
        command->outcome = CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED;
        command->closed_on = a_day(f, 2026, 9, 20);
        command->text = arena_text(&f->arena, "Clause type transmise à l'acheteur");
        return command;
}

static inline const Contracts__ContractFactsReply *see_facts(struct fixture *f, const Wire__Passport *actor,
                                                             Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

#endif
