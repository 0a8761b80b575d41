/* Tranches and renewals: when each begins and what it adds, in whatever order papers come. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/arena.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/terms.h"

#define TRANCHE CONTRACTS__PART_KIND__OPTIONAL_TRANCHE
#define TACIT   CONTRACTS__PART_KIND__TACIT_RENEWAL
#define EXPRESS CONTRACTS__PART_KIND__EXPRESS_RENEWAL
#define AFFIRM  CONTRACTS__PART_CHOICE__PART_AFFIRMED
#define GIVE_UP CONTRACTS__PART_CHOICE__PART_GIVEN_UP

static const struct id owing = {{7}};

struct told {
        struct arena arena;
        Contracts__ContractFile *file;
        uint64_t events;
};

static int begin(void **state)
{
        static struct told told;
        told = (struct told){.events = 0};
        arena_init(&told.arena);
        told.file = pb_new(&contracts__contract_file__descriptor, &told.arena);
        *state = &told;
        return 0;
}

static int end(void **state)
{
        arena_fini(&((struct told *)*state)->arena);
        return 0;
}

static Types__Day *on(struct told *told, int32_t day)
{
        return day == 0 ? NULL : day_to(&told->arena, day_of_number(day));
}

/* Of 100 h times its rank; a renewal of 100 days. Days: 0 is not told. */
static Contracts__ContractPart *part(struct told *told, Contracts__PartKind kind, uint32_t rank, int32_t decide_by,
                                     int32_t starts_on)
{
        Contracts__ContractPart *part = pb_new(&contracts__contract_part__descriptor, &told->arena);
        Contracts__PartHours *hours = pb_new(&contracts__part_hours__descriptor, &told->arena);
        hours->obligation_id = id_to(&told->arena, owing);
        hours->hours = hours_to(&told->arena, hours_of_hundredths((int64_t)rank * 10000));
        part->kind = kind;
        part->rank = rank;
        part->hours = pb_append(part->hours, &part->n_hours, sizeof(hours), &told->arena);
        part->hours[0] = hours;
        part->decide_by = on(told, decide_by);
        part->starts_on = on(told, starts_on);
        part->ends_on = kind == TRANCHE ? NULL : on(told, starts_on + 99);
        part->number = ++told->events;
        return part;
}

static void put(struct told *told, Contracts__PartKind kind, uint32_t rank, int32_t decide_by, int32_t starts_on)
{
        parts_add(told->file, part(told, kind, rank, decide_by, starts_on), &told->arena);
}

static Contracts__PartDecision *decision(struct told *told, Contracts__PartKind kind, uint32_t rank,
                                         Contracts__PartChoice choice, int32_t day)
{
        Contracts__PartDecision *decision = pb_new(&contracts__part_decision__descriptor, &told->arena);
        decision->kind = kind;
        decision->rank = rank;
        decision->choice = choice;
        decision->decided_on = on(told, day);
        decision->number = ++told->events;
        return decision;
}

static void decide(struct told *told, Contracts__PartKind kind, uint32_t rank, Contracts__PartChoice choice,
                   int32_t day)
{
        parts_add_decision(told->file, decision(told, kind, rank, choice, day), &told->arena);
}

static int64_t added(const struct told *told, int32_t until)
{
        return hours_hundredths(parts_hours(told->file, owing, INT32_MIN, day_of_number(until))) / 100;
}

static Contracts__PartState state_on(const struct told *told, Contracts__PartKind kind, uint32_t rank, int32_t today)
{
        return parts_state(told->file, parts_find(told->file, kind, rank), day_of_number(today));
}

static void a_tranche_waits_for_its_affirmation(void **state)
{
        struct told *told = *state;
        put(told, TRANCHE, 1, 50, 0);
        assert_int_equal(state_on(told, TRANCHE, 1, 10), CONTRACTS__PART_STATE__PART_WAITING);
        assert_int_equal(state_on(told, TRANCHE, 1, 51), CONTRACTS__PART_STATE__PART_DROPPED); /* nobody said a word */
        assert_int_equal(added(told, 1000), 0);
        decide(told, TRANCHE, 1, AFFIRM, 40);
        assert_int_equal(added(told, 39), 0);
        assert_int_equal(added(told, 40), 100);
        assert_int_equal(state_on(told, TRANCHE, 1, 39), CONTRACTS__PART_STATE__PART_COMING);
        assert_int_equal(state_on(told, TRANCHE, 1, 40), CONTRACTS__PART_STATE__PART_BEGUN);
        put(told, TRANCHE, 2, 0, 80); /* affirmed ahead of its first day */
        decide(told, TRANCHE, 2, AFFIRM, 45);
        assert_int_equal(added(told, 79), 100);
        assert_int_equal(added(told, 80), 300);
        put(told, TRANCHE, 3, 0, 0);
        decide(told, TRANCHE, 3, GIVE_UP, 45);
        assert_int_equal(state_on(told, TRANCHE, 3, 44), CONTRACTS__PART_STATE__PART_DROPPED);
        assert_int_equal(added(told, 1000), 300);
        assert_int_equal(hours_hundredths(parts_hours(told->file, (struct id){{8}}, INT32_MIN, day_of_number(1000))),
                         0);
}

static void a_tacit_renewal_happens_unless_it_is_given_up(void **state)
{
        struct told *told = *state;
        struct day next;
        put(told, TACIT, 2, 180, 200); /* told in any order */
        put(told, TACIT, 1, 80, 100);
        assert_int_equal(added(told, 99), 0);
        assert_int_equal(added(told, 100), 100);
        assert_int_equal(added(told, 200), 300);
        assert_true(parts_next(told->file, day_of_number(100), &next));
        assert_int_equal(day_number(next), 200);
        decide(told, TACIT, 1, GIVE_UP, 70);
        assert_int_equal(added(told, 1000), 0); /* the second cannot come where the first did not */
        assert_int_equal(state_on(told, TACIT, 2, 10), CONTRACTS__PART_STATE__PART_DROPPED);
        assert_false(parts_next(told->file, day_of_number(0), &next));
        assert_int_equal(parts_decision(parts_without(told->file, 3, &told->arena), told->file->parts[1]) == NULL, 1);
        assert_int_equal(parts_without(told->file, 1, &told->arena)->n_parts, 1);
}

static void an_express_renewal_waits_and_an_end_stops_all(void **state)
{
        struct told *told = *state;
        put(told, EXPRESS, 1, 80, 100);
        put(told, TACIT, 1, 180, 200);
        assert_int_equal(added(told, 1000), 0);
        decide(told, EXPRESS, 1, AFFIRM, 60);
        assert_int_equal(added(told, 100), 100);
        assert_int_equal(added(told, 200), 200);
        told->file->ended_on = on(told, 199);
        assert_int_equal(added(told, 1000), 100);
        told->file->ended_on = on(told, 99);
        assert_int_equal(added(told, 1000), 0);
}

/* An amendment says the hours in all: what begins until its day is in them, what begins later comes on top. */
static void amendments_and_parts(void **state)
{
        struct told *told = *state;
        Contracts__ObligationTerms terms = CONTRACTS__OBLIGATION_TERMS__INIT;
        struct demand demand = {&terms, told->file, hours_of_hundredths(50000), day_of_number(300)};
        terms.obligation_id = id_to(&told->arena, owing);
        put(told, TACIT, 1, 80, 100);
        put(told, TACIT, 2, 180, 200);
        assert_int_equal(hours_hundredths(terms_demanded(&demand)), 80000);
        assert_int_equal(hours_hundredths(terms_demanded_before(&demand, day_of_number(150))), 60000);
        assert_int_equal(hours_hundredths(terms_demanded_with(&demand, day_of_number(150), hours_of_hundredths(100))),
                         20100);
        assert_int_equal(hours_hundredths(terms_demanded_with(&demand, day_of_number(200), hours_of_hundredths(100))),
                         100);
        demand.today = day_of_number(199);
        assert_int_equal(hours_hundredths(terms_demanded(&demand)), 60000);
}

static const char *refused(const struct told *told, const Contracts__ContractPart *part)
{
        static struct refusal refusal;
        return parts_check(told->file, part, &refusal) ? "" : refusal.field;
}

static void what_a_contract_may_say(void **state)
{
        struct told *told = *state;
        assert_string_equal(refused(told, part(told, TRANCHE, 1, 0, 0)), "");
        Contracts__ContractPart *bad = part(told, TRANCHE, 1, 0, 0);
        bad->n_hours = 0;
        assert_string_equal(refused(told, bad), "hours");
        bad = part(told, TRANCHE, 1, 0, 0);
        bad->ends_on = on(told, 10);
        assert_string_equal(refused(told, bad), "endsOn");
        bad = part(told, TACIT, 1, 80, 100);
        bad->n_hours = 0;
        assert_string_equal(refused(told, bad), "");
        bad->ends_on = on(told, 99);
        assert_string_equal(refused(told, bad), "endsOn");
        assert_string_equal(refused(told, part(told, TACIT, 1, 0, 100)), "decideBy");
        assert_string_equal(refused(told, part(told, TACIT, 1, 101, 100)), "decideBy");
        bad = part(told, TACIT, 1, 80, 100);
        bad->starts_on = NULL;
        assert_string_equal(refused(told, bad), "startsOn");
        put(told, TRANCHE, 1, 0, 0);
        assert_string_equal(refused(told, part(told, TRANCHE, 1, 0, 0)), "rank");
        for (uint32_t i = 0; i < PARTS_RENEWALS_MAX; i++)
                put(told, TACIT, i + 1, 80, 100 + (int32_t)i * 100);
        assert_string_equal(refused(told, part(told, EXPRESS, 1, 80, 100)), "rank");
        assert_string_equal(refused(told, part(told, TRANCHE, 2, 0, 0)), "");
}

static const char *not_decided(const struct told *told, const Contracts__PartDecision *decision)
{
        static struct refusal refusal;
        return parts_check_decision(told->file, decision, &refusal) ? "" : refusal.field;
}

static void what_a_buyer_may_decide(void **state)
{
        struct told *told = *state;
        assert_string_equal(not_decided(told, decision(told, TRANCHE, 1, AFFIRM, 10)), "rank");
        put(told, TRANCHE, 1, 50, 0);
        put(told, TACIT, 1, 50, 100);
        assert_string_equal(not_decided(told, decision(told, TRANCHE, 1, AFFIRM, 50)), "");
        assert_string_equal(not_decided(told, decision(told, TRANCHE, 1, AFFIRM, 51)), "decision.decidedOn");
        assert_string_equal(not_decided(told, decision(told, TRANCHE, 1, GIVE_UP, 51)), "");
        assert_string_equal(not_decided(told, decision(told, TACIT, 1, GIVE_UP, 51)), "decision.decidedOn");
        assert_string_equal(not_decided(told, decision(told, TACIT, 1, AFFIRM, 51)), "");
        decide(told, TACIT, 1, GIVE_UP, 40);
        assert_string_equal(not_decided(told, decision(told, TACIT, 1, AFFIRM, 41)), "rank"); /* once */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_tranche_waits_for_its_affirmation, begin, end),
                cmocka_unit_test_setup_teardown(a_tacit_renewal_happens_unless_it_is_given_up, begin, end),
                cmocka_unit_test_setup_teardown(an_express_renewal_waits_and_an_end_stops_all, begin, end),
                cmocka_unit_test_setup_teardown(amendments_and_parts, begin, end),
                cmocka_unit_test_setup_teardown(what_a_contract_may_say, begin, end),
                cmocka_unit_test_setup_teardown(what_a_buyer_may_decide, begin, end),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
