/* consultation_fixture.h: a contract in consultation (offers due on 2026-11-10, information until 2026-11-04; today is
 * 2026-10-18), and the steps of a question on its way to all. Organisation 5 is the contract's buyer. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_FIXTURE_H

#include "tests/unit/services/contracts/fixture.h"

#define A_DAY_MS INT64_C(86400000)

static inline Types__Id *a_contract_of_ours(struct fixture *f)
{
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = a_record(f);
        open.record->notified_on = open.record->published_on = NULL; /* nobody has won it yet */
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", &open);
        return reply->contract_id;
}

static inline Wire__Passport *the_buyer(struct fixture *f)
{
        return of_organisation(f, TYPES__ROLE__BUYER, 5);
}

static inline Contracts__OpenConsultation *opening_of(struct fixture *f, Types__Id *contract)
{
        Contracts__OpenConsultation *command = pb_new(&contracts__open_consultation__descriptor, &f->arena);
        command->contract_id = contract;
        command->published_on = a_day(f, 2026, 10, 1);
        command->offers_due_on = a_day(f, 2026, 11, 10);
        command->buyer_contact = arena_text(&f->arena, "Service des marchés, Mme Contact");
        return command;
}

/* The buyer's SIRET is told by the directory on the way. */
static inline Types__Id *a_consultation(struct fixture *f)
{
        Types__Id *contract = a_contract_of_ours(f);
        directory_tells(f, 1, 5, BUYER_SIRET);
        (void)fixture_get(f, facilitator(f), "OpenConsultation", opening_of(f, contract));
        return contract;
}

static inline Contracts__RecordQuestion *question_on(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordQuestion *command = pb_new(&contracts__record_question__descriptor, &f->arena);
        command->contract_id = contract;
        command->received_on = a_day(f, 2026, 10, 16);
        command->text = arena_text(&f->arena, "Chez Durand, pouvons-nous compter nos apprentis ?");
        command->channel = CONTRACTS__QUESTION_CHANNEL__BY_EMAIL;
        command->asker_name = arena_text(&f->arena, "SARL Durand Peinture");
        command->asker_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        return command;
}

static inline Types__Id *a_question(struct fixture *f, Types__Id *contract)
{
        const Contracts__RecordQuestionReply *reply =
                fixture_get(f, facilitator(f), "RecordQuestion", question_on(f, contract));
        return reply->question_id;
}

static inline Contracts__DraftAnswer *draft_of(struct fixture *f, Types__Id *question)
{
        Contracts__DraftAnswer *command = pb_new(&contracts__draft_answer__descriptor, &f->arena);
        command->question_id = question;
        command->wording = arena_text(&f->arena, "Les heures des apprentis comptent-elles ?");
        command->answer = arena_text(&f->arena, "Oui, si la personne est éligible à l'embauche.");
        return command;
}

static inline Contracts__SendAnswer *sending_of(struct fixture *f, Types__Id *question)
{
        Contracts__SendAnswer *command = pb_new(&contracts__send_answer__descriptor, &f->arena);
        command->question_id = question;
        return command;
}

static inline Contracts__PublishAnswer *publication_of(struct fixture *f, Types__Id *question)
{
        Contracts__PublishAnswer *command = pb_new(&contracts__publish_answer__descriptor, &f->arena);
        command->question_id = question;
        return command;
}

static inline void send_to_buyer(struct fixture *f, Types__Id *question)
{
        (void)fixture_get(f, facilitator(f), "DraftAnswer", draft_of(f, question));
        (void)fixture_get(f, facilitator(f), "SendAnswer", sending_of(f, question));
}

static inline void publish(struct fixture *f, Types__Id *question)
{
        send_to_buyer(f, question);
        (void)fixture_get(f, the_buyer(f), "PublishAnswer", publication_of(f, question));
}

static inline const Contracts__ConsultationView *see_consultation(struct fixture *f, const Wire__Passport *actor,
                                                                  Types__Id *contract)
{
        Contracts__ConsultationRequest query = CONTRACTS__CONSULTATION_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "Consultation", &query);
}

static inline const Contracts__PublishedAnswersReply *read_answers(struct fixture *f, const Wire__Passport *actor,
                                                                   Types__Id *contract)
{
        Contracts__PublishedAnswersRequest query = CONTRACTS__PUBLISHED_ANSWERS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "PublishedAnswers", &query);
}

static inline const Contracts__ContractFactsReply *see_facts(struct fixture *f, const Wire__Passport *actor,
                                                             Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

#endif
