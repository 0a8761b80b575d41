/* consultation_views.h: a consultation and its questions as queries show them. Who sees what of a question:
 *
 *   facilitators of the territory, coordinator   all of it
 *   the contract's buyer                         never who asked nor in which words; the answer once it was sent to it
 *   others who may read the contract             the answer once published
 *
 * Companies read published answers only, by a query of their own (published_answers.c). */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_VIEWS_H
#define SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_VIEWS_H

#include "services/contracts/consultation/consultation_rows.h"

/* Without its questions, which are counted: pending, published, and the dates they are late by. */
Contracts__ConsultationView *view_of_consultation(const struct work *work, const struct loaded_contract *loaded,
                                                  const Contracts__ConsultationRow *row,
                                                  const struct questions *questions);
Contracts__QuestionView *view_of_question(const struct work *work, const struct loaded_contract *loaded,
                                          const Contracts__ConsultationRow *row,
                                          const Contracts__QuestionRow *question);

bool question_is_pending(const Contracts__QuestionRow *question);

#endif
