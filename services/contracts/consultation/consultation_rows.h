/* consultation_rows.h: the rows of the consultation and its questions, and how a command finds them.
 *
 * table         kind   key           value
 * consultation  STATE  contract id   ConsultationRow
 * question      STATE  question id   QuestionRow; those of a contract: about, ABOUT_QUESTION
 *
 * company_names, company_by_word: company_names.h */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_ROWS_H
#define SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/loaded_contract.h"

#define CONSULTATION_TABLES(TABLE)                                                                                     \
        TABLE(CONSULTATION, "consultation", TABLE_STATE)                                                               \
        TABLE(QUESTION, "question", TABLE_STATE)                                                                       \
        TABLE(COMPANY_NAMES, "company_names", TABLE_COPY)                                                              \
        TABLE(COMPANY_BY_WORD, "company_by_word", TABLE_COPY)
CONSULTATION_TABLES(TABLE_NUMBER)

Contracts__ConsultationRow *consultation_find(struct txn *txn, struct arena *arena, struct id contract);
void consultation_put(struct txn *txn, struct arena *arena, const Contracts__ConsultationRow *row);

Contracts__QuestionRow *question_find(struct txn *txn, struct arena *arena, struct id question);
void question_put(struct txn *txn, struct arena *arena, const Contracts__QuestionRow *row);

/* Taken back by a withdrawal (corrections/). */
void question_remove(struct txn *txn, const Contracts__QuestionRow *row);

/* All questions of a contract, in the order in which they were recorded. */
struct questions {
        Contracts__QuestionRow **rows;
        size_t count;
};
struct questions questions_of(struct txn *txn, struct arena *arena, struct id contract);

/* A contract with its consultation, for a command. False: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (none open, declined,
 * ended). */
struct loaded_consultation {
        struct loaded_contract contract;
        Contracts__ConsultationRow *row;
        Contracts__QuestionRow *question; /* of loaded_consultation_of_question() */
};
bool loaded_consultation_of_contract(const struct work *work, const Types__Id *contract_id,
                                     struct loaded_consultation *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool loaded_consultation_of_question(const struct work *work, const Types__Id *question_id,
                                     struct loaded_consultation *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The keys of its contacts, newest first; false: `see` said no. */
bool consultation_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

#endif
