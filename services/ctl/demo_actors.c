#include "services/ctl/demo_actors.h"

#include <stdio.h>
#include <string.h>

/* An actor is compared byte by byte (pipeline.c): the whole of it is set. */
static void begin(struct session_actor *ret, Types__Role role, const char *territory)
{
        memset(ret, 0, sizeof(*ret));
        ret->role = role;
        (void)snprintf(ret->territories, sizeof(ret->territories), "%s", territory);
}

static size_t number_of(const char *text)
{
        size_t number = 0;
        for (; *text != '\0'; text++)
                number = number * 31 + (unsigned char)*text;
        return number;
}

static void put_name(const struct demo_plan *plan, size_t n, char *ret, size_t size)
{
        const struct demo_tables *tables = plan->tables;
        const char *given = table_text(n % 3 == 0 ? tables->men : tables->women, n * 7 + 3);
        (void)snprintf(ret, size, "%s %s", given, table_text(tables->family, n * 5 + 11));
}

void demo_facilitator(const struct demo_plan *plan, const char *territory, size_t n, struct session_actor *ret)
{
        begin(ret, TYPES__ROLE__FACILITATOR, territory);
        put_name(plan, number_of(territory) + 13 * (n % DEMO_FACILITATORS), ret->user, sizeof(ret->user));
}

void demo_partner(const struct demo_plan *plan, Types__Role role, size_t organisation, const char *territory,
                  struct session_actor *ret)
{
        begin(ret, role, territory);
        ret->organisation = plan->organisations[organisation].id;
        put_name(plan, 101 + organisation, ret->user, sizeof(ret->user));
}

/* ---- who gives the n-th of each phase */

static const char *territory_of_contract(const struct demo_plan *plan, size_t contract)
{
        return demo_territory(plan, plan->contracts[contract].commune);
}

static const char *territory_of_person(const struct demo_plan *plan, size_t person)
{
        return demo_territory(plan, plan->persons[person].commune);
}

void who_keeps_organisation(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        demo_facilitator(plan, demo_territory(plan, plan->organisations[n].commune), n, ret);
}

void who_keeps_contract(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        demo_facilitator(plan, territory_of_contract(plan, n), n, ret);
}

void who_subscribes(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        size_t organisation = demo_prescriber(n);
        demo_partner(plan, TYPES__ROLE__PRESCRIBER, organisation,
                     demo_territory(plan, plan->organisations[organisation].commune), ret);
}

void who_needs(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        const struct demo_need *need = &plan->needs[n];
        demo_partner(plan, TYPES__ROLE__COMPANY, plan->contracts[need->contract].company,
                     territory_of_contract(plan, need->contract), ret);
}

void who_refers(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        demo_partner(plan, TYPES__ROLE__PRESCRIBER, plan->persons[n].prescriber, territory_of_person(plan, n), ret);
}

/* The other prescriber of the department. */
void who_refers_again(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        const struct demo_person *person = &plan->persons[demo_double(n)];
        demo_partner(plan, TYPES__ROLE__PRESCRIBER, demo_other_prescriber(plan, person->prescriber),
                     territory_of_person(plan, demo_double(n)), ret);
}

void who_decides(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        demo_facilitator(plan, territory_of_person(plan, n), n, ret);
}

void who_follows_placement(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        demo_facilitator(plan, territory_of_person(plan, plan->placements[n].person), n, ret);
}

void who_makes_contact(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        who_follows_placement(plan, n / DEMO_CONTACTS, ret);
}

/* Her employer; of what the plan has no more months of, anybody. */
void who_states(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        const struct demo_placement *placement = &plan->placements[plan->months[n].placement];
        bool is_company = placement->modality == TYPES__MODALITY__DIRECT_HIRE;
        demo_partner(plan, is_company ? TYPES__ROLE__COMPANY : TYPES__ROLE__STRUCTURE, placement->employer,
                     territory_of_person(plan, placement->person), ret);
}

void who_validates(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        who_follows_placement(plan, plan->months[n].placement, ret);
}

void who_keeps_invoice(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        who_keeps_contract(plan, plan->invoices[n].contract, ret);
}

void who_proposes(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        const struct demo_proposal *proposal = &plan->proposals[n];
        if (n % 2 == 0)
                who_refers(plan, proposal->person, ret);
        else
                who_decides(plan, proposal->person, ret);
}

void who_sends(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        who_decides(plan, plan->proposals[n].person, ret);
}

void who_answers(const struct demo_plan *plan, size_t n, struct session_actor *ret)
{
        who_needs(plan, plan->proposals[n].need, ret);
}
