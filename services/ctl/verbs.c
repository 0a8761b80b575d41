#include "services/ctl/verb.h"

#include <string.h>

#include "services/ctl/options.h"

const struct verb *const verbs[] = {
        &verb_init,       &verb_up,          &verb_wait,     &verb_status,    &verb_call,    &verb_user,
        &verb_import,     &verb_export,      &verb_contract, &verb_play,      &verb_demo,    &verb_journey,
        &verb_where,      &verb_verify,      &verb_dump,     &verb_keygen,    &verb_child,   &verb_backup,
        &verb_restore,    &verb_compact,     &verb_document, &verb_describe,  &verb_person,  &verb_outcome,
        &verb_relocation, &verb_eligibility, &verb_proposal, &verb_next,      &verb_hours,   &verb_followup,
        &verb_sample,     &verb_partition,   &verb_invoice,  &verb_placement, &verb_methods, &verb_completion,
        &verb_doubles,
};
const size_t verbs_count = ARRAY_SIZE(verbs);

const struct verb *verb_named(const char *name)
{
        for (size_t i = 0; i < verbs_count; i++)
                if (strcmp(verbs[i]->name, name) == 0)
                        return verbs[i];
        return NULL;
}

int verb_unknown(const char *name)
{
        char hint[NEAREST_HINT_SIZE];
        struct nearest nearest = nearest_of(name);
        for (size_t i = 0; i < verbs_count; i++)
                if (verbs[i]->summary != NULL)
                        nearest_try(&nearest, verbs[i]->name);
        (void)complain("verbe inconnu « %s »%s « guichetctl --help » les montre.", name, hint_or_stop(&nearest, hint));
        return CTL_MISUSED;
}
