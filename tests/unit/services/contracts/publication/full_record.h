/* full_record.h: a market that lacks nothing to be published in the 2022 format; and one of ours opened in the daemon.
 * Included by the tests of the publication's export, links and differences. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_PUBLICATION_FULL_RECORD_H
#define TESTS_UNIT_SERVICES_CONTRACTS_PUBLICATION_FULL_RECORD_H

#include "tests/unit/services/contracts/fixture.h"

static inline char **one_word(struct fixture *f, const char *word)
{
        char **words = arena_alloc(&f->arena, sizeof(*words));
        words[0] = arena_text(&f->arena, word);
        return words;
}

static inline void set_social(struct fixture *f, Contracts__ContractRecord *record,
                              Contracts__SocialConsideration social)
{
        record->social = arena_copy(&f->arena, &social, sizeof(social));
        record->n_social = social == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN ? 0 : 1;
}

static inline Contracts__ContractRecord *a_full_record(struct fixture *f)
{
        static const Contracts__EnvironmentalConsideration none =
                CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__CompanyId *company = pb_new(&contracts__company_id__descriptor, &f->arena);
        company->kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        company->value = arena_text(&f->arena, CONTRACTOR_SIRET);
        record->contractors = arena_copy(&f->arena, &company, sizeof(Contracts__CompanyId *));
        record->n_contractors = 1;
        record->nature = arena_text(&f->arena, "Marché");
        record->procedure = arena_text(&f->arena, "Procédure adaptée");
        record->ccag = arena_text(&f->arena, "Travaux");
        record->grouping = arena_text(&f->arena, "Pas de groupement");
        record->price_form = arena_text(&f->arena, "Forfaitaire");
        record->price_types = one_word(f, "Définitif ferme");
        record->techniques = one_word(f, "Sans objet");
        record->execution_modes = one_word(f, "Sans objet");
        record->n_price_types = record->n_techniques = record->n_execution_modes = 1;
        record->offers_received = 3;
        set_social(f, record, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        record->environmental = arena_copy(&f->arena, &none, sizeof(none));
        record->n_environmental = 1;
        return record;
}

static inline Contracts__ContractRecord *a_full_concession(struct fixture *f)
{
        Contracts__ContractRecord *record = a_full_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        record->nature = arena_text(&f->arena, "Concession de service");
        record->procedure = arena_text(&f->arena, "Procédure négociée ouverte");
        record->starts_on = a_day(f, 2026, 4, 1);
        record->public_subsidy = euros(f, 0);
        return record;
}

static inline Types__Id *opened(struct fixture *f, Contracts__ContractRecord *record)
{
        Contracts__OpenContract command = CONTRACTS__OPEN_CONTRACT__INIT;
        command.is_another = true;
        command.record = record;
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", &command);
        return reply->contract_id;
}

static inline void linked(struct fixture *f, Types__Id *ours, Types__Id *published)
{
        Contracts__LinkPublication command = CONTRACTS__LINK_PUBLICATION__INIT;
        command.contract_id = ours;
        command.published_contract_id = published;
        (void)fixture_get(f, facilitator(f), "LinkPublication", &command);
}

#endif
