/* told_parts.h: tranches and renewals told, decided, and their day come, for tests of the room and of control. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_TOLD_PARTS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_TOLD_PARTS_H

#include "services/contracts/obligations/parts_job.h"
#include "tests/unit/services/contracts/fixture.h"

#define TRANCHE CONTRACTS__PART_KIND__OPTIONAL_TRANCHE
#define TACIT   CONTRACTS__PART_KIND__TACIT_RENEWAL
#define EXPRESS CONTRACTS__PART_KIND__EXPRESS_RENEWAL

static inline Contracts__PutContractPart *part_of(struct fixture *f, Types__Id *contract, Contracts__PartKind kind)
{
        Contracts__PutContractPart *command = pb_new(&contracts__put_contract_part__descriptor, &f->arena);
        command->contract_id = contract;
        command->kind = kind;
        command->rank = 1;
        return command;
}

static inline void part_adds(struct fixture *f, Contracts__PutContractPart *command, Types__Id *obligation,
                             int64_t hours)
{
        Contracts__PartHours *one = pb_new(&contracts__part_hours__descriptor, &f->arena);
        one->obligation_id = obligation;
        one->hours = whole_hours(f, hours);
        command->hours = pb_append(command->hours, &command->n_hours, sizeof(one), &f->arena);
        command->hours[command->n_hours - 1] = one;
}

/* From that day for a year; the buyer has until a month before. */
static inline void part_runs(struct fixture *f, Contracts__PutContractPart *command, Types__Day *from)
{
        struct day start = day_of(from);
        command->starts_on = from;
        command->decide_by = day_to(&f->arena, day_of_number(day_number(start) - 30));
        command->ends_on = day_to(&f->arena, day_of_number(day_number(start) + 364));
}

static inline const Contracts__PutContractPartReply *put_part(struct fixture *f, Contracts__PutContractPart *command)
{
        return fixture_get(f, facilitator(f), "PutContractPart", command);
}

static inline Contracts__DecideContractPart *choice_of(struct fixture *f, const Contracts__PutContractPart *part,
                                                       Contracts__PartChoice choice, Types__Day *day)
{
        Contracts__DecideContractPart *command = pb_new(&contracts__decide_contract_part__descriptor, &f->arena);
        command->contract_id = part->contract_id;
        command->kind = part->kind;
        command->rank = part->rank;
        command->choice = choice;
        command->decision = pb_new(&contracts__ledger_decision__descriptor, &f->arena);
        command->decision->reference = arena_text(&f->arena, "Ordre de service 4");
        command->decision->decided_on = day;
        return command;
}

static inline bool part_is_due(struct fixture *f, const Types__Id *contract, struct due *ret)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        bool waits = due_find(txn, &obligations_due, (struct due_name){JOB_PARTS, id_of(contract)}, ret);
        txn_end_read(txn);
        return waits;
}

static inline void run_part_job(struct work *work, void *argument)
{
        parts_look(work, argument);
}

/* What is due runs on that day. */
static inline void part_day_comes_late(struct fixture *f, const Types__Id *contract, const Types__Day *day)
{
        struct job job = {0};
        struct err_info info = {0};
        assert_true(part_is_due(f, contract, &job.due));
        f->world.now_ms_value = (int64_t)day->days * 86400000;
        struct item *item = item_new(f->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = run_part_job;
        item->argument = &job;
        assert_int_equal(engine_run(f->engine, item, &info), 0);
        item_free(f->engine, &item);
}

/* The clock is turned to the next day on which a part begins, and its job runs. */
static inline void part_day_comes(struct fixture *f, const Types__Id *contract)
{
        struct due due;
        assert_true(part_is_due(f, contract, &due));
        part_day_comes_late(f, contract, day_to(&f->arena, day_of_instant_ms(due.at_ms)));
}

static inline const Contracts__ContractFactsReply *facts_with_parts(struct fixture *f, const Wire__Passport *actor,
                                                                    Types__Id *contract)
{
        Contracts__ContractFactsRequest request = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        request.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &request);
}

#endif
