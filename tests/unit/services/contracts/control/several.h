/* several.h: several obligations under one contract, for the tests of the room's lists. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_SEVERAL_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_SEVERAL_H

#include "common/base/siret.h"
#include "tests/unit/services/contracts/control/steps.h"

enum { SEVERAL = 5 };

struct several {
        Types__Id *contract;
        Types__Id *obligations[SEVERAL]; /* lots 1, 2, 3…; even ones in territory 31, odd ones in 09 */
};

static inline struct several several_obligations(struct fixture *f)
{
        struct several s = {.contract = a_contract(f)};
        for (uint32_t i = 0; i < SEVERAL; i++) {
                Contracts__PutClause *put = clause_on(f, s.contract);
                put->lot = i + 1;
                in_territories(f, put, i % 2 == 0 ? "31" : "09");
                Types__Id *clause = put_clause(f, put)->clause_id;
                (void)put_plan(f, plan_on(f, clause, ""));
                Contracts__RecordObligation *command = obligation_on(f, clause);
                if (i > 0) {
                        command->contractor_siret = arena_alloc(&f->arena, SIRET_DIGITS + 1);
                        siret_make(13002526, i, command->contractor_siret);
                        command->contractor_organisation = id_to(&f->arena, id_numbered((uint8_t)(20 + i)));
                }
                s.obligations[i] = record_obligation(f, command)->obligation_id;
                f->world.now_ms_value += 1000; /* ids grow with time: lists are in this order */
        }
        return s;
}

#endif
