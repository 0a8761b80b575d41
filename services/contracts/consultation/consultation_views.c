#include "services/contracts/consultation/consultation_views.h"

#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/criteria.h"
#include "services/contracts/consultation/deadline.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contact.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/versions.h"

static bool acts_as(const struct work *work, Types__Role role)
{
        return work->actor->role == role;
}

/* Security: of the facilitators, those who follow the contract read who asked, in which words, and the contact. */
static bool is_followed(const struct work *work, const struct loaded_contract *loaded)
{
        return !acts_as(work, TYPES__ROLE__FACILITATOR) || access_file(work, loaded->id, loaded->record);
}

/* Security: an answer is the facilitators' until it is sent, the buyer's and theirs until it is published. */
static bool sees_answer(const struct work *work, const struct loaded_contract *loaded,
                        const Contracts__QuestionRow *question)
{
        if (question->draft == NULL)
                return false;
        if (question->state == CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED)
                return true;
        if (acts_as(work, TYPES__ROLE__BUYER))
                return question->sent_on != NULL;
        return !acts_as(work, TYPES__ROLE__AUDITOR) && is_followed(work, loaded);
}

bool question_is_pending(const Contracts__QuestionRow *question)
{
        return question->state != CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED &&
               question->state != CONTRACTS__QUESTION_STATE__QUESTION_SET_ASIDE;
}

/* Kept once the answer is with the buyer: what is left to do is the buyer's, by the last day of information. */
static bool answer_is_given(const Contracts__QuestionRow *question)
{
        return !question_is_pending(question) || question->state == CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER;
}

Contracts__QuestionView *view_of_question(const struct work *work, const struct loaded_contract *loaded,
                                          const Contracts__ConsultationRow *row, const Contracts__QuestionRow *question)
{
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, day_of(row->published_on));
        struct day due = deadline_answer(row, rules, day_of(question->received_on));
        Contracts__QuestionView *view = pb_new(&contracts__question_view__descriptor, work->arena);

        view->question_id = question->question_id;
        view->version = contracts_version(work->txn, THING_QUESTION, id_of(question->question_id));
        view->number = question->number;
        view->received_on = question->received_on;
        view->channel = question->channel;
        view->asked_late = question->asked_late;
        view->state = question->state;
        view->answer_due_on = day_to(work->arena, due);
        view->answer_state = deadline_state(rules, due, work->today, answer_is_given(question));
        view->sent_on = question->sent_on;
        view->sending = question->sendings;
        view->published_on = question->published_on;
        view->reference = question->reference;
        if (sees_answer(work, loaded, question)) {
                view->wording = question->draft->wording;
                view->answer = question->draft->answer;
        }
        if (is_followed(work, loaded)) {
                view->text = question->asked->text;
                view->asker_name = question->asked->asker_name;
                view->asker_siret = question->asked->asker_siret;
                view->set_aside_for = question->set_aside_for;
        }
        return view;
}

static char *contact_told(const struct work *work, const Contracts__ConsultationRow *row)
{
        const Contracts__SealedPerson *person = contact_open(work, row->contact_id, row->sealed_contact);
        return person != NULL && person->person_case == CONTRACTS__SEALED_PERSON__PERSON_BUYER_CONTACT
                       ? person->buyer_contact
                       : row->buyer_contact;
}

Contracts__ConsultationView *view_of_consultation(const struct work *work, const struct loaded_contract *loaded,
                                                  const Contracts__ConsultationRow *row,
                                                  const struct questions *questions)
{
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, day_of(row->published_on));
        Contracts__ConsultationView *view = pb_new(&contracts__consultation_view__descriptor, work->arena);

        view->contract_id = row->contract_id;
        view->published_on = row->published_on;
        view->offers_due_on = row->offers_due_on;
        view->urgent = row->urgent;
        view->price_only = row->price_only;
        view->information_due_on = row->information_due_on;
        view->information_source = deadline_source(row, loaded->record->kind, rules, work->arena);
        view->published = row->published;
        for (size_t i = 0; i < questions->count; i++)
                view->pending += question_is_pending(questions->rows[i]);
        /* Nothing is asked any more after the last day, so that it is kept when nothing waits then. */
        bool kept = view->pending == 0 && row->information_due_on->days < day_number(work->today);
        view->information_state = deadline_state(rules, day_of(row->information_due_on), work->today, kept);
        deadline_warn(view, work->arena);
        const struct criteria_of criteria = {loaded->record->kind, day_of(row->published_on)};
        pb_append_text(&view->warnings, &view->n_warnings,
                       row->price_only ? criteria_warning(rules, &criteria, work->arena) : NULL, work->arena);
        if (is_followed(work, loaded))
                view->buyer_contact = contact_told(work, row);
        return view;
}
