#include "services/contracts/consultation/consultation_rows.h"

#include <stdlib.h>

#include "services/contracts/record/contract.h"

Contracts__ConsultationRow *consultation_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_CONSULTATION, contract, &contracts__consultation_row__descriptor, arena);
}

void consultation_put(struct txn *txn, struct arena *arena, const Contracts__ConsultationRow *row)
{
        contracts_row_put(txn, T_CONSULTATION, id_of(row->contract_id), row, arena);
}

Contracts__QuestionRow *question_find(struct txn *txn, struct arena *arena, struct id question)
{
        return contracts_row_find(txn, T_QUESTION, question, &contracts__question_row__descriptor, arena);
}

void question_put(struct txn *txn, struct arena *arena, const Contracts__QuestionRow *row)
{
        contracts_row_put(txn, T_QUESTION, id_of(row->question_id), row, arena);
        contracts_about_put(txn, id_of(row->contract_id), ABOUT_QUESTION, id_of(row->question_id));
}

void question_remove(struct txn *txn, const Contracts__QuestionRow *row)
{
        contracts_row_remove(txn, T_QUESTION, id_of(row->question_id));
        contracts_about_remove(txn, id_of(row->contract_id), ABOUT_QUESTION, id_of(row->question_id));
}

/* Ids made within one millisecond are in no order; numbers are. */
static int by_number(const void *a, const void *b)
{
        const Contracts__QuestionRow *const *left = a, *const *right = b;
        return ((*left)->number > (*right)->number) - ((*left)->number < (*right)->number);
}

struct questions questions_of(struct txn *txn, struct arena *arena, struct id contract)
{
        struct questions questions = {0};
        struct walk walk;
        struct id id;

        contracts_about_walk(txn, contract, ABOUT_QUESTION, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__QuestionRow *row = question_find(txn, arena, id);
                if (row == NULL) /* the transaction has failed */
                        break;
                questions.rows = pb_append(questions.rows, &questions.count, sizeof(row), arena);
                questions.rows[questions.count - 1] = row;
        }
        walk_end(&walk);
        if (questions.count > 1)
                qsort(questions.rows, questions.count, sizeof(*questions.rows), by_number);
        return questions;
}

bool loaded_consultation_of_contract(const struct work *work, const Types__Id *contract_id,
                                     struct loaded_consultation *ret, struct refusal *ret_refusal)
{
        struct loaded_consultation loaded = {0};

        if (!loaded_contract_find(work, contract_id, &loaded.contract, ret_refusal) ||
            !contract_admits(loaded.contract.file, ret_refusal))
                return false;
        loaded.row = consultation_find(work->txn, work->arena, loaded.contract.id);
        if (loaded.row == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat n'a pas de consultation : ouvrez-la d'abord (OpenConsultation).");
        if (loaded_contract_has_ended(&loaded.contract))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat est terminé : sa consultation ne change plus.");
        *ret = loaded;
        return true;
}

bool loaded_consultation_of_question(const struct work *work, const Types__Id *question_id,
                                     struct loaded_consultation *ret, struct refusal *ret_refusal)
{
        Contracts__QuestionRow *question = question_find(work->txn, work->arena, id_of(question_id));
        if (question == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "question_id",
                              "Cette question n'est pas connue : vérifiez son identifiant.");
        if (!loaded_consultation_of_contract(work, question->contract_id, ret, ret_refusal))
                return false;
        ret->question = question;
        return true;
}

static bool see_contact(struct slice value, bool (*see)(void *argument, struct id id), void *argument)
{
        struct arena arena scoped(arena_fini) = {0};
        const Contracts__ConsultationRow *row = pb_decode(&contracts__consultation_row__descriptor, value, &arena);
        return row == NULL || row->contact_id == NULL || see(argument, id_of(row->contact_id));
}

bool consultation_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_backwards(txn, T_CONSULTATION, slice_of(NULL, 0), slice_of(NULL, 0));
        bool more = true;
        while (more && scan_next(&scan))
                more = see_contact(scan.value, see, argument);
        scan_end(&scan);
        return more;
}
