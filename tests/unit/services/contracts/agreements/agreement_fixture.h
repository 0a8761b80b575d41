/* agreement_fixture.h: an agreement of the fixture's buyer, complete: signed in 2026, in force in that year, one year
 * more by tacit renewal, 25 € an hour followed. Change what the test is about before sending it. Today is 18 October
 * 2026. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

static inline void add_text(struct fixture *f, char ***texts, size_t *count, const char *text)
{
        *texts = pb_append(*texts, count, sizeof(**texts), &f->arena);
        (*texts)[*count - 1] = arena_text(&f->arena, text);
}

static inline Contracts__FeeRule *a_fee(struct fixture *f, Contracts__FeeKind kind, int64_t rate_euros)
{
        Contracts__FeeRule *fee = pb_new(&contracts__fee_rule__descriptor, &f->arena);
        fee->kind = kind;
        fee->rate = rate_euros == 0 ? NULL : euros(f, rate_euros);
        return fee;
}

static inline Contracts__Agreement *an_agreement(struct fixture *f)
{
        Contracts__Agreement *agreement = pb_new(&contracts__agreement__descriptor, &f->arena);
        agreement->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        agreement->buyer_name = arena_text(&f->arena, "Commune de Tournefeuille");
        agreement->buyer_represented_by = arena_text(&f->arena, "son maire");
        agreement->carrier_siret = arena_text(&f->arena, "13002526500013");
        agreement->carrier_name = arena_text(&f->arena, "Maison de l'emploi");
        agreement->carrier_represented_by = arena_text(&f->arena, "sa présidente");
        agreement->perimeter = arena_text(&f->arena, "Tous les marchés de travaux et de services de la commune.");
        add_text(f, &agreement->territories, &agreement->n_territories, "31");
        add_text(f, &agreement->buyer_commitments, &agreement->n_buyer_commitments,
                 "associer le facilitateur avant la rédaction du dossier");
        add_text(f, &agreement->carrier_commitments, &agreement->n_carrier_commitments,
                 "rendre un bilan chaque semestre");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 25);
        agreement->starts_on = a_day(f, 2026, 1, 1);
        agreement->ends_on = a_day(f, 2026, 12, 31);
        agreement->tacit_renewal = true;
        agreement->renewal_months = 12;
        agreement->renewals_max = 1;
        agreement->notice_days = 60;
        return agreement;
}

static inline Types__Id *put_agreement(struct fixture *f, Contracts__Agreement *agreement)
{
        Contracts__PutAgreement command = CONTRACTS__PUT_AGREEMENT__INIT;
        command.agreement = agreement;
        f->world.now_ms_value++; /* of two that are signed on one day the one written last takes over */
        const Contracts__PutAgreementReply *reply = fixture_get(f, facilitator(f), "PutAgreement", &command);
        return reply->agreement_id;
}

static inline Contracts__AgreementState sign_agreement(struct fixture *f, Types__Id *id)
{
        Contracts__SignAgreement command = CONTRACTS__SIGN_AGREEMENT__INIT;
        command.agreement_id = id;
        command.signed_on = a_day(f, 2025, 12, 10);
        const Contracts__SignAgreementReply *reply = fixture_get(f, facilitator(f), "SignAgreement", &command);
        return reply->state;
}

static inline Types__Id *a_signed_agreement(struct fixture *f, Contracts__Agreement *agreement)
{
        Types__Id *id = put_agreement(f, agreement);
        (void)sign_agreement(f, id);
        return id;
}

static inline const Contracts__AgreementView *see_agreement(struct fixture *f, const Wire__Passport *actor,
                                                            Types__Id *id)
{
        Contracts__AgreementById query = CONTRACTS__AGREEMENT_BY_ID__INIT;
        query.agreement_id = id;
        return fixture_get(f, actor, "AgreementById", &query);
}

static inline const Contracts__ContractFactsReply *see_facts(struct fixture *f, const Wire__Passport *actor,
                                                             Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

#endif
